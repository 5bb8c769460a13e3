"""Kernels of grid sampling, forward and backward, over images and volumes.

A place of the grid reads one, two or four elements along each dim (its taps); what it reads of the whole is every product of
taps. One sample at a time, all its channels read at once by flat index; the backward adds by the same index. What taps are, and
the sources, stand beside the decompositions in ft_dispatch's `_grid_sampling`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from .table import ALLOC, kernel, store

Array = np.ndarray
LINEAR, NEAREST, CUBIC = 0, 1, 2
ZEROS, REFLECTION = 0, 2
KEYS = -0.75
"""The parameter of the cubic kernel (R. Keys, 1981)."""


class Tap(NamedTuple):
    """One element read along one dim, for every place: where, its weight, d weight / d coordinate; outside, all are 0."""

    at: Array
    weight: Array
    slope: Array


def _reflected(x: Array, low: float, span: float) -> tuple[Array, Array]:
    """x folded into [low, low + span], and the sign of the fold."""
    if span == 0:
        return np.zeros_like(x), np.zeros_like(x)
    away = x - x.dtype.type(low)
    distance = np.abs(away)
    flips = np.floor(distance / x.dtype.type(span))
    rest = np.fmod(distance, x.dtype.type(span))
    odd = np.fmod(flips, 2) != 0
    sign = np.copysign(np.ones((), x.dtype), away)
    np.negative(sign, out=sign, where=odd)
    np.subtract(x.dtype.type(span), rest, out=rest, where=odd)
    return rest + x.dtype.type(low), sign


def _padded(x: Array, size: int, padding: int, align: bool) -> tuple[Array, Array]:
    """Coordinates moved inside as the padding says, and the derivative of the move."""
    sign = np.ones((), x.dtype)
    if padding == ZEROS:
        return x, sign
    if padding == REFLECTION:
        x, sign = _reflected(x, 0.0, size - 1) if align else _reflected(x, -0.5, size)
    free = (x > 0) & (x < size - 1)
    return np.clip(x, 0, size - 1), np.where(free, sign, np.zeros((), x.dtype))


def _tap(place: Array, size: int, weight: Array, slope: Array) -> Tap:
    inside = (place >= 0) & (place <= size - 1)
    index = np.where(inside, place, np.zeros((), place.dtype)).astype(np.intp)
    none = np.zeros((), place.dtype)
    return Tap(index, np.where(inside, weight, none), np.where(inside, slope, none))


def _cubic(t: Array) -> Iterator[tuple[Array, Array]]:
    """Weights and derivatives of the four neighbours of a place `t` past the second."""
    for k in range(-1, 3):
        x, sign = (t - k, 1) if k <= 0 else (k - t, -1)
        if k in (0, 1):
            yield ((KEYS + 2) * x - (KEYS + 3)) * x * x + 1, sign * (3 * (KEYS + 2) * x - 2 * (KEYS + 3)) * x
        else:
            yield ((KEYS * x - 5 * KEYS) * x + 8 * KEYS) * x - 4 * KEYS, sign * ((3 * KEYS * x - 10 * KEYS) * x + 8 * KEYS)


def _unscaled(coordinate: Array, size: int, align: bool) -> Array:
    """Normalised coordinates in elements."""
    kind = coordinate.dtype.type
    return (coordinate + 1) * kind((size - 1) / 2) if align else ((coordinate + 1) * kind(size) - 1) / 2


def _taps(coordinate: Array, size: int, mode: int, padding: int, align: bool) -> list[Tap]:
    """The taps of one dim for normalised coordinates; slopes are with respect to these."""
    kind = coordinate.dtype.type
    scale = kind((size - 1) / 2 if align else size / 2)
    x = _unscaled(coordinate, size, align)
    if mode == CUBIC:
        low = np.floor(x)
        places = [np.rint(_padded(low + k, size, padding, align)[0]) for k in range(-1, 3)]
        return [_tap(place, size, w, s * scale) for place, (w, s) in zip(places, _cubic(x - low), strict=True)]
    x, slope = _padded(x, size, padding, align)
    if mode == NEAREST:
        return [_tap(np.rint(x), size, np.ones((), x.dtype), np.zeros((), x.dtype))]
    low, slope = np.floor(x), slope * scale
    return [_tap(low, size, low + 1 - x, -slope), _tap(low + 1, size, x - low, slope)]


def _reads(places: Array, sizes: tuple[int, ...], mode: int, padding: int, align: bool) -> Iterator[tuple[Array, tuple[Tap, ...]]]:
    """(flat index, taps with the last dim first) of every product of taps, those of the last dim in turn first, for places (Q, n)."""
    columns = np.ascontiguousarray(places.T)
    each = [_taps(c, size, mode, padding, align) for c, size in zip(columns, reversed(sizes), strict=True)]
    for turned in product(*reversed(each)):
        taps = turned[::-1]
        at, step = taps[0].at, sizes[-1]
        for tap, size in zip(taps[1:], sizes[-2::-1], strict=True):
            at = at + tap.at * step
            step *= size
        yield at, taps


def _weight(taps: tuple[Tap, ...], sloped: int | None = None) -> Array:
    """The product of the taps' weights, that of dim `sloped` replaced by its derivative."""
    factors = [tap.slope if i == sloped else tap.weight for i, tap in enumerate(taps)]
    return math.prod(factors[1:], start=factors[0])


@kernel("grid_sampler_2d", inplace=())
@kernel("grid_sampler_3d", inplace=())
def grid_sampler(x: Array, grid: Array, mode: int, padding: int, align: bool, *, out: Any) -> Array:
    n, channels, *sizes = x.shape
    count = math.prod(grid.shape[1:-1])
    flat, places = np.ascontiguousarray(x).reshape(n, channels, math.prod(sizes)), grid.reshape(n, count, grid.shape[-1])
    made = np.zeros((n, channels, places.shape[1]), x.dtype)
    part = np.empty(made.shape[1:], x.dtype)
    for i in range(n):
        for at, taps in _reads(places[i], tuple(sizes), mode, padding, align):
            flat[i].take(at, axis=1, out=part, mode="clip")
            np.multiply(part, _weight(taps), out=part)
            made[i] += part
    return store(made.reshape(n, channels, *grid.shape[1:-1]), out)


CHUNK = 1 << 14
"""Places whose gradients are computed at once: what they read of a few channels fits into the cache."""


def _linear_slopes(flat: Array, g: Array, places: Array, sizes: tuple[int, ...], padding: int, align: bool) -> Array:
    """Gradients (Q, n) of one sample's places under linear interpolation, for values (C, elements) and cotangents (C, Q).

    Term by term what torch does: value, weights, cotangent multiplied in this order, the corners of a channel added before the next
    channel's, in x's own precision, and the scale of the coordinates last. The terms nearly cancel, so another order shows.
    """
    kind, made = flat.dtype.type, np.empty(places.shape, flat.dtype)
    for start in range(0, len(places), CHUNK):
        some, cotangent = places[start : start + CHUNK], g[:, start : start + CHUNK]
        reads = list(_reads(some, sizes, LINEAR, padding, align))
        values = np.stack([flat.take(at, axis=1, mode="clip") for at, _ in reads], 1)
        for d, size in enumerate(reversed(sizes)):
            terms = values
            for other in (e for e in range(len(sizes)) if e != d):
                terms = terms * np.stack([taps[other].weight for _, taps in reads])
            terms = terms * cotangent[:, None]
            _, moved = _padded(_unscaled(some[:, d], size, align), size, padding, align)
            signs = np.stack([np.sign(taps[d].slope) * moved for _, taps in reads])  # of the corner; 0 outside
            total = np.add.reduce((terms * signs).reshape(-1, len(some)), axis=0)
            scale = kind((size - 1) / 2 if align else size / 2)
            made[start : start + CHUNK, d] = total * (moved * scale)
    return made


@kernel("grid_sampler_2d_backward", inplace=())
@kernel("grid_sampler_3d_backward", inplace=())
def grid_sampler_backward(
    g: Array, x: Array, grid: Array, mode: int, padding: int, align: bool, mask: tuple[bool, ...], *, out: Any
) -> tuple[Any, ...]:
    n, channels, *sizes = x.shape
    count = math.prod(grid.shape[1:-1])
    flat, places = np.ascontiguousarray(x).reshape(n, channels, math.prod(sizes)), grid.reshape(n, count, grid.shape[-1])
    given = np.ascontiguousarray(g).reshape(n, channels, count)
    dx = np.zeros(flat.shape, x.dtype) if mask[0] else None
    dgrid = np.zeros((n, *places.shape[1:])) if mask[1] else None  # float64: its terms nearly cancel
    for i in range(n):
        if dgrid is not None and mode == LINEAR and len(sizes) == 3:
            dgrid[i] = _linear_slopes(flat[i], given[i], places[i], tuple(sizes), padding, align)
        reads = list(_reads(places[i], tuple(sizes), mode, padding, align))
        if dx is not None:
            at = np.concatenate([index for index, _ in reads])
            weights = np.concatenate([np.broadcast_to(_weight(taps), index.shape) for index, taps in reads]).reshape(len(reads), -1)
            for c in range(channels):
                dx[i, c] = np.bincount(at, (weights * given[i, c]).reshape(-1), flat.shape[2])
        if dgrid is not None and mode != NEAREST and len(sizes) == 2:
            for index, taps in reads:
                along = np.einsum("cq,cq->q", flat[i].take(index, axis=1, mode="clip"), given[i], dtype=np.float64)
                for d in range(len(taps)):
                    dgrid[i, :, d] += along * _weight(taps, d)
    first = None if dx is None else dx.reshape(x.shape)
    second = None if dgrid is None else dgrid.astype(grid.dtype).reshape(grid.shape)
    dests = (ALLOC, ALLOC) if out is ALLOC else tuple(out)
    return tuple(None if v is None else store(v, d) for v, d in zip((first, second), dests, strict=True))
