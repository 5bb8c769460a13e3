"""`out=`: which dtypes each op writes into, what overlaps are refused, and that a refusal leaves everything as it was."""

from __future__ import annotations

import warnings

import pytest

import ft_autograd  # noqa: F401  # records what the refusals are about
from ft_dispatch import surface as torch


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
