"""Kernels of kept LU and LDL factors, over whole batches. LU itself is in `linalg_solve`, whose systems factor on the way.

LDL is Bunch and Kaufman's (1977) partial pivoting in LAPACK's packed form: each step looks at one column of every matrix, and a
matrix whose column is the second of a block of two sits that step out.
"""

from __future__ import annotations

from math import prod, sqrt
from typing import Any

import numpy as np

from .linalg_factor import refuse, several
from .linalg_solve import by_lu, exchanged, lu, modulus
from .table import kernel, store

Array = np.ndarray
GROWTH = (1 + sqrt(17)) / 8  # bounds the growth of one step with a block of two by that of two steps with single pivots


@kernel("linalg_lu_factor_ex", inplace=())
def lu_factor_ex(x: Array, pivot: bool, check_errors: bool, *, out: Any) -> tuple[Array, ...]:
    """LU, pivots, info."""
    found = lu(x)
    if check_errors:
        refuse(
            "torch.linalg.lu_factor", found[2], "U[{0},{0}] is zero and using it on lu_solve would result in a division by zero."
        )
    return several(found, out)


@kernel("lu_unpack", inplace=())
def lu_unpack(packed: Array, pivots: Array, unpack_data: bool, unpack_pivots: bool, *, out: Any) -> tuple[Array, ...]:
    """P, L, U; what is not asked for is empty."""
    m, n = packed.shape[-2:]
    k = min(m, n)
    p = low = up = np.empty(0, packed.dtype)
    if unpack_pivots:
        if pivots.size and not (1 <= pivots.min() and pivots.max() <= m):
            raise RuntimeError(
                "pivots passed to lu_unpack must be between 1 and LU.size(-2) inclusive. Did you properly pass the result of lu_factor?"
            )
        p = np.swapaxes(np.eye(m, dtype=packed.dtype)[exchanged(pivots, m)], -2, -1)
        p = np.broadcast_to(p, (*packed.shape[:-2], m, m))
    if unpack_data:
        low = np.tril(packed[..., :k], -1) + np.eye(m, k, dtype=packed.dtype)
        up = np.triu(packed[..., :k, :])
    return several((p, low, up), out)


@kernel("linalg_lu_solve", inplace=())
def lu_solve(packed: Array, pivots: Array, b: Array, left: bool, adjoint: bool, *, out: Any) -> Array:
    """X with op(A) X = B; X op(A) = B is op(A)^T X^T = B^T."""
    if pivots.size and not (1 <= pivots.min() and pivots.max() <= packed.shape[-1]):
        raise RuntimeError(
            "Pivots given to lu_solve must all be between 1 and LU.size(-2). Did you properly pass the result of lu_factor?"
        )
    packed = np.conj(packed) if adjoint and packed.dtype.kind == "c" else packed
    if left:
        return store(by_lu(packed, pivots, b, transposed=adjoint), out)
    return store(np.swapaxes(by_lu(packed, pivots, np.swapaxes(b, -2, -1), transposed=not adjoint), -2, -1), out)


# -- LDL --------------------------------------------------------------------------------------------------------------------------


def _mirrored(x: Array, hermitian: bool) -> Array:
    """The transpose, or the adjoint, of what stands left of a product."""
    return np.conj(x) if hermitian and x.dtype.kind == "c" else x


def _choice(t: Array) -> tuple[Array, Array, Array]:
    """(row to bring up, whether a block of two is needed, whether the column is zero) for the first column of each matrix."""
    every = np.arange(len(t))
    size = modulus(t)
    own = size[:, 0, 0]
    if t.shape[1] == 1:
        return np.zeros(len(t), np.intp), np.zeros(len(t), bool), own == 0
    at = size[:, 1:, 0].argmax(1) + 1
    column, diagonal = size[every, at, 0], size[every, at, at]
    size[every, at, at] = 0
    row = size[every, at].max(1)
    stays = (own >= GROWTH * column) | (own * row >= GROWTH * column * column)
    wide = ~stays & (diagonal < GROWTH * row)
    return np.where(stays, 0, at), wide, np.maximum(own, column) == 0


def _eliminate_one(t: Array, hermitian: bool) -> None:
    """A single pivot: its column becomes L's, its product leaves the rest."""
    column = t[:, 1:, 0].copy()
    pivot = t[:, 0, 0, None]
    low = column / np.where(pivot == 0, 1, pivot)
    t[:, 1:, 1:] -= low[:, :, None] * _mirrored(column, hermitian)[:, None, :]
    t[:, 1:, 0] = low


def _block(a: Array, b: Array, c: Array, x: Array, y: Array, hermitian: bool) -> tuple[Array, Array]:
    """Rows (x, y) times the inverse of [[a, b'], [b, c]], scaled by b, which the choice of pivots made the largest."""
    other = _mirrored(b, hermitian)
    scale = 1 / ((a / other) * (c / b) - 1)
    return (x * (c / b) - y) * scale / other, (y * (a / other) - x) * scale / b


def _eliminate_two(t: Array, hermitian: bool) -> None:
    """A block of two pivots."""
    x, y = t[:, 2:, 0].copy(), t[:, 2:, 1].copy()
    low = _block(*(t[:, i, j, None] for i, j in ((0, 0), (1, 0), (1, 1))), x, y, hermitian)
    for part, column in zip(low, (x, y), strict=True):
        t[:, 2:, 2:] -= part[:, :, None] * _mirrored(column, hermitian)[:, None, :]
    t[:, 2:, 0], t[:, 2:, 1] = low


def ldl(x: Array, hermitian: bool) -> tuple[Array, Array, Array]:
    """(LD, pivots, info) of the lower triangles; two equal negative pivots mark a block of two."""
    n = x.shape[-1]
    a = np.tril(x).reshape((prod(x.shape[:-2]), n, n))
    a = a + np.swapaxes(_mirrored(np.tril(a, -1), hermitian), -2, -1)
    if hermitian and a.dtype.kind == "c":
        a.imag[:, np.arange(n), np.arange(n)] = 0
    pivots, info = np.zeros((len(a), n), np.int32), np.zeros(len(a), np.int32)
    second = np.zeros(len(a), bool)
    for k in range(n):
        rows = np.flatnonzero(~second)
        second[:] = False
        t = a[rows, k:, k:]
        up, wide, zero = _choice(t)
        info[rows[zero & (info[rows] == 0)]] = k + 1
        every, to = np.arange(len(rows)), wide.astype(np.intp)
        order = np.tile(np.arange(n - k), (len(rows), 1))
        order[every, to], order[every, up] = up, to
        t = np.take_along_axis(np.take_along_axis(t, order[:, :, None], 1), order[:, None, :], 2)
        for which, eliminate in ((~wide, _eliminate_one), (wide, _eliminate_two)):
            if which.any():
                part = t[which]
                eliminate(part, hermitian)
                t[which] = part
        a[rows, k:, k:] = t
        pivots[rows, k] = np.where(wide, -(up + k + 1), up + k + 1)
        second[rows[wide]] = True
        pivots[second, k + 1 : k + 2] = pivots[second, k : k + 1]
    return np.tril(a).reshape(x.shape), pivots.reshape(x.shape[:-1]), info.reshape(x.shape[:-2])


def _starts(pivots: Array) -> Array:
    """Where a block of two begins."""
    found = np.zeros(pivots.shape, bool)
    for k in range(pivots.shape[1]):
        found[:, k] = (pivots[:, k] < 0) & ~(found[:, k - 1] if k else False)
    return found


def ldl_substitute(packed: Array, pivots: Array, b: Array, hermitian: bool) -> Array:
    """X with A X = B for a flat batch of factors; `b` is worked on in place."""
    n = packed.shape[-1]
    every = np.arange(len(b))
    starts = _starts(pivots)
    single = pivots > 0
    low = np.tril(packed, -1)
    low[:, np.arange(1, n), np.arange(n - 1)] *= ~starts[:, : n - 1]  # that element is D's
    ours = np.where(starts, np.arange(n) + 1, np.arange(n))  # what step k exchanged with the row its pivot names
    theirs = np.where(starts | single, np.abs(pivots) - 1, ours)

    def exchange(k: int) -> None:
        b[every, ours[:, k]], b[every, theirs[:, k]] = b[every, theirs[:, k]], b[every, ours[:, k]]

    for k in range(n):
        exchange(k)
        b[:, k + 1 :] -= low[:, k + 1 :, k, None] * b[:, None, k]
    for k in range(n):
        b[single[:, k], k] /= packed[single[:, k], k, k, None]
        two = starts[:, k]
        if two.any():
            p, q = b[two, k], b[two, k + 1]
            a, c, e = (packed[two, i, j, None] for i, j in ((k, k), (k + 1, k), (k + 1, k + 1)))
            # D is Hermitian: (p, q) as a row times the inverse of D's transpose
            b[two, k], b[two, k + 1] = _block(a, _mirrored(c, hermitian), e, p, q, hermitian)
    for k in range(n - 1, -1, -1):
        b[:, k] -= (_mirrored(low[:, None, k + 1 :, k], hermitian) @ b[:, k + 1 :])[:, 0]
        exchange(k)
    return b


@kernel("linalg_ldl_factor_ex", inplace=())
def ldl_factor_ex(x: Array, hermitian: bool, check_errors: bool, *, out: Any) -> tuple[Array, ...]:
    """LD, pivots, info."""
    found = ldl(x, hermitian)
    if check_errors:
        refuse("torch.linalg.ldl_factor", found[2], "D[{0},{0}] is zero, so a system with it cannot be solved.")
    return several(found, out)


@kernel("linalg_ldl_solve", inplace=())
def ldl_solve(packed: Array, pivots: Array, b: Array, hermitian: bool, *, out: Any) -> Array:
    """X with A X = B."""
    n = packed.shape[-1]
    if pivots.size and not (1 <= np.abs(pivots).min() and np.abs(pivots).max() <= n):
        raise RuntimeError(f"torch.linalg.ldl_solve: Expected pivots between 1 and {n}, or their negatives, as ldl_factor gives them")
    batch = np.broadcast_shapes(packed.shape[:-2], b.shape[:-2])
    flat = [
        np.array(np.broadcast_to(v, batch + v.shape[len(v.shape) - keep :])).reshape((prod(batch), *v.shape[v.ndim - keep :]))
        for v, keep in ((packed, 2), (pivots, 1), (b, 2))
    ]
    return store(ldl_substitute(*flat, hermitian).reshape((*batch, *b.shape[-2:])), out)
