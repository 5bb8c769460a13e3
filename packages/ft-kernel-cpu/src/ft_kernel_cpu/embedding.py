"""Kernels of embedding tables: rows by index, bags of rows, and the gradients that add rows back.

The gradient is dense: rows are accumulated in the order of the indices (see `scatter.accumulate_rows`). A place equal to
`padding_idx` gives no gradient.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .index import outside
from .scatter import accumulate_rows
from .table import kernel, store

Array = np.ndarray
SUM, MEAN, MAX = 0, 1, 2


def _checked(indices: Array, rows: int) -> None:
    if outside(indices, rows) is not None:
        raise IndexError("index out of range in self")


@kernel("embedding", half="native", inplace=())
def embedding(weight: Array, indices: Array, padding_idx: int, scale_grad_by_freq: bool, sparse: bool, *, out: Any) -> Array:
    """weight[indices]: shape of indices, then the width of a row."""
    _checked(indices, len(weight))
    return store(weight.take(indices, axis=0), out)


@kernel("embedding_dense_backward", inplace=())
def embedding_dense_backward(
    g: Array, indices: Array, num_weights: int, padding_idx: int, scale_grad_by_freq: bool, *, out: Any
) -> Array:
    """(num_weights, width): g's rows added at their indices, divided by how often each occurs where asked."""
    width = g.shape[-1]
    places, rows = indices.reshape(-1), g.reshape(-1, width)
    if scale_grad_by_freq:
        counts = np.bincount(places, minlength=num_weights)
        rows = rows / counts[places, None].astype(g.dtype)
    if padding_idx >= 0:
        keep = places != padding_idx
        if not keep.all():
            places, rows = places[keep], rows[keep]
    y = np.zeros((num_weights, width), g.dtype)
    accumulate_rows(y, places.astype(np.intp, copy=False), rows)
    return store(y, out)


def _bags(offsets: Array, n: int, include_last: bool) -> tuple[Array, Array, Array]:
    """(first place, length, bag of each place)."""
    starts = (offsets[:-1] if include_last else offsets).astype(np.int64)
    ends = np.append(starts[1:], offsets[-1] if include_last else n) if starts.size else starts
    lengths = ends - starts
    return starts, lengths, np.repeat(np.arange(starts.size, dtype=np.int64), lengths)


@kernel("_embedding_bag", inplace=(), out=False)
def embedding_bag(
    weight: Array,
    indices: Array,
    offsets: Array,
    scale_grad_by_freq: bool,
    mode: int,
    sparse: bool,
    per_sample_weights: Array | None,
    include_last_offset: bool,
    padding_idx: int,
    *,
    out: Any,
) -> tuple[Array, Array, Array, Array]:
    """Sum, mean or max of the rows of each bag; also the bag of each index, the size of each bag, and for max the rows taken."""
    _checked(indices, len(weight))
    starts, lengths, bag = _bags(offsets, indices.size, include_last_offset)
    count = starts.size
    offset2bag = bag.astype(offsets.dtype)
    keep = indices != padding_idx
    if not keep.all():
        indices, bag = indices[keep], bag[keep]
        lengths = np.bincount(bag, minlength=count)
        per_sample_weights = None if per_sample_weights is None else per_sample_weights[keep]
    sizes = lengths.astype(offsets.dtype)
    if mode == MAX:
        result, taken = _largest(weight.take(indices, axis=0), indices, bag, lengths)
        return result, offset2bag, sizes, taken.astype(offsets.dtype)
    result = _sums(weight, indices, lengths, per_sample_weights)
    if mode == MEAN:
        result /= np.maximum(sizes, 1).astype(weight.dtype)[:, None]
    return result, offset2bag, sizes, sizes.copy() if mode == MEAN else np.zeros(count, offsets.dtype)


def _equal(lengths: Array, n: int) -> int:
    """The size of each bag where all n places are in bags of one size, else 0."""
    each = int(lengths[0]) if lengths.size else 0
    return each if n == each * lengths.size and (lengths == each).all() else 0


def _sums(weight: Array, indices: Array, lengths: Array, scale: Array | None) -> Array:
    """Each bag's rows, scaled place by place, added up in their order."""

    def rows(places: slice) -> Array:
        found = weight.take(indices[places], axis=0)
        return found if scale is None else np.multiply(found, scale[places, None], out=found)

    each = _equal(lengths, indices.size)
    if not 0 < each < lengths.size:
        return _by_bag(np.add, rows(slice(None)), lengths, 0)
    result = rows(slice(0, None, each))  # all first rows, then all second ones: what is in hand stays in the cache
    for tap in range(1, each):
        np.add(result, rows(slice(tap, None, each)), out=result)
    return result


def _by_bag(ufunc: np.ufunc, rows: Array, lengths: Array, empty: float) -> Array:
    """Each bag's rows reduced, in their order; `empty` for a bag of none."""
    count, width = lengths.size, rows.shape[1]
    each = _equal(lengths, len(rows))
    if each:  # equal bags are a dimension
        return ufunc.reduce(rows.reshape(count, each, width), axis=1)
    result = np.full((count, width), empty, rows.dtype)
    held = np.flatnonzero(lengths)
    if held.size:
        result[held] = ufunc.reduceat(rows, (np.cumsum(lengths) - lengths)[held], axis=0)
    return result


def _largest(rows: Array, indices: Array, bag: Array, lengths: Array) -> tuple[Array, Array]:
    result = _by_bag(np.maximum, rows, lengths, -np.inf)
    places = np.arange(len(rows), dtype=np.int64)[:, None] - len(rows)  # negative where a row reaches the maximum, else 0
    first = _by_bag(np.minimum, places * (rows == result.take(bag, axis=0)), lengths, 0)  # the first of equals
    taken = np.where(first < 0, indices.take(first, mode="wrap"), -1) if len(rows) else np.full(result.shape, -1, np.int64)
    result[taken == -1] = 0
    return result, taken


@kernel("_embedding_bag_dense_backward", inplace=())
def embedding_bag_dense_backward(
    g: Array,
    indices: Array,
    offset2bag: Array,
    bag_size: Array,
    maximum_indices: Array,
    num_weights: int,
    scale_grad_by_freq: bool,
    mode: int,
    per_sample_weights: Array | None,
    padding_idx: int,
    *,
    out: Any,
) -> Array:
    """The gradient of the table from the gradient of the bags."""
    y = np.zeros((num_weights, g.shape[1]), g.dtype)
    if mode == MAX:
        held = maximum_indices >= 0
        columns = np.broadcast_to(np.arange(g.shape[1]), g.shape)
        np.add.at(y, (maximum_indices[held], columns[held]), g[held])
        return store(y, out)
    rows = g.take(offset2bag, axis=0)
    if mode == MEAN:
        rows /= np.maximum(bag_size, 1).astype(g.dtype)[offset2bag, None]
    if per_sample_weights is not None:
        rows *= per_sample_weights[:, None]
    if scale_grad_by_freq:
        rows /= np.bincount(indices, minlength=num_weights)[indices, None].astype(g.dtype)
    keep = indices != padding_idx
    accumulate_rows(y, indices[keep].astype(np.intp, copy=False), rows[keep])
    return store(y, out)


@kernel("_embedding_bag_per_sample_weights_backward", inplace=())
def embedding_bag_per_sample_weights_backward(
    g: Array, weight: Array, indices: Array, offsets: Array, offset2bag: Array, mode: int, padding_idx: int, *, out: Any
) -> Array:
    """The gradient of each sample's weight: its row times the gradient of its bag."""
    y = np.einsum("ij,ij->i", g.take(offset2bag, axis=0), weight.take(indices, axis=0))
    y[indices == padding_idx] = 0
    return store(y, out)


@kernel("embedding_renorm", inplace=(0,))
def embedding_renorm(weight: Array, indices: Array, max_norm: float, norm_type: float, *, out: Any) -> Array:
    """weight with each named row whose norm exceeds max_norm scaled down to it."""
    _checked(indices, len(weight))
    places = np.unique(indices)
    rows = weight[places]
    norms = np.linalg.norm(rows.astype(np.float64), ord=norm_type, axis=1)
    long = norms > max_norm
    y = weight.copy()
    scale = max_norm / (norms[long] + 1e-7)  # torch's guard against a division by zero
    y[places[long]] = rows[long] * scale[:, None].astype(weight.dtype)
    return store(y, out)
