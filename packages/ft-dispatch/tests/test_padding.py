"""Borders, sliding blocks and unpooling: kernels against NumPy, decompositions against kernels, gradients against the transpose."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import ft_autograd  # noqa: F401  # gradients
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

BORDERS = {1: [2, 1], 2: [2, 1, 0, 3], 3: [2, 1, 0, 3, 1, 2]}
MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap", "constant": "constant"}


def image(n: int) -> torch.Tensor:
    sizes = (4, 5, 6)[:n]
    return torch.arange(float(2 * 3 * np.prod(sizes))).reshape(2, 3, *sizes).sin()


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("mode", MODES)
def test_pad_is_numpys(n, mode):
    x = image(n)
    widths = [(0, 0), (0, 0)] + [(BORDERS[n][2 * d], BORDERS[n][2 * d + 1]) for d in range(n - 1, -1, -1)]
    np.testing.assert_array_equal(torch.raw.pad(x, BORDERS[n], mode, None).numpy(), np.pad(x.numpy(), widths, MODES[mode]))


@pytest.mark.parametrize("word", ["reflection", "replication"])
@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("cut", [False, True])
def test_decompositions_agree_with_kernels(word, n, cut):
    x, border = image(n), tuple([-1, 2] * n if cut else BORDERS[n])
    forward, backward = OPS[f"{word}_pad{n}d"], OPS[f"{word}_pad{n}d_backward"]
    y = forward.wrapper(x, border)
    assert torch.equal(forward.decomposition(x, border), y)
    g = y.cos()
    assert torch.allclose(backward.decomposition(g, x, border), backward.wrapper(g, x, border))
    assert torch.allclose((backward.wrapper(g, x, border) * x).sum(), (g * y).sum(), rtol=1e-4)  # <A'g, x> = <g, Ax>


def test_pad_refuses_in_torchs_words():
    x = torch.zeros(1, 2, 3)
    with pytest.raises(RuntimeError, match="Padding size should be less than the corresponding input dimension"):
        torch.raw.pad(x, [3, 0], "reflect", None)
    with pytest.raises(RuntimeError, match="Padding length must be divisible by 2"):
        torch.raw.pad(x, [1], "constant", None)
    with pytest.raises(NotImplementedError, match="Unrecognised padding mode"):
        torch.raw.pad(x, [1, 1], "mirror", None)
    with pytest.raises(RuntimeError, match="doesn't take in value argument"):
        torch.raw.pad(x, [1, 1], "reflect", 2.0)
    with pytest.raises(RuntimeError, match="wrapping around more than once"):
        torch.raw.pad(x, [4, 0], "circular", None)


@pytest.mark.parametrize(
    ("kernel", "dilation", "padding", "stride"),
    list(itertools.product([(2, 3), (1, 1)], [(1, 1), (2, 1)], [(0, 0), (1, 2)], [(1, 1), (2, 3)])),
)
def test_blocks_and_their_sum(kernel, dilation, padding, stride):
    x = torch.arange(2.0 * 3 * 7 * 9).reshape(2, 3, 7, 9).sin().requires_grad_()
    columns = torch.raw.im2col(x, kernel, dilation, padding, stride)
    assert torch.equal(OPS["im2col"].decomposition(x.detach(), kernel, dilation, padding, stride), columns.detach())
    folded = torch.raw.col2im(columns.detach(), (7, 9), kernel, dilation, padding, stride)
    assert torch.allclose(OPS["col2im"].decomposition(columns.detach(), (7, 9), kernel, dilation, padding, stride), folded)
    (columns * columns.detach()).sum().backward()
    assert torch.allclose(x.grad, folded)


def test_a_column_is_a_block():
    x = torch.arange(12.0).reshape(1, 1, 3, 4)
    columns = torch.raw.im2col(x, (2, 2), (1, 1), (0, 0), (1, 1))
    assert columns.shape == (1, 4, 6)
    assert columns[0, :, 4].tolist() == [5, 6, 9, 10]


def test_unpooling_puts_values_back():
    x = image(2).requires_grad_()
    values, places = torch.raw.max_pool2d_with_indices(x.detach(), (2, 2), (2, 2), (0, 0), (1, 1), False)
    values.requires_grad_()
    back = torch.raw.max_unpool2d(values, places, (4, 5))
    assert torch.equal(back.flatten(2).gather(2, places.flatten(2)), values.flatten(2))
    assert (back != 0).sum().item() == (values != 0).sum().item()
    (back * x.detach()).sum().backward()
    assert torch.equal(values.grad, x.detach().flatten(2).gather(2, places.flatten(2)).reshape(values.shape))


def test_unpooling_checks_places_before_it_writes():
    with pytest.raises(RuntimeError, match="Found an invalid max index: 99"):
        torch.raw.max_unpool2d(torch.ones(1, 1, 1, 1), torch.full((1, 1, 1, 1), 99), (2, 2))
    with pytest.raises(RuntimeError, match="Expected shape of indices to be same"):
        torch.raw.max_unpool2d(torch.ones(1, 1, 1, 1), torch.zeros(1, 1, 1, 2, dtype=torch.int64), (2, 2))


@pytest.mark.parametrize("n", [2, 3])
def test_fractional_pooling_takes_maxima_of_windows(n):
    x = image(n).requires_grad_()
    samples = torch.full((2, 3, n), 0.5)
    values, places = OPS[f"fractional_max_pool{n}d"].wrapper(x, (2,) * n, (2,) * n, samples)
    assert values.shape == (2, 3, *(2,) * n)
    assert torch.equal(x.detach().flatten(2).gather(2, places.flatten(2)), values.detach().flatten(2))
    last = x.detach()[(..., *(slice(-2, None),) * n)].amax(list(range(-n, 0)))  # the last window ends with the input
    assert torch.equal(values.detach()[(..., *(-1,) * n)], last)
    values.sum().backward()
    assert x.grad.sum().item() == values.numel()
