"""Marsaglia and Tsang's trials at every place of a stretch of the stream, decided for classes of shapes, and tables of what follows.

A trial takes a normal sample x and a uniform number u. It depends on the stream where it begins, and on the element only by way of
c = 1 / sqrt(9 d), d being the shape less a third (an element below 1 is drawn as if it were larger by 1, and takes a uniform number
more before its first trial). Nine trials of ten are accepted whatever c is (u < 1 - 0.0331 x^4). The others are where log u < h =
x^2 / 2 + d (1 - v + log v), v = (1 + c x)^3; h / x^2 is a function of c x alone that falls with its size, so the trial is accepted up to
some critical c, rejected from there, and where x is negative drawn anew, without taking u, from c = -1 / x. Of elements of like c,
which are a class, most trials decide in the same way.

All is in single precision and by interpolation, with margins for the errors; what is too close to call is left out of the tables.
Source: Marsaglia and Tsang 2000.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

SQUEEZE = float(np.float32(0.0331))  # source: Marsaglia and Tsang 2000, in the precision torch states it
LONGEST = (
    1 << 15
)  # words of a stretch, whose states are 16-bit numbers: the tables of ten classes then fit into a second-level cache
SINK = 0xFFFF  # the state behind what is not decided
_NEAR = 2e-3  # relative, of a critical c
_MARGIN = 1e-4  # of the squeeze: ten times what single precision leaves open
_LARGEST = 0.41  # c of shape 1 is 0.408; to it 1 + c x is positive where the squeeze accepts
_HUGE = 1e-5  # below this c rounding errors of h are larger than h
_CLASSES = 30  # per unit of c^2, to which the chance of a rejection is proportional: 1 % within a class
_CELLS = 4096  # of a table
_ROUNDS = 4  # trials of one element in a table
_UNIT = np.float32(2.0**-53)

_ACCEPT, _REJECT, _REDRAW, _UNSURE = range(4)
# Trials: the cosine of a pair of words, its sine in the next trial, its sine after a boost, its sine where the cosine was below -1 / c
_COSINE, _SINE, _BOOSTED, _INSTEAD = range(4)
_UNIFORM = (2, 3, 4, 2)  # where u lies, counted from the pair
_BEHIND = np.array([0, 4, 5, 3])  # where the next element begins (a cosine leaves its sine to it instead)
_NEXT = np.array([0, 0, 0, 0, _SINE, 0, 0, 0, _INSTEAD, 0, 0, 0])  # the trial after a trial, by 4 * decision + trial
_FURTHER = np.array([0, 0, 0, 0, 0, 4, 5, 3, 0, 3, 4, 2])  # how far on its pair lies


@dataclass(slots=True)
class Classes:
    """The class of each element, and of each class the least and largest c and whether its elements are small. NaN as the largest stands
    for a class in which nothing but the squeeze is sure; elements of the last class, one more than there are, have no table.
    """

    of: np.ndarray
    low: np.ndarray
    high: np.ndarray
    small: np.ndarray
    noise: float  # log u above this is not told from h
    apart: int  # elements in classes for which nothing but the squeeze is sure, or not even that

    @classmethod
    def among(cls, c: np.ndarray, small: np.ndarray) -> Classes:
        """Classes of elements of these c: float64[n], bool[n]."""
        regular = c <= _LARGEST  # not so for NaN and for what torch makes of negative shapes
        key = np.where(regular, c, 0.0)
        key = np.where(key < _HUGE, 0, 1 + key * key * _CLASSES).astype(np.int64)
        key += 8 * small
        key[~regular] = 16
        sizes = np.bincount(key, minlength=17)
        present = np.flatnonzero(sizes[:16])
        number = np.full(17, present.size)
        number[present] = np.arange(present.size)
        members = [c[key == k] for k in present]
        high = np.array([m.max() for m in members])
        high[high < _HUGE] = np.nan
        largest = 1.0 / (9.0 * np.min(c, initial=1.0, where=c >= _HUGE) ** 2)
        return cls(
            number[key], np.array([m.min() for m in members]), high, present >= 8, -1e-12 * largest, int(sizes[[0, 8, 16]].sum())
        )


class Trials:
    """Tables for a stretch of the stream. A state is where an element begins: at place p with no sample left, or, `size` + q, three words
    behind the pair of words at q, whose sine is left. `following` leads from state to state, uint16[classes, 2 * size].
    """

    def __init__(self, words: np.ndarray, classes: Classes, scratch: np.ndarray) -> None:
        """Tables of int64[n] words, n at most LONGEST, in the memory of `scratch`, uint16[2, at least 2 * n * classes]."""
        self.words, self.classes, self.size = words, classes, words.size - 8
        self._scratch, self._low, self._high = scratch, classes.low.astype(np.float32), classes.high.astype(np.float32)
        self._rest = (1 << 53) - words
        u = self._rest.astype(np.float32) * _UNIT
        radius = np.sqrt(np.log(u[1:]) * np.float32(-2))
        angle = words[:-1].astype(np.float32) * (_UNIT * np.float32(2 * math.pi))
        self._samples = np.stack([(radius * np.cos(angle))[: self.size], (radius * np.sin(angle))[: self.size]])
        self._flat = self._samples.reshape(-1)
        self._critical = np.full(4 * self.size, np.inf, np.float32)
        self._open: list[tuple[np.ndarray, np.ndarray]] = []  # trials that not all classes accept, and up to which c they do
        self._decide(u)
        self.following, self._trials = self._tables()

    def _decide(self, u: np.ndarray) -> None:
        small, large = bool(self.classes.small.any()), not self.classes.small.all()
        square = self._samples * self._samples
        bound = np.float32(1 - _MARGIN) - np.float32(SQUEEZE) * square * square
        cosine = bound
        for kind, at in enumerate(_UNIFORM):
            beyond = u[at : at + self.size] >= bound[min(kind, 1)]
            if kind == _COSINE:
                cosine = beyond
            elif kind == _SINE and not large:  # only in an element whose cosine was rejected
                beyond &= cosine
            elif kind == _BOOSTED and not small:
                beyond[:] = False
            elif kind == _INSTEAD:
                beyond &= self._samples[0] < -0.99 / _LARGEST
            pairs = np.flatnonzero(beyond)
            critical = self._critical_of(self._samples[min(kind, 1)].take(pairs), self._rest.take(pairs + at))
            self._critical[kind * self.size + pairs] = critical
            self._open.append((pairs, (critical * (1 - _NEAR)).astype(np.float32)))

    def _critical_of(self, samples: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """The c at which h = log u."""
        x, log_u = samples.astype(np.float64), np.log(rest * 2.0**-53)
        low, scale, ratios, slopes = _grid()
        side = np.sqrt(-12.0 * log_u) / x
        np.clip(side, low, low + ratios.size / scale, out=side)
        at = (side - low) * scale
        cell = np.minimum(at.astype(np.int64), ratios.size - 1)
        critical = (ratios.take(cell) + (at - cell) * slopes.take(cell)) * side / x
        critical[(np.abs(x) < 0.05) | (log_u > self.classes.noise)] = np.nan
        return critical

    def _tables(self) -> tuple[np.ndarray, np.ndarray]:
        size, classes = self.size, self.classes
        whole, apart = self._scratch[
            :, : 2 * size * classes.small.size
        ]  # the latter is written and read only apart from acceptances
        following = whole.reshape(classes.small.size, 2 * size)
        np.take(_accepting(size), classes.small.view(np.int8), axis=0, out=following, mode="clip")
        kinds, pairs, rows, states = [], [], [], []
        for small in (0, 1):
            among = np.flatnonzero(classes.small == small)
            for kind, back in ((_COSINE, small), (_SINE + small, -size)):
                places, bounds = self._open[kind]
                row, found = np.nonzero(~(bounds > self._high[among][:, None]))
                row, found = among[row], places[found]
                if small and kind == _COSINE:
                    row, found = row[found > 0], found[found > 0]
                kinds.append(np.full(found.size, kind))
                pairs.append(found)
                states.append(found + (2 * size * row - back))
                rows.append(row)
        at = np.concatenate(states)
        found, trials = self._settled(*map(np.concatenate, (kinds, pairs, rows)))
        whole[at] = found
        apart[at] = trials
        return following, apart

    def _settled(self, kinds: np.ndarray, pairs: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The state after these trials and those that follow them in the same element, and the trial accepted."""
        following, trials = np.full(kinds.size, SINK), np.zeros(kinds.size, np.int64)
        open_ = np.arange(kinds.size)
        for _ in range(_ROUNDS):
            decision = self._decided(kinds, pairs, rows)
            done = np.flatnonzero(decision == _ACCEPT)
            kind, place = kinds.take(done), pairs.take(done)
            state = place + np.where(kind == _COSINE, self.size, _BEHIND.take(kind))
            state[(kind != _COSINE) & (state >= self.size)] = SINK
            done = open_.take(done)
            following[done], trials[done] = state, 2 * place + (kind != _COSINE)
            step = 4 * decision + kinds
            more = np.flatnonzero((decision == _REJECT) | (decision == _REDRAW))
            step = step.take(more)
            pairs = pairs.take(more) + _FURTHER.take(step)
            inside = np.flatnonzero(pairs < self.size)
            more = more.take(inside)
            open_, kinds, pairs, rows = open_.take(more), _NEXT.take(step.take(inside)), pairs.take(inside), rows.take(more)
        return following, trials

    def _decided(self, kinds: np.ndarray, pairs: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """What becomes of trials in all of a class, or that this is not sure."""
        critical, low, high = self._critical.take(kinds * self.size + pairs), self._low.take(rows), self._high.take(rows)
        zero = -1 / np.minimum(self._flat.take(np.minimum(kinds, 1) * self.size + pairs), np.float32(-1e-3))  # there 1 + c x = 0
        decision = np.full(kinds.size, _UNSURE)
        decision[(low > critical * (1 + _NEAR)) & (high < zero * (1 - _NEAR))] = _REJECT
        decision[low > zero * (1 + _NEAR)] = _REDRAW
        decision[critical * (1 - _NEAR) > high] = _ACCEPT
        return decision

    def after(self, state: int, c: float, small: bool) -> tuple[int, int] | None:
        """The state after one element and the trial accepted, or None if this is not sure."""
        if c < _HUGE or not c <= _LARGEST:
            return None
        kind, pair = (_COSINE, state + small) if state < self.size else (_SINE + small, state - self.size)
        while pair < self.size:
            critical = self._critical.item(kind * self.size + pair)
            zero = -1 / min(self._samples.item(min(kind, 1), pair), -1e-3)
            if c < critical * (1 - _NEAR):
                return pair + (self.size if kind == _COSINE else int(_BEHIND[kind])), 2 * pair + (kind != _COSINE)
            if c > zero * (1 + _NEAR):
                step = 4 * _REDRAW + kind
            elif c > critical * (1 + _NEAR) and c < zero * (1 - _NEAR):
                step = 4 * _REJECT + kind
            else:
                return None
            pair, kind = pair + int(_FURTHER[step]), int(_NEXT[step])
        return None

    def accepted(self, states: np.ndarray, classes: np.ndarray, small: np.ndarray) -> np.ndarray:
        """The trials accepted in elements: twice the place of the pair, and one more for the sine. Anything where the tables do not tell."""
        small = small.view(np.int8)
        sines = states >= self.size
        trials = 2 * states + np.where(sines, np.int32(1 - 2 * self.size), small << np.int8(1))
        usual = states + small + np.where(sines, np.int32(4 - self.size), np.int32(self.size))
        at = states + classes * (2 * self.size)
        apart = np.flatnonzero(self.following.take(at, mode="clip") != usual)
        trials[apart] = self._trials.take(at[apart], mode="clip")
        return trials


@functools.lru_cache(4)
def _accepting(size: int) -> np.ndarray:
    """`following` of elements that are not small and of small ones, if all first trials were accepted: uint16[2, 2 * size]."""
    places = np.arange(size, dtype=np.int32)
    table = np.empty((2, 2, size), np.int32)
    for small in (0, 1):
        table[small] = places + np.int32(size + small), places + np.int32(4 + small)
        table[small, 0, size - small :] = table[small, 1, size - 4 - small :] = SINK
    return table.reshape(2, -1).astype(np.uint16)


@functools.cache
def _grid() -> tuple[float, float, np.ndarray, np.ndarray]:
    """c x where h = log u, over s = sqrt(-12 log u) / x, from the s^2 that belongs to it, (c x)^2 (1 - 4 c x / 5 + ...): the least s, cells
    per unit of s, and for each cell the ratio of c x to s where it begins and how much it grows.
    """
    z = np.concatenate([-np.linspace(0.9995, 0.01, 1 << 15), np.linspace(0.01, 5, 1 << 16)])
    s = np.sign(z) * np.sqrt(-12 * (0.5 + (1 - (1 + z) ** 3 + 3 * np.log1p(z)) / (9 * z * z)))
    ends = np.linspace(s[0], s[-1], _CELLS + 1)
    ratios = np.interp(ends, s, z / s)
    return float(s[0]), float(_CELLS / (s[-1] - s[0])), ratios[:-1], np.diff(ratios)
