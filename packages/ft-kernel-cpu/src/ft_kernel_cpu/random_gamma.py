"""Gamma samples: where each element begins is found by following the tables of `random_trials`, by a list that extends itself, in C.

An element for which the tables have no answer is drawn exactly by `one_by_one`; so are a few elements, sooner than tables are made, and
shapes beyond 10^9, whose trials are decided by rounding errors.
The values are computed from the words in double precision, once it is known which ones they are.
"""

from __future__ import annotations

import contextlib
import math
import operator
from array import array
from collections.abc import Iterator

import numpy as np

from ft_core.generator import Generator

from .random_replay import Ahead
from .random_trials import LONGEST, SINK, SQUEEZE, Classes, Trials
from .random_words import BLOCK, libm

_FEW = 1024  # elements that are drawn sooner than tables are made
_STRETCH = LONGEST  # words that tables are made for
_RUN = 512  # elements that are followed at a time: an interruption costs a copy of the rest
_NEAR_END = 80  # words that one element hardly ever takes

_Exact = tuple[slice, list[float], list[float]]  # elements, their boosts and their cubes


def one_by_one(
    uniforms: Iterator[float], kept: float | None, d: list[float], c: list[float], small: list[bool]
) -> tuple[list[float], list[float], float | None]:
    """Per element the uniform that boosts a small shape (0 where there is none) and the accepted cube (1 + c x)^3; the normal sample left.

    StopIteration where there are too few uniforms.
    """
    draw, log, sqrt = uniforms.__next__, math.log, math.sqrt
    boosts, cubes = [], []
    for d_i, c_i, boosted in zip(d, c, small, strict=True):
        boosts.append(draw() if boosted else 0.0)
        while True:
            y = 0.0
            while y <= 0:
                if kept is None:
                    angle = draw() * (2.0 * math.pi)
                    radius = sqrt(math.log1p(-draw()) * -2.0)
                    x, kept = radius * math.cos(angle), radius * math.sin(angle)
                else:
                    x, kept = kept, None
                y = 1.0 + c_i * x
            v, u, square = y * y * y, 1.0 - draw(), x * x
            if u < 1.0 - SQUEEZE * square * square or log(u) < 0.5 * square + d_i * (1.0 - v + log(v)):
                break
        cubes.append(v)
    return boosts, cubes, kept


class _Draw:
    """Cubes and boosts of elements, one stretch of the stream after the other."""

    def __init__(self, ahead: Ahead, d: np.ndarray, c: np.ndarray, small: np.ndarray, classes: Classes) -> None:
        self.ahead, self.d, self.c, self.small, self.classes = ahead, d, c, small, classes
        self.boosts, self.cubes = np.zeros(c.size), np.empty(c.size)
        self.scratch = np.empty((2, 2 * _STRETCH * classes.small.size), np.uint16)
        self.done = 0
        self.place = 0  # of the next element, counted from the words at hand
        self.pair: int | None = None  # where the pair lies whose sine is left

    def exactly(self, part: slice, kept: float | None) -> _Exact:
        """Draw elements without tables, from `place`: which, their boosts and their cubes."""
        parameters = self.d[part].tolist(), self.c[part].tolist(), self.small[part].tolist()
        count = 4 * len(parameters[0]) + 12
        while True:
            uniforms = iter((self.ahead.have(self.place + count)[self.place : self.place + count] * 2.0**-53).tolist())
            try:
                boosts, cubes, kept = one_by_one(uniforms, kept, *parameters)
                break
            except StopIteration:
                count *= 2
        self.place += count - operator.length_hint(uniforms)
        self.pair = None if kept is None else self.place - 3
        return part, boosts, cubes

    def left(self) -> float | None:
        """The sine that is left."""
        return None if self.pair is None else _sine(*(self.ahead.words[self.pair : self.pair + 2] * 2.0**-53).tolist())

    def stand(self, state: int, size: int) -> None:
        """Go to a state of tables of this size."""
        self.pair, self.place = (None, state) if state < size else (state - size, state - size + 3)

    def drop(self) -> None:
        """The words at hand begin where they are still needed."""
        begin = self.place if self.pair is None else self.pair
        self.ahead.use(begin)
        self.place, self.pair = self.place - begin, None if self.pair is None else 0

    def stretch(self) -> None:
        """Go on by the words of one stretch, or to the last element."""
        self.drop()
        size = min(_STRETCH, 4 * (self.c.size - self.done) + 4 * _NEAR_END)
        tables = Trials(self.ahead.have(size)[:size], self.classes, self.scratch)
        first = self.done
        states, apart, exact = self._follow(tables, self.classes.of[first : first + tables.size])
        self.done += states.size
        self._values(tables, states, apart, slice(first, self.done))
        for part, boosts, cubes in exact:
            self.boosts[part], self.cubes[part] = boosts, cubes

    def _follow(self, tables: Trials, classes: np.ndarray) -> tuple[np.ndarray, dict[int, int], list[_Exact]]:
        """The states in which elements begin, and of those that the tables leave open the trials accepted, or all there is to know."""
        rows = [*(row.data for row in tables.following), memoryview(b"")]
        row_of = operator.itemgetter(*classes.tolist(), 0)(rows) if classes.any() else (rows[0],) * classes.size
        state = self.place if self.pair is None else tables.size
        states: list[int] = []
        apart, exact = {}, []
        while len(states) < classes.size and self.place < tables.size:
            run = [state]
            some = row_of[len(states) : min(len(states) + _RUN, classes.size)]
            with contextlib.suppress(IndexError):  # the sink was the state, or there is no table
                run.extend(map(operator.getitem, some, run))
            state = run.pop()
            if state == SINK:
                state = run.pop()
            states += run
            self.stand(state, tables.size)
            if self.place > tables.size - _NEAR_END:
                break
            if len(run) == len(some):
                continue
            element = self.done + len(states)
            found = tables.after(state, self.c.item(element), self.small.item(element))
            if found is None:
                exact.append(self.exactly(slice(element, element + 1), self.left()))
                found = self.place if self.pair is None else self.pair + tables.size, 0
            states.append(state)
            state, apart[len(states) - 1] = found
            self.stand(state, tables.size)
        return np.frombuffer(array("i", states), np.int32), apart, exact

    def _values(self, tables: Trials, states: np.ndarray, apart: dict[int, int], part: slice) -> None:
        """Boosts and cubes of elements that begin in these states."""
        trials = tables.accepted(states, self.classes.of[part], self.small[part])
        trials[list(apart)] = list(apart.values())
        pairs, sines = trials >> 1, trials & 1
        new = np.ones(pairs.size, np.bool_)
        np.not_equal(pairs[1:], pairs[:-1], out=new[1:])
        begins = pairs[new]
        radius = np.sqrt(libm("log1p")(tables.words[begins + 1] * -(2.0**-53)) * -2.0)
        angle = tables.words[begins] * 2.0**-53 * (2.0 * math.pi)
        samples = np.stack([radius * libm("cos")(angle), radius * libm("sin")(angle)], 1).reshape(-1)
        y = 1.0 + self.c[part] * samples[2 * (np.cumsum(new) - 1) + sines]
        places = np.where(states < tables.size, states, states - np.int32(tables.size - 3))
        self.boosts[part] = np.where(self.small[part], tables.words[places] * 2.0**-53, 0.0)
        self.cubes[part] = y * y * y


def _sine(first: float, second: float) -> float:
    """The second normal sample of a pair of uniforms."""
    return math.sqrt(math.log1p(-second) * -2.0) * math.sin(first * (2.0 * math.pi))


def accepted(generator: Generator, d: np.ndarray, c: np.ndarray, small: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per element the uniform that boosts a small shape (0 where there is none) and the accepted cube (1 + c x)^3: float64[n] each.

    d: shapes, those below 1 (`small`, bool[n]) with 1 added, less a third; c = 1 / sqrt(9 d).
    """
    if not c.size:
        return np.empty(0), np.empty(0)
    classes = Classes.among(c, small)
    with Ahead(generator) as ahead:
        draw = _Draw(ahead, d, c, small, classes)
        kept, exact = generator.normal, []
        # a sample left by somebody else is not of these words
        end = c.size if c.size < _FEW or 8 * classes.apart > c.size else int(kept is not None)
        for start in range(0, end, BLOCK):
            exact.append(draw.exactly(slice(start, min(start + BLOCK, end)), kept))
            kept = draw.left()
            draw.drop()
        draw.done = end
        while draw.done < c.size:
            draw.stretch()
        for part, boosts, cubes in exact:
            draw.boosts[part], draw.cubes[part] = boosts, cubes
        generator.normal = draw.left()
        ahead.use(draw.place)
    return draw.boosts, draw.cubes
