"""Convolution, pooling, order and rows: what the public functions accept, and torch's words for what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_dispatch import surface as torch
from ft_dispatch.execute import decomposed
from ft_dispatch.registry import OPS

PUBLIC = torch.PUBLIC
max_pool2d, avg_pool2d = PUBLIC["nn.functional.max_pool2d"], PUBLIC["nn.functional.avg_pool2d"]
adaptive_avg_pool2d = PUBLIC["nn.functional.adaptive_avg_pool2d"]


def zeros(*shape):
    return torch.zeros(shape)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_same_padding_keeps_sizes_and_a_batch_is_optional(n) -> None:
    conv = getattr(torch, f"conv{n}d")
    x, w = zeros(2, 3, *(7,) * n), zeros(4, 3, *(4,) * n)
    assert conv(x, w, padding="same").shape == (2, 4, *(7,) * n)
    assert conv(x[0], w, padding=2).shape == (4, *(8,) * n)
    assert getattr(torch, f"conv_transpose{n}d")(zeros(2, 4, *(3,) * n), w, stride=2).shape == (2, 3, *(8,) * n)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: torch.conv2d(zeros(1, 3, 5, 5), zeros(2, 4, 1, 1)),
            RuntimeError,
            "to have 4 channels, but got 3 channels instead",
        ),
        (
            lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 7, 7)),
            RuntimeError,
            "Kernel size can't be greater than actual input size",
        ),
        (
            lambda: torch.conv2d(zeros(3, 4), zeros(2, 4, 1, 1)),
            RuntimeError,
            r"Expected 3D \(unbatched\) or 4D \(batched\) input to conv2d",
        ),
        (lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 1, 1), stride=0), RuntimeError, "non-positive stride"),
        (lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 1, 1), padding=-1), RuntimeError, "negative padding"),
        (lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(3, 2, 1, 1), groups=2), RuntimeError, "divisible by 2 at dimension 0"),
        (
            lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 1, 1), zeros(5)),
            RuntimeError,
            "expected bias to be 1-dimensional with 2",
        ),
        (
            lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 1, 1).double()),
            RuntimeError,
            "expected scalar type Float but found Double",
        ),
        (
            lambda: torch.conv2d(zeros(1, 4, 5, 5), zeros(2, 4, 1, 1), stride=2, padding="same"),
            RuntimeError,
            "strided convolutions",
        ),
        (lambda: max_pool2d(zeros(1, 3, 4), 5), RuntimeError, "Output size is too small"),
        (lambda: max_pool2d(zeros(1, 3, 4), 2, padding=3), RuntimeError, "pad should be at most half of effective kernel size"),
        (lambda: max_pool2d(zeros(3), 2), RuntimeError, "non-empty 3D or 4D"),
        (lambda: avg_pool2d(zeros(1, 3, 4), 2, divisor_override=0), RuntimeError, "divisor must be not zero"),
        (lambda: adaptive_avg_pool2d(zeros(3, 4), 2), RuntimeError, "Expected 3D or 4D tensor"),
        (lambda: zeros(3, 4).topk(9), RuntimeError, "selected index k out of range"),
        (lambda: zeros(3, 4).kthvalue(0), RuntimeError, "selected number k out of range"),
        (lambda: torch.embedding(zeros(3), torch.tensor([0])), RuntimeError, "'weight' must be 2-D"),
        (lambda: torch.embedding(zeros(3, 2), zeros(1)), RuntimeError, "scalar types: Long, Int"),
        (lambda: torch.searchsorted(zeros(3, 4), zeros(2, 2)), RuntimeError, "first N-1 dimensions"),
        (lambda: zeros(3, 4).gather(0, torch.tensor([0])), RuntimeError, "same number of dimensions as input tensor"),
        (
            lambda: zeros(3, 4).scatter(0, torch.tensor([[0]]), zeros(1, 1).double()),
            RuntimeError,
            "self.dtype to be equal to src.dtype",
        ),
        (lambda: zeros(3, 4).masked_fill(zeros(3, 4), 1), RuntimeError, "only supports boolean masks"),
        (lambda: torch.one_hot(torch.tensor([-1])), RuntimeError, "Class values must be non-negative"),
    ],
)
def test_refusals_are_torchs(call, error, text) -> None:
    with pytest.raises(error, match=text):
        call()


def test_results_have_fields_and_choices() -> None:
    x = torch.tensor([3.0, 1.0, 2.0])
    assert x.sort(descending=True).indices.tolist() == [0, 2, 1]
    assert x.topk(2).values.tolist() == [3, 2]
    assert torch.unique(torch.tensor([2, 1, 2]), return_counts=True)[1].tolist() == [1, 2]
    assert torch.isin(torch.tensor([1, 2]), torch.tensor([2])).tolist() == [False, True]
    assert torch.searchsorted(torch.tensor([1.0, 3.0]), 2.0).item() == 1
    values, places = max_pool2d(zeros(1, 2, 2), 2, return_indices=True)
    assert (values.tolist(), places.tolist()) == ([[[0]]], [[[0]]])
    assert [v.tolist() for v in torch.tensor([[0, 5], [7, 0]]).nonzero(as_tuple=True)] == [[0, 1], [1, 0]]
    assert torch.one_hot(torch.tensor([1, 0]), 3).tolist() == [[0, 1, 0], [1, 0, 0]]


RNG = np.random.default_rng(8)
X = torch.from_numpy(RNG.standard_normal((3, 4)))
PLACES = torch.tensor([[0, 2, 1, 0]])
ROWS = torch.tensor([2, 0])
GATES = [torch.from_numpy(RNG.standard_normal(shape)) for shape in ((5, 24), (5, 24), (5, 6), (24,), (24,))]
GRU = [torch.from_numpy(RNG.standard_normal(shape)) for shape in ((5, 18), (5, 18), (5, 6), (18,), (18,))]
Q = torch.from_numpy(RNG.standard_normal((1, 2, 5, 4)))
FUSED = {
    "index_select": (X, 1, ROWS),
    "take": (X, PLACES),
    "tril": (X, 1),
    "triu": (X, -1),
    "masked_select": (X, X > 0),
    "masked_fill.Scalar": (X, X > 0, 2.0),
    "masked_scatter": (X, X > 0, X + 1),
    "slice_backward": (X, (3, 9), 1, 1, 9, 2),
    "select_backward": (X, (3, 2, 4), 1, 1),
    "scatter.value": (X, 0, PLACES, 3.0),
    "scatter.reduce": (X, 0, PLACES, X, "multiply"),
    "index_add": (X, 0, ROWS, X[:2], 2),
    "index_copy": (X, 0, ROWS, X[:2]),
    "index_fill.int_Scalar": (X, 1, ROWS, 4.0),
    "put": (X, ROWS, X[0, :2], True),
    "topk": (X, 2, 1, True, True),
    "kthvalue": (X, 2, 0, False),
    "isin.Tensor_Tensor": (ROWS, PLACES, False, True),
    "embedding": (X, ROWS),
    "embedding_dense_backward": (X[:2], ROWS, 4, 2, True),
    "_scaled_dot_product_flash_attention_for_cpu": (Q, Q, Q, 0.0, True, None, None),
    "_safe_softmax": (X, 1, None),
    "_thnn_fused_lstm_cell": tuple(GATES),
    "_thnn_fused_gru_cell": tuple(GRU),
}


@pytest.mark.parametrize("name", FUSED)
def test_kernel_and_decomposition_agree(name) -> None:
    op = OPS[name]
    args = (*FUSED[name], *op.defaults[len(FUSED[name]) :])
    fused, pieces = op(*args), decomposed(op, args, X.device)
    for a, b in zip(*(v if isinstance(v, tuple) else (v,) for v in (fused, pieces)), strict=True):
        assert a.dtype is b.dtype
        np.testing.assert_allclose(a.numpy(), b.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("k", [1, 2, 5, 9])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
def test_maxima_of_which_nobody_asks_the_place_are_those_with_places(k, stride, dilation) -> None:
    x = torch.tensor(np.random.default_rng(0).standard_normal((2, 3, 23)).tolist())
    x[0, 1, 4:], x[1, 0, 7] = -float("inf"), float("nan")
    for padding, ceil_mode in ((0, False), (0, True), (k // 2, False)):
        expected = torch.max_pool1d_with_indices(x, k, stride, padding, dilation, ceil_mode)[0]
        made = torch.max_pool1d(x, k, stride, padding, dilation, ceil_mode)
        np.testing.assert_array_equal(made.numpy(), expected.numpy())
        assert made.data_ptr() != x.data_ptr()
    with pytest.raises(RuntimeError, match="Output size is too small"):
        torch.max_pool1d(x, 24)
