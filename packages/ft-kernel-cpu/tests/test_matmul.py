"""Products against NumPy: layouts, half-filled destinations, integers that no float can hold, terms added."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import blas
from ft_kernel_cpu import matmul as kernels

run = TL.st.run
VIEWS = {
    "plain": lambda x: x,
    "transposed": lambda x: x.swapaxes(-1, -2).copy().swapaxes(-1, -2),
    "strided": lambda x: np.repeat(x, 2, -1)[..., ::2],
}


@pytest.mark.parametrize("left", VIEWS)
@pytest.mark.parametrize("right", VIEWS)
@pytest.mark.parametrize("kind", [np.float32, np.float64, np.complex64])
def test_mm_and_bmm_take_any_layout(left, right, kind, rng) -> None:
    a, b = rng.standard_normal((3, 4, 5)).astype(kind), rng.standard_normal((3, 5, 6)).astype(kind)
    expected = np.einsum("bij,bjk->bik", a, b)
    found = run(kernels.bmm, VIEWS[left](a), VIEWS[right](b), out=...)
    assert found.flags.c_contiguous
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(run(kernels.mm, VIEWS[left](a)[0], VIEWS[right](b)[0], out=...), expected[0], rtol=1e-5, atol=1e-5)


def test_mm_writes_into_any_destination(rng) -> None:
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((4, 2))
    for out in (np.empty((3, 2)), np.empty((2, 3)).T):
        assert run(kernels.mm, a, b, out=out) is out
        np.testing.assert_allclose(out, a @ b)


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int16, np.int32, np.int64])
@pytest.mark.parametrize("size", [3, 40])
def test_mm_of_integers_wraps_and_is_exact(kind, size, rng) -> None:
    limits = np.iinfo(kind)
    a = rng.integers(limits.min, limits.max, (size, size), dtype=kind, endpoint=True)
    b = rng.integers(limits.min, limits.max, (size, size), dtype=kind, endpoint=True)
    exact = np.array([[sum(int(x) * int(y) for x, y in zip(row, column, strict=True)) for column in b.T] for row in a], object)
    expected = ((exact - limits.min) % (1 << limits.bits) + limits.min).astype(kind)
    found = run(kernels.mm, a, b, out=...)
    assert found.dtype == kind
    np.testing.assert_array_equal(found, expected)


def test_addmm_does_not_read_the_term_when_beta_is_0(rng) -> None:
    a, b = rng.standard_normal((2, 3)), rng.standard_normal((3, 2))
    term = np.full((2, 2), np.nan)
    np.testing.assert_allclose(run(kernels.addmm, term, a, b, 0, 2.0, out=...), 2 * (a @ b))
    row = rng.standard_normal(2)
    np.testing.assert_allclose(run(kernels.addmm, row, a, b, 0.5, 3, out=...), 0.5 * row + 3 * (a @ b))
    square = rng.standard_normal((2, 2))
    expected = square + a @ b
    assert run(kernels.addmm, square, a, b, 1, 1, out=square) is square
    np.testing.assert_allclose(square, expected)


def test_addbmm_sums_the_batch(rng) -> None:
    a, b, term = rng.standard_normal((4, 2, 3)), rng.standard_normal((4, 3, 5)), rng.standard_normal((2, 5))
    np.testing.assert_allclose(run(kernels.addbmm, term, a, b, 2, 1, out=...), 2 * term + (a @ b).sum(0))


def test_products_of_nothing_are_zero() -> None:
    assert not run(kernels.mm, np.ones((2, 0)), np.ones((0, 3)), out=...).any()
    assert run(kernels.dot, np.ones(0), np.ones(0), out=...) == 0


def test_vectors(rng) -> None:
    a, x, y = rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal(3)
    np.testing.assert_allclose(run(kernels.mv, a, x, out=...), a @ x)
    np.testing.assert_allclose(run(kernels.addmv, y, a, x, 2, 3, out=...), 2 * y + 3 * (a @ x))
    np.testing.assert_allclose(run(kernels.addr, a, y, x, 1, 1, out=...), a + np.outer(y, x))
    z = x + 1j * x[::-1]
    np.testing.assert_allclose(run(kernels.vdot, z, z, out=...), np.sum(np.conj(z) * z))
    assert type(run(kernels.dot, x, x, out=...)) is np.ndarray


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize("ta", [False, True])
@pytest.mark.parametrize("tb", [False, True])
def test_gemm_accumulates_into_a_slice(kind, ta, tb, rng) -> None:
    m, n, k = 3, 4, 5
    a, b, c = (rng.integers(-9, 9, (8, 9)).astype(kind) for _ in range(3))
    left, right = a[1 : 1 + (k if ta else m), 2 : 2 + (m if ta else k)], b[:, 3:][: n if tb else k, : k if tb else n]
    expected = c.copy()
    expected[2 : 2 + m, 1 : 1 + n] += (left.T if ta else left) @ (right.T if tb else right)
    blas.gemm(
        blas.operand(a, 9).at(1 * 9 + 2),
        blas.operand(b, 9).at(3),
        blas.operand(c, 9).at(2 * 9 + 1),
        (m, n, k),
        add=True,
        ta=ta,
        tb=tb,
    )
    np.testing.assert_array_equal(c, expected)


def test_an_address_is_that_of_the_first_element() -> None:
    x = np.arange(12, dtype=np.float32).reshape(3, 4)
    frozen = x.copy()
    frozen.flags.writeable = False
    for a in (x, x[1:], frozen, np.empty((0, 3)), np.zeros(2, ml_dtypes.bfloat16), np.zeros((), np.complex128)):
        assert blas.address(a) == a.__array_interface__["data"][0]
    assert blas.address(x[1:]) == blas.address(x) + 16
