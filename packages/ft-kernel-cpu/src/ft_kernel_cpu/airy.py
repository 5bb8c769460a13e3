"""The kernel of Airy's function Ai.

Near the origin it is a polynomial; beyond, an amplitude that varies slowly times exp(-zeta) to the right and times sine and cosine
of zeta to the left, zeta = 2/3 |x|^(3/2). Every polynomial is fitted on first use from one integral (`_integral`). Source: DLMF 9.5.4,
its path laid through the saddle points; torch.special.airy_ai for the edges, NaN at both infinities.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from .fitted import clenshaw, constants, series
from .passes import in_doubles
from .table import kernel

Array = np.ndarray
_SLOPE = 1.7
_LEFT, _RIGHT = 5.0, 3.0  # the polynomials about the origin reach from -_LEFT to _RIGHT


def _zeta(size: Array) -> Array:
    return 2 / 3 * size * np.sqrt(size)


_ZETA_LEFT, _ZETA_RIGHT = (float(z) for z in _zeta(np.array([_LEFT, _RIGHT])))


def _integral(inverse: Array, angle: float) -> Array:
    """exp(zeta) pi z^(1/4) Ai(z) at 1/zeta: the integral over v > 0 of exp(-e^(i angle) v^2) cos(v^3 / (3 sqrt(3 zeta / 2))).

    The saddle point's own phase is `angle`: 0 on the right, pi/6 for z = |x| exp(i pi/3), of which Ai(-|x|) is made. The integrand is
    even, entire and falls like a Gaussian: the trapezoid rule has every digit.
    """
    step = 0.02
    v = step * np.arange(500)
    weight = step * np.exp(-np.exp(1j * angle) * v * v)
    weight[0] /= 2
    return np.array([np.sum(weight * np.cos(v**3 * math.sqrt(k / 13.5))) for k in inverse])


def _shifted(x: Array) -> Array:
    """Ai on the real line, by the integral of exp(i (u^3 / 3 + x u)) along u + i c; c keeps it from cancelling."""
    u = 0.02 * np.arange(-700, 701)
    found = []
    for point in x:
        path = u + 1j * max(math.sqrt(max(point, 0.0)), 0.3)
        found.append(0.02 / (2 * math.pi) * np.sum(np.exp(1j * (path**3 / 3 + point * path))).real)
    return np.array(found)


@cache
def _near(right: bool) -> tuple[Array, ...]:
    """Ai itself on the left; Ai(x) exp(slope x), which hardly falls, on the right, so that small values keep their digits."""
    if not right:
        return constants(series(lambda t: _shifted((t + 1) * -_LEFT / 2), 30), np.float64)

    def level(t: Array) -> Array:
        x = (t + 1) * _RIGHT / 2
        return _shifted(x) * np.exp(_SLOPE * x)

    return constants(series(level, 26), np.float64)


@cache
def _decay() -> tuple[Array, ...]:
    """In 1/zeta."""
    return constants(series(lambda t: _integral((t + 1) / 2 / _ZETA_RIGHT, 0.0).real, 24), np.float64)


@cache
def _wave() -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Amplitudes of cosine and sine about the phase zeta - pi/4: even in 1/zeta, and odd with one 1/zeta taken out."""

    def turned(t: Array) -> Array:
        return _integral(np.sqrt((t + 1) / 2) / _ZETA_LEFT, math.pi / 6) * np.exp(1j * math.pi / 12)

    even = series(lambda t: turned(t).real, 16)
    odd = series(lambda t: turned(t).imag / np.sqrt((t + 1) / 2), 16)
    return constants(even, np.float64), constants(odd, np.float64)


def _beyond_left(size: Array) -> Array:
    zeta = _zeta(size)
    ratio = _ZETA_LEFT / zeta
    even, odd = _wave()
    t = 2 * ratio * ratio - 1
    p, q = clenshaw(even, t), clenshaw(odd, t) * ratio
    sine, cosine = np.sin(zeta), np.cos(zeta)  # of zeta itself: no digit of a large one is lost to the shift by pi/4
    return math.sqrt(2) / math.pi / np.sqrt(np.sqrt(size)) * ((cosine + sine) * p - (cosine - sine) * q)


def airy_ai(x: Array) -> Array:
    """Ai of float64 numbers."""
    y = np.full_like(x, np.nan)
    for right in (False, True):
        middle = np.flatnonzero((x > 0) & (x <= _RIGHT) if right else (x >= -_LEFT) & (x <= 0))
        if middle.size:
            v = x[middle]
            near = clenshaw(_near(right), 2 / (_RIGHT if right else -_LEFT) * v - 1)
            y[middle] = near * np.exp(-_SLOPE * v) if right else near
    left, right_ = np.flatnonzero((x < -_LEFT) & np.isfinite(x)), np.flatnonzero((x > _RIGHT) & np.isfinite(x))
    if left.size:
        y[left] = _beyond_left(-x[left])
    if right_.size:
        zeta = _zeta(x[right_])
        amplitude = clenshaw(_decay(), 2 * _ZETA_RIGHT / zeta - 1)
        y[right_] = amplitude * np.exp(-zeta) / (math.pi * np.sqrt(np.sqrt(x[right_])))
    return y


@kernel("special_airy_ai")
def special_airy_ai(x: Array, *, out: Any) -> Array:
    return in_doubles(airy_ai, (x,), x.dtype, out)
