"""Rows by index, bags of rows, and gradients that add rows back, against loops."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import embedding as kernels

run = TL.st.run


def test_embedding_takes_rows_and_refuses_others(rng) -> None:
    table = rng.standard_normal((5, 3))
    index = np.array([[4, 0], [2, 2]])
    np.testing.assert_array_equal(run(kernels.embedding, table, index, -1, False, False, out=...), table[index])
    for bad in (-1, 5):
        with pytest.raises(IndexError, match="index out of range in self"):
            run(kernels.embedding, table, np.array([0, bad]), -1, False, False, out=...)


@pytest.mark.parametrize("padding", [-1, 2])
@pytest.mark.parametrize("by_frequency", [False, True])
def test_dense_backward_adds_rows(padding, by_frequency, rng) -> None:
    index, g = rng.integers(0, 6, (40, 30)), rng.standard_normal((40, 30, 70))
    expected = np.zeros((6, 70))
    for at in np.ndindex(index.shape):
        if index[at] != padding:
            expected[index[at]] += g[at] / ((index == index[at]).sum() if by_frequency else 1)
    found = run(kernels.embedding_dense_backward, g, index, 6, padding, by_frequency, out=...)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("mode", [kernels.SUM, kernels.MEAN, kernels.MAX])
@pytest.mark.parametrize("padding", [-1, 3])
def test_bags_and_their_gradient(mode, padding, rng) -> None:
    table, index, offsets = rng.standard_normal((6, 4)), np.array([1, 3, 3, 5, 0, 3]), np.array([0, 2, 2, 5])
    result, bag, sizes, chosen = run(
        kernels.embedding_bag, table, index, offsets, False, mode, False, None, False, padding, out=...
    )
    parts = [[i for i in part if i != padding] for part in ([1, 3], [], [3, 5, 0], [3])]
    fold = {kernels.SUM: np.sum, kernels.MEAN: np.mean, kernels.MAX: np.max}[mode]
    expected = np.array([fold(table[part], axis=0) if part else np.zeros(4) for part in parts])
    np.testing.assert_allclose(result, expected, rtol=1e-12)
    assert sizes.tolist() == [len(part) for part in parts]
    g = rng.standard_normal(result.shape)
    back = run(kernels.embedding_bag_dense_backward, g, index, bag, sizes, chosen, 6, False, mode, None, padding, out=...)
    np.testing.assert_allclose((back * table).sum(), (g * result).sum(), rtol=1e-10)


def test_weights_of_samples(rng) -> None:
    table, index, offsets, weights = rng.standard_normal((4, 3)), np.array([0, 3, 3]), np.array([0, 1]), rng.standard_normal(3)
    result, bag, *_ = run(kernels.embedding_bag, table, index, offsets, False, 0, False, weights, False, -1, out=...)
    np.testing.assert_allclose(result, [weights[0] * table[0], (weights[1] + weights[2]) * table[3]])
    g = rng.standard_normal(result.shape)
    found = run(kernels.embedding_bag_per_sample_weights_backward, g, table, index, offsets, bag, 0, -1, out=...)
    np.testing.assert_allclose(found, [g[0] @ table[0], g[1] @ table[3], g[1] @ table[3]])


def test_renorm_scales_only_long_rows_that_are_named() -> None:
    table = np.array([[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]])
    found = run(kernels.embedding_renorm, table, np.array([0, 1, 0]), 1.0, 2.0, out=...)
    np.testing.assert_allclose(found, [[0.6, 0.8], [0.3, 0.4], [6, 8]], rtol=1e-6)


@pytest.mark.parametrize("mode", [kernels.SUM, kernels.MEAN])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("shape", [(9, 2), (2, 9), (3, 1)])
def test_bags_of_one_size_add_up_as_others_do(mode, weighted, shape, rng) -> None:
    table, index = rng.standard_normal((6, 4)), rng.integers(0, 6, shape)
    weights = rng.standard_normal(shape) if weighted and mode == kernels.SUM else None
    kept = table.copy()
    flat = None if weights is None else weights.reshape(-1)
    starts = np.arange(0, index.size, shape[1])
    found = run(kernels.embedding_bag, table, index.reshape(-1), starts, False, mode, False, flat, False, -1, out=...)[0]
    rows = table[index] if weights is None else table[index] * weights[..., None]
    np.testing.assert_allclose(found, rows.sum(1) / (shape[1] if mode == kernels.MEAN else 1), rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(table, kept)
