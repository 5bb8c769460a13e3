"""Normal and log-normal fills: torch's two Box-Muller roads, and when each is taken.

Arrays of 16 elements or more whose tensor is contiguous are filled in blocks of 16 in the arithmetic of their own dtype (float32 by
the polynomials of `random_normal32.py`; half types in float32). All else goes in pairs, in double precision, and the sine half of
an odd last pair waits in the generator for the next call. Same signature as all fills (`random_fill.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ft_core.generator import Generator

from .random_ahead import MOST, normal32
from .random_normal32 import fill16
from .random_words import doubles, flat, libm, multiply_add, parts, store

_ROW = 16  # torch's block: 8 radii, then 8 angles
_PAIRS = 8192  # pairs at a time
_FEW = 9  # draws below which Python's floats are quicker than arrays


def normal(generator: Generator, out: np.ndarray, mean: float = 0.0, std: float = 1.0, *, blocks: bool | None = None) -> np.ndarray:
    """N(mean, std**2) into a float array.

    blocks: False where the tensor behind `out` is not contiguous (`out` then being a scratch array in element order); by default
    torch's rule for a contiguous one, n >= 16. Words with blocks: n for float32, 2n for float64, 16 * (n // 16) for half types, and
    those of 16 elements more where n % 16, since the last 16 are then drawn anew. Without: 4 for each pair that is begun.
    """
    row = flat(out)
    with generator.lock:
        if row.size < _FEW and row.dtype.char in "fd" and (mean == 0.0 or std == 1.0):
            row[:] = [x * std + mean for x in _few(generator, row.size)]
        elif row.size < _ROW or blocks is False:
            log1p = None if out.dtype == np.float64 else np.log1p
            for part in parts(row, 2 * _PAIRS):
                store(multiply_add(pairs(generator, part.size, log1p), std, mean), part)
        elif row.size <= MOST and row.dtype == np.float32 and generator.engine == "mt19937":
            normal32(generator, row, mean, std)
        elif out.dtype == np.float64:
            _blocks64(generator, row, mean, std)
        else:
            _blocks32(generator, row, mean, std)
    return out


def log_normal(generator: Generator, out: np.ndarray, mean: float = 1.0, std: float = 2.0) -> np.ndarray:
    """exp of N(mean, std**2) into a float array, always in pairs; 4 words for each pair that is begun."""
    exp, log1p = (libm("exp"), None) if out.dtype == np.float64 else (np.exp, np.log1p)
    with generator.lock:
        for part in parts(flat(out), 2 * _PAIRS):
            store(exp(multiply_add(pairs(generator, part.size, log1p), std, mean)), part)
    return out


def pairs(generator: Generator, count: int, log1p: Callable[..., Any] | None = None) -> np.ndarray:
    """`count` standard normal doubles, cosine half before sine half, starting with the one the generator kept: float64[count].

    log1p: one that may miss the last bit, where the caller rounds to a narrower type; what the generator keeps is exact anyway.
    """
    kept, generator.normal = (generator.normal, None) if count else (None, generator.normal)
    start = 0 if kept is None else 1
    begun = (count - start + 1) // 2
    u = doubles(generator, 2 * begun)
    angle = u[0::2] * (2.0 * math.pi)
    radius = np.sqrt((log1p or libm("log1p"))(-u[1::2]) * -2.0)
    values = np.empty(start + 2 * begun)
    if kept is not None:
        values[0] = kept
    values[start::2] = radius * libm("cos")(angle)
    values[start + 1 :: 2] = radius * libm("sin")(angle)
    if values.size > count:
        generator.normal = math.sqrt(-2.0 * math.log1p(-float(u[-1]))) * math.sin(float(angle[-1]))
    return values[:count]


def _few(generator: Generator, count: int) -> list[float]:
    """What `pairs` gives, with Python's floats."""
    values, generator.normal = (
        ([] if generator.normal is None or not count else [generator.normal]),
        None if count else generator.normal,
    )
    begun = (count - len(values) + 1) // 2
    draws = iter(generator.few64(2 * begun, 53)) if begun else iter(())
    for word in draws:
        angle = word * 2.0**-53 * (2.0 * math.pi)
        radius = math.sqrt(math.log1p(next(draws) * -(2.0**-53)) * -2.0)
        values += radius * math.cos(angle), radius * math.sin(angle)
    if len(values) > count:
        generator.normal = values.pop()
    return values


def _blocks64(generator: Generator, row: np.ndarray, mean: float, std: float) -> None:
    whole = row.size // _ROW * _ROW
    for part in parts(row[:whole], _ROW * 512):
        np.copyto(part, doubles(generator, part.size))
        _box_muller64(part.reshape(-1, 2, 8), mean, std)
    if row.size > whole:
        generator.words64(row.size - whole)  # torch fills these uniforms too before it draws the last 16 anew
        tail = row[-_ROW:]
        np.copyto(tail, doubles(generator, _ROW))
        _box_muller64(tail.reshape(1, 2, 8), mean, std)


def _box_muller64(rows: np.ndarray, mean: float, std: float) -> None:
    """Uniforms [rows, 2, 8] to normals, in place."""
    radius = np.sqrt(libm("log")(1.0 - rows[:, 0]) * -2.0)
    angle = rows[:, 1] * (2.0 * math.pi)
    rows[:, 0] = multiply_add(radius * libm("cos")(angle), std, mean)
    rows[:, 1] = multiply_add(radius * libm("sin")(angle), std, mean)


def _blocks32(generator: Generator, row: np.ndarray, mean: float, std: float) -> None:
    whole, direct = row.size // _ROW * _ROW, row.dtype == np.float32
    step = min(whole, _ROW * 4096)
    target, scratch = np.empty(0 if direct else step, np.float32), np.empty((5, step // 2), np.float64)
    for part in parts(row[:whole], step):
        values = part if direct else target[: part.size]
        fill16(generator.words32(part.size, 24), values, mean, std, scratch)
        if not direct:
            store(values, part)
    if row.size > whole:
        if direct:
            generator.words32(row.size - whole)
        values = np.empty(_ROW, np.float32)
        fill16(generator.words32(_ROW, 24), values, mean, std, scratch)
        store(values, row[-_ROW:])
