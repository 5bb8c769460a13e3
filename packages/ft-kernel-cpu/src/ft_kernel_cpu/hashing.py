"""The kernel of hash_tensor: NumPy's bitwise_xor, reduced over the bits as uint64."""

from __future__ import annotations

from typing import Any

import numpy as np

from .reduction import axes_of
from .table import kernel, store


@kernel("hash_tensor")
def hash_tensor(x: np.ndarray, dim: Any, keepdim: bool, mode: int, *, out: Any) -> np.ndarray:
    bits = x.astype(np.float64).view(np.uint64) if x.dtype.kind == "f" else x.astype(np.uint64)
    return store(np.bitwise_xor.reduce(bits, axis=axes_of(x, dim) if x.ndim else (), keepdims=keepdim), out)
