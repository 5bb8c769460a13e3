"""What the random fills share: uniform doubles, fused multiply-adds and library functions that round as torch's do.

A fill is equal to torch's bit for bit only if every rounding is. Three things NumPy does not promise are settled here: the fused
multiply-add that torch's compiler makes of `x * a + b`, the C library's log and log1p in double precision (NumPy has its own on
some CPUs, off by one unit in a few values of a hundred), and double -> float -> half casts. No distribution lives here.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from typing import Any

import ml_dtypes
import numpy as np

from ft_core.generator import Generator

BLOCK = 16384  # draws at a time: enough to hide a call's price, and their words and doubles stay in a second-level cache

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
HALVES = (BFLOAT16, np.dtype(np.float16))

_SPLITTER = float(2**27 + 1)  # Veltkamp's constant: cuts a double into two halves of 26 bits


def flat(out: np.ndarray) -> np.ndarray:
    """The elements of a C-contiguous array as one row that shares its memory."""
    if not out.flags.c_contiguous:
        raise ValueError(f"random fill: expected a C-contiguous array, got strides {out.strides} for shape {out.shape}")
    return out.reshape(-1)


def parts(row: np.ndarray, size: int = BLOCK) -> Iterator[np.ndarray]:
    """Consecutive slices of at most `size` elements."""
    for start in range(0, row.size, size):
        yield row[start : start + size]


def doubles(generator: Generator, count: int) -> np.ndarray:
    """`count` uniform doubles in [0, 1) of 53 bits: float64[count]; 2 words each."""
    out = generator.words64(count, 53).astype(np.float64)
    return np.multiply(out, 2.0**-53, out=out)


def store(value: np.ndarray, out: np.ndarray) -> None:
    """Write doubles (or floats) into `out` as C casts them; half types by way of float32, as torch's constructors go."""
    if out.dtype in HALVES and value.dtype == np.float64:
        value = value.astype(np.float32)
    np.copyto(out, value, casting="unsafe")


def single(value: float, dtype: np.dtype) -> np.ndarray:
    """A Python number as 0-dim array of `dtype`, rounded on the way as `store` does."""
    out = np.empty((), dtype)
    store(np.array(value, np.float64), out)
    return out


def multiply_add(x: np.ndarray, a: float, b: float) -> np.ndarray:
    """fma(x, a, b) in double precision, in place: Dekker's exact product, Knuth's exact sum, one rounding.

    Exact but for a sum whose error lies on a tie of the last rounding (none in 6 * 10**6 draws beside torch), and for |x * a| near
    overflow.
    """
    if b == 0.0 or a == 1.0:
        np.multiply(x, a, out=x)
        return np.add(x, b, out=x)
    product = x * a
    high = x * _SPLITTER
    high -= high - x
    low = x - high
    a_high = a * _SPLITTER - (a * _SPLITTER - a)
    a_low = a - a_high
    error = high * a_high
    error -= product
    error += high * a_low
    error += low * a_high
    error += low * a_low
    total = product + b
    back = total - product
    error += (product - (total - back)) + (b - back)
    return np.add(total, error, out=x)


@functools.cache
def libm(name: str) -> Callable[..., Any]:
    """The double precision function `name` ("log", "log1p", "sin", "cos", "tan", "exp") with the C library's last bits.

    NumPy's own loop where it agrees on a few thousand points, else the library's, called element by element from C (60 ns each).
    """
    fast, exact = getattr(np, name), getattr(math, name)
    points = (
        np.linspace(-0.999, 6.28, 4001) if name in ("sin", "cos", "tan", "exp") else np.linspace(-0.999 + (name == "log"), 1, 4001)
    )
    if np.array_equal(fast(points), np.array([exact(x) for x in points.tolist()])):
        return fast
    each = np.frompyfunc(exact, 1, 1)
    if name == "log":  # math.log raises at 0, where C gives -inf
        return lambda x: np.where(x > 0, each(np.where(x > 0, x, 1.0)).astype(np.float64), -np.inf)
    return lambda x: each(x).astype(np.float64)
