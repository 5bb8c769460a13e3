"""Attention against its formula in float64: blocks of every shape, masks, dead rows, and the gradient as a linear form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import attention as kernels

run = TL.st.run
SHAPES = {
    "many heads": (12, 4, 16, 16, 8),
    "one long head": (1, 1, 300, 700, 8),
    "some heads": (2, 3, 160, 160, 4),
    "short": (1, 2, 3, 5, 4),
}


def formula(q, k, v, causal, mask, scale):
    s = q @ k.swapaxes(-1, -2) * (1 / math.sqrt(q.shape[-1]) if scale is None else scale)
    if mask is not None:
        s = s + mask
    if causal:
        s = np.where(np.tri(s.shape[-2], s.shape[-1], dtype=bool), s, -np.inf)
    top = s.max(-1, keepdims=True)
    e = np.exp(s - np.where(np.isinf(top), 0, top))
    total = e.sum(-1, keepdims=True)
    return e / np.where(total == 0, 1, total) @ v, (np.log(total) + np.where(np.isinf(top), 0, top))[..., 0]


def problem(name, rng):
    b, h, t, s, d = SHAPES[name]
    return rng.standard_normal((b, h, t, d)), rng.standard_normal((b, h, s, d)), rng.standard_normal((b, h, s, d))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("scale", [None, 0.3])
def test_attention_equals_the_formula(name, causal, masked, scale, rng) -> None:
    q, k, v = problem(name, rng)
    mask = rng.standard_normal((q.shape[2], k.shape[2])) if masked else None
    if masked:
        mask[0] = -np.inf  # a query that may look at nothing
    expected, sums = run(formula, q, k, v, causal, mask, scale)
    found, lse = run(kernels.attention, q, k, v, 0.0, causal, mask, scale, out=...)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(lse, sums, rtol=1e-9)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("causal", [False, True])
def test_gradients_are_the_derivative(name, causal, rng) -> None:
    q, k, v = problem(name, rng)
    mask = rng.standard_normal((q.shape[2], k.shape[2]))
    g, (dq, dk, dv) = rng.standard_normal(q.shape), problem(name, rng)
    result, lse = run(kernels.attention, q, k, v, 0.0, causal, mask, None, out=...)
    grads = run(kernels.attention_backward, g, q, k, v, result, lse, 0.0, causal, mask, None, out=...)
    h = 1e-5
    ahead, behind = (formula(q + e * dq, k + e * dk, v + e * dv, causal, mask, None)[0] for e in (h, -h))
    slope = (g * (ahead - behind)).sum() / (2 * h)
    assert sum((a * b).sum() for a, b in zip(grads, (dq, dk, dv), strict=True)) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (7, 3, 5, 9), (1, 1, 2000, 2000), (3, 50, 64, 64), (2, 2, 1, 10**6)])
def test_blocks_cover_every_query_once(shape) -> None:
    seen = np.zeros(shape[:3], int)
    for part in kernels.blocks(*shape):
        seen[part] += 1
    assert (seen == 1).all()


def test_safe_softmax_gives_zeros_for_dead_rows(rng) -> None:
    x = rng.standard_normal((3, 4))
    x[1] = -np.inf
    found = run(kernels.safe_softmax, x, 1, None, out=...)
    np.testing.assert_allclose(found.sum(1), [1, 0, 1])
    np.testing.assert_allclose(found[0], np.exp(x[0]) / np.exp(x[0]).sum())
