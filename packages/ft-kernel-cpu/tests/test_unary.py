"""The angle of real numbers, by their bits."""

import numpy as np
import pytest

from ft_kernel_cpu import unary


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("lost", [False, True])
def test_angle_of_real_numbers(kind, lost):
    x = np.array([-1.0, 2.0, 0.0, -0.0, np.inf, -np.inf, np.nan if lost else -3.0], kind)
    made = unary.angle(x, out=...)
    assert made.dtype == kind
    assert np.array_equal(made, np.array([np.pi, 0, 0, 0, 0, np.pi, np.nan if lost else np.pi], kind), equal_nan=True)
    assert not np.signbit(made[1:5]).any()
    assert np.array_equal(unary.angle(x, out=x), made, equal_nan=True)
