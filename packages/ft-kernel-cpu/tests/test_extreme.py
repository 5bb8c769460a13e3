"""Extremes: first place of equal ones, NaN wins, destinations in pairs."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import extreme as kernels

run = TL.st.run
X = np.array([[3.0, 1.0, 3.0], [np.nan, 5.0, np.nan]])


def test_max_dim_gives_the_first_place_and_nan_wins() -> None:
    values, indices = run(kernels.max_dim, X, 1, False, out=...)
    np.testing.assert_array_equal(values, [3, np.nan])
    np.testing.assert_array_equal(indices, [0, 0])


def test_min_dim_gives_the_first_place_and_nan_wins() -> None:
    values, indices = run(kernels.min_dim, X, 1, True, out=...)
    np.testing.assert_array_equal(values, [[1], [np.nan]])
    np.testing.assert_array_equal(indices, [[1], [0]])


@pytest.mark.parametrize(("kernel", "reference"), [(kernels.amax, np.max), (kernels.amin, np.min)])
@pytest.mark.parametrize("dim", [(0,), (1,), (0, 2), ()])
def test_amax_and_amin_equal_numpy(kernel, reference, dim, rng) -> None:
    x = rng.integers(-9, 9, (4, 5, 6))
    np.testing.assert_array_equal(run(kernel, x, dim, False, out=...), reference(x, dim or None))


def test_argmax_of_a_number_is_zero() -> None:
    assert run(kernels.argmax, np.array(2.0), None, False, out=...) == 0


def test_aminmax_fills_both_destinations() -> None:
    out = (np.empty(2), np.empty(2))
    low, high = run(kernels.aminmax, np.array([[1.0, 2.0], [4.0, 3.0]]), 1, False, out=out)
    assert low is out[0]
    assert high is out[1]
    np.testing.assert_array_equal(np.stack(out), [[1, 3], [2, 4]])


def test_results_never_share_memory_with_the_input() -> None:
    x = np.array(3.0)
    for made in (run(kernels.amax, x, (), False, out=...), run(kernels.max_dim, x, 0, False, out=...)[0]):
        assert not np.may_share_memory(made, x)
