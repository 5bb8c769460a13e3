"""Variances that keep their digits, order statistics with torch's rules."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import stats as kernels

run = TL.st.run


@pytest.mark.parametrize("dim", [(0,), (1,), None])
def test_var_of_a_constant_far_from_zero_is_zero(dim) -> None:
    x = np.full((20_000, 8), 1000.1, np.float32)
    assert run(kernels.var, x, dim, 1, False, out=...).max() < 1e-6


@pytest.mark.parametrize("correction", [0, 1, None, 2.5])
@pytest.mark.parametrize("dim", [(0,), (1,), (2,), (0, 2), (1, 2), None])
def test_var_with_an_offset_of_a_thousand(dim, correction, rng) -> None:
    x = rng.standard_normal((30, 40, 20)) + 1000
    expected = x.var(dim, ddof=1 if correction is None else correction)
    np.testing.assert_allclose(run(kernels.var, x, dim, correction, False, out=...), expected, rtol=1e-10)
    np.testing.assert_allclose(run(kernels.std_mean, x, dim, correction, False, out=...)[0], np.sqrt(expected), rtol=1e-10)


@pytest.mark.parametrize("kernel", [kernels.var, kernels.std])
def test_spread_of_one_number_is_nan_with_and_without_a_destination(kernel) -> None:
    assert np.isnan(run(kernel, np.array(3.0), None, 1, False, out=...))
    out = np.zeros(())
    assert np.isnan(run(kernel, np.array(3.0), None, 1, False, out=out))
    assert np.isnan(out)


def test_var_of_complex_numbers_is_real(rng) -> None:
    x = rng.standard_normal(50) + 1j * rng.standard_normal(50)
    np.testing.assert_allclose(run(kernels.var, x, None, 1, False, out=...), x.var(ddof=1))


def test_median_is_the_lower_one_and_nan_comes_first() -> None:
    assert run(kernels.median, np.array([4, 1, 3, 2]), out=...) == 2
    assert np.isnan(run(kernels.median, np.array([1, np.nan, 2]), out=...))
    assert run(kernels.nanmedian, np.array([5, np.nan, 1, 3, 2]), out=...) == 2


def test_median_dim_points_at_its_value(rng) -> None:
    x = rng.standard_normal((5, 8))
    values, indices = run(kernels.median_dim, x, 1, False, out=...)
    np.testing.assert_array_equal(values, np.sort(x, 1)[:, 3])
    np.testing.assert_array_equal(np.take_along_axis(x, indices[:, None], 1)[:, 0], values)


def test_mode_is_the_smallest_of_the_most_frequent() -> None:
    values, indices = run(kernels.mode, np.array([[3, 1, 3, 1, 2], [7, 7, 0, 0, 0]]), 1, False, out=...)
    np.testing.assert_array_equal(values, [1, 0])
    np.testing.assert_array_equal(indices, [3, 4])


def test_bincount_refuses_negative_numbers() -> None:
    with pytest.raises(RuntimeError, match="non-negative"):
        run(kernels.bincount, np.array([1, -1]), None, 0, out=...)


def test_histc_puts_the_upper_end_into_the_last_bin() -> None:
    counts = run(kernels.histc, np.array([0.0, 1.0, 2.0, 4.0, 9.0]), 4, 0, 4, out=...)
    np.testing.assert_array_equal(counts, [1, 1, 1, 1])


def test_histogram_density_integrates_to_one(rng) -> None:
    x = rng.standard_normal(1000)
    density, edges = run(kernels.histogram_count, x, 13, None, None, True, out=...)
    assert abs((density * np.diff(edges)).sum() - 1) < 1e-12
