"""The fused cells against their formulas, and their backwards against differences."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import rnn as kernels

run = TL.st.run


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(gi, gh, cx, bi, bh):
    i, f, c, o = np.split(gi + gh + bi + bh, 4, 1)
    cy = sigmoid(f) * cx + sigmoid(i) * np.tanh(c)
    return sigmoid(o) * np.tanh(cy), cy


def gru(gi, gh, hx, bi, bh):
    (ri, zi, ni), (rh, zh, nh) = np.split(gi + bi, 3, 1), np.split(gh + bh, 3, 1)
    z = sigmoid(zi + zh)
    new = np.tanh(ni + sigmoid(ri + rh) * nh)
    return ((1 - z) * new + z * hx,)


@pytest.mark.parametrize(("gates", "kernel", "formula"), [(4, kernels.lstm_cell, lstm), (3, kernels.gru_cell, gru)])
def test_cells_equal_their_formulas_even_far_out(gates, kernel, formula, rng) -> None:
    gi, gh, state = (50 * rng.standard_normal(shape) for shape in ((5, gates * 6), (5, gates * 6), (5, 6)))
    bi, bh = rng.standard_normal(gates * 6), rng.standard_normal(gates * 6)
    for expected, found in zip(formula(gi, gh, state, bi, bh), run(kernel, gi, gh, state, bi, bh, out=...), strict=False):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    without = run(kernel, gi, gh, state, None, None, out=...)[0]
    np.testing.assert_allclose(without, formula(gi, gh, state, 0 * bi, 0 * bh)[0], rtol=1e-9, atol=1e-12)


def moved(arrays, rng):
    return [rng.standard_normal(a.shape) for a in arrays]


def slope(formula, arrays, ways, weights):
    h = 1e-6
    ahead, behind = (formula(*(a + e * w for a, w in zip(arrays, ways, strict=True))) for e in (h, -h))
    return sum((g * (x - y)).sum() for g, x, y in zip(weights, ahead, behind, strict=True) if g is not None) / (2 * h)


@pytest.mark.parametrize("present", [(True, True), (True, False), (False, True)])
def test_lstm_backward(present, rng) -> None:
    arrays = [rng.standard_normal(shape) for shape in ((5, 24), (5, 24), (5, 6), (24,), (24,))]
    ways = moved(arrays, rng)
    hy, cy, work = run(kernels.lstm_cell, *arrays, out=...)
    gh, gc = (rng.standard_normal(hy.shape) if here else None for here in present)
    gates, dcx, bias = run(kernels.lstm_cell_backward, gh, gc, arrays[2], cy, work, True, out=...)
    found = sum((a * w).sum() for a, w in zip((gates, gates, dcx, bias, bias), ways, strict=True))
    assert found == pytest.approx(slope(lstm, arrays, ways, (gh, gc)), rel=1e-6)


def test_gru_backward(rng) -> None:
    arrays = [rng.standard_normal(shape) for shape in ((5, 18), (5, 18), (5, 6), (18,), (18,))]
    ways = moved(arrays, rng)
    hy, work = run(kernels.gru_cell, *arrays, out=...)
    g = rng.standard_normal(hy.shape)
    grads = run(kernels.gru_cell_backward, g, work, True, out=...)
    assert sum((a * w).sum() for a, w in zip(grads, ways, strict=True)) == pytest.approx(slope(gru, arrays, ways, (g,)), rel=1e-6)
    assert run(kernels.gru_cell_backward, g, work, False, out=...)[3:] == (None, None)
