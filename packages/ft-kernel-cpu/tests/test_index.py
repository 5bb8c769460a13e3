"""Reading by index against NumPy's own indexing, and what each op says to a place that does not exist."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import index as kernels

run = TL.st.run
X = np.arange(60.0).reshape(3, 4, 5)
MASK = X[:, :, 0] % 3 == 0
INDICES = {
    "one vector": [np.array([2, 0, -1])],
    "matrix": [np.array([[0, 1], [2, 2]])],
    "second dim": [None, np.array([3, 0])],
    "two that broadcast": [np.array([[0], [2]]), np.array([1, -1, 3])],
    "two apart": [np.array([0, 2]), None, np.array([4, 1])],
    "int32": [np.array([1, 0], np.int32)],
    "mask of two dims": [MASK],
    "mask behind a slice": [None, np.array([True, False, True, False])],
    "mask and vector": [np.array([0, 1]), None, np.array([True, False, False, True, False])],
    "nothing chosen": [np.array([], np.int64)],
}


@pytest.mark.parametrize("case", INDICES)
@pytest.mark.parametrize("view", [lambda x: x, lambda x: x.copy(order="F")])
def test_index_equals_numpy(case, view) -> None:
    expected = X[tuple(slice(None) if i is None else i for i in INDICES[case])]
    found = run(kernels.index, view(X), INDICES[case], out=...)
    np.testing.assert_array_equal(found, expected)
    assert not np.shares_memory(found, X)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda i: run(kernels.index, X, [i], out=...), IndexError, "index 5 is out of bounds for dimension 0 with size 3"),
        (lambda i: run(kernels.index, X, [None, i], out=...), IndexError, "index 5 is out of bounds for dimension 1 with size 4"),
        (lambda i: run(kernels.index_select, X, 0, i, out=...), IndexError, "index out of range in self"),
        (
            lambda i: run(kernels.gather, X, 1, i.reshape(1, -1, 1), False, out=...),
            RuntimeError,
            "index 5 is out of bounds for dimension 1 with size 4",
        ),
        (lambda i: run(kernels.take, X, i * 13, out=...), IndexError, "tried to access index 65 on a tensor of 60 elements"),
    ],
)
def test_a_place_outside_is_refused(call, error, text) -> None:
    with pytest.raises(error, match=text):
        call(np.array([0, 5, 1]))


@pytest.mark.parametrize("bad", [-1, 4, np.iinfo(np.int64).min])
def test_gather_refuses_negative_places(bad) -> None:
    with pytest.raises(RuntimeError, match="out of bounds"):
        run(kernels.gather, X, 1, np.array([[[0], [bad]]]), False, out=...)


def test_a_mask_of_another_shape_is_refused() -> None:
    with pytest.raises(
        IndexError, match=r"mask \[2\] at index 0 does not match the shape of the indexed tensor \[3, 4, 5\] at index 0"
    ):
        run(kernels.index, X, [np.array([True, False])], out=...)


@pytest.mark.parametrize("dim", [0, 1, 2])
def test_gather_reads_each_place_of_its_own(dim, rng) -> None:
    index = rng.integers(0, X.shape[dim], (2, 3, 4))
    expected = np.empty(index.shape)
    for at in np.ndindex(index.shape):
        place = list(at)
        place[dim] = index[at]
        expected[at] = X[tuple(place)]
    np.testing.assert_array_equal(run(kernels.gather, X, dim, index, False, out=...), expected)
    np.testing.assert_array_equal(run(kernels.gather, X.copy(order="F"), dim, index, False, out=...), expected)


def test_masks_broadcast() -> None:
    row = np.array([True, False, False, True, True])
    np.testing.assert_array_equal(run(kernels.masked_select, X, row, out=...), X[:, :, row].reshape(-1))
    filled = run(kernels.masked_fill, X, row, -1, out=...)
    assert (filled[..., row] == -1).all()
    assert (filled[..., ~row] == X[..., ~row]).all()
    y = X.copy()
    assert run(kernels.masked_fill, y, row, -1, out=y) is y
    np.testing.assert_array_equal(y, filled)


def test_nonzero_and_its_static_form() -> None:
    x = np.array([[0, 2], [3, 0]])
    assert run(kernels.nonzero, x, out=...).tolist() == [[0, 1], [1, 0]]
    assert run(kernels.nonzero, np.array(4.0), out=...).shape == (1, 0)
    assert run(kernels.nonzero_static, x, 3, -1, out=...).tolist() == [[0, 1], [1, 0], [-1, -1]]
    assert run(kernels.nonzero_static, x, 1, -1, out=...).tolist() == [[0, 1]]


@pytest.mark.parametrize("k", [-3, -1, 0, 2, 9])
def test_triangles_equal_numpy(k) -> None:
    for x in (X, X.swapaxes(1, 2)):
        np.testing.assert_array_equal(run(kernels.tril, x, k, out=...), np.tril(x, k))
        np.testing.assert_array_equal(run(kernels.triu, x, k, out=...), np.triu(x, k))
