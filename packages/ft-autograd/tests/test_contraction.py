"""Gradients of the families matmul, conv, pool, resample, index, scatter, sort, embedding, attention and rnn, in float64.

Every call is differentiated along a random direction and compared with a symmetric difference.
"""

from __future__ import annotations

import numpy as np
import pytest

import ft_autograd  # attaches the gradient rules
import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_dispatch import surface as torch

raw = torch.raw
STEP = 1e-6
RNG = np.random.default_rng(11)


def const(*shape):
    return torch.from_numpy(RNG.standard_normal(shape))


A34, A45, B534, V3, V4 = const(3, 4), const(4, 5), const(5, 3, 4), const(3), const(4)
TAPS = const(3, 4, 4)
IMAGE, FILTERS, DEEP = const(2, 4, 6, 7), const(6, 2, 3, 2), const(2, 3, 4)
PLACES = torch.tensor([[0, 2, 1, 0], [1, 1, 2, 2]])
ROWS = torch.tensor([2, 0, 2])
GEOMETRY = ((2, 1), (1, 0), (1, 2), False, (0, 0), 2)
QKV = [const(1, 2, 5, 4) for _ in range(3)]


def flash(q, k, v):
    return raw._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, True)[0]


CALLS = {
    "mm left": ((3, 4), lambda x: x.mm(A45)),
    "mm right": ((4, 5), A34.mm),
    "matmul folded": ((5, 3, 4), lambda x: x @ A45),
    "matmul batched": ((4, 5), lambda x: B534 @ x),
    "matmul swapped": ((6, 3), lambda x: x @ B534),
    "matmul vector": ((4,), lambda x: B534 @ x),
    "addmm bias": ((5,), lambda x: torch.addmm(x, A34, A45, beta=2, alpha=3)),
    "addmm": ((3, 4), lambda x: torch.addmm(V4[0], x, A45, alpha=3)),
    "baddbmm": ((5, 3, 4), lambda x: torch.baddbmm(V4, x, A45.t()[None, :4, :].expand(5, 4, 4))),
    "addbmm": ((5, 3, 4), lambda x: torch.addbmm(A34, x, A45.t()[None, :4, :].expand(5, 4, 4))),
    "addmv": ((3, 4), lambda x: torch.addmv(V3, x, V4, beta=2)),
    "addr": ((3,), lambda x: torch.addr(A34, x, V4)),
    "dot": ((3,), lambda x: x.dot(V3) * x.dot(x)),
    "linear": ((2, 3, 4), lambda x: raw.linear(x, A34, V3)),
    "einsum": ((3, 4), lambda x: torch.einsum("ij,bij,ik->bk", x, B534, A34)),
    "kron": ((2, 2), lambda x: torch.kron(x, A34)),
    "conv input": ((2, 4, 6, 7), lambda x: torch.convolution(x, FILTERS, None, *GEOMETRY)),
    "conv weight": ((6, 2, 3, 2), lambda x: torch.convolution(IMAGE, x, None, *GEOMETRY)),
    "conv bias": ((6,), lambda x: torch.convolution(IMAGE, FILTERS, x, *GEOMETRY)),
    "conv transposed": (
        (2, 6, 3, 4),
        lambda x: torch.conv_transpose2d(x, FILTERS, stride=2, padding=1, output_padding=1, groups=2),
    ),
    "conv1d same": ((4, 9), lambda x: torch.conv1d(x, TAPS, padding="same")),
    "max_pool": ((2, 4, 6, 7), lambda x: raw.max_pool2d(x, 3, 2, 1)),
    "max_pool1d": ((4, 9), lambda x: raw.max_pool1d(x, 2)),
    "avg_pool": ((2, 4, 6, 7), lambda x: raw.avg_pool2d(x, 3, 2, 1, True, False)),
    "adaptive_avg_pool": ((2, 4, 6, 7), lambda x: raw.adaptive_avg_pool2d(x, (4, 3))),
    "adaptive_max_pool": ((2, 4, 6, 7), lambda x: raw.adaptive_max_pool2d(x, (4, 3))[0]),
    "bilinear": ((1, 2, 4, 5), lambda x: raw.upsample_bilinear2d(x, (7, 3), True)),
    "bicubic": ((1, 2, 4, 5), lambda x: raw.upsample_bicubic2d(x, (7, 3), False)),
    "nearest": ((1, 2, 4), lambda x: raw.upsample_nearest1d(x, (7,))),
    "index": ((3, 4), lambda x: x[ROWS] * x[:, PLACES[0]]),
    "mask": ((3, 4), lambda x: x[A34 > 0]),
    "gather": ((3, 4), lambda x: x.gather(0, PLACES)),
    "index_select": ((3, 4), lambda x: x.index_select(0, ROWS)),
    "take": ((3, 4), lambda x: x.take(PLACES)),
    "tril": ((3, 4), lambda x: x.tril(1)),
    "masked_fill": ((3, 4), lambda x: x.masked_fill(A34 > 0, 2.0)),
    "masked_scatter": ((9,), lambda x: A34.masked_scatter(A34 > 0.2, x)),
    "index_put": ((3, 4), lambda x: torch.index_put(A34, [ROWS], x, True)),
    "scatter": ((3, 4), lambda x: x.scatter(0, PLACES[:, :2], 1.0)),
    "scatter_add": ((2, 4), lambda x: A34.scatter_add(0, PLACES, x)),
    "index_add": ((3, 4), lambda x: A34.index_add(0, ROWS, x, alpha=2)),
    "index_copy": ((2, 4), lambda x: A34.index_copy(0, ROWS[:2], x)),
    "index_fill": ((3, 4), lambda x: x.index_fill(0, ROWS, 3.0)),
    "put": ((3, 4), lambda x: x.put(torch.tensor([1, 5]), V3[:2], False)),
    "select_scatter": ((4,), lambda x: A34.select_scatter(x, 0, 1)),
    "slice_scatter": ((3, 4), lambda x: x.slice_scatter(A34[:, :2], 1, 0, 4, 2)),
    "diagonal_scatter": ((3, 4), lambda x: x.diagonal_scatter(V3)),
    "as_strided_scatter": ((3, 4), lambda x: x.as_strided_scatter(A34[:2, :2], (2, 2), (4, 1), 1)),
    "sort": ((3, 4), lambda x: x.sort(0, True)[0]),
    "topk": ((3, 4), lambda x: x.topk(2)[0]),
    "kthvalue": ((3, 4), lambda x: x.kthvalue(2, 0)[0]),
    "embedding": ((5, 3), lambda x: torch.embedding(x, PLACES)),
    "bag": ((5, 3), lambda x: raw._embedding_bag(x, PLACES.reshape(-1), torch.tensor([0, 3]), False, 1)[0]),
    "attention query": ((1, 2, 5, 4), lambda x: flash(x, *QKV[1:])),
    "attention key": ((1, 2, 5, 4), lambda x: flash(QKV[0], x, QKV[2])),
    "attention value": ((1, 2, 5, 4), lambda x: flash(*QKV[:2], x)),
    "attention formula": ((2, 5, 4), lambda x: raw.scaled_dot_product_attention(x, x, x)),
    "lstm": (
        (3, 2, 4),
        lambda x: raw.lstm(x, [DEEP[:1, :2, :2] * 0, DEEP[:1, :2, :2]], PARAMS(8), True, 1, 0.0, True, False, False)[0],
    ),
    "gru": ((3, 2, 4), lambda x: raw.gru(x, DEEP[:1, :2, :2], PARAMS(6), True, 1, 0.0, True, False, False)[0]),
    "rnn": ((3, 2, 4), lambda x: raw.rnn_tanh(x, DEEP[:1, :2, :2], PARAMS(2), True, 1, 0.0, True, False, False)[0]),
}
for _reduce in ("sum", "prod", "mean", "amax", "amin"):
    CALLS[f"scatter_reduce {_reduce} self"] = ((3, 4), lambda x, r=_reduce: x.scatter_reduce(0, PLACES, A34[:2], r))
    CALLS[f"scatter_reduce {_reduce} src"] = ((2, 4), lambda x, r=_reduce: A34.scatter_reduce(0, PLACES, x, r, include_self=False))
WEIGHTS = [const(8, 4), const(8, 2), const(8), const(8)]


def PARAMS(n):
    return [w[:n] for w in WEIGHTS]


TWICE = [
    "matmul batched",
    "conv input",
    "conv weight",
    "max_pool",
    "avg_pool",
    "adaptive_avg_pool",
    "bilinear",
    "index",
    "gather",
    "scatter_add",
    "embedding",
    "sort",
    "scatter_reduce prod src",
]


def tensor(array):
    return torch.from_numpy(np.array(array))


@pytest.mark.parametrize("name", CALLS)
def test_gradient_is_the_slope_along_a_direction(name) -> None:
    shape, f = CALLS[name]
    rng = np.random.default_rng(5)
    x, v = rng.standard_normal(shape), rng.standard_normal(shape)
    leaf = tensor(x).requires_grad_(True)
    y = f(leaf)
    g = rng.standard_normal(tuple(y.shape))
    (y * tensor(g)).sum().backward()
    slope = ((f(tensor(x + STEP * v)).numpy() - f(tensor(x - STEP * v)).numpy()) / (2 * STEP) * g).sum()
    assert abs((leaf.grad.numpy() * v).sum() - slope) < 1e-6 * max(1, abs(slope))


@pytest.mark.parametrize("name", TWICE)
def test_second_derivative_is_the_slope_of_the_first(name) -> None:
    shape, f = CALLS[name]
    rng = np.random.default_rng(6)
    x, v, w = (rng.standard_normal(shape) for _ in range(3))

    def first(at, keep=False):
        leaf = tensor(at).requires_grad_(True)
        return leaf, ft_autograd.grad([(f(leaf) ** 2).sum()], [leaf], create_graph=keep)[0]

    leaf, gradient = first(x, True)
    (gradient * tensor(w)).sum().backward()
    slope = ((first(x + STEP * v)[1].numpy() - first(x - STEP * v)[1].numpy()) / (2 * STEP) * w).sum()
    assert abs((leaf.grad.numpy() * v).sum() - slope) < 1e-5 * max(1, abs(slope))


def test_padding_rows_of_an_embedding_get_no_gradient() -> None:
    leaf = tensor(np.ones((3, 2))).requires_grad_(True)
    torch.embedding(leaf, PLACES, 2).sum().backward()
    assert leaf.grad.tolist() == [[2, 2], [3, 3], [0, 0]]
