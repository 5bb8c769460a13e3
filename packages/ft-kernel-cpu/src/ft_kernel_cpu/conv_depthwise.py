"""Gradients of convolution with one channel and one filter a group: multiply and add, tap by tap, on flat slices.

There is nothing to multiply matrices of: each tap scales a shifted image by one number per channel. On the padded grid of
conv.Grid a shift is an offset, so every pass runs over whole planes, and over several small planes in a row: what is shifted out
of one image is padding. Some channels of some images are in work at a time, as many as the cache holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .conv import Grid

Array = np.ndarray
BLOCK = 1 << 15  # elements of one operand held at a time
ROW = 1 << 10  # places that small images fill together


def _images(grid: Grid) -> int:
    return max(1, min(grid.batch, ROW // max(1, grid.plane)))


def _channels(grid: Grid, total: int) -> Iterator[slice]:
    step = max(1, BLOCK // max(1, grid.plane * _images(grid)))
    for lo in range(0, total, step):
        yield slice(lo, min(lo + step, total))


def _batches(grid: Grid) -> Iterator[tuple[slice, int, int]]:
    """(images, how many they are, the columns that a pass over them runs over)."""
    step = _images(grid)
    for lo in range(0, grid.batch, step):
        count = min(step, grid.batch - lo)
        yield slice(lo, lo + count), count, (count - 1) * grid.plane + grid.length


def backward_input(grid: Grid, g: Array, weight: Array, x: Array) -> None:
    """What conv.backward_input does for weight (channels, 1, *k)."""
    factors = weight.reshape(len(weight), -1, 1)
    x[...] = 0
    images = _images(grid)
    for part in _channels(grid, len(weight)):
        count = part.stop - part.start
        target = np.empty((len(grid.phases), count, images, *grid.rows), g.dtype)
        flat = target.reshape(len(grid.phases), count, images * grid.plane)
        wide, scratch = np.zeros((count, images, *grid.rows), g.dtype), np.empty((count, images * grid.plane), g.dtype)
        shifted = wide.reshape(count, images * grid.plane)
        for batch, n, size in _batches(grid):
            wide[:, :n][grid.crop] = g[batch, part].swapaxes(0, 1)
            target[...] = 0
            for tap, phase, offset in grid.taps:
                flat[phase, :, offset : offset + size] += np.multiply(shifted[:, :size], factors[part, tap], out=scratch[:, :size])
            grid.scatter(target[:, :, :n], x[batch, part].swapaxes(0, 1))


def backward_weight(grid: Grid, g: Array, x: Array, weight: Array) -> None:
    """What conv.backward_weight does for weight (channels, 1, *k)."""
    if g.dtype.kind == "c":
        g = g.conj()  # vecdot takes the conjugate of its first argument, a gradient does not
    found = weight.reshape(len(weight), -1)
    images = _images(grid)
    for part in _channels(grid, len(weight)):
        count = part.stop - part.start
        source = np.zeros((len(grid.phases), count, images, *grid.rows), g.dtype)
        flat = source.reshape(len(grid.phases), count, images * grid.plane)
        wide = np.zeros((count, images, *grid.rows), g.dtype)
        rows = wide.reshape(count, images * grid.plane)
        for batch, n, size in _batches(grid):
            grid.gather(x[batch, part].swapaxes(0, 1), source[:, :, :n])
            wide[:, :n][grid.crop] = g[batch, part].swapaxes(0, 1)
            for tap, phase, offset in grid.taps:
                found[part, tap] += np.vecdot(rows[:, :size], flat[phase, :, offset : offset + size])
