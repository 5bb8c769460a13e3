"""Convolution against a sum over windows written out in float64, on all roads: per tap, packed, depthwise, pointwise, transposed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ft_core.state import TL
from ft_kernel_cpu import conv as kernels

run = TL.st.run


def scattered(x, w, stride, padding, dilation, groups, outs):
    """The linear map of convolution as a loop over taps; also what its transpose is checked against."""
    n, k = len(stride), w.shape[2:]
    padded = np.pad(x, [(0, 0), (0, 0)] + [(p, p + 64) for p in padding])
    y = np.zeros((len(x), len(w), *outs))
    each_in, each_out = w.shape[1], len(w) // groups
    for tap in itertools.product(*map(range, k)):
        part = padded[(..., *(slice(t * d, t * d + o * s, s) for t, d, o, s in zip(tap, dilation, outs, stride, strict=True)))]
        for g in range(groups):
            chosen = part[:, g * each_in : (g + 1) * each_in]
            weights = w[(slice(g * each_out, (g + 1) * each_out), slice(None), *tap)]
            y[:, g * each_out : (g + 1) * each_out] += np.einsum("fc,nc...->nf...", weights, chosen)
    assert n == x.ndim - 2
    return y


CASES = {
    "packed": ((2, 3, 9, 8), (4, 3, 3, 2), (1, 1), (1, 0), (1, 1), 1),
    "one dim, stride 2": ((3, 5, 20), (2, 5, 4), (2,), (3,), (1,), 1),
    "per tap": ((2, 32, 14, 15), (8, 32, 3, 3), (1, 1), (1, 1), (1, 1), 1),
    "per tap, stride, dilation": ((2, 32, 30, 31), (8, 32, 3, 2), (2, 3), (2, 1), (2, 1), 1),
    "per tap, groups": ((1, 64, 13, 14), (6, 32, 2, 3), (1, 1), (0, 1), (1, 1), 2),
    "depthwise": ((2, 6, 12, 13), (6, 1, 3, 3), (1, 1), (1, 1), (1, 1), 6),
    "depthwise, stride": ((2, 6, 25, 24), (6, 1, 3, 3), (2, 2), (1, 1), (1, 1), 6),
    "depthwise, more small images than one pass takes": ((27, 4, 4, 5), (4, 1, 3, 3), (1, 1), (1, 1), (1, 1), 4),
    "depthwise, small, stride": ((5, 6, 5, 4), (6, 1, 3, 3), (2, 2), (1, 1), (1, 1), 6),
    "pointwise": ((2, 5, 9, 9), (4, 5, 1, 1), (1, 1), (0, 0), (1, 1), 1),
    "pointwise, small images": ((3, 5, 2, 3), (4, 5, 1, 1), (1, 1), (0, 0), (1, 1), 1),
    "pointwise, one place": ((3, 5, 1, 1), (4, 5, 1, 1), (1, 1), (0, 0), (1, 1), 1),
    "pointwise, stride": ((2, 5, 17, 18), (4, 5, 1, 1), (2, 2), (0, 0), (1, 1), 1),
    "pointwise, stride leaves one place": ((3, 5, 2, 2), (4, 5, 1, 1), (2, 2), (0, 0), (1, 1), 1),
    "pointwise, padding": ((2, 5, 3, 4), (4, 5, 1, 1), (1, 1), (1, 0), (1, 1), 1),
    "most taps see padding": ((3, 4, 1, 1), (5, 4, 3, 3), (1, 1), (1, 1), (1, 1), 1),
    "most taps see padding, stride": ((3, 4, 2, 2), (5, 4, 3, 3), (2, 2), (1, 1), (1, 1), 1),
    "most taps see padding, depthwise": ((3, 4, 1, 2), (4, 1, 3, 3), (1, 1), (1, 1), (1, 1), 4),
    "padding wider than the kernel": ((2, 3, 3, 4), (4, 3, 5, 5), (2, 1), (6, 4), (2, 2), 1),
    "channel multiplier": ((2, 3, 9, 9), (6, 1, 3, 3), (1, 1), (0, 0), (1, 1), 3),
    "three dims": ((1, 2, 5, 6, 7), (3, 2, 2, 3, 2), (1, 2, 1), (1, 0, 1), (1, 1, 2), 1),
    "stride beyond the kernel": ((1, 32, 40, 41), (4, 32, 1, 2), (3, 4), (0, 0), (1, 1), 1),
}


def arrays(case, rng):
    x_shape, w_shape, stride, padding, dilation, groups = CASES[case]
    outs = kernels.conv_sizes(x_shape[2:], w_shape[2:], stride, padding, dilation)
    x, w = rng.standard_normal(x_shape), rng.standard_normal(w_shape)
    g = rng.standard_normal((x_shape[0], w_shape[0], *outs))
    return x, w, g, stride, padding, dilation, groups, outs


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("kind", "error"), [(np.float64, 1e-11), (np.float32, 2e-4)])
def test_convolution_equals_the_sum_over_windows(case, kind, error, rng) -> None:
    x, w, _, stride, padding, dilation, groups, outs = arrays(case, rng)
    bias = rng.standard_normal(len(w))
    expected = scattered(x, w, stride, padding, dilation, groups, outs) + bias.reshape(-1, *(1,) * len(stride))
    found = run(
        kernels.convolution,
        x.astype(kind),
        w.astype(kind),
        bias.astype(kind),
        stride,
        padding,
        dilation,
        False,
        (0,),
        groups,
        out=...,
    )
    assert found.dtype == kind
    np.testing.assert_allclose(found, expected, rtol=error, atol=error)


@pytest.mark.parametrize("case", CASES)
def test_backward_is_the_transpose(case, rng) -> None:
    """<g, conv(x, w)> has the gradients of x and w as its partial derivatives, and is linear in each."""
    x, w, g, stride, padding, dilation, groups, outs = arrays(case, rng)
    gx, gw, gb = run(
        kernels.convolution_backward,
        g,
        x,
        w,
        (len(w),),
        stride,
        padding,
        dilation,
        False,
        (0,),
        groups,
        (True, True, True),
        out=...,
    )
    dx, dw = rng.standard_normal(x.shape), rng.standard_normal(w.shape)
    np.testing.assert_allclose((gx * dx).sum(), (g * scattered(dx, w, stride, padding, dilation, groups, outs)).sum(), rtol=1e-9)
    np.testing.assert_allclose((gw * dw).sum(), (g * scattered(x, dw, stride, padding, dilation, groups, outs)).sum(), rtol=1e-9)
    np.testing.assert_allclose(gb, g.sum((0, *range(2, g.ndim))), rtol=1e-11)


@pytest.mark.parametrize("case", CASES)
def test_transposed_convolution_is_the_transpose(case, rng) -> None:
    x, w, g, stride, padding, dilation, groups, outs = arrays(case, rng)
    back = kernels.spread_sizes(outs, w.shape[2:], stride, padding, dilation, (0,) * len(stride))
    extra = tuple(n - b for n, b in zip(x.shape[2:], back, strict=True))
    found = run(kernels.convolution, g, w, None, stride, padding, dilation, True, extra, groups, out=...)
    assert found.shape == x.shape
    np.testing.assert_allclose((found * x).sum(), (g * scattered(x, w, stride, padding, dilation, groups, outs)).sum(), rtol=1e-9)


@given(size=st.integers(1, 6), k=st.integers(1, 5), stride=st.integers(1, 3), padding=st.integers(0, 6), dilation=st.integers(1, 3))
def test_taps_that_are_left_out_saw_padding_alone(size, k, stride, padding, dilation) -> None:
    (out,) = kernels.conv_sizes((size,), (k,), (stride,), (padding,), (dilation,))
    assume(out > 0)
    grid = kernels.Grid(1, (size,), (out,), (k,), (stride,), (padding,), (dilation,))
    seeing = {i for i in range(k) for o in range(out) if 0 <= o * stride - padding + i * dilation < size}
    kept = set(range(k)[grid.used[2]])
    assert seeing <= kept
    assert grid.core is None or min(grid.core.padding) >= 0


def test_backward_leaves_out_what_is_not_asked_for(rng) -> None:
    x, w, g, stride, padding, dilation, groups, _ = arrays("packed", rng)
    found = run(
        kernels.convolution_backward, g, x, w, None, stride, padding, dilation, False, (0,), groups, (False, True, False), out=...
    )
    assert [a is None for a in found] == [True, False, True]


def test_integers_convolve_exactly(rng) -> None:
    x, w = rng.integers(-9, 9, (1, 2, 6)), rng.integers(-9, 9, (3, 2, 3))
    expected = scattered(x, w, (1,), (0,), (1,), 1, (4,))
    np.testing.assert_array_equal(run(kernels.convolution, x, w, None, (1,), (0,), (1,), False, (0,), 1, out=...), expected)


@pytest.mark.parametrize("sizes", [(9,), (9, 8), (4, 5, 6)])
def test_the_weights_gradient_of_complex_depthwise_layers_conjugates_nothing(sizes, rng) -> None:
    shape = (2, 3, *sizes)
    x, g = (rng.standard_normal(shape) + 1j * rng.standard_normal(shape) for _ in range(2))
    n, weight = len(sizes), np.ones((3, 1) + (1,) * len(sizes), np.complex128)
    parts = None, (1,) * n, (0,) * n, (1,) * n, False, (0,) * n, 3, (False, True, False)
    made = run(kernels.convolution_backward, g, x, weight, *parts, out=...)[1]
    assert np.allclose(made.reshape(3), (g * x).sum((0, *range(2, 2 + n))), rtol=1e-12)


def test_small_convolutions_round_once(rng) -> None:
    x, w = (
        rng.standard_normal((1, 1, 10, 11, 12)).astype(np.float32) * 9,
        rng.standard_normal((1, 1, 4, 4, 4)).astype(np.float32) * 9,
    )
    parts = None, (1,) * 3, (0,) * 3, (1,) * 3, False, (0,) * 3, 1
    made = run(kernels.convolution, x, w, *parts, out=...)
    exact = run(kernels.convolution, x.astype(np.float64), w.astype(np.float64), *parts, out=...)
    assert made.dtype == np.float32
    assert (made == exact.astype(np.float32)).all()
