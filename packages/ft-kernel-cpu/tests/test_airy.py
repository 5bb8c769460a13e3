"""Airy's function: SciPy's digits, its differential equation, torch's answers at the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu.airy import airy_ai
from ft_kernel_cpu.table import table

run = TL.st.run
EPS = np.finfo(np.float64).eps


def test_against_scipy_in_units_of_the_amplitude() -> None:
    special = pytest.importorskip("scipy.special")
    x = np.concatenate([np.linspace(-60, 8, 40_001), np.linspace(-5.01, -4.99, 50), np.linspace(2.99, 3.01, 50)])
    amplitude = np.where(x < 0, 1 / np.sqrt(np.pi * np.sqrt(np.maximum(np.abs(x), 1))), np.abs(special.airy(x)[0]))
    # Sine, cosine and exp of zeta cannot be nearer than the rounding of zeta itself. Against 40 digits ours is within half of the
    # left side's bound everywhere; on the right SciPy is off by up to 120 units.
    bound = np.where(x < 0, 40, 160) * EPS + 2 * EPS * np.abs(x) ** 1.5
    assert (np.abs(run(airy_ai, x) - special.airy(x)[0]) / amplitude / bound).max() < 1


def test_value_at_zero() -> None:
    assert run(airy_ai, np.zeros(1))[0] == pytest.approx(1 / (3 ** (2 / 3) * math.gamma(2 / 3)), rel=1e-15)


@pytest.mark.parametrize("x", [-40.0, -5.0, -2.5, 0.7, 3.0, 9.0])
def test_second_derivative_is_x_times_the_value(x) -> None:
    step = 1e-2
    left, middle, right = run(airy_ai, x + step * np.arange(-1, 2))
    fourth = x * x * middle + (right - left) / step  # of y'' = x y: what the difference is off by, times 12 / step^2
    assert (left - 2 * middle + right) / step**2 == pytest.approx(x * middle + step**2 / 12 * fourth, rel=1e-6, abs=1e-9)


def test_ends() -> None:
    y = run(table["special_airy_ai"].fn, np.array([np.inf, -np.inf, np.nan, 150.0]), out=...)
    np.testing.assert_array_equal(y, [np.nan, np.nan, np.nan, 0])


def test_single_precision_is_the_double_rounded() -> None:
    x = np.linspace(-20, 10, 501, dtype=np.float32)
    y = run(table["special_airy_ai"].fn, x, out=...)
    np.testing.assert_array_equal(y, run(airy_ai, x.astype(np.float64)).astype(np.float32))
