"""LAPACK inside NumPy's own wheel, for the factors that NumPy computes and does not give out: LU, LDL, reflections, substitution.

The library is the one NumPy's own `linalg` calls (`blas`), so nothing depends on what else is installed; where a NumPy was built
against another library, `has` says no and the kernels' own blocked algorithms serve. LAPACK knows one matrix at a time and columns
before rows: a batch is a loop over matrices, as in torch, and a matrix goes in as the rows of its transpose.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable, Iterable
from itertools import repeat
from math import prod
from typing import Any

import numpy as np

from . import blas

Array = np.ndarray
Argument = int | bytes | Array
_LETTER = {"f": "s", "d": "d", "F": "c", "D": "z"}


@functools.cache
def _found(name: str, letter: str, arguments: int, characters: int) -> Callable[..., Any] | None:
    pointers = (ctypes.c_void_p,) * arguments
    return blas.routine(f"{letter}{name}_", None, *pointers, *(ctypes.c_size_t,) * characters)


def has(dtype: np.dtype) -> bool:
    """Whether `run` serves this dtype: a float or complex of single or double precision, and the library is at hand."""
    letter = _LETTER.get(dtype.char)
    return letter is not None and _found("getrf", letter, 6, 0) is not None


def columns(x: Array, shape: tuple[int, ...] | None = None) -> Array:
    """A fresh copy of matrices (*batch, m, n), each with its columns one after the other: (count, n, m). `shape`: broadcast to it first."""
    x = x if shape is None else np.broadcast_to(x, shape)
    turned = np.swapaxes(x, -2, -1)
    return np.array(turned, order="C").reshape((prod(x.shape[:-2]), *turned.shape[-2:]))


def rows(x: Array, batch: tuple[int, ...]) -> Array:
    """What `columns` made, as matrices (*batch, m, n) in row-major order."""
    return np.ascontiguousarray(np.swapaxes(x, -2, -1)).reshape((*batch, x.shape[-1], x.shape[-2]))


def run(name: str, count: int, *arguments: Argument) -> None:
    """Call a routine `count` times: "getrf" with the letter of its first floating array's dtype.

    An int and a bytes are the same each time; an array is one matrix, vector or number per call along its first dimension, in LAPACK's
    order, and is read and written in place. Integers, info among them, are int64. Nothing is checked.
    """
    letter = next(_LETTER[a.dtype.char] for a in arguments if isinstance(a, np.ndarray) and a.dtype.char in _LETTER)
    characters = sum(isinstance(a, bytes) for a in arguments)
    function = _found(name, letter, len(arguments), characters)
    if function is None:
        raise RuntimeError(f"lapack.run: {letter}{name} is not in NumPy's library; ask lapack.has first")
    numbers = np.array([a if isinstance(a, int) else 0 for a in arguments], np.int64)
    lanes: list[Iterable[Any]] = []
    for place, argument in enumerate(arguments):
        if isinstance(argument, bytes):
            lanes.append(repeat(argument, count))
        elif isinstance(argument, int):
            lanes.append(repeat(numbers.ctypes.data + 8 * place, count))
        else:
            step, start = argument.strides[0], argument.ctypes.data
            lanes.append(range(start, start + step * count, step) if step else repeat(start, count))
    lengths = [repeat(1, count) for _ in range(characters)]  # Fortran passes the length of each character after everything else
    for call in zip(*lanes, *lengths, strict=True):
        function(*call)


def lu(x: Array) -> tuple[Array, Array, Array]:
    """(LU, pivots from 1, info) of matrices (*batch, m, n); info is the first zero pivot from 1, or 0."""
    *batch, m, n = x.shape
    packed = columns(x)
    pivots, info = np.zeros((len(packed), min(m, n)), np.int64), np.zeros(len(packed), np.int64)
    if packed.size:
        run("getrf", len(packed), m, n, packed, m, pivots, info)
    return (
        rows(packed, tuple(batch)),
        pivots.astype(np.int32).reshape((*batch, min(m, n))),
        info.astype(np.int32).reshape(tuple(batch)),
    )


def lu_solve(factors: Array, pivots: Array, b: Array, transposed: bool) -> Array:
    """X with A X = B from LU of A, or with A^T X = B. Batches broadcast."""
    batch = np.broadcast_shapes(factors.shape[:-2], b.shape[:-2])
    n, k = b.shape[-2:]
    x = columns(b, (*batch, n, k))
    if not x.size:
        return rows(x, batch)
    one = prod(factors.shape[:-2]) == 1  # one system for all right-hand sides
    packed = columns(factors) if one else columns(factors, (*batch, n, n))
    steps = (pivots if one else np.broadcast_to(pivots, (*batch, n))).reshape(-1, n).astype(np.int64)
    if one:
        packed, steps = (np.broadcast_to(a[0], (len(x), *a.shape[1:])) for a in (packed, steps))
    run("getrs", len(x), b"T" if transposed else b"N", n, k, packed, n, steps, x, n, np.zeros(len(x), np.int64))
    return rows(x, batch)


def ldl(x: Array, hermitian: bool) -> tuple[Array, Array, Array]:
    """(LD, pivots, info) of the lower triangles of square matrices; two equal negative pivots mark a block of two."""
    *batch, n, _ = x.shape
    packed = columns(x)
    pivots, info = np.zeros((len(packed), n), np.int64), np.zeros(len(packed), np.int64)
    if packed.size:
        width = max(1, 64 * n)
        work = np.broadcast_to(np.empty(width, x.dtype), (len(packed), width))
        run(_symmetric(x.dtype, hermitian, "trf"), len(packed), b"L", n, packed, n, pivots, work, width, info)
    found = np.tril(rows(packed, tuple(batch)))
    return found, pivots.astype(np.int32).reshape(x.shape[:-1]), info.astype(np.int32).reshape(x.shape[:-2])


def ldl_solve(packed: Array, pivots: Array, b: Array, hermitian: bool) -> Array:
    """X with A X = B for a flat batch (count, n, n), (count, n), (count, n, k)."""
    n, k = b.shape[-2:]
    x = columns(b)
    if x.size:
        info = np.zeros(len(x), np.int64)
        run(_symmetric(b.dtype, hermitian, "trs"), len(x), b"L", n, k, columns(packed), n, pivots.astype(np.int64), x, n, info)
    return rows(x, b.shape[:-2])


def _symmetric(dtype: np.dtype, hermitian: bool, task: str) -> str:
    return ("he" if hermitian and dtype.kind == "c" else "sy") + task


def reflections(x: Array) -> tuple[Array, Array]:
    """geqrf: R over the vectors of the reflections, and their factors, of matrices (*batch, m, n)."""
    *batch, m, n = x.shape
    packed = columns(x)
    tau = np.zeros((len(packed), min(m, n)), x.dtype)
    if tau.size:
        width = max(1, 64 * n)
        work = np.broadcast_to(np.empty(width, x.dtype), (len(packed), width))
        run("geqrf", len(packed), m, n, packed, m, tau, work, width, np.zeros(len(packed), np.int64))
    return rows(packed, tuple(batch)), tau.reshape((*batch, min(m, n)))


def product(packed: Array, tau: Array) -> Array:
    """orgqr: the first n columns of H_1 ... H_k, from matrices (*batch, m, n) with m >= n >= k and factors (*batch, k)."""
    *batch, m, n = packed.shape
    q = columns(packed)
    if q.size:
        width = max(1, 64 * n)
        work = np.broadcast_to(np.empty(width, q.dtype), (len(q), width))
        factors = np.ascontiguousarray(tau).reshape(len(q), -1)
        name = "ungqr" if q.dtype.kind == "c" else "orgqr"
        run(name, len(q), m, n, factors.shape[1], q, m, factors, work, width, np.zeros(len(q), np.int64))
    return rows(q, tuple(batch))


def triangular(a: Array, b: Array, upper: bool, unit: bool) -> Array:
    """X with A X = B for one triangular matrix or a batch of them; only that triangle is read. Batches broadcast."""
    batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    n, k = b.shape[-2:]
    x = np.array(np.broadcast_to(b, (*batch, n, k)), order="C").reshape((prod(batch), n, k))
    if x.size:
        one = prod(a.shape[:-2]) == 1
        flat = np.ascontiguousarray(a if one else np.broadcast_to(a, (*batch, n, n))).reshape((-1, n, n))
        flat = np.broadcast_to(flat[0], (len(x), n, n)) if one else flat
        # what lies in rows is the transpose to LAPACK: X^T A^T = B^T, with the other triangle
        scale = np.ones(1, x.dtype)
        scale = np.broadcast_to(scale, (len(x), 1))
        run("trsm", len(x), b"R", b"L" if upper else b"U", b"N", b"U" if unit else b"N", k, n, scale, flat, n, x, k)
    return x.reshape((*batch, n, k))
