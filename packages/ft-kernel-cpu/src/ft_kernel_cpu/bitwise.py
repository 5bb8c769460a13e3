"""Bits of integers and bool; shifts by more than the width give torch's 0 or -1 where NumPy's answer is undefined."""

from __future__ import annotations

from typing import Any

import numpy as np

from .reduction import axes_of
from .table import kernel, store

Array = np.ndarray

for _name, _ufunc in {
    "bitwise_and.Tensor": np.bitwise_and, "bitwise_not": np.invert, "bitwise_or.Tensor": np.bitwise_or, "bitwise_xor.Tensor": np.bitwise_xor,
}.items():  # fmt: skip
    kernel(_name)(_ufunc)


@kernel("bitwise_left_shift.Tensor")
def left_shift(x: Array, y: Array, *, out: Any) -> Array:
    width = x.dtype.itemsize * 8
    beyond = (y < 0) | (y >= width)
    if not beyond.any():
        return np.left_shift(x, y, out=out)
    return store(np.where(beyond, x.dtype.type(0), np.left_shift(x, np.where(beyond, 0, y).astype(x.dtype))), out)


@kernel("bitwise_right_shift.Tensor")
def right_shift(x: Array, y: Array, *, out: Any) -> Array:
    # an arithmetic shift by the width or more leaves the sign only, which shifting by width - 1 gives too (0 for unsigned)
    width = x.dtype.itemsize * 8
    beyond = (y < 0) | (y >= width)
    if not beyond.any():
        return np.right_shift(x, y, out=out)
    shifted = np.right_shift(x, np.where(beyond, width - 1, y).astype(x.dtype))
    if x.dtype.kind == "u":
        shifted = np.where(beyond, x.dtype.type(0), shifted)
    return store(shifted, out)


@kernel("hash_tensor")
def hash_tensor(x: np.ndarray, dim: Any, keepdim: bool, mode: int, *, out: Any) -> np.ndarray:
    bits = x.astype(np.float64).view(np.uint64) if x.dtype.kind == "f" else x.astype(np.uint64)
    return np.bitwise_xor.reduce(bits, axis=axes_of(x, dim) if x.ndim else (), keepdims=keepdim, out=out)
