"""Kernels of extremes, with and without their places.

Ties give the first index and NaN wins every comparison, as in torch; `argmax` and `maximum` of NumPy follow the same two rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .index import offsets
from .reduction import Dims, axes_of
from .table import ALLOC, kernel, store


def _extreme(ufunc: np.ufunc, x: np.ndarray, dim: Any, keepdim: bool, out: Any) -> np.ndarray:
    return store(x.copy(), out) if x.ndim == 0 else ufunc.reduce(x, axis=axes_of(x, dim), keepdims=keepdim, out=out)


@kernel("amax")
def amax(x: np.ndarray, dim: Dims, keepdim: bool, *, out: Any) -> np.ndarray:
    return _extreme(np.maximum, x, dim, keepdim, out)


@kernel("amin")
def amin(x: np.ndarray, dim: Dims, keepdim: bool, *, out: Any) -> np.ndarray:
    return _extreme(np.minimum, x, dim, keepdim, out)


def _short_whole(ufunc: np.ufunc) -> Callable[..., Any]:
    """One call, where there are dimensions to reduce."""
    reduce = ufunc.reduce
    return lambda x: (lambda x, *, out: reduce(x, axis=None, out=out)) if x.ndim and x.size else None


@kernel("max", short=_short_whole(np.maximum))
def max_(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _extreme(np.maximum, x, None, False, out)


@kernel("min", short=_short_whole(np.minimum))
def min_(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _extreme(np.minimum, x, None, False, out)


def pick(x: np.ndarray, indices: np.ndarray, dim: int, keepdim: bool, out: Any) -> tuple[np.ndarray, np.ndarray]:
    """Values at `indices` (kept shape) along `dim`, and the indices, stored into the pair of destinations."""
    first, second = (out, out) if out is ALLOC else out
    if x.flags.c_contiguous:
        values = x.reshape(-1).take(offsets(x.shape, dim % x.ndim, indices))
    else:
        values = np.take_along_axis(x, indices, dim)
    if not keepdim:
        values, indices = values.squeeze(dim), indices.squeeze(dim)
    return store(values, first), store(indices, second)


def _extreme_dim(argument: Callable[..., Any], x: np.ndarray, dim: int, keepdim: bool, out: Any) -> tuple[np.ndarray, np.ndarray]:
    if x.ndim == 0:
        first, second = (out, out) if out is ALLOC else out
        return store(x.copy(), first), store(np.zeros((), np.int64), second)
    return pick(x, argument(x, dim, keepdims=True), dim, keepdim, out)


@kernel("max.dim")
def max_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _extreme_dim(np.ndarray.argmax, x, dim, keepdim, out)


@kernel("min.dim")
def min_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _extreme_dim(np.ndarray.argmin, x, dim, keepdim, out)


@kernel("argmax")
def argmax(x: np.ndarray, dim: int | None, keepdim: bool, *, out: Any) -> np.ndarray:
    return store(np.zeros((), np.int64) if x.ndim == 0 else np.argmax(x, axis=dim, keepdims=keepdim), out)


@kernel("argmin")
def argmin(x: np.ndarray, dim: int | None, keepdim: bool, *, out: Any) -> np.ndarray:
    return store(np.zeros((), np.int64) if x.ndim == 0 else np.argmin(x, axis=dim, keepdims=keepdim), out)


@kernel("aminmax")
def aminmax(x: np.ndarray, dim: int | None, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    low, high = (out, out) if out is ALLOC else out
    return _extreme(np.minimum, x, dim, keepdim, low), _extreme(np.maximum, x, dim, keepdim, high)
