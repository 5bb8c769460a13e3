"""Quotients and remainders of floats as torch rounds them, in vector passes: NumPy divides one number after the other, at ten times the
price.

In double precision the truncated quotient of two single ones is exact as long as it is below 2^26, and so is what it leaves; whatever
is larger, infinite or divided by an infinity is done again by C's fmod, element by element, which is also how doubles are divided.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .passes import blend, keep_where, sliced

Array = np.ndarray
_SAFE = 2.0**22  # from here on a quotient in single precision has rounded before it is floored


def _parts(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """(truncated quotient, remainder, places where they hold for nothing), in double precision."""
    wide, by = x.astype(np.float64), y.astype(np.float64)
    quotient = np.divide(wide, by)
    np.trunc(quotient, out=quotient)
    by *= quotient
    wide -= by
    odd = ~(np.abs(quotient) < _SAFE)
    odd |= np.isinf(y)
    return quotient, wide, np.flatnonzero(odd)


def _fmod(x: Array, y: Array, z: Array) -> None:
    _, rest, odd = _parts(x, y)
    found = np.copysign(rest.astype(np.float32), x)
    if odd.size:
        found[odd] = np.fmod(x[odd], y[odd])
    z[...] = found


def _signed(rest: Array, y: Array) -> Array:
    """Where a remainder is not zero and its sign is not the divisor's."""
    return ((y < 0) != (rest < 0)) & (rest != 0)


def _remainder(x: Array, y: Array, z: Array) -> None:
    _fmod(x, y, z)
    blend(_signed(z, y), z + y, z)


def _floored(x: Array, y: Array, z: Array) -> None:
    quotient, rest, odd = _parts(x, y)
    np.subtract(quotient, _signed(rest, y), out=quotient)
    found = quotient.astype(np.float32)
    if odd.size:
        found[odd] = floor_exactly(x[odd], y[odd])
    z[...] = found


def floor_exactly(x: Array, y: Array) -> Array:
    """torch's floor division of floats, from the remainder; x / y where y is 0."""
    rest = np.fmod(x, y)
    quotient = (x - rest) / y
    quotient -= _signed(rest, y)
    floored = np.floor(quotient)
    floored += quotient - floored > 0.5
    floored = np.where(quotient != 0, floored, np.copysign(np.zeros_like(floored), x / y))
    return np.where(y == 0, x / y, floored)


def fmod(x: Array, y: Array, out: Any) -> Array:
    """C's fmod of two float arrays."""
    return sliced(_fmod, (x, y), out=out) if x.dtype == np.float32 else np.fmod(x, y, out=out)


def remainder(x: Array, y: Array, out: Any) -> Array:
    """Python's remainder of two float arrays: the sign is the divisor's, a zero keeps the dividend's."""
    if x.dtype == np.float32:
        return sliced(_remainder, (x, y), out=out)
    return sliced(_remainder_exactly, (x, y), out=out)


def _remainder_exactly(x: Array, y: Array, z: Array) -> None:
    rest = np.fmod(x, y)
    np.add(rest, np.where(_signed(rest, y), y, -0.0), out=z)


def floor_divide(x: Array, y: Array, out: Any) -> Array:
    """torch's floor division of two float arrays."""
    if x.dtype == np.float32:
        return sliced(_floored, (x, y), out=out)
    return sliced(lambda x, y, z: np.copyto(z, floor_exactly(x, y)), (x, y), out=out)


# -- neighbours and sums of exponentials --------------------------------------------------------------------------------------------


def _next(x: Array, y: Array, z: Array) -> None:
    """One unit of the last place towards y is one integer up or down for the bits of x."""
    kind = np.int32 if x.itemsize == 4 else np.int64
    up, down = y > x, y < x
    away = up == (x > 0)
    step = away.astype(kind)
    step *= 2
    step -= 1
    odd = np.flatnonzero(~(up | down) | (x == 0))
    rest = np.nextafter(x[odd], y[odd])
    np.add(x.view(kind), step, out=z.view(kind))
    z[odd] = rest


def nextafter(x: Array, y: Array, out: Any) -> Array:
    """The next float from x towards y."""
    return sliced(_next, (x, y), out=out) if x.dtype.char in "fd" else np.nextafter(x, y, out=out)


def log_add_exp(x: Array, y: Array, out: Any, two: bool) -> Array:
    """log(exp(x) + exp(y)), or the same to the base of two: the larger plus what the smaller adds to it."""
    power, scale = (np.exp2, 1 / np.log(2)) if two else (np.exp, 1.0)

    def body(x: Array, y: Array, z: Array, t: Array) -> None:
        np.subtract(x, y, out=t)
        keep_where(t, x != y, t)  # of equal infinities too
        np.abs(t, out=t)
        np.negative(t, out=t)
        power(t, out=t)
        np.log1p(t, out=t)
        if two:
            t *= scale
        np.maximum(x, y, out=z)
        z += t

    return sliced(body, (x, y), out=out, scratch=1)
