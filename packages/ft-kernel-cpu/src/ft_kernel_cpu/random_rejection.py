"""Fills that draw by rejection, over torch's consumption of the stream: gamma, Dirichlet, Poisson, binomial.

How many words an element takes is known only once it has been accepted, and the next element starts there: these walks go from
element to element, as the stream does, and only what surrounds them is arrays. `_Draws` never takes a word too many, so the
generator is left where torch leaves it. Same signature as all fills (`random_fill.py`), the parameters being arrays.
Sources: Marsaglia and Tsang 2000 (gamma), Hörmann 1993 (PTRS for Poisson, BTRS for binomial).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ft_core.generator import Generator

from .random_words import doubles, store

_SQUEEZE = float(np.float32(0.0331))  # source: Marsaglia and Tsang 2000, in the precision torch states it
_THIRD = np.float32(1) / np.float32(3)


class _Draws:
    """Uniform doubles one by one; each element yet to come takes at least one, so that many are drawn ahead."""

    def __init__(self, generator: Generator, elements: int) -> None:
        self.left = elements  # elements that have not ended, the present one among them
        self.next: Callable[[], float] = self._values(generator).__next__

    def _values(self, generator: Generator) -> Iterator[float]:
        while True:
            yield from doubles(generator, self.left).tolist()


def standard_gamma(generator: Generator, out: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Gamma(alpha, 1) into a float array of alpha's shape, at least its smallest normal number.

    Each try takes a normal sample and 2 words, after 2 words that an alpha below 1 costs.
    """
    wide = gamma_doubles(generator, alpha)
    narrow = wide.astype(out.dtype).reshape(out.shape)
    tiny = np.finfo(out.dtype).tiny
    np.copyto(out, np.where(narrow > tiny, narrow, tiny))
    return out


def gamma_doubles(generator: Generator, alpha: np.ndarray) -> np.ndarray:
    """Gamma(alpha, 1) as doubles, the parameters rounded to alpha's dtype as torch rounds them: float64[alpha.size]."""
    shape = np.ascontiguousarray(alpha).reshape(-1)
    drawn = shape != 0
    shape = shape[drawn]
    small = shape < 1
    d = (np.where(small, shape + 1, shape).astype(shape.dtype) - shape.dtype.type(_THIRD)).astype(np.float64)
    c = 1.0 / np.sqrt(9.0 * d)
    with generator.lock:
        boosts, cubes = _gamma_walk(generator, d.tolist(), c.tolist(), small.tolist())
    scale = np.where(small, np.power(1.0 - np.array(boosts), (1 / shape).astype(np.float64)), 1.0)
    values = np.zeros(alpha.size)
    values[drawn] = scale * d * np.array(cubes)
    return values


def _gamma_walk(generator: Generator, d: list[float], c: list[float], small: list[bool]) -> tuple[list[float], list[float]]:
    """Per element the uniform that boosts a small shape (0 where there is none) and the accepted cube (1 + c x)^3."""
    draws = _Draws(generator, len(d))
    draw, log, sqrt = draws.next, math.log, math.sqrt
    boosts, cubes = [], []
    for d_i, c_i, boosted in zip(d, c, small, strict=True):
        boosts.append(draw() if boosted else 0.0)
        while True:
            y = 0.0
            while y <= 0:
                if generator.normal is None:
                    angle = draw() * (2.0 * math.pi)
                    radius = sqrt(math.log1p(-draw()) * -2.0)
                    x, generator.normal = radius * math.cos(angle), radius * math.sin(angle)
                else:
                    x, generator.normal = generator.normal, None
                y = 1.0 + c_i * x
            v, u, square = y * y * y, 1.0 - draw(), x * x
            if u < 1.0 - _SQUEEZE * square * square or log(u) < 0.5 * square + d_i * (1.0 - v + log(v)):
                break
        cubes.append(v)
        draws.left -= 1
    return boosts, cubes


def dirichlet(generator: Generator, out: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Dirichlet(alpha) along the last dimension: gammas in double precision over their sum, kept inside (0, 1)."""
    gammas = gamma_doubles(generator, alpha.astype(np.float64)).reshape(alpha.shape)
    shares = (gammas / gammas.sum(-1, keepdims=True) if gammas.ndim else gammas / gammas).astype(out.dtype)
    below_one = np.nextafter(out.dtype.type(1), out.dtype.type(0))
    np.copyto(out, np.clip(shares, np.finfo(out.dtype).tiny, below_one))
    return out


def poisson(generator: Generator, out: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Poisson counts into a float array; 4 words a try for rates of 10 and more, else 2 for each event and 2; a rate of 0: none.

    RuntimeError for a negative rate or NaN.
    """
    rates = np.ascontiguousarray(rate).reshape(-1).astype(np.float64)
    if not np.all(rates >= 0):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative; found a negative number or NaN")
    drawn = np.flatnonzero(rates)
    counts = np.zeros(rates.size)
    with generator.lock:
        draws = _Draws(generator, drawn.size)
        found = []
        for each in rates[drawn].tolist():
            found.append(_poisson_many(draws.next, each) if each >= 10 else _poisson_few(draws.next, each))
            draws.left -= 1
    counts[drawn] = found
    store(counts.reshape(out.shape), out)
    return out


def _poisson_few(draw: Callable[[], float], rate: float) -> int:
    """Events until a product of uniforms falls below exp(-rate)."""
    floor, product, events = math.exp(-rate), draw(), 0
    while product > floor:
        events += 1
        product *= draw()
    return events


def _poisson_many(draw: Callable[[], float], rate: float) -> int:
    """Transformed rejection with squeeze; its constants are the paper's. Source: Hörmann 1993, algorithm PTRS."""
    root, log_rate = math.sqrt(rate), math.log(rate)
    b = 0.931 + 2.53 * root  # source: Hörmann 1993
    a = -0.059 + 0.02483 * b  # source: Hörmann 1993
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)  # source: Hörmann 1993
    v_r = 0.9277 - 3.6224 / (b - 2)  # source: Hörmann 1993
    while True:
        u, v = draw() - 0.5, draw()
        us = 0.5 - abs(u)
        if us == 0:
            continue
        k = math.floor((2 * a / us + b) * u + rate + 0.43)
        if us >= 0.07 and v <= v_r:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if _log(v) + math.log(inverse_alpha) - math.log(a / (us * us) + b) <= -rate + k * log_rate - math.lgamma(k + 1.0):
            return k


def _log(x: float) -> float:
    """C's log: -inf at 0."""
    return math.log(x) if x > 0 else -math.inf


def binomial(generator: Generator, out: np.ndarray, count: np.ndarray, prob: np.ndarray) -> np.ndarray:
    """Successes in `count` trials of probability `prob`, both broadcast to `out`'s shape and of its dtype.

    2 words for each success and 2 where the mean of the rarer side is below 10, else 4 a try; counts and probabilities that leave
    no doubt take none. NaN where prob is NaN.
    """
    trials = np.broadcast_to(count, out.shape).reshape(-1)
    chances = np.broadcast_to(prob, out.shape).reshape(-1)
    result = np.where((trials <= 0) | (chances <= 0), 0, np.where(chances >= 1, trials, np.nan)).astype(out.dtype)
    drawn = np.flatnonzero((trials > 0) & (chances > 0) & (chances < 1))
    n, p = trials[drawn], chances[drawn]
    often = p > 0.5
    p = np.where(often, (1.0 - p).astype(p.dtype), p)
    many = n * p >= 10
    with generator.lock:
        found = _binomial_walk(generator, n, p, many)
    result[drawn] = np.where(often, n - found, found)
    np.copyto(out, result.reshape(out.shape))
    return out


def _binomial_walk(generator: Generator, n: np.ndarray, p: np.ndarray, many: np.ndarray) -> np.ndarray:
    draws = _Draws(generator, n.size)
    found: list[int] = []
    for trials, setup, chance in zip(n.tolist(), _btrs_setup(n, p), p.tolist(), strict=True):
        if many[len(found)]:
            found.append(_btrs(draws.next, trials, *setup))
        else:
            log_miss = float(p.dtype.type(math.log1p(-chance)))
            found.append(_binomial_few(draws.next, trials, log_miss))
        draws.left -= 1
    return np.array(found, n.dtype)


def _binomial_few(draw: Callable[[], float], trials: float, log_miss: float) -> int:
    """Geometric waits that fit into the trials."""
    waited, successes = 0.0, 0
    while True:
        u = draw()
        wait = math.log(u) / log_miss if u > 0 else math.inf
        if wait > trials:
            return successes
        waited += math.ceil(wait)
        if waited > trials:
            return successes
        successes += 1


def _btrs_setup(n: np.ndarray, p: np.ndarray) -> list[tuple[Any, ...]]:
    """The parameters of `_btrs`, rounded to the dtype where torch rounds them. Source: Hörmann 1993, algorithm BTRS."""
    deviation = np.sqrt(n * p * (1 - p)).astype(np.float64)
    b = 1.15 + 2.53 * deviation  # source: Hörmann 1993
    a = -0.0873 + 0.0248 * b + 0.01 * p.astype(np.float64)  # source: Hörmann 1993
    centre = (n * p).astype(np.float64) + 0.5
    v_r = 0.92 - 4.2 / b
    odds = (p / (1 - p)).astype(np.float64)
    alpha = (2.83 + 5.1 / b) * deviation
    mode = np.floor((n + 1) * p).astype(np.float64)
    return list(zip(*(column.tolist() for column in (a, b, centre, v_r, odds, alpha, mode)), strict=True))


def _btrs(
    draw: Callable[[], float], n: float, a: float, b: float, centre: float, v_r: float, odds: float, alpha: float, mode: float
) -> int:
    while True:
        u, v = draw() - 0.5, draw()
        us = 0.5 - abs(u)
        if us == 0:
            continue
        k = math.floor((2 * a / us + b) * u + centre)
        if k < 0 or k > n:
            continue
        if us >= 0.07 and v <= v_r:
            return k
        bound = (
            (mode + 0.5) * math.log((mode + 1) / (odds * (n - mode + 1)))
            + (n + 1) * math.log((n - mode + 1) / (n - k + 1))
            + (k + 0.5) * math.log(odds * (n - k + 1) / (k + 1))
            + _stirling_tail(mode)
            + _stirling_tail(n - mode)
            - _stirling_tail(k)
            - _stirling_tail(n - k)
        )
        if _log(v * alpha / (a / (us * us) + b)) <= bound:
            return k


_TAILS = [math.lgamma(k + 1) - ((k + 0.5) * math.log(k + 1) - (k + 1) + 0.5 * math.log(2 * math.pi)) for k in range(10)]


def _stirling_tail(k: float) -> float:
    """log k! less Stirling's (k + 1/2) log(k + 1) - (k + 1) + log(2 pi) / 2."""
    if k < 10:
        return _TAILS[int(k)]
    square = (k + 1.0) * (k + 1.0)
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1.0)
