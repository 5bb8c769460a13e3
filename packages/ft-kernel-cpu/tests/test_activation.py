"""Activations and their named backwards: against plain formulas, against finite differences, and where exponentials overflow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import activation as kernels
from ft_kernel_cpu import gelu

run = TL.st.run
X = np.concatenate([np.linspace(-9, 9, 1801) + 1e-4, [40.0, -40.0, 700.0, -700.0]])


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def phi(x: np.ndarray) -> np.ndarray:
    return np.array([0.5 * math.erfc(-v / math.sqrt(2)) for v in x])


SOFT = np.logaddexp(0, X)
TANH_FORM = 0.5 * X * (1 + np.tanh(math.sqrt(2 / math.pi) * (X + 0.044715 * X**3)))
FORMULAS = {
    "relu": (kernels.relu, (), np.maximum(X, 0)),
    "gelu": (gelu.gelu, ("none",), X * phi(X)),
    "gelu tanh": (gelu.gelu, ("tanh",), TANH_FORM),
    "silu": (kernels.silu, (), X * sigmoid(X)),
    "mish": (kernels.mish, (), X * np.tanh(SOFT)),
    "softplus": (kernels.softplus, (1.0, 20.0), np.where(X > 20, X, SOFT)),
    "elu": (kernels.elu, (1.5, 2.0, 0.5), np.where(X > 0, 2 * X, 3 * np.expm1(np.minimum(X, 0) * 0.5))),
    "celu": (kernels.celu, (2.0,), np.where(X > 0, X, 2 * np.expm1(np.minimum(X, 0) / 2))),
    "leaky_relu": (kernels.leaky_relu, (0.1,), np.where(X > 0, X, 0.1 * X)),
    "hardtanh": (kernels.hardtanh, (-1.0, 2.0), np.clip(X, -1, 2)),
    "hardsigmoid": (kernels.hardsigmoid, (), np.clip(X + 3, 0, 6) / 6),
    "hardswish": (kernels.hardswish, (), X * np.clip(X + 3, 0, 6) / 6),
    "softshrink": (kernels.softshrink, (0.5,), np.sign(X) * np.maximum(np.abs(X) - 0.5, 0)),
    "hardshrink": (kernels.hardshrink, (0.5,), np.where(np.abs(X) > 0.5, X, 0)),
    "threshold": (kernels.threshold, (0.1, 7.0), np.where(X > 0.1, X, 7)),
}
BACKWARDS = {
    "relu": lambda g, x: run(kernels.threshold_backward, g, x, 0.0, out=...),
    "gelu": lambda g, x: run(gelu.gelu_backward, g, x, "none", out=...),
    "gelu tanh": lambda g, x: run(gelu.gelu_backward, g, x, "tanh", out=...),
    "silu": lambda g, x: run(kernels.silu_backward, g, x, out=...),
    "mish": lambda g, x: run(kernels.mish_backward, g, x, out=...),
    "softplus": lambda g, x: run(kernels.softplus_backward, g, x, 1.0, 20.0, out=...),
    "elu": lambda g, x: run(kernels.elu_backward, g, 1.5, 2.0, 0.5, False, x, out=...),
    "leaky_relu": lambda g, x: run(kernels.leaky_relu_backward, g, x, 0.1, False, out=...),
    "hardtanh": lambda g, x: run(kernels.hardtanh_backward, g, x, -1.0, 2.0, out=...),
    "hardsigmoid": lambda g, x: run(kernels.hardsigmoid_backward, g, x, out=...),
    "hardswish": lambda g, x: run(kernels.hardswish_backward, g, x, out=...),
    "softshrink": lambda g, x: run(kernels.shrink_backward, g, x, 0.5, out=...),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_activation_equals_its_formula(name) -> None:
    kernel, params, expected = FORMULAS[name]
    np.testing.assert_allclose(run(kernel, X, *params, out=...), expected, rtol=1e-13, atol=4e-15)
    single = run(kernel, X.astype(np.float32), *params, out=...)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, expected, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("name", FORMULAS)
def test_activation_in_place_and_on_strides(name) -> None:
    kernel, params, expected = FORMULAS[name]
    wide = np.repeat(X, 30)  # more than one block, so a body that overwrote its input would show
    assert run(kernel, wide, *params, out=wide) is wide
    np.testing.assert_allclose(wide[::30], expected, rtol=1e-13, atol=4e-15)
    np.testing.assert_allclose(run(kernel, np.repeat(X, 2)[::2], *params, out=...), expected, rtol=1e-13, atol=4e-15)


@pytest.mark.parametrize("name", BACKWARDS)
def test_backward_equals_the_slope(name, rng) -> None:
    kernel, params, _ = FORMULAS[name]
    x = X[np.abs(X) < 10]
    g, h = rng.standard_normal(x.shape), 1e-6
    slope = (run(kernel, x + h, *params, out=...) - run(kernel, x - h, *params, out=...)) / (2 * h)
    np.testing.assert_allclose(BACKWARDS[name](g, x), g * slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", FORMULAS)
def test_nan_stays_nan(name) -> None:
    kernel, params, _ = FORMULAS[name]
    assert np.isnan(run(kernel, np.array([np.nan]), *params, out=...)).all()


def test_backward_does_not_turn_an_infinite_cotangent_into_nan() -> None:
    assert run(kernels.threshold_backward, np.array([np.inf]), np.array([-1.0]), 0.0, out=...) == 0


def test_log_sigmoid_and_its_buffer() -> None:
    y, buffer = run(kernels.log_sigmoid_forward, X, out=...)
    np.testing.assert_allclose(y, -np.logaddexp(0, -X), rtol=1e-14)
    np.testing.assert_allclose(run(kernels.log_sigmoid_backward, np.ones_like(X), X, buffer, out=...), sigmoid(-X), rtol=1e-13)


def test_glu_and_its_backward(rng) -> None:
    x, g = rng.standard_normal((4, 6)), rng.standard_normal((4, 3))
    a, s = x[:, :3], sigmoid(x[:, 3:])
    np.testing.assert_allclose(run(kernels.glu, x, 1, out=...), a * s)
    np.testing.assert_allclose(run(kernels.glu_backward, g, x, 1, out=...), np.hstack([g * s, g * a * s * (1 - s)]))


def test_prelu_backward_gives_both_gradients(rng) -> None:
    x, g, w = rng.standard_normal(50), rng.standard_normal(50), np.full(50, 0.25)
    dx, dw = run(kernels.prelu_backward, g, x, w, out=...)
    np.testing.assert_allclose(dx, np.where(x > 0, g, 0.25 * g))
    np.testing.assert_allclose(dw, np.where(x > 0, 0, x * g))


def test_float32_gelu_keeps_its_digits_and_its_ends(rng) -> None:
    x = np.concatenate([np.linspace(-9, 9, 50_001), 4 * rng.standard_normal(50_000)]).astype(np.float32)
    wide = x.astype(np.float64)
    want = run(gelu.gelu, wide, "none", out=...)
    got = run(gelu.gelu, x, "none", out=...)
    np.testing.assert_allclose(got, want, rtol=4e-7, atol=7e-7)
    slope = run(gelu.gelu_backward, np.ones_like(wide), wide, "none", out=...)
    np.testing.assert_allclose(run(gelu.gelu_backward, np.ones_like(x), x, "none", out=...), slope, rtol=2e-6, atol=1e-6)
    ends = run(gelu.gelu, np.array([np.inf, -1e30, 1e30, -0.0, np.nan], np.float32), "none", out=...)
    np.testing.assert_array_equal(ends, np.array([np.inf, -0.0, 1e30, -0.0, np.nan], np.float32))


@pytest.mark.parametrize("size", [7, 40_000])  # below and above what clip is for, and one slice or several
def test_piecewise_linear_activations_are_exact_at_every_edge(size, rng) -> None:
    x = np.resize(np.array([np.inf, -np.inf, np.nan, 0.0, -1.5, 2.5, 1e-40], np.float32), size)
    g = rng.standard_normal(size).astype(np.float32)
    np.testing.assert_array_equal(run(kernels.relu, x, out=...), np.where(np.isnan(x), x, np.where(x > 0, x, 0)))
    for value in (0.01, 0.0, -1.0, 1.0, 2.0):
        slope = np.array(value, np.float32)
        with np.errstate(invalid="ignore"):
            want = np.where(x > 0, x, x * slope)
        np.testing.assert_array_equal(run(kernels.leaky_relu, x, slope, out=...), want)
        np.testing.assert_array_equal(run(kernels.leaky_relu_backward, g, x, slope, False, out=...), g * np.where(x > 0, 1, slope))
        np.testing.assert_array_equal(
            run(kernels.threshold, x, slope, np.array(3.5, np.float32), out=...), np.where(x <= slope, np.float32(3.5), x)
        )
