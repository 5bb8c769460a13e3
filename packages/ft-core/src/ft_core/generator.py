"""`torch.Generator`: a random engine, its seed, its lock, and the normal sample that Box-Muller keeps for the next call.

Distributions are the backends' (they fill arrays from `words32` and `words64`); this object only hands out words in order and saves
and restores the place in the stream. `get_state` and `set_state` on Tensors are added by the layer that has byte tensors; here the
state is a uint8 array. The engine is made on first use, so that importing costs nothing.
"""

from __future__ import annotations

import operator
import os
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from .device import device as Device
from .random.engine import Engine
from .random.mt19937 import MT19937
from .random.xoshiro import Xoshiro256pp

DEFAULT_SEED = 67280421310721
"""The seed of a generator nobody has seeded. Source: torch's c10::detail::getDefaultRNGSeed."""

ENGINES: dict[str, Callable[[int], Engine]] = {"mt19937": MT19937, "xoshiro256++": Xoshiro256pp}


class Generator:
    """A stream of random numbers: `Generator(device="cpu", engine="mt19937")`.

    device: where the tensors it fills live; draws are made on the host. engine: "mt19937" gives torch's numbers, "xoshiro256++" a
    stream of its own. Attributes: `device`, `engine`, `lock` (hold it around a group of draws that must not be interleaved),
    `normal` and `normal32` (the cached Box-Muller samples, float64 and float32, or None). Raises RuntimeError for the meta device,
    ValueError for an unknown engine. Source: torch.Generator.
    """

    def __init__(self, device: Any = "cpu", *, engine: str = "mt19937") -> None:
        place = device if isinstance(device, Device) else Device(device)
        if place.type == "meta":
            raise RuntimeError("META device type not an accelerator.")
        if engine not in ENGINES:
            raise ValueError(f"Generator: unknown engine {engine!r}; choose one of {', '.join(map(repr, ENGINES))}")
        self.device = Device("cpu") if place.type == "cpu" else place
        self.engine = engine
        self.lock = threading.RLock()
        self.normal: float | None = None
        self.normal32: float | None = None
        self.ahead: Any = None  # what a distribution has worked out for the words that come next, with those words
        self._seed = DEFAULT_SEED
        self._made: Engine | None = None

    # --- seeds ---

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream of `seed`, -2**63 <= seed < 2**64 (a negative one counts from 2**64), and return self.

        RuntimeError for what is not an integer, ValueError outside the range.
        """
        if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, (int, np.integer)):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        number = operator.index(seed)
        if not -(2**63) <= number < 2**64:
            raise ValueError(f"Overflow when unpacking long long: a seed is at least -2**63 and below 2**64; got {number}")
        with self.lock:
            self._seed = number % 2**64
            self.normal = self.normal32 = None
            if self._made is not None:
                self._made.seed(self._seed)
        return self

    def seed(self) -> int:
        """Seed from the operating system's entropy (53 bits, as torch does) and return that seed."""
        number = int.from_bytes(os.urandom(8), "little") >> 11  # 53 bits, as torch draws; `secrets` would bring hashing along
        self.manual_seed(number)
        return number

    def initial_seed(self) -> int:
        """The seed in use, 0 <= seed < 2**64."""
        with self.lock:
            return self._seed

    # --- state ---

    def get_state_bytes(self) -> np.ndarray:
        """The place in the stream: uint8[5056] for mt19937, byte for byte torch's own, uint8[131120] for xoshiro256++."""
        with self.lock:
            return self._source().export(self.normal, self.normal32)

    def set_state_bytes(self, state: np.ndarray) -> Generator:
        """Go to the place that `get_state_bytes` (or torch, for mt19937) saved, and return self.

        TypeError if it is not a uint8 array, RuntimeError if it is no valid state of this engine; then nothing is changed.
        """
        if not isinstance(state, np.ndarray):
            raise TypeError(f"expected a torch.ByteTensor, but got {type(state).__name__}")
        if state.dtype != np.uint8:
            raise TypeError("RNG state must be a torch.ByteTensor")
        with self.lock:
            source = self._source()
            self.normal, self.normal32 = source.restore(state)
            self._seed = source.seed_value
        return self

    def clone_state(self) -> Generator:
        """Another generator at the same place of the same stream."""
        return _rebuild(*self.__reduce__()[1])

    def get_offset(self) -> int:
        """Only counter-based engines have an offset: RuntimeError here, as in torch on the CPU."""
        raise RuntimeError("CPU Generator does not use offset")

    def set_offset(self, offset: int) -> None:
        """See `get_offset`."""
        raise RuntimeError("CPU Generator does not use offset")

    # --- words, for backends ---

    def words32(self, count: int, bits: int = 32) -> np.ndarray:
        """The next `count` 32-bit words cut to their low `bits`: uint32[count], or int32[count] where bits < 32."""
        with self.lock:
            return self._source().words32(count, bits)

    def words64(self, count: int, bits: int = 64) -> np.ndarray:
        """The next `count` 64-bit draws (two words each, the first on top), likewise: uint64[count], or int64[count] where bits <
        64.
        """
        with self.lock:
            return self._source().words64(count, bits)

    def few32(self, count: int, bits: int) -> list[int]:
        """`words32` as a list of Python's ints, for a handful of draws."""
        with self.lock:
            return self._source().few32(count, bits)

    def few64(self, count: int, bits: int) -> list[int]:
        """`words64` as a list of Python's ints, for a handful of draws."""
        with self.lock:
            return self._source().few64(count, bits)

    def mark(self) -> Any:
        """The place in the stream of words (the kept normal samples are not part of it), for `rewind`."""
        with self.lock:
            return self._source().mark()

    def rewind(self, mark: Any) -> None:
        """Go back to the place that `mark` gave: who draws more words than turn out to be used hands them back so."""
        with self.lock:
            self._source().rewind(mark)

    def _source(self) -> Engine:
        made = self._made
        if made is None:
            made = self._made = ENGINES[self.engine](self._seed)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.device, self.engine, self.get_state_bytes().tobytes())

    def __repr__(self) -> str:
        return f"<torch._C.Generator object at {id(self):#x}>"


def _rebuild(device: Device, engine: str, state: bytes) -> Generator:
    return Generator(device, engine=engine).set_state_bytes(np.frombuffer(state, np.uint8))


default_generator = Generator()
"""The generator of every call that names none."""
