"""Kernels of Sobol sequences.

Dimension d > 1 belongs to the (d - 1)-th primitive polynomial over GF(2), and to as many odd numbers as it has degrees, which S. Joe and
F. Y. Kuo searched for (SIAM J. Sci. Comput. 30, 2008; their table "new-joe-kuo-6.21201"). `sobol.bin` holds both as bits, one dimension
after the other: the inner coefficients of the polynomial from the highest down, then number i (from 1) as its i - 1 bits above the
lowest, which is 1. All other direction numbers follow by the polynomial's recurrence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .table import ALLOC, kernel, store

Array = np.ndarray
BITS = 30
POLYNOMIALS = (1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630, 756, 1800, 2048, 7710, 7776)
"""How many primitive polynomials there are of each degree from 1."""


def _rows(dimension: int) -> Iterator[tuple[int, Array]]:
    """(degree, bits of each dimension of that degree) for the dimensions after the first."""
    held = np.unpackbits(np.fromfile(Path(__file__).with_name("sobol.bin"), np.uint8))
    left, at = dimension - 1, 0
    for degree, count in enumerate(POLYNOMIALS, 1):
        width = degree - 1 + degree * (degree - 1) // 2
        yield degree, held[at : at + count * width].reshape(count, width)[:left]
        left, at = left - count, at + count * width
        if left <= 0:
            return


def directions(dimension: int) -> Array:
    """Direction numbers (dimension, 30), each in units of 2^-30."""
    made = np.ones((dimension, BITS), np.int64)
    first = 1
    for degree, bits in _rows(dimension):
        numbers, at = made[first : first + len(bits)], degree - 1
        for i in range(1, degree):
            weights = 1 << np.arange(i, 0, -1)
            numbers[:, i] = bits[:, at : at + i] @ weights + 1
            at += i
        for i in range(degree, BITS):
            n = numbers[:, i - degree] ^ (numbers[:, i - degree] << degree)
            for k in range(1, degree):
                n ^= np.where(bits[:, k - 1], numbers[:, i - k] << k, 0)
            numbers[:, i] = n
        first += len(bits)
    return made << np.arange(BITS - 1, -1, -1)


@kernel("_sobol_engine_initialize_state", inplace=(0,))
def initialize_state(x: Array, dimension: int, *, out: Any) -> Array:
    return store(directions(dimension), out)


@kernel("_sobol_engine_draw", inplace=())
def draw(quasi: Array, n: int, state: Array, dimension: int, generated: int, dtype: Any, *, out: Any) -> tuple[Array, Array]:
    steps = np.arange(generated, generated + n)
    zeros = np.bitwise_count(steps & ~(steps + 1))  # how many 1s end the number: the place of its lowest 0
    points = np.bitwise_xor.accumulate(np.concatenate([quasi[None], state[:, zeros].T]), axis=0)
    kind = np.dtype(np.float32 if dtype is None else dtype.numpy)
    first, second = (ALLOC, ALLOC) if out is ALLOC else out
    return store(points[1:].astype(kind) * kind.type(2.0**-BITS), first), store(points[-1].copy(), second)


@kernel("_sobol_engine_ff", inplace=(0,))
def fast_forward(quasi: Array, n: int, state: Array, dimension: int, generated: int, *, out: Any) -> Array:
    """Point n is the exclusive or of the direction numbers at the 1s of n's Gray code."""
    moved = (generated ^ generated >> 1) ^ ((generated + n) ^ (generated + n) >> 1)
    places = [i for i in range(BITS) if moved >> i & 1]
    return store(np.bitwise_xor.reduce(state[:, places], axis=1) ^ quasi, out)


@kernel("_sobol_engine_scramble", inplace=(0,))
def scramble(state: Array, ltm: Array, dimension: int, *, out: Any) -> Array:
    """Bit p (from the highest) of a number is the parity of what row p of the matrix, its diagonal 1, and the number have in common."""
    rows = ltm.copy()
    rows[:, np.arange(BITS), np.arange(BITS)] = 1
    weights = 1 << np.arange(BITS - 1, -1, -1)
    masks = rows @ weights  # (dimension, BITS)
    parity = np.bitwise_count(masks[:, None, :] & state[:, :, None]) & 1
    return store(parity.astype(np.int64) @ weights, out)
