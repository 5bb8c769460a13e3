"""Kernels that draw: Philox4x32-10 with torch's CUDA layout of streams, and the state they advance.

A block has 256 threads and the grid is bounded by what the device keeps resident, so values depend on the model of the device, as
torch's do. source: facts observed of torch's CUDA generator; Salmon et al., SC 2011, for Philox.
"""

from __future__ import annotations

import threading
from typing import Any

from .cast import filled
from .elementwise import evaluate
from .launch import BLOCK, Words, store
from .runtime import machine
from .source import STORAGE
from .table import array_dtype, kernel

DEFAULT_SEED = 67280421310721


class Philox:
    """Seed and offset of a generator on the device; `reserve` hands out a range of the stream, once each."""

    __slots__ = ("_lock", "offset", "seed")

    def __init__(self, seed: int = DEFAULT_SEED, offset: int = 0) -> None:
        self.seed, self.offset, self._lock = seed % 2**64, offset, threading.Lock()

    def manual_seed(self, seed: int) -> None:
        """Begin the stream of another seed."""
        with self._lock:
            self.seed, self.offset = seed % 2**64, 0

    def reserve(self, numbers: int) -> tuple[int, int]:
        """(seed, offset) for a launch in which each thread takes `numbers` 32-bit draws, rounded up to whole steps of 4."""
        with self._lock:
            before = self.offset
            self.offset += -(-numbers // 4) * 4
            return self.seed, before


default = Philox()


def state_of(generator: Any) -> Philox:
    """The Philox state behind a kernel's generator argument: itself, its attribute `philox`, or the default one for None."""
    state = default if generator is None else generator if isinstance(generator, Philox) else getattr(generator, "philox", None)
    if not isinstance(state, Philox):
        raise RuntimeError(
            f"Expected a 'cuda' device type for generator but found {generator!r}; use one with the engine \"philox\""
        )
    return state


def draw(
    shape: tuple[int, ...], name: str, policy: str, generator: Any, numbers: tuple[Any, ...], width: int, out: Any = None
) -> Any:
    """An array of dtype `name` filled by `policy` of source/philox.cu, whose parameters are `numbers`; `width` draws a step."""
    here = machine()
    result = out if out is not None and out.flags.c_contiguous else here.empty(shape, array_dtype(name))
    if result.size:
        state = state_of(generator)
        grid = max(1, min(here.resident_threads() // BLOCK, -(-result.size // BLOCK)))
        seed, offset = state.reserve(((result.size - 1) // (BLOCK * grid * width) + 1) * 4)
        words = Words()
        words.put(0, result.size, here.pointer(result), seed - 2**64 if seed >= 2**63 else seed, offset // 4)
        for k, number in enumerate(numbers):
            words.put_real(4 + k, number) if isinstance(number, float) else words.put(4 + k, number)
        here.launch("philox.cu", (("FT_R", STORAGE[name]), ("FT_POLICY", policy)), "ft_random", grid, BLOCK, words.pack())
    return result if out is None or result is out else store(result, out)


def _pair(name: str) -> int:
    return 2 if name == "float64" else 4


@kernel("uniform")
def uniform(self: Any, low: float, high: float, generator: Any, *, out: Any = None) -> Any:
    """Floats in [low, high)."""
    name = self.dtype.name
    return draw(self.shape, name, "Uniform", generator, (float(low), float(high)), _pair(name), out)


@kernel("normal_functional")
def normal(self: Any, mean: float, std: float, generator: Any, *, out: Any = None) -> Any:
    name = self.dtype.name
    return draw(self.shape, name, "Normal", generator, (float(mean), float(std)), _pair(name), out)


@kernel("bernoulli.p")
def bernoulli(self: Any, p: float, generator: Any, *, out: Any = None) -> Any:
    return draw(self.shape, self.dtype.name, "Bernoulli", generator, (float(p),), 4, out)


@kernel("exponential")
def exponential(self: Any, lambd: float, generator: Any, *, out: Any = None) -> Any:
    name = self.dtype.name
    return draw(self.shape, name, "Exponential", generator, (float(lambd),), _pair(name), out)


@kernel("random.from")
def random_from(self: Any, low: int, high: int | None, generator: Any, *, out: Any = None) -> Any:
    """Integers in [low, high); `high` None means up to the largest of the dtype."""
    span = (high if high is not None else 2**63) - low
    policy, width = ("Integers32", 4) if span < 2**32 else ("Integers64", 2)
    signed = span if span < 2**63 else span - 2**64
    return draw(self.shape, self.dtype.name, policy, generator, (low, 0, signed), width, out)


@kernel("native_dropout", inplace=())
def native_dropout(x: Any, p: float, train: bool | None, *, out: Any = None) -> tuple[Any, Any]:
    """(x * mask / (1 - p), mask), the mask keeping each element with probability 1 - p."""
    values, mask = out if out is not None else (None, None)
    name, keep = x.dtype.name, 1.0 - p
    scale = 1.0 / keep if keep else 0.0
    mask = draw(x.shape, "bool", "Bernoulli", None, (keep,), 4, mask) if train is not False else filled(x.shape, True, "bool", mask)
    made = evaluate("a * (T)b * c", (x, mask, scale if train is not False else 1.0), [name, "bool", name], values, name)
    return made, mask
