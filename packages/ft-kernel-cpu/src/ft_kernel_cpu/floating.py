"""The kernel that takes floating point numbers apart: NumPy's frexp."""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import ALLOC, kernel, store


@kernel("frexp.Tensor")
def frexp(x: np.ndarray, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    mantissa, exponent = np.frexp(x)
    return store(mantissa, first), store(exponent, second)
