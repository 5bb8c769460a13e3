"""Error functions against SciPy over their whole range, in both precisions."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import erf as kernels

special = pytest.importorskip("scipy.special")
run = TL.st.run
LINE = np.concatenate([np.linspace(-6, 6, 20_001), 10.0 ** np.linspace(-30, 0, 500), -(10.0 ** np.linspace(-30, 0, 500))])
POSITIVE = np.concatenate([np.linspace(0, 12, 5001), 10.0 ** np.linspace(-20, 8, 500)])
INSIDE = np.concatenate(
    [np.linspace(-0.9999, 0.9999, 9001), 1 - 10.0 ** np.linspace(-7, -1, 500), 10.0 ** np.linspace(-30, -1, 300)]
)
TAIL = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 5001), 10.0 ** np.linspace(-37, -1, 1000)])
CASES = {
    "erf": (kernels.erf, special.erf, LINE, 4e-7, 2e-15),
    "erfc": (kernels.erfc, special.erfc, np.linspace(-6, 8, 10_001), 1e-6, 1e-14),
    "erfcx": (kernels.erfcx, special.erfcx, POSITIVE, 1e-6, 1e-14),
    "erfinv": (kernels.erfinv, special.erfinv, INSIDE, 4e-7, 8e-15),
    "ndtri": (kernels.ndtri, special.ndtri, TAIL, 1e-6, 1e-14),
    "log_ndtr": (kernels.log_ndtr, special.log_ndtr, np.linspace(-40, 5, 5001), 3e-6, 2e-14),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_relative_error_is_within_the_stated_bound(name, dtype) -> None:
    kernel, reference, x, bound32, bound64 = CASES[name]
    x = x.astype(dtype)
    expected = reference(x.astype(np.float64))
    keep = np.isfinite(expected) & (np.abs(expected) > 1e-37)
    got = run(kernel, x, out=...).astype(np.float64)
    error = np.abs(got - expected)[keep] / np.abs(expected[keep])
    assert error.max() < (bound32 if dtype is np.float32 else bound64)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_ends_of_the_line(dtype) -> None:
    x = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0, 30.0], dtype)
    np.testing.assert_array_equal(run(kernels.erf, x, out=...), [1, -1, np.nan, 0, 0, 1])
    assert np.signbit(run(kernels.erf, x, out=...)[4])
    np.testing.assert_array_equal(run(kernels.erfc, x, out=...)[:4], [0, 2, np.nan, 1])
    np.testing.assert_array_equal(
        run(kernels.erfinv, np.array([1, -1, 2, np.nan], dtype), out=...), [np.inf, -np.inf, np.nan, np.nan]
    )
    np.testing.assert_array_equal(run(kernels.ndtri, np.array([0, 1, -1], dtype), out=...), [-np.inf, np.inf, np.nan])


def test_erf_in_place_on_a_strided_array(rng) -> None:
    x = rng.standard_normal((50, 60))[:, ::2]
    expected = special.erf(x)
    assert run(kernels.erf, x, out=x) is x
    np.testing.assert_allclose(x, expected, rtol=1e-14)
