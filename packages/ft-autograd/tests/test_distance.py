"""Gradients of distances of rows, first and second, against finite differences in float64; and where a norm has no slope."""

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_autograd import grad
from ft_autograd.gradcheck import gradcheck, gradgradcheck
from ft_dispatch import surface as torch

INF = float("inf")


def rows(*shape, seed=3):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-1, 1, shape)).requires_grad_()


@pytest.mark.parametrize("p", [0.5, 1.0, 1.5, 2.0, 3.0, INF])
def test_cdist_gradients(p):
    a, b = rows(2, 3, 4), rows(5, 4, seed=4)
    assert gradcheck(lambda a, b: torch.cdist(a, b, p), (a, b))
    assert gradgradcheck(lambda a, b: torch.cdist(a, b, p), (a, b))


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 3.0, INF])
def test_pdist_gradients(p):
    x = rows(5, 3)
    assert gradcheck(lambda x: torch.pdist(x, p), (x,))
    assert gradgradcheck(lambda x: torch.pdist(x, p), (x,))


def test_euclidean_dist_gradients():
    a, b = rows(3, 4), rows(5, 4, seed=4)
    assert gradcheck(torch._euclidean_dist, (a, b))
    assert gradgradcheck(torch._euclidean_dist, (a, b))


def test_cdist_through_the_product_has_the_gradient_of_the_differences():
    a, b = rows(30, 4), rows(28, 4, seed=4)
    direct = torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist")
    product = torch.cdist(a, b)
    assert torch.allclose(direct, product)
    weights = torch.from_numpy(np.random.default_rng(0).normal(size=(30, 28)))
    for mine, theirs in zip(grad(direct, (a, b), weights), grad(product, (a, b), weights), strict=True):
        assert torch.allclose(mine, theirs)


@pytest.mark.parametrize("p", [0.0, 1.0, 1.5, 2.0, 3.0, INF])
def test_distance_of_a_row_to_itself_has_gradient_zero(p):
    x = torch.ones(2, 3).requires_grad_()
    for distance in (torch.cdist(x, x, p), torch.pdist(x, p)):
        (g,) = grad(distance.sum(), x)
        assert g.tolist() == [[0, 0, 0], [0, 0, 0]]
