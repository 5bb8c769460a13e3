"""Casts on the host machine: half and fp8 rounding against ml_dtypes, every value of the narrow types, complex and bool."""

import ml_dtypes
import numpy as np
import pytest

from ft_kernel_cuda.cast import cast, copy, filled

NARROW = {
    "float16": np.float16,
    "bfloat16": ml_dtypes.bfloat16,
    "float8_e4m3fn": ml_dtypes.float8_e4m3fn,
    "float8_e5m2": ml_dtypes.float8_e5m2,
}


def raw_type(name):
    return {"float16": np.float16, "bfloat16": np.uint16}.get(name, np.uint8)


def floats():
    """Random bit patterns, all bfloat16 values and their neighbours: ties, subnormals, overflows, infinities, NaN."""
    some = np.random.default_rng(1).integers(0, 2**32, 20000, dtype=np.uint32)
    high = np.arange(2**16, dtype=np.uint32) << 16
    close = np.random.default_rng(2).normal(0, 1, 20000).astype(np.float32) * np.float32(2.0) ** np.arange(-30, 20).repeat(400)
    return np.concatenate([some, high, high | 0x8000, high + 1, high - 1, close.astype(np.float32).view(np.uint32)]).view(
        np.float32
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NARROW)
def test_every_narrow_value_widens_exactly(host, name):
    kind = np.dtype(NARROW[name])
    bits = np.arange(2 ** (8 * kind.itemsize)).astype(f"u{kind.itemsize}")
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(cast(bits.view(raw_type(name)), name, "float32"), bits.view(kind).astype(np.float32))


@pytest.mark.slow
@pytest.mark.parametrize("name", NARROW)
def test_narrowing_rounds_to_nearest_even(host, name):
    x, kind = floats(), np.dtype(NARROW[name])
    got = cast(x, "float32", name).view(kind)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(got.astype(np.float32), x.astype(kind).astype(np.float32))


def test_complex_to_real_drops_the_imaginary_part_and_to_bool_sees_both(host):
    x = np.array([1 + 2j, 0 + 3j, 0], np.complex64)
    assert cast(x, "complex64", "float64").tolist() == [1, 0, 0]
    assert cast(x, "complex64", "bool").tolist() == [True, True, False]


def test_copy_keeps_the_bits_of_nan(host):
    x = np.array([0x7FC00123, 0xFF800001], np.uint32).view(np.float32)
    assert copy(x[::-1]).view(np.uint32).tolist() == [0xFF800001, 0x7FC00123]


def test_filled_takes_numbers_to_the_dtype(host):
    assert filled((2,), -1, "int64").tolist() == [-1, -1]
    assert filled((), 2**63 - 1, "int64")[()] == 2**63 - 1
    assert filled((1,), 0.1, "bfloat16").view(ml_dtypes.bfloat16)[0] == ml_dtypes.bfloat16(0.1)
    assert filled((1,), 3, "complex64")[0] == 3
