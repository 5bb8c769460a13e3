"""Kernels that write places named by data: index_put, scatter in all its forms, index_add, masked writes.

Everything that accumulates goes through `accumulate`, which calls `ufunc.at` on flat contiguous arrays: NumPy has a fast loop for
exactly that (about 1 ns an element; on rows of a matrix the same call takes eight times as long). Duplicates are added in the
order of the index, as torch does on one thread. All places are checked before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .index import Index, checked, expanded, offsets, outside, refuse
from .numbers import number_as
from .table import ALLOC, kernel, store

BLOCK = 1 << 16  # offsets made at a time when whole rows are accumulated: 512 KiB of them


WIDE = 8  # slices of so many elements are worth a look at whether their places are distinct


def distinct(places: np.ndarray, n: int) -> bool:
    """Whether no place of [0, n) occurs twice: then slices are read, changed and written as they are, three times as fast."""
    return places.size <= n and bool(np.bincount(places.reshape(-1), minlength=1).max(initial=0) <= 1)


def begun(x: np.ndarray, out: Any) -> np.ndarray:
    """The array to write into, holding x's values: a copy, or the caller's destination."""
    if out is ALLOC:
        return x.copy()
    if out is not x:
        np.copyto(out, x)
    return out


def accumulate(ufunc: np.ufunc, y: np.ndarray, places: np.ndarray, values: np.ndarray) -> None:
    """y.flat[places] = ufunc(y.flat[places], values), duplicates one after the other; values broadcast to places."""
    if values.shape != places.shape:
        values = np.broadcast_to(values, places.shape)
    flat = y.reshape(-1)
    ufunc.at(flat, places.reshape(-1), values.reshape(-1).astype(y.dtype, copy=False))
    if not y.flags.c_contiguous:
        y[...] = flat.reshape(y.shape)


def accumulate_rows(y: np.ndarray, places: np.ndarray, rows: np.ndarray) -> None:
    """y[places[i]] += rows[i] for a C-contiguous y of shape (n, width)."""
    width = y.shape[1]
    if width == 0 or places.size == 0:
        return
    if width >= WIDE and distinct(places, len(y)):
        y[places] += rows
        return
    lanes = np.arange(width, dtype=np.intp)
    step = max(1, BLOCK // width)
    flat = y.reshape(-1)
    for lo in range(0, len(places), step):
        at = places[lo : lo + step, None] * width + lanes
        np.add.at(flat, at.reshape(-1), rows[lo : lo + step].reshape(-1))


@kernel("index_put", half="native")
@kernel("_unsafe_index_put", half="native")
def index_put(x: np.ndarray, indices: Sequence[Index | None], values: np.ndarray, accumulated: bool, *, out: Any) -> np.ndarray:
    """x with x[indices] = values, or += values."""
    places = expanded(x.shape, indices)
    refuse(x.shape, places)
    if x.ndim == 0:
        y = begun(x, out)
        if places[0].size:
            np.copyto(y, (y + values.reshape(())) if accumulated else values.reshape(()), casting="unsafe")
        return y
    y = begun(x, out)
    if not accumulated:
        try:
            y[tuple(places)] = values
        except ValueError:
            held, given = list(y[tuple(places)].shape), list(values.shape)
            raise RuntimeError(
                f"shape mismatch: value tensor of shape {given} cannot be broadcast to indexing result of shape {held}"
            ) from None
        return y
    spots = np.arange(y.size, dtype=np.intp).reshape(y.shape)[tuple(places)]
    accumulate(np.add, y, spots, values)
    return y


def _corner(x: np.ndarray, index: Index) -> np.ndarray:
    """The leading block of src that index covers."""
    return x[tuple(map(slice, index.shape))]


def _scatter(x: np.ndarray, dim: int, index: Index, values: np.ndarray, ufunc: np.ufunc | None, out: Any) -> np.ndarray:
    if x.ndim == 0:
        x1 = x.reshape(1)
        y1 = _scatter(x1, 0, index.reshape(-1), values.reshape(-1) if values.ndim else values, ufunc, ALLOC)
        return store(y1.reshape(()), out)
    if index.ndim == 0:
        index, values = index.reshape((1,) * x.ndim), values.reshape((1,) * x.ndim)
    checked(index, dim, x.shape[dim])
    y = begun(x, out)
    if index.size == 0:
        return y
    places = offsets(x.shape, dim, index)
    values = _corner(values, index) if values.ndim else values
    if ufunc is not None:
        accumulate(ufunc, y, places, values)
    elif y.flags.c_contiguous:
        y.reshape(-1)[places] = values
    else:
        np.put_along_axis(_corner_but(y, dim, index), index, values, dim)
    return y


def _corner_but(y: np.ndarray, dim: int, index: Index) -> np.ndarray:
    """The part of y that index can reach, whole along `dim`."""
    return y[tuple(slice(None) if d == dim else slice(n) for d, n in enumerate(index.shape))]


@kernel("scatter.src", half="native")
def scatter(x: np.ndarray, dim: int, index: Index, src: np.ndarray, *, out: Any) -> np.ndarray:
    """x with x[index[i][j]][j] = src[i][j] for dim 0, and so on; the last of several writers wins."""
    return _scatter(x, dim, index, src, None, out)


@kernel("scatter.value", half="native")
def scatter_value(x: np.ndarray, dim: int, index: Index, value: Any, *, out: Any) -> np.ndarray:
    """`scatter` of one number."""
    return _scatter(x, dim, index, np.asarray(value).astype(x.dtype), None, out)


_REDUCE = {"add": np.add, "multiply": np.multiply}


@kernel("scatter.reduce")
def scatter_with(x: np.ndarray, dim: int, index: Index, src: np.ndarray, reduce: str, *, out: Any) -> np.ndarray:
    """`scatter` that adds to or multiplies what is there."""
    return _scatter(x, dim, index, src, _REDUCE[reduce], out)


@kernel("scatter.value_reduce")
def scatter_value_with(x: np.ndarray, dim: int, index: Index, value: Any, reduce: str, *, out: Any) -> np.ndarray:
    """`scatter` of one number that adds to or multiplies what is there."""
    return _scatter(x, dim, index, np.asarray(value).astype(x.dtype), _REDUCE[reduce], out)


@kernel("scatter_add")
def scatter_add(x: np.ndarray, dim: int, index: Index, src: np.ndarray, *, out: Any) -> np.ndarray:
    """x with src added at the places of index."""
    return _scatter(x, dim, index, src, np.add, out)


_UFUNC = {
    "sum": np.add, "prod": np.multiply, "mean": np.add, "amax": np.maximum, "amin": np.minimum,
}  # fmt: skip


def identity(reduce: str, kind: np.dtype[Any]) -> Any:
    """What a reduction starts from where the old value does not count."""
    if reduce in ("sum", "mean"):
        return kind.type(0)
    if reduce == "prod":
        return kind.type(1)
    low = reduce == "amax"
    if kind.kind == "f":
        return kind.type(-np.inf if low else np.inf)
    if kind.kind == "b":
        return kind.type(not low)
    limits = np.iinfo(kind)
    return kind.type(limits.min if low else limits.max)


def _divided(y: np.ndarray, counts: np.ndarray) -> None:
    """The sums in y over their counts; integers round down, as torch's."""
    counts = np.maximum(counts, 1)
    if y.dtype.kind in "fc":
        y /= counts.astype(y.dtype)
    else:
        y[...] = y // counts


@kernel("scatter_reduce.two")
def scatter_reduce(
    x: np.ndarray, dim: int, index: Index, src: np.ndarray, reduce: str, include_self: bool, *, out: Any
) -> np.ndarray:
    """x with src reduced into the places of index; without include_self the old value of a place that is written does not count."""
    if x.ndim == 0:
        made = scatter_reduce(x.reshape(1), 0, index.reshape(-1), src.reshape(-1), reduce, include_self, out=ALLOC)
        return store(made.reshape(()), out)
    if index.ndim == 0:
        index, src = index.reshape((1,) * x.ndim), src.reshape((1,) * x.ndim)
    checked(index, dim, x.shape[dim])
    y = np.ascontiguousarray(x) if x.flags.c_contiguous is False else x.copy()
    places = offsets(x.shape, dim, index)
    return store(_reduced(y, places, _corner(src, index), reduce, include_self), out)


def _reduced(y: np.ndarray, places: np.ndarray, src: np.ndarray, reduce: str, include_self: bool) -> np.ndarray:
    flat = y.reshape(-1)
    if not include_self:
        flat[places] = identity(reduce, y.dtype)
    accumulate(_UFUNC[reduce], y, places, src)
    if reduce == "mean":
        counts = np.full(y.size, 1 if include_self else 0, np.int64)
        counts += np.bincount(places.reshape(-1), minlength=y.size)
        _divided(y, counts.reshape(y.shape))
    return y


def _lanes(shape: Sequence[int], dim: int, index: Index) -> np.ndarray:
    """Offsets of whole slices along `dim`: the index, one place a slice, spread over the other dims."""
    wide = list(shape)
    wide[dim] = index.size
    spread = index.reshape(tuple(-1 if d == dim else 1 for d in range(len(shape))))
    return offsets(shape, dim, np.broadcast_to(spread, wide))


@kernel("index_add")
def index_add(x: np.ndarray, dim: int, index: Index, source: np.ndarray, alpha: Any, *, out: Any) -> np.ndarray:
    """x with alpha times the slices of source added to the slices of x that the 1-d index names."""
    size = x.shape[dim] if x.ndim else 1
    checked(index, dim, size)
    if alpha != 1:
        source = source * np.asarray(alpha).astype(x.dtype)
    if x.ndim == 0:
        return store((x + source.sum(dtype=x.dtype)).astype(x.dtype), out)
    y = begun(x, out)
    index = index.reshape(-1)
    if dim == 0 and y.flags.c_contiguous and y.ndim > 1 and y.size:
        accumulate_rows(y.reshape(y.shape[0], -1), index, source.reshape(index.size, -1))
        return y
    source = source.reshape(_with(x.shape, dim, index.size))
    if y.size >= WIDE * size and distinct(index, size):
        at = _at(y, dim, index)
        y[at] = y[at] + source
    else:
        accumulate(np.add, y, _lanes(x.shape, dim, index), source)
    return y


def _with(shape: Sequence[int], dim: int, size: int) -> tuple[int, ...]:
    return tuple(size if d == dim else n for d, n in enumerate(shape))


@kernel("index_reduce")
def index_reduce(
    x: np.ndarray, dim: int, index: Index, source: np.ndarray, reduce: str, include_self: bool, *, out: Any
) -> np.ndarray:
    """`index_add` with prod, mean, amax or amin instead of the sum."""
    if outside(index, x.shape[dim] if x.ndim else 1) is not None:
        raise IndexError("index out of range in self")
    y = np.array(x, order="C", ndmin=1)
    index = index.reshape(-1)
    src = source.reshape(_with(y.shape, dim, index.size))
    if y.size >= WIDE * y.shape[dim] and distinct(index, y.shape[dim]):
        at = _at(y, dim, index)
        made = _UFUNC[reduce](y[at], src) if include_self else src.copy()
        if reduce == "mean" and include_self:
            _divided(made, np.asarray(2))
        y[at] = made
        return store(y.reshape(x.shape), out)
    return store(_reduced(y, _lanes(y.shape, dim, index), src, reduce, include_self).reshape(x.shape), out)


def _at(x: np.ndarray, dim: int, index: Index) -> tuple[Any, ...]:
    return (slice(None),) * dim + (index.reshape(-1),)


@kernel("index_fill.int_Scalar", half="native")
@kernel("index_fill.int_Tensor", half="native")
def index_fill(x: np.ndarray, dim: int, index: Index, value: Any, *, out: Any) -> np.ndarray:
    """x with one number in the slices that the index names; negative places count from the end."""
    size = x.shape[dim] if x.ndim else 1
    refuse([size], [index.reshape(-1)])
    number = number_as(value, x.dtype)
    if x.ndim == 0:
        return store((number.reshape(()) if index.size else x).copy(), out)
    y = begun(x, out)
    y[_at(y, dim, index)] = number
    return y


@kernel("index_copy", half="native")
def index_copy(x: np.ndarray, dim: int, index: Index, source: np.ndarray, *, out: Any) -> np.ndarray:
    """x with the slices that the index names replaced by those of source."""
    checked(index, dim, x.shape[dim] if x.ndim else 1, IndexError, "index_copy_(): ")
    if x.ndim == 0:
        return store(source.reshape(-1)[-1].copy() if index.size else x.copy(), out)
    y = begun(x, out)
    y[_at(y, dim, index)] = source.reshape(_with(x.shape, dim, index.size))
    return y


@kernel("masked_scatter", half="native")
def masked_scatter(x: np.ndarray, mask: np.ndarray, source: np.ndarray, *, out: Any) -> np.ndarray:
    """x (broadcast with mask) with the places where mask is true filled from source in order."""
    shape = np.broadcast_shapes(x.shape, mask.shape)
    mask = np.broadcast_to(mask, shape)
    count = int(np.count_nonzero(mask))
    if source.size < count:
        raise RuntimeError("Number of elements of source < number of ones in mask")
    y = begun(np.broadcast_to(x, shape), out) if x.shape != shape else begun(x, out)
    y[mask] = source.reshape(-1)[:count]
    return y


@kernel("put", half="native")
def put(x: np.ndarray, index: Index, source: np.ndarray, accumulated: bool, *, out: Any) -> np.ndarray:
    """x with source written (or added) at offsets in row-major order; negative offsets count from the end."""
    n = x.size
    wrong = index[(index < -n) | (index >= n)]
    if wrong.size:
        raise IndexError(f"out of range: tried to access index {wrong.flat[0]} on a tensor of {n} elements.")
    y = begun(x, out)
    places = index + n * (index < 0)
    if accumulated:
        accumulate(np.add, y, places, source.reshape(places.shape))
    elif y.flags.c_contiguous:
        y.reshape(-1)[places.reshape(-1)] = source.reshape(-1)
    else:
        y.flat[places.reshape(-1)] = source.reshape(-1)
    return y


@kernel("slice_backward", half="native")
def slice_backward(g: np.ndarray, sizes: Sequence[int], dim: int, start: int, end: int, step: int, *, out: Any) -> np.ndarray:
    """Zeros of `sizes` with g in the slice."""
    y = np.zeros(sizes, g.dtype)
    y[(slice(None),) * dim + (slice(*slice(start, end, step).indices(sizes[dim])),)] = g
    return store(y, out)


@kernel("select_backward", half="native")
def select_backward(g: np.ndarray, sizes: Sequence[int], dim: int, index: int, *, out: Any) -> np.ndarray:
    """Zeros of `sizes` with g at one place along `dim`."""
    y = np.zeros(sizes, g.dtype)
    y[(slice(None),) * dim + (index,)] = g
    return store(y, out)
