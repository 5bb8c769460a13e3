"""Pooling against a loop over windows: places of maxima, ties, NaN, -inf, overhanging windows, divisors, adaptive spans."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import pool as kernels

run = TL.st.run
CASES = {
    "plain": ((2, 3, 6, 7), (2, 2), (), (0, 0), (1, 1), False),
    "overlapping, padded": ((2, 6, 7), (3, 3), (2, 1), (1, 1), (1, 1), False),
    "ceil": ((1, 2, 7, 8), (3, 2), (2, 3), (1, 0), (1, 1), True),
    "dilated": ((1, 2, 9, 9), (2, 3), (1, 2), (0, 1), (3, 2), False),
    "three dims": ((1, 2, 4, 5, 6), (2, 2, 3), (1, 2, 2), (1, 0, 1), (1, 1, 1), True),
}


def windows(shape, k, stride, padding, dilation, ceil_mode):
    """(place of each output, places in the plane of its elements), in the order torch visits them."""
    sizes, stride = shape[-len(k) :], stride or k
    outs = [kernels.pooled_size(*v, ceil_mode) for v in zip(sizes, k, stride, padding, dilation, strict=True)]
    for at in itertools.product(*map(range, outs)):
        inside = []
        for tap in itertools.product(*map(range, k)):
            place = [o * s - p + t * d for o, s, p, t, d in zip(at, stride, padding, tap, dilation, strict=True)]
            if all(0 <= i < n for i, n in zip(place, sizes, strict=True)):
                inside.append(int(np.ravel_multi_index(place, sizes)))
        yield at, inside


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("fill", ["numbers", "ties", "-inf", "nan"])
def test_max_pool_finds_value_and_place(case, fill, rng) -> None:
    args = CASES[case]
    x = rng.integers(0, 3, args[0]).astype(np.float32) if fill == "ties" else rng.standard_normal(args[0]).astype(np.float32)
    if fill == "-inf":
        x[:] = -np.inf
    if fill == "nan":
        x[rng.random(args[0]) < 0.1] = np.nan
    values, places = run(kernels.max_pool, x, *args[1:], out=...)
    n = len(args[1])
    planes = x.reshape(-1, int(np.prod(args[0][-n:])))
    flat_values, flat_places = values.reshape(len(planes), *values.shape[-n:]), places.reshape(len(planes), *values.shape[-n:])
    for at, inside in windows(*args):
        for p, plane in enumerate(planes):
            best = inside[0]
            for i in inside:
                if plane[i] > plane[best] or np.isnan(plane[i]):
                    best = i
            assert flat_places[(p, *at)] == best
            np.testing.assert_equal(flat_values[(p, *at)], plane[best])


@pytest.mark.parametrize("case", [c for c in CASES if c != "dilated"])
@pytest.mark.parametrize("include_pad", [True, False])
@pytest.mark.parametrize("divisor", [None, 3])
def test_avg_pool_and_its_transpose(case, include_pad, divisor, rng) -> None:
    shape, k, stride, padding, dilation, ceil_mode = CASES[case]
    x = rng.standard_normal(shape)
    args = (k, stride, padding, ceil_mode, include_pad, divisor)
    y = run(kernels.avg_pool, x, *args, out=...)
    n, step = len(k), stride or k
    planes = x.reshape(-1, int(np.prod(shape[-n:])))
    flat = y.reshape(len(planes), *y.shape[-n:])
    for at, inside in windows(shape, k, stride, padding, dilation, ceil_mode):
        spans = [(o * s - p, min(o * s - p + w, m + p)) for o, s, p, w, m in zip(at, step, padding, k, shape[-n:], strict=True)]
        count = divisor or (int(np.prod([hi - lo for lo, hi in spans])) if include_pad else len(inside))
        np.testing.assert_allclose(flat[(slice(None), *at)], planes[:, inside].sum(1) / count, rtol=1e-12, atol=1e-12)
    g = rng.standard_normal(y.shape)
    np.testing.assert_allclose((run(kernels.avg_pool_backward, g, x, *args, out=...) * x).sum(), (g * y).sum(), rtol=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_max_pool_backward_adds_at_the_places(case, rng) -> None:
    args = CASES[case]
    x = rng.standard_normal(args[0])
    values, places = run(kernels.max_pool, x, *args[1:], out=...)
    g = rng.standard_normal(values.shape)
    found = run(kernels.max_pool_backward, g, x, *args[1:], places, out=...)
    np.testing.assert_allclose((found * x).sum(), (g * values).sum(), rtol=1e-10)


@pytest.mark.parametrize("sizes", [(3, 4), (1, 1), (7, 5), (9, 2)])
def test_adaptive_pools_cover_the_input(sizes, rng) -> None:
    x = rng.standard_normal((2, 3, 7, 5))
    mean = run(kernels.adaptive_avg_pool, x, sizes, out=...)
    top, places = run(kernels.adaptive_max_pool, x, sizes, out=...)
    for i, (a, b) in enumerate(kernels.spans(7, sizes[0])):
        for j, (c, d) in enumerate(kernels.spans(5, sizes[1])):
            part = x[:, :, a:b, c:d]
            np.testing.assert_allclose(mean[:, :, i, j], part.mean((2, 3)), rtol=1e-12)
            np.testing.assert_array_equal(top[:, :, i, j], part.max((2, 3)))
    np.testing.assert_array_equal(np.take_along_axis(x.reshape(2, 3, -1), places.reshape(2, 3, -1), -1), top.reshape(2, 3, -1))
    g = rng.standard_normal(mean.shape)
    np.testing.assert_allclose((run(kernels.adaptive_avg_pool_backward, g, x, out=...) * x).sum(), (g * mean).sum(), rtol=1e-10)
    np.testing.assert_allclose(
        (run(kernels.adaptive_max_pool2d_backward, g, x, places, out=...) * x).sum(), (g * top).sum(), rtol=1e-10
    )
