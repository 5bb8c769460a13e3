"""Small windows by one index: what the walk from tap to tap gives, to the bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_kernel_cpu import conv, places, pool
from ft_kernel_cpu.table import ALLOC, table

GEOMETRY = st.tuples(
    st.integers(1, 2),
    st.integers(1, 3),
    st.integers(3, 8),
    st.integers(3, 8),
    st.integers(1, 3),
    st.integers(1, 3),
    st.booleans(),
    st.integers(1, 2),
)


def image(shape, kind, seed):
    return np.round(np.random.default_rng(seed).normal(size=shape) * 3).astype(kind)


def walked(name, *args):
    """What the kernel gives without its short form."""
    return table[name].fn.__wrapped__(*args, out=ALLOC)


def same(mine, wanted):
    """Whether arrays, or pairs of them, agree in dtype and in every element."""
    pairs = zip(mine, wanted, strict=True) if isinstance(mine, tuple) else [(mine, wanted)]
    return all(a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)


def test_same_sees_a_difference():
    one = np.ones(3, np.float32)
    assert same(one, one.copy())
    assert not same(one, one.astype(np.float64))
    assert not same((one, one), (one, one + 1))


@settings(max_examples=120, deadline=None)
@given(GEOMETRY, st.sampled_from("fd"), st.sampled_from([0, np.nan, -np.inf, np.inf]), st.booleans())
def test_pools(geometry, kind, odd, ceil_mode):
    n, c, h, w, k, step, padded, dilation = geometry
    x = image((n, c, h, w), kind, h * w)
    if odd:
        x[0, 0, :2] = odd
    padding = k // 2 if padded else 0
    if min(h, w) + 2 * padding < dilation * (k - 1) + 1:
        return
    args = (x, (k, k), (step, step), (padding, padding), (dilation, dilation), ceil_mode)
    short = pool._short_max_pool(*args)
    assert short is not None
    with np.errstate(all="ignore"):  # as in a call of the dispatcher
        assert same(short(*args, out=ALLOC), walked("max_pool2d_with_indices", *args))
    if min(h, w) + 2 * padding < k or odd:
        return
    args = (x, (k, k), (step, step), (padding, padding), ceil_mode, padded, None)
    short = pool._short_avg_pool(*args)
    if short is not None:
        assert same(short(*args, out=ALLOC), walked("avg_pool2d", *args))


@settings(max_examples=80, deadline=None)
@given(GEOMETRY, st.booleans())
def test_convolution(geometry, biased):
    n, c, h, w, k, step, padded, dilation = geometry
    x, weight = image((n, c, h, w), np.float32, h), image((2, c, k, k), np.float32, w)
    padding = k // 2 if padded else 0
    if min(h, w) + 2 * padding < dilation * (k - 1) + 1:
        return
    args = (x, weight, image((2,), np.float32, k) if biased else None, (step,), (padding,), (dilation,), False, (0,), 1)
    short = conv._short_convolution(*args)
    assert short is not None
    assert same(short(*args, out=ALLOC), walked("convolution", *args))  # small integers: every order of adding is exact


@pytest.mark.parametrize("change", [{"transposed": True}, {"groups": 2}, {"large": True}])
def test_other_convolutions_are_left_to_the_walk(change):
    size = 80 if change.get("large") else 4
    x, weight = np.ones((1, 2, size, size), np.float32), np.ones((2, 2 // change.get("groups", 1), 2, 2), np.float32)
    args = (x, weight, None, (1,), (0,), (1,), change.get("transposed", False), (0,), change.get("groups", 1))
    assert conv._short_convolution(*args) is None


def test_where_the_taps_lie():
    found = places.window_places((2, 3), (2, 3), (1, 2), (1, 1), (0, 1), (1, 1))
    assert found.tolist() == [[-1, 0, 1, -1, 3, 4], [0, 1, 2, 3, 4, 5]]
