"""Pooling over windows: maximum with places, average, and the adaptive forms, in one to three dims, with their backwards.

A window is walked tap by tap: tap (i, j) of all windows at once is one strided slice of the padded input, so a k x k pool is k*k
passes over arrays that stay in the cache (a few planes at a time). The adaptive forms go dim by dim. Shapes are the dispatcher's
affair; here input is (…, spatial dims), and the leading dims are flattened to planes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from math import isfinite, prod
from typing import Any

import numpy as np

from .places import SMALL, fits, window_places
from .table import ALLOC, kernel, store

Array = np.ndarray
Ints = Sequence[int]
BLOCK = 1 << 16  # elements of input handled at a time


def pooled_size(size: int, k: int, stride: int, padding: int, dilation: int, ceil_mode: bool) -> int:
    """How many windows fit; with ceil_mode a last one may hang over, if it starts inside the input or the left padding."""
    reach = size + 2 * padding - dilation * (k - 1) - 1
    count = (-(-reach // stride) if ceil_mode else reach // stride) + 1
    return count - 1 if ceil_mode and (count - 1) * stride >= size + padding else count


def each(values: Ints, n: int) -> tuple[int, ...]:
    """One value per dim: ATen lets a single one stand for all."""
    return tuple(values) * n if len(values) == 1 else tuple(values)


class Windows:
    """The windows of one pooling call: sizes, the padded buffer, one slice per tap."""

    def __init__(self, shape: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool) -> None:
        n = len(k)
        self.k = tuple(k)
        self.padding, self.dilation = each(padding, n), each(dilation, n)
        self.stride = each(stride, n) if len(stride) else self.k
        self.lead, self.sizes = tuple(shape[:-n]), tuple(shape[-n:])
        self.outs = tuple(
            pooled_size(*each, ceil_mode) for each in zip(self.sizes, self.k, self.stride, self.padding, self.dilation, strict=True)
        )
        self.planes = prod(self.lead)
        ends = [(o - 1) * s + d * (w - 1) + 1 for o, s, d, w in zip(self.outs, self.stride, self.dilation, self.k, strict=True)]
        self.padded = tuple(max(e, p + n) for e, p, n in zip(ends, self.padding, self.sizes, strict=True))
        self.inner = tuple(slice(p, p + n) for p, n in zip(self.padding, self.sizes, strict=True))
        self.bare = self.padded == self.sizes

    @cached_property
    def taps(self) -> list[tuple[int, tuple[Any, ...]]]:
        """(number, index of a padded block) of each tap, in row-major order."""
        found: list[tuple[int, tuple[Any, ...]]] = []
        for number, at in enumerate(itertools.product(*map(range, self.k))):
            lows = [i * d for i, d in zip(at, self.dilation, strict=True)]
            slices = (slice(lo, lo + (o - 1) * s + 1, s) for lo, o, s in zip(lows, self.outs, self.stride, strict=True))
            found.append((number, (Ellipsis, *slices)))
        return found

    @cached_property
    def first_taps(self) -> Array:
        """Number of the first tap of each window that lies inside the input: what counts where all values are -inf."""
        number: Any = np.zeros((), np.int64)
        for dim, (k, d) in enumerate(zip(self.k, self.dilation, strict=True)):
            first = np.maximum(0, -(self.places(dim) // d))
            number = number[..., None] * k + first
        return number.astype(np.uint8 if prod(self.k) < 256 else np.int32)

    @cached_property
    def tap_offsets(self) -> Array:
        """Offset of each tap from the first one, in a plane."""
        offset: Any = np.zeros((), np.int64)
        for size, k, d in zip(self.sizes, self.k, self.dilation, strict=True):
            offset = offset[..., None] * size + np.arange(k) * d
        return offset.reshape(-1)

    @cached_property
    def corners(self) -> Array:
        """Offset of each window's first tap in a plane; it may lie in the padding."""
        offset: Any = np.zeros((), np.int64)
        for dim, size in enumerate(self.sizes):
            offset = offset[..., None] * size + self.places(dim)
        return offset

    def blocks(self) -> Iterator[slice]:
        """Slices over the planes."""
        step = max(1, BLOCK // max(1, prod(self.padded)))
        for lo in range(0, self.planes, step):
            yield slice(lo, min(lo + step, self.planes))

    def filled(self, x: Array, fill: Any) -> Iterator[tuple[slice, Array]]:
        """(planes, padded block) for all planes of x (planes, *sizes); the block is reused."""
        buffer = None
        for part in self.blocks():
            here = x[part]
            if not self.bare:
                if buffer is None:
                    buffer = np.full((part.stop - part.start, *self.padded), fill, x.dtype)
                buffer[(slice(0, len(here)), *self.inner)] = here
                here = buffer[: len(here)]
            yield part, here

    def places(self, dim: int) -> Array:
        """First input place of each window along a dim; negative in the padding."""
        return np.arange(self.outs[dim]) * self.stride[dim] - self.padding[dim]


@lru_cache(64)
def _planned(*call: Any) -> Windows:
    return Windows(*call)


def windows(shape: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool) -> Windows:
    """The windows of a call; the last few calls are remembered, since a network pools the same shapes step after step."""
    return _planned(tuple(shape), tuple(k), tuple(stride), tuple(padding), tuple(dilation), ceil_mode)


def lowest(kind: np.dtype[Any]) -> Any:
    """What every value is at least."""
    return kind.type(-np.inf) if kind.kind == "f" else np.iinfo(kind).min


def _planes(x: Array, w: Windows) -> Array:
    return x.reshape(w.planes, *w.sizes)


# -- maximum ------------------------------------------------------------------------------------------------------------------


def _max_pool(x: Array, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool) -> tuple[Array, Array]:
    w = windows(x.shape, k, stride, padding, dilation, ceil_mode)
    values = np.empty((w.planes, *w.outs), x.dtype)
    places = np.empty((w.planes, *w.outs), np.int64)
    low = lowest(x.dtype)
    start, table, corner = w.first_taps, w.tap_offsets, w.corners
    for part, block in w.filled(_planes(x, w), low):
        best = values[part]
        best[...] = low
        tap = np.empty(best.shape, start.dtype)
        tap[...] = start
        higher = np.empty_like(tap)
        for number, at in w.taps:
            window = block[at]
            np.multiply(
                window > best, tap.dtype.type(number), out=higher
            )  # numbers ascend, so the last that was higher is the largest
            np.maximum(tap, higher, out=tap)
            np.maximum(best, window, out=best)
        if x.dtype.kind == "f" and np.isnan(best).any():
            for number, at in w.taps:  # the last NaN of a window is its maximum
                np.copyto(tap, number, where=np.isnan(block[at]))
        np.add(table.take(tap), corner, out=places[part])
    return values.reshape(w.lead + w.outs), places.reshape(w.lead + w.outs)


def _whole(x: Array, w: Windows) -> Array | None:
    """The index of all windows of a small input, taps by cells; None where it is not small."""
    if w.planes * prod(w.outs) * prod(w.k) > 4 * SMALL or not fits(x, w.k, w.outs):
        return None
    return window_places(w.sizes, w.outs, w.k, w.stride, w.padding, w.dilation)


def _short_max_pool(x: Array, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool) -> Any:
    w = windows(x.shape, k, stride, padding, dilation, ceil_mode)
    index = _whole(x, w)
    if index is None:
        return None
    shape, cells, plane = w.lead + w.outs, index.shape[1], prod(w.sizes)
    hangs = bool((index < 0).any())
    gather = np.where(index < 0, plane, index)
    border = np.full((w.planes, 1), lowest(x.dtype), x.dtype)
    found = np.tile(gather.reshape(-1), w.planes)
    lanes = (np.arange(w.planes)[:, None] * gather.size + np.arange(cells)).reshape(shape)
    total = np.add.reduce

    def short(x: Array, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool, *, out: Any) -> tuple[Array, Array]:
        flat = x.reshape(w.planes, plane)
        if hangs:
            flat = np.concatenate((flat, border), 1)
        taps = flat.take(gather, 1)
        best = taps.argmax(1).reshape(shape)
        best *= cells
        best += lanes
        values = taps.take(best)
        if not isfinite(total(values, None)):  # NaN or an infinity is among them: which of several counts is the walk's affair
            return _pair(_max_pool(x, k, stride, padding, dilation, ceil_mode), out)
        return _pair((values, found.take(best)), out)

    return short


def spread(g: Array, shape: Ints, places: Array, n: int, alone: bool) -> Array:
    """Zeros of `shape` with g added at `places`, counted within a plane of the last n dims; `alone`: no place occurs twice."""
    y = np.zeros(shape, g.dtype)
    plane = prod(shape[-n:])
    if plane == 0 or g.size == 0:
        return y
    count = y.size // plane
    at = (places.reshape(count, -1) + np.arange(count, dtype=np.int64)[:, None] * plane).reshape(-1)
    flat = y.reshape(-1)
    if alone:
        flat[at] = g.reshape(-1)
    else:
        np.add.at(flat, at, g.reshape(-1))
    return y


def _max_backward(g: Array, x: Array, k: Ints, stride: Ints, dilation: Ints, indices: Array) -> Array:
    step = each(stride, len(k)) if len(stride) else tuple(k)
    dilation = each(dilation, len(k))
    alone = all(s >= d * (w - 1) + 1 for s, w, d in zip(step, k, dilation, strict=True))
    return spread(g, x.shape, indices, len(k), alone)


@kernel("max_pool2d_with_indices", inplace=(), short=_short_max_pool)
@kernel("max_pool3d_with_indices", inplace=(), short=_short_max_pool)
def max_pool(
    x: Array, kernel_size: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool, *, out: Any
) -> tuple[Array, Array]:
    """Largest value of each window and its place in the plane; the first of equals, NaN above all."""
    return _pair(_max_pool(x, kernel_size, stride, padding, dilation, ceil_mode), out)


def _pair(found: tuple[Array, Array], out: Any) -> tuple[Array, Array]:
    return found if out is ALLOC else (store(found[0], out[0]), store(found[1], out[1]))


@kernel("max_pool2d_with_indices_backward", inplace=())
@kernel("max_pool3d_with_indices_backward", inplace=())
def max_pool_backward(
    g: Array, x: Array, k: Ints, stride: Ints, padding: Ints, dilation: Ints, ceil_mode: bool, indices: Array, *, out: Any
) -> Array:
    """g at the places of the maxima."""
    return store(_max_backward(g, x, k, stride, dilation, indices), out)


# -- average ------------------------------------------------------------------------------------------------------------------


def _divisors(w: Windows, include_pad: bool, override: int | None, kind: np.dtype[Any]) -> Array:
    """How many elements each window counts, shaped like one plane of the output."""
    if override is not None:
        return np.full((1,) * len(w.outs), override, kind)
    count: Any = np.ones((), np.int64)
    for dim, (size, k, p) in enumerate(zip(w.sizes, w.k, w.padding, strict=True)):
        first = w.places(dim)
        last = np.minimum(first + k, size + p)
        if not include_pad:
            first, last = np.maximum(first, 0), np.minimum(last, size)
        count = count[..., None] * (last - first)
    return count.astype(kind)


def _short_avg_pool(
    x: Array, k: Ints, stride: Ints, padding: Ints, ceil_mode: bool, count_include_pad: bool, divisor_override: int | None
) -> Any:
    w = windows(x.shape, k, stride, padding, (1,) * len(k), ceil_mode)
    index = _whole(x, w)
    if index is None or (index < 0).any():
        return None
    shape, plane = w.lead + w.outs, prod(w.sizes)
    by = np.broadcast_to(_divisors(w, count_include_pad, divisor_override, x.dtype), shape)
    added, divide = np.add.reduce, np.divide

    def short(x: Array, *params: Any, out: Any) -> Array:
        y = added(x.reshape(-1, plane).take(index, 1), 1).reshape(shape)
        return divide(y, by, y) if out is ALLOC else divide(y, by, out=out)

    return short


@kernel("avg_pool2d", inplace=(), short=_short_avg_pool)
@kernel("avg_pool3d", inplace=(), short=_short_avg_pool)
def avg_pool(
    x: Array,
    kernel_size: Ints,
    stride: Ints,
    padding: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
    *,
    out: Any,
) -> Array:
    """Mean of each window; the padding counts as zeros unless count_include_pad is False."""
    w = windows(x.shape, kernel_size, stride, padding, (1,) * len(kernel_size), ceil_mode)
    y = np.zeros((w.planes, *w.outs), x.dtype)
    for part, block in w.filled(_planes(x, w), 0):
        here = y[part]
        for _, at in w.taps:
            here += block[at]
        _divide(here, _divisors(w, count_include_pad, divisor_override, x.dtype))
    return store(y.reshape(w.lead + w.outs), out)


def _divide(x: Array, by: Array) -> None:
    if x.dtype.kind == "f":
        x /= by
    else:
        x[...] = np.trunc(x / by)


@kernel("avg_pool2d_backward", inplace=())
@kernel("avg_pool3d_backward", inplace=())
def avg_pool_backward(
    g: Array,
    x: Array,
    kernel_size: Ints,
    stride: Ints,
    padding: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
    *,
    out: Any,
) -> Array:
    """g over its window's divisor, added to every element of the window."""
    w = windows(x.shape, kernel_size, stride, padding, (1,) * len(kernel_size), ceil_mode)
    y = np.empty((w.planes, *w.sizes), g.dtype)
    shares = g.reshape(w.planes, *w.outs) / _divisors(w, count_include_pad, divisor_override, g.dtype)
    for part in w.blocks():
        block = np.zeros((part.stop - part.start, *w.padded), g.dtype)
        for _, at in w.taps:
            block[at] += shares[part]
        y[part] = block[(slice(None), *w.inner)]
    return store(y.reshape(x.shape), out)


# -- adaptive -----------------------------------------------------------------------------------------------------------------


def spans(size: int, count: int) -> list[tuple[int, int]]:
    """First and last-but-one place of each of `count` windows that cover `size`."""
    return [(o * size // count, -(-(o + 1) * size // count)) for o in range(count)]


def _by_dim(x: Array, sizes: Ints, function: Callable[[Array, int, int], Array]) -> Array:
    """x with each trailing dim brought to its size by `function(x, dim, size)`, the last dim first."""
    for back, size in enumerate(reversed(sizes)):
        x = function(x, x.ndim - 1 - back, size)
    return x


@lru_cache(32)
def _shares(size: int, count: int, kind: np.dtype[Any]) -> Array:
    """(size, count): what each element gives to the mean of each window."""
    shares = np.zeros((size, count), kind)
    for o, (lo, hi) in enumerate(spans(size, count)):
        shares[lo:hi, o] = 1 / (hi - lo)
    shares.setflags(write=False)
    return shares


def _mean_along(x: Array, dim: int, count: int) -> Array:
    if count == x.shape[dim]:
        return x
    y = np.empty((*x.shape[:dim], count, *x.shape[dim + 1 :]), x.dtype)
    if dim == x.ndim - 1 and x.dtype.char in "fd" and x.shape[dim] <= 1024:
        np.matmul(x, _shares(x.shape[dim], count, x.dtype), out=y)
        if np.isfinite(y).all():  # what is not finite would spread beyond its window
            return y
    lead: tuple[Any, ...] = (slice(None),) * dim
    for o, (lo, hi) in enumerate(spans(x.shape[dim], count)):
        np.mean(x[lo_hi(lead, lo, hi)], axis=dim, out=y[(*lead, o)])
    return y


def lo_hi(lead: tuple[slice, ...], lo: int, hi: int) -> tuple[slice, ...]:
    """The index of [lo, hi) after the leading dims."""
    return (*lead, slice(lo, hi))


@kernel("_adaptive_avg_pool2d", inplace=())
@kernel("_adaptive_avg_pool3d", inplace=())
def adaptive_avg_pool(x: Array, output_size: Ints, *, out: Any) -> Array:
    """Mean over windows that cover the input evenly."""
    found = _by_dim(x, output_size, _mean_along)
    return store(found.copy() if found is x else found, out)


def _spread_along(g: Array, dim: int, size: int) -> Array:
    count = g.shape[dim]
    y = np.zeros((*g.shape[:dim], size, *g.shape[dim + 1 :]), g.dtype)
    lead: tuple[Any, ...] = (slice(None),) * dim
    for o, (lo, hi) in enumerate(spans(size, count)):
        y[lo_hi(lead, lo, hi)] += g[lo_hi(lead, o, o + 1)] / g.dtype.type(hi - lo)
    return y


@kernel("_adaptive_avg_pool2d_backward", inplace=())
@kernel("_adaptive_avg_pool3d_backward", inplace=())
def adaptive_avg_pool_backward(g: Array, x: Array, *, out: Any) -> Array:
    """g over its window's size, added to every element of the window; the input has as many dims as g."""
    n = 0
    while n < min(3, x.ndim) and x.shape[: x.ndim - n] != g.shape[: x.ndim - n]:
        n += 1
    return store(_by_dim(g, x.shape[x.ndim - n :], _spread_along).reshape(x.shape), out)


@kernel("adaptive_max_pool2d", inplace=())
@kernel("adaptive_max_pool3d", inplace=())
def adaptive_max_pool(x: Array, output_size: Ints, *, out: Any) -> tuple[Array, Array]:
    """Largest value of windows that cover the input evenly, and its place in the plane."""
    n = len(output_size)
    sizes = x.shape[-n:]
    places = np.broadcast_to(np.arange(prod(sizes)).reshape(sizes), x.shape)
    for dim, size in zip(range(x.ndim - 1, x.ndim - n - 1, -1), reversed(output_size), strict=True):
        x, places = _max_along(x, places, dim, size)
    return _pair((np.array(x), np.array(places)), out)


def _max_along(x: Array, places: Array, dim: int, count: int) -> tuple[Array, Array]:
    shape = (*x.shape[:dim], count, *x.shape[dim + 1 :])
    values, found = np.empty(shape, x.dtype), np.empty(shape, np.int64)
    lead: tuple[Any, ...] = (slice(None),) * dim
    for o, (lo, hi) in enumerate(spans(x.shape[dim], count)):
        at = lo_hi(lead, lo, hi)
        best = x[at].argmax(axis=dim, keepdims=True)
        values[lo_hi(lead, o, o + 1)] = np.take_along_axis(x[at], best, dim)
        found[lo_hi(lead, o, o + 1)] = np.take_along_axis(places[at], best, dim)
    return values, found


@kernel("adaptive_max_pool2d_backward", inplace=())
def adaptive_max_pool2d_backward(g: Array, x: Array, indices: Array, *, out: Any) -> Array:
    """g at the places of the maxima."""
    return store(spread(g, x.shape, indices, 2, False), out)


@kernel("adaptive_max_pool3d_backward", inplace=())
def adaptive_max_pool3d_backward(g: Array, x: Array, indices: Array, *, out: Any) -> Array:
    """g at the places of the maxima."""
    return store(spread(g, x.shape, indices, 3, False), out)
