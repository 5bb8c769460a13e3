"""Views NumPy makes faster than the general constructor over shared memory; the dispatcher uses one where it gives the same place.

A VIEW op needs no kernel on a backend with aliasing: its map of sizes, strides and offset is enough. These are short cuts for the
everyday ones. What a plan keeps of one is the function of NumPy's that makes the view and its one argument (`native`); of ops with several
views the last parameter says which.
"""

from __future__ import annotations

from operator import getitem
from typing import Any

import numpy as np

from .table import kernel

Array = np.ndarray
_reshape, _transpose = np.ndarray.reshape, np.ndarray.transpose
_WHOLE = slice(None)


def _turned(x: Array) -> tuple[Any, ...]:
    return _transpose, tuple(range(x.ndim))[::-1]


def _swapped(x: Array, dim0: int, dim1: int) -> tuple[Any, ...]:
    order = list(range(x.ndim))
    if order:
        order[dim0], order[dim1] = dim1, dim0
    return _transpose, tuple(order)


def _part(dim: int, part: Any) -> tuple[Any, ...]:
    return getitem, (_WHOLE,) * dim + (part, ...)


def _squeezed(x: Array, dims: Any = None) -> tuple[Any, ...]:
    gone = range(x.ndim) if dims is None else dims
    return getitem, tuple([0 if n == 1 and dim in gone else _WHOLE for dim, n in enumerate(x.shape)]) + (...,)


def _piece(x: Array, sizes: tuple[int, ...], dim: int, i: int) -> tuple[Any, ...]:
    start = sum(sizes[:i])
    return _part(dim, slice(start, start + sizes[i]))


@kernel("t", native=_turned)
def t(x: Array) -> Array:
    return x.T


@kernel("transpose.int", native=_swapped)
def transpose(x: Array, dim0: int, dim1: int) -> Array:
    return x.swapaxes(dim0, dim1) if x.ndim else x


@kernel("permute", native=lambda x, dims: (_transpose, dims))
def permute(x: Array, dims: tuple[int, ...]) -> Array:
    return x.transpose(dims)


@kernel("unsqueeze", native=lambda x, dim: (_reshape, (*x.shape[:dim], 1, *x.shape[dim:])))
def unsqueeze(x: Array, dim: int) -> Array:
    return x[(slice(None),) * dim + (None,)]


@kernel("select.int", native=lambda x, dim, index: _part(dim, index))
def select(x: Array, dim: int, index: int) -> Array:
    return x[(slice(None),) * dim + (index, ...)]


@kernel("slice.Tensor", native=lambda x, dim, start, end, step: _part(dim, slice(start, end, step)))
def slice_(x: Array, dim: int, start: int | None, end: int | None, step: int) -> Array:
    return x[(slice(None),) * dim + (slice(start, end, step),)]


@kernel("squeeze", native=_squeezed)
def squeeze(x: Array) -> Array:
    return x.squeeze()


@kernel("squeeze.dims", native=_squeezed)
def squeeze_dims(x: Array, dims: tuple[int, ...]) -> Array:
    return x.squeeze(tuple([dim for dim in dims if x.ndim and x.shape[dim] == 1]))


@kernel("view", native=lambda x, size: (_reshape, size))
def view(x: Array, size: tuple[int, ...]) -> Array:
    return x.reshape(size)


@kernel("split.Tensor", native=lambda x, size, dim, i: _part(dim, slice(i * size, (i + 1) * size)))
def split(x: Array, split_size: int, dim: int, i: int) -> Array:
    return x[(slice(None),) * dim + (slice(i * split_size, (i + 1) * split_size),)]


@kernel("split_with_sizes", native=_piece)
def split_with_sizes(x: Array, split_sizes: tuple[int, ...], dim: int, i: int) -> Array:
    start = sum(split_sizes[:i])
    return x[(slice(None),) * dim + (slice(start, start + split_sizes[i]),)]


@kernel("unbind.int", native=lambda x, dim, i: _part(dim, i))
def unbind(x: Array, dim: int, i: int) -> Array:
    return x[(slice(None),) * dim + (i, ...)]
