"""Kernels of order: sort, topk, kthvalue, unique, searchsorted, isin.

Sorting is always stable, with NaN largest, as torch's is. Types of up to 32 bits are sorted as 64-bit keys, value above and place
below: NumPy's vectorised sort of those is many times faster than its stable argsort, and the place in the low half makes it stable.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from .index import offsets
from .table import ALLOC, kernel, store

Array = np.ndarray
Pair = tuple[np.ndarray, np.ndarray]
LONG = 64  # a row of so many times k elements is looked through before it is sorted
FEW = 16  # row length up to which NumPy's own argsort is as fast as keys


def _ordered(x: Array) -> Array:
    """32 unsigned bits that sort as x does: -0.0 equals 0.0, every NaN is the largest."""
    if x.dtype.kind == "f":
        bits = (x.astype(np.float32, copy=False) + np.float32(0)).view(np.int32)
        nan = np.isnan(x)
        if nan.any():
            bits[nan] = 0x7FFFFFFF
        bits ^= (bits >> 31) & 0x7FFFFFFF
    elif x.dtype == np.uint32:
        return x
    else:
        bits = x.astype(np.int32)
    return bits.view(np.uint32) ^ np.uint32(0x80000000)


def _keys(x: Array, descending: bool) -> Array:
    """(…, n) keys whose ascending order is the wanted one; the low 32 bits are the place."""
    keys = _ordered(x)
    keys = (~keys if descending else keys).astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.arange(x.shape[-1], dtype=np.uint64)
    return keys


def _places(keys: Array) -> Array:
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _small(x: Array) -> bool:
    return x.dtype.itemsize <= 4 and x.dtype.kind in "fiub" and x.shape[-1] > FEW


def order(x: Array, descending: bool) -> Array:
    """The stable argsort along the last axis, int64."""
    if x.dtype.kind == "V":
        x = x.astype(np.float32)  # bfloat16 is none of NumPy's own kinds
    if _small(x):
        keys = _keys(x, descending)
        keys.sort(axis=-1)
        return _places(keys)
    if not descending:
        return x.argsort(axis=-1, kind="stable")
    places = x[..., ::-1].argsort(axis=-1, kind="stable")[..., ::-1]  # flipped twice: equal elements keep their order
    return x.shape[-1] - 1 - places


def _pair(values: Array, places: Array, out: Any) -> Pair:
    values, places = np.ascontiguousarray(values), np.ascontiguousarray(places)
    return (values, places) if out is ALLOC else (store(values, out[0]), store(places, out[1]))


def _along(x: Array, dim: int) -> Array:
    return x if dim == x.ndim - 1 or dim == -1 else np.moveaxis(x, dim, -1)


def _selected(x: Array, dim: int, places: Array, out: Any) -> Pair:
    """Values and places, both with the sorted axis back at `dim`; x and places have it last."""
    if x.flags.c_contiguous:
        values = x.reshape(-1).take(offsets(x.shape, x.ndim - 1, places))
    else:
        values = np.take_along_axis(x, places, -1)
    if dim != x.ndim - 1 and dim != -1:
        values, places = np.moveaxis(values, -1, dim), np.moveaxis(places, -1, dim)
    return _pair(values, places, out)


def _pair0(x: Array, out: Any) -> Pair:
    values, places = x.copy(), np.zeros((), np.int64)
    return (values, places) if out is ALLOC else (store(values, out[0]), store(places, out[1]))


@kernel("sort", inplace=())
def sort(x: Array, dim: int, descending: bool, *, out: Any) -> Pair:
    """Values in order and the places they came from."""
    if x.ndim == 0:
        return _pair0(x, out)
    y = _along(x, dim)
    return _selected(y, dim, order(y, descending), out)


@kernel("sort.stable", inplace=())
def sort_stable(x: Array, stable: bool | None, dim: int, descending: bool, *, out: Any) -> Pair:
    """`sort`, which is stable anyhow."""
    return sort(x, dim, descending, out=out)


def _from_the_best(rows: Array, k: int, largest: bool) -> Array | None:
    """topk's places in a few long rows: what reaches the k-th best of the extremes of short stretches is sorted, the rest is not.
    None where there is a NaN, which compares with nothing.
    """
    n = rows.shape[1]
    stretches = n // (LONG // 2)
    extreme = np.maximum if largest else np.minimum
    found = np.empty((len(rows), k), np.int64)
    for row, places in zip(rows, found, strict=True):
        best = extreme.reduce(row[: stretches * (LONG // 2)].reshape(LONG // 2, stretches), axis=0)
        bound = np.partition(best, stretches - k if largest else k - 1)[stretches - k if largest else k - 1]
        near = np.flatnonzero(row >= bound if largest else row <= bound)
        if near.size < k or np.isnan(row.min()):
            return None
        places[...] = near[order(row[near], largest)[:k]]
    return found


@kernel("topk", inplace=())
def topk(x: Array, k: int, dim: int, largest: bool, sorted: bool, *, out: Any) -> Pair:
    """The k largest (or smallest) and their places, in order; among equals the first come first."""
    if x.ndim == 0:
        if k == 1:
            return _pair0(x, out)
        return _pair(x.reshape(1)[:k], np.zeros(k, np.int64), out)
    y = _along(x, dim)
    if not _small(y) or 4 * k > y.shape[-1] or k == 0:
        return _selected(y, dim, order(y, largest)[..., :k], out)
    if y.shape[-1] >= LONG * k and y.size <= FEW * y.shape[-1] and y.dtype.char in "fd":
        found = _from_the_best(y.reshape(-1, y.shape[-1]), k, largest)
        if found is not None:
            return _selected(y, dim, found.reshape((*y.shape[:-1], k)), out)
    keys = _keys(y, largest)
    keys.partition(k - 1, axis=-1)
    keys = keys[..., :k]
    keys.sort(axis=-1)
    return _selected(y, dim, _places(keys), out)


@kernel("kthvalue", inplace=())
def kthvalue(x: Array, k: int, dim: int, keepdim: bool, *, out: Any) -> Pair:
    """The k-th smallest (from 1) along `dim` and its place."""
    if x.ndim == 0:
        return _pair0(x, out)
    y = _along(x, dim)
    places = order(y, False)[..., k - 1 : k]
    values = np.take_along_axis(y, places, -1)
    if keepdim:
        return _pair(np.moveaxis(values, -1, dim), np.moveaxis(places, -1, dim), out)
    return _unpacked(values[..., 0], places[..., 0], out)


def _unpacked(values: Any, places: Any, out: Any) -> Pair:
    values, places = np.array(values, order="C"), np.array(places, order="C")
    return (values, places) if out is ALLOC else (store(values, out[0]), store(places, out[1]))


# -- unique -----------------------------------------------------------------------------------------------------------------


def _counted(starts: Array, n: int) -> Array:
    return np.diff(np.append(starts, n)).astype(np.int64)


def _runs(changes: Array) -> tuple[Array, Array]:
    """(first place of each run, number of the run each place is in) from `changes[i]`: i differs from i - 1."""
    return np.flatnonzero(changes), np.cumsum(changes) - 1


def _changes(x: Array) -> Array:
    """Along the first axis: whether a slice differs from the one before; the first one does."""
    changes = np.ones(len(x), np.bool_)
    if len(x) > 1:
        differ = x[1:] != x[:-1]
        changes[1:] = differ if x.ndim == 1 else differ.reshape(len(x) - 1, prod(x.shape[1:])).any(axis=1)
    return changes


_NONE = np.empty(0, np.int64)


def _three(values: Array, inverse: Array | None, counts: Array | None) -> tuple[Array, Array, Array]:
    return values, _NONE.copy() if inverse is None else inverse, _NONE.copy() if counts is None else counts


@kernel("_unique2", inplace=(), half="native")
def unique2(x: Array, sorted: bool, return_inverse: bool, return_counts: bool, *, out: Any) -> tuple[Array, Array, Array]:
    """Distinct values in order (every NaN is distinct), where each element went, how often each occurs."""
    flat = x.reshape(-1)
    if not return_inverse and x.dtype.kind in "fiub":
        line = np.sort(flat)
        starts = np.flatnonzero(_changes(line))
        return _three(line[starts], None, _counted(starts, line.size) if return_counts else None)
    places = order(flat, False)
    line = flat[places]
    starts, number = _runs(_changes(line))
    inverse = np.empty(flat.size, np.int64)
    inverse[places] = number
    return _three(line[starts], inverse.reshape(x.shape), _counted(starts, flat.size) if return_counts else None)


@kernel("unique_dim", inplace=(), half="native")
def unique_dim(
    x: Array, dim: int, sorted: bool, return_inverse: bool, return_counts: bool, *, out: Any
) -> tuple[Array, Array, Array]:
    """`_unique2` of whole slices along `dim`, in lexicographic order."""
    rows = np.moveaxis(x, dim, 0)
    flat = rows.reshape(len(rows), prod(rows.shape[1:]))
    keys = flat if flat.dtype.kind in "fiub" else flat.astype(np.float32)  # bfloat16 is none of NumPy's own kinds
    places = np.lexsort(keys.T[::-1]) if flat.shape[1] else np.arange(len(rows))
    line = rows[places]
    starts, number = _runs(_changes(line))
    inverse = np.empty(len(rows), np.int64)
    inverse[places] = number
    values = np.moveaxis(line[starts], 0, dim)
    return _three(values, inverse, _counted(starts, len(rows)))


@kernel("unique_consecutive", inplace=(), half="native")
def unique_consecutive(
    x: Array, return_inverse: bool, return_counts: bool, dim: int | None, *, out: Any
) -> tuple[Array, Array, Array]:
    """Runs of equal elements (or slices along `dim`) reduced to one."""
    rows = x.reshape(-1) if dim is None else np.moveaxis(x, dim, 0)
    changes = _changes(rows)
    starts = np.flatnonzero(changes)
    values = rows[starts] if dim is None else np.moveaxis(rows[starts], 0, dim)
    whole = dim is not None and x.ndim > 1  # slices of a tensor: torch returns all three, asked or not
    counts = _counted(starts, len(rows)) if return_counts or whole else None
    inverse = None
    if return_inverse or whole:
        inverse = np.cumsum(changes, dtype=np.int64)
        inverse -= 1
        inverse = inverse.reshape(x.shape if dim is None else (-1,))
    return _three(values, inverse, counts)


# -- places in sorted sequences ------------------------------------------------------------------------------------------------


@kernel("searchsorted.Tensor", inplace=())
def searchsorted(
    sequence: Array, x: Array, out_int32: bool, right: bool, side: str | None, sorter: Array | None, *, out: Any
) -> Array:
    """Where x would go into the sorted last axis of `sequence`: left of equals, or right of them."""
    kind = np.int32 if out_int32 else np.int64
    right = right or side == "right"
    if sequence.ndim == 1:
        line = sequence if sorter is None else sequence.take(sorter)
        return store(np.asarray(line.searchsorted(x, "right" if right else "left")).astype(kind, copy=False), out)
    lines = sequence if sorter is None else np.take_along_axis(sequence, sorter, -1)
    return store(_bisect(lines, x, right).astype(kind, copy=False), out)


def _bisect(lines: Array, x: Array, right: bool) -> Array:
    """Binary search of all of x at once, each row in its own line."""
    n = lines.shape[-1]
    low, high = np.zeros(x.shape, np.int64), np.full(x.shape, n, np.int64)
    for _ in range(n.bit_length()):
        middle = (low + high) >> 1
        here = np.take_along_axis(lines, np.minimum(middle, n - 1), -1)
        after = ~(here > x) if right else ~(here >= x)
        after &= low < high
        low = np.where(after, middle + 1, low)
        high = np.where(after, high, middle)
    return low


@kernel("bucketize.Tensor", inplace=())
def bucketize(x: Array, boundaries: Array, out_int32: bool, right: bool, *, out: Any) -> Array:
    """`searchsorted` with the arguments the other way round."""
    return searchsorted(boundaries, x, out_int32, right, None, None, out=out)


@kernel("isin.Tensor_Tensor", inplace=())
def isin(x: Array, test: Array, assume_unique: bool, invert: bool, *, out: Any) -> Array:
    """Whether each element of x occurs in `test`."""
    return store(np.isin(x, test, assume_unique=False, invert=invert), out)
