"""Powers of float32: rounded as well as float64 can round them, into any destination. Numbers beside half types: rounded as torch's."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_kernel_cpu import binary
from ft_kernel_cpu.passes import BLOCK

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


@pytest.fixture
def third():
    """bfloat16 numbers next to 0.3, which that type has not."""
    return torch.tensor([-0.25, 0.30078125, 1.5859375], dtype=torch.bfloat16)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda x: x + 0.3, [0.05078125, 0.6015625, 1.890625]),
        (lambda x: 0.3 - x, [0.55078125, 0.0, -1.28125]),
        (lambda x: x.clone().sub_(0.3), [-0.55078125, 0.0, 1.28125]),
        (lambda x: (x == 0.3).to(x.dtype), [0.0, 1.0, 0.0]),
        (lambda x: torch.fmod(x, 0.3), [-0.25, 0.0, 0.08203125]),
        (lambda x: x * 0.3, [-0.0751953125, 0.09033203125, 0.4765625]),
        (lambda x: x / torch.tensor(0.3), [-0.83203125, 1.0, 5.28125]),
        (lambda x: x.maximum(torch.tensor(0.3)), [0.30078125, 0.30078125, 1.5859375]),
        (lambda x: x**3, [-0.015625, 0.0272216796875, 3.984375]),
        (lambda x: torch.xlogy(x, 0.3), [0.30078125, -0.361328125, -1.90625]),
    ],
)
def test_half_types_round_a_number_where_torch_does(third, function, expected) -> None:
    for _ in range(2):  # the first call takes the careful road, the second a route
        assert function(third).tolist() == expected


@pytest.mark.parametrize("size", [(), (5,), (BLOCK,), (BLOCK + 1,)])
@pytest.mark.parametrize("weight", [-0.7, 0.0, 0.3, 0.5, 1.0])
def test_lerp_by_one_weight_ends_where_torchs_does(size, weight, rng) -> None:
    x, end = (np.asarray(rng.standard_normal(size), np.float32) for _ in range(2))
    w = np.array(weight, np.float32)
    step = end - x
    expected = x + step * w if abs(w) < 0.5 else end + step * (w - np.float32(1))
    for out in (..., x.copy(), np.empty(size, np.float32)):
        made = run(binary.lerp, x, end, w, out=out)
        assert made is out or out is ...
        np.testing.assert_array_equal(made, expected)
    run(binary.lerp, x, end, w, out=end)
    np.testing.assert_array_equal(end, expected)
