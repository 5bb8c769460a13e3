"""Histograms of points: NumPy's on sorted edges, the search of the standard library on others."""

from __future__ import annotations

import bisect

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import histogram as kernels

run = TL.st.run


@pytest.mark.parametrize("density", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_equals_numpys(density, weighted, rng) -> None:
    x = rng.standard_normal((500, 3))
    weight = rng.uniform(size=500) if weighted else None
    edges = run(kernels.bin_edges, x, (4, 2, 5), None, None, False, out=...)
    hist, expected_edges = np.histogramdd(x, (4, 2, 5), weights=weight, density=density)
    for mine, theirs in zip(edges, expected_edges, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-14)
    np.testing.assert_allclose(run(kernels.from_counts, x, (4, 2, 5), None, weight, density, out=...), hist, rtol=1e-12)
    np.testing.assert_allclose(run(kernels.from_edges, x, edges, weight, density, out=...), hist, rtol=1e-12)


def test_upper_bound_of_edges_out_of_order_is_binary_searchs(rng) -> None:
    x = rng.standard_normal(200)
    for n in (1, 2, 3, 7, 16, 33):
        edges = rng.standard_normal(n)
        np.testing.assert_array_equal(kernels.upper_bound(edges, x), [bisect.bisect_right(list(edges), v) for v in x])


@pytest.mark.parametrize(
    "edges", [np.linspace(0, 1, 38), np.array([0, 0.1, 0.1, 0.7, 1]), np.array([0.5]), np.zeros(3), np.array([0.0, 1, 0.5, 1])]
)
def test_bins_are_those_of_the_search(edges, rng) -> None:
    x = np.concatenate([rng.uniform(edges[0], edges[-1], 1000), edges])
    x = x[(x >= edges[0]) & (x <= edges[-1])]
    expected = [min(bisect.bisect_right(list(edges), v), max(len(edges) - 1, 1)) - 1 for v in x]
    np.testing.assert_array_equal(run(kernels.bins_of, edges, x), expected)


def test_points_outside_and_nan_are_not_counted() -> None:
    x = np.array([[0.5, 0.5], [2.0, 0.5], [np.nan, 0.5], [1.0, 1.0]])
    assert run(kernels.from_counts, x, (2, 2), (0, 1, 0, 1), None, False, out=...).tolist() == [[0, 0], [0, 2]]


def test_a_range_of_one_point_is_widened_and_an_empty_one_is_the_unit() -> None:
    low, _ = run(kernels.bin_edges, np.ones((3, 2)), (2, 2), None, None, False, out=...)
    assert low.tolist() == [0.5, 1, 1.5]
    assert run(kernels.bin_edges, np.ones((0, 1)), (2,), None, None, False, out=...)[0].tolist() == [0, 0.5, 1]


def test_a_range_that_is_not_finite_is_refused() -> None:
    with pytest.raises(RuntimeError, match="dimension 1's range"):
        run(kernels.bin_edges, np.array([[0, np.inf], [1, 2]]), (2, 2), None, None, False, out=...)
