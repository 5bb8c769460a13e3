"""Losses against their definitions, with every reduction, and the checks on class indices."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import loss as kernels

run = TL.st.run


def reduced(terms: np.ndarray, reduction: int) -> np.ndarray:
    return terms if reduction == 0 else terms.mean() if reduction == 1 else terms.sum()


@pytest.mark.parametrize("reduction", [0, 1, 2])
@pytest.mark.parametrize("size", [100, 20_000])
def test_elementwise_losses(size, reduction, rng) -> None:
    x, y = rng.standard_normal(size), rng.standard_normal(size)
    p, q = rng.uniform(0.01, 0.99, size), rng.uniform(0, 1, size)
    d = np.abs(x - y)
    cases = [
        (run(kernels.mse_loss, x, y, reduction, out=...), d * d),
        (run(kernels.huber_loss, x, y, reduction, 0.7, out=...), np.where(d < 0.7, d * d / 2, 0.7 * (d - 0.35))),
        (run(kernels.smooth_l1_loss, x, y, reduction, 0.7, out=...), np.where(d < 0.7, d * d / 1.4, d - 0.35)),
        (run(kernels.smooth_l1_loss, x, y, reduction, 0.0, out=...), d),
        (run(kernels.binary_cross_entropy, p, q, None, reduction, out=...), -(q * np.log(p) + (1 - q) * np.log1p(-p))),
        (run(kernels.binary_cross_entropy_with_logits, x, q, None, None, reduction, out=...), np.logaddexp(0, x) - q * x),
    ]
    for got, terms in cases:
        np.testing.assert_allclose(got, reduced(terms, reduction), rtol=1e-11, atol=1e-13)


def test_binary_cross_entropy_holds_its_logarithms_and_checks_its_input() -> None:
    assert run(kernels.binary_cross_entropy, np.array([0.0]), np.array([1.0]), None, 1, out=...) == 100
    with pytest.raises(RuntimeError, match="between 0 and 1"):
        run(kernels.binary_cross_entropy, np.array([1.5]), np.array([1.0]), None, 1, out=...)


def test_logits_of_both_signs_do_not_overflow() -> None:
    got = run(kernels.binary_cross_entropy_with_logits, np.array([1e4, -1e4]), np.array([0.0, 1.0]), None, None, 0, out=...)
    np.testing.assert_array_equal(got, [1e4, 1e4])


@pytest.mark.parametrize("shape", [(5, 7), (2, 7, 3, 4)])
@pytest.mark.parametrize("reduction", [0, 1, 2])
@pytest.mark.parametrize("weighted", [False, True])
def test_nll_and_its_backward(shape, reduction, weighted, rng) -> None:
    x = rng.standard_normal(shape)
    target = rng.integers(0, 7, shape[:1] + shape[2:])
    target.flat[0] = -100
    weight = rng.uniform(0.5, 2, 7) if weighted else None
    counts = target != -100
    mass = counts * (1.0 if weight is None else weight[np.where(counts, target, 0)])
    terms = -np.take_along_axis(x, np.where(counts, target, 0)[:, None], 1)[:, 0] * mass
    expected = terms if reduction == 0 else terms.sum() / (mass.sum() if reduction == 1 else 1)
    got, total = run(kernels.nll_loss_forward, x, target, weight, reduction, -100, out=...)
    np.testing.assert_allclose(got, expected)
    g = rng.standard_normal(got.shape)
    grad = run(kernels.nll_loss_backward, g, x, target, weight, reduction, -100, total, out=...)
    v = rng.standard_normal(shape)  # the loss is linear in x: the gradient along v is the loss of v
    along = run(kernels.nll_loss_forward, v, target, weight, reduction, -100, out=...)[0]
    np.testing.assert_allclose((grad * v).sum(), (g * along).sum())


def test_a_target_that_is_no_class_is_refused_before_anything_is_written() -> None:
    out = (np.full((), 7.0), np.full((), 7.0))
    with pytest.raises(IndexError, match="Target 3 is out of bounds"):
        run(kernels.nll_loss_forward, np.zeros((1, 3)), np.array([3]), None, 1, -100, out=out)
    assert out[0] == 7


def test_nll_of_half_types_adds_up_in_torchs_steps() -> None:
    half = ml_dtypes.bfloat16
    x = np.array([[-0.1 * (i % 7 + 1), -0.3] for i in range(500)], half)
    target, weight = np.arange(500) % 2, np.array([0.7, 0.9], half)
    for reduction, expected in ((1, 0.341796875), (2, 136.0)):  # torch's; rounded once these are 0.34375 and 137
        loss, mass = run(kernels.nll_loss_forward, x, target, weight, reduction, -100, out=...)
        assert (float(loss), float(mass), loss.dtype) == (expected, 398.0, half)
    grad = run(kernels.nll_loss_backward, np.ones((), half), x, target, weight, 1, -100, mass, out=...)
    assert grad[:2].tolist() == [[-0.00176239013671875, 0.0], [0.0, -0.00225830078125]]


def carried_sums(values, counts):
    """torch's loop, step by step: eight sums, each carried to the next where the place has no bits left in its part."""
    sums = np.zeros(8, values.dtype)
    for place in np.flatnonzero(counts):
        sums[0] += values[place]
        for level in range(7):
            if place & (15 << 4 * level):
                break
            sums[level + 1] += sums[level]
            sums[level] = 0
    found = values.dtype.type(0)
    for part in sums:
        found += part
    return found


@pytest.mark.parametrize("size", [1, 15, 16, 17, 256, 300, 5000])
@pytest.mark.parametrize("share", [1.0, 0.6, 0.05, 0.0])
@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16])
def test_half_losses_add_up_in_torchs_order(size, share, kind):
    generator = np.random.default_rng(size)
    values, counts = generator.random(size).astype(kind), generator.random(size) < share
    assert kernels._cascade(values, counts).item() == carried_sums(values, counts).item()


@pytest.mark.parametrize("reduction", [1, 2])
@pytest.mark.parametrize("rows", [3, 4096])
def test_the_short_way_to_nll_gives_the_long_ones_loss_and_gradient(reduction, rows, rng) -> None:
    x, target = rng.standard_normal((rows, 7)), rng.integers(0, 7, rows)
    short = kernels._short_nll(x, target, None, reduction, -100)
    found, mass = short(x, target, None, reduction, -100, out=...)
    expected, expected_mass = run(kernels.nll_loss_forward, x, target, None, reduction, -100, out=...)
    np.testing.assert_allclose(found, expected)
    assert mass == expected_mass == rows
    g = np.array(2.0)
    back = kernels._short_nll_backward(g, x, target, None, reduction, -100, mass)
    made = back(g, x, target, None, reduction, -100, mass, out=...)
    np.testing.assert_array_equal(made, run(kernels.nll_loss_backward, g, x, target, None, reduction, -100, mass, out=...))
    target[1] = -100
    np.testing.assert_allclose(
        short(x, target, None, reduction, -100, out=...)[0],
        run(kernels.nll_loss_forward, x, target, None, reduction, -100, out=...)[0],
    )
    assert kernels._short_nll(x.repeat(4097, 0)[:4097], target.repeat(4097)[:4097], None, reduction, -100) is None
