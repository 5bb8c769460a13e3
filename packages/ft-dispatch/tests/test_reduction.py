"""What bindings over reductions tell apart, NumPy names, named results, refusals; and every kernel against its decomposition."""

from __future__ import annotations

import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_core import uint8
from ft_dispatch import surface as torch
from ft_dispatch.execute import decomposed
from ft_dispatch.registry import OPS

X = [[3.0, 1.0, 2.0], [0.5, 4.0, -1.0]]


def x():
    return torch.tensor(X)


def test_sum_takes_a_dimension_a_tuple_or_nothing() -> None:
    assert x().sum().item() == 9.5
    assert x().sum(0).tolist() == [3.5, 5.0, 1.0]
    assert torch.sum(x(), (0, 1), keepdim=True).shape == (1, 1)
    assert torch.sum(x(), axis=1, keepdims=True).tolist() == [[6.0], [3.5]]


def test_integers_are_added_as_int64() -> None:
    assert torch.tensor([200, 100], dtype=uint8).sum().item() == 300


def test_max_is_three_functions() -> None:
    assert x().max().item() == 4
    values, indices = torch.max(x(), 1)
    assert (values.tolist(), indices.tolist()) == ([3.0, 4.0], [0, 1])
    assert torch.max(x(), torch.zeros(2, 3)).tolist() == [[3, 1, 2], [0.5, 4, 0]]


def test_max_along_a_dimension_has_fields() -> None:
    found = x().min(dim=0)
    assert found.indices.tolist() == [1, 0, 1]
    assert type(found).__name__ == "min"
    assert repr(found).startswith("torch.return_types.min(\nvalues=tensor(")


def test_mean_of_integers_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"mean\(\): could not infer output dtype. Input dtype must be"):
        torch.tensor([1, 2]).mean()


def test_extremes_of_nothing_are_refused() -> None:
    with pytest.raises(IndexError, match=r"amax\(\): Expected reduction dim 0 to have non-zero size."):
        torch.zeros(0, 2).amax(0)
    with pytest.raises(RuntimeError, match="numel\\(\\) == 0"):
        torch.zeros(0).max()


def test_a_dimension_out_of_range_is_an_index_error() -> None:
    with pytest.raises(IndexError, match="Dimension out of range"):
        x().sum(2)
    with pytest.raises(RuntimeError, match="appears multiple times"):
        x().sum((0, -2))


def test_std_takes_the_old_and_the_new_spelling() -> None:
    assert x().std(unbiased=False).item() == pytest.approx(x().std(correction=0).item())
    assert torch.var(x(), 1, True).tolist() == pytest.approx(torch.var(x(), 1, correction=1).tolist())


def test_reductions_write_into_out() -> None:
    out = torch.zeros(3)
    assert torch.sum(x(), 0, out=out) is out
    assert out.tolist() == [3.5, 5.0, 1.0]


CALLS = {
    "mean.dim": ((0,), False, None),
    "nansum": ((1,), False, None),
    "max": (),
    "max.dim": (1, False),
    "min.dim": (0, True),
    "aminmax": (1, False),
    "count_nonzero": (1,),
    "logsumexp": ((1,), False),
    "linalg_vector_norm": (3, (1,), False, None),
    "var.correction": ((1,), 1, False),
    "std_mean.correction": (None, 0, False),
    "_softmax": (1, False),
    "_log_softmax": (0, False),
    "glu": (1,),
    "gelu": ("none",),
    "silu": (),
    "mish": (),
    "elu": (1.5, 2.0, 0.5),
    "softplus": (2, 20),
    "hardswish": (),
    "softshrink": (0.5,),
    "log_sigmoid_forward": (),
    "native_layer_norm": ((4,), None, None, 1e-5),
    "_fused_rms_norm": ((4,), None, 1e-5),
    "_native_batch_norm_legit.no_stats": (None, None, True, 0.1, 1e-5),
    "special_entr": (),
    "logit": (1e-3,),
}


@pytest.mark.parametrize("name", CALLS)
def test_kernel_and_decomposition_agree(name) -> None:
    op = OPS[name]
    data = torch.tensor([[0.3, -1.2, 2.5, 0.9], [1.1, 0.4, -0.7, 3.0], [0.2, 0.6, 1.9, -2.2]])
    fused = op(data, *CALLS[name])
    pieces = decomposed(op, (data, *CALLS[name]), data.device)
    for a, b in zip(*(v if isinstance(v, tuple) else (v,) for v in (fused, pieces)), strict=True):
        assert a.dtype is b.dtype
        assert a.shape == b.shape
        assert torch.isnan(a).tolist() == torch.isnan(b).tolist()
        difference = (a - b).nan_to_num().abs().max() if a.is_floating_point() else (a != b).sum()
        assert difference.item() < 2e-6
