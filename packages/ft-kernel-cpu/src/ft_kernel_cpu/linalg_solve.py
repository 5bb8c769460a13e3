"""Kernels of linear systems: LU with partial pivoting and substitution, by NumPy's LAPACK where it can be reached (`lapack`).

Elsewhere both are ours, over whole batches: panels are factored column by column, the rest is matrix products.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from . import lapack
from .linalg_factor import refuse, several
from .table import kernel, store

Array = np.ndarray
PANEL = 32  # columns factored one by one before one product updates the rest


def modulus(x: Array) -> Array:
    """LAPACK's measure of a pivot: |re| + |im|, which costs no root."""
    return np.abs(x.real) + np.abs(x.imag) if x.dtype.kind == "c" else np.abs(x)


def lu(x: Array) -> tuple[Array, Array, Array]:
    """(LU, pivots from 1, info: the first zero pivot from 1, or 0)."""
    return lapack.lu(x) if lapack.has(x.dtype) else lu_blocked(x)


def lu_blocked(x: Array) -> tuple[Array, Array, Array]:
    """`lu` without LAPACK."""
    *batch, m, n = x.shape
    k = min(m, n)
    a = np.array(x, order="C").reshape((prod(batch), m, n))
    pivots, info = np.zeros((len(a), k), np.int32), np.zeros(len(a), np.int32)
    every = np.arange(len(a))
    for start in range(0, k, PANEL):
        stop = min(start + PANEL, k)
        for j in range(start, stop):
            at = modulus(a[:, j:, j]).argmax(1) + j
            pivots[:, j] = at + 1
            rows = a[every, at]
            a[every, at] = a[:, j]
            a[:, j] = rows
            top = a[:, j, j, None]
            info[(info == 0) & (top[:, 0] == 0)] = j + 1
            a[:, j + 1 :, j] /= np.where(top == 0, 1, top)
            a[:, j + 1 :, j + 1 : stop] -= a[:, j + 1 :, j, None] * a[:, j, None, j + 1 : stop]
        if stop < n:
            a[:, start:stop, stop:] = substitute_blocked(a[:, start:stop, start:stop], a[:, start:stop, stop:], False, True)
            a[:, stop:, stop:] -= a[:, stop:, start:stop] @ a[:, start:stop, stop:]
    return a.reshape(x.shape), pivots.reshape((*batch, k)), info.reshape(tuple(batch))


def substitute(a: Array, b: Array, upper: bool, unit: bool) -> Array:
    """X with A X = B for triangular A; only that triangle is read."""
    if a.dtype == b.dtype and lapack.has(b.dtype):
        return lapack.triangular(a, b, upper, unit)
    return substitute_blocked(a, b, upper, unit)


def substitute_blocked(a: Array, b: Array, upper: bool, unit: bool) -> Array:
    """`substitute` without LAPACK. Single precision is summed in doubles: row after row of X is made of the rows before it."""
    n = a.shape[-1]
    shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-2]) + b.shape[-2:]
    x = np.array(np.broadcast_to(b, shape), np.result_type(b, np.float64), order="C")
    starts = range(0, n, PANEL)
    for start in reversed(starts) if upper else starts:
        stop = min(start + PANEL, n)
        done = slice(stop, n) if upper else slice(0, start)
        if done.start < done.stop:
            x[..., start:stop, :] -= a[..., start:stop, done] @ x[..., done, :]
        for i in range(stop - 1, start - 1, -1) if upper else range(start, stop):
            inner = slice(i + 1, stop) if upper else slice(start, i)
            if inner.start < inner.stop:
                x[..., i, :] -= (a[..., i, None, inner] @ x[..., inner, :])[..., 0, :]
            if not unit:
                x[..., i, :] /= a[..., i, i, None]
    return x.astype(b.dtype, copy=False)


def exchanged(pivots: Array, n: int) -> Array:
    """The order of rows that the exchanges make."""
    flat = pivots.reshape((prod(pivots.shape[:-1]), pivots.shape[-1])) - 1
    if len(flat) < flat.shape[1]:  # few matrices: their rows change places as numbers
        found = [list(range(n)) for _ in flat]
        for places, steps in zip(found, flat.tolist(), strict=True):
            for j, other in enumerate(steps):
                places[other], places[j] = places[j], places[other]
        return np.array(found, np.intp).reshape((*pivots.shape[:-1], n))
    order = np.tile(np.arange(n), (len(flat), 1))
    every = np.arange(len(flat))
    for j in range(flat.shape[1]):
        at = flat[:, j]
        order[every, at], order[:, j] = order[:, j].copy(), order[every, at]
    return order.reshape((*pivots.shape[:-1], n))


def by_lu(factors: Array, pivots: Array, b: Array, transposed: bool = False) -> Array:
    """X with A X = B from the factors of A = P L U; transposed: with A^T X = B."""
    if factors.dtype == b.dtype and lapack.has(b.dtype):
        return lapack.lu_solve(factors, pivots, b, transposed)
    order = exchanged(pivots, factors.shape[-1])
    if transposed:
        turned = np.swapaxes(factors, -2, -1)
        found = substitute(turned, substitute(turned, b, False, False), True, True)
        return rearranged(found, np.argsort(order, -1))
    return substitute(factors, substitute(factors, rearranged(b, order), False, True), True, False)


def rearranged(b: Array, order: Array) -> Array:
    """The rows of each matrix in another order."""
    batch = np.broadcast_shapes(order.shape[:-1], b.shape[:-2])
    return np.take_along_axis(
        np.broadcast_to(b, batch + b.shape[-2:]), np.broadcast_to(order, batch + order.shape[-1:])[..., None], -2
    )


def _sign(factors: Array, pivots: Array) -> tuple[Array, Array]:
    """(parity of the exchanges, diagonal of U)."""
    swaps = (pivots != np.arange(1, pivots.shape[-1] + 1)).sum(-1)
    return (1 - 2 * (swaps % 2)).astype(factors.dtype), np.diagonal(factors, 0, -2, -1)


@kernel("_linalg_det", inplace=())
def det(x: Array, *, out: Any) -> tuple[Array, ...]:
    """Product of the pivots, signed; LU and pivots."""
    factors, pivots, _ = lu(x)
    parity, diagonal = _sign(factors, pivots)
    return several((np.asarray(parity * diagonal.prod(-1)), factors, pivots), out)


@kernel("_linalg_slogdet", inplace=())
def slogdet(x: Array, *, out: Any) -> tuple[Array, ...]:
    """Sign and log of the modulus of the determinant; LU and pivots."""
    factors, pivots, _ = lu(x)
    parity, diagonal = _sign(factors, pivots)
    size = np.abs(diagonal)
    sign = parity * (diagonal / np.where(size == 0, 1, size)).prod(-1)
    return several((np.asarray(sign), np.asarray(np.log(size).sum(-1)), factors, pivots), out)


@kernel("linalg_inv_ex", inplace=())
def inv_ex(x: Array, check_errors: bool, *, out: Any) -> tuple[Array, ...]:
    """Inverse and info; LAPACK's, and by LU where some matrix of the batch is singular."""
    info = np.zeros(x.shape[:-2], np.int32)
    try:
        found = np.linalg.inv(x)
    except np.linalg.LinAlgError:
        factors, pivots, info = lu(x)
        if check_errors:
            refuse(
                "linalg.inv",
                info,
                "The diagonal element {} is zero, the inversion could not be completed because the input matrix is singular.",
            )
        found = by_lu(factors, pivots, np.eye(x.shape[-1], dtype=x.dtype))
    return several((found, info), out)


@kernel("_linalg_solve_ex", inplace=())
def solve_ex(a: Array, b: Array, left: bool, check_errors: bool, *, out: Any) -> tuple[Array, ...]:
    """X, and LU, pivots, info of A; X A = B is solved as A^T X^T = B^T."""
    vector = b.ndim == 1 or (a.ndim - 1 == b.ndim and b.shape == a.shape[:-1])
    right = b[..., None] if vector else b
    factors, pivots, info = lu(a)
    if check_errors:
        refuse("torch.linalg.solve", info, "The solver failed because the input matrix is singular.")
    if left:
        found = by_lu(factors, pivots, right)
        found = found[..., 0] if vector else found
    else:
        found = np.swapaxes(by_lu(factors, pivots, np.swapaxes(right, -2, -1), transposed=True), -2, -1)
    return several((found, factors, pivots, info), out)


@kernel("linalg_solve_triangular", inplace=())
def solve_triangular(a: Array, b: Array, upper: bool, left: bool, unitriangular: bool, *, out: Any) -> Array:
    """X with A X = B, or X A = B."""
    if left:
        return store(substitute(a, b, upper, unitriangular), out)
    found = substitute(np.swapaxes(a, -2, -1), np.swapaxes(b, -2, -1), not upper, unitriangular)
    return store(np.ascontiguousarray(np.swapaxes(found, -2, -1)), out)
