"""Reflected and replicated borders, and the sums that are their backwards: slices dim by dim, no index arrays over the whole.

Every dim is handled alone, since the places read along one do not depend on the others. Pad lists count from the last dim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .table import kernel, store

Array = np.ndarray
Ints = Sequence[int]


def _dims(rank: int, padding: Ints) -> Iterator[tuple[int, int, int]]:
    """(dim, left, right) of each dim that changes, the last dim first."""
    for d in range(len(padding) // 2):
        left, right = padding[2 * d], padding[2 * d + 1]
        if left or right:
            yield rank - 1 - d, left, right


def _places(size: int, left: int, right: int, reflect: bool) -> Array:
    at = np.arange(size + left + right) - left
    return (size - 1) - np.abs((size - 1) - np.abs(at)) if reflect else np.clip(at, 0, size - 1)


def _padded(x: Array, padding: Ints, reflect: bool, out: Any) -> Array:
    dims = list(_dims(x.ndim, padding))
    if any(left < 0 or right < 0 for _, left, right in dims):  # cut on a side
        y = x
        for dim, left, right in dims:
            y = y.take(_places(x.shape[dim], left, right, reflect), axis=dim)
        return store(y, out)
    shape, done = list(x.shape), [slice(None)] * x.ndim
    for dim, left, right in dims:
        done[dim] = slice(left, left + x.shape[dim])
        shape[dim] += left + right
    y = np.empty(shape, x.dtype)
    y[tuple(done)] = x
    for dim, left, right in dims:
        done[dim] = slice(None)  # the dims done before are whole by now, those to come still lack their borders
        _bordered(np.moveaxis(y[tuple(done)], dim, 0), left, right, reflect)
    return store(y, out)


def _bordered(y: Array, left: int, right: int, reflect: bool) -> None:
    """The first `left` and last `right` rows of y from what lies between them."""
    end = len(y) - right
    if left:
        y[:left] = y[2 * left : left : -1] if reflect else y[left]
    if right:
        y[end:] = y[end - 1 - right : end - 1][::-1] if reflect else y[end - 1]


def _gathered(g: Array, x: Array, padding: Ints, reflect: bool, out: Any) -> Array:
    y = g
    for dim, left, right in _dims(g.ndim, padding):
        y = np.moveaxis(_summed(np.moveaxis(y, dim, 0), x.shape[dim], left, right, reflect), 0, dim)
    return store(np.array(y, order="C"), out)


def _summed(g: Array, size: int, left: int, right: int, reflect: bool) -> Array:
    """g along dim 0, each row added to the row it was read from."""
    y = np.zeros((size, *g.shape[1:]), g.dtype)
    if min(left, right) < 0:  # cut on a side, so places may repeat in any way
        np.add.at(y, _places(size, left, right, reflect), g)
        return y
    y[...] = g[left : left + size]
    if reflect:
        y[1 : left + 1] += g[:left][::-1]
        y[size - 1 - right : size - 1] += g[left + size :][::-1]
        return y
    if left:
        y[0] += g[:left].sum(axis=0)
    if right:
        y[-1] += g[left + size :].sum(axis=0)
    return y


@kernel("reflection_pad1d", inplace=())
@kernel("reflection_pad2d", inplace=())
@kernel("reflection_pad3d", inplace=())
def reflection_pad(x: Array, padding: Ints, *, out: Any) -> Array:
    """Borders that mirror the inside."""
    return _padded(x, padding, True, out)


@kernel("replication_pad1d", inplace=())
@kernel("replication_pad2d", inplace=())
@kernel("replication_pad3d", inplace=())
def replication_pad(x: Array, padding: Ints, *, out: Any) -> Array:
    """Borders that repeat the edge."""
    return _padded(x, padding, False, out)


@kernel("reflection_pad1d_backward", inplace=())
@kernel("reflection_pad2d_backward", inplace=())
@kernel("reflection_pad3d_backward", inplace=())
def reflection_pad_backward(g: Array, x: Array, padding: Ints, *, out: Any) -> Array:
    """g summed at the places that were mirrored."""
    return _gathered(g, x, padding, True, out)


@kernel("replication_pad1d_backward", inplace=())
@kernel("replication_pad2d_backward", inplace=())
@kernel("replication_pad3d_backward", inplace=())
def replication_pad_backward(g: Array, x: Array, padding: Ints, *, out: Any) -> Array:
    """g summed at the edges that were repeated."""
    return _gathered(g, x, padding, False, out)
