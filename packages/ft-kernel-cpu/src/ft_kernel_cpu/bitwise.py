"""Bits of integers and bool; shifts by more than the width give torch's 0 or -1 where NumPy's answer is undefined."""

from __future__ import annotations

from typing import Any

import numpy as np

from .reduction import axes_of
from .table import kernel

Array = np.ndarray

for _name, _ufunc in {
    "bitwise_and.Tensor": np.bitwise_and, "bitwise_not": np.invert, "bitwise_or.Tensor": np.bitwise_or, "bitwise_xor.Tensor": np.bitwise_xor,
}.items():  # fmt: skip
    kernel(_name)(_ufunc)


@kernel("bitwise_left_shift.Tensor")
def left_shift(x: Array, y: Array, *, out: Any) -> Array:
    return np.left_shift(x, y, out=out)  # 0 where y is negative or the width and more, in NumPy as in torch


@kernel("bitwise_right_shift.Tensor")
def right_shift(x: Array, y: Array, *, out: Any) -> Array:
    return np.right_shift(x, y, out=out)  # the sign alone where y is negative or the width and more


@kernel("hash_tensor")
def hash_tensor(x: np.ndarray, dim: Any, keepdim: bool, mode: int, *, out: Any) -> np.ndarray:
    bits = x.astype(np.float64).view(np.uint64) if x.dtype.kind == "f" else x.astype(np.uint64)
    return np.bitwise_xor.reduce(bits, axis=axes_of(x, dim) if x.ndim else (), keepdims=keepdim, out=out)
