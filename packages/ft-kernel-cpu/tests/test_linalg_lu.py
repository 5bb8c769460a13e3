"""Kept factors: LDL multiplies back with blocks of one and two, solves by it, and neither touches what it was given."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import linalg_lu as kernels

run = TL.st.run
KINDS = [(np.float64, False), (np.complex128, False), (np.complex128, True)]


def matrices(kind, hermitian, n, rng, hollow):
    """Symmetric (Hermitian) matrices; with nothing on the diagonal every first pivot is a block of two."""
    x = rng.standard_normal((6, n, n))
    x = (x + 1j * rng.standard_normal(x.shape)).astype(kind) if np.dtype(kind).kind == "c" else x
    turned = x.swapaxes(1, 2)
    x = x + (turned.conj() if hermitian else turned)
    if hollow:
        x[:, np.arange(n), np.arange(n)] = 0
    return x


@pytest.mark.parametrize("hollow", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 8, 21])
@pytest.mark.parametrize(("kind", "hermitian"), KINDS)
def test_ldl_solves_its_matrix(kind, hermitian, n, hollow, rng) -> None:
    x = matrices(kind, hermitian, n, rng, hollow and n > 1)
    kept = x.copy()
    packed, pivots, info = run(kernels.ldl, np.tril(x), hermitian)  # the upper triangle is not read
    assert not info.any()
    if hollow and n > 1:
        assert (pivots[:, 0] < 0).all()
        assert (pivots[:, 0] == pivots[:, 1]).all()
    b = rng.standard_normal((n, 2)).astype(kind)
    found = run(kernels.ldl_solve, packed, pivots, b, hermitian, out=...)
    np.testing.assert_allclose(x @ found, np.broadcast_to(b, found.shape), atol=1e-8)
    np.testing.assert_array_equal(x, kept)


def test_ldl_names_the_first_zero_pivot() -> None:
    x = np.stack([np.eye(3), np.diag([1.0, 0.0, 0.0]), np.zeros((3, 3))])
    packed, _, info = run(kernels.ldl, x, False)
    assert info.tolist() == [0, 2, 1]
    np.testing.assert_array_equal(packed, x)


@pytest.mark.parametrize("shape", [(4, 6), (6, 4), (3, 5, 5), (0, 3), (3, 0)])
def test_lu_unpack_multiplies_back(shape, rng) -> None:
    x = rng.standard_normal(shape) + 1j * rng.standard_normal(shape)
    packed, pivots, _ = run(kernels.lu_factor_ex, x, True, False, out=...)
    p, low, up = run(kernels.lu_unpack, packed, pivots, True, True, out=...)
    np.testing.assert_allclose(p @ low @ up, x, atol=1e-12)
    assert (np.diagonal(low, 0, -2, -1) == 1).all()


def test_a_complex_pivot_is_the_one_lapack_takes() -> None:
    x = np.array([[3.0 + 0j, 0], [2.1 + 2.1j, 1]])  # of modulus 2.97, but |re| + |im| is 4.2
    assert run(kernels.lu_factor_ex, x, True, False, out=...)[1].tolist() == [2, 2]
