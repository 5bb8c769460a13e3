"""Kernels of quantized tensors: numbers rounded to integers, in blocks that stay in the cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import kernel, store

Array = np.ndarray
BLOCK = 1 << 15  # numbers rounded at a time: 128 KiB of float32


@kernel("_quantized_ints", half="native", inplace=(), layout="contiguous")
def quantized_ints(x: Array, scale: Array, zero_point: Array, least: int, largest: int, dtype: Any, *, out: Any) -> Array:
    """round(x / scale + zero_point), ties to even, between least and largest; scale and zero_point broadcast to x."""
    y = np.empty(x.shape, dtype.numpy)
    inverse = np.float32(1) / scale
    wide = np.float64 if y.itemsize > 1 else np.float32  # float32 does not hold the ends of int32
    if scale.ndim or zero_point.ndim or x.size <= BLOCK:
        y[...] = _rounded(x * inverse + zero_point, least, largest, wide)
        return store(y, out)
    source, target = x.reshape(-1), y.reshape(-1)
    for at in range(0, source.size, BLOCK):
        found = source[at : at + BLOCK] * inverse
        found += zero_point
        target[at : at + BLOCK] = _rounded(found, least, largest, wide)
    return store(y, out)


def _rounded(found: Array, least: int, largest: int, wide: Any) -> Array:
    found = np.asarray(np.rint(found), wide)
    np.fmin(found, largest, out=found)  # a NaN gives way to the bound
    np.fmax(found, least, out=found)
    return found
