"""Bessel functions against SciPy, relative where they have no zeros, in units of their amplitude where they swing."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu.table import table

special = pytest.importorskip("scipy.special")
run = TL.st.run
X = np.concatenate(
    [np.linspace(0.01, 60, 20_011), 10.0 ** np.linspace(-8, 2, 500), np.linspace(7.99, 8.01, 50), np.linspace(1.99, 2.01, 50)]
)
STEADY = {
    "i0": special.i0,
    "special_i0e": special.i0e,
    "special_i1": special.i1,
    "special_i1e": special.i1e,
    "special_modified_bessel_i0": special.i0,
    "special_modified_bessel_i1": special.i1,
    "special_modified_bessel_k0": special.k0,
    "special_modified_bessel_k1": special.k1,
    "special_scaled_modified_bessel_k0": special.k0e,
    "special_scaled_modified_bessel_k1": special.k1e,
}
SWINGING = {
    "special_bessel_j0": special.j0,
    "special_bessel_j1": special.j1,
    "special_bessel_y0": special.y0,
    "special_bessel_y1": special.y1,
}


@pytest.mark.parametrize("name", STEADY)
def test_relative_error_of_functions_without_zeros(name) -> None:
    np.testing.assert_allclose(run(table[name].fn, X, out=...), STEADY[name](X), rtol=6e-14)


@pytest.mark.parametrize("name", SWINGING)
def test_error_of_swinging_functions_in_units_of_their_amplitude(name) -> None:
    expected = SWINGING[name](X)
    scale = np.maximum(np.abs(expected), np.minimum(1, 1 / np.sqrt(X)))
    assert (np.abs(run(table[name].fn, X, out=...) - expected) / scale).max() < 2e-14


@pytest.mark.parametrize(
    ("name", "odd"), [("i0", False), ("special_i1", True), ("special_bessel_j0", False), ("special_bessel_j1", True)]
)
def test_parity_and_ends(name, odd) -> None:
    kernel = table[name].fn
    left, right = run(kernel, -X, out=...), run(kernel, X, out=...)
    np.testing.assert_array_equal(left, -right if odd else right)
    assert np.isnan(run(kernel, np.array([np.nan]), out=...)).all()


def test_second_kind_is_infinite_at_zero_and_undefined_below() -> None:
    x = np.array([0.0, -1.0])
    np.testing.assert_array_equal(run(table["special_bessel_y0"].fn, x, out=...), [-np.inf, np.nan])
    np.testing.assert_array_equal(run(table["special_modified_bessel_k1"].fn, x, out=...), [np.inf, np.nan])


def test_spherical_j0_is_one_at_zero() -> None:
    x = np.linspace(-20, 20, 2001)
    np.testing.assert_allclose(
        run(table["special_spherical_bessel_j0"].fn, x, out=...), special.spherical_jn(0, np.abs(x)), rtol=1e-12, atol=1e-15
    )
