"""MT19937 as torch's CPU generator has it: same seeding, same words, same 5056 bytes of state.

NumPy's `RandomState` runs the same recurrence with the same initialisation (Matsumoto and Nishimura's init_genrand on the low 32
bits of the seed), and its stream is frozen by NEP 19; its bounded integers of a power-of-two range are exactly the low bits of
the raw words. What is ours is the mapping between NumPy's one position and torch's two counters.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Any

import numpy as np

SIZE = 624  # words of state; after so many draws the recurrence runs again

STATE = np.dtype(
    [
        ("seed", "<u8"),
        ("left", "<i4"),  # draws until the recurrence runs again, plus one
        ("seeded", "<i4"),
        ("next", "<u8"),  # index of the next word
        ("words", "<u8", SIZE),
        ("normal_x", "<f8"),
        ("normal_y", "<f8"),  # the cached sample of the double precision Box-Muller pair
        ("normal_rho", "<f8"),
        ("normal_valid", "<i4"),
        ("pad", "<i4"),
        ("normal32", "<f4"),
        ("normal32_valid", "u1"),
        ("end", "u1", 3),
    ]
)
"""torch's CPUGeneratorImplState in memory (5056 bytes). Source: measured on torch 2.13."""

_FEW = 256  # below this many words `random_raw` (1 us a call) beats `randint` (4 us a call, but no second pass for the mask)


@functools.cache
def _unseeded() -> Any:
    """Words for a state that is overwritten at once: asking the system for entropy takes 100 us. Made late: numpy.random takes 15 ms."""

    class Unseeded(np.random.bit_generator.ISeedSequence):
        def generate_state(self, n_words: int, dtype: Any = np.uint32) -> np.ndarray:
            return np.ones(n_words, dtype)

    return Unseeded()


class MT19937:
    """The engine of torch's CPU generator. Period 2**19937 - 1."""

    name = "mt19937"

    def __init__(self, seed: int) -> None:
        self._bits = np.random.MT19937(_unseeded())  # its seed is set below
        self._stream = np.random.RandomState(self._bits)
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """Start the stream of `seed`."""
        self.seed_value = seed
        self._stream.seed(seed & 0xFFFFFFFF)

    def words32(self, count: int, bits: int = 32) -> np.ndarray:
        """The next n 32-bit words."""
        dtype = np.uint32 if bits == 32 else np.int32
        if count < _FEW:
            raw = self._bits.random_raw(count)
            return (raw if bits == 32 else raw & np.uint64((1 << bits) - 1)).astype(dtype)
        return self._stream.randint(0, 1 << bits, count, dtype=dtype)

    def words64(self, count: int, bits: int = 64) -> np.ndarray:
        """The next n 64-bit words."""
        dtype = np.uint64 if bits == 64 else np.int64
        if count < _FEW // 2:
            raw = self._bits.random_raw(2 * count)
            pair = (raw[0::2] << np.uint64(32)) | raw[1::2]
            return (pair if bits == 64 else pair & np.uint64((1 << bits) - 1)).astype(dtype, copy=False)
        if bits <= 32:  # NumPy draws one word for so small a range
            return self.words64(count, 63) & np.int64((1 << bits) - 1)
        return self._stream.randint(0, 1 << bits, count, dtype=dtype)

    def few32(self, count: int, bits: int) -> list[int]:
        """`words32` as Python's ints: for a handful of them arrays cost more than they save."""
        mask = (1 << bits) - 1
        return [word & mask for word in self._bits.random_raw(count).tolist()]

    def few64(self, count: int, bits: int) -> list[int]:
        """`words64` likewise."""
        raw, mask = self._bits.random_raw(2 * count).tolist(), (1 << bits) - 1
        return [(high << 32 | low) & mask for high, low in zip(raw[0::2], raw[1::2], strict=True)]

    @functools.cached_property
    def _memory(self) -> np.ndarray:
        """NumPy's own state, the words and the position behind them: its `state` dictionary takes 70 us, this copy half of one."""
        words = (ctypes.c_uint32 * (SIZE + 1)).from_address(self._bits.ctypes.state_address)
        return np.frombuffer(memoryview(words), np.uint32)

    def mark(self) -> np.ndarray:
        """The words and the position: uint32[625]."""
        return self._memory.copy()

    def rewind(self, mark: np.ndarray) -> None:
        """Go back to the place that `mark` gave."""
        self._memory[:] = mark

    def export(self, normal: float | None, normal32: float | None) -> np.ndarray:
        """The engine's state as bytes, as torch lays it out where torch has the engine."""
        now = self._bits.state["state"]
        state = np.zeros((), STATE)
        state["seed"], state["seeded"], state["words"] = self.seed_value, 1, now["key"]
        position = int(now["pos"])
        # torch tells a fresh state (left 1, next 0) from one used to its end (left 1, next 624); NumPy's position is 624 in both
        fresh = position == SIZE and np.array_equal(
            now["key"], np.random.RandomState(self.seed_value & 0xFFFFFFFF).get_state(legacy=False)["state"]["key"]
        )
        state["left"], state["next"] = (1, 0) if fresh else (SIZE + 1 - position, position)
        if normal is not None:
            state["normal_y"], state["normal_valid"] = normal, 1
        if normal32 is not None:
            state["normal32"], state["normal32_valid"] = normal32, 1
        return np.frombuffer(state.tobytes(), np.uint8).copy()

    def restore(self, state: np.ndarray) -> tuple[float | None, float | None]:
        """Continue from a state that `export` gave."""
        if state.size != STATE.itemsize:
            raise RuntimeError(
                f"Expected a CPUGeneratorImplState of size {STATE.itemsize} but found the input RNG state size to be {state.size}"
            )
        record = np.frombuffer(state.tobytes(), STATE)[0]
        left, following = int(record["left"]), int(record["next"])
        # a state that torch wrote has left + next == 625, or the fresh (1, 0); anything else would make torch read past its words
        if record["seeded"] != 1 or (
            not (left == 1 and following in (0, SIZE)) and not (1 < left <= SIZE and left + following == SIZE + 1)
        ):
            raise RuntimeError("Invalid mt19937 state")
        position = SIZE if left == 1 else following
        self._bits.state = {"bit_generator": "MT19937", "state": {"key": record["words"].astype(np.uint32), "pos": position}}
        self.seed_value = int(record["seed"])
        return (
            float(record["normal_y"]) if record["normal_valid"] else None,
            float(record["normal32"]) if record["normal32_valid"] else None,
        )
