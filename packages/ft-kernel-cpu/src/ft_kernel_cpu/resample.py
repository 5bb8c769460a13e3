"""Resizing by nearest, linear, cubic and antialiased filters, in one to three dims, with the backwards.

Every method is separable: along one dim, output place o is a weighted sum of a few input places. A `Taps` holds those places and
weights, computed in the precision torch computes them in (source places are float32 for float32 data, which decides ties). The
backward runs the same taps the other way; since places grow with o, equal ones are neighbours and are added by `reduceat`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .table import kernel, store

Array = np.ndarray
Ints = Sequence[int]


class Taps(NamedTuple):
    """places (outputs, taps) int64; weights of the same shape, None for a plain copy."""

    places: Array
    weights: Array | None


def _real(x: Array) -> Any:
    return np.float64 if x.dtype == np.float64 else np.float32


def _ratio(size: int, count: int, scale: float | None, align: bool, real: Any) -> Any:
    """Input places per output place."""
    if align:
        return real(size - 1) / real(count - 1) if count > 1 else real(0)
    return real(1.0 / scale) if scale is not None and scale > 0 else real(size) / real(count)


def nearest_taps(size: int, count: int, scale: float | None, exact: bool) -> Taps:
    """The one input place of each output: floor(o * ratio), or of its centre for `exact`."""
    places = np.arange(count, dtype=np.float32)
    ratio = _ratio(size, count, scale, False, np.float32)
    found = np.floor((places + np.float32(0.5 if exact else 0)) * ratio).astype(np.int64)
    return Taps(np.minimum(found, size - 1)[:, None], None)


def _sources(size: int, count: int, scale: float | None, align: bool, real: Any) -> Array:
    ratio = _ratio(size, count, scale, align, real)
    places = np.arange(count, dtype=real)
    return ratio * places if align else ratio * (places + real(0.5)) - real(0.5)


def linear_taps(size: int, count: int, scale: float | None, align: bool, real: Any) -> Taps:
    """Two neighbours, weighted by distance; places before the first centre take the first."""
    source = np.maximum(_sources(size, count, scale, align, real), 0)
    low = np.minimum(source.astype(np.int64), size - 1)
    part = np.clip(source - low.astype(real), 0, 1).astype(real)
    return Taps(np.stack([low, np.minimum(low + 1, size - 1)], 1), np.stack([1 - part, part], 1))


def _cubic(x: Array, a: float) -> Array:
    """Keys' convolution kernel at distance |x| (R. Keys, 1981); torch takes a = -0.75, and -0.5 with antialiasing."""
    x = np.abs(x)
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    far = ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
    return np.where(x <= 1, near, np.where(x < 2, far, 0))


def cubic_taps(size: int, count: int, scale: float | None, align: bool, real: Any) -> Taps:
    """Four neighbours; places outside take the border's value."""
    source = _sources(size, count, scale, align, real)
    low = np.floor(source)
    part = np.clip(source - low, 0, 1)
    steps = np.arange(-1, 3)
    weights = _cubic(part[:, None] - steps.astype(real), -0.75).astype(real)
    return Taps(np.clip(low.astype(np.int64)[:, None] + steps, 0, size - 1), weights)


def _triangle(x: Array) -> Array:
    return np.maximum(0, 1 - np.abs(x))


def smooth_taps(width: int, filter_: Callable[[Array], Array], size: int, count: int, scale: float | None, align: bool) -> Taps:
    """A filter of `width` input places, stretched where the image shrinks, normalised (Pillow's resize)."""
    ratio = float(_ratio(size, count, scale, align, np.float64))
    stretch = max(ratio, 1.0)
    support = width * 0.5 * stretch
    centre = ratio * (np.arange(count) + 0.5)
    first = np.maximum((centre - support + 0.5).astype(np.int64), 0)
    last = np.minimum((centre + support + 0.5).astype(np.int64), size)
    places = first[:, None] + np.arange(max(1, int((last - first).max())))
    weights = filter_((places - centre[:, None] + 0.5) / stretch)
    weights[places >= last[:, None]] = 0
    weights /= weights.sum(axis=1, keepdims=True)
    return Taps(np.minimum(places, size - 1), weights)


def bilinear_aa_taps(size: int, count: int, scale: float | None, align: bool, real: Any) -> Taps:
    """The triangle filter."""
    return smooth_taps(2, _triangle, size, count, scale, align)


def bicubic_aa_taps(size: int, count: int, scale: float | None, align: bool, real: Any) -> Taps:
    """The cubic filter with a = -0.5."""
    return smooth_taps(4, lambda x: _cubic(x, -0.5), size, count, scale, align)


def _shaped(weights: Array, dim: int, ndim: int, kind: Any) -> Array:
    return weights.astype(kind).reshape((-1,) + (1,) * (ndim - 1 - dim))


def along(x: Array, dim: int, taps: Taps) -> Array:
    """x resized along one dim."""
    places, weights = taps
    y = x.take(places[:, 0], axis=dim)
    if weights is None:
        return y
    y *= _shaped(weights[:, 0], dim, x.ndim, x.dtype)
    for t in range(1, places.shape[1]):
        part = x.take(places[:, t], axis=dim)
        part *= _shaped(weights[:, t], dim, x.ndim, x.dtype)
        y += part
    return y


def back_along(g: Array, dim: int, size: int, taps: Taps) -> Array:
    """The transpose of `along`: g's entries, weighted, added at their input places."""
    places, weights = taps
    y = np.zeros((*g.shape[:dim], size, *g.shape[dim + 1 :]), g.dtype)
    lead: tuple[Any, ...] = (slice(None),) * dim
    for t in range(places.shape[1]):
        at = places[:, t]
        starts = np.flatnonzero(np.append(True, at[1:] != at[:-1]))
        part = g if weights is None else g * _shaped(weights[:, t], dim, g.ndim, g.dtype)
        y[(*lead, at[starts])] += np.add.reduceat(part, starts, axis=dim)
    return y


def fixed_along(x: Array, dim: int, taps: Taps) -> Array:
    """uint8 pixels resized along one dim in fixed point, as torch resizes images: integer weights, each dim rounded to whole pixels.

    The weights have as many binary digits behind the point as let the largest stay below 2^15. At a border, weights of one and the
    same pixel are added before they are rounded.
    """
    places, weights = taps[0], np.array(taps.weights, np.float64)
    for t in range(1, places.shape[1]):
        twice = places[:, t] == places[:, t - 1]
        weights[twice, t] += weights[twice, t - 1]
        weights[twice, t - 1] = 0
    top, digits = max(float(weights.max()), 0.0), 0
    while digits < 22 and int(0.5 + top * (1 << digits + 1)) < 1 << 15:
        digits += 1
    whole = np.trunc(weights * (1 << digits) + np.copysign(0.5, weights)).astype(np.int64)
    total = np.full((*x.shape[:dim], len(places), *x.shape[dim + 1 :]), (1 << digits) >> 1, np.int64)
    for t in range(places.shape[1]):
        total += x.take(places[:, t], axis=dim) * _shaped(whole[:, t], dim, x.ndim, np.int64)
    return np.clip(total >> digits, 0, 255).astype(np.uint8)


Maker = Callable[[int, int, "float | None"], Taps]


def _forward(x: Array, sizes: Ints, scales: Sequence[float | None], make: Maker, out: Any) -> Array:
    kind = x.dtype
    y = x
    for back, (count, scale) in enumerate(zip(reversed(sizes), reversed(scales), strict=True)):
        dim = x.ndim - 1 - back
        taps = make(x.shape[dim], count, scale)
        if taps.weights is not None and kind == np.uint8 and len(sizes) == 2:
            y = fixed_along(y, dim, taps)
            continue
        if taps.weights is not None and kind.kind != "f":
            y = y.astype(np.float32, copy=False)
        y = along(y, dim, taps)
    if y.dtype != kind:
        y = np.clip(np.rint(y), 0, 255).astype(kind)
    return store(y, out)


def _backward(g: Array, sizes: Ints, input_size: Ints, scales: Sequence[float | None], make: Maker, out: Any) -> Array:
    for i, scale in enumerate(scales):
        dim = 2 + i
        g = back_along(g, dim, input_size[dim], make(input_size[dim], sizes[i], scale))
    return store(g, out)


def _register_nearest(name: str, exact: bool) -> None:
    def make(size: int, count: int, scale: float | None) -> Taps:
        return nearest_taps(size, count, scale, exact)

    @kernel(name, inplace=(), half="native")
    def forward(x: Array, output_size: Ints, *scales: float | None, out: Any) -> Array:
        return _forward(x, output_size, scales, make, out)

    @kernel(f"{name}_backward", inplace=())
    def backward(g: Array, output_size: Ints, input_size: Ints, *scales: float | None, out: Any) -> Array:
        return _backward(g, output_size, input_size, scales, make, out)


def _register(name: str, taps: Callable[[int, int, float | None, bool, Any], Taps]) -> None:
    @kernel(name, inplace=())
    def forward(x: Array, output_size: Ints, align_corners: bool, *scales: float | None, out: Any) -> Array:
        real = np.float64 if x.dtype == np.uint8 and len(output_size) == 2 else _real(x)
        return _forward(x, output_size, scales, lambda n, m, s: taps(n, m, s, align_corners, real), out)

    @kernel(f"{name}_backward", inplace=())
    def backward(g: Array, output_size: Ints, input_size: Ints, align_corners: bool, *scales: float | None, out: Any) -> Array:
        real = _real(g)
        return _backward(g, output_size, input_size, scales, lambda n, m, s: taps(n, m, s, align_corners, real), out)


for _dims in "123":
    _register_nearest(f"upsample_nearest{_dims}d", False)
    _register_nearest(f"_upsample_nearest_exact{_dims}d", True)
_register("upsample_linear1d", linear_taps)
_register("upsample_bilinear2d", linear_taps)
_register("upsample_trilinear3d", linear_taps)
_register("upsample_bicubic2d", cubic_taps)
_register("_upsample_bilinear2d_aa", bilinear_aa_taps)
_register("_upsample_bicubic2d_aa", bicubic_aa_taps)
