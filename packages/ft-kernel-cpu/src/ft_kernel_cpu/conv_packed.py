"""Convolution with few channels a group or few places an image: taps are packed into columns and multiplied at once.

A product over a handful of channels, or into a handful of columns, leaves BLAS idle; packed, it runs over channels times taps,
and over the places of several images. The columns of some images and groups are made, used and overwritten while they are in the
cache. The road for wide layers is in conv.py, the one for depthwise layers in conv_depthwise.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .conv import Grid

Array = np.ndarray
COLUMNS = 1 << 18  # elements of packed columns held at a time: 1 MiB of float32
PLACES = 512  # columns of one product


class Packing:
    """Buffers and views of one call: padded images (channels, images, *sizes), their windows, the weights as matrices."""

    def __init__(self, grid: Grid, weight: Array, groups: int, kind: Any) -> None:
        self.grid, self.groups = grid, groups
        self.each, self.channels = len(weight) // groups, weight.shape[1]
        self.taps, self.cells = prod(grid.k), prod(grid.outs)
        self.images = max(1, min(grid.batch, PLACES // max(1, self.cells)))
        each = zip(grid.sizes, grid.outs, grid.k, grid.stride, grid.padding, grid.dilation, strict=True)
        sizes = tuple(max(n + p, (o - 1) * s + d * (w - 1) + 1) for n, o, w, s, p, d in each)
        self.padded = np.zeros((groups * self.channels, self.images, *sizes), kind)
        self.inner = tuple(slice(p, p + n) for p, n in zip(grid.padding, grid.sizes, strict=True))
        steps = self.padded.strides[2:]
        taps = tuple(step * d for step, d in zip(steps, grid.dilation, strict=True))
        moves = tuple(step * s for step, s in zip(steps, grid.stride, strict=True))
        shape = (len(self.padded), *grid.k, self.images, *grid.outs)
        strides = (self.padded.strides[0], *taps, self.padded.strides[1], *moves)
        self.windows = np.ndarray(shape, kind, self.padded, 0, strides)
        one = self.channels * self.taps * self.cells * self.images
        self.step = max(1, COLUMNS // max(1, one))

    def matrices(self, weight: Array) -> Array:
        """(groups, filters, channels * taps)"""
        return weight.reshape(self.groups, self.each, self.channels * self.taps)

    def batches(self) -> Iterator[slice]:
        """Images that are multiplied together."""
        for lo in range(0, self.grid.batch, self.images):
            yield slice(lo, min(lo + self.images, self.grid.batch))

    def parts(self) -> Iterator[tuple[slice, slice, slice]]:
        """Slices over groups, with those over channels and filters that belong to them."""
        for lo in range(0, self.groups, self.step):
            hi = min(lo + self.step, self.groups)
            yield slice(lo, hi), slice(lo * self.channels, hi * self.channels), slice(lo * self.each, hi * self.each)

    def fill(self, x: Array) -> None:
        """Put images (n, channels, *sizes) into the padded buffer."""
        self.padded[(slice(None), slice(0, len(x)), *self.inner)] = x.swapaxes(0, 1)

    def columns(self, part: slice, channels: slice, images: int) -> Array:
        """(groups, channels * taps, images * cells) of the padded buffer."""
        at = (channels, *(slice(None),) * len(self.grid.k), slice(0, images))
        return self.windows[at].reshape(part.stop - part.start, self.channels * self.taps, images * self.cells)

    def rows(self, g: Array, part: slice, filters: slice) -> Array:
        """(groups, filters, images * cells) of gradients (n, filters, *outs)."""
        return g[:, filters].swapaxes(0, 1).reshape(part.stop - part.start, self.each, len(g) * self.cells)


def forward(grid: Grid, x: Array, weight: Array, groups: int, y: Array) -> None:
    """What conv.forward does, by columns."""
    work = Packing(grid, weight, groups, x.dtype)
    matrices = work.matrices(weight)
    for batch in work.batches():
        here = x[batch]
        work.fill(here)
        for part, channels, filters in work.parts():
            columns = work.columns(part, channels, len(here))
            if len(here) == 1:
                target = y[batch.start, filters].reshape(part.stop - part.start, work.each, work.cells)
                np.matmul(matrices[part], columns, out=target)
            else:
                made = np.matmul(matrices[part], columns)
                y[batch, filters] = made.reshape(-1, len(here), *grid.outs).swapaxes(0, 1)


def backward_input(grid: Grid, g: Array, weight: Array, groups: int, x: Array) -> None:
    """What conv.backward_input does, by columns: products for all taps, each tap added to its windows' places."""
    work = Packing(grid, weight, groups, g.dtype)
    matrices = work.matrices(weight).swapaxes(1, 2)
    for batch in work.batches():
        here = g[batch]
        work.padded[...] = 0
        for part, channels, filters in work.parts():
            columns = np.matmul(matrices[part], work.rows(here, part, filters))
            columns = columns.reshape(-1, work.taps, len(here), *grid.outs)
            for tap, at in enumerate(np.ndindex(grid.k)):
                work.windows[(channels, *at, slice(0, len(here)))] += columns[:, tap]
        x[batch] = work.padded[(slice(None), slice(0, len(here)), *work.inner)].swapaxes(0, 1)


def backward_weight(grid: Grid, g: Array, x: Array, groups: int, weight: Array) -> None:
    """What conv.backward_weight does, by columns."""
    work = Packing(grid, weight, groups, g.dtype)
    matrices = work.matrices(weight)
    for batch in work.batches():
        here = x[batch]
        work.fill(here)
        for part, channels, filters in work.parts():
            rows, columns = work.rows(g[batch], part, filters), work.columns(part, channels, len(here)).swapaxes(1, 2)
            if batch.start == 0:
                np.matmul(rows, columns, out=matrices[part])
            else:
                matrices[part] += np.matmul(rows, columns)
