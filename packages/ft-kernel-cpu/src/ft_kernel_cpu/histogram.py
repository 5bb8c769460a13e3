"""Kernels of histogramdd: edges of equal bins, and points counted in a grid of bins.

Each coordinate is searched by itself, then one `bincount` over the grid adds up. The search is std::upper_bound's, step by step for
all points at once: torch searches edges that are not sorted, too, and what it then finds depends on where the search looks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .table import ALLOC, kernel, store

Array = np.ndarray


def upper_bound(edges: Array, x: Array) -> Array:
    """For each x the place of the first edge that is greater, as binary search finds it."""
    if (edges[1:] >= edges[:-1]).all():
        return np.searchsorted(edges, x, side="right")
    first = np.zeros(x.shape, np.intp)
    length = np.full(x.shape, len(edges), np.intp)
    for _ in range(len(edges).bit_length()):  # one round halves every interval
        half = length // 2
        middle = np.minimum(first + half, len(edges) - 1)
        behind = (length > 0) & ~(x < edges[middle])
        first = np.where(behind, middle + 1, first)
        length = np.where(behind, length - half - 1, half)
    return first


def bins_of(edges: Array, x: Array) -> Array:
    """The bin of each x, none of which lies outside the edges; the last bin is closed."""
    n = len(edges) - 1
    if n < 1:
        return np.zeros(x.shape, np.intp)
    width = edges[-1] - edges[0]
    if width > 0 and np.isfinite(width):  # where bins are equal, a guess that rounding puts off by one at most: ten times faster
        place = np.clip((x - edges[0]) * (n / width), 0, n - 1).astype(np.intp)
        place += (x >= edges[place + 1]) & (place < n - 1)
        place -= (x < edges[place]) & (place > 0)
        if ((x >= edges[place]) & ((x < edges[place + 1]) | (place == n - 1))).all() and (edges[1:] >= edges[:-1]).all():
            return place
    return np.clip(upper_bound(edges, x) - 1, 0, n - 1)


def _columns(x: Array) -> Array:
    """The coordinates one after the other, each contiguous: reducing along them is thirty times faster than across."""
    return np.ascontiguousarray(x.reshape(-1, x.shape[-1]).T)


def _edges(columns: Array, bins: Sequence[int], limits: Sequence[float] | None) -> list[Array]:
    if limits is not None:
        low, high = np.asarray(limits[::2], columns.dtype), np.asarray(limits[1::2], columns.dtype)
    elif columns.shape[1]:
        low, high = columns.min(axis=1), columns.max(axis=1)
    else:
        low, high = np.zeros(len(bins), columns.dtype), np.ones(len(bins), columns.dtype)
    for d, (a, b) in enumerate(zip(low, high, strict=True)):
        if not (math.isfinite(a) and math.isfinite(b)):
            raise RuntimeError(f"torch.histogramdd: dimension {d}'s range [{a}, {b}] is not finite")
    half = np.where(low == high, 0.5, 0.0).astype(columns.dtype)
    low, high = low - half, high + half
    found = []
    for n, a, b in zip(bins, low, high, strict=True):
        place = np.arange(n + 1, dtype=columns.dtype)
        step = (b - a) / columns.dtype.type(n)
        found.append(np.where(place <= n // 2, a + step * place, b - step * (n - place)))
    return found


def _counts(columns: Array, edges: Sequence[Array], weight: Array | None, density: bool) -> Array:
    inside = np.ones(columns.shape[1], bool)
    for e, x in zip(edges, columns, strict=True):
        inside &= (x >= e[0]) & (x <= e[-1])
    mass = None if weight is None else weight.reshape(-1)
    if not inside.all():
        columns, mass = columns[:, inside], None if mass is None else mass[inside]
    place = np.zeros(columns.shape[1], np.intp)
    for e, x in zip(edges, columns, strict=True):
        place = place * (len(e) - 1) + bins_of(e, x)
    shape = tuple(len(e) - 1 for e in edges)
    size = math.prod(shape)
    flat = np.bincount(place, mass, size) if size else np.zeros(0)
    hist = flat.astype(columns.dtype).reshape(shape)
    if density:
        hist = hist / hist.sum()
        for d, e in enumerate(edges):
            hist = hist / np.diff(e).reshape([-1 if i == d else 1 for i in range(len(edges))])
    return hist


@kernel("_histogramdd_bin_edges")
def bin_edges(x: Array, bins: Sequence[int], limits: Any, weight: Array | None, density: bool, *, out: Any) -> list[Array]:
    made = _edges(_columns(x), bins, limits)
    return made if out is ALLOC else [store(e, o) for e, o in zip(made, out, strict=True)]


@kernel("_histogramdd_from_bin_cts")
def from_counts(x: Array, bins: Sequence[int], limits: Any, weight: Array | None, density: bool, *, out: Any) -> Array:
    columns = _columns(x)
    return store(_counts(columns, _edges(columns, bins, limits), weight, density), out)


@kernel("_histogramdd_from_bin_tensors")
def from_edges(x: Array, bins: Sequence[Array], weight: Array | None, density: bool, *, out: Any) -> Array:
    return store(_counts(_columns(x), bins, weight, density), out)
