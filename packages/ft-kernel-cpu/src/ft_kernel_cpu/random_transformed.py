"""Transformed rejection with squeeze: binomial counts of large means (BTRS).

A try takes two uniform doubles whatever comes of it. So where all elements have the same parameters, all tries are arrays (`many`);
where they differ, whose try it is depends on those before, and elements are drawn one by one (`one`). Both read the formulas of one
function, over parameters that are computed for all elements at once. Source: Hörmann, The generation of binomial random variates, 1993.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ft_core.generator import Generator

from .random_words import doubles

_SQUEEZE = 0.07  # from this distance to the edge on, v <= v_r accepts at once. Source: Hörmann 1993


_TAILS = np.array([math.lgamma(k + 1) - ((k + 0.5) * math.log(k + 1) - (k + 1) + 0.5 * math.log(2 * math.pi)) for k in range(10)])
_FIRST_TAILS = _TAILS.tolist()


def _series(k: Any) -> Any:
    square = (k + 1.0) * (k + 1.0)
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1.0)


def _tails(k: np.ndarray) -> np.ndarray:
    """log k! less Stirling's (k + 1/2) log(k + 1) - (k + 1) + log(2 pi) / 2."""
    return np.where(k < 10, _TAILS[np.minimum(k, 9).astype(np.int64)], _series(k))


def _tail(k: float) -> float:
    return _FIRST_TAILS[int(k)] if k < 10 else _series(k)


@dataclass(slots=True)
class Btrs:
    """Binomial counts; `p` is at most 1/2 and n p at least 10. Fields are numbers, or arrays of one number an element."""

    top: Any
    a: Any
    b: Any
    centre: Any
    v_r: Any
    alpha: Any
    odds: Any
    mode: Any

    @classmethod
    def of(cls, n: Any, p: Any) -> Btrs:
        """The law of n trials of probability p, arrays of one dtype; numbers are rounded to it where torch rounds them."""
        deviation = np.sqrt(n * p * (1 - p)).astype(np.float64)
        b = 1.15 + 2.53 * deviation  # source: Hörmann 1993
        a = -0.0873 + 0.0248 * b + 0.01 * p.astype(np.float64)  # source: Hörmann 1993
        alpha = (2.83 + 5.1 / b) * deviation
        rest = ((n * p).astype(np.float64) + 0.5, 0.92 - 4.2 / b, alpha)
        return cls(n.astype(np.float64), a, b, *rest, (p / (1 - p)).astype(np.float64), np.floor((n + 1) * p).astype(np.float64))


def _accepts(v: Any, us: Any, k: Any, law: tuple[Any, ...], log: Callable[[Any], Any], tail: Callable[[Any], Any]) -> Any:
    """Whether a try outside the squeeze stands; `law` the fields of a Btrs."""
    n, a, b, _, _, alpha, odds, mode = law
    bound = (
        (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1)))
        + (n + 1) * log((n - mode + 1) / (n - k + 1))
        + (k + 0.5) * log(odds * (n - k + 1) / (k + 1))
        + tail(mode)
        + tail(n - mode)
        - tail(k)
        - tail(n - k)
    )
    return log(v * alpha / (a / (us * us) + b)) <= bound


def each(law: Btrs) -> Iterator[tuple[float, ...]]:
    """The fields of a law of arrays, element by element."""
    return zip(*(getattr(law, field.name).tolist() for field in fields(law)), strict=True)


def one(uniforms: list[float], place: int, law: tuple[float, ...]) -> tuple[int, int]:
    """One count, from as many tries as it takes of the uniform numbers at `place`, and the place behind them. IndexError at their end."""
    top, a, b, centre, v_r, _, _, _ = law
    twice = 2 * a
    while True:
        u, v = uniforms[place] - 0.5, uniforms[place + 1]
        place += 2
        us = 0.5 - abs(u)
        if us == 0:
            continue
        k = math.floor((twice / us + b) * u + centre)
        if 0 <= k <= top and ((us >= _SQUEEZE and v <= v_r) or v == 0 or _accepts(v, us, k, law, math.log, _tail)):
            return k, place


def many(generator: Generator, count: int, law: Btrs) -> np.ndarray:
    """`count` counts of one law, whose fields are numbers: float64[count]. Each round makes a try for every count that is missing."""
    found = []
    numbers = tuple(getattr(law, field.name) for field in fields(law))
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
        accepted[rest] = _accepts(v[rest], us[rest], k[rest], numbers, np.log, _tails)
        found.append(k[accepted])
        count -= found[-1].size
    return np.concatenate(found) if found else np.empty(0)
