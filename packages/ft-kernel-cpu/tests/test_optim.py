"""Fused updates: slices, threads, layouts and half types give what one plain pass over the whole array gives."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from ft_kernel_cpu import optim

RNG = np.random.default_rng(0)


@pytest.fixture(params=["blas", "ufuncs"], autouse=True)
def road(request, monkeypatch):
    """Sums by NumPy's OpenBLAS and, as where a NumPy was built against another library, by ufuncs."""
    if request.param == "ufuncs":
        monkeypatch.setattr(optim, "_AXPBY", {})
    return request.param


def plain_adam(p, g, m, v, step, lr, beta1, beta2, decay, eps):
    """The textbook rule in float64, with the decay as a penalty."""
    p, g, m, v = (a.astype(np.float64) for a in (p, g, m, v))
    g = g + decay * p
    m = m + (1 - beta1) * (g - m)
    v = beta2 * v + (1 - beta2) * g * g
    denominator = np.sqrt(v) / np.sqrt(1 - beta2**step) + eps
    return p - lr / (1 - beta1**step) * m / denominator, m, v


def arrays(shape, kind=np.float32):
    return [RNG.uniform(0.1, 1.0, shape).astype(kind) for _ in range(4)]


@pytest.mark.parametrize(
    "shape", [(), (0,), (3,), (5, 7), (optim.WHOLE + 1,), (optim.BLOCK,), (optim.BLOCK + 1,), (3, optim.BLOCK), (1100, 1000)]
)
def test_adam_over_slices_equals_the_textbook(shape):
    p, g, m, v = arrays(shape)
    expected = plain_adam(p, g, m, v, 4, 0.1, 0.9, 0.99, 0.01, 1e-8)
    kept = g.copy()
    optim.fused_adam([p], [g], [m], [v], [], [np.array(4.0, np.float32)], 0.1, 0.9, 0.99, 0.01, 1e-8, False, False, out=None)
    for made, wanted in zip((p, m, v), expected, strict=True):
        np.testing.assert_allclose(made, wanted, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(g, kept)


@pytest.mark.parametrize("layout", ["transposed", "mixed", "gaps"])
def test_layouts_other_than_contiguous_are_updated_in_place(layout):
    p, g, m, v = (a.reshape(300, 400) for a in arrays(120_000))
    if layout == "transposed":
        held = [np.asfortranarray(a) for a in (p, g, m, v)]
    elif layout == "mixed":
        held = [np.asfortranarray(p), g.copy(), m.copy(), v.copy()]
    else:
        held = [np.repeat(a, 2, axis=1)[:, ::2] for a in (p, g, m, v)]
    expected = plain_adam(p, g, m, v, 1, 0.1, 0.9, 0.99, 0.0, 1e-8)
    optim.fused_adam(*[[a] for a in held], [], [np.array(1.0, np.float32)], 0.1, 0.9, 0.99, 0.0, 1e-8, False, False, out=None)
    np.testing.assert_allclose(held[0], expected[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(held[3], expected[2], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16])
def test_half_types_are_rounded_once(kind):
    p, g, m, v = arrays((50,), kind)
    expected = plain_adam(p, g, m, v, 2, 0.1, 0.9, 0.99, 0.0, 1e-8)
    optim.fused_adam([p], [g], [m], [v], [], [np.array(2.0, np.float32)], 0.1, 0.9, 0.99, 0.0, 1e-8, False, False, out=None)
    assert p.dtype == kind
    bound = float(ml_dtypes.finfo(kind).eps)
    np.testing.assert_allclose(p.astype(np.float64), expected[0], rtol=bound, atol=bound / 16)


def plain_sgd(p, g, b, decay, momentum, lr, dampening, nesterov, maximize, first):
    """The textbook rule in float64: the parameter and the buffer after a step."""
    p, g, b = (a.astype(np.float64) for a in (p, g, b))
    direction = (-g if maximize else g) + decay * p
    if momentum:
        b = direction if first else momentum * b + (1 - dampening) * direction
        direction = direction + momentum * b if nesterov else b
    return p - lr * direction, b


@pytest.mark.parametrize("size", [4, optim.WHOLE + 1, optim.BLOCK + 5])
@pytest.mark.parametrize("momentum", [0.0, 0.5])
@pytest.mark.parametrize("decay", [0.0, 0.25])
@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_sgd_equals_the_textbook(size, momentum, decay, nesterov, maximize, first):
    p, g, b, _ = arrays(size)
    expected, buffer = plain_sgd(p, g, b, decay, momentum, 0.1, 0.25, nesterov, maximize, first)
    kept = g.copy()
    optim.fused_sgd([p], [g], [b] if momentum else [], decay, momentum, 0.1, 0.25, nesterov, maximize, first, out=None)
    np.testing.assert_allclose(b, buffer, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(p, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(g, kept)


@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("decay", [0.0, 0.25])
@pytest.mark.parametrize("road", ["blas"], indirect=True)
def test_both_roads_agree(decay, maximize, road, monkeypatch):
    first = arrays(optim.BLOCK + 5)
    second = [a.copy() for a in first]
    step = [np.array(3.0, np.float32)]
    options = 0.1, 0.9, 0.99, decay, 1e-8, False, maximize
    optim.fused_adamw(*[[a] for a in first], [], step, *options, out=None)
    monkeypatch.setattr(optim, "_AXPBY", {})
    optim.fused_adamw(*[[a] for a in second], [], step, *options, out=None)
    for a, b in zip(first, second, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-7)


def test_complex_parameters_descend():
    p, g = np.array([1 + 2j], np.complex64), np.array([2 - 4j], np.complex64)
    optim.fused_sgd([p], [g], [], 0.0, 0.0, 0.5, 0.0, False, False, True, out=None)
    assert p[0] == 4j


def test_scale_is_taken_out_and_infinities_stop_the_step():
    p, g = np.ones(3, np.float32), np.full(3, 8, np.float32)
    scale = np.array(4, np.float32)
    optim.fused_sgd([p], [g], [], 0.0, 0.0, 0.5, 0.0, False, False, True, scale, np.ones(1, np.float32), out=None)
    assert p.tolist() == [1, 1, 1]
    assert g.tolist() == [8, 8, 8]
    optim.fused_sgd([p], [g], [], 0.0, 0.0, 0.5, 0.0, False, False, True, scale, np.zeros(1, np.float32), out=None)
    assert p.tolist() == [0, 0, 0]
    assert g.tolist() == [2, 2, 2]


@pytest.mark.parametrize("size", [9, optim.WHOLE + 1, optim.BLOCK + 5])
@pytest.mark.parametrize("decay", [0.0, 0.25])
@pytest.mark.parametrize("maximize", [False, True])
def test_adagrad_equals_the_textbook(size, decay, maximize):
    p, g, total, _ = arrays(size)
    slope = (-g if maximize else g).astype(np.float64) + decay * p
    sums = total + slope**2
    expected = p - 0.1 / (1 + 2 * 0.5) * slope / (np.sqrt(sums) + 1e-10)
    optim.fused_adagrad([p], [g], [total], [np.array(3.0, np.float32)], 0.1, 0.5, decay, 1e-10, maximize, out=None)
    np.testing.assert_allclose(total, sums, rtol=1e-6)
    np.testing.assert_allclose(p, expected, rtol=1e-5, atol=1e-6)
