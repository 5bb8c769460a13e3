"""Linear systems: blocked LU and substitution against the definition, across panel borders; singular matrices say so."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.errors import LinAlgError
from ft_core.state import TL
from ft_kernel_cpu import linalg_solve as kernels

run = TL.st.run


@pytest.mark.parametrize("n", [1, 5, 32, 33, 70])
def test_lu_multiplies_back(n, rng) -> None:
    x = rng.standard_normal((2, n, n))
    factors, pivots, info = run(kernels.lu, x)
    low, up = np.tril(factors, -1) + np.eye(n), np.triu(factors)
    order = kernels.exchanged(pivots, n)
    np.testing.assert_allclose(low @ up, np.take_along_axis(x, order[..., None], 1), atol=1e-11)
    assert info.tolist() == [0, 0]


@pytest.mark.parametrize("n", [5, 70])
@pytest.mark.parametrize("left", [True, False])
def test_solve_satisfies_its_equation(n, left, rng) -> None:
    a = rng.standard_normal((2, n, n))
    b = rng.standard_normal((2, n, 3) if left else (2, 3, n))
    x = run(kernels.solve_ex, a, b, left, True, out=...)[0]
    np.testing.assert_allclose(a @ x if left else x @ a, b, atol=1e-9)


@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("unit", [True, False])
def test_substitution_reads_one_triangle(upper, unit, rng) -> None:
    full = rng.standard_normal((40, 40)) / 40 + np.eye(40)
    a = np.triu(full) if upper else np.tril(full)
    if unit:
        np.fill_diagonal(a, 1)
    b = rng.standard_normal((40, 2))
    np.testing.assert_allclose(a @ run(kernels.substitute, full, b, upper, unit), b, atol=1e-12)


def test_singular_matrices_are_named() -> None:
    x = np.stack([np.eye(2), np.array([[1.0, 2.0], [2.0, 4.0]])])
    with pytest.raises(LinAlgError, match=r"linalg.inv: \(Batch element 1\): The diagonal element 2 is zero"):
        run(kernels.inv_ex, x, True, out=...)
    with pytest.raises(LinAlgError, match=r"torch.linalg.solve: \(Batch element 1\): The solver failed because the input"):
        run(kernels.solve_ex, x, x, True, True, out=...)
    assert run(kernels.inv_ex, x, False, out=...)[1].tolist() == [0, 2]
    assert run(kernels.det, x, out=...)[0].tolist() == [1.0, 0.0]
