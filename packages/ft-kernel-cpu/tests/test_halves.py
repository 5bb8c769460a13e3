"""Conversions of halves are NumPy's to the bit, NaN and all."""

import numpy as np
import pytest

from ft_core.dtype import float16, float32
from ft_kernel_cpu import halves
from ft_kernel_cpu.backend import backend

ALL = np.arange(1 << 16, dtype=np.uint16).view(np.float16)


def bits(x):
    return x.view(np.uint16 if x.dtype == np.float16 else np.uint32)


def test_every_half_is_widened():
    assert np.array_equal(bits(halves.widened(ALL)), bits(ALL.astype(np.float32)))


@pytest.mark.filterwarnings("ignore")
def test_every_half_its_neighbours_and_ties_are_narrowed():
    wide = ALL.astype(np.float32)
    middle = ((bits(wide).astype(np.uint64) + bits(np.roll(wide, -1))) // 2).astype(np.uint32).view(np.float32)
    for x in (wide, middle, np.nextafter(middle, np.float32(np.inf)), np.nextafter(middle, np.float32(-np.inf))):
        assert np.array_equal(bits(halves.narrowed(x)), bits(x.astype(np.float16)))


@pytest.mark.filterwarnings("ignore")
def test_any_bits_are_narrowed():
    x = np.random.default_rng(0).integers(0, 1 << 32, (3, 33_000), dtype=np.uint32).view(np.float32)
    assert np.array_equal(bits(halves.narrowed(x)), bits(x.astype(np.float16)))
    assert halves.narrowed(x).shape == x.shape


@pytest.mark.parametrize("order", ["C", "F"])
def test_casts_of_the_backend_are_numpys(order):
    x = np.asarray(np.random.default_rng(1).normal(size=(100, 50)).astype(np.float32), order=order)
    half = backend.cast(x, float32, float16)
    assert np.array_equal(bits(half.copy()), bits(x.astype(np.float16).copy()))
    assert np.array_equal(backend.cast(half, float16, float32), half.astype(np.float32))
