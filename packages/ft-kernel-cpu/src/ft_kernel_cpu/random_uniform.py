"""Uniform reals and integers, and the coins made of them: uniform, random_, randint, bernoulli, the dropout mask.

Every fill is `fill(generator, out, ...)`: it draws in torch's order from `generator` and writes all of `out`, a C-contiguous array;
arguments have been checked by the op. The stated words are what one call takes from the stream, n being `out.size`.
"""

from __future__ import annotations

import math
from typing import Any

import ml_dtypes
import numpy as np

from ft_core.generator import Generator

from .random_words import BLOCK, HALVES, doubles, flat, multiply_add, parts, single

_FEW = 32  # draws up to which Python's numbers are quicker than arrays
_WIDE = 1 << 28  # ranges from here on take 64-bit draws. Source: torch, uniform_int_from_to_distribution


def uniform(generator: Generator, out: np.ndarray, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """U[low, high) into a float array; n words, 2n for float64. A value that rounds up to `high` becomes `low`."""
    if out.size <= _FEW and low == 0.0 and high == 1.0 and out.dtype.char in "fd":
        row, wide = flat(out), out.dtype.char == "d"
        draws = generator.few64(out.size, 53) if wide else generator.few32(out.size, 24)
        unit = 2.0**-53 if wide else 2.0**-24
        row[:] = [draw * unit for draw in draws]
        return out
    fill = _uniform64 if out.dtype == np.float64 else _uniform32
    rounds = (low, high) != (0.0, 1.0) or out.dtype in HALVES  # k / 2**24 and k / 2**53 never round to 1
    bound: Any = single(high, out.dtype) if rounds else None
    floor: Any = single(low, out.dtype) if rounds else None
    with generator.lock:
        for part in parts(flat(out)):
            fill(generator, part, low, high)
            if rounds:
                np.copyto(part, floor, where=part == bound)
    return out


def _uniform64(generator: Generator, part: np.ndarray, low: float, high: float) -> None:
    np.copyto(part, generator.words64(part.size, 53), casting="unsafe")
    np.multiply(part, 2.0**-53, out=part)
    if (low, high) != (0.0, 1.0):
        multiply_add(part, high - low, low)


def _uniform32(generator: Generator, part: np.ndarray, low: float, high: float) -> None:
    words = generator.words32(part.size, 24)
    low32, span32 = np.float32(low), np.float32(high) - np.float32(low)
    target = part if part.dtype == np.float32 else np.empty(part.size, np.float32)
    if low32 == 0:
        np.copyto(target, words, casting="unsafe")
        np.multiply(target, np.float32(2.0**-24), out=target)
        if span32 != 1:
            np.multiply(target, span32, out=target)
    else:  # x * (high - low) + low with one rounding: the product of 24 by 24 bits is exact in a double
        wide = words.astype(np.float64)
        np.multiply(wide, float(span32) * 2.0**-24, out=wide)
        np.add(wide, float(low32), out=wide)
        np.copyto(target, wide, casting="unsafe")
    if target is not part:
        np.copyto(part, target, casting="unsafe")


def random(generator: Generator, out: np.ndarray) -> np.ndarray:
    """`Tensor.random_()`: all non-negative integers of `out.dtype` (floats: 0 to 2**mantissa, both included; bool: a bit).

    n words, 2n for int64 and float64.
    """
    span, wide = _full_span(out.dtype), out.dtype in (np.int64, np.float64)
    with generator.lock:
        for part in parts(flat(out)):
            store_integers(_remainders(generator, part.size, span, wide), 0, part)
    return out


def random_full_range(generator: Generator, out: np.ndarray) -> np.ndarray:
    """`random_(-2**63, None)`: 64 random bits as a signed integer, cast to `out.dtype`; 2n words."""
    with generator.lock:
        for part in parts(flat(out)):
            store_integers(generator.words64(part.size).view(np.int64), 0, part)
    return out


def randint(generator: Generator, out: np.ndarray, low: int, high: int) -> np.ndarray:
    """`randint(low, high)` and `random_(low, high)`: integers in [low, high), high <= 2**63, cast to `out.dtype`.

    n words, 2n where high - low >= 2**28.
    """
    span = high - low
    if out.size <= _FEW and out.dtype.char in "lq" and span < _WIDE:
        row = flat(out)
        row[:] = [draw % span + low for draw in generator.few32(out.size, 32)]
        return out
    with generator.lock:
        for part in parts(flat(out)):
            store_integers(_remainders(generator, part.size, span, span >= _WIDE), low, part)
    return out


def _full_span(dtype: np.dtype) -> int:
    if dtype == np.bool_:
        return 2
    if dtype.kind in "iu":
        return int(np.iinfo(dtype).max) + 1
    return (1 << (int(ml_dtypes.finfo(dtype).nmant) + 1)) + 1


def _remainders(generator: Generator, count: int, span: int, wide: bool) -> np.ndarray:
    """Draws modulo `span`; where it is a power of two the engine's own mask does it."""
    bits = span.bit_length() - 1
    if span == 1 << bits:
        return generator.words64(count, bits) if wide else generator.words32(count, bits)
    draws = generator.words64(count) if wide else generator.words32(count)
    divisor = draws.dtype.type(span)
    # NumPy divides by a scalar in SIMD but takes remainders one by one: three passes beat one
    multiples = np.floor_divide(draws, divisor)
    np.multiply(multiples, divisor, out=multiples)
    return np.subtract(draws, multiples, out=draws)


def store_integers(values: np.ndarray, base: int, out: np.ndarray) -> None:
    """values + base, wrapping as int64 does, cast to `out.dtype`."""
    if base or values.dtype == np.uint64:
        values = values.astype(np.int64, copy=False)
        values = values + np.int64(base) if base else values
    if out.dtype in HALVES:
        values = values.astype(np.float32)
    np.copyto(out, values, casting="unsafe")


def bernoulli(generator: Generator, out: np.ndarray, p: float) -> np.ndarray:
    """1 with probability p, else 0, in any dtype; 2n words whatever the dtype.

    A uniform double of 53 bits is below p where its numerator is below p * 2**53: one integer comparison.
    """
    threshold = np.array(math.ceil(p * 2.0**53), np.int64)
    with generator.lock:
        for part in parts(flat(out)):
            coins = part if part.dtype == np.bool_ else None
            coins = np.less(generator.words64(part.size, 53), threshold, out=coins)
            if coins is not part:
                np.copyto(part, coins, casting="unsafe")
    return out


def bernoulli_tensor(generator: Generator, out: np.ndarray, p: np.ndarray) -> np.ndarray:
    """1 with probability p[i], p broadcasting to `out.shape`; n words, 2n where p is float64 (narrower p is compared in
    float32).
    """
    row = flat(out)
    chances = np.broadcast_to(p, out.shape).reshape(-1)
    with generator.lock:
        for start in range(0, row.size, BLOCK):
            part, chance = row[start : start + BLOCK], chances[start : start + BLOCK]
            if chance.dtype == np.float64:
                coins = doubles(generator, part.size) < chance
            else:
                draws = generator.words32(part.size, 24).astype(np.float32)
                coins = draws * np.float32(2.0**-24) < chance.astype(np.float32, copy=False)
            np.copyto(part, coins, casting="unsafe")
    return out


def dropout_mask(generator: Generator, out: np.ndarray, p: float) -> np.ndarray:
    """What dropout multiplies by: 1 / (1 - p) with probability 1 - p, else 0; a bool `out` gets True for what is kept. 2n words.

    p = 1 drops everything and draws nothing in `F.dropout`: zeros, no words. p = 0 is not special here; the op returns early.
    """
    if p == 1.0 and out.dtype != np.bool_:
        out[...] = 0
        return out
    bernoulli(generator, out, 1.0 - p)
    if out.dtype != np.bool_:
        wide: Any = np.float32 if out.dtype in HALVES else out.dtype.type
        kept = single(float(wide(1) / wide(1.0 - p)), out.dtype)
        np.multiply(out, kept, out=out)
    return out
