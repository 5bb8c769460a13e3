"""Segments and chunks: against a loop over the segments, and refusals that only values tell."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import segment as kernels

run = TL.st.run
LOOP = {"sum": np.sum, "mean": np.mean, "prod": np.prod, "max": np.max, "min": np.min}
EMPTY = {"sum": 0, "mean": np.nan, "prod": 1, "max": -np.inf, "min": np.inf}


def reduced(x, how, lengths=None, offsets=None, axis=0, unsafe=False, initial=None):
    return run(kernels.segment_reduce, x, how, lengths, None, offsets, axis, unsafe, initial, out=...)


@pytest.mark.parametrize("how", LOOP)
@pytest.mark.parametrize("lengths", [[2, 0, 3, 1], [0, 6], [6, 0, 0], [1] * 6])
def test_each_segment_by_itself(how, lengths, rng) -> None:
    x = rng.standard_normal((2, 6, 3))
    ends = np.cumsum(lengths)
    expected = [
        LOOP[how](x[:, end - n : end], axis=1) if n else np.full((2, 3), EMPTY[how]) for n, end in zip(lengths, ends, strict=True)
    ]
    found = reduced(x, how, np.array([lengths, lengths]), axis=1)
    np.testing.assert_allclose(found, np.stack(expected, 1), rtol=1e-13)
    offsets = np.concatenate([[0], ends])
    np.testing.assert_array_equal(found, reduced(x, how, offsets=np.stack([offsets, offsets]), axis=1))


def test_gaps_between_segments_are_passed_over() -> None:
    x = np.arange(6.0)
    np.testing.assert_array_equal(reduced(x, "sum", np.array([1, 2]), unsafe=True), [0, 3])
    np.testing.assert_array_equal(reduced(x, "max", offsets=np.array([2, 2, 5])), [-np.inf, 4])


def test_initial_counts_once_and_a_mean_does_not_count_it() -> None:
    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(reduced(x, "mean", np.array([0, 3]), initial=3), [3, 3])
    np.testing.assert_array_equal(reduced(x, "min", np.array([0, 3]), initial=2), [2, 1])


def test_nan_wins() -> None:
    np.testing.assert_array_equal(reduced(np.array([1, np.nan, 2]), "max", np.array([2, 1])), [np.nan, 2])


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"lengths": np.array([1, 2])}, "sum to data.size"),
        ({"lengths": np.array([6, -1])}, "negative value"),
        ({"lengths": np.array([9]), "unsafe": True}, "inside the data, which has 5 places"),
        ({"offsets": np.array([0, 3, 2])}, "not to fall"),
        ({"offsets": np.array([-1, 3])}, "inside the data"),
        ({"offsets": np.array([0, 6])}, "inside the data"),
    ],
)
def test_refusals(given, text) -> None:
    with pytest.raises(RuntimeError, match=text):
        reduced(np.arange(5.0), "sum", **given)


def test_chunks_side_by_side() -> None:
    a, b = np.arange(1, 4), np.arange(10, 14)
    found = run(kernels.chunk_cat, [a, b], 0, 2, out=...)
    np.testing.assert_array_equal(found, [[1, 2, 10, 11], [3, 0, 12, 13]])
