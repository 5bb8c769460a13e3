"""Transformed rejection with squeeze: Poisson counts of large rates (PTRS) and binomial counts of large means (BTRS).

A try takes two uniform doubles whatever comes of it. So where all elements have the same parameters, all tries are arrays (`many`);
where they differ, whose try it is depends on those before, and elements are drawn one by one (`one`). Both read the formulas of one
object, floats in one case and arrays in the other. Source: Hörmann, The transformed rejection method for generating Poisson random
variables, 1993, and The generation of binomial random variates, 1993.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ft_core.generator import Generator

from .gamma import lgamma_array
from .random_words import doubles

_SQUEEZE = 0.07  # from this distance to the edge on, v <= v_r accepts at once. Source: Hörmann 1993


def _log(x: Any) -> Any:
    """C's log of a float or an array: -inf at 0."""
    if isinstance(x, np.ndarray):
        return np.log(x)
    return math.log(x) if x > 0 else -math.inf


def _lgamma(x: Any) -> Any:
    return lgamma_array(x) if isinstance(x, np.ndarray) else math.lgamma(x)


_TAILS = np.array([math.lgamma(k + 1) - ((k + 0.5) * math.log(k + 1) - (k + 1) + 0.5 * math.log(2 * math.pi)) for k in range(10)])


def _stirling_tail(k: Any) -> Any:
    """log k! less Stirling's (k + 1/2) log(k + 1) - (k + 1) + log(2 pi) / 2."""
    square = (k + 1.0) * (k + 1.0)
    series = (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1.0)
    if isinstance(k, np.ndarray):
        return np.where(k < 10, _TAILS[np.minimum(k, 9).astype(np.int64)], series)
    return float(_TAILS[int(k)]) if k < 10 else series


@dataclass(slots=True)
class Ptrs:
    """Poisson counts; `rate` is at least 10."""

    rate: float
    top = math.inf
    a: float = 0.0
    b: float = 0.0
    centre: float = 0.0
    v_r: float = 0.0

    def __post_init__(self) -> None:
        self.b = 0.931 + 2.53 * math.sqrt(self.rate)  # source: Hörmann 1993
        self.a = -0.059 + 0.02483 * self.b  # source: Hörmann 1993
        self.centre = self.rate + 0.43
        self.v_r = 0.9277 - 3.6224 / (self.b - 2)  # source: Hörmann 1993

    def accepts(self, v: Any, us: Any, k: Any) -> Any:
        """Whether a try outside the squeeze stands."""
        inverse_alpha = 1.1239 + 1.1328 / (self.b - 3.4)  # source: Hörmann 1993
        height = _log(v) + math.log(inverse_alpha) - _log(self.a / (us * us) + self.b)
        below = height <= -self.rate + k * math.log(self.rate) - _lgamma(k + 1.0)
        return below & ((us >= 0.013) | (v <= us))  # source: Hörmann 1993


@dataclass(slots=True)
class Btrs:
    """Binomial counts; `p` is at most 1/2 and n p at least 10. Numbers are rounded to `dtype` where torch rounds them."""

    top: float
    p: float
    dtype: np.dtype
    a: float = 0.0
    b: float = 0.0
    centre: float = 0.0
    v_r: float = 0.0
    alpha: float = 0.0
    odds: float = 0.0
    mode: float = 0.0

    def __post_init__(self) -> None:
        n, p = np.array(self.top, self.dtype), np.array(self.p, self.dtype)
        deviation = float(np.sqrt(n * p * (1 - p)))
        self.b = 1.15 + 2.53 * deviation  # source: Hörmann 1993
        self.a = -0.0873 + 0.0248 * self.b + 0.01 * self.p  # source: Hörmann 1993
        self.centre = float(n * p) + 0.5
        self.v_r = 0.92 - 4.2 / self.b
        self.alpha = (2.83 + 5.1 / self.b) * deviation
        self.odds = float(p / (1 - p))
        self.mode = float(np.floor((n + 1) * p))

    def accepts(self, v: Any, us: Any, k: Any) -> Any:
        """Whether a try outside the squeeze stands."""
        n, mode = self.top, self.mode
        bound = (
            (mode + 0.5) * math.log((mode + 1) / (self.odds * (n - mode + 1)))
            + (n + 1) * _log((n - mode + 1) / (n - k + 1))
            + (k + 0.5) * _log(self.odds * (n - k + 1) / (k + 1))
            + _stirling_tail(mode)
            + _stirling_tail(n - mode)
            - _stirling_tail(k)
            - _stirling_tail(n - k)
        )
        return _log(v * self.alpha / (self.a / (us * us) + self.b)) <= bound


def one(draw: Callable[[], float], law: Ptrs | Btrs) -> int:
    """One count, from as many tries as it takes."""
    while True:
        u, v = draw() - 0.5, draw()
        us = 0.5 - abs(u)
        if us == 0:
            continue
        k = math.floor((2 * law.a / us + law.b) * u + law.centre)
        if 0 <= k <= law.top and ((us >= _SQUEEZE and v <= law.v_r) or law.accepts(v, us, k)):
            return k


def many(generator: Generator, count: int, law: Ptrs | Btrs) -> np.ndarray:
    """`count` counts of one law: float64[count]. Each round makes a try for every count that is missing."""
    found = []
    while count:
        pairs = doubles(generator, 2 * count).reshape(-1, 2)
        u, v = pairs[:, 0] - 0.5, pairs[:, 1]
        us = 0.5 - np.abs(u)
        inside = us > 0
        us = np.where(inside, us, 0.5)
        k = np.floor((2 * law.a / us + law.b) * u + law.centre)
        inside &= (k >= 0) & (k <= law.top)
        accepted = inside & (us >= _SQUEEZE) & (v <= law.v_r)
        rest = np.flatnonzero(inside & ~accepted)
        accepted[rest] = law.accepts(v[rest], us[rest], k[rest])
        found.append(k[accepted])
        count -= found[-1].size
    return np.concatenate(found) if found else np.empty(0)
