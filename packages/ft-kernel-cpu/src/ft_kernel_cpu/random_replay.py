"""NumPy's own samplers over torch's uniform numbers, and words that are drawn ahead and handed back.

torch's Poisson sampler is NumPy's, copied word for word. So NumPy's loop, which is compiled, gives torch's counts if its uniform
doubles are torch's. Both take 53 bits of two words but not the same ones, so NumPy's reader of MT19937 words is put over words made
to measure: those whose tempered bits are the doubles wanted. A sampler is set up with functions and the address of their state
(`numpy/random/bitgen.h`); the state is an array of ours, in which many more than 624 words stand behind the position, so that the
reader never gets to the point of making new ones. That this reader reads on is tried out before it is relied upon; one that does not
is replaced by a function in Python, right and slow.
"""

from __future__ import annotations

import ctypes
import functools
import math
import threading
from typing import Any

import numpy as np

from ft_core.generator import Generator

_KEY = 624  # words of a real state; the position stands behind them, and what we want read behind the position
_FIRST = _KEY + 2  # there, so that pairs of them are aligned
_NAME = b"BitGenerator"  # what NumPy calls its capsules
CAPACITY = 1 << 17
"""Doubles a replay can hold."""
_TOGETHER = 4096  # elements at a time

_U32 = {n: np.array(n, np.uint32) for n in (7, 11, 15, 18, 0x9D2C5680, 0xEFC60000)}
_64 = {n: np.array(n) for n in (21, 38, 0xFFFFFFE0)}
_PROBE = np.arange(1, 1 << 53, 1 << 44)


class _Functions(ctypes.Structure):
    """`bitgen_t`. Source: numpy/random/bitgen.h."""

    _fields_ = [(name, ctypes.c_void_p) for name in ("state", "next_uint64", "next_uint32", "next_double", "next_raw")]


class Replay:
    """A NumPy generator (`stream`) whose next doubles are those given, and a shuffle over given words; hold `lock` from `load` to `used`."""

    def __init__(self, capacity: int = 2 * CAPACITY) -> None:
        self.lock = threading.Lock()
        self._words = np.zeros(_FIRST + max(capacity, 2 * _PROBE.size), np.uint32)
        self._model = np.random.MT19937(0)  # keeps the functions alive
        made = ctypes.cast(self._model.ctypes.bit_generator, ctypes.POINTER(_Functions)).contents
        self._functions = _Functions(self._words.ctypes.data, made.next_uint64, made.next_uint32, made.next_double, made.next_raw)
        self.stream = self._over()
        if not self._reads_on():
            self._slow = (
                ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p)(self._double),
                ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p)(self._word),
            )
            self._functions.next_double, self._functions.next_uint32 = (ctypes.cast(f, ctypes.c_void_p) for f in self._slow)
            self.stream = self._over()
            if not self._reads_on():
                raise RuntimeError(
                    "no replay: NumPy's generators expect another layout of bitgen_t, or this machine's bytes are big-endian"
                )

    def _reads_on(self) -> bool:
        self.load(_PROBE)
        return np.array_equal(self.stream.random(_PROBE.size), _PROBE * 2.0**-53) and self.used() == _PROBE.size

    def _over(self) -> np.random.Generator:
        capsule = ctypes.pythonapi.PyCapsule_New
        capsule.restype, capsule.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)

        class Source:
            """What `numpy.random.Generator` asks of a bit generator."""

            capsule: Any
            lock: Any

        source = Source()
        source.capsule, source.lock = capsule(ctypes.addressof(self._functions), _NAME, None), threading.Lock()
        return np.random.Generator(source)  # type: ignore[arg-type]

    def _word(self, state: int | None = None) -> int:
        position = int(self._words[_KEY])
        self._words[_KEY] += 1
        return int(_tempered(self._words[position : position + 1].copy())[0])

    def _double(self, state: int | None) -> float:
        return ((self._word() >> 5) * 2**26 + (self._word() >> 6)) * 2.0**-53

    def shuffle(self, row: np.ndarray, picks: np.ndarray) -> None:
        """Element i changes places with element picks[n - 1 - i] <= i, for i = n - 1, ..., 1. uint32[n - 1], at most the capacity."""
        self._words[_FIRST : _FIRST + picks.size] = picks
        _untempered(self._words[_FIRST : _FIRST + picks.size])
        self._words[_KEY] = _FIRST
        np.random.RandomState(self.stream.bit_generator).shuffle(row)  # type: ignore[arg-type]

    def load(self, words: np.ndarray, quarters: int = 0) -> None:
        """int64[n] of 53 bits: the next doubles are words * 2**-53, and after them `quarters` times 0.25; CAPACITY in all."""
        end = _FIRST + 2 * words.size
        pairs = self._words[_FIRST:end].view(np.int64)
        np.left_shift(words, _64[38], out=pairs)  # the low 26 bits on top of the second word
        high = words >> _64[21]
        high &= _64[0xFFFFFFE0]  # the others on top of the first
        pairs |= high
        _untempered(self._words[_FIRST:end])
        self._words[end : end + 2 * quarters] = _quarters()[: 2 * quarters]
        self._words[_KEY] = _FIRST

    def used(self) -> int:
        """Doubles read since `load`."""
        return (int(self._words[_KEY]) - _FIRST) // 2


def _tempered(y: np.ndarray) -> np.ndarray:
    """MT19937's last step. uint32[n], in place. Source: Matsumoto and Nishimura 1998."""
    y ^= y >> _U32[11]
    y ^= (y << _U32[7]) & _U32[0x9D2C5680]
    y ^= (y << _U32[15]) & _U32[0xEFC60000]
    y ^= y >> _U32[18]
    return y


def _untempered(y: np.ndarray) -> np.ndarray:
    """What `_tempered` makes y of. uint32[n], in place."""
    y ^= y >> _U32[18]
    y ^= (y << _U32[15]) & _U32[0xEFC60000]
    low = y.copy()
    for _ in range(4):  # seven more bits are right each time
        np.left_shift(low, _U32[7], out=low)
        low &= _U32[0x9D2C5680]
        low ^= y
    np.right_shift(low, _U32[11], out=y)
    y ^= low
    np.right_shift(y, _U32[11], out=y)
    return np.bitwise_xor(y, low, out=y)


@functools.cache
def _quarters() -> np.ndarray:
    """The words of 0.25, again and again."""
    return _untempered(np.tile(np.array([1 << 30, 0], np.uint32), CAPACITY))


@functools.cache
def replay() -> Replay:
    """The one replay of this process."""
    return Replay()


def poisson(generator: Generator, rates: np.ndarray) -> np.ndarray:
    """Counts of positive rates, one after the other as torch draws them. float64[n] -> int64[n]."""
    counts = np.empty(rates.size, np.int64)
    start, size, spare = 0, _TOGETHER, 16
    machine = replay()
    with Ahead(generator) as ahead, machine.lock:
        while start < rates.size:
            part = rates[start : start + size]
            quarters = 8 * part.size + 2  # with 0.25 for every uniform number any rate is done after 8
            room = CAPACITY - quarters
            words = ahead.have(min(_drawn_ahead(part) + spare, room))[:room]
            machine.load(words, quarters)
            found, used = machine.stream.poisson(part), machine.used()
            if used > words.size:
                size, spare = max(part.size // 2, 1), 2 * spare
                continue
            ahead.use(used)
            counts[start : start + part.size] = found
            start += part.size
    return counts


def _drawn_ahead(rates: np.ndarray) -> int:
    """As many doubles as these counts take nearly always."""
    expected = float(np.where(rates < 10, rates + 1, 2.8).sum())
    return int(expected + 6 * math.sqrt(expected))


class Ahead:
    """Words of 53 bits drawn ahead of their use: `words` are those at hand; leaving the context hands the rest back."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._drawn: list[tuple[Any, int]] = []  # a mark and how many words came after it; the rest lies in these
        self.words = np.empty(0, np.int64)

    def __enter__(self) -> Ahead:
        self._generator.lock.acquire()
        return self

    def __exit__(self, *raised: object) -> None:
        left = self.words.size
        while left:
            mark, count = self._drawn.pop()
            if left <= count:
                self._generator.rewind(mark)
                self._generator.words64(count - left)
            left -= min(left, count)
        self._generator.lock.release()

    def have(self, count: int) -> np.ndarray:
        """At least `count` words at hand: int64[...]."""
        missing = count - self.words.size
        if missing > 0:
            self._drawn.append((self._generator.mark(), missing))
            self.words = np.concatenate([self.words, self._generator.words64(missing, 53)])
        return self.words

    def use(self, count: int) -> None:
        """The first `count` are used up."""
        self.words = self.words[count:]
        while self._drawn and sum(n for _, n in self._drawn[1:]) >= self.words.size:
            self._drawn.pop(0)
