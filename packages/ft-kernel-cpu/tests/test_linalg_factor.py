"""Factorizations: what they promise holds on batches, in the input's precision, and failures say which matrix and where."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.errors import LinAlgError
from ft_core.state import TL

run = TL.st.run
KINDS = [np.float32, np.float64, np.complex64, np.complex128]


def matrices(kind, shape, rng):
    x = rng.standard_normal(shape)
    return (x + 1j * rng.standard_normal(shape) if np.dtype(kind).kind == "c" else x).astype(kind)


def kernel_of(name):
    from ft_kernel_cpu import backend

    return backend.kernels[name]


def call(name, *arguments):
    return run(kernel_of(name), *arguments, out=...)


def close(a, b):
    assert a.dtype == b.dtype
    np.testing.assert_allclose(a, b, rtol=0, atol=1e3 * np.finfo(a.dtype).eps)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(2, 5, 3), (2, 3, 5), (4, 4)])
def test_qr_and_svd_multiply_back(kind, shape, rng) -> None:
    x = matrices(kind, shape, rng)
    q, r = call("linalg_qr", x, "reduced")
    close(q @ r, x)
    u, s, vh = call("_linalg_svd", x, False, True, None)
    close((u * s[..., None, :]).astype(kind) @ vh, x)


@pytest.mark.parametrize("kind", KINDS)
def test_cholesky_and_eigh_multiply_back(kind, rng) -> None:
    x = matrices(kind, (2, 4, 4), rng)
    x = x @ x.conj().swapaxes(1, 2)
    low, info = call("linalg_cholesky_ex", x, False, True)
    close(low @ low.conj().swapaxes(1, 2), x)
    assert info.tolist() == [0, 0]
    values, v = call("_linalg_eigh", x, "L", True)
    close((v * values[..., None, :]).astype(kind) @ v.conj().swapaxes(1, 2), x)


def test_cholesky_names_the_matrix_and_the_minor() -> None:
    x = np.stack([np.eye(3), np.diag([1.0, 2.0, -1.0])])
    low, info = call("linalg_cholesky_ex", x, False, False)
    assert info.tolist() == [0, 3]
    assert low[0].tolist() == np.eye(3).tolist()
    with pytest.raises(LinAlgError, match=r"linalg.cholesky: \(Batch element 1\): .*leading minor of order 3 is not positive"):
        call("linalg_cholesky_ex", x, False, True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1e-3, 1.0, 8.0])
def test_matrix_exp_is_the_exponential_of_the_eigenvalues(kind, size, rng) -> None:
    x = matrices(kind, (3, 4, 4), rng)
    x = (x + x.conj().swapaxes(1, 2)) * np.array([size, 0.1 * size, 0], x.real.dtype)[:, None, None]
    found = call("linalg_matrix_exp", x)
    values, v = np.linalg.eigh(x.astype(np.complex128))
    want = (v * np.exp(values)[:, None, :]) @ v.conj().swapaxes(1, 2)
    assert found.dtype == x.dtype
    np.testing.assert_allclose(found, want, rtol=0, atol=50 * np.finfo(kind).eps * np.abs(want).max())


def test_matrix_exp_of_a_nilpotent_matrix_is_a_polynomial() -> None:
    x = np.diag([300.0, 300.0], 1)  # three halvings by its norm would do; its square is what matters
    np.testing.assert_allclose(call("linalg_matrix_exp", x), np.eye(3) + x + x @ x / 2, rtol=1e-12)


def test_matrix_exp_of_what_is_not_finite_is_nan_beside_matrices_that_are() -> None:
    found = call("linalg_matrix_exp", np.stack([np.full((2, 2), np.inf), np.zeros((2, 2))]))
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [[1, 0], [0, 1]]
