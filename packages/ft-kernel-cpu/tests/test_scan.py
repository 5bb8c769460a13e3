"""Running reductions: no drift over a million terms, torch's places of running extremes."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import scan as kernels

run = TL.st.run


def test_cumsum_of_a_million_tenths_does_not_drift() -> None:
    x = np.full(10**6, 0.1, np.float32)
    expected = np.arange(1, 10**6 + 1) * float(np.float32(0.1))
    np.testing.assert_allclose(run(kernels.cumsum, x, 0, None, out=...), expected, rtol=1e-7)


@pytest.mark.parametrize("dim", [0, 1, 2])
def test_cumprod_along_every_dimension(dim, rng) -> None:
    x = rng.uniform(0.5, 1.5, (3, 4, 5))
    np.testing.assert_allclose(run(kernels.cumprod, x, dim, None, out=...), x.cumprod(dim), rtol=1e-14)


def test_cumsum_in_place_writes_its_input() -> None:
    x = np.arange(5.0)
    assert run(kernels.cumsum, x, 0, None, out=x) is x
    np.testing.assert_array_equal(x, [0, 1, 3, 6, 10])


def test_cummax_points_at_the_last_of_equal_elements_and_at_every_nan() -> None:
    values, indices = run(kernels.cummax, np.array([1, 3, 3, 2, np.nan, 9, np.nan]), 0, out=...)
    np.testing.assert_array_equal(values, [1, 3, 3, 3, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(indices, [0, 1, 2, 2, 4, 4, 6])


def test_cummin_of_columns() -> None:
    values, indices = run(kernels.cummin, np.array([[2, 1], [2, 5], [1, 0]]), 0, out=...)
    np.testing.assert_array_equal(values, [[2, 1], [2, 1], [1, 0]])
    np.testing.assert_array_equal(indices, [[0, 0], [1, 0], [2, 2]])


def test_logcumsumexp_neither_overflows_nor_forgets() -> None:
    x = np.array([-1000.0, 0.0, 1000.0, 1000.0])
    np.testing.assert_allclose(run(kernels.logcumsumexp, x, 0, out=...), np.logaddexp.accumulate(x))


def test_logcumsumexp_of_complex_numbers_has_the_right_exponential(rng) -> None:
    x = rng.standard_normal((7, 3)) + 1j * rng.standard_normal((7, 3))
    np.testing.assert_allclose(np.exp(run(kernels.logcumsumexp, x, 0, out=...)), np.exp(x).cumsum(0), rtol=1e-12)
