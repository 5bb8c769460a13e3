"""NumPy's LAPACK by ctypes gives what the blocked algorithms of our own give, and those stand alone where it is not at hand."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import lapack, linalg_lu, linalg_reflectors, linalg_solve

run = TL.st.run
needs_library = pytest.mark.skipif(not lapack.has(np.dtype(np.float64)), reason="this NumPy was built against another LAPACK")
KINDS = [np.float64, np.complex128]


def random(rng, shape, kind):
    x = rng.standard_normal(shape)
    return x + 1j * rng.standard_normal(shape) if kind is np.complex128 else x


def both(monkeypatch, function, *arguments):
    """What a function gives with LAPACK, and without it."""
    with_it = run(function, *arguments)
    monkeypatch.setattr(lapack, "has", lambda dtype: False)
    return with_it, run(function, *arguments)


def equal(found, expected):
    found, expected = (x if isinstance(x, tuple) else (x,) for x in (found, expected))
    for a, b in zip(found, expected, strict=True):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        np.testing.assert_allclose(a, b, atol=1e-10)


@needs_library
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(5, 5), (3, 7, 4), (2, 2, 40, 40), (4, 9), (0, 3, 3), (3, 0)])
def test_lu_is_the_blocked_one(shape, kind, rng, monkeypatch) -> None:
    equal(*both(monkeypatch, linalg_solve.lu, random(rng, shape, kind)))


@needs_library
@pytest.mark.parametrize(("kind", "hermitian"), [(np.float64, False), (np.complex128, False), (np.complex128, True)])
def test_ldl_is_the_blocked_one(kind, hermitian, rng, monkeypatch) -> None:
    x = random(rng, (4, 11, 11), kind)
    turned = x.swapaxes(1, 2)
    equal(*both(monkeypatch, linalg_lu.ldl, x + (turned.conj() if hermitian else turned), hermitian))


@needs_library
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize(("batch", "right"), [((), (3,)), ((3,), ()), ((2, 1), (1, 3)), ((), ())])
def test_solutions_broadcast_as_the_blocked_ones(batch, right, transposed, kind, rng, monkeypatch) -> None:
    factors, pivots, _ = run(linalg_solve.lu, random(rng, (*batch, 6, 6), kind))
    b = random(rng, (*right, 6, 2), kind)
    equal(*both(monkeypatch, linalg_solve.by_lu, factors, pivots, b, transposed))


@needs_library
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("unit", [False, True])
@pytest.mark.parametrize(("batch", "right"), [((), (3,)), ((3,), ()), ((2, 1), (1, 3))])
def test_substitution_is_the_blocked_one(batch, right, unit, upper, kind, rng, monkeypatch) -> None:
    a, b = random(rng, (*batch, 9, 9), kind) + 9 * np.eye(9), random(rng, (*right, 9, 4), kind)
    equal(*both(monkeypatch, linalg_solve.substitute, a, b, upper, unit))


@needs_library
@pytest.mark.parametrize("kind", KINDS)
def test_products_of_reflections_are_the_compact_ones(kind, rng, monkeypatch) -> None:
    packed, tau = run(lambda x: linalg_reflectors.geqrf(x, out=...), random(rng, (3, 8, 5), kind))
    equal(*both(monkeypatch, lambda a, t: linalg_reflectors.householder_product(a, t, out=...), packed, tau))


def test_what_lapack_has_not_is_refused() -> None:
    assert not lapack.has(np.dtype(np.float16))
    if lapack.has(np.dtype(np.float64)):
        with pytest.raises(RuntimeError, match="dnothing is not in NumPy's library"):
            lapack.run("nothing", 1, np.zeros((1, 1)))
