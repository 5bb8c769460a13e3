"""Transforms against the definition, their scales, and the round trip through half a spectrum, in the input's precision."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import fft as kernels

run = TL.st.run


@pytest.mark.parametrize("kind", [np.complex64, np.complex128])
@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("scale", [0, 1, 2])
def test_a_transform_is_the_matrix_of_roots_of_unity(kind, forward, scale, rng) -> None:
    x = (rng.standard_normal((3, 7)) + 1j * rng.standard_normal((3, 7))).astype(kind)
    turns = np.outer(np.arange(7), np.arange(7)) / 7 * (-2j if forward else 2j) * np.pi
    found = run(kernels.c2c, x, (1,), scale, forward, out=...)
    assert found.dtype == kind
    np.testing.assert_allclose(found, x @ np.exp(turns) / 7 ** (scale / 2), atol=100 * np.finfo(kind).eps)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("n", [6, 7])
def test_half_a_spectrum_comes_back(kind, n, rng) -> None:
    x = rng.standard_normal((4, n)).astype(kind)
    half = run(kernels.r2c, x, (0, 1), 0, True, out=...)
    assert half.shape == (4, n // 2 + 1)
    back = run(kernels.c2r, half, (0, 1), 2, n, out=...)
    assert back.dtype == kind
    np.testing.assert_allclose(back, x, atol=100 * np.finfo(kind).eps)
