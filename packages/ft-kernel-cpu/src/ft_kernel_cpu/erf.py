"""The error function and its family: erf, erfc, erfcx, erfinv, ndtri, log_ndtr, and the Gaussian exponential that GELU shares.

float32 erf is one chain for all arguments: tanh(x P(x^2)), where x P(x^2) approximates artanh(erf x). float64 uses the Maclaurin
series below 1 and exp(-x^2) erfcx(x) above, with erfcx a polynomial in (x - 4) / (x + 4), fitted from its integral on first use.
Relative error, which the tests hold: erf and erfinv 4e-7 in float32, 4e-15 in float64; erfc, erfcx, ndtri 1e-6 and 1e-14. log_ndtr
loses x^2 units more in its right tail, where it is below 1e-16.
"""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Any

import numpy as np

from .fitted import constants, fit, horner, legendre
from .passes import blend, number, sliced
from .table import kernel

Array = np.ndarray
_CENTRE = 4.0  # of the map x -> (x - c) / (x + c) from [0, inf) to [-1, 1)
_FLAT = 4.35  # erf is 1 in float32 from 3.92 on, but NumPy's tanh reaches 1 only where this fit does
# artanh(erf x) / x in powers of x^2 on [0, 4.35]; source: weighted least squares with Lawson's iteration against
# mpmath, error in erf 3.2e-8 relative (tests/fit_erf.py prints them).
_ARTANH_ERF = (
    1.128379220658697,
    0.10277070738011003,
    -0.000199217398377082,
    -0.0006085548140022027,
    8.011297466259832e-05,
    -3.204662187102522e-06,
    -2.59961264056621e-07,
    3.04715449671978e-08,
    -8.235600432326967e-10,
)
_ERF32 = constants(_ARTANH_ERF, np.float32)
_FLAT32 = constants((-_FLAT, _FLAT), np.float32)


def erf_into(x: Array, y: Array) -> None:
    """y = erf(x); `y` must not share memory with `x`."""
    if x.dtype == np.float32:
        np.clip(x, *_FLAT32, out=y)
        square = np.multiply(y, y, out=...)
        ratio = np.empty_like(square)
        horner(_ERF32, square, ratio)
        y *= ratio
        np.tanh(y, out=y)
        return
    size = np.abs(x, out=...)
    erfc_positive(size, y)
    np.subtract(1, y, out=y)
    near = np.flatnonzero(size < 1)
    if near.size:
        y[near] = _maclaurin(size[near])
    np.copysign(y, x, out=y)


@cache
def _maclaurin_terms(dtype: Any) -> tuple[Array, ...]:
    scale = 2 / math.sqrt(math.pi)
    return constants([scale * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(19)], dtype)


def _maclaurin(x: Array) -> Array:
    square = x * x
    y = np.empty_like(x)
    horner(_maclaurin_terms(x.dtype), square, y)
    return y * x


@cache
def _erfcx_terms(dtype: Any) -> tuple[Array, ...]:
    """(1 + 2x) erfcx(x) as a polynomial in t = (x - c) / (x + c), from erfcx(x) = 2/sqrt(pi) integral of exp(-s^2 - 2xs)."""
    node, weight = legendre(16, 10, 20.0)

    def scaled(t: Array) -> Array:
        x = _CENTRE * (1 + t) / (1 - t)
        # s = u / (1 + x) keeps the integrand's width near one for every x; x / (1 + x) stays exact where x is huge
        inner = np.exp(-((node / (1 + x)[:, None]) ** 2) - 2 * node * (x / (1 + x))[:, None])
        return (1 + 2 * x) / (1 + x) * (2 / math.sqrt(math.pi)) * (inner @ weight)

    return constants(fit(scaled, 13 if dtype == np.float32 else 23), dtype)


def erfcx_positive(x: Array, y: Array) -> None:
    """y = exp(x^2) erfc(x) for x >= 0; `y` must not share memory with `x`."""
    t = np.add(x, number(_CENTRE, x.dtype), out=...)
    np.divide(number(-2 * _CENTRE, x.dtype), t, out=t)
    t += 1  # (x - c) / (x + c), which is 1 at infinity and not NaN
    horner(_erfcx_terms(x.dtype), t, y)
    np.multiply(x, 2, out=t)
    t += 1
    y /= t


def exp_minus_square(x: Array, y: Array) -> None:
    """y = exp(-x^2), to the last places for large x too: the square is taken in two exact halves."""
    high = np.multiply(x, number(4097 if x.dtype == np.float32 else 2**27 + 1, x.dtype), out=...)
    np.subtract(high, x, out=y)
    high -= y  # x rounded to half of its digits
    np.subtract(x, high, out=y)
    low = np.add(x, high, out=...)
    y *= low  # x^2 - high^2
    np.negative(y, out=y)
    np.exp(y, out=y)
    high *= high
    np.negative(high, out=high)
    np.exp(high, out=high)
    y *= high
    np.copyto(y, np.zeros((), y.dtype), where=np.abs(x) > 30)  # above, the halves may overflow to inf - inf


def exp_minus_half_square(x: Array, y: Array) -> None:
    """y = exp(-x^2 / 2), unnormalised Gauss density."""
    np.multiply(x, x, out=y)
    y *= number(-0.5, x.dtype)
    np.exp(y, out=y)


def erfc_positive(x: Array, y: Array) -> None:
    """y = erfc(x) for x >= 0."""
    erfcx_positive(x, y)
    bell = np.empty_like(y)
    exp_minus_square(x, bell)
    y *= bell


def _erfc(x: Array, y: Array, size: Array) -> None:
    np.abs(x, out=size)
    erfc_positive(size, y)
    blend(x < 0, 2 - y, y)
    near = np.flatnonzero(size < 0.5)  # here 1 - erf loses nothing, and erfc(0) is 1
    if near.size:
        y[near] = 1 - _maclaurin(x[near])


def _erfcx(x: Array, y: Array, size: Array) -> None:
    np.abs(x, out=size)
    erfcx_positive(size, y)
    low = np.flatnonzero(x < 0)
    if low.size:
        bell = np.empty_like(size[low])
        exp_minus_square(size[low], bell)
        y[low] = 2 / bell - y[low]


@kernel("erf")
def erf(x: Array, *, out: Any) -> Array:
    """Relative error 4e-7 in float32, 2e-15 in float64."""
    return sliced(erf_into, (x,), out=out)


@kernel("erfc")
def erfc(x: Array, *, out: Any) -> Array:
    return sliced(_erfc, (x,), out=out, scratch=1)


@kernel("special_erfcx")
def erfcx(x: Array, *, out: Any) -> Array:
    return sliced(_erfcx, (x,), out=out, scratch=1)


# -- inverses: erfinv(x) = x F(w) with w = -log(1 - x^2), which reaches every tail in one variable -----------------------


def _inverse_ratio(w: Array) -> Array:
    """F(w) = erfinv(x) / x by Newton's method on log erfc, float64; the definition that the polynomials are fitted from."""
    x = np.sqrt(-np.expm1(-w))
    target = -w - np.log1p(x)  # log(1 - x)
    a = 8 * (math.pi - 3) / (3 * math.pi * (4 - math.pi))  # source: Winitzki 2008, the start of the iteration
    b = 2 / (math.pi * a) - w / 2
    z = np.sqrt(np.sqrt(b * b + w / a) - b)
    value = np.empty_like(z)
    for _ in range(4):
        small = z < 0.5
        erf_into(z, value)
        near = (value - x) * np.exp(np.minimum(z * z, 1)) * math.sqrt(math.pi) / 2
        erfcx_positive(z, value)
        far = -(np.log(value) - z * z - target) * value * math.sqrt(math.pi) / 2
        z = z - np.where(small, near, far)
    return z / x


_EDGES = (0.0, 1.0, 1.9, 3.0, 4.5, 7.0, 14.0, 28.0)  # in sqrt(w): erfinv in float64 reaches 6.1, ndtri of the smallest number 27.3


def _inverse_between(lo: float, hi: float, t: Array) -> Array:
    """The ratio at sqrt(w) between lo and hi, for t in [-1, 1]."""
    return _inverse_ratio(((hi + lo) / 2 + (hi - lo) / 2 * t) ** 2)


@cache
def _inverse_terms(dtype: Any) -> tuple[tuple[Array, ...], ...]:
    pieces = []
    for i in range(len(_EDGES) - 1):
        lo, hi = _EDGES[i], _EDGES[i + 1]
        if i == 0:  # analytic in w itself at 0
            pieces.append(fit(lambda t: _inverse_ratio((t + 1) / 2), 6 if dtype == np.float32 else 12))
        else:
            pieces.append(fit(partial(_inverse_between, lo, hi), 8 if dtype == np.float32 else 20))
    return tuple(constants(p, dtype) for p in pieces)


def _times_ratio(x: Array, w: Array, y: Array) -> None:
    """y = x F(w), the pieces evaluated only where they are needed."""
    root = np.sqrt(w)
    np.multiply(x, number(np.inf, x.dtype), out=y)  # |x| = 1: w is infinite
    y[np.isnan(w)] = np.nan
    for i, terms in enumerate(_inverse_terms(x.dtype)):
        lo, hi = _EDGES[i], _EDGES[i + 1]
        here = np.flatnonzero((root >= lo) & (root < hi))
        if not here.size:
            continue
        t = 2 * w[here] - 1 if i == 0 else (root[here] - number((hi + lo) / 2, x.dtype)) * number(2 / (hi - lo), x.dtype)
        part = np.empty_like(t)
        horner(terms, t.astype(x.dtype, copy=False), part)
        y[here] = x[here] * part


def _erfinv(x: Array, y: Array, t: Array) -> None:
    np.subtract(1, x, out=t)
    t *= 1 + x
    np.log(t, out=t)
    np.negative(t, out=t)
    np.maximum(t, 0, out=t)
    _times_ratio(x, t, y)


@kernel("erfinv")
def erfinv(x: Array, *, out: Any) -> Array:
    return sliced(_erfinv, (x,), out=out, scratch=1)


def _ndtri(p: Array, y: Array, t: Array) -> None:
    np.subtract(1, p, out=t)
    t *= 4
    np.log(t, out=t)
    t += np.log(p)
    np.negative(t, out=t)
    np.maximum(t, 0, out=t)
    _times_ratio(2 * p - 1, t, y)
    y *= number(math.sqrt(2), p.dtype)


@kernel("special_ndtri")
def ndtri(p: Array, *, out: Any) -> Array:
    return sliced(_ndtri, (p,), out=out, scratch=1)


def _log_ndtr(x: Array, y: Array, t: Array, u: Array) -> None:
    np.multiply(x, number(-math.sqrt(0.5), x.dtype), out=t)
    np.abs(t, out=u)
    erfcx_positive(u, y)
    far = x < -1
    tail = np.log(y / 2) - x * x / 2
    exp_minus_square(u, t)
    y *= t
    y *= number(-0.5, x.dtype)
    centre = np.where(x >= 0, np.log1p(y), np.log(-y))
    np.copyto(y, np.where(far, tail, centre))


@kernel("special_log_ndtr")
def log_ndtr(x: Array, *, out: Any) -> Array:
    return sliced(_log_ndtr, (x,), out=out, scratch=2)
