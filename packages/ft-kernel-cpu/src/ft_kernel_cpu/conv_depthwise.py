"""Gradients of convolution with one channel and one filter a group: multiply and add, tap by tap, on flat slices.

There is nothing to multiply matrices of: each tap scales a shifted image by one number per channel. On the padded grid of
conv.Grid a shift is an offset, so every pass runs over whole planes. One image is in work at a time, some channels of it in the
cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .conv import Grid

Array = np.ndarray
BLOCK = 1 << 15  # elements of one operand held at a time


def _channels(grid: Grid, total: int) -> Iterator[slice]:
    step = max(1, BLOCK // max(1, grid.plane))
    for lo in range(0, total, step):
        yield slice(lo, min(lo + step, total))


def backward_input(grid: Grid, g: Array, weight: Array, x: Array) -> None:
    """What conv.backward_input does for weight (channels, 1, *k)."""
    factors = weight.reshape(len(weight), -1, 1)
    size = grid.length
    x[...] = 0
    for part in _channels(grid, len(weight)):
        count = part.stop - part.start
        target = np.empty((len(grid.phases), count, *grid.rows), g.dtype)
        flat = target.reshape(len(grid.phases), count, grid.plane)
        wide, scratch = np.zeros((count, *grid.rows), g.dtype), np.empty((count, size), g.dtype)
        shifted = wide.reshape(count, grid.plane)[:, :size]
        for image in range(grid.batch):
            wide[grid.crop] = g[image, part]
            target[...] = 0
            for tap, phase, offset in grid.taps:
                flat[phase, :, offset : offset + size] += np.multiply(shifted, factors[part, tap], out=scratch)
            grid.scatter(target, x[image, part])


def backward_weight(grid: Grid, g: Array, x: Array, weight: Array) -> None:
    """What conv.backward_weight does for weight (channels, 1, *k)."""
    if g.dtype.kind == "c":
        g = g.conj()  # vecdot takes the conjugate of its first argument, a gradient does not
    found = weight.reshape(len(weight), -1)
    found[...] = 0
    size = grid.length
    for part in _channels(grid, len(weight)):
        count = part.stop - part.start
        source = np.zeros((len(grid.phases), count, *grid.rows), g.dtype)
        flat = source.reshape(len(grid.phases), count, grid.plane)
        wide = np.zeros((count, *grid.rows), g.dtype)
        rows = wide.reshape(count, 1, grid.plane)[:, :, :size]
        for image in range(grid.batch):
            grid.gather(x[image, part], source)
            wide[grid.crop] = g[image, part]
            for tap, phase, offset in grid.taps:
                found[part, tap] += np.vecdot(rows[:, 0], flat[phase, :, offset : offset + size])
