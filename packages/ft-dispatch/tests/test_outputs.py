"""`out=`: which dtypes each op writes into, what overlaps are refused, and that a refusal leaves everything as it was."""

from __future__ import annotations

import warnings

import pytest

import ft_autograd  # noqa: F401  # records what the refusals are about
from ft_dispatch import surface as torch
from ft_dispatch.packets import ops


@pytest.mark.parametrize("name", ["sin", "exp", "cumsum", "sum"])
def test_arithmetic_casts_its_result(name):
    x = torch.tensor([1.0, 2.0])
    args = (0,) if name == "cumsum" else ()
    want = getattr(torch, name)(x, *args)
    out = torch.empty(tuple(want.shape), dtype=torch.float64)
    assert getattr(torch, name)(x, *args, out=out) is out
    assert torch.equal(out, want.double())


def test_ops_that_choose_elements_demand_the_dtype():
    x, places = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[0, 1], [1, 0]])
    with pytest.raises(RuntimeError, match="Expected out tensor to have dtype float, but got double instead"):
        torch.gather(x, 1, places, out=torch.empty(2, 2, dtype=torch.float64))
    with pytest.raises(RuntimeError, match="Expected out tensor to have dtype long int, but got int instead"):
        torch.argmax(x, out=torch.empty((), dtype=torch.int32))


def test_rounding_demands_the_dtype():
    with pytest.raises(RuntimeError, match="Found dtype Double but expected Float"):
        torch.floor(torch.tensor([1.5]), out=torch.empty(1, dtype=torch.float64))


def test_an_integer_cannot_hold_a_float():
    with pytest.raises(RuntimeError, match="result type Float can't be cast to the desired output type Long"):
        torch.add(torch.tensor([1.5]), 1, out=torch.empty(1, dtype=torch.int64))


def test_a_composite_refuses_an_output_that_overlaps_itself():
    shared = torch.zeros(1, 1).expand(2, 2)
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor"):
        torch.outer(torch.ones(2), torch.ones(2), out=shared)
    assert shared.sum().item() == 0


def test_an_input_of_an_index_op_cannot_be_its_output():
    x = torch.arange(6.0)
    with pytest.raises(RuntimeError, match="some elements of the input tensor and the written-to tensor"):
        torch.take(x, torch.tensor([5, 4, 3, 2, 1, 0]), out=x)
    assert x.tolist() == [0, 1, 2, 3, 4, 5]


def test_a_product_into_its_own_operand_reads_before_it_writes():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    want = x.clone().mm(x.clone())
    assert torch.equal(torch.mm(x, x, out=x), want)


def test_a_non_differentiable_op_writes_beside_a_tensor_that_requires_grad():
    x = torch.tensor([1.0, 3.0]).requires_grad_()
    out = torch.empty((), dtype=torch.int64)
    assert torch.argmax(x, out=out).item() == 1
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        torch.exp(x, out=torch.empty(2))


def test_an_output_of_another_shape_is_resized_with_a_warning():
    out = torch.empty(3)
    with pytest.warns(UserWarning, match="was resized"):
        torch.exp(torch.zeros(2, 2), out=out)
    assert out.tolist() == [[1, 1], [1, 1]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        torch.exp(torch.zeros(2), out=torch.empty(0))


def test_a_composite_in_place_keeps_dtype_and_shape():
    counts = torch.tensor([3, 4])
    with pytest.raises(RuntimeError, match="can't be cast to the desired output type Long"):
        counts.mvlgamma_(1)
    assert counts.tolist() == [3, 4]


def test_abs_in_place_refuses_complex():
    with pytest.raises(RuntimeError, match="In-place abs is not supported for complex tensors"):
        torch.tensor([1 + 1j]).abs_()


def test_what_bindings_leave_in_out_is_resized_and_lies_as_the_result() -> None:
    x = torch.tensor([[2.0, 1.0], [0.0, 4.0]])
    out = torch.empty(0)
    assert torch.linalg.inv(x, out=out) is out
    assert out.tolist() == [[0.5, -0.125], [0, 0.25]]
    assert out.stride() == (1, 2)
    kept = torch.empty(2, 2)
    torch.linalg.inv(x, out=kept)
    assert kept.stride() == (2, 1)
    with pytest.warns(UserWarning, match="was resized"):
        torch.linalg.inv(x, out=torch.empty(3))


def test_a_binding_checks_every_out_before_it_writes() -> None:
    x, first = torch.eye(2), torch.full((2, 2), 7.0)
    with pytest.raises(RuntimeError, match="Expected out tensor to have dtype int, but got long int instead"):
        torch.linalg.lu_factor(x, out=(first, torch.empty(2, dtype=torch.int64)))
    assert first.tolist() == [[7, 7], [7, 7]]
    with pytest.raises(TypeError, match="argument 'out' must be Tensor, not int"):
        torch.linalg.inv(x, out=3)
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        torch.linalg.inv(x.requires_grad_(), out=first)
    assert first.tolist() == [[7, 7], [7, 7]]


def test_a_resized_output_lies_as_an_irregular_result() -> None:
    out = torch.empty(0)
    torch.exp(torch.zeros(2, 3).t(), out=out)
    assert out.stride() == (1, 3)


def _resized(function, *args, out, **kwargs):
    """Whether `function` warns that it resized, with its result."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        made = function(*args, out=out, **kwargs)
    return any("was resized" in str(w.message) for w in given), made


@pytest.mark.parametrize("name", ["gelu", "softplus", "softshrink", "hardshrink", "clamp", "lerp"])
def test_functions_that_do_not_cast(name):
    x = torch.tensor([1.0, 2.0])
    function, args = getattr(torch.raw, name), {"clamp": (0, 1), "lerp": (x, x)}.get(name, ())
    with pytest.raises(RuntimeError, match="Found dtype Double but expected Float"):
        function(x, *args, out=torch.empty(2, dtype=torch.float64))


def test_bounds_and_weights_that_are_tensors_decide_whether_a_result_is_cast():
    x, out = torch.tensor([1.0, 3.0]), torch.empty(2, dtype=torch.float64)
    assert torch.clamp(x, max=torch.tensor(2.0), out=out).tolist() == [1, 2]
    assert torch.lerp(x, x, 0.5, out=out).tolist() == [1, 3]


@pytest.mark.parametrize(
    ("call", "cast"),
    [
        (lambda x, out: torch.raw.linalg_matrix_norm(x, out=out), False),
        (lambda x, out: torch.PUBLIC["linalg.pinv"](x, out=out), True),
        (lambda x, out: torch.PUBLIC["linalg.inv"](x, out=out), False),
        (lambda x, out: torch.PUBLIC["linalg.matrix_power"](x, 4, out=out), True),
        (lambda x, out: torch.PUBLIC["linalg.matrix_power"](x, 3, out=out), False),
        (lambda x, out: torch.kron(x, x, out=out), True),
        (lambda x, out: torch.diff(x, out=out), True),
        (lambda x, out: torch.diff(x, 0, out=out), False),
        (lambda x, out: torch.cholesky(x, out=out), True),
        (lambda x, out: torch.sum(x, 0, dtype=torch.float32, out=out), False),
        (lambda x, out: torch.nansum(x, 0, out=out), True),
    ],
)
def test_which_results_are_cast(call, cast):
    x, out = torch.tensor([[2.0, 1.0], [1.0, 3.0]]), torch.empty(0, dtype=torch.float64)
    if cast:
        assert call(x, out) is out
        assert torch.allclose(out, call(x, None).double())
    else:
        with pytest.raises(RuntimeError, match=r"to have dtype|dtype Float but"):
            call(x, out)


def test_a_sum_without_nans_is_computed_in_its_destination():
    x = torch.tensor([1.0, float("nan")])
    with pytest.raises(NotImplementedError, match="\"nansum_cpu\" not implemented for 'Long'"):
        torch.nansum(x, out=torch.empty((), dtype=torch.int64))
    assert torch.nansum(torch.tensor([0, 2]), out=torch.empty((), dtype=torch.bool)).item() is True
    assert torch.nanmean(x, out=torch.empty((), dtype=torch.float64)).item() == 1
    with pytest.raises(RuntimeError, match="must match dtype of result"):
        torch.nansum(x, dtype=torch.float32, out=torch.empty((), dtype=torch.float64))


def test_truth_goes_into_bools_and_bytes_only():
    x = torch.tensor([1.0, 0.0])
    assert torch.all(x, out=torch.empty((), dtype=torch.uint8)).item() == 0
    with pytest.raises(RuntimeError, match="only supports bool tensor for result, got: Double"):
        torch.any(x, out=torch.empty((), dtype=torch.float64))


def test_a_row_times_a_matrix_is_a_matrix_until_it_is_done():
    x, m = torch.ones(3), torch.ones(3, 2)
    for right_size in (torch.empty(2), torch.empty(5)):
        warned, made = _resized(torch.matmul, x, m, out=right_size)
        assert warned
        assert made.tolist() == [3, 3]
    assert not _resized(torch.matmul, m.t(), x, out=torch.empty(2))[0]


def test_a_product_fits_into_any_layout():
    a, b = torch.arange(24.0).view(2, 3, 4), torch.arange(8.0).view(4, 2)
    out = torch.empty(2, 3, 2).permute(2, 1, 0).contiguous().permute(2, 1, 0)
    assert torch.equal(torch.matmul(a, b, out=out), a @ b)
    assert torch.equal(torch.raw.linear(a, b.t(), torch.ones(2), out=out), a @ b + 1)


def test_copies_of_lists_fill_and_return_nothing():
    x = torch.arange(6.0).view(2, 3)
    outs = [torch.empty(3), torch.empty(3)]
    assert torch.unbind_copy(x, out=outs) is None
    assert [t.tolist() for t in outs] == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(RuntimeError, match="out= argument of size 2, got size 1"):
        torch.unbind_copy(x, out=outs[:1])


def test_places_lie_as_the_kernel_leaves_them():
    out = torch.empty(0, dtype=torch.int64)
    assert torch.nonzero(torch.ones(3, 3), out=out).stride() == (1, 9)
    with pytest.raises(TypeError, match="argument 'out' must be Tensor, not tuple"):
        torch.nonzero(torch.ones(2), as_tuple=True, out=(out,))
    with pytest.raises(RuntimeError, match="does not support the out kwarg"):
        torch.nonzero(torch.ones(2), as_tuple=True, out=out)


def test_lu_of_old_resizes_without_a_word():
    x = torch.tensor([[4.0, 3.0], [6.0, 3.0]])
    outs = (torch.empty(5), torch.empty(0, dtype=torch.int64))
    warned, made = _resized(torch.lu, x, out=outs)
    assert not warned
    assert made is outs
    assert torch.equal(outs[0], torch.lu(x)[0])
    with pytest.raises(TypeError, match="expected tuple of 2 elements but got 1"):
        torch.lu(x, out=outs[:1])


@pytest.mark.parametrize("shape", [(3, 4), (8, 9)])
def test_draws_lie_in_the_order_of_the_destination(shape):
    p = torch.linspace(0, 1, shape[0] * shape[1]).view(shape)
    torch.manual_seed(0)
    out = torch.bernoulli(p, out=torch.empty(shape[::-1]).t())
    torch.manual_seed(0)
    assert torch.equal(out, torch.empty(shape[::-1]).bernoulli_(p.t()).t())
    torch.manual_seed(0)
    out = torch.normal(p, 1.0, out=torch.empty(shape[::-1]).t())
    torch.manual_seed(0)
    assert torch.equal(out, torch.empty(shape[::-1]).t().normal_() + p)


def test_normal_refuses():
    x = torch.ones(3)
    with pytest.raises(RuntimeError, match=r"must match|broadcast"):
        torch.normal(x, 1.0, out=torch.empty(4))
    assert torch.normal(x, 1.0, out=torch.empty(2, 3)).shape == (2, 3)
    with pytest.raises(RuntimeError, match="std >= 0"):
        torch.normal(x, -x, out=torch.empty(3))
    with pytest.raises(RuntimeError, match="does not match dtype of out"):
        torch.randn(3, dtype=torch.float32, out=torch.empty(3, dtype=torch.float64))


def test_batch_norm_at_rest_leaves_the_statistics_alone():
    x, ones = torch.arange(12.0).view(2, 2, 3), torch.ones(2)
    outs = torch.empty(0), torch.full((1,), 7.0), torch.full((1,), 7.0)
    torch.native_batch_norm(x, ones, ones, ones.clone(), ones.clone(), False, 0.1, 0.0, out=outs)
    assert torch.equal(outs[0], x)
    assert [t.tolist() for t in outs[1:]] == [[7.0], [7.0]]
    torch.native_batch_norm(x, ones, ones, ones.clone(), ones.clone(), True, 0.1, 0.0, out=[t.resize_(0) for t in outs])
    assert [tuple(t.shape) for t in outs] == [(2, 2, 3), (2,), (2,)]


def test_counting_has_no_bools():
    with pytest.raises(NotImplementedError, match="\"arange_cpu\" not implemented for 'Bool'"):
        torch.arange(2, out=torch.empty(2, dtype=torch.bool))


def test_keywords_no_overload_has():
    with pytest.raises(RuntimeError, match="failed to match any schema"):
        ops.aten.relu(torch.ones(1), into=1)
