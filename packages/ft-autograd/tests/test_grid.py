"""Gradients of grid sampling and affine grids, first and second, against finite differences in float64."""

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_autograd.gradcheck import gradcheck, gradgradcheck
from ft_dispatch import surface as torch

LINEAR, NEAREST, CUBIC = 0, 1, 2


def numbers(*shape, seed=5, wide=1.0):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-wide, wide, shape)).requires_grad_()


@pytest.mark.parametrize("aligned", [False, True])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("mode", [LINEAR, NEAREST, CUBIC])
def test_grid_sampler_2d_gradients(mode, padding, aligned):
    image, grid = numbers(1, 1, 3, 4), numbers(1, 1, 3, 2, seed=6, wide=1.3)
    assert gradcheck(lambda x, g: torch.grid_sampler_2d(x, g, mode, padding, aligned), (image, grid))
    assert gradgradcheck(lambda x, g: torch.grid_sampler_2d(x, g, mode, padding, aligned), (image, grid))


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("mode", [LINEAR, NEAREST])
def test_grid_sampler_3d_gradients(mode, padding):
    volume, grid = numbers(1, 1, 2, 3, 2), numbers(1, 1, 1, 2, 3, seed=6, wide=1.3)
    assert gradcheck(lambda x, g: torch.grid_sampler_3d(x, g, mode, padding, False), (volume, grid))
    assert gradgradcheck(lambda x, g: torch.grid_sampler_3d(x, g, mode, padding, False), (volume, grid))


@pytest.mark.parametrize("aligned", [False, True])
@pytest.mark.parametrize("size", [(2, 3, 2, 3), (1, 1, 2, 1, 2)])
def test_affine_grid_gradients(size, aligned):
    n = len(size) - 2
    theta = numbers(size[0], n, n + 1)
    assert gradcheck(lambda t: torch.affine_grid_generator(t, size, aligned), (theta,))
    assert gradgradcheck(lambda t: torch.affine_grid_generator(t, size, aligned), (theta,))


def test_grid_sampler_at_the_centres_of_the_identity_map_returns_the_image():
    image = numbers(2, 3, 4, 5)
    for aligned in (False, True):
        identity = torch.tensor([[1.0, 0, 0], [0, 1, 0]], dtype=torch.float64).expand(2, 2, 3)
        grid = torch.affine_grid_generator(identity, (2, 3, 4, 5), aligned)
        assert torch.allclose(torch.grid_sampler(image, grid, LINEAR, 0, aligned), image)
        assert torch.allclose(torch.grid_sampler(image, grid, CUBIC, 1, aligned), image)


@pytest.mark.parametrize(
    ("image", "grid", "mode", "message"),
    [
        ((2, 3, 4, 4), (1, 5, 6, 2), LINEAR, "same batch size"),
        ((2, 3, 4, 4), (2, 5, 6, 3), LINEAR, "size 2 in last dimension"),
        ((2, 3, 0, 4), (2, 5, 6, 2), LINEAR, "non-empty spatial dimensions"),
        ((2, 3, 4, 4, 4), (2, 5, 6, 7, 3), CUBIC, "only supports 4D"),
        ((2, 3, 4, 4), (2, 5, 2), LINEAR, "same number of dimensions"),
    ],
)
def test_grid_sampler_refuses_what_does_not_go_together(image, grid, mode, message):
    with pytest.raises(RuntimeError, match=message):
        torch.grid_sampler(torch.zeros(image), torch.zeros(grid), mode, 0, False)


def test_grid_sampler_2d_refuses_integers_and_mixed_dtypes():
    with pytest.raises(NotImplementedError, match="Long"):
        torch.grid_sampler_2d(torch.zeros(1, 1, 2, 2).long(), torch.zeros(1, 1, 1, 2).long(), 0, 0, False)
    with pytest.raises(RuntimeError, match="Double but found Float"):
        torch.grid_sampler_2d(torch.zeros(1, 1, 2, 2).double(), torch.zeros(1, 1, 1, 2), 0, 0, False)
