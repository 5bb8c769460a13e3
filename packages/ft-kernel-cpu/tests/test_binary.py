"""Powers of float32: rounded as well as float64 can round them, into any destination."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import binary

run = TL.st.run


@pytest.mark.parametrize("shapes", [((4000,), (4000,)), ((40, 1), (100,))])
def test_single_powers_are_rounded_once(rng, shapes) -> None:
    x = rng.uniform(0.1, 9, shapes[0]).astype(np.float32)
    exponent = rng.uniform(-9, 9, shapes[1]).astype(np.float32)
    exact = np.power(x.astype(np.float64), exponent.astype(np.float64))
    made = run(binary.pow, x, exponent, out=...)
    assert made.dtype == np.float32
    assert np.abs((made - exact) / np.spacing(exact.astype(np.float32))).max() <= 0.5
    dest = np.empty(exact.shape[::-1], np.float32).T
    assert run(binary.pow, x, exponent, out=dest) is dest
    np.testing.assert_array_equal(dest, made)


def test_single_powers_at_the_edges_are_those_of_double() -> None:
    x = np.array([0, -0.0, -8, -8, np.inf, -np.inf, np.nan, 1, 0, 3e38], np.float32)
    exponent = np.array([-1, -1, 3, 0.5, -1, 3, 0, np.nan, 0, 2], np.float32)
    made = run(binary.pow, x, exponent, out=...)
    np.testing.assert_array_equal(made, np.array([np.inf, -np.inf, -512, np.nan, 0, -np.inf, 1, 1, 1, np.inf], np.float32))
