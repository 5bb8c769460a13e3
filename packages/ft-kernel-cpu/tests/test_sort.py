"""Order against NumPy: stability on the road of 64-bit keys, NaN and signed zeros, ties, unique, binary search in rows."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import sort as kernels

run = TL.st.run
KINDS = [np.float32, np.float64, np.int8, np.uint8, np.int32, np.uint32, np.int64, bool]


def numbers(kind, shape, rng):
    x = rng.integers(-3, 4, shape)
    x = x.astype(kind) if kind is not np.float32 and kind is not np.float64 else x.astype(kind) / 2
    if x.dtype.kind == "f":
        x[rng.random(shape) < 0.1] = np.nan
        x[rng.random(shape) < 0.1] = -np.nan
        x[rng.random(shape) < 0.1] = -0.0
        x[rng.random(shape) < 0.1] = -np.inf
    return x


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [7, 200])
@pytest.mark.parametrize("dim", [0, 1])
@pytest.mark.parametrize("descending", [False, True])
def test_sort_is_stable_with_nan_last(kind, size, dim, descending, rng) -> None:
    x = numbers(kind, (size, 5) if dim == 0 else (5, size), rng)
    values, places = run(kernels.sort, x, dim, descending, out=...)
    expected = x.argsort(axis=dim, kind="stable")
    if descending:
        flipped = np.flip(x, dim).argsort(axis=dim, kind="stable")
        expected = x.shape[dim] - 1 - np.flip(flipped, dim)
    np.testing.assert_array_equal(places, expected)
    np.testing.assert_array_equal(values, np.take_along_axis(x, places, dim))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("k", [0, 1, 5, 60])
@pytest.mark.parametrize("largest", [False, True])
def test_topk_and_kthvalue_are_parts_of_sort(kind, k, largest, rng) -> None:
    x = numbers(kind, (4, 60), rng)
    values, places = run(kernels.sort, x, 1, largest, out=...)
    top, at = run(kernels.topk, x, k, 1, largest, True, out=...)
    np.testing.assert_array_equal(top, values[:, :k])
    np.testing.assert_array_equal(at, places[:, :k])
    if k and not largest:
        value, place = run(kernels.kthvalue, x, k, 1, False, out=...)
        np.testing.assert_array_equal(value, values[:, k - 1])
        np.testing.assert_array_equal(place, places[:, k - 1])


def test_a_number_sorts_to_itself() -> None:
    values, places = run(kernels.sort, np.array(3.0), 0, False, out=...)
    assert (values.shape, places.item()) == ((), 0)


@pytest.mark.parametrize("inverse", [False, True])
def test_unique_gives_values_inverse_and_counts(inverse, rng) -> None:
    x = rng.integers(0, 5, (4, 6))
    values, back, counts = run(kernels.unique2, x, True, inverse, True, out=...)
    expected, expected_back, expected_counts = np.unique(x, return_inverse=True, return_counts=True)
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(counts, expected_counts)
    if inverse:
        np.testing.assert_array_equal(back, expected_back.reshape(x.shape))


def test_unique_counts_every_nan() -> None:
    assert run(kernels.unique2, np.array([np.nan, 1, np.nan]), True, False, False, out=...)[0].size == 3


def test_unique_dim_sorts_slices(rng) -> None:
    x = rng.integers(0, 2, (3, 20, 2))
    values, back, counts = run(kernels.unique_dim, x, 1, True, True, True, out=...)
    np.testing.assert_array_equal(values, np.unique(x, axis=1))
    np.testing.assert_array_equal(values[:, back], x)
    assert counts.sum() == 20


def test_unique_consecutive_joins_runs() -> None:
    values, back, counts = run(kernels.unique_consecutive, np.array([1, 1, 2, 1, 1, 1]), True, True, None, out=...)
    assert (values.tolist(), back.tolist(), counts.tolist()) == ([1, 2, 1], [0, 0, 1, 2, 2, 2], [2, 1, 3])


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("n", [1, 2, 7, 8])
def test_searchsorted_in_rows(right, n, rng) -> None:
    lines = np.sort(rng.integers(0, 6, (4, n)), axis=1)
    x = rng.integers(-1, 8, (4, 9))
    expected = [line.searchsorted(v, "right" if right else "left") for line, v in zip(lines, x, strict=True)]
    np.testing.assert_array_equal(run(kernels.searchsorted, lines, x, False, right, None, None, out=...), expected)
    shuffled = lines[:, ::-1].copy()
    sorter = np.broadcast_to(np.arange(n)[::-1], lines.shape)
    np.testing.assert_array_equal(run(kernels.searchsorted, shuffled, x, True, right, None, sorter, out=...), expected)
