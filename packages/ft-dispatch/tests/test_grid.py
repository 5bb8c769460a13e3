"""Kernels of grid sampling against the ops' decompositions, which are written apart from them, and at places that are extreme."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from ft_dispatch import surface as torch
from ft_dispatch.registry import lookup

CASES = [
    (n, mode, padding, align)
    for n, mode, padding, align in product((2, 3), (0, 1, 2), (0, 1, 2), (False, True))
    if (n, mode) != (3, 2)  # cubic is for images
]


def numbers(*shape, seed=0, wide=1.0):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-wide, wide, shape))


@pytest.mark.parametrize(("n", "mode", "padding", "align"), CASES)
def test_grid_sampler_equals_its_decomposition(n, mode, padding, align):
    x, grid = numbers(2, 3, *(5, 4, 3)[:n]), numbers(2, *(2, 3, 4)[:n], n, seed=1, wide=3.0)
    forward, backward = lookup(f"grid_sampler_{n}d"), lookup(f"grid_sampler_{n}d_backward")
    y = forward(x, grid, mode, padding, align)
    assert torch.allclose(y, forward.decomposition(x, grid, mode, padding, align), rtol=1e-10, atol=1e-12)
    g = numbers(*y.shape, seed=2)
    pieces = backward.decomposition(g, x, grid, mode, padding, align, (True, True))
    for made, piece in zip(backward(g, x, grid, mode, padding, align, (True, True)), pieces, strict=True):
        assert made.is_contiguous()
        assert torch.allclose(made, piece, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("asked", [(True, False), (False, True)])
def test_grid_sampler_backward_gives_what_is_asked(asked):
    x, grid = numbers(1, 2, 3, 3), numbers(1, 2, 2, 2, seed=1)
    made = lookup("grid_sampler_2d_backward")(numbers(1, 2, 2, 2), x, grid, 0, 0, False, asked)
    assert [g is not None for g in made] == list(asked)


def test_grid_sampler_reads_nothing_outside():
    x = torch.ones(1, 1, 2, 2)
    far = torch.tensor([[[[1e30, 0.0], [float("inf"), 0.0], [float("nan"), 0.0], [-3.0, 0.0]]]])
    assert torch.grid_sampler_2d(x, far, 0, 0, False).flatten().tolist() == [0.0, 0.0, 0.0, 0.0]
    assert torch.grid_sampler_2d(x, far[:, :, :1], 0, 1, False).flatten().tolist() == [1.0]


@pytest.mark.parametrize(
    ("image", "grid"), [((0, 2, 3, 3), (0, 4, 5, 2)), ((1, 0, 3, 3), (1, 4, 5, 2)), ((1, 2, 3, 3), (1, 0, 5, 2))]
)
def test_grid_sampler_of_nothing_is_empty(image, grid):
    x, places = torch.ones(image), torch.ones(grid)
    wanted = (*image[:2], *grid[1:3])
    assert torch.grid_sampler_2d(x, places, 0, 0, False).shape == wanted
    assert lookup("grid_sampler_2d").decomposition(x, places, 0, 0, False).shape == wanted
    made = lookup("grid_sampler_2d_backward")(torch.ones(wanted), x, places, 0, 0, False, (True, True))
    assert [g.tolist() for g in made] == [torch.zeros(image).tolist(), torch.zeros(grid).tolist()]


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_places_in_volumes_have_slopes_of_the_decomposition_in_chunks(padding, monkeypatch):
    from ft_kernel_cpu import grid as kernels

    monkeypatch.setattr(kernels, "CHUNK", 5)
    x, places = numbers(2, 3, 4, 3, 5), numbers(2, 2, 3, 4, 3, seed=1, wide=1.5)
    g = numbers(2, 3, 2, 3, 4, seed=2)
    backward = lookup("grid_sampler_3d_backward")
    made = backward(g, x, places, 0, padding, True, (False, True))[1]
    assert torch.allclose(made, backward.decomposition(g, x, places, 0, padding, True, (False, True))[1], rtol=1e-9, atol=1e-10)


@pytest.mark.oracle
@pytest.mark.parametrize("align", [False, True])
@pytest.mark.parametrize("mode", ["zeros", "border", "reflection"])
def test_slopes_in_volumes_are_torchs_bit_for_bit(mode, align):
    theirs = pytest.importorskip("torch")
    from ft_autograd import grad

    rng = np.random.default_rng(0)
    image, places, g = (
        rng.uniform(-1.3, 1.3, shape).astype(np.float32) for shape in ((2, 5, 6, 7, 8), (2, 4, 5, 6, 3), (2, 5, 4, 5, 6))
    )
    x, p = theirs.from_numpy(image), theirs.from_numpy(places).requires_grad_()
    theirs.nn.functional.grid_sample(x, p, padding_mode=mode, align_corners=align).backward(theirs.from_numpy(g))
    ours = torch.from_numpy(places).requires_grad_()
    made = torch.grid_sampler_3d(torch.from_numpy(image), ours, 0, ["zeros", "border", "reflection"].index(mode), align)
    assert np.array_equal(grad(made, ours, torch.from_numpy(g))[0].numpy(), p.grad.numpy())
