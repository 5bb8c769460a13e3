"""Kernels of running reductions: cumsum, cumprod, cummax, cummin, logcumsumexp.

Running float sums are carried in float64 (NumPy's own float32 cumsum drifts by a per cent over a million terms). The extremes give
torch's indices: the *last* place among equal values, and every place from the first NaN on points at the latest NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .binary import complex_log_add_exp
from .reduction import accumulated
from .table import ALLOC, kernel, store

_WIDE = {"f": np.float64, "c": np.complex128}


def _running(ufunc: np.ufunc, x: np.ndarray, dim: int, dtype: Any, out: Any) -> np.ndarray:
    y = accumulated(x, dtype)
    if y.ndim == 0:
        return store(y.copy(), out)
    result = ufunc.accumulate(y, axis=dim, dtype=_WIDE.get(y.dtype.kind, y.dtype))
    return store(result.astype(y.dtype, copy=False), out)


@kernel("cumsum")
def cumsum(x: np.ndarray, dim: int, dtype: Any, *, out: Any) -> np.ndarray:
    return _running(np.add, x, dim, dtype, out)


@kernel("cumprod")
def cumprod(x: np.ndarray, dim: int, dtype: Any, *, out: Any) -> np.ndarray:
    return _running(np.multiply, x, dim, dtype, out)


def _running_extreme(ufunc: np.ufunc, x: np.ndarray, dim: int, out: Any) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    if x.ndim == 0:
        return store(x.copy(), first), store(np.zeros((), np.int64), second)
    values = ufunc.accumulate(x, axis=dim)
    # A place sets the record where it equals the running extreme (ties: the later one wins) or is NaN.
    places = np.arange(x.shape[dim], dtype=np.int64).reshape((-1,) + (1,) * (x.ndim - 1 - dim))
    sets = (x == values) | (x != x)
    indices = np.maximum.accumulate(sets * places, axis=dim)  # a product: `where` is slow for random masks
    return store(values, first), store(indices, second)


@kernel("cummax")
def cummax(x: np.ndarray, dim: int, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _running_extreme(np.maximum, x, dim, out)


@kernel("cummin")
def cummin(x: np.ndarray, dim: int, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _running_extreme(np.minimum, x, dim, out)


@kernel("logcumsumexp")
def logcumsumexp(x: np.ndarray, dim: int, *, out: Any) -> np.ndarray:
    if x.ndim == 0:
        return store(x.copy(), out)
    if x.dtype.kind == "c":
        return store(np.ascontiguousarray(_complex_logcumsumexp(x, dim), x.dtype), out)
    return store(np.logaddexp.accumulate(x, axis=dim, dtype=np.float64).astype(x.dtype, copy=False), out)


def _complex_logcumsumexp(x: np.ndarray, dim: int) -> np.ndarray:
    """One step a place: the imaginary part follows the dominant term, so the order of the sums decides its branch."""
    y = np.moveaxis(x.astype(np.complex128), dim, 0).copy()
    for i in range(1, len(y)):
        y[i] = complex_log_add_exp(y[i], y[i - 1])
    return np.moveaxis(y, 0, dim)
