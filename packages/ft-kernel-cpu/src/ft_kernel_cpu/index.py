"""Kernels that read places named by data: advanced indexing, gather, take, masks, nonzero, triangles.

Positions are turned into offsets of a flat array wherever that lets NumPy's `take` do the work, which is several times faster
than its general advanced indexing. Bounds are checked first, with torch's exception and text for each op: torch words them
differently. `offsets` and `checked` serve scatter.py, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from .numbers import number_as
from .table import ALLOC, kernel, store

Index = np.ndarray
SMALL = 1 << 12  # entries of an index up to which lanes are remembered: there, making them costs more than reading


def outside(index: Index, size: int) -> int | None:
    """The first entry outside [0, size), or None. One pass: as an unsigned number a negative entry is larger than any size."""
    if index.size == 0:
        return None
    kind = index.dtype
    top = index.view(f"u{kind.itemsize}").max() if kind.kind == "i" else index.max()
    if top < size:
        return None
    return int(index[(index < 0) | (index >= size)].flat[0])


def checked(index: Index, dim: int, size: int, error: type[Exception] = RuntimeError, prefix: str = "") -> None:
    """Raise `error` in torch's words where an entry is outside [0, size); negative entries are outside."""
    wrong = outside(index, size)
    if wrong is not None:
        raise error(f"{prefix}index {wrong} is out of bounds for dimension {dim} with size {size}")


def offsets(shape: Sequence[int], dim: int, index: Index) -> np.ndarray:
    """For each entry of `index` (a place along `dim`, the others its own) the offset in a C-contiguous array of `shape`."""
    flat: np.ndarray = index.astype(np.intp, copy=False)
    step = prod(shape[dim + 1 :])
    if step != 1:
        flat = flat * step
    lanes = _small_lanes if index.size <= SMALL else _lanes
    return flat + lanes(tuple(shape), dim, index.shape)


def _lanes(shape: tuple[int, ...], dim: int, sizes: tuple[int, ...]) -> Any:
    """Offset of each entry's own lane, as far as the dims other than `dim` say it; broadcasts against an index of `sizes`."""
    stride = 1
    base: Any = 0
    for d in range(len(shape) - 1, -1, -1):
        if d != dim and sizes[d] > 1:
            lane = np.arange(sizes[d], dtype=np.intp) * stride
            base = base + lane.reshape((-1,) + (1,) * (len(shape) - 1 - d))
        stride *= shape[d]
    return base


_small_lanes = lru_cache(256)(_lanes)


def expanded(shape: Sequence[int], indices: Sequence[Index | None]) -> list[Any]:
    """Index arrays with masks replaced by their places, None by full slices. IndexError as torch's for masks of another shape."""
    found: list[Any] = []
    for index in indices:
        if index is None:
            found.append(slice(None))
        elif index.dtype == np.bool_ or index.dtype == np.uint8:
            here = len(found)
            if tuple(shape[here : here + index.ndim]) != index.shape:
                wrong = next((d for d in range(index.ndim) if here + d >= len(shape) or shape[here + d] != index.shape[d]), 0)
                raise IndexError(
                    f"The shape of the mask {list(index.shape)} at index {wrong} does not match "
                    f"the shape of the indexed tensor {list(shape)} at index {here + wrong}"
                )
            if index.ndim == 0:
                found.append(np.zeros(1 if index else 0, np.intp))
            else:
                found.extend(index.nonzero())
        else:
            found.append(index)
    return found


def refuse(shape: Sequence[int], places: Sequence[Index | slice]) -> None:
    """Raise torch's IndexError for the first entry outside [-size, size)."""
    for dim, index in enumerate(places):
        if isinstance(index, slice):
            continue
        size = shape[dim]
        wrong = index[(index < -size) | (index >= size)]
        if wrong.size:
            raise IndexError(f"index {int(wrong.flat[0])} is out of bounds for dimension {dim} with size {size}")


@kernel("index.Tensor", half="native")
@kernel("_unsafe_index.Tensor", half="native")
def index(x: np.ndarray, indices: Sequence[Index | None], *, out: Any) -> np.ndarray:
    """x[indices]: None stands for a full slice; masks count as their places; negative places count from the end."""
    first = indices[0]
    if len(indices) == 1 and first is not None and first.dtype == np.int64:
        try:
            return store(x.take(first, axis=0), out)
        except IndexError:
            refuse(x.shape, [first])
            raise
    places = expanded(x.shape, indices)
    zero_dim_mask = x.ndim == 0
    try:
        found = x[None][tuple(places)] if zero_dim_mask else x[tuple(places)]
    except IndexError:
        refuse(x.shape, places)
        raise
    return store(found if found.flags.owndata else found.copy(), out)


@kernel("index_select", half="native")
def index_select(x: np.ndarray, dim: int, index: Index, *, out: Any) -> np.ndarray:
    """Slices of x along `dim` in the order of a 1-d index."""
    size = x.shape[dim] if x.ndim else 1
    if outside(index, size) is not None:
        raise IndexError("index out of range in self")
    if x.ndim == 0:
        return store(x.copy(), out)
    return store(x.take(index.reshape(-1), axis=dim), out)


@kernel("gather", half="native")
def gather(x: np.ndarray, dim: int, index: Index, sparse_grad: bool, *, out: Any) -> np.ndarray:
    """out[i][j] = x[index[i][j]][j] for dim 0, and so on."""
    if index.size == 0:
        return store(np.empty(index.shape, x.dtype), out)
    checked(index, dim, x.shape[dim] if x.ndim else 1)
    if x.ndim == 0 or index.ndim == 0:
        return store(x.reshape(-1).take(index), out)
    return store(x.reshape(-1).take(offsets(x.shape, dim, index)), out)


@kernel("take", half="native")
def take(x: np.ndarray, index: Index, *, out: Any) -> np.ndarray:
    """Elements of x by their offset in row-major order."""
    try:
        return store(x.reshape(-1).take(index), out)
    except IndexError:
        wrong = index[(index < -x.size) | (index >= x.size)].flat[0]
        raise IndexError(f"out of range: tried to access index {wrong} on a tensor of {x.size} elements.") from None


@kernel("masked_select", half="native")
def masked_select(x: np.ndarray, mask: np.ndarray, *, out: Any) -> np.ndarray:
    """The elements of x where mask is true, as a vector; the two broadcast."""
    if x.shape != mask.shape:
        x, mask = np.broadcast_arrays(x, mask)
    found = x[mask] if x.ndim else x.reshape(1)[mask.reshape(1)]
    return store(found, out)


@kernel("nonzero", half="native")
def nonzero(x: np.ndarray, *, out: Any) -> np.ndarray:
    """(count, ndim) int64: the places of the non-zero elements in row-major order."""
    if x.ndim == 0:
        return store(np.empty((1 if x else 0, 0), np.int64), out)
    return store(np.ascontiguousarray(np.argwhere(x), np.int64), out)


@kernel("nonzero_static", half="native")
def nonzero_static(x: np.ndarray, size: int, fill_value: int, *, out: Any) -> np.ndarray:
    """`nonzero` with exactly `size` rows: cut, or filled up with `fill_value`."""
    found = nonzero(x, out=ALLOC)[:size]
    full = np.full((size, x.ndim), fill_value, np.int64)
    full[: len(found)] = found
    return store(full, out)


@kernel("masked_fill.Tensor", half="native")
@kernel("masked_fill.Scalar", half="native")
def masked_fill(x: np.ndarray, mask: np.ndarray, value: Any, *, out: Any) -> np.ndarray:
    """x with `value` where mask is true; x and mask broadcast."""
    shape = x.shape if x.shape == mask.shape else np.broadcast_shapes(x.shape, mask.shape)
    number = number_as(value, x.dtype)
    if out is x:
        np.copyto(x, number, where=mask)
        return x
    if out is ALLOC:
        out = np.empty(shape, x.dtype)
    np.copyto(out, x)
    np.copyto(out, number, where=mask)
    return out


def _lower(rows: int, columns: int, diagonal: int, other: bool = False) -> np.ndarray:
    """Where the lower triangle is, or where it is not; those of small matrices are remembered."""
    return (_small_mask if rows * columns <= SMALL else _mask)(rows, columns, diagonal, other)


def _mask(rows: int, columns: int, diagonal: int, other: bool) -> np.ndarray:
    mask = np.tri(rows, columns, diagonal, np.bool_)
    return ~mask if other else mask


_small_mask = lru_cache(64)(_mask)


def _triangle(x: np.ndarray, keep: np.ndarray, out: Any) -> np.ndarray:
    if out is ALLOC:
        out = np.zeros(x.shape, x.dtype)
        np.copyto(out, x, where=keep)
        return out
    if out is not x:
        np.copyto(out, x)
    np.copyto(out, np.zeros((), x.dtype), where=~keep)
    return out


@kernel("tril", half="native")
def tril(x: np.ndarray, diagonal: int, *, out: Any) -> np.ndarray:
    """The lower triangle of the last two dims, zero elsewhere; `diagonal` > 0 keeps more."""
    rows, columns = x.shape[-2:]
    return _triangle(x, _lower(rows, columns, diagonal), out)


@kernel("triu", half="native")
def triu(x: np.ndarray, diagonal: int, *, out: Any) -> np.ndarray:
    """The upper triangle of the last two dims, zero elsewhere; `diagonal` > 0 keeps less."""
    rows, columns = x.shape[-2:]
    return _triangle(x, _lower(rows, columns, diagonal - 1, True), out)
