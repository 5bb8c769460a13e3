"""Softmax over every dimension and size of block, and its backwards against the Jacobian."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import softmax as kernels

run = TL.st.run


def reference(x: np.ndarray, dim: int) -> np.ndarray:
    e = np.exp(x - x.max(dim, keepdims=True))
    return e / e.sum(dim, keepdims=True)


@pytest.mark.parametrize("shape", [(7,), (5, 7), (3, 4, 5), (2, 300, 70), (2, 40_000)])
def test_softmax_along_every_dimension(shape, rng) -> None:
    x = 5 * rng.standard_normal(shape)
    for dim in range(len(shape)):
        y = run(kernels.softmax, x, dim, False, out=...)
        np.testing.assert_allclose(y, reference(x, dim), rtol=1e-13)
        np.testing.assert_allclose(
            run(kernels.log_softmax, x, dim, False, out=...), np.log(reference(x, dim)), rtol=1e-12, atol=1e-12
        )


@pytest.mark.parametrize(("shape", "dim"), [((0,), 0), ((0, 3), 0), ((3, 0), 0), ((2, 0, 3), 1)])
def test_nothing_to_take_the_maximum_of_is_no_error(shape, dim) -> None:
    for kernel in (kernels.softmax, kernels.log_softmax):
        for dtype in (np.float32, np.float16):
            y = run(kernel, np.empty(shape, dtype), dim, False, out=...)
            assert (y.shape, y.dtype) == (shape, dtype)


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16])
def test_half_types_round_once_but_where_torch_rounds_on_the_way(dtype, rng) -> None:
    x = (3 * rng.standard_normal((40, 70))).astype(dtype)
    wide = x.astype(np.float32)

    def rounded(values: np.ndarray) -> np.ndarray:
        return values.astype(dtype).astype(np.float32)

    once = reference(wide, 1).astype(dtype)
    assert (run(kernels.softmax, x, 1, False, out=...) != once).mean() < 0.002  # sums in another order
    e = np.exp(wide - wide.max(0))
    expected = (e / e.sum(0)).astype(dtype)
    expected[:, 64:] = (rounded(e) / e.sum(0))[:, 64:]  # 70 columns are two vectors of 32 and 6 numbers
    assert (run(kernels.softmax, x, 0, False, out=...) != expected).mean() < 0.002
    e = np.exp(wide - wide.max(1, keepdims=True))
    expected = (wide - wide.max(1, keepdims=True) - rounded(np.log(rounded(e.sum(1, keepdims=True))))).astype(dtype)
    assert (run(kernels.log_softmax, x, 1, False, out=...) != expected).mean() < 0.002


def test_softmax_of_huge_scores_does_not_overflow() -> None:
    np.testing.assert_allclose(run(kernels.softmax, np.array([1e4, 1e4]), 0, False, out=...), [0.5, 0.5])


def test_softmax_into_a_transposed_destination(rng) -> None:
    x = rng.standard_normal((4, 6))
    out = np.empty((6, 4)).T
    assert run(kernels.softmax, x, 1, False, out=out) is out
    np.testing.assert_allclose(out, reference(x, 1))


@pytest.mark.parametrize("dim", [0, 1, 2])
def test_backwards_equal_the_jacobian(dim, rng) -> None:
    x, g = rng.standard_normal((3, 4, 5)), rng.standard_normal((3, 4, 5))
    y = reference(x, dim)
    got = run(kernels.softmax_backward, g, y, dim, None, out=...)
    np.testing.assert_allclose(got, y * (g - (g * y).sum(dim, keepdims=True)), rtol=1e-12, atol=1e-14)
    got = run(kernels.log_softmax_backward, g, np.log(y), dim, None, out=...)
    np.testing.assert_allclose(got, g - y * g.sum(dim, keepdims=True), rtol=1e-12, atol=1e-14)
