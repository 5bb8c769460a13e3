"""Bessel functions of orders 0 and 1: I, K (plain and scaled), J, Y, and the spherical j0, all computed in float64.

Near the origin each is an even polynomial (times x, or with the logarithm split off); beyond, an amplitude that is smooth in 1/x.
The polynomials are fitted on first use from integrals whose trapezoid sums converge exponentially (DLMF 10.32.1, 10.32.9, 10.9.1,
10.17) or, for Y, from the power series in exact fractions. Tests hold 6e-14 relative against SciPy for I and K, 2e-14 of the
amplitude for J and Y.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from typing import Any

import numpy as np

from .fitted import clenshaw, constants, series, shortened, whole
from .passes import in_doubles
from .table import kernel

Array = np.ndarray
Cut = Callable[[tuple[Array, ...]], tuple[Array, ...]]  # which terms of a series are summed: all, or those that float32 sees
_SPLIT = 8.0  # between the polynomial about 0 and the one in 1/x; K changes at 2
_SPLIT_K = 2.0


def _fitted(f: Callable[[Array], Array], degree: int) -> tuple[Array, ...]:
    return constants(series(f, degree), np.float64)


def _circle(x: Array, term: Callable[[Array, Array], Array]) -> Array:
    """Mean of term(x, angle) over the half circle, with enough points for the largest x."""
    n = 64 + int(9 * math.sqrt(float(x.max()))) if x.size else 64
    angle = np.pi * (np.arange(n) + 0.5) / n
    return np.array([np.mean(term(v, angle)) for v in x])


def _places(mask: Array) -> Array | slice | None:
    """Where the flat mask is true, None where nowhere; everywhere is a slice, which costs no copy."""
    count = np.count_nonzero(mask)
    return None if not count else slice(None) if count == mask.size else np.flatnonzero(mask)


# -- I: exp(-x) I(x), all terms positive ------------------------------------------------------------------------------------


def _scaled_i(order: int, x: Array) -> Array:
    """exp(-x) I_0(x), or exp(-x) I_1(x) / x."""
    if order == 0:
        return _circle(x, lambda v, a: np.exp(-2 * v * np.sin(a / 2) ** 2))
    return _circle(x, lambda v, a: np.exp(-2 * v * np.sin(a / 2) ** 2) * np.sin(a) ** 2)


@cache
def _i_near(order: int) -> tuple[Array, ...]:
    return _fitted(lambda t: _scaled_i(order, _SPLIT * (t + 1) / 2), 32)


@cache
def _i_far(order: int) -> tuple[Array, ...]:
    def amplitude(t: Array) -> Array:
        x = 2 * _SPLIT / (t + 1)
        return _scaled_i(order, x) * np.sqrt(x) * (x if order else 1)

    return _fitted(amplitude, 26)


def scaled_i(order: int, cut: Cut, x: Array) -> Array:
    """exp(-|x|) I_order(|x|) of flat float64 values, made odd for order 1."""
    size = np.abs(x)
    y = np.full_like(x, np.nan)
    near, far = _places(size <= _SPLIT), _places(size > _SPLIT)
    if near is not None:
        v = size[near]
        y[near] = clenshaw(cut(_i_near(order)), v * (2 / _SPLIT) - 1) * (v if order else 1)
    if far is not None:
        v = size[far]
        y[far] = clenshaw(cut(_i_far(order)), 2 * _SPLIT / v - 1) / np.sqrt(v)
    return np.copysign(y, x + 0.0, out=y) if order else y  # of -0 it is 0


def plain_i(order: int, cut: Cut, x: Array) -> Array:
    half = np.exp(np.abs(x) / 2)  # twice, so that the product overflows only where I does
    y = scaled_i(order, cut, x) * half * half
    return np.where(np.isinf(x), x if order else np.inf, y)


# -- K: integrals over the line ----------------------------------------------------------------------------------------------


def _scaled_k_values(order: int, x: Array) -> Array:
    """exp(x) K(x) = integral of exp(-x (cosh t - 1)) (cosh t)^order from 0.

    Trapezoid rule with a step that gives full precision.
    """
    values = []
    for v in x:
        end = math.acosh(1 + 60 / v) + 1
        n = 400
        t = end * np.arange(n + 1) / n
        c = np.cosh(t)
        terms = np.exp(-v * 2 * np.sinh(t / 2) ** 2) * (c if order else 1)
        values.append((np.sum(terms) - terms[0] / 2) * end / n)
    return np.array(values)


@cache
def _k_near(order: int) -> tuple[Array, ...]:
    """In x^2: K_0 + log(x/2) I_0, or (K_1 - 1/x - log(x/2) I_1) / x."""

    def rest(t: Array) -> Array:
        values = []
        for u in (t + 1) * _SPLIT_K**2 / 2:
            q, total, term, harmonic = Fraction(float(u)) / 4, Fraction(0), Fraction(1), Fraction(0)
            gamma = Fraction(float(np.euler_gamma))
            for k in range(28):
                h2 = harmonic + (Fraction(1, k + 1) if order else 0)
                total += term * ((harmonic - gamma) if not order else -(harmonic + h2 - 2 * gamma) / 4)
                harmonic += Fraction(1, k + 1)
                term = term * q / ((k + 1) * (k + 1 + order))
            values.append(float(total))
        return np.array(values)

    return _fitted(rest, 12)


@cache
def _k_far(order: int) -> tuple[Array, ...]:
    def amplitude(t: Array) -> Array:
        x = 2 * _SPLIT_K / (t + 1)
        return _scaled_k_values(order, x) * np.sqrt(x)

    return _fitted(amplitude, 27)


def scaled_k(order: int, cut: Cut, x: Array, scaled: bool) -> Array:
    """exp(x) K_order(x) or K_order(x) of flat float64 values; inf at 0, NaN below."""
    y = np.full_like(x, np.nan)
    near, far = np.flatnonzero((x > 0) & (x <= _SPLIT_K)), np.flatnonzero(x > _SPLIT_K)
    if near.size:
        v = x[near]
        rest = clenshaw(cut(_k_near(order)), v * v * (2 / _SPLIT_K**2) - 1)
        plain = rest - np.log(v / 2) * plain_i(0, cut, v) if order == 0 else 1 / v + np.log(v / 2) * plain_i(1, cut, v) + v * rest
        y[near] = plain * np.exp(v) if scaled else plain
    if far.size:
        v = x[far]
        wave = clenshaw(cut(_k_far(order)), 2 * _SPLIT_K / v - 1) / np.sqrt(v)
        y[far] = wave if scaled else wave * np.exp(-v)
    y[x == 0] = np.inf
    return y


# -- J and Y: polynomials about 0, amplitude and phase beyond ---------------------------------------------------------------


@cache
def _j_near(order: int) -> tuple[Array, ...]:
    """J_0, or J_1 / x, in x^2."""

    def values(t: Array) -> Array:
        x = _SPLIT * np.sqrt((t + 1) / 2)
        if order == 0:
            return _circle(x, lambda v, a: np.cos(v * np.cos(a)))
        return _circle(x, lambda v, a: np.cos(v * np.cos(a)) * np.sin(a) ** 2)

    return _fitted(values, 19)


@cache
def _y_near(order: int) -> tuple[Array, ...]:
    """In x^2, exactly: Y_0 - 2/pi log(x/2) J_0, or (Y_1 - 2/pi (log(x/2) J_1 - 1/x)) / x."""

    def rest(t: Array) -> Array:
        values = []
        gamma = Fraction(float(np.euler_gamma))
        for u in (t + 1) * _SPLIT**2 / 2:
            q, total, term, harmonic = Fraction(float(u)) / 4, Fraction(0), Fraction(1), Fraction(0)
            for k in range(40):
                pair = 2 * harmonic + (Fraction(1, k + 1) if order else 0) - 2 * gamma
                total += term * pair
                harmonic += Fraction(1, k + 1)
                term = -term * q / ((k + 1) * (k + 1 + order))
                term = term.limit_denominator(10**40) if k > 4 else term
            values.append(-float(total) / math.pi / (2 if order else 1))
        return np.array(values)

    return _fitted(rest, 20)


@cache
def _amplitude(order: int) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """P, and Q x / 8, of Hankel's expansion in (8/x)^2.

    P + iQ = 2/Gamma(n + 1/2) integral of w^2n exp(-w^2) (1 + i w^2 / 2x)^(n - 1/2).
    """
    step = 0.02
    w = step * np.arange(1, 400)
    weight = 2 * step / math.gamma(order + 0.5) * w ** (2 * order) * np.exp(-w * w)
    origin = step / math.gamma(0.5) if order == 0 else 0.0

    def wave(t: Array) -> Array:
        inverse = np.sqrt((t + 1) / 2) / _SPLIT
        return np.array([np.sum(weight * (1 + 0.5j * v * w * w) ** (order - 0.5)) + origin for v in inverse])

    p = _fitted(lambda t: wave(t).real, 14)
    q = _fitted(lambda t: wave(t).imag / np.sqrt((t + 1) / 2), 14)
    return p, q


def _wave(order: int, cut: Cut, x: Array) -> tuple[Array, Array]:
    """(J, Y) of x > 8. Sine and cosine of x - pi/4 - n pi/2 come from those of x itself.

    No digit of a large x is lost to the shift.
    """
    t = 2 * (_SPLIT / x) ** 2 - 1
    p_terms, q_terms = _amplitude(order)
    p, q = clenshaw(cut(p_terms), t), clenshaw(cut(q_terms), t) * (_SPLIT / x)
    sine, cosine = np.sin(x), np.cos(x)
    c, s = (cosine + sine, sine - cosine) if order == 0 else (sine - cosine, -cosine - sine)
    scale = 1 / np.sqrt(math.pi * x)
    return scale * (p * c - q * s), scale * (p * s + q * c)


def bessel_j(order: int, cut: Cut, x: Array) -> Array:
    size = np.abs(x)
    y = np.full_like(x, np.nan)
    near, far = _places(size <= _SPLIT), _places((size > _SPLIT) & np.isfinite(size))
    if near is not None:
        v = size[near]
        y[near] = clenshaw(cut(_j_near(order)), v * v * (2 / _SPLIT**2) - 1) * (v if order else 1)
    if far is not None:
        y[far] = _wave(order, cut, size[far])[0]
    y[np.isinf(size)] = 0
    return np.multiply(y, np.copysign(1.0, x + 0.0), out=y) if order else y  # of -0 it is 0


def bessel_y(order: int, cut: Cut, x: Array) -> Array:
    y = np.full_like(x, np.nan)
    near, far = _places((x > 0) & (x <= _SPLIT)), _places((x > _SPLIT) & np.isfinite(x))
    if near is not None:
        v = x[near]
        t, odd = v * v * (2 / _SPLIT**2) - 1, v if order else 1
        logarithm = np.log(v / 2) * (clenshaw(cut(_j_near(order)), t) * odd) - (1 / v if order else 0)
        y[near] = clenshaw(cut(_y_near(order)), t) * odd + 2 / math.pi * logarithm
    if far is not None:
        y[far] = _wave(order, cut, x[far])[1]
    y[x == 0] = -np.inf
    y[np.isposinf(x)] = 0
    return y


# -- kernels -----------------------------------------------------------------------------------------------------------------


def _register(name: str, function: Callable[[Cut, Array], Array]) -> None:
    @kernel(name)
    def bessel(x: Array, *, out: Any) -> Array:
        return in_doubles(partial(function, shortened if x.dtype == np.float32 else whole), (x,), x.dtype, out)


def _spherical_j0(cut: Cut, x: Array) -> Array:
    small = np.abs(x) < 0.5
    square = x * x
    series = 1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72 * (1 - square / 110))))
    return np.where(np.isinf(x), 0.0, np.where(small, series, np.sin(x) / np.where(small, 1, x)))


for _order in (0, 1):
    _register("i0" if _order == 0 else "special_i1", partial(plain_i, _order))
    _register(f"special_modified_bessel_i{_order}", partial(plain_i, _order))
    _register(f"special_i{_order}e", partial(scaled_i, _order))
    _register(f"special_modified_bessel_k{_order}", partial(scaled_k, _order, scaled=False))
    _register(f"special_scaled_modified_bessel_k{_order}", partial(scaled_k, _order, scaled=True))
    _register(f"special_bessel_j{_order}", partial(bessel_j, _order))
    _register(f"special_bessel_y{_order}", partial(bessel_y, _order))
_register("special_spherical_bessel_j0", _spherical_j0)
