"""float32 to float16 and back in passes over whole blocks: NumPy converts halves one number at a time.

A normal half is a float with 112 taken from its exponent and 13 bits rounded off its fraction, so integer arithmetic on the bits does
it, ties to even. What is no normal half (zeros, subnormals, what overflows, NaN) is left to NumPy, number by number.
"""

from __future__ import annotations

import numpy as np

LEAST = 4096
"""Fewer elements than this are NumPy's."""
_BLOCK = 1 << 15

_U = {n: np.array(n, np.uint32) for n in (1, 13, 16, 0x7FFF, 0x7FFFFFFF, 0x38800000, 0x0EFFF000, 0xC8000FFF, 0x0F800000, 0x8000)}
_UP = np.array(2.0**112, np.float32)  # the exponent's bias of float32 less that of float16


def narrowed(x: np.ndarray) -> np.ndarray:
    """A C-contiguous float32 array as float16, rounded to nearest, ties to even, as `astype` does."""
    out = np.empty(x.shape, np.float16)
    source, target = x.reshape(-1), out.reshape(-1)
    size, odd = np.empty((2, min(_BLOCK, source.size)), np.uint32)
    for lo in range(0, source.size, _BLOCK):
        part, dest = source[lo : lo + _BLOCK], target[lo : lo + _BLOCK]
        bits, size, odd = part.view(np.uint32), size[: part.size], odd[: part.size]
        np.bitwise_and(bits, _U[0x7FFFFFFF], out=size)
        np.subtract(size, _U[0x38800000], out=odd)  # from 2**-14 ...
        other = odd >= _U[0x0EFFF000]  # ... to less than 65520 halves are normal
        np.right_shift(size, _U[13], out=odd)
        np.bitwise_and(odd, _U[1], out=odd)
        np.add(size, odd, out=odd)
        np.add(odd, _U[0xC8000FFF], out=odd)  # less 112 in the exponent, plus almost half of the last bit that stays
        np.right_shift(odd, _U[13], out=odd)
        np.bitwise_xor(bits, size, out=size)
        np.right_shift(size, _U[16], out=size)
        np.bitwise_or(odd, size, out=dest.view(np.uint16), casting="unsafe")
        if other.any():
            at = np.flatnonzero(other)
            dest[at] = part[at].astype(np.float16)
    return out


def widened(x: np.ndarray) -> np.ndarray:
    """A C-contiguous float16 array as float32."""
    out = np.empty(x.shape, np.float32)
    source, target = x.reshape(-1), out.reshape(-1)
    size = np.empty(min(_BLOCK, source.size), np.uint32)
    for lo in range(0, source.size, _BLOCK):
        part, dest = source[lo : lo + _BLOCK], target[lo : lo + _BLOCK]
        bits, size = dest.view(np.uint32), size[: part.size]
        np.copyto(bits, part.view(np.uint16))
        np.bitwise_and(bits, _U[0x7FFF], out=size)
        np.bitwise_and(bits, _U[0x8000], out=bits)
        np.left_shift(size, _U[13], out=size)
        np.left_shift(bits, _U[16], out=bits)
        other = size >= _U[0x0F800000]  # inf and NaN
        values = size.view(np.float32)
        np.multiply(values, _UP, out=values)
        np.bitwise_or(bits, size, out=bits)
        if other.any():
            at = np.flatnonzero(other)
            dest[at] = part[at].astype(np.float32)
    return out
