"""Permutations and draws from a list of weights: randperm and multinomial.

Same signature as all fills (`random_fill.py`). The Fisher-Yates shuffle is sequential by definition; here its swaps are resolved
all at once by following where each value came from, which gives the same permutation.
"""

from __future__ import annotations

import numpy as np

from ft_core.generator import Generator

from .random_continuous import exponential
from .random_words import HALVES, doubles, flat

_FEW = 512  # below this the swaps themselves are quicker
_HUGE = (2**32 - 1) // 20  # from here on torch takes the inside-out variant with 64-bit draws


def randperm(generator: Generator, out: np.ndarray, n: int | None = None) -> np.ndarray:
    """A random permutation of 0 .. n - 1 (n = out.size) in any dtype; n - 1 words (2n from 214748364 elements on)."""
    row = flat(out)
    n = row.size if n is None else n
    if n >= _HUGE:
        order = _inside_out(generator, n)
    else:
        remaining = np.arange(n, 1, -1, dtype=np.uint32)
        targets = np.arange(n, dtype=np.int64)
        targets[: n - 1] += generator.words32(max(n - 1, 0)) % remaining
        order = _swapped(targets) if n < _FEW else _resolved(targets)
    np.copyto(row, order.astype(np.float32) if row.dtype in HALVES else order, casting="unsafe")
    return out


def _swapped(targets: np.ndarray) -> np.ndarray:
    """Exchange elements i and targets[i] for i = 0, 1, ... of the identity."""
    order = list(range(targets.size))
    for i, j in enumerate(targets.tolist()):
        order[i], order[j] = order[j], order[i]
    return np.array(order, np.int64)


def _resolved(targets: np.ndarray) -> np.ndarray:
    """`_swapped` without the sequence. int64[n] -> int64[n].

    Swap i fixes element i as what lies at j = targets[i] and leaves there what lay at i. So what lies at a place is what the last
    earlier swap t with that target left there, the content of place t at time t; where there is none, it is the place's own number.
    """
    n = targets.size
    times = _stable_order(targets)  # swaps by target, then by time
    places = targets.take(times)
    changes = places[1:] != places[:-1]
    before = np.full(n, -1, np.int64)  # before[i]: the last swap earlier than i with i's target, or -1
    before[times[1:]] = np.where(changes, -1, times[:-1])
    ends = np.append(np.flatnonzero(changes), n - 1)
    source = np.arange(n)  # source[i]: the last swap earlier than i that put something at place i, or i itself
    source[places.take(ends)] = times.take(ends)
    own = np.flatnonzero(targets == np.arange(n))
    source[own] = np.where(before.take(own) < 0, own, before.take(own))
    while True:  # follow the sources to their roots, doubling the step
        further = source.take(source)
        if np.array_equal(further, source):
            return np.where(before < 0, targets, source.take(before, mode="wrap"))
        source = further


def _stable_order(keys: np.ndarray) -> np.ndarray:
    """argsort(keys, kind="stable") for keys below 2**32, which NumPy sorts by radix only in 16 bits: four times faster for
    10**6.
    """
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if keys.size <= 1 << 16:
        return order
    return order.take(np.argsort((keys >> 16).astype(np.uint16).take(order), kind="stable"))


def _inside_out(generator: Generator, n: int) -> np.ndarray:
    """torch's shuffle where 32-bit remainders would be uneven; 2n words, one step after the other."""
    order = np.arange(n)
    cells = order.data
    for start in range(0, n, 1 << 20):
        stop = min(start + (1 << 20), n)
        slots = generator.words64(stop - start) % np.arange(start + 1, stop + 1, dtype=np.uint64)
        for i, z in enumerate(slots.tolist(), start):
            cells[i], cells[z] = cells[z], i
    return order


def multinomial(generator: Generator, out: np.ndarray, weights: np.ndarray, replacement: bool = False) -> np.ndarray:
    """Indices of `weights` [categories] or [rows, categories], float, drawn into int64 `out` [samples] or [rows, samples].

    With replacement (and more than one sample): the inverse distribution function at uniform doubles, 2 words a sample. Else the
    samples largest values of weight / exponential in the weights' dtype, 2 words a weight; of equal values the first wins, where
    torch's order in half types is its selection algorithm's.
    """
    rows, samples = weights.reshape(-1, weights.shape[-1]), out.reshape(-1, out.shape[-1])
    if replacement and out.shape[-1] > 1:
        _with_replacement(generator, samples, rows)
        return out
    race = np.empty(rows.shape, rows.dtype)
    exponential(generator, race, 1.0)
    np.divide(rows, race, out=race)
    if out.shape[-1] == 1:
        samples[:, 0] = np.argmax(race, axis=1)
    else:
        np.copyto(samples, np.argsort(-race, axis=1, kind="stable")[:, : out.shape[-1]])
    return out


def _with_replacement(generator: Generator, samples: np.ndarray, rows: np.ndarray) -> None:
    wide = np.float32 if rows.dtype in HALVES else rows.dtype
    heights = np.cumsum(rows, axis=1, dtype=wide)
    top = heights[:, -1:].copy()
    np.divide(heights, np.where(top > 0, top, 1), out=heights)
    with generator.lock:
        drawn = doubles(generator, samples.size).reshape(samples.shape)
    for sample, line, values in zip(samples, heights, drawn, strict=True):
        sample[...] = line.searchsorted(values)
