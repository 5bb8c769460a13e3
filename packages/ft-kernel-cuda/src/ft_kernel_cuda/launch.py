"""Packing: from arrays and numbers to the 128 words that every kernel takes, and the size of the grid.

Dimensions that lie behind each other in all operands are merged first, so that most launches have one dimension and the index
arithmetic of the kernel has no division left. Strides are bytes, so that views over raw storage need no common unit.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from .runtime import machine

MAX_DIMS = 12
WORDS = 128
BLOCK = 256
_PACK = struct.Struct(f"<{WORDS}q")

Strides = tuple[int, ...]


def coalesce(sizes: Sequence[int], operands: Sequence[Sequence[int]]) -> tuple[list[int], list[list[int]]]:
    """Sizes and each operand's strides with dimensions of size 1 gone and neighbours merged where every operand allows it."""
    kept = [d for d, size in enumerate(sizes) if size != 1]
    shape: list[int] = []
    strides: list[list[int]] = [[] for _ in operands]
    for d in kept:
        if shape and all(s[-1] == o[d] * sizes[d] for s, o in zip(strides, operands, strict=True)):
            shape[-1] *= sizes[d]
            for s, o in zip(strides, operands, strict=True):
                s[-1] = o[d]
            continue
        shape.append(sizes[d])
        for s, o in zip(strides, operands, strict=True):
            s.append(o[d])
    if len(shape) > MAX_DIMS:
        raise RuntimeError(
            f"cuda: at most {MAX_DIMS} dimensions that cannot be merged are supported; got {len(shape)}; call contiguous()"
        )
    return shape, strides


def broadcast_strides(array: Any, shape: tuple[int, ...]) -> Strides:
    """Byte strides of `array` as if expanded to `shape`."""
    lead = len(shape) - array.ndim
    own = tuple(0 if size == 1 and shape[lead + d] != 1 else array.strides[d] for d, size in enumerate(array.shape))
    return (0,) * lead + own


class Words:
    """The argument of one launch, filled by position; positions are listed at the top of each source file."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values = [0] * WORDS

    def put(self, at: int, *values: int) -> None:
        self.values[at : at + len(values)] = values

    def put_real(self, at: int, value: float) -> None:
        self.values[at] = struct.unpack("<q", struct.pack("<d", value))[0]

    def put_number(self, at: int, value: complex) -> None:
        """A Python number in two words: a double and the exact integer, or the two parts of a complex one."""
        if isinstance(value, complex):
            self.put_real(at, value.real)
            self.put_real(at + 1, value.imag)
            return
        self.put_real(at, float(value))
        exact = int(value) if value == value and abs(value) < float("inf") else 0
        self.values[at + 1] = (exact + 2**63) % 2**64 - 2**63

    def pack(self) -> bytes:
        return _PACK.pack(*self.values)


def grid_for(count: int) -> int:
    """Blocks of 256 threads for `count` elements; beyond 2**16 blocks the threads loop."""
    return max(1, min(-(-count // BLOCK), 1 << 16))


def store(result: Any, out: Any) -> Any:
    """`result` itself where `out` is None (the ALLOC marker), else copied into `out`."""
    if out is None:
        return result
    machine().xp.copyto(out, result, casting="unsafe")
    return out
