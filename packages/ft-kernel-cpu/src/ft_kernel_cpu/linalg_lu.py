"""Kernels of kept LU and LDL factors, over whole batches. LU itself is in `linalg_solve`, whose systems factor on the way.

LDL is LAPACK's where that can be reached (`lapack`). Ours is Bunch and Kaufman's (1977) partial pivoting in the same packed form, a
panel of columns at a time: each step looks at one column of every matrix, and a matrix whose column is the second of a block of two
sits that step out.
"""

from __future__ import annotations

from math import prod, sqrt
from typing import Any

import numpy as np

from . import lapack
from .linalg_factor import refuse, several
from .linalg_solve import PANEL, by_lu, exchanged, lu, modulus
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
        if pivots.size and not (pivots.min() >= 1 and pivots.max() <= m):
            raise RuntimeError(
                "pivots passed to lu_unpack must be between 1 and LU.size(-2) inclusive. Did you properly pass the result of lu_factor?"
            )
        p = np.zeros((*packed.shape[:-2], m, m), packed.dtype)
        order = np.broadcast_to(exchanged(pivots, m), (*packed.shape[:-2], m))
        np.put_along_axis(p, order[..., None, :], 1, -2)
    if unpack_data:
        low = np.tril(packed[..., :k], -1)
        low[..., np.arange(k), np.arange(k)] = 1
        up = np.triu(packed[..., :k, :])
    return several((p, low, up), out)


@kernel("linalg_lu_solve", inplace=())
def lu_solve(packed: Array, pivots: Array, b: Array, left: bool, adjoint: bool, *, out: Any) -> Array:
    """X with op(A) X = B; X op(A) = B is op(A)^T X^T = B^T."""
    if pivots.size and not (pivots.min() >= 1 and pivots.max() <= packed.shape[-1]):
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


def _block(a: Array, b: Array, c: Array, x: Array, y: Array, hermitian: bool) -> tuple[Array, Array]:
    """Rows (x, y) times the inverse of [[a, b'], [b, c]], scaled by b, which the choice of pivots made the largest."""
    other = _mirrored(b, hermitian)
    scale = 1 / ((a / other) * (c / b) - 1)
    return (x * (c / b) - y) * scale / other, (y * (a / other) - x) * scale / b


class _Panel:
    """Some columns of LDL under way: what they take from the rest, low @ kept^T, is subtracted from a column when it is looked at,
    and from the rest in one product when the panel is done.
    """

    def __init__(self, a: Array, packed: Array, start: int, stop: int, hermitian: bool) -> None:
        self.a, self.packed, self.start, self.hermitian = a, packed, start, hermitian
        self.low = np.zeros((*a.shape[:2], stop - start + 1), a.dtype)  # one more, for a block of two that begins in the last
        self.kept = np.zeros_like(self.low)
        self.every = np.arange(len(a))

    def column(self, k: int, at: Array) -> Array:
        """Column k + at of each matrix, from row k on, as it is by now."""
        place, done = k + at, k - self.start
        found = self.a[self.every, :, place][:, k:]
        if done:
            found = found - (self.low[:, k:, :done] @ self.kept[self.every, place, :done, None])[..., 0]
        if self.hermitian:
            found[self.every, at] = found[self.every, at].real
        return found

    def choice(self, k: int) -> tuple[Array, Array, Array, Array, Array]:
        """(column k, the column of its largest element, that element's row, whether a block of two is needed, whether column k is 0)."""
        column = self.column(k, np.zeros(len(self.a), np.intp))
        size = modulus(column)
        own = size[:, 0].copy()
        size[:, 0] = -1
        at = size.argmax(1)
        largest = np.maximum(size[self.every, at], 0)
        other = self.column(k, at)
        size = modulus(other)
        diagonal = size[self.every, at]
        size[self.every, at] = 0
        row = size.max(1)
        stays = (own >= GROWTH * largest) | (own * row >= GROWTH * largest * largest)
        wide = ~stays & (diagonal < GROWTH * row)
        return column, other, np.where(stays, 0, at), wide, np.maximum(own, largest) == 0

    def exchange(self, k: int, i: Array, j: Array) -> None:
        """Rows and columns k + i and k + j of what is left of each matrix."""
        if (i == j).all():
            return
        left = self.a[:, k:, k:]
        for x in (left, left.swapaxes(1, 2), self.low[:, k:], self.kept[:, k:]):
            x[self.every, i], x[self.every, j] = x[self.every, j], x[self.every, i]

    def one(self, rows: Array, k: int, column: Array) -> None:
        """A single pivot for the matrices `rows`."""
        pivot, rest = column[:, :1], column[:, 1:]
        low = rest / np.where(pivot == 0, 1, pivot)
        self.packed[rows, k, k] = pivot[:, 0]
        self._eliminated(rows, k, k + 1, low, rest)

    def two(self, rows: Array, k: int, first: Array, second: Array) -> None:
        """A block of two pivots."""
        a, b, c = first[:, :1], first[:, 1:2], second[:, 1:2]
        for (i, j), value in (((k, k), a), ((k + 1, k), b), ((k + 1, k + 1), c)):
            self.packed[rows, i, j] = value[:, 0]
        columns = first[:, 2:], second[:, 2:]
        for at, low, rest in zip((k, k + 1), _block(a, b, c, *columns, self.hermitian), columns, strict=True):
            self._eliminated(rows, at, k + 2, low, rest)

    def _eliminated(self, rows: Array, k: int, below: int, low: Array, rest: Array) -> None:
        self.packed[rows, below:, k] = self.low[rows, below:, k - self.start] = low
        self.kept[rows, below:, k - self.start] = _mirrored(rest, self.hermitian)


def ldl(x: Array, hermitian: bool) -> tuple[Array, Array, Array]:
    """(LD, pivots, info) of the lower triangles; two equal negative pivots mark a block of two."""
    return lapack.ldl(x, hermitian) if lapack.has(x.dtype) else ldl_blocked(x, hermitian)


def ldl_blocked(x: Array, hermitian: bool) -> tuple[Array, Array, Array]:
    """`ldl` without LAPACK."""
    n = x.shape[-1]
    a = np.tril(x).reshape((prod(x.shape[:-2]), n, n))
    a = a + np.swapaxes(_mirrored(np.tril(a, -1), hermitian), -2, -1)
    packed, every = np.zeros_like(a), np.arange(len(a))
    pivots, info = np.zeros((len(a), n), np.int32), np.zeros(len(a), np.int32)
    second = np.zeros(len(a), bool)
    for start in range(0, n, PANEL):
        stop = min(start + PANEL, n)
        panel = _Panel(a, packed, start, stop, hermitian and a.dtype.kind == "c")
        for k in range(start, stop):
            first, other, up, wide, zero = panel.choice(k)
            up[second], wide[second] = 0, False
            info[zero & ~second & (info == 0)] = k + 1
            to = wide.astype(np.intp)
            panel.exchange(k, to, up)
            for column in (first, other):
                column[every, to], column[every, up] = column[every, up], column[every, to]
            first = np.where((~wide & (up > 0))[:, None], other, first)
            one, two = np.flatnonzero(~wide & ~second), np.flatnonzero(wide)
            pivots[one, k] = k + up[one] + 1
            panel.one(one, k, first[one])
            if two.size:
                pivots[two, k] = pivots[two, k + 1] = -(k + up[two] + 1)
                panel.two(two, k, first[two], other[two])
            second = wide
        if stop < n:
            a[:, stop:, stop:] -= panel.low[:, stop:] @ np.swapaxes(panel.kept[:, stop:], 1, 2)
    return packed.reshape(x.shape), pivots.reshape(x.shape[:-1]), info.reshape(x.shape[:-2])


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
    if pivots.size and not (np.abs(pivots).min() >= 1 and np.abs(pivots).max() <= n):
        raise RuntimeError(
            f"torch.linalg.ldl_solve: Expected pivots between 1 and {n}, or their negatives, as ldl_factor gives them"
        )
    batch = np.broadcast_shapes(packed.shape[:-2], b.shape[:-2])

    def flat(x: Array, kept: int) -> Array:
        own = x.shape[x.ndim - kept :]
        return np.array(np.broadcast_to(x, batch + own)).reshape((prod(batch), *own))

    solve = lapack.ldl_solve if packed.dtype == b.dtype and lapack.has(b.dtype) else ldl_substitute
    return store(solve(flat(packed, 2), flat(pivots, 1), flat(b, 2), hermitian).reshape((*batch, *b.shape[-2:])), out)
