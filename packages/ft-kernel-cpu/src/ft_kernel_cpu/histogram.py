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
    """For each x the first place behind `first` whose edge is greater, as binary search finds it."""
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


def _edges(points: Array, bins: Sequence[int], limits: Sequence[float] | None) -> list[Array]:
    if limits is not None:
        low, high = np.asarray(limits[::2], points.dtype), np.asarray(limits[1::2], points.dtype)
    elif len(points):
        low, high = points.min(axis=0), points.max(axis=0)
    else:
        low, high = np.zeros(len(bins), points.dtype), np.ones(len(bins), points.dtype)
    for d, (a, b) in enumerate(zip(low, high, strict=True)):
        if not (math.isfinite(a) and math.isfinite(b)):
            raise RuntimeError(f"torch.histogramdd: dimension {d}'s range [{a}, {b}] is not finite")
    half = np.where(low == high, 0.5, 0.0).astype(points.dtype)
    low, high = low - half, high + half
    found = []
    for n, a, b in zip(bins, low, high, strict=True):
        place = np.arange(n + 1, dtype=points.dtype)
        step = (b - a) / points.dtype.type(n)
        found.append(np.where(place <= n // 2, a + step * place, b - step * (n - place)))
    return found


def _counts(points: Array, edges: Sequence[Array], weight: Array | None, density: bool) -> Array:
    inside = np.ones(len(points), bool)
    place = np.zeros(len(points), np.intp)
    for e, x in zip(edges, points.T, strict=True):
        n = len(e) - 1
        inside &= (x >= e[0]) & (x <= e[-1])
        place = place * n + np.clip(upper_bound(e, x) - 1, 0, max(n - 1, 0))  # the last bin is closed
    shape = tuple(len(e) - 1 for e in edges)
    mass = None if weight is None else weight.reshape(-1)[inside]
    size = math.prod(shape)
    flat = np.bincount(place[inside], mass, size) if size else np.zeros(0)
    hist = flat.astype(points.dtype).reshape(shape)
    if density:
        hist = hist / hist.sum()
        for d, e in enumerate(edges):
            hist = hist / np.diff(e).reshape([-1 if i == d else 1 for i in range(len(edges))])
    return hist


@kernel("_histogramdd_bin_edges")
def bin_edges(x: Array, bins: Sequence[int], limits: Any, weight: Array | None, density: bool, *, out: Any) -> list[Array]:
    made = _edges(x.reshape(-1, x.shape[-1]), bins, limits)
    return made if out is ALLOC else [store(e, o) for e, o in zip(made, out, strict=True)]


@kernel("_histogramdd_from_bin_cts")
def from_counts(x: Array, bins: Sequence[int], limits: Any, weight: Array | None, density: bool, *, out: Any) -> Array:
    points = x.reshape(-1, x.shape[-1])
    return store(_counts(points, _edges(points, bins, limits), weight, density), out)


@kernel("_histogramdd_from_bin_tensors")
def from_edges(x: Array, bins: Sequence[Array], weight: Array | None, density: bool, *, out: Any) -> Array:
    return store(_counts(x.reshape(-1, x.shape[-1]), bins, weight, density), out)
