"""Polynomials that special functions are made of: fitted once, on first use, from the function's own definition.

A kernel that needs a table of coefficients gives `fit` a definition (an integral, a series, a Newton solve, in float64) and an
interval; it gets the polynomial that interpolates at Chebyshev's points. No typed-in digits, nothing to mistype. Intervals are
chosen so that the Chebyshev coefficients fall by a factor of 2.5 or more from one to the next: then the plain powers lose at most a
digit, and Horner's rule serves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.polynomial.chebyshev import cheb2poly

Array = np.ndarray


def series(f: Callable[[Array], Array], degree: int) -> Array:
    """Chebyshev coefficients, lowest first, of f on [-1, 1]."""
    n = 2 * degree + 8  # oversampled: the discarded coefficients fold back less
    angle = np.pi * (np.arange(n) + 0.5) / n
    values = f(np.cos(angle))
    found = np.array([2 / n * np.sum(values * np.cos(k * angle)) for k in range(degree + 1)])
    found[0] /= 2
    return found


def fit(f: Callable[[Array], Array], degree: int) -> Array:
    """Power coefficients, lowest first, of the polynomial of `degree` through f at Chebyshev's points of [-1, 1]."""
    return cheb2poly(series(f, degree))


def constants(values: Sequence[float] | Array, dtype: Any) -> tuple[Array, ...]:
    """0-dim arrays of `dtype`: what a ufunc takes without a conversion."""
    return tuple(np.asarray(v, dtype) for v in values)


def whole(coefficients: tuple[Array, ...]) -> tuple[Array, ...]:
    """All of a series."""
    return coefficients


@cache
def _terms(coefficients: tuple[float, ...]) -> int:
    least = 1e-10 * max(map(abs, coefficients))
    return max(2, 1 + max(k for k, c in enumerate(coefficients) if abs(c) > least))


def shortened(coefficients: tuple[Array, ...]) -> tuple[Array, ...]:
    """A Chebyshev series without the tail that a float32 result does not see."""
    return coefficients[: _terms(tuple(map(float, coefficients)))]


def horner(coefficients: Sequence[Array], t: Array, y: Array) -> None:
    """y = sum of coefficients[k] * t**k, in place, without scratch."""
    np.multiply(t, coefficients[-1], out=y)
    for c in coefficients[-2:0:-1]:
        y += c
        y *= t
    y += coefficients[0]


def clenshaw(coefficients: Sequence[Array], t: Array) -> Array:
    """sum of coefficients[k] * T_k(t): one pass more a term than Horner, and no digit lost however slowly the terms fall."""
    twice = t + t
    b1, b2, product = np.zeros_like(t), np.zeros_like(t), np.empty_like(t)
    for c in coefficients[:0:-1]:
        np.subtract(c, b2, out=b2)
        np.multiply(twice, b1, out=product)
        b2 += product
        b1, b2 = b2, b1
    return t * b1 - b2 + coefficients[0]


@cache
def legendre(points: int, panels: int, length: float) -> tuple[Array, Array]:
    """Nodes and weights of Gauss and Legendre's rule on `panels` equal parts of [0, length]."""
    node, weight = np.polynomial.legendre.leggauss(points)
    weight = weight * (2 / weight.sum())  # from about 20 points on NumPy's weights are off by 1e-14
    width = length / panels
    starts = width * np.arange(panels)[:, None]
    return (starts + (node + 1) * width / 2).reshape(-1), np.tile(weight * width / 2, panels)
