"""Shifts by what no machine defines."""

import numpy as np
import pytest

from ft_kernel_cpu import bitwise


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int32, np.int64])
def test_shifts_by_negative_numbers_and_more_than_the_width_are_torchs(kind):
    """0 to the left, the sign alone to the right; NumPy has it so without being asked."""
    x = np.array([5, 100, 0, 1, 7, 3], kind)
    signed = np.dtype(kind).kind == "i"
    x = np.concatenate([x, -x]) if signed else x
    width = x.itemsize * 8
    for by in (width, width + 1, 100, *((-1, -width) if signed else ())):
        y = np.full(x.shape, by, kind)
        assert not bitwise.left_shift(x, y, out=...).any()
        assert np.array_equal(bitwise.right_shift(x, y, out=...), np.where(x < 0, -1, 0))
