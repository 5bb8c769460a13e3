"""Kernels of the distances of rows: `_cdist_forward`, `_pdist_forward` and their backwards.

All differences at once would be rows x rows x columns; one column of a block of rows at a time stays in the cache. `_euclidean_dist` has no
kernel, since its decomposition is one matrix product.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from .table import kernel, store

Array = np.ndarray
BLOCK = 1 << 15  # pairs of rows at a time: 128 KiB of float32
LONG = 128  # columns from which a float32 sum is kept in float64: the columns are added one after the other


def _blocks(rows: int, others: int) -> Iterator[slice]:
    """Slices of rows that make a block with `others` rows."""
    step = max(1, BLOCK // max(1, others))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def _distances(a: Array, b: Array, p: float) -> Array:
    """Distances of the rows of a (A, M) and the columns of b (M, B): (A, B)."""
    shape = (len(a), b.shape[1])
    total = np.zeros(shape, np.float64 if len(b) > LONG else a.dtype)
    d = np.empty(shape, a.dtype)
    for column, row in zip(a.T, b, strict=True):
        np.subtract(column[:, None], row, out=d)
        if p == 2:
            np.multiply(d, d, out=d)
        elif p == 0:
            np.not_equal(d, 0, out=d, casting="unsafe")
        else:
            np.abs(d, out=d)
        if p == math.inf:
            np.maximum(total, d, out=total)
            continue
        if p not in (0, 1, 2):
            np.power(d, d.dtype.type(p), out=d)
        total += d
    if p == 2:
        np.sqrt(total, out=total)
    elif p not in (0, 1, math.inf):
        np.power(total, total.dtype.type(1 / p), out=total)
    return total.astype(a.dtype, copy=False)


def _gradient(a: Array, b: Array, p: float, distance: Array, g: Array) -> Array:
    """The cotangent g (A, B) of the distances of a (A, M) and b (M, B), pulled back to a. A norm without a slope gives 0."""
    made = np.zeros(a.shape, a.dtype)
    if p == 0:
        return made
    safe = np.where(distance == 0, np.ones((), a.dtype), distance)
    if p >= 2 and p != math.inf:
        g = g / safe
    d = np.empty(distance.shape, a.dtype)
    for i, (column, row) in enumerate(zip(a.T, b, strict=True)):
        np.subtract(column[:, None], row, out=d)
        if p > 2 and p != math.inf:
            d *= np.power(np.abs(d) / safe, d.dtype.type(p - 2))
        elif p != 2:
            sign = np.copysign(np.ones((), a.dtype), d)
            np.abs(d, out=d)
            sign *= (d == distance) & (d != 0) if p == math.inf else d != 0
            if p not in (1, math.inf):
                d[d == 0] = 1  # its sign is 0
                d /= safe
                sign *= np.power(d, d.dtype.type(p - 1))
            d, sign = sign, d
        made[:, i] = np.einsum("ab,ab->a", d, g)
    return made


def _batched(*tensors: Array) -> tuple[tuple[int, ...], list[Array]]:
    """(batch shape, the tensors as (batch, rows, columns))."""
    lead = np.broadcast_shapes(*[t.shape[:-2] for t in tensors])
    n = math.prod(lead)
    return lead, [np.broadcast_to(t, (*lead, *t.shape[-2:])).reshape(n, *t.shape[-2:]) for t in tensors]


@kernel("_cdist_forward", inplace=())
def cdist(x1: Array, x2: Array, p: float, compute_mode: int | None, *, out: Any) -> Array:
    lead, (a, b) = _batched(x1, x2)
    made = np.zeros((len(a), a.shape[1], b.shape[1]), x1.dtype)
    for i in range(len(a)):
        columns = np.ascontiguousarray(b[i].T)
        for part in _blocks(a.shape[1], b.shape[1]):
            made[i, part] = _distances(a[i, part], columns, p)
    return store(made.reshape(*lead, *made.shape[1:]), out)


@kernel("_cdist_backward", inplace=())
def cdist_backward(g: Array, x1: Array, x2: Array, p: float, distance: Array, *, out: Any) -> Array:
    lead, (a, b) = _batched(x1, x2)
    g, distance = g.reshape(len(a), a.shape[1], b.shape[1]), distance.reshape(len(a), a.shape[1], b.shape[1])
    made = np.zeros(a.shape, x1.dtype)
    for i in range(len(a)):
        columns = np.ascontiguousarray(b[i].T)
        for part in _blocks(a.shape[1], b.shape[1]):
            made[i, part] = _gradient(a[i, part], columns, p, distance[i, part], g[i, part])
    return store(made.reshape(*lead, *a.shape[1:]), out)


@kernel("_pdist_forward", inplace=())
def pdist(x: Array, p: float, *, out: Any) -> Array:
    n = len(x)
    made = np.empty(n * (n - 1) // 2, x.dtype)
    start = 0
    columns = np.ascontiguousarray(x.T)
    for part in _blocks(n, n):
        right = columns[:, part.start + 1 :]  # the first row of the block pairs with all of them, each later one with one fewer
        found = _distances(x[part], right, p)[np.triu(np.ones((part.stop - part.start, right.shape[1]), bool))]
        made[start : start + found.size] = found
        start += found.size
    return store(made, out)


@kernel("_pdist_backward", inplace=())
def pdist_backward(g: Array, x: Array, p: float, distance: Array, *, out: Any) -> Array:
    n = len(x)
    above = np.triu_indices(n, 1)
    square = np.zeros((2, n, n), x.dtype)
    square[0][above], square[1][above] = g, distance
    square += square.swapaxes(1, 2)
    return store(cdist_backward(square[0], x, x, p, square[1], out=...), out)
