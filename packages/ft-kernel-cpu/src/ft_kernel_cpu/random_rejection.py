"""Fills that draw by rejection, over torch's consumption of the stream: gamma, Dirichlet, Poisson, binomial.

How many words an element takes is known only once it has been accepted, and the next element starts there. For Poisson counts NumPy's
compiled loop goes from element to element (`random_replay`); gammas follow tables of all tries there might be (`random_gamma`); where
all binomial counts are of one large mean their tries are arrays (`random_transformed`), where they are of small means and few
probabilities they end where running sums say (`random_waits`); other binomial counts are walks in Python, in which only what surrounds
them is arrays. The generator is left where torch leaves it. Same signature as all fills (`random_fill.py`), the parameters being arrays.
"""

from __future__ import annotations

import math

import numpy as np

from ft_core.generator import Generator

from . import random_gamma, random_replay, random_waits
from .random_replay import Ahead
from .random_transformed import Btrs, each, many, one
from .random_words import BLOCK, store

_THIRD = np.float32(1) / np.float32(3)

_MANY = 256  # binomial counts for which rows of waits are made


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
    if drawn.all():
        return _gammas(generator, shape)
    values = np.zeros(shape.size)
    values[drawn] = _gammas(generator, shape[drawn])
    return values


def _gammas(generator: Generator, shape: np.ndarray) -> np.ndarray:
    small = shape < 1
    d = (np.where(small, shape + 1, shape).astype(shape.dtype, copy=False) - shape.dtype.type(_THIRD)).astype(np.float64)
    c = np.sqrt(9.0 * d)
    np.divide(1.0, c, out=c)
    boosts, cubes = random_gamma.accepted(generator, d, c, small)
    boosted = np.flatnonzero(small)
    d[boosted] *= np.power(1.0 - boosts[boosted], (1 / shape[boosted]).astype(np.float64))
    return np.multiply(cubes, d, out=cubes)


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
        counts[drawn] = random_replay.poisson(generator, rates[drawn])
    store(counts.reshape(out.shape), out)
    return out


def _equal(values: np.ndarray) -> bool:
    return values.size > 0 and bool((values == values[0]).all())


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
    with generator.lock:
        found = _binomial_counts(generator, n, p)
    result[drawn] = np.where(often, n - found, found)
    np.copyto(out, result.reshape(out.shape))
    return out


def _binomial_counts(generator: Generator, n: np.ndarray, p: np.ndarray) -> np.ndarray:
    large = n * p >= 10
    if _equal(n) and _equal(p) and large[0]:
        return many(generator, n.size, Btrs.of(n[:1], p[:1])).astype(n.dtype)
    misses = np.log1p(-p.astype(np.float64)).astype(p.dtype)
    if n.size >= _MANY and not large.any() and n.max() < random_waits.MOST and (few := random_waits.few(misses)):
        with Ahead(generator) as ahead:
            return random_waits.counts(ahead, n.astype(np.int64), few[0].astype(np.float64), few[1]).astype(n.dtype)
    counts: list[int] = []
    with Ahead(generator) as ahead:
        for start in range(0, n.size, BLOCK):
            part = slice(start, start + BLOCK)
            laws = list(each(Btrs.of(n[part][large[part]], p[part][large[part]])))[::-1]
            whole = np.where(large[part], -1.0, np.floor(n[part]))
            _binomial_walk(ahead, counts, whole.tolist(), misses[part].tolist(), laws)
    return np.array(counts, n.dtype)


def _binomial_walk(ahead: Ahead, counts: list[int], n: list[float], misses: list[float], laws: list[tuple[float, ...]]) -> None:
    """Append the counts of some elements: as many geometric waits as fit into n trials; where n is negative one of the last law, which
    is dropped.
    """
    expected, before, end = 2 * len(n) + 64, len(counts), len(counts) + len(n)
    ceil, append = math.ceil, counts.append
    while len(counts) < end:
        words = ahead.have(expected)
        uniforms = words * 2.0**-53
        values, logs, place, start = uniforms.tolist(), np.log(uniforms).tolist(), 0, 0
        rest = slice(len(counts) - before, None)
        try:
            for left, log_miss in zip(n[rest], misses[rest], strict=True):
                start = place
                if left < 0:
                    count, place = one(values, place, laws[-1])
                    laws.pop()
                    append(count)
                    continue
                wait = logs[place] / log_miss
                place += 1
                while wait <= left:
                    left -= ceil(wait)  # the trials that are left
                    wait = logs[place] / log_miss
                    place += 1
                append(place - start - 1)
            start = place
        except IndexError:  # the words end within an element, which begins anew with more of them
            expected = max(expected, 2 * (len(words) - start))
        ahead.use(start)
