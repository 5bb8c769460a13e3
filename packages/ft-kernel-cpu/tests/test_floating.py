"""Numbers taken apart, and checksums of bits."""

from __future__ import annotations

import numpy as np

from ft_core.state import TL
from ft_kernel_cpu import bitwise, floating

run = TL.st.run


def test_mantissa_and_exponent_make_the_number_again(rng) -> None:
    x = np.concatenate([rng.standard_normal(100) * 10.0 ** rng.integers(-300, 300, 100), [0, -0.0, 5e-324, np.inf]])
    mantissa, exponent = run(floating.frexp, x, out=...)
    assert exponent.dtype == np.int32
    np.testing.assert_array_equal(np.ldexp(mantissa, exponent), x)
    inside = np.abs(mantissa[:100])
    assert inside.min() >= 0.5
    assert inside.max() < 1


def test_hash_of_equal_pairs_is_zero_and_floats_hash_as_doubles() -> None:
    assert run(bitwise.hash_tensor, np.array([1.5, 2.5, 1.5, 2.5], np.float32), (), False, 0, out=...) == 0
    single = run(bitwise.hash_tensor, np.array([1.5], np.float32), (0,), True, 0, out=...)
    assert single.tolist() == [int(np.float64(1.5).view(np.uint64))]
    assert run(bitwise.hash_tensor, np.array(-1, np.int8), (), False, 0, out=...) == 2**64 - 1
