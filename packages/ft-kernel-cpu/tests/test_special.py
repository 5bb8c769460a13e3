"""Incomplete gamma functions, orthogonal polynomials and the one-liners, against SciPy."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import special as kernels
from ft_kernel_cpu.table import table

special = pytest.importorskip("scipy.special")
run = TL.st.run


@pytest.mark.parametrize(("name", "reference"), [("igamma", special.gammainc), ("igammac", special.gammaincc)])
def test_incomplete_gamma_functions(name, reference, rng) -> None:
    a, x = rng.uniform(0.05, 60, 4000), rng.uniform(0.0, 90, 4000)
    np.testing.assert_allclose(run(table[name].fn, a, x, out=...), reference(a, x), rtol=1e-10, atol=1e-13)


def test_incomplete_gamma_at_the_ends() -> None:
    a, x = np.array([2.0, 0.0, 2.0, -1.0]), np.array([0.0, 1.0, np.inf, 1.0])
    np.testing.assert_array_equal(run(table["igamma"].fn, a, x, out=...), [0, 1, 1, np.nan])
    np.testing.assert_array_equal(run(table["igammac"].fn, a, x, out=...), [1, 0, 0, np.nan])


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("chebyshev_polynomial_t", special.eval_chebyt),
        ("chebyshev_polynomial_u", special.eval_chebyu),
        ("shifted_chebyshev_polynomial_t", special.eval_sh_chebyt),
        ("hermite_polynomial_h", special.eval_hermite),
        ("hermite_polynomial_he", special.eval_hermitenorm),
        ("laguerre_polynomial_l", special.eval_laguerre),
        ("legendre_polynomial_p", special.eval_legendre),
    ],
)
def test_polynomials_of_mixed_degree(name, reference, rng) -> None:
    x, n = rng.uniform(0, 1, 500), rng.integers(0, 12, 500)
    np.testing.assert_allclose(run(table[f"special_{name}"].fn, x, n.astype(float), out=...), reference(n, x), rtol=1e-9, atol=1e-9)


def test_entr_and_xlog1py_at_zero() -> None:
    np.testing.assert_array_equal(run(kernels.entr, np.array([0.0, 1.0, -1.0, np.nan]), out=...), [0, 0, -np.inf, np.nan])
    np.testing.assert_array_equal(run(kernels.xlog1py, np.array([0.0, 0.0]), np.array([-1.0, np.nan]), out=...), [0, np.nan])


def test_logit_holds_its_input_inside_the_bounds() -> None:
    np.testing.assert_allclose(run(kernels.logit, np.array([0.0, 0.5, 1.0]), 0.1, out=...), special.logit([0.1, 0.5, 0.9]))
