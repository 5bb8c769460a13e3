"""`x[...]` and `x[...] = v` against NumPy, what is a view and what a copy, and torch's words for what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_dispatch import surface as torch

SHAPE = (3, 4, 5)
BASIC = [
    0,
    -1,
    slice(None),
    slice(1, None),
    slice(None, -1, 2),
    slice(5, 2),
    None,
    ...,
    (0, 1),
    (slice(None), 2),
    (..., 3),
    (1, ..., 2),
    (None, slice(1), None, 0),
    (0, 1, 2),
    (..., None),
    (),
]
ADVANCED = [
    [0, 2],
    ([0, 1], [1, 2]),
    (slice(None), [0, 3]),
    ([0, 2], slice(None), [1, 4]),
    (0, [1, 2]),
    ([[0], [1]], [[0, 1]]),
    np.array([True, False, True]),
    (slice(None), np.array([True, False, True, True])),
    np.arange(60).reshape(SHAPE) % 7 == 0,
    (..., [0, -1]),
    (None, [1, 2]),
    (np.array([2, 1]), None, 0),
    True,
    False,
    [],
]


def data():
    return np.arange(60.0).reshape(SHAPE)


def ours(index):
    """The same index with tensors for arrays."""
    if isinstance(index, tuple):
        return tuple(map(ours, index))
    return torch.from_numpy(index) if isinstance(index, np.ndarray) else index


@pytest.mark.parametrize("index", BASIC, ids=str)
def test_basic_indices_are_views(index) -> None:
    array = data()
    x = torch.from_numpy(array)
    found = x[index]
    np.testing.assert_array_equal(found.numpy(), array[index])
    assert found is not x
    if found.numel():
        found.fill_(-1)
        assert (array[index] == -1).all()


@pytest.mark.parametrize("index", ADVANCED, ids=str)
def test_advanced_indices_are_copies(index) -> None:
    x = torch.from_numpy(data())
    key = np.array(index, int) if isinstance(index, list) else index
    expected = data()[key]
    found = x[ours(index)]
    np.testing.assert_array_equal(found.numpy(), expected)
    if found.numel():
        found.fill_(-1)
        np.testing.assert_array_equal(x.numpy(), data())


@pytest.mark.parametrize(
    "index", [i for i in BASIC + ADVANCED if i is not False and not (isinstance(i, list) and i == [])], ids=str
)
def test_assignment_writes_what_numpy_writes(index) -> None:
    for value in (7.0, np.arange(data()[index].size, dtype=float).reshape(data()[index].shape)):
        expected = data()
        expected[index] = value
        x = torch.from_numpy(data())
        x[ours(index)] = torch.from_numpy(np.array(value)) if isinstance(value, np.ndarray) else value
        np.testing.assert_array_equal(x.numpy(), expected)


def test_integer_tensors_select_and_bytes_are_masks() -> None:
    x = torch.from_numpy(data())
    assert x[torch.tensor(2)].shape == (4, 5)
    assert x[torch.tensor([1, 0, 1], dtype=torch.uint8)].shape == (2, 4, 5)
    assert x[torch.tensor(True)].shape == (1, 3, 4, 5)
    assert torch.tensor(3.0)[...].item() == 3
    assert torch.tensor(3.0)[True].shape == (1,)


def test_assignment_drops_leading_ones_of_the_value() -> None:
    x = torch.zeros(2, 3)
    x[0] = torch.ones(1, 1, 3)
    x[torch.tensor([1])] = torch.full((1, 1, 3), 2.0)
    assert x.tolist() == [[1, 1, 1], [2, 2, 2]]


def test_assignment_bumps_the_version_once() -> None:
    x = torch.zeros(4)
    before = x._version
    x[1] = 5
    assert x._version == before + 1


X = data()


@pytest.mark.parametrize(
    ("index", "error", "text"),
    [
        (3, IndexError, "index 3 is out of bounds for dimension 0 with size 3"),
        ((0, -5), IndexError, "index -5 is out of bounds for dimension 1 with size 4"),
        ((0, 0, 0, 0), IndexError, "too many indices for tensor of dimension 3"),
        (1.5, IndexError, "only integers, slices"),
        (slice(None, None, -1), ValueError, "step must be greater than zero"),
        (slice(None, None, 0), ValueError, "slice step cannot be zero"),
        ([0, 3], IndexError, "index 3 is out of bounds for dimension 0 with size 3"),
        (([0, 1], [0, 1, 2]), IndexError, r"could not be broadcast together with shapes \[2\], \[3\]"),
        (np.array([1.0]), IndexError, "must be long, int, byte or bool"),
        (np.array([True, False]), IndexError, r"The shape of the mask \[2\] at index 0 does not match"),
    ],
)
def test_refusals_are_torchs(index, error, text) -> None:
    x = torch.from_numpy(data())
    with pytest.raises(error, match=text):
        x[ours(index)]
    with pytest.raises(error, match=text):
        x[ours(index)] = 1.0
    np.testing.assert_array_equal(x.numpy(), data())


def test_a_number_has_no_elements_to_index() -> None:
    with pytest.raises(IndexError, match="invalid index of a 0-dim tensor"):
        torch.tensor(1.0)[0]


def test_values_must_fit() -> None:
    x = torch.zeros(3, 4)
    with pytest.raises(RuntimeError, match=r"value tensor of shape \[3\] cannot be broadcast to indexing result of shape \[2, 4\]"):
        x[torch.tensor([0, 1])] = torch.ones(3)
    with pytest.raises(RuntimeError, match="source and destination dtypes match, got Float for the destination and Long"):
        x[torch.tensor([0])] = torch.tensor([1])
    assert not x.any()
