"""Kernels of sparse and quantized tensors: against NumPy's own sums, element by element."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core import int8, int32, uint8
from ft_kernel_cpu import quantized, sparse

DTYPES = [np.float32, np.float64, np.complex64, np.int64, np.float16, ml_dtypes.bfloat16, np.bool_]


def summed(places: np.ndarray, values: np.ndarray, n: int) -> np.ndarray:
    """The dense tensor that coordinates and values stand for, in a wide dtype."""
    wide = values.astype(np.complex128 if values.dtype.kind == "c" else np.float64)
    made = np.zeros((n, *values.shape[1:]), wide.dtype)
    np.add.at(made, places, wide)
    return made


@pytest.mark.parametrize("kind", DTYPES, ids=lambda kind: np.dtype(kind).name)
def test_merged_places_are_sorted_unique_and_sum(kind, rng) -> None:
    places, values = rng.integers(0, 20, 200), rng.integers(0, 2, (200, 3)).astype(kind)
    found, sums = sparse.coo_merge(places, values, out=...)
    assert sums.dtype == values.dtype
    assert (np.diff(found) > 0).all()
    expected = summed(places, values, 20)[found]
    np.testing.assert_array_equal(sums.astype(expected.dtype), expected > 0 if kind is np.bool_ else expected)


def test_a_long_run_of_half_precision_numbers_is_added_in_float32() -> None:
    places, values = np.zeros(4096, np.int64), np.ones(4096, ml_dtypes.bfloat16)
    assert float(sparse.coo_merge(places, values, out=...)[1][0]) == 4096  # in bfloat16 the sum would stop at 256


def test_what_is_merged_already_is_copied() -> None:
    places, values = np.array([1, 4, 7]), np.ones(3)
    found, sums = sparse.coo_merge(places, values, out=...)
    assert not np.shares_memory(found, places)
    assert not np.shares_memory(sums, values)


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(1, 6),
    k=st.integers(1, 5),
    width=st.integers(0, 4),
    nnz=st.integers(0, 30),
    seed=st.integers(0, 99),
    kind=st.sampled_from([np.float64, np.complex128, np.int64]),
)
def test_sparse_times_dense(n, k, width, nnz, seed, kind) -> None:
    rng = np.random.default_rng(seed)
    rows, cols = rng.integers(0, n, nnz), rng.integers(0, k, nnz)
    values, dense = rng.integers(-3, 4, nnz).astype(kind), rng.integers(-3, 4, (k, width)).astype(kind)
    matrix = np.zeros((n, k), kind)
    np.add.at(matrix, (rows, cols), values)
    np.testing.assert_array_equal(sparse.coo_mm(rows, cols, values, dense, n, out=...), matrix @ dense)


def test_sparse_times_dense_in_several_blocks(monkeypatch, rng) -> None:
    rows, cols = rng.integers(0, 9, 500), rng.integers(0, 7, 500)
    values, dense = rng.standard_normal(500), rng.standard_normal((7, 3))
    whole = sparse.coo_mm(rows, cols, values, dense, 9, out=...)
    monkeypatch.setattr(sparse, "BLOCK", 8)
    np.testing.assert_array_equal(sparse.coo_mm(rows, cols, values, dense, 9, out=...), whole)


def test_a_destination_is_filled(rng) -> None:
    out = np.full((2, 2), 9.0)
    made = sparse.coo_mm(np.array([1]), np.array([0]), np.array([2.0]), np.ones((1, 2)), 2, out=out)
    assert made is out
    np.testing.assert_array_equal(out, [[0, 0], [2, 2]])


# -- quantized ----------------------------------------------------------------------------------------------------------------------


def ints(x, scale, zero, least, largest, kind):
    return quantized.quantized_ints(np.float32(x), np.float32(scale), np.float32(zero), least, largest, kind, out=...)


def test_ties_go_to_even_after_the_zero_point() -> None:
    assert ints([0.25, 0.75, 1.25], 0.5, 0, 0, 255, uint8).tolist() == [0, 2, 2]
    assert ints([0.25, 0.75, 1.25], 0.5, 1, 0, 255, uint8).tolist() == [2, 2, 4]


def test_both_ends_cut_off_and_nan_becomes_the_largest() -> None:
    assert ints([-1e9, 1e9, np.nan, np.inf, -np.inf], 0.1, 0, -128, 127, int8).tolist() == [-128, 127, 127, 127, -128]
    assert ints([1e30, -1e30], 1, 0, -(2**31), 2**31 - 1, int32).tolist() == [2**31 - 1, -(2**31)]


def test_blocks_agree_with_the_whole(monkeypatch, rng) -> None:
    x = rng.standard_normal(1000).astype(np.float32)
    whole = ints(x, 0.05, 100, 0, 255, uint8)
    monkeypatch.setattr(quantized, "BLOCK", 64)
    np.testing.assert_array_equal(ints(x, 0.05, 100, 0, 255, uint8), whole)
