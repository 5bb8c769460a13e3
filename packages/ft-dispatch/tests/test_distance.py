"""Kernels of the distances of rows against the ops' decompositions, over blocks, long rows, and rows that coincide."""

from __future__ import annotations

import numpy as np
import pytest

from ft_dispatch import surface as torch
from ft_dispatch.registry import lookup

INF = float("inf")
NORMS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, INF)


def rows(*shape, seed=0):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-1, 1, shape))


@pytest.mark.parametrize("p", NORMS)
def test_cdist_equals_its_decomposition(p):
    a, b = rows(2, 1, 7, 3), rows(3, 5, 3, seed=1)
    forward, backward = lookup("_cdist_forward"), lookup("_cdist_backward")
    distance = forward(a, b, p, None)
    assert distance.shape == (2, 3, 7, 5)
    assert torch.allclose(distance, forward.decomposition(a, b, p, None))
    g = rows(2, 3, 7, 5, seed=2)
    a, b = a.expand(2, 3, 7, 3), b.expand(2, 3, 5, 3)
    assert torch.allclose(backward(g, a, b, p, distance), backward.decomposition(g, a, b, p, distance))


@pytest.mark.parametrize("p", NORMS)
def test_pdist_equals_its_decomposition(p):
    x = rows(9, 4)
    forward, backward = lookup("_pdist_forward"), lookup("_pdist_backward")
    distance = forward(x, p)
    assert torch.allclose(distance, forward.decomposition(x, p))
    g = rows(36, seed=2)
    assert torch.allclose(backward(g, x, p, distance), backward.decomposition(g, x, p, distance))


def test_distances_over_several_blocks():
    x = rows(400, 2)  # 160,000 pairs: five blocks
    square = torch.cdist(x, x, compute_mode="donot_use_mm_for_euclid_dist")
    places = torch.triu_indices(400, 400, 1)
    assert torch.equal(torch.pdist(x), square[places[0], places[1]])
    assert torch.equal(square, square.t())
    assert torch.cdist(x, x).diagonal().abs().max() < 1e-6


def test_cdist_of_long_rows_is_summed_in_float64():
    x = torch.full((1, 100_000), 0.1)
    assert torch.cdist(x, torch.zeros(1, 100_000), p=1.0).item() == pytest.approx(10_000, rel=1e-6)


def test_distances_of_nothing():
    assert torch.cdist(torch.ones(0, 3), torch.ones(4, 3)).shape == (0, 4)
    assert torch.cdist(torch.ones(2, 0), torch.ones(4, 0)).tolist() == [[0.0] * 4] * 2
    assert torch.pdist(torch.ones(1, 3)).shape == (0,)
    assert torch.pdist(torch.ones(3, 0)).tolist() == [0.0] * 3


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: torch.cdist(torch.ones(3), torch.ones(2, 3)), RuntimeError, "at least 2D tensors, X1 got: 1D"),
        (lambda: torch.cdist(torch.ones(2, 3), torch.ones(2, 4)), RuntimeError, "same number of columns"),
        (lambda: torch.cdist(torch.ones(2, 3).long(), torch.ones(2, 3)), RuntimeError, "X1 got: Long"),
        (lambda: torch.cdist(torch.ones(2, 3), torch.ones(2, 3).double()), RuntimeError, "Float but found Double"),
        (lambda: torch.cdist(torch.ones(2, 3).half(), torch.ones(2, 3).half()), NotImplementedError, "'Half'"),
        (lambda: torch.cdist(torch.ones(2, 3), torch.ones(2, 3), p=-1), RuntimeError, "non-negative p"),
        (lambda: torch.cdist(torch.ones(2, 3), torch.ones(2, 3), compute_mode="x"), ValueError, "compute_mode"),
        (lambda: torch.pdist(torch.ones(3)), RuntimeError, "only supports 2D tensors, got: 1D"),
        (lambda: torch.pdist(torch.ones(2, 3).long()), RuntimeError, "floating-point dtypes"),
        (lambda: torch.pdist(torch.ones(2, 3), -1.0), RuntimeError, "non-negative p"),
    ],
)
def test_distances_refuse_as_torch_does(call, error, message):
    with pytest.raises(error, match=message):
        call()
