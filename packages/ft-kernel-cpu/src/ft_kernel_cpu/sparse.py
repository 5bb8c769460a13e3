"""Kernels of sparse tensors: coordinates merged, with sums over sorted runs (`reduceat`), and sparse times dense.

A run is added up in the order in which its elements came, in float32 for half types.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from .table import kernel, store

Array = np.ndarray
BLOCK = 1 << 18  # products made at a time in sparse times dense: 1 MiB of float32, which stays in the cache


def _starts(places: Array) -> Array:
    """Where each run of equal places begins."""
    return np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))


def run_sums(rows: Array, starts: Array) -> Array:
    """Sums of rows[starts[i]:starts[i + 1]] along the first axis; bool means or."""
    kind = rows.dtype
    wide = np.float32 if kind.itemsize < 4 and kind.kind in "fV" else kind
    if rows.size == 0:
        return np.zeros((len(starts), *rows.shape[1:]), kind)
    return np.add.reduceat(rows, starts, axis=0, dtype=wide).astype(kind, copy=False)


@kernel("_coo_merge", half="native", inplace=(), out=False)
def coo_merge(places: Array, values: Array, *, out: Any) -> tuple[Array, Array]:
    """(sorted places, each once; sums of the values that had the same one)."""
    if places.size < 2 or (places[1:] > places[:-1]).all():
        return places.copy(), values.copy()
    order = np.argsort(places, kind="stable")
    places, rows = places[order], values[order]
    starts = _starts(places)
    return (places, rows) if len(starts) == len(places) else (places[starts], run_sums(rows, starts))


@kernel("_coo_mm", inplace=())
def coo_mm(rows: Array, cols: Array, values: Array, mat: Array, n: int, *, out: Any) -> Array:
    """(n, width): the sum over i with rows[i] == r of values[i] * mat[cols[i]] in row r.

    Rows with equally many elements are one batch of products (1, count) @ (count, width): of distinct counts there are at most
    sqrt(2 nnz), so few batches do it all.
    """
    width = mat.shape[1]
    y = np.zeros((n, width), mat.dtype)
    if not (rows.size and width):
        return store(y, out)
    if rows.size > 1 and (rows[1:] < rows[:-1]).any():
        order = np.argsort(rows, kind="stable")
        rows, cols, values = rows[order], cols[order], values[order]
    starts = _starts(rows)
    counts = np.diff(starts, append=rows.size)
    by_count = np.argsort(counts, kind="stable")
    edges = np.flatnonzero(np.diff(counts[by_count], prepend=-1, append=-1))
    for lo, hi in pairwise(edges.tolist()):
        group = by_count[lo:hi]
        count = int(counts[group[0]])
        step = max(1, BLOCK // (count * width))
        for at in range(0, len(group), step):
            first = starts[group[at : at + step]]
            places = first[:, None] + np.arange(count)
            taken = mat.take(cols[places], axis=0)
            y[rows[first]] = np.matmul(values[places][:, None, :], taken)[:, 0, :]
    return store(y, out)
