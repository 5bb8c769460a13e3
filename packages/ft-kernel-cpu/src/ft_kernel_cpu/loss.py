"""Kernels of losses: mean squared error, Huber's, cross entropies on class indices, connectionist temporal classification.

`reduction` is torch's number: 0 none, 1 mean, 2 sum. Losses that are a line of arithmetic have no kernel; their decomposition is as
fast. Class indices are checked against the number of classes before anything is computed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .passes import number, sliced
from .reduction import BLOCK, total
from .table import ALLOC, kernel, store

Array = np.ndarray
NONE, MEAN, SUM = 0, 1, 2


def _reduced(body: Any, arrays: tuple[Array, ...], reduction: int, scratch: int, out: Any) -> Array:
    """`body` applied elementwise, then reduced; a reduced loss of equal contiguous arrays never writes its terms to memory."""
    if reduction == NONE:
        return sliced(body, arrays, out=out, scratch=scratch)
    same = all(a.shape == arrays[0].shape and a.flags.c_contiguous for a in arrays)
    if not same or arrays[0].size <= BLOCK:
        terms = sliced(body, arrays, out=ALLOC, scratch=scratch)
        sums, n = total(terms), terms.size
    else:
        flat = [a.reshape(-1) for a in arrays]
        n = flat[0].size
        buffers = [np.empty(BLOCK, flat[0].dtype) for _ in range(scratch + 1)]
        parts = []
        for lo in range(0, n, BLOCK):
            width = min(BLOCK, n - lo)
            body(*(a[lo : lo + width] for a in flat), *(b[:width] for b in buffers))
            parts.append(np.add.reduce(buffers[0][:width]))
        sums = np.add.reduce(np.array(parts), out=...)
    if reduction == MEAN:
        sums = np.divide(sums, np.asarray(n, sums.dtype), out=...)
    return store(sums, out)


def _mse(x: Array, target: Array, y: Array) -> None:
    np.subtract(x, target, out=y)
    np.multiply(y, y, out=y)


@kernel("mse_loss")
def mse_loss(x: Array, target: Array, reduction: int, *, out: Any) -> Array:
    return _reduced(_mse, (x, target), reduction, 0, out)


def _huber(delta: float, slope: float) -> Any:
    """slope * (d^2 / 2 inside |d| < delta, delta (|d| - delta / 2) outside) is slope * c (d - c / 2) with c = d held within delta."""

    def body(x: Array, target: Array, y: Array, c: Array, half: Array) -> None:
        np.subtract(x, target, out=y)
        np.clip(y, number(-delta, y.dtype), number(delta, y.dtype), out=c)
        np.multiply(c, number(0.5, y.dtype), out=half)
        np.subtract(y, half, out=y)
        np.multiply(y, c, out=y)
        if slope != 1:
            y *= slope

    return body


@kernel("huber_loss")
def huber_loss(x: Array, target: Array, reduction: int, delta: float, *, out: Any) -> Array:
    return _reduced(_huber(delta, 1.0), (x, target), reduction, 2, out)


@kernel("smooth_l1_loss")
def smooth_l1_loss(x: Array, target: Array, reduction: int, beta: float, *, out: Any) -> Array:
    if beta == 0:
        return _reduced(lambda x, t, y: np.abs(np.subtract(x, t, out=y), out=y), (x, target), reduction, 0, out)
    return _reduced(_huber(beta, 1.0 / beta), (x, target), reduction, 2, out)


def _bce(x: Array, target: Array, y: Array, t: Array) -> None:
    """-(t log x + (1 - t) log(1 - x)), the logarithms held at or above -100."""
    np.negative(x, out=t)
    np.log1p(t, out=t)
    np.maximum(t, -100, out=t)
    np.log(x, out=y)
    np.maximum(y, -100, out=y)
    y -= t
    y *= target
    y += t
    np.negative(y, out=y)


@kernel("binary_cross_entropy")
def binary_cross_entropy(x: Array, target: Array, weight: Array | None, reduction: int, *, out: Any) -> Array:
    if x.size and not ((x >= 0) & (x <= 1)).all():
        raise RuntimeError("all elements of input should be between 0 and 1")
    if weight is None:
        return _reduced(_bce, (x, target), reduction, 1, out)

    def body(x: Array, target: Array, weight: Array, y: Array, t: Array) -> None:
        _bce(x, target, y, t)
        y *= weight

    return _reduced(body, (x, target, np.broadcast_to(weight, x.shape)), reduction, 1, out)


def _bce_logits(x: Array, target: Array, y: Array, t: Array) -> None:
    """(1 - t) x + log(1 + exp(-x)) = max(x, 0) - t x + log1p(exp(-|x|))."""
    np.abs(x, out=t)
    np.negative(t, out=t)
    np.exp(t, out=t)
    np.log1p(t, out=t)
    np.maximum(x, 0, out=y)
    t += y
    np.multiply(x, target, out=y)
    np.subtract(t, y, out=y)


@kernel("binary_cross_entropy_with_logits")
def binary_cross_entropy_with_logits(
    x: Array, target: Array, weight: Array | None, pos_weight: Array | None, reduction: int, *, out: Any
) -> Array:
    if weight is None and pos_weight is None:
        return _reduced(_bce_logits, (x, target), reduction, 1, out)
    tail = np.log1p(np.exp(-np.abs(x))) + np.maximum(-x, 0)  # log(1 + exp(-x))
    scale = 1 if pos_weight is None else (pos_weight - 1) * target + 1
    terms = (1 - target) * x + scale * tail
    if weight is not None:
        terms = terms * weight
    if reduction == NONE:
        return store(terms.astype(x.dtype, copy=False), out)
    sums = total(terms)
    return store(sums / x.dtype.type(terms.size) if reduction == MEAN else sums, out)


# -- negative log likelihood of class indices ----------------------------------------------------------------------------


def _picked(target: Array, classes: int, ignore: int, weight: Array | None, dtype: Any) -> tuple[Array, Array, Array]:
    """(safe indices, which targets count, weight of each): all of target's shape. IndexError where a counted one is no class."""
    counts = target != ignore
    bad = counts & ((target < 0) | (target >= classes))
    if bad.any():
        raise IndexError(f"Target {int(target[bad][0])} is out of bounds.")
    safe = np.where(counts, target, 0).astype(np.intp)
    mass = counts.astype(dtype) if weight is None else np.where(counts, weight[safe], dtype.type(0))
    return safe, counts, mass


def _class_axis(x: Array) -> int:
    return x.ndim - 1 if x.ndim < 3 else 1


def _nll(x: Array, target: Array, weight: Array | None, reduction: int, ignore: int, out: Any) -> tuple[Array, Array]:
    first, second = (out, out) if out is ALLOC else out
    axis = _class_axis(x)
    safe, counts, mass = _picked(target, x.shape[axis], ignore, weight, x.dtype)
    if x.ndim == 1:
        picked = x[safe]
    elif x.ndim == 2:
        picked = x[np.arange(len(x)), safe]
    else:
        picked = np.take_along_axis(x, np.expand_dims(safe, axis), axis).squeeze(axis)
    terms = np.where(counts, -picked * mass, x.dtype.type(0))
    if reduction == NONE and x.ndim > 1:
        return store(terms, first), store(np.zeros((), x.dtype), second)
    if x.dtype.itemsize > 2:
        mass_total, sums = total(mass), total(terms)
    else:
        mass_total = counts.sum().astype(x.dtype) if weight is None else _cascade(mass, counts)
        sums = _cascade(terms, counts)
    if reduction == MEAN:
        sums = sums / mass_total
    return store(sums + x.dtype.type(0), first), store(mass_total, second)  # a sum of nothing but -0 is 0, as in torch


def _cascade(x: Array, counts: Array) -> Array:
    """The sum of those of a half array that count, as torch's loss kernels add it up, rounded at each step.

    What has been added is carried to the next of eight sums after every place that is a multiple of 16, then of 256, and so on; places that
    do not count carry nothing, so the sums before and after them become one.
    """
    places, found = np.flatnonzero(counts), np.zeros((), x.dtype)
    values = x.reshape(-1)[places]
    for level in range(8):
        if not values.size:
            break
        carried = (places >> 4 * level) & 15 == 0
        group = np.cumsum(carried) - carried  # a place that carries belongs to what it carries away
        rank = np.arange(group.size) - np.searchsorted(group, group)
        columns = np.zeros((int(rank.max()) + 1, int(group[-1]) + 1), x.dtype)
        columns[rank, group] = values
        sums = sum(columns, np.zeros(columns.shape[1], x.dtype))
        if not carried[-1]:
            found, sums = found + sums[-1], sums[:-1]
        values, places = sums, places[carried]
    return sum(values, found)


def _nll_backward(
    g: Array, x: Array, target: Array, weight: Array | None, reduction: int, ignore: int, mass_total: Array, out: Any
) -> Array:
    axis = _class_axis(x)
    safe, _, mass = _picked(target, x.shape[axis], ignore, weight, x.dtype)
    share = -mass * (g / mass_total if reduction == MEAN else g)
    result = np.zeros(x.shape, x.dtype)
    if x.ndim == 1:
        result[safe] = share
    else:
        np.put_along_axis(result, np.expand_dims(safe, axis), np.expand_dims(share, axis), axis)
    return store(result, out)


def _few_labels(x: Array, target: Array, weight: Array | None, ignore: int) -> bool:
    """A batch of not too many rows without weights, of which no class is left out."""
    few = x.ndim == 2 and 0 < len(x) <= 4096 and x.size > 0 and target.ndim == 1 and target.dtype == np.int64
    dense = x.flags.c_contiguous and target.flags.c_contiguous
    return few and dense and x.dtype.char in "fd" and weight is None and not 0 <= ignore < x.shape[1]


def _short_nll(x: Array, target: Array, weight: Array | None, reduction: int, ignore: int) -> Any:
    if not _few_labels(x, target, weight, ignore) or reduction == NONE:
        return None
    rows, classes = x.shape
    starts, count = np.arange(0, rows * classes, classes), np.array(rows, x.dtype)
    scale, zero = np.array(1 / rows if reduction == MEAN else 1, x.dtype), np.array(0, x.dtype)
    highest, added, add, multiply, subtract = np.maximum.reduce, np.add.reduce, np.add, np.multiply, np.subtract

    def short(x: Array, target: Array, weight: Array | None, reduction: int, ignore: int, *, out: Any) -> tuple[Array, Array]:
        if highest(target.view(np.uint64)) >= classes:  # a negative one is a huge one: the long way says which
            return _nll(x, target, weight, reduction, ignore, out)
        first, second = (out, count.copy()) if out is ALLOC else out
        sums = added(x.take(add(starts, target)), out=first)
        if out is not ALLOC:
            second[...] = count
        return subtract(zero, multiply(sums, scale, sums), sums), second  # 0 - 0 is 0, where -1 * 0 is -0

    return short


def _short_nll_backward(
    g: Array, x: Array, target: Array, weight: Array | None, reduction: int, ignore: int, mass_total: Array
) -> Any:
    if not _few_labels(x, target, weight, ignore) or g.ndim:
        return None
    rows, classes = x.shape
    starts = np.arange(0, rows * classes, classes)
    one = np.array(1, x.dtype)
    highest, add, divide, zeros, shape, kind = np.maximum.reduce, np.add, np.divide, np.zeros, x.shape, x.dtype

    def short(
        g: Array, x: Array, target: Array, weight: Array | None, reduction: int, ignore: int, mass_total: Array, *, out: Any
    ) -> Array:
        if highest(target.view(np.uint64)) >= classes:
            return _nll_backward(g, x, target, weight, reduction, ignore, mass_total, out)
        result = zeros(shape, kind)
        result.put(add(starts, target), -divide(g, mass_total if reduction == MEAN else one))
        return result if out is ALLOC else store(result, out)

    return short


@kernel("nll_loss_forward", inplace=(), half="native", short=_short_nll)
@kernel("nll_loss2d_forward", inplace=(), half="native")
def nll_loss_forward(
    x: Array, target: Array, weight: Array | None, reduction: int, ignore_index: int, *, out: Any
) -> tuple[Array, Array]:
    """The loss and the sum of the weights that count (0 without reduction). x: (C,), (N, C) or (N, C, H, W)."""
    return _nll(x, target, weight, reduction, ignore_index, out)


@kernel("nll_loss_backward", inplace=(), half="native", short=_short_nll_backward)
@kernel("nll_loss2d_backward", inplace=(), half="native")
def nll_loss_backward(
    g: Array,
    x: Array,
    target: Array,
    weight: Array | None,
    reduction: int,
    ignore_index: int,
    total_weight: Array,
    *,
    out: Any,
) -> Array:
    return _nll_backward(g, x, target, weight, reduction, ignore_index, total_weight, out)
