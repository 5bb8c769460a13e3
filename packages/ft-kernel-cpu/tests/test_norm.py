"""Normalisations against plain NumPy in float64, their backwards against finite differences along random directions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import norm as kernels

run = TL.st.run
EPS = 1e-5


def directional(f: Callable[[np.ndarray], np.ndarray], x: np.ndarray, v: np.ndarray, g: np.ndarray) -> float:
    """Derivative of sum(g * f) at x along v."""
    h = 1e-6
    return float((g * (f(x + h * v) - f(x - h * v))).sum() / (2 * h))


@pytest.mark.parametrize("shape", [(5, 7), (40, 1000), (3, 20_000)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layer_norm_of_rows_far_from_zero(shape, dtype, rng) -> None:
    x = (rng.standard_normal(shape) + 100).astype(dtype)
    w, b = rng.standard_normal(shape[1]).astype(dtype), rng.standard_normal(shape[1]).astype(dtype)
    y, mean, rstd = run(kernels.layer_norm, x, shape[1:], w, b, EPS, out=...)
    wide = x.astype(np.float64)
    m, v = wide.mean(1, keepdims=True), wide.var(1, keepdims=True)
    tolerance = 1e-4 if dtype is np.float32 else 1e-11
    np.testing.assert_allclose(y, (wide - m) / np.sqrt(v + EPS) * w + b, rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(mean, m, rtol=1e-6)
    np.testing.assert_allclose(rstd, 1 / np.sqrt(v + EPS), rtol=1e-4)


def test_layer_norm_backward_in_every_argument(rng) -> None:
    x, g, w, b = rng.standard_normal((6, 9)), rng.standard_normal((6, 9)), rng.standard_normal(9), rng.standard_normal(9)
    _, mean, rstd = run(kernels.layer_norm, x, (9,), w, b, EPS, out=...)
    grads = run(kernels.layer_norm_backward, g, x, (9,), mean, rstd, w, b, (True, True, True), out=...)
    functions = [
        lambda v: run(kernels.layer_norm, v, (9,), w, b, EPS, out=...)[0],
        lambda v: run(kernels.layer_norm, x, (9,), v, b, EPS, out=...)[0],
        lambda v: run(kernels.layer_norm, x, (9,), w, v, EPS, out=...)[0],
    ]
    for f, at, grad in zip(functions, (x, w, b), grads, strict=True):
        v = rng.standard_normal(at.shape)
        assert abs(directional(f, at, v, g) - (grad * v).sum()) < 1e-6
    assert run(kernels.layer_norm_backward, g, x, (9,), mean, rstd, w, b, (False, True, False), out=...)[0] is None


def test_rms_norm_and_backward(rng) -> None:
    x, g, w = rng.standard_normal((6, 9)), rng.standard_normal((6, 9)), rng.standard_normal(9)
    y, rstd = run(kernels.rms_norm, x, (9,), w, EPS, out=...)
    np.testing.assert_allclose(y, x / np.sqrt((x * x).mean(1, keepdims=True) + EPS) * w, rtol=1e-12)
    dx, dw = run(kernels.rms_norm_backward, g, x, (9,), rstd, w, (True, True), out=...)
    v = rng.standard_normal(x.shape)
    assert abs(directional(lambda t: run(kernels.rms_norm, t, (9,), w, EPS, out=...)[0], x, v, g) - (dx * v).sum()) < 1e-6
    u = rng.standard_normal(9)
    assert abs(directional(lambda t: run(kernels.rms_norm, x, (9,), t, EPS, out=...)[0], w, u, g) - (dw * u).sum()) < 1e-6


def test_group_norm_and_backward(rng) -> None:
    x, g, w, b = rng.standard_normal((3, 6, 4)), rng.standard_normal((3, 6, 4)), rng.standard_normal(6), rng.standard_normal(6)
    y, mean, rstd = run(kernels.group_norm, x, w, b, 3, 6, 4, 2, EPS, out=...)
    groups = x.reshape(3, 2, -1)
    hat = (groups - groups.mean(2, keepdims=True)) / np.sqrt(groups.var(2, keepdims=True) + EPS)
    np.testing.assert_allclose(y, hat.reshape(x.shape) * w[:, None] + b[:, None], rtol=1e-12)
    dx, dw, db = run(kernels.group_norm_backward, g, x, mean, rstd, w, 3, 6, 4, 2, (True, True, True), out=...)
    v = rng.standard_normal(x.shape)
    assert (
        abs(directional(lambda t: run(kernels.group_norm, t, w, b, 3, 6, 4, 2, EPS, out=...)[0], x, v, g) - (dx * v).sum()) < 1e-6
    )
    np.testing.assert_allclose(dw, (g * hat.reshape(x.shape)).sum((0, 2)))
    np.testing.assert_allclose(db, g.sum((0, 2)))


@pytest.mark.parametrize("shape", [(8, 5), (4, 5, 3), (4, 5, 30, 31)])
def test_batch_norm_returns_new_running_statistics_and_leaves_the_old(shape, rng) -> None:
    x = rng.standard_normal(shape) + 3
    axes = tuple(i for i in range(x.ndim) if i != 1)
    old = np.zeros(5), np.ones(5)
    y, mean, invstd, new_mean, new_var = run(kernels.batch_norm_functional, x, None, None, *old, True, 0.1, EPS, out=...)
    expected = x.mean(axes), x.var(axes), x.var(axes, ddof=1)
    np.testing.assert_allclose(mean, expected[0])
    np.testing.assert_allclose(invstd, 1 / np.sqrt(expected[1] + EPS))
    np.testing.assert_allclose(new_mean, 0.1 * expected[0])
    np.testing.assert_allclose(new_var, 0.9 + 0.1 * expected[2])
    assert (old[0] == 0).all()
    assert (old[1] == 1).all()
    np.testing.assert_allclose(y.mean(axes), 0, atol=1e-12)


@pytest.mark.parametrize("shape", [(8, 5), (4, 5, 30)])
@pytest.mark.parametrize("train", [True, False])
def test_batch_norm_backward(shape, train, rng) -> None:
    x, g, w = rng.standard_normal(shape), rng.standard_normal(shape), rng.standard_normal(5)
    running = rng.standard_normal(5), rng.uniform(0.5, 2, 5)

    def forward(v: np.ndarray) -> np.ndarray:
        return run(kernels.batch_norm_functional, v, w, w, *running, train, 0.1, EPS, out=...)[0]

    saved = run(kernels.batch_norm_functional, x, w, w, *running, train, 0.1, EPS, out=...)
    dx, dw, db = run(kernels.batch_norm_backward, g, x, w, *running, saved[1], saved[2], train, EPS, (True, True, True), out=...)
    v = rng.standard_normal(shape)
    assert abs(directional(forward, x, v, g) - (dx * v).sum()) < 1e-6
    axes = tuple(i for i in range(x.ndim) if i != 1)
    np.testing.assert_allclose(db, g.sum(axes))
    per = (1, -1) + (1,) * (x.ndim - 2)
    np.testing.assert_allclose(dw, (g * (forward(x) - w.reshape(per)) / w.reshape(per)).sum(axes))
