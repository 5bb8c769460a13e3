"""The gamma family against SciPy: every digit around the zeros of lgamma, poles, reflections, large arguments."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_kernel_cpu import gamma as kernels

special = pytest.importorskip("scipy.special")
run = TL.st.run
POSITIVE = np.concatenate([np.linspace(0.01, 60, 20_001), 10.0 ** np.linspace(-20, 20, 2000)])
NEGATIVE = -np.linspace(0.01, 29.99, 7919)


def scaled_error(got: np.ndarray, expected: np.ndarray) -> float:
    return float((np.abs(got - expected) / np.maximum(1, np.abs(expected))).max())


def test_lgamma_keeps_its_digits() -> None:
    got, expected = run(kernels.lgamma, POSITIVE, out=...), special.gammaln(POSITIVE)
    assert scaled_error(got, expected) < 2e-14
    near = np.concatenate([1 + 10.0 ** np.linspace(-12, -2, 300), 2 - 10.0 ** np.linspace(-12, -2, 300)])
    mpmath = pytest.importorskip("mpmath")
    exact = np.array([float(mpmath.loggamma(mpmath.mpf(v))) for v in near])
    np.testing.assert_allclose(run(kernels.lgamma, near, out=...), exact, rtol=4e-15)


def test_lgamma_of_negative_numbers() -> None:
    assert scaled_error(run(kernels.lgamma, NEGATIVE, out=...), special.gammaln(NEGATIVE)) < 2e-14


def test_poles_and_infinities() -> None:
    x = np.array([0.0, -1.0, -2.0, np.inf, -np.inf, np.nan])
    np.testing.assert_array_equal(run(kernels.lgamma, x, out=...), [np.inf] * 5 + [np.nan])
    x = np.array([0.0, -0.0, -1.0, np.inf, -np.inf])
    np.testing.assert_array_equal(run(kernels.digamma, x, out=...), [-np.inf, np.inf, np.nan, np.inf, np.nan])


def test_digamma_against_scipy() -> None:
    assert scaled_error(run(kernels.digamma, POSITIVE, out=...), special.digamma(POSITIVE)) < 5e-15
    far = NEGATIVE[np.abs(NEGATIVE - np.round(NEGATIVE)) > 0.01]
    assert scaled_error(run(kernels.digamma, far, out=...), special.digamma(far)) < 1e-12


@pytest.mark.parametrize("n", [1, 2, 5, 20])
def test_polygamma_against_scipy(n) -> None:
    x = np.linspace(0.05, 40, 4001)
    np.testing.assert_allclose(run(kernels.polygamma, n, x, out=...), special.polygamma(n, x), rtol=4e-15)


def test_zeta_against_scipy(rng) -> None:
    s, q = rng.uniform(1.01, 25, 4000), rng.uniform(0.01, 40, 4000)
    np.testing.assert_allclose(run(kernels.zeta, s, q, out=...), special.zeta(s, q), rtol=4e-15)
    assert run(kernels.zeta, np.array(1.0), np.array(2.0), out=...) == np.inf


def test_float32_is_rounded_once() -> None:
    x = np.linspace(0.1, 30, 5001).astype(np.float32)
    expected = special.gammaln(x.astype(np.float64)).astype(np.float32)
    assert (run(kernels.lgamma, x, out=...) == expected).mean() > 0.999


def test_trigamma_at_its_poles_is_what_torchs_reflection_gives():
    found = torch.polygamma(1, torch.tensor([-1.0, -8.0, 0.0])).tolist()
    assert found[:2] == pytest.approx([1291369695936512.0, 20177651499008.0], rel=1e-5)
    assert found[2] == float("inf")
