"""Kernels of factorizations: NumPy's LAPACK on batches of matrices, float32 in float32.

What failed and where is found after LAPACK has refused, so that a factorization that succeeds pays nothing for it.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np

from ft_core.errors import LinAlgError

from .table import ALLOC, kernel, store

Array = np.ndarray


def several(results: tuple[Any, ...], out: Any) -> tuple[Array, ...]:
    """The results as arrays of their own, or stored in the destinations."""
    if out is ALLOC:
        return tuple(np.ascontiguousarray(r) if r.ndim else np.asarray(r) for r in results)
    return tuple(store(r, o) for r, o in zip(results, out, strict=True))


def refuse(name: str, info: Array, text: str) -> None:
    """LinAlgError for the first matrix whose info is not 0; `{}` in the text is its info."""
    bad = np.flatnonzero(info)
    if bad.size:
        where = f"(Batch element {bad[0]}): " if info.ndim else ""
        raise LinAlgError(f"{name}: {where}{text.format(info.reshape(-1)[bad[0]])}")


def _factored(x: Array, upper: bool) -> bool:
    try:
        np.linalg.cholesky(x, upper=upper)
    except np.linalg.LinAlgError:
        return False
    return True


def _minor(x: Array, upper: bool) -> int:
    """Order of the first leading minor that is not positive-definite, by bisection; 0 if all are."""
    if _factored(x, upper):
        return 0
    good, bad = 0, x.shape[-1]
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if _factored(x[:middle, :middle], upper) else (good, middle)
    return bad


@kernel("linalg_cholesky_ex", inplace=())
def cholesky_ex(x: Array, upper: bool, check_errors: bool, *, out: Any) -> tuple[Array, ...]:
    """Triangular factor and info; a matrix that failed leaves zeros."""
    info = np.zeros(x.shape[:-2], np.int32)
    try:
        found = np.linalg.cholesky(x, upper=upper)
    except np.linalg.LinAlgError:
        found = np.zeros_like(x)
        for at in np.ndindex(info.shape):
            info[at] = _minor(x[at], upper)
            if not info[at]:
                found[at] = np.linalg.cholesky(x[at], upper=upper)
    if check_errors:
        refuse(
            "linalg.cholesky",
            info,
            "The factorization could not be completed because the input is not positive-definite "
            "(the leading minor of order {} is not positive-definite).",
        )
    return several((found, info), out)


@kernel("linalg_qr", inplace=())
def qr(x: Array, mode: Any, *, out: Any) -> tuple[Array, ...]:
    """Q (empty for mode "r") and R."""
    if mode == "r":
        return several((np.empty(0, x.dtype), np.linalg.qr(x, "r")), out)
    return several(tuple(np.linalg.qr(x, mode)), out)


@kernel("_linalg_svd", inplace=())
def svd(x: Array, full_matrices: bool, compute_uv: bool, driver: Any, *, out: Any) -> tuple[Array, ...]:
    """U, S, Vh; U and Vh are empty without compute_uv."""
    try:
        if compute_uv:
            return several(tuple(np.linalg.svd(x, full_matrices)), out)
        empty = np.empty(0, x.dtype)
        return several((empty, np.linalg.svd(x, compute_uv=False), empty.copy()), out)
    except np.linalg.LinAlgError:
        raise LinAlgError(
            "linalg.svd: The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated "
            "singular values."
        ) from None


@kernel("_linalg_eigh", inplace=())
def eigh(x: Array, uplo: Any, compute_v: bool, *, out: Any) -> tuple[Array, ...]:
    """Eigenvalues, ascending, and eigenvectors (empty without compute_v)."""
    try:
        if compute_v:
            return several(tuple(np.linalg.eigh(x, uplo.upper())), out)
        return several((np.linalg.eigvalsh(x, uplo.upper()), np.empty(0, x.dtype)), out)
    except np.linalg.LinAlgError:
        raise LinAlgError(
            "linalg.eigh: The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated "
            "eigenvalues."
        ) from None


@kernel("linalg_eig", inplace=())
def eig(x: Array, *, out: Any) -> tuple[Array, ...]:
    """Complex eigenvalues and eigenvectors; NumPy gives real ones where all are real."""
    if not np.isfinite(x).all():
        raise RuntimeError("torch.linalg.eig: input tensor should not contain infs or NaNs.")
    kind = np.result_type(x.dtype, np.complex64)
    values, vectors = np.linalg.eig(x)
    return several((values.astype(kind, copy=False), vectors.astype(kind, copy=False)), out)


DEGREE, LIMIT = 13, 5.371920351148152
"""Degree of the Pade approximant to exp, and the 1-norm up to which it is exact in doubles. Source: Higham (2005), table 2.3."""


def _pade(x: Array) -> Array:
    """The approximant near 0: a polynomial in x over the same polynomial in -x."""
    c = [factorial(2 * DEGREE - j) // (factorial(DEGREE - j) * factorial(j)) for j in range(DEGREE + 1)]
    square = x @ x
    power = np.broadcast_to(np.eye(x.shape[-1], dtype=x.dtype), x.shape)
    odd, even = power * (c[1] / c[0]), power.copy()
    for j in range(2, DEGREE + 1, 2):
        power = power @ square
        even += power * (c[j] / c[0])
        odd += power * (c[j + 1] / c[0])
    odd = x @ odd
    return np.linalg.solve(even - odd, even + odd)


@kernel("linalg_matrix_exp", inplace=())
def matrix_exp(x: Array, *, out: Any) -> Array:
    """Scaling and squaring: exp(A) = exp(A / 2^s)^(2^s), s from each matrix's own norm.

    Single precision is worked on in doubles: each of the squarings doubles the rounding error of the one before.
    """
    if not x.size:
        return store(np.empty_like(x), out)
    flat = x.reshape((-1, *x.shape[-2:])).astype(np.result_type(x, np.float64), copy=False)
    norm = np.abs(flat).sum(1).max(1)
    finite = np.isfinite(norm)
    halvings = np.ceil(np.log2(np.maximum(np.where(finite, norm, 0) / LIMIT, 1))).astype(int)
    found = _pade(np.where(finite[:, None, None], flat, 0) / (2.0**halvings)[:, None, None])
    for step in range(halvings.max()):
        more = halvings > step
        found[more] = found[more] @ found[more]
    found[~finite] = np.nan
    return store(found.reshape(x.shape).astype(x.dtype, copy=False), out)
