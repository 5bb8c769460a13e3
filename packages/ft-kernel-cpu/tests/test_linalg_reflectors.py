"""Reflections: the packed QR gives its matrix back, and products of reflections are what multiplying them one by one gives."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import linalg_reflectors as kernels

run = TL.st.run
KINDS = [np.float32, np.float64, np.complex64, np.complex128]


def numbers(kind, shape, rng):
    x = rng.standard_normal(shape)
    return (x + 1j * rng.standard_normal(shape) if np.dtype(kind).kind == "c" else x).astype(kind)


def one_by_one(packed, tau):
    """H_1 H_2 ... H_k, by the definition."""
    m = packed.shape[0]
    found = np.eye(m, dtype=packed.dtype)
    for i, factor in enumerate(tau):
        v = np.zeros(m, packed.dtype)
        v[i], v[i + 1 :] = 1, packed[i + 1 :, i]
        found = found @ (np.eye(m) - factor * np.outer(v, v.conj())).astype(packed.dtype)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (2, 4, 4)])
def test_geqrf_and_its_product_give_the_matrix(kind, shape, rng) -> None:
    x = numbers(kind, shape, rng)
    packed, tau = run(kernels.geqrf, x, out=...)
    assert packed.dtype == tau.dtype == x.dtype
    rows = np.triu(packed)
    found = run(kernels.ormqr, packed, tau, rows, True, False, out=...)
    np.testing.assert_allclose(found, x, atol=100 * np.finfo(kind).eps)


@pytest.mark.parametrize("kind", [np.float64, np.complex128])
@pytest.mark.parametrize("k", [0, 1, 3])
def test_a_product_is_its_reflections_one_by_one(kind, k, rng) -> None:
    packed, tau = numbers(kind, (5, 3), rng), numbers(kind, (k,), rng)  # neither unitary nor from a QR
    if k > 1:
        tau[1] = 0  # a reflection that does nothing, and whose inverse there is not
    whole = one_by_one(packed, tau)
    np.testing.assert_allclose(run(kernels.householder_product, packed, tau, out=...), whole[:, :3], atol=1e-12)
    c = numbers(kind, (5, 2), rng)
    np.testing.assert_allclose(run(kernels.ormqr, packed, tau, c, True, True, out=...), whole.conj().T @ c, atol=1e-12)
    np.testing.assert_allclose(run(kernels.ormqr, packed, tau, c.T, False, False, out=...), c.T @ whole, atol=1e-12)


def test_a_matrix_without_columns_has_no_reflections() -> None:
    packed, tau = run(kernels.geqrf, np.empty((2, 3, 0)), out=...)
    assert packed.shape == (2, 3, 0)
    assert tau.shape == (2, 0)
