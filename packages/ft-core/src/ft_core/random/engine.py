"""What every random engine answers to, and the one rule that ties 64-bit draws to 32-bit ones.

The stream of an engine is a sequence of 32-bit words; a 64-bit draw is two of them, the first one on top. A caller that wants
fewer bits says so, because masking inside the engine is free where masking afterwards is a pass over memory.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np


class Engine(Protocol):
    """A stream of 32-bit words with a state that can be saved. Not thread-safe: `Generator.lock` is held around every call."""

    name: str
    seed_value: int  # the seed of the last `seed` call, or the one that an imported state carries

    def seed(self, seed: int) -> None:
        """Start the stream of `seed`, 0 <= seed < 2**64."""

    def words32(self, count: int, bits: int = 32) -> np.ndarray:
        """The next `count` words, each cut to its low `bits`: uint32[count], or int32[count] where bits < 32."""

    def words64(self, count: int, bits: int = 64) -> np.ndarray:
        """The next `count` pairs of words, first on top, cut to the low `bits`: uint64[count], or int64[count] where bits < 64."""

    def few32(self, count: int, bits: int) -> list[int]:
        """`words32` as Python's ints, for a handful of draws."""

    def few64(self, count: int, bits: int) -> list[int]:
        """`words64` as Python's ints, for a handful of draws."""

    def mark(self) -> Any:
        """The place in the stream, for `rewind`: cheap, and of no use outside this process."""

    def rewind(self, mark: Any) -> None:
        """Go back to the place that `mark` gave."""

    def export(self, normal: float | None, normal32: float | None) -> np.ndarray:
        """The state and the cached normal samples as bytes: uint8[...]."""

    def restore(self, state: np.ndarray) -> tuple[float | None, float | None]:
        """Take over an exported state; returns its cached normal samples. RuntimeError, with nothing changed, if it is not
        valid.
        """
