"""Binomial counts of small means as geometric waits, and links that are followed in C.

An element counts how many waits ceil(log u / log(1 - p)) fit into its n trials, one after the other, and the next element begins behind
the first that does not. For one p the waits of a stretch of the stream add up to a rising row, in which the end of an element is found
by bisection from wherever it begins.
"""

from __future__ import annotations

import bisect
import contextlib
import itertools
import operator
from array import array

import numpy as np

from .random_replay import Ahead

FEW = 4
"""Different probabilities for which rows are made."""
MOST = 1 << 40
"""Trials of an element that rows can add up."""
_STRETCH = 1 << 13  # words at a time
_LEVELS = 4  # links are followed 2 ** 4 at a time


def few(values: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The different values, and which of them each is, or None where there are more than `FEW`."""
    different: list[float] = []
    which, new = np.zeros(values.size, np.int64), np.ones(values.size, np.bool_)
    while new.any():
        if len(different) == FEW:
            return None
        different.append(values[new.argmax()])
        same = values == different[-1]
        which[same] = len(different) - 1
        new &= ~same
    return np.array(different, values.dtype), which


def counts(ahead: Ahead, n: np.ndarray, misses: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Waits that fit: n int64[elements] < MOST, misses float64[chances], the logarithms of 1 - p, which int64[elements] -> int64[elements]."""
    found = np.empty(n.size, np.int64)
    longest = int(n.max(initial=0)) + 1
    equal = misses.size == 1 and bool((n == n[:1]).all())
    done, size = 0, min(_STRETCH, 12 * n.size)
    while done < n.size:
        logs = np.log(ahead.have(size)[:size] * 2.0**-53)
        rows = np.zeros((misses.size, size + 1), np.int64)
        waits = np.minimum(np.ceil(logs / misses[:, None]), longest)
        np.cumsum(waits, axis=1, dtype=np.int64, out=rows[:, 1:])
        rest = slice(done, done + size)
        if equal:
            ends = np.searchsorted(rows[0], rows[0] + n[0], "right")
            begins = followed(ends, 0, n.size - done)
        else:
            begins = _bisected(rows, n[rest], which[rest])
        got = min(begins.size - 1, n.size - done)
        if not got:
            size *= 2  # an element that takes more words than there are
            continue
        found[done : done + got] = np.diff(begins[: got + 1]) - 1
        ahead.use(int(begins[got]))
        done += got
    return found


def _bisected(rows: np.ndarray, n: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Where elements begin, and where the last one ends, as far as the rows go."""
    lists = rows.tolist()
    row_of = operator.itemgetter(0, *which.tolist())(lists)[1:]
    places = [0]
    with contextlib.suppress(IndexError):
        places.extend(map(bisect.bisect_right, row_of, map(operator.add, map(operator.getitem, row_of, places), n.tolist())))
    begins = np.frombuffer(array("q", places), np.int64)
    return begins[begins < rows.shape[1]]


def followed(links: np.ndarray, start: int, count: int) -> np.ndarray:
    """`start`, the link there, the link at that place, and so on: count + 1 places, fewer where a link leads out of the table."""
    end = links.size
    jumps = [np.append(np.minimum(links, end), end)]
    for _ in range(_LEVELS):
        jumps.append(jumps[-1].take(jumps[-1]))
    places = [start]
    far = jumps.pop()[:end].data
    with contextlib.suppress(IndexError):
        places.extend(map(operator.getitem, itertools.repeat(far, count >> _LEVELS), places))
    found = np.array(places)
    for jump in reversed(jumps):
        found = np.stack([found, jump.take(found)], 1).reshape(-1)
    found = found[: count + 1]
    return found[found < end]
