"""Permutations and draws from a list of weights: randperm and multinomial.

Same signature as all fills (`random_fill.py`). The Fisher-Yates shuffle is sequential by definition; NumPy's compiled one goes through
torch's swaps (`random_replay`).
"""

from __future__ import annotations

import numpy as np

from ft_core.generator import Generator

from .random_continuous import exponential
from .random_replay import Replay
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
        picks = generator.words32(max(n - 1, 0)) % np.arange(n, 1, -1, dtype=np.uint32)  # how far from each its partner is
        order = _swapped(picks) if n < _FEW else _shuffled(picks)
    order = order[:n]
    np.copyto(row, order.astype(np.float32) if row.dtype in HALVES else order, casting="unsafe")
    return out


def _swapped(picks: np.ndarray) -> np.ndarray:
    """Exchange elements i and i + picks[i] of the identity for i = 0, 1, ... n - 2. uint32[n - 1] -> int64[n]."""
    order = list(range(picks.size + 1))
    for i, far in enumerate(picks.tolist()):
        order[i], order[i + far] = order[i + far], order[i]
    return np.array(order, np.int64)


def _shuffled(picks: np.ndarray) -> np.ndarray:
    """Fisher and Yates by NumPy's loop, which goes from the end to the front: the same on the elements in reverse. uint32[n - 1] ->
    int64[n].
    """
    n = picks.size + 1
    order = np.arange(n - 1, -1, -1)
    Replay(n).shuffle(order, np.arange(n - 1, 0, -1, dtype=np.uint32) - picks)
    return order[::-1]


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
