"""Convolution with a kernel of one place: a product of matrices, with nothing to shift and nothing to pad.

Where images are large, each is multiplied where it lies. Small ones are put side by side first, so that a product has columns
enough. A stride takes a part of the input and is no more than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import blas

if TYPE_CHECKING:
    from .conv import Grid

Array = np.ndarray
APART = 64  # places from which an image is multiplied alone


def fits(grid: Grid, groups: int) -> bool:
    """Whether this convolution is such a product."""
    return groups == 1 and grid.plain


def _reached(grid: Grid, x: Array) -> Array:
    """The places of x (batch, channels, *sizes) that a stride leaves, as (batch, channels, places)."""
    steps = tuple(slice(0, (o - 1) * s + 1, s) for o, s in zip(grid.outs, grid.stride, strict=True))
    return x[(slice(None), slice(None), *steps)].reshape(x.shape[0], x.shape[1], -1)


def _side_by_side(x: Array) -> Array:
    """(channels, batch * places) of (batch, channels, places)."""
    return x.swapaxes(0, 1).reshape(x.shape[1], -1)


def _multiply(matrix: Array, x: Array, y: Array) -> None:
    """y (batch, rows, places) = matrix (rows, columns) @ x (batch, columns, places)."""
    batch, _, places = x.shape
    if places == 1:
        np.matmul(x[:, :, 0], matrix.T, out=y[:, :, 0])
    elif places >= APART or batch == 1:
        np.matmul(matrix, x, out=y)
    else:
        y[...] = np.matmul(matrix, _side_by_side(x)).reshape(-1, batch, places).swapaxes(0, 1)


def forward(grid: Grid, x: Array, weight: Array, y: Array) -> None:
    """What conv.forward does for weight (filters, channels, 1…)."""
    _multiply(weight.reshape(weight.shape[:2]), _reached(grid, x), y.reshape(len(y), y.shape[1], -1))


def backward_input(grid: Grid, g: Array, weight: Array, x: Array) -> None:
    """What conv.backward_input does for weight (filters, channels, 1…)."""
    matrix, g = weight.reshape(weight.shape[:2]).T, g.reshape(len(g), g.shape[1], -1)
    if grid.outs == grid.sizes:
        _multiply(matrix, g, x.reshape(len(x), x.shape[1], -1))
        return
    made = np.empty((len(x), x.shape[1], g.shape[2]), x.dtype)
    _multiply(matrix, g, made)
    x[...] = 0
    steps = tuple(slice(0, (o - 1) * s + 1, s) for o, s in zip(grid.outs, grid.stride, strict=True))
    x[(slice(None), slice(None), *steps)] = made.reshape(*made.shape[:2], *grid.outs)


def backward_weight(grid: Grid, g: Array, x: Array, weight: Array) -> None:
    """What conv.backward_weight does for weight (filters, channels, 1…)."""
    found = weight.reshape(weight.shape[:2])
    x, g = _reached(grid, x), g.reshape(len(g), g.shape[1], -1)
    batch, filters, places = g.shape
    if places < APART:
        np.matmul(_side_by_side(g), _side_by_side(x).T, out=found)
        return
    channels: Any = x.shape[1]
    a, b, c = (blas.operand(np.ascontiguousarray(v), v.shape[-1]) for v in (g, x, found))
    for image in range(batch):
        left, right = a.at(image * filters * places), b.at(image * channels * places)
        blas.gemm(left, right, c, (filters, channels, places), add=image > 0, tb=True)
