"""Writing by index against a loop: duplicates, reductions with and without the old value, refusals that change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import scatter as kernels

run = TL.st.run
REDUCE = {
    "sum": sum, "prod": np.prod, "mean": lambda values: sum(values) / len(values),
    "amax": max, "amin": min,
}  # fmt: skip


def collected(shape, dim, index, src):
    """{place: values that go there, in order}"""
    found: dict = {}
    for at in np.ndindex(index.shape):
        place = list(at)
        place[dim] = index[at]
        found.setdefault(tuple(place), []).append(src[at])
    return found


@pytest.mark.parametrize("dim", [0, 1, 2])
@pytest.mark.parametrize("reduce", REDUCE)
@pytest.mark.parametrize("include_self", [True, False])
@pytest.mark.parametrize("order", ["C", "F"])
def test_scatter_reduce(dim, reduce, include_self, order, rng) -> None:
    x, src = np.array(rng.standard_normal((3, 4, 5)), order=order), rng.standard_normal((3, 4, 6))
    index = rng.integers(0, x.shape[dim], (2, 3, 5))
    expected = x.copy()
    for place, values in collected(x.shape, dim, index, src).items():
        expected[place] = REDUCE[reduce]([x[place], *values] if include_self else values)
    found = run(kernels.scatter_reduce, x, dim, index, src, reduce, include_self, out=...)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dim", [0, 1])
def test_scatter_and_scatter_add(order, dim, rng) -> None:
    x, src = np.array(rng.standard_normal((4, 5)), order=order), rng.standard_normal((4, 5))
    index = rng.integers(0, x.shape[dim], (3, 4))
    last, added = x.copy(), x.copy()
    for place, values in collected(x.shape, dim, index, src).items():
        last[place] = values[-1]
        added[place] += sum(values)
    np.testing.assert_array_equal(run(kernels.scatter, x, dim, index, src, out=...), last)
    np.testing.assert_allclose(run(kernels.scatter_add, x, dim, index, src, out=...), added, rtol=1e-12)
    inplace = x.copy(order=order)
    assert run(kernels.scatter_add, inplace, dim, index, src, out=inplace) is inplace
    np.testing.assert_allclose(inplace, added, rtol=1e-12)


def test_nothing_is_written_when_a_place_is_outside() -> None:
    calls = {
        "scatter": lambda x: run(kernels.scatter_value, x, 0, np.array([[0], [3]]), 9.0, out=x),
        "index_add": lambda x: run(kernels.index_add, x, 0, np.array([0, -1]), np.ones((2, 2)), 1, out=x),
        "index_copy": lambda x: run(kernels.index_copy, x, 0, np.array([0, 7]), np.ones((2, 2)), out=x),
        "index_fill": lambda x: run(kernels.index_fill, x, 0, np.array([0, 7]), 1.0, out=x),
        "index_put": lambda x: run(kernels.index_put, x, [np.array([0, 7])], np.ones(()), False, out=x),
        "put": lambda x: run(kernels.put, x, np.array([0, 70]), np.ones(2), False, out=x),
        "masked_scatter": lambda x: run(kernels.masked_scatter, x, np.ones((3, 2), bool), np.ones(5), out=x),
    }
    for name, call in calls.items():
        x = np.zeros((3, 2))
        with pytest.raises((IndexError, RuntimeError)):
            call(x)
        assert not x.any(), name


def test_index_put_accumulates_duplicates(rng) -> None:
    x, values = rng.standard_normal((4, 3)), rng.standard_normal((5, 3))
    places = np.array([0, 2, 0, -1, 2])
    expected = x.copy()
    np.add.at(expected, places, values)
    np.testing.assert_allclose(run(kernels.index_put, x, [places], values, True, out=...), expected, rtol=1e-12)
    mask = x > 0
    np.testing.assert_array_equal(run(kernels.index_put, x, [mask], np.array(7.0), False, out=...), np.where(mask, 7.0, x))


@pytest.mark.parametrize("dim", [0, 1])
def test_slices_added_copied_and_filled(dim, rng) -> None:
    x = rng.standard_normal((4, 5))
    index = np.array([1, 3, 1])
    source = rng.standard_normal((3, 5) if dim == 0 else (4, 3))
    at = (index,) if dim == 0 else (slice(None), index)
    added = x.copy()
    np.add.at(added, at, 2 * source)
    np.testing.assert_allclose(run(kernels.index_add, x, dim, index, source, 2, out=...), added, rtol=1e-12)
    copied, filled = x.copy(), x.copy()
    copied[at], filled[at] = source, 8
    np.testing.assert_array_equal(run(kernels.index_copy, x, dim, index, source, out=...), copied)
    np.testing.assert_array_equal(run(kernels.index_fill, x, dim, index, 8, out=...), filled)
    product = x.copy()
    np.multiply.at(product, at, source)
    np.testing.assert_allclose(run(kernels.index_reduce, x, dim, index, source, "prod", True, out=...), product, rtol=1e-12)


def test_masked_scatter_takes_the_source_in_order() -> None:
    mask = np.array([[True, False], [True, True]])
    found = run(kernels.masked_scatter, np.zeros((2, 2)), mask, np.arange(1.0, 9), out=...)
    assert found.tolist() == [[1, 0], [2, 3]]


def test_backwards_of_views() -> None:
    found = run(kernels.slice_backward, np.ones((2, 2)), (2, 7), 1, 1, 5, 2, out=...)
    assert found.tolist() == [[0, 1, 0, 1, 0, 0, 0]] * 2
    assert run(kernels.select_backward, np.ones(3), (2, 3), 0, -1, out=...).tolist() == [[0, 0, 0], [1, 1, 1]]
