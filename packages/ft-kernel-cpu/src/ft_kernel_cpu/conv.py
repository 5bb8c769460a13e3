"""Convolution without im2col: one matrix product per tap of the kernel, accumulated in place.

Tap (i, j) of a stride-1 convolution multiplies the weights W[:, :, i, j] with the padded input shifted by (i, j). On rows of
padded length that shifted input is a plain slice, so BLAS reads it where it lies and adds to the output (`beta=1`); the output
has a few columns too many, which the copy into the result drops. A stride cuts the padded input into phases first, after which
each tap is again a slice. The transposed convolution, and the gradient of the input, run the same products the other way; the
gradient of the weights multiplies gradient and slices. Where such products would be thin (few channels a group, small images) the
taps are packed into columns instead (conv_packed.py); the gradients of depthwise layers multiply and add (conv_depthwise.py). A
kernel of one place is one product (conv_pointwise.py). Taps that would see nothing but padding, as most do where an image has one
or two places left, are not computed at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property, lru_cache
from math import prod
from typing import Any

import numpy as np

from . import blas, conv_depthwise, conv_packed, conv_pointwise
from .places import SMALL as SMALL_INDEX
from .places import fits, window_places
from .table import ALLOC, kernel, store

Array = np.ndarray
Ints = Sequence[int]
THIN = 24  # channels a group below which taps are packed
THIN_BACKWARD = 8  # the same for the gradients, which must add the taps up again
SHORT = 128  # places an image below which taps are packed
TURNED = 8  # how many times larger than the gradient weights may be, so that turning them costs less than it saves
SMALL = 1 << 17  # products of one convolution below which they are added up in float64


def spread_sizes(sizes: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints, output_padding: Ints) -> tuple[int, ...]:
    """Spatial sizes of a transposed convolution."""
    each = zip(sizes, k, stride, padding, dilation, output_padding, strict=True)
    return tuple((n - 1) * s - 2 * p + d * (w - 1) + o + 1 for n, w, s, p, d, o in each)


def conv_sizes(sizes: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints) -> tuple[int, ...]:
    """Spatial sizes of a convolution."""
    each = zip(sizes, k, stride, padding, dilation, strict=True)
    return tuple((n + 2 * p - d * (w - 1) - 1) // s + 1 for n, w, s, p, d in each)


def _seeing(size: int, out: int, k: int, stride: int, padding: int, dilation: int) -> slice:
    """The taps of one dim that see the input from at least one output, where the padding left of them is none that a grid can have."""
    lo = max(0, -(-(padding - (out - 1) * stride) // dilation))
    hi = min(k, -(-(size + padding) // dilation))
    return slice(lo, hi) if lo < hi and lo * dilation <= padding else slice(0, k)


class Grid:
    """The geometry of one convolution from a (batch, channels, *sizes) side to a (batch, filters, *outs) side."""

    def __init__(self, batch: int, sizes: Ints, outs: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints) -> None:
        self.sizes, self.outs, self.k = tuple(sizes), tuple(outs), tuple(k)
        self.stride, self.padding, self.dilation = tuple(stride), tuple(padding), tuple(dilation)
        self.batch = batch
        self.plain = all(w == 1 for w in k) and not any(padding)
        each = zip(sizes, outs, k, stride, padding, dilation, strict=True)
        seeing = tuple(_seeing(*one) for one in each)
        self.used = (slice(None), slice(None), *seeing)  # the part of the weights whose taps see any input
        self.core: Grid | None = None  # the convolution by that part alone; None where it is the whole
        if any(part.stop - part.start < w for part, w in zip(seeing, k, strict=True)):
            left = [p - part.start * d for p, part, d in zip(padding, seeing, dilation, strict=True)]
            self.core = Grid(batch, sizes, outs, [part.stop - part.start for part in seeing], stride, left, dilation)
            return
        reach = [d * (w - 1) for w, d in zip(k, dilation, strict=True)]
        self.rows = tuple(o + r // s for o, r, s in zip(outs, reach, stride, strict=True))  # sizes of one phase
        self.plane = int(np.prod(self.rows, dtype=np.int64))
        steps = [int(np.prod(self.rows[i + 1 :], dtype=np.int64)) for i in range(len(self.rows))]
        self.length = 1 + sum((o - 1) * step for o, step in zip(outs, steps, strict=True))  # columns of one image's product
        self.crop: tuple[Any, ...] = (Ellipsis, *(slice(0, o) for o in outs))  # the columns of a product that are outputs
        self.phases = list(itertools.product(*(range(min(s, r + 1)) for s, r in zip(stride, reach, strict=True))))
        self.taps: list[tuple[int, int, int]] = []  # (tap, phase, offset in the phase)
        number = {phase: i for i, phase in enumerate(self.phases)}
        for tap, at in enumerate(itertools.product(*map(range, k))):
            reached = [i * d for i, d in zip(at, dilation, strict=True)]
            phase = tuple(r % s for r, s in zip(reached, stride, strict=True))
            offset = sum(r // s * step for r, s, step in zip(reached, stride, steps, strict=True))
            self.taps.append((tap, number[phase], offset))
        self.slices = [self._phase_slices(phase) for phase in self.phases]

    @cached_property
    def turned(self) -> Grid | None:
        """The convolution that goes back from outputs to inputs by the kernel turned around; None with a stride or too much padding."""
        padding = [d * (w - 1) - p for d, w, p in zip(self.dilation, self.k, self.padding, strict=True)]
        if max(self.stride) > 1 or min(padding) < 0:
            return None
        return Grid(self.batch, self.outs, self.sizes, self.k, self.stride, padding, self.dilation)

    def _phase_slices(self, phase: Ints) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """(where in a phase's buffer, where in the bare input) the elements of one phase lie."""
        inside, outside = [], []
        for first, s, p, n, size in zip(phase, self.stride, self.padding, self.rows, self.sizes, strict=True):
            lo = max(0, -(-(p - first) // s))  # first place of the phase that is not padding
            start = first + lo * s - p
            count = max(0, min(n - lo, -(-(size - start) // s)))
            inside.append(slice(lo, lo + count))
            outside.append(slice(start, start + (count - 1) * s + 1, s) if count else slice(0, 0))
        return tuple(inside), tuple(outside)

    def gather(self, image: Array, buffer: Array) -> None:
        """Write an image (…, *sizes) into a zeroed buffer (phases, …, *rows)."""
        for i, (inside, outside) in enumerate(self.slices):
            buffer[(i, Ellipsis, *inside)] = image[(Ellipsis, *outside)]

    def scatter(self, buffer: Array, image: Array) -> None:
        """Read an image back out of (phases, …, *rows); places that no tap reaches keep what they hold."""
        for i, (inside, outside) in enumerate(self.slices):
            image[(Ellipsis, *outside)] = buffer[(i, Ellipsis, *inside)]


def _by_tap(weight: Array) -> Array:
    """(taps, filters, channels) C-contiguous: one matrix per tap."""
    filters, channels = weight.shape[:2]
    return np.ascontiguousarray(weight.reshape(filters, channels, -1).transpose(2, 0, 1))


def _turned(weight: Array, groups: int) -> Array:
    """(channels, filters / groups, *k): inputs and outputs of each group change places, every kernel runs backwards."""
    filters, channels, *k = weight.shape
    backwards = weight[(slice(None), slice(None), *(slice(None, None, -1),) * len(k))]
    return (
        backwards.reshape(groups, filters // groups, channels, *k).swapaxes(1, 2).reshape(groups * channels, filters // groups, *k)
    )


def forward(grid: Grid, x: Array, weight: Array, groups: int, y: Array) -> None:
    """y (batch, filters, *outs) = convolution of x (batch, channels, *sizes) with weight (filters, channels / groups, *k)."""
    if grid.core is not None:
        forward(grid.core, x, np.ascontiguousarray(weight[grid.used]), groups, y)
        return
    if conv_pointwise.fits(grid, groups):
        conv_pointwise.forward(grid, x, weight, y)
        return
    filters, channels = weight.shape[:2]
    if channels < THIN or grid.length < SHORT:
        conv_packed.forward(grid, x, weight, groups, y)
        return
    matrices = _by_tap(weight)
    each, total, row = filters // groups, x.shape[1], grid.plane
    source = np.zeros((len(grid.phases), total, *grid.rows), x.dtype)
    wide = np.empty((filters, *grid.rows), x.dtype)
    a, b, c = blas.operand(matrices, channels), blas.operand(source, row), blas.operand(wide, row)
    for image, made in zip(x, y, strict=True):
        grid.gather(image, source)
        for group in range(groups):
            target = c.at(group * each * row)
            for tap, phase, offset in grid.taps:
                left = a.at((tap * filters + group * each) * channels)
                right = b.at((phase * total + group * channels) * row + offset)
                blas.gemm(left, right, target, (each, grid.length, channels), add=tap > 0)
        made[...] = wide[grid.crop]


def backward_input(grid: Grid, g: Array, weight: Array, groups: int, x: Array) -> None:
    """x (batch, channels, *sizes) = the transpose of `forward` applied to g (batch, filters, *outs)."""
    if grid.core is not None:
        backward_input(grid.core, g, np.ascontiguousarray(weight[grid.used]), groups, x)
        return
    if conv_pointwise.fits(grid, groups):
        conv_pointwise.backward_input(grid, g, weight, x)
        return
    filters, channels = weight.shape[:2]
    if filters == groups and channels == 1:
        conv_depthwise.backward_input(grid, g, weight, x)
        return
    if channels < THIN_BACKWARD or grid.length < SHORT:
        if weight.size <= TURNED * g.size and grid.turned is not None:  # gathering taps is cheaper than adding them up
            forward(grid.turned, g, _turned(weight, groups), groups, x)
        else:
            conv_packed.backward_input(grid, g, weight, groups, x)
        return
    matrices = _by_tap(weight)
    each, total, row = filters // groups, x.shape[1], grid.plane
    target = np.empty((len(grid.phases), total, *grid.rows), g.dtype)
    wide = np.zeros((filters, *grid.rows), g.dtype)
    a, b, c = blas.operand(matrices, channels), blas.operand(wide, row), blas.operand(target, row)
    x[...] = 0
    for image, made in zip(g, x, strict=True):
        wide[grid.crop] = image
        target[...] = 0
        for group in range(groups):
            right = b.at(group * each * row)
            for tap, phase, offset in grid.taps:
                left = a.at((tap * filters + group * each) * channels)
                place = c.at((phase * total + group * channels) * row + offset)
                blas.gemm(left, right, place, (channels, grid.length, each), add=True, ta=True)
        grid.scatter(target, made)


def backward_weight(grid: Grid, g: Array, x: Array, groups: int, weight: Array) -> None:
    """weight (filters, channels / groups, *k), zeros, = the gradient from g (batch, filters, *outs) and x (batch, channels, *sizes)."""
    if grid.core is not None:
        seeing = np.zeros_like(weight[grid.used], order="C")
        backward_weight(grid.core, g, x, groups, seeing)
        weight[grid.used] = seeing
        return
    if conv_pointwise.fits(grid, groups):
        conv_pointwise.backward_weight(grid, g, x, weight)
        return
    filters, channels = weight.shape[:2]
    if filters == groups and channels == 1:
        conv_depthwise.backward_weight(grid, g, x, weight)
        return
    if channels < THIN_BACKWARD or grid.length < SHORT:
        conv_packed.backward_weight(grid, g, x, groups, weight)
        return
    each, total, row = filters // groups, x.shape[1], grid.plane
    source = np.zeros((len(grid.phases), total, *grid.rows), g.dtype)
    wide = np.zeros((filters, *grid.rows), g.dtype)
    found = np.zeros((len(grid.taps), filters, channels), g.dtype)
    a, b, c = blas.operand(wide, row), blas.operand(source, row), blas.operand(found, channels)
    for image, gradient in zip(x, g, strict=True):
        grid.gather(image, source)
        wide[grid.crop] = gradient
        for group in range(groups):
            left = a.at(group * each * row)
            for tap, phase, offset in grid.taps:
                right = b.at((phase * total + group * channels) * row + offset)
                place = c.at((tap * filters + group * each) * channels)
                blas.gemm(left, right, place, (each, channels, grid.length), add=True, tb=True)
    weight[...] = found.transpose(1, 2, 0).reshape(weight.shape)


def _each(values: Ints, n: int) -> Ints:
    """One value per spatial dim: ATen lets a single one stand for all."""
    return tuple(values) * n if len(values) == 1 else values


@lru_cache(256)
def _planned(*geometry: Any) -> Grid:
    return Grid(*geometry)


def _grid(x_sizes: Ints, y_sizes: Ints, batch: int, k: Ints, stride: Ints, padding: Ints, dilation: Ints) -> Grid:
    """The geometry of a call; the last few are remembered, since a network convolves the same shapes step after step."""
    return _planned(batch, tuple(x_sizes), tuple(y_sizes), tuple(k), tuple(stride), tuple(padding), tuple(dilation))


_WIDE = {np.dtype(np.float32): np.dtype(np.float64), np.dtype(np.complex64): np.dtype(np.complex128)}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}


def _wide(x: Array, weight: Array) -> np.dtype | None:
    """The dtype in which a small convolution adds its products: wider costs less than a call there, and rounds once."""
    return _WIDE.get(x.dtype) if x.size // max(1, x.shape[1]) * weight.size < SMALL else None


def _short_convolution(
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    transposed: bool,
    output_padding: Ints,
    groups: int,
) -> Any:
    """One index and one product for a few small images: float32 adds up in float64, as everywhere where a convolution is so small."""
    if transposed or groups != 1 or x.dtype != weight.dtype:
        return None
    k = weight.shape[2:]
    stride, padding, dilation = (_each(v, len(k)) for v in (stride, padding, dilation))
    outs = conv_sizes(x.shape[2:], k, stride, padding, dilation)
    batch, filters, depth = len(x), len(weight), weight.shape[1] * prod(k)
    work = batch * depth * prod(outs)
    if (
        work > 4 * SMALL_INDEX
        or work * filters >= SMALL
        or not fits(x, k, outs)
        or not weight.size
        or x.size // max(1, x.shape[1]) * weight.size >= SMALL
    ):
        return None
    taps, plane, whole = window_places(x.shape[2:], outs, k, stride, padding, dilation), prod(x.shape[2:]), x.size // batch
    channels = np.arange(x.shape[1])[:, None, None] * plane
    index = np.where(taps < 0, whole, taps + channels).reshape(depth, -1)
    hangs, wide, narrow, shape = bool((taps < 0).any()), np.dtype(np.float64), x.dtype, (batch, filters, *outs)

    def short(x: Array, weight: Array, bias: Array | None, *params: Any, out: Any) -> Array:
        flat = np.empty((batch, whole + hangs), wide)
        flat[:, :whole] = x.reshape(batch, whole)
        if hangs:
            flat[:, whole] = 0
        columns, matrix = flat.take(index, 1), weight.reshape(filters, depth).astype(wide)
        y = matrix.dot(columns[0]) if batch == 1 else np.matmul(matrix, columns)
        if bias is not None:
            y += bias[:, None]
        return store(y.astype(narrow, copy=False).reshape(shape), out)

    return short


@kernel("convolution", inplace=(), short=_short_convolution)
def convolution(
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    transposed: bool,
    output_padding: Ints,
    groups: int,
    *,
    out: Any,
) -> Array:
    """(batch, channels, 1 to 3 dims) by (filters, channels / groups, kernel); transposed: (channels, filters / groups, kernel)."""
    wide = _wide(x, weight)
    if wide is not None:
        bias = None if bias is None else bias.astype(wide)
        made = convolution(
            x.astype(wide), weight.astype(wide), bias, stride, padding, dilation, transposed, output_padding, groups, out=ALLOC
        )
        return store(made.astype(_NARROW[wide]), out)
    sizes, k = x.shape[2:], weight.shape[2:]
    stride, padding, dilation, output_padding = (_each(v, len(k)) for v in (stride, padding, dilation, output_padding))
    if transposed:
        outs = spread_sizes(sizes, k, stride, padding, dilation, output_padding)
        y = np.empty((len(x), weight.shape[1] * groups, *outs), x.dtype)
        if y.size:
            backward_input(_grid(outs, sizes, len(x), k, stride, padding, dilation), x, weight, groups, y)
    else:
        outs = conv_sizes(sizes, k, stride, padding, dilation)
        y = np.empty((len(x), len(weight), *outs), x.dtype)
        if y.size and weight.size:
            forward(_grid(sizes, outs, len(x), k, stride, padding, dilation), x, weight, groups, y)
        else:
            y[...] = 0
    if bias is not None:
        y += bias.reshape((-1,) + (1,) * len(k))
    return store(y, out)


@kernel("convolution_backward", inplace=())
def convolution_backward(
    g: Array,
    x: Array,
    weight: Array,
    bias_sizes: Ints | None,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    transposed: bool,
    output_padding: Ints,
    groups: int,
    output_mask: Sequence[bool],
    *,
    out: Any,
) -> tuple[Array | None, Array | None, Array | None]:
    """Gradients of input, weight and bias, None where output_mask says so."""
    wide = _wide(x, weight)
    if wide is not None:
        g, x, weight = (a.astype(wide) for a in (g, x, weight))
        parts = bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask
        made = convolution_backward(g, x, weight, *parts, out=ALLOC)
        return _left(tuple([None if a is None else a.astype(_NARROW[wide]) for a in made]), out)
    near, far = (g, x) if transposed else (x, g)
    k = weight.shape[2:]
    stride, padding, dilation = (_each(v, len(k)) for v in (stride, padding, dilation))
    grid = _grid(near.shape[2:], far.shape[2:], len(x), k, stride, padding, dilation)
    gx = gw = gb = None
    empty = not g.size or not weight.size
    if output_mask[0]:
        gx = np.zeros(x.shape, g.dtype)
        if not empty and gx.size:
            forward(grid, g, weight, groups, gx) if transposed else backward_input(grid, g, weight, groups, gx)
    if output_mask[1]:
        gw = np.zeros(weight.shape, g.dtype)
        if not empty and x.size:
            backward_weight(grid, far, near, groups, gw)
    if output_mask[2]:
        gb = _channel_sums(g)
    return _left((gx, gw, gb), out)


def _left(made: Any, out: Any) -> tuple[Array | None, Array | None, Array | None]:
    """The gradients as they are, or each in its destination."""
    if out is ALLOC:
        return made
    return tuple(None if a is None else store(a, dest) for a, dest in zip(made, out, strict=True))  # type: ignore[return-value]


def _channel_sums(g: Array) -> Array:
    """Sum over batch and space: first within each plane, then over the batch, both pairwise."""
    planes = np.ascontiguousarray(g).reshape(g.shape[0], g.shape[1], -1).sum(axis=2, dtype=g.dtype)
    return np.ascontiguousarray(planes.T).sum(axis=1, dtype=g.dtype)
