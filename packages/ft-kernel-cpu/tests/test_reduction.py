"""Sums that do not drift, means, norms and truth: kernels against NumPy in float64."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import reduction as kernels

run = TL.st.run
LAYOUTS = {
    "flat": ((10**6,), (0,)),
    "rows": ((8, 10**5), (1,)),
    "columns": ((10**6, 8), (0,)),
    "odd columns": ((100_003, 3), (0,)),
    "first of three": ((100, 100, 100), (0,)),
    "middle of three": ((100, 100, 100), (1,)),
    "outer two": ((100, 100, 100), (0, 1)),
    "ends": ((100, 100, 100), (0, 2)),
    "all": ((1000, 1000), None),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_sum_of_a_million_tenths_stays_within_1e_6(name: str) -> None:
    shape, dim = LAYOUTS[name]
    x = np.full(shape, 0.1, np.float32)
    sums = run(kernels.sum_dim, x, dim, False, None, out=...)
    n = x.size / max(1, sums.size)
    assert np.abs(sums / (n * float(np.float32(0.1))) - 1).max() < 1e-6


@pytest.mark.parametrize(
    "view", [lambda x: x.T, lambda x: x[::2, 1::3], lambda x: x[::-1], lambda x: np.broadcast_to(x[0], (4, *x[0].shape))]
)
@pytest.mark.parametrize("dim", [(0,), (1,), (0, 1)])
def test_sum_of_views_equals_numpy(view, dim, rng) -> None:
    x = view(rng.standard_normal((300, 200)))
    np.testing.assert_allclose(run(kernels.sum_dim, x, dim, True, None, out=...), x.sum(dim, keepdims=True), rtol=1e-11, atol=1e-11)


def test_sum_of_integers_is_int64_and_of_bool_counts() -> None:
    assert run(kernels.sum_, np.full(300, 100, np.int8), None, out=...) == 30_000
    assert run(kernels.sum_, np.ones(300, bool), None, out=...).dtype == np.int64


def test_sum_writes_into_a_destination() -> None:
    out = np.empty((3,), np.float64)
    made = run(kernels.sum_dim, np.ones((4, 3)), (0,), False, None, out=out)
    assert made is out
    assert (out == 4).all()


def test_mean_of_nothing_is_nan() -> None:
    assert np.isnan(run(kernels.mean, np.empty(0, np.float32), None, out=...))


def test_nansum_counts_nan_as_zero() -> None:
    assert run(kernels.nansum, np.array([1, np.nan, 2.0]), None, False, None, out=...) == 3


def test_prod_of_a_dimension(rng) -> None:
    x = rng.uniform(0.5, 2, (4, 5, 6))
    np.testing.assert_allclose(run(kernels.prod_dim, x, 1, False, None, out=...), x.prod(1))


def test_truth_of_uint8_stays_uint8_and_nan_is_true() -> None:
    assert run(kernels.all_, np.array([1, 2], np.uint8), out=...).dtype == np.uint8
    assert run(kernels.any_, np.array([0, np.nan]), out=...).dtype == np.bool_
    assert bool(run(kernels.any_, np.array([0, np.nan]), out=...))


def test_all_dims_with_no_dimension_reduces_nothing() -> None:
    x = np.array([[1, 0], [2, 3]])
    np.testing.assert_array_equal(run(kernels.all_dims, x, (), False, out=...), x != 0)
    assert not run(kernels.all_dims, x, None, False, out=...)


def test_count_nonzero_along_dimensions() -> None:
    np.testing.assert_array_equal(run(kernels.count_nonzero, np.array([[1, 0], [2, 3]]), (0,), out=...), [2, 1])


@pytest.mark.parametrize("values", [[1000.0, 1000.0], [-1000.0, -1001.0], [-np.inf, -np.inf], [np.inf, 1.0], [-np.inf, 2.0]])
def test_logsumexp_neither_overflows_nor_loses_infinities(values) -> None:
    expected = np.logaddexp.reduce(np.array(values))
    np.testing.assert_allclose(run(kernels.logsumexp, np.array(values), (0,), False, out=...), expected, rtol=1e-14)


@pytest.mark.parametrize("order", [0, 0.5, 1, 2, 3, np.inf, -np.inf])
@pytest.mark.parametrize("complex_", [False, True])
def test_vector_norm_of_every_order(order, complex_, rng) -> None:
    x = rng.standard_normal((20, 30)) + (1j * rng.standard_normal((20, 30)) if complex_ else 0)
    expected = np.array([np.linalg.norm(row, order) for row in x])
    np.testing.assert_allclose(run(kernels.linalg_vector_norm, x, order, (1,), False, None, out=...), expected, rtol=1e-12)


def test_full_norm_of_a_large_array_is_blocked_and_exact(rng) -> None:
    x = rng.standard_normal(10**5).astype(np.float32)
    expected = np.sqrt((x.astype(np.float64) ** 2).sum())
    np.testing.assert_allclose(run(kernels.linalg_vector_norm, x, 2, None, False, None, out=...), expected, rtol=1e-6)
