"""Kernels of segments and chunks: reductions over runs of a dimension, and chunks of several tensors side by side.

Lengths and offsets are checked here, since only their values tell: a segment never reaches beyond the data.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .index import Index
from .scatter import identity
from .table import ALLOC, kernel, store

_REDUCE = {
    "sum": (np.add, "sum"), "mean": (np.add, "sum"), "prod": (np.multiply, "prod"),
    "max": (np.maximum, "amax"), "amax": (np.maximum, "amax"), "min": (np.minimum, "amin"), "amin": (np.minimum, "amin"),
}  # fmt: skip


def _ends(lengths: Any, offsets: Index | None, size: int, unsafe: bool) -> tuple[Index, Index]:
    """(first, behind the last) place of each segment; RuntimeError for what does not fit the data."""
    if offsets is None:
        if (lengths < 0).any():
            raise RuntimeError("lengths contains negative value!")
        behind = lengths.cumsum(-1, dtype=np.int64)
        total = behind[..., -1] if lengths.shape[-1] else np.zeros(lengths.shape[:-1], np.int64)
        if not unsafe and (total != size).any():
            raise RuntimeError(
                "segment_reduce(): Expected all rows of lengths along axis to sum to data.size(lengths.dim()-1) when !unsafe."
            )
        starts = behind - lengths
    else:
        starts, behind = offsets[..., :-1].astype(np.int64), offsets[..., 1:].astype(np.int64)
        if (starts > behind).any():
            raise RuntimeError("segment_reduce(): expected offsets not to fall; got a segment of negative length")
    if (starts < 0).any() or (behind > size).any():
        raise RuntimeError(f"segment_reduce(): expected segments inside the data, which has {size} places along axis")
    return starts, behind


def _runs(ufunc: np.ufunc, x: np.ndarray, first: Index, behind: Index) -> np.ndarray:
    """Rows first[i] to behind[i] of x folded into one, none of them empty, each beginning where the one before ends or later."""
    if behind[-1] == len(x) and (first[1:] == behind[:-1]).all():
        return ufunc.reduceat(x, first, axis=0)
    bounds = np.stack([first, behind], axis=1).reshape(-1)  # what lies between two runs is folded, too, and passed over
    return ufunc.reduceat(x, bounds[:-1] if bounds[-1] == len(x) else bounds, axis=0)[::2]


@kernel("segment_reduce")
def segment_reduce(
    x: np.ndarray,
    reduce: str,
    lengths: Index | None,
    indices: None,
    offsets: Index | None,
    axis: int,
    unsafe: bool,
    initial: Any,
    *,
    out: Any,
) -> np.ndarray:
    """Each segment of `axis` reduced, beginning with `initial`; an empty segment without it is the identity, its mean NaN."""
    before, size = x.shape[:axis], x.shape[axis]
    width = math.prod(x.shape[axis + 1 :])
    starts, behind = _ends(lengths, offsets, size, unsafe)
    count, rows = starts.shape[-1], math.prod(before)
    first = (starts.reshape(rows, count) + size * np.arange(rows)[:, None]).reshape(-1)
    length = (behind - starts).reshape(-1)
    ufunc, kind = _REDUCE[reduce]
    y = np.full((rows * count, width), identity(kind, x.dtype) if initial is None else initial, x.dtype)
    live = length > 0
    if live.any() and width:
        folded = _runs(ufunc, x.reshape(rows * size, width), first[live], (first + length)[live])
        y[live] = folded if initial is None else ufunc(y[live], folded)
    if reduce == "mean":
        y /= np.maximum(length[:, None], 1).astype(y.dtype)
        if initial is None:
            y[~live] = np.nan
    return store(y.reshape((*before, count, *x.shape[axis + 1 :])), out)


@kernel("_chunk_cat", half="native")
def chunk_cat(tensors: Sequence[np.ndarray], dim: int, num_chunks: int, *, out: Any) -> np.ndarray:
    """Tensors cut into chunks along `dim`, zeros behind the last, each chunk flat; chunk beside chunk."""
    lead = tensors[0].shape[:dim]
    widths = [-(-x.shape[dim] // num_chunks) * math.prod(x.shape[dim + 1 :]) for x in tensors]
    shape = (*lead, num_chunks, sum(widths))
    y = np.empty(shape, tensors[0].dtype) if out is ALLOC else out
    start = 0
    for x, width in zip(tensors, widths, strict=True):
        room = np.zeros((*lead, num_chunks * width), y.dtype)
        flat = x.reshape((*lead, -1))
        room[..., : flat.shape[-1]] = flat
        y[..., start : start + width] = room.reshape((*lead, num_chunks, width))
        start += width
    return y
