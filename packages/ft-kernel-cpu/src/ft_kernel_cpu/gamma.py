"""The gamma family: lgamma, digamma, polygamma, Hurwitz zeta, incomplete gamma functions, all computed in float64.

Large arguments take the asymptotic series in Bernoulli numbers, smaller ones are first moved up by the recurrence, all by the same
number of steps; lgamma between 1/2 and 5/2 uses its Taylor series about 2, which keeps every digit around the zeros at 1 and 2.
Coefficients are Bernoulli numbers and zeta values computed here. Relative error against SciPy, which the tests hold: 2e-14 (digamma
and lgamma of negatives near a zero: absolute).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache, partial
from typing import Any

import numpy as np

from .fitted import constants, horner
from .passes import in_doubles
from .table import ALLOC, kernel, store

Array = np.ndarray
_UP = 12.0  # from here on the asymptotic series reach 1e-17 with twelve Bernoulli numbers
_TERMS = 12


@cache
def bernoulli(n: int) -> tuple[Fraction, ...]:
    """B_2, B_4, … B_2n, exactly."""
    values = [Fraction(1)]
    for m in range(1, 2 * n + 1):
        values.append(-sum((math.comb(m + 1, k) * values[k] for k in range(m)), Fraction(0)) / (m + 1))
    return tuple(values[2 : 2 * n + 1 : 2])


@cache
def _stirling() -> tuple[Array, ...]:
    return constants([float(b / (2 * k * (2 * k - 1))) for k, b in enumerate(bernoulli(_TERMS), 1)], np.float64)


@cache
def _lgamma_about_two() -> tuple[Array, ...]:
    """lgamma(2 + z) / z = (1 - gamma) + sum (-1)^k (zeta(k) - 1) z^(k-1) / k, from |z| <= 1/2."""
    terms = [1 - float(np.euler_gamma)]
    for k in range(2, 34):
        tail = math.fsum(float(n) ** -k for n in range(2, 40)) + _zeta_tail(k, 40.0)
        terms.append((-1) ** k * tail / k)
    return constants(terms, np.float64)


def _zeta_tail(s: int, a: float) -> float:
    """sum over n >= a of n^-s, by Euler and Maclaurin."""
    total = a ** (1 - s) / (s - 1) + 0.5 * a**-s
    factor = s * a ** (-s - 1)
    for k, b in enumerate(bernoulli(6), 1):
        total += float(b) / math.factorial(2 * k) * factor
        factor *= (s + 2 * k - 1) * (s + 2 * k) / (a * a)
    return total


def _series(coefficients: tuple[Array, ...], t: Array) -> Array:
    y = np.empty_like(t)
    horner(coefficients, t, y)
    return y


def _lgamma_positive(x: Array, single: bool) -> Array:
    """lgamma of float64 x > 0, to the digits of float32 if `single`."""
    steps, terms, taylor = (6, 6, 16) if single else (int(_UP), _TERMS, 33)
    low = x < steps
    small = np.minimum(x, steps)
    product = small.copy()
    for i in range(1, steps):  # all that are below go up by the same, so nobody has to choose
        product *= small + i
    up = x + steps * low
    inverse = 1 / up
    y = (up - 0.5) * np.log(up) - up + 0.5 * math.log(2 * math.pi) + _series(_stirling()[:terms], inverse * inverse) * inverse
    y = np.where(np.isinf(up), np.inf, y - np.log(product) * low)
    near = np.flatnonzero((x >= 0.5) & (x <= 2.5))
    if near.size:
        v = x[near]
        below = v < 1.5  # lgamma(1 + z) = lgamma(2 + z) - log1p(z)
        z = v - (2.0 - below)
        y[near] = z * _series(_lgamma_about_two()[:taylor], z) - np.log1p(z) * below
    return y


def lgamma_array(x: Array, single: bool = False) -> Array:
    """log |Gamma(x)| of a flat float64 array; inf at 0, -1, -2, …; `single`: to the digits of float32, in half the time."""
    size = np.abs(x)
    low = x < 0.5
    where = np.flatnonzero(low)
    right = x.copy()
    right[where] = 1 - x[where]
    y = _lgamma_positive(right, single)
    if where.size:
        v = size[where]
        r = v - np.round(v)
        sine = np.abs(np.sin(math.pi * r))
        mirrored = math.log(math.pi) - np.log(sine) - y[where]
        y[where] = np.where(r == 0, np.inf, mirrored)
    y[np.isinf(x)] = np.inf
    return y


def _apply(function: Any, x: Array, out: Any) -> Array:
    """A function of flat float64 arrays, over any real array."""
    return in_doubles(function, (x,), x.dtype, out)


@kernel("lgamma")
def lgamma(x: Array, *, out: Any) -> Array:
    return _apply(partial(lgamma_array, single=x.dtype == np.float32), x, out)


@cache
def _psi_terms() -> tuple[Array, ...]:
    return constants([float(b / (2 * k)) for k, b in enumerate(bernoulli(_TERMS), 1)], np.float64)


def digamma_array(x: Array) -> Array:
    """psi(x): -inf at 0 (inf at -0), NaN at negative integers, as torch has it."""
    low = x < 0.5
    up = np.where(low, 1 - x, x)
    below = up < _UP
    small = np.minimum(up, _UP)
    shift = -1 / small
    for i in range(1, int(_UP)):
        shift -= 1 / (small + i)
    shift *= below
    up += _UP * below
    inverse = 1 / up
    square = inverse * inverse
    y = np.log(up) - 0.5 * inverse - _series(_psi_terms(), square) * square + shift
    where = np.flatnonzero(low)
    if where.size:
        v = x[where]
        r = v - np.round(v)
        mirrored = y[where] - math.pi / np.tan(math.pi * r)
        mirrored = np.where((r == 0) & (v != 0), np.nan, mirrored)
        y[where] = np.where(v == 0, np.copysign(np.inf, -v), mirrored)
        y[np.isneginf(x)] = np.nan
    return y


@kernel("digamma")
def digamma(x: Array, *, out: Any) -> Array:
    return _apply(digamma_array, x, out)


def zeta_array(s: Array, q: Array) -> Array:
    """Hurwitz's zeta(s, q) = sum over n >= 0 of (n + q)^-s for float64 s > 1; q <= 0 as in Cephes: inf at integers.

    NaN unless s is whole.
    """
    s, q = np.broadcast_arrays(s, q)
    start = np.where(q <= 0, np.nan, q)
    negative = (q <= 0) & (q != np.floor(q)) & (s == np.floor(s))
    total = np.zeros(s.shape)
    # a handful of direct terms moves the rest to arguments where Euler and Maclaurin's formula converges
    base = np.where(negative, q, start)
    for _ in range(10):
        total = total + np.power(base, -s)
        base = base + 1
    deep = negative & (base <= 9)
    while deep.any():
        total = np.where(deep, total + np.power(base, -s), total)
        base = np.where(deep, base + 1, base)
        deep = negative & (base <= 9)
    tail = np.power(base, 1 - s) / (s - 1) + 0.5 * np.power(base, -s)
    factor = s * np.power(base, -s - 1)
    for k, b in enumerate(bernoulli(_TERMS), 1):
        tail = tail + float(b) / math.factorial(2 * k) * factor
        factor = factor * (s + 2 * k - 1) * (s + 2 * k) / (base * base)
    y = total + tail
    y = np.where((q <= 0) & (q == np.floor(q)), np.inf, y)
    y = np.where(np.isposinf(q), 0.0, np.where(np.isneginf(q), np.nan, y))
    y = np.where(np.isinf(s) & (s > 0), np.where(q > 1, 0.0, np.where(q == 1, 1.0, np.inf)), y)
    y = np.where(s == 1, np.inf, np.where(s < 1, np.nan, y))
    return np.where(np.isnan(s) | np.isnan(q), np.nan, y)


@kernel("special_zeta")
def zeta(s: Array, q: Array, *, out: Any) -> Array:
    kind = s.dtype if s.ndim >= q.ndim else q.dtype
    return in_doubles(zeta_array, (s, q), kind, out)


@kernel("polygamma")
def polygamma(n: int, x: Array, *, out: Any) -> Array:
    """n-th derivative of digamma: (-1)^(n+1) n! zeta(n + 1, x)."""
    if n == 0:
        return digamma(x, out=out)
    # in logarithms, since n! overflows while the product need not
    scale = math.lgamma(n + 1)

    def derivative(x: Array) -> Array:
        y = zeta_array(np.asarray(n + 1, np.float64), x)
        y = np.exp(scale) * y if scale < 700 else np.sign(y) * np.exp(scale + np.log(np.abs(y)))
        return y if n % 2 else -y

    if n != 1:
        return in_doubles(derivative, (x,), x.dtype, out)
    y = in_doubles(derivative, (x,), x.dtype, ALLOC)
    # torch reflects with pi^2 / sin^2(pi x) in x's own type, where the sine of a multiple of pi is not 0
    whole = (x < 0) & (x == np.floor(x))
    if whole.any():
        pi = x.dtype.type(np.pi)
        sine = np.sin(pi * x)
        y = np.where(whole, pi * pi / (sine * sine), y)
    return store(y, out)
