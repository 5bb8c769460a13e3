"""Kernels of Householder reflections. NumPy has LAPACK's packed form of QR, transposed; products of reflections are matrix products.

How H_1 ... H_k becomes I - V T V^H is said in the op table's file of this family.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import lapack
from .linalg_factor import several
from .linalg_solve import substitute
from .table import kernel, store

Array = np.ndarray


@kernel("geqrf", inplace=())
def geqrf(x: Array, *, out: Any) -> tuple[Array, ...]:
    """R over the vectors of the reflections, and their factors."""
    if 0 in x.shape[-2:]:
        return several((np.array(x), np.zeros((*x.shape[:-2], 0), x.dtype)), out)
    if lapack.has(x.dtype):
        return several(lapack.reflections(x), out)
    packed, tau = np.linalg.qr(x, "raw")
    return several((np.swapaxes(packed, -2, -1).astype(x.dtype, copy=False), tau.astype(x.dtype, copy=False)), out)


def _adjoint(x: Array) -> Array:
    return np.conj(np.swapaxes(x, -2, -1))


def _compact(packed: Array, tau: Array) -> tuple[Array, Array]:
    """V, and T of I - V T V^H."""
    m, k = packed.shape[-2], tau.shape[-1]
    eye = np.eye(k, dtype=packed.dtype)
    v = np.tril(packed[..., :k], -1) + np.eye(m, k, dtype=packed.dtype)
    inner = eye + np.triu(_adjoint(v) @ v, 1) * tau[..., None, :]
    return v, tau[..., None] * substitute(inner, eye, True, True)


@kernel("linalg_householder_product", inplace=())
def householder_product(packed: Array, tau: Array, *, out: Any) -> Array:
    """The first columns of the product."""
    if packed.dtype == tau.dtype and lapack.has(packed.dtype):
        return store(lapack.product(packed, tau), out)
    v, t = _compact(packed, tau)
    m, n = packed.shape[-2:]
    return store(np.eye(m, n, dtype=packed.dtype) - v @ (t @ _adjoint(v[..., :n, :])), out)


@kernel("ormqr", inplace=())
def ormqr(packed: Array, tau: Array, other: Array, left: bool, transpose: bool, *, out: Any) -> Array:
    """The whole product, or its adjoint, times a matrix from the left or the right."""
    v, t = _compact(packed, tau)
    t = _adjoint(t) if transpose else t
    if left:
        return store(other - v @ (t @ (_adjoint(v) @ other)), out)
    return store(other - ((other @ v) @ t) @ _adjoint(v), out)
