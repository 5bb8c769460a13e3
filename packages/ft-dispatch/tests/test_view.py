"""Shapes as users ask for them: reshape, splits, broadcasting, other dtypes of the same bytes."""

from __future__ import annotations

import pytest

from ft_core import complex64, float32, float64, int16, int32, uint8
from ft_dispatch import surface as torch


def test_reshape_copies_only_where_it_must() -> None:
    x = torch.arange(6).reshape(2, 3)
    assert x.reshape(3, 2).data_ptr() == x.data_ptr()
    assert x.t().reshape(6).data_ptr() != x.data_ptr()
    assert x.t().reshape(6).tolist() == [0, 3, 1, 4, 2, 5]


def test_splits_are_tuples_of_views() -> None:
    x = torch.arange(7)
    assert [p.tolist() for p in x.tensor_split(3)] == [[0, 1, 2], [3, 4], [5, 6]]
    assert [p.shape[0] for p in x.split(3)] == [3, 3, 1]
    assert isinstance(x.unbind(), tuple)
    x.unsafe_split(4)[1].zero_()
    assert x.tolist() == [0, 1, 2, 3, 0, 0, 0]
    with pytest.raises(RuntimeError, match=r"torch\.hsplit attempted to split along dimension 0"):
        x.hsplit(2)


def test_meshgrid_exchanges_the_first_two_for_xy() -> None:
    a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="xy")
    assert a.tolist() == [[0, 1]] * 3
    assert b.tolist() == [[0, 0], [1, 1], [2, 2]]


def test_broadcast_tensors_copy_nothing() -> None:
    a, b = torch.broadcast_tensors(torch.ones(3, 1), torch.ones(4))
    assert a.shape == b.shape == (3, 4)
    assert (a.stride(), b.stride()) == ((1, 0), (0, 1))


def test_another_dtype_of_the_same_bytes() -> None:
    x = torch.tensor([1.0, -2.0])
    assert x.view(int32).tolist() == [0x3F800000, -0x40000000]
    assert x.view(int16).shape == (4,)
    assert x.view(uint8).view(float32).tolist() == [1, -2]
    x.view(int32)[0] = 0
    assert x.tolist() == [0, -2]
    assert x.view(complex64).tolist() == [-2j]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: torch.tensor(1.0).view(float64), r"self.dim\(\) cannot be 0 to view Float as Double"),
        (lambda: torch.zeros(3).view(float64), r"self.size\(-1\) must be divisible by 2 to view Float as Double"),
        (lambda: torch.zeros(4, 2).t().view(float64), r"self.stride\(-1\) must be 1 to view Float as Double"),
        (lambda: torch.zeros(5).narrow(0, 1, 4).view(float64), r"self.storage_offset\(\) must be divisible by 2"),
        (lambda: torch.zeros(2, 3).narrow(1, 0, 2).view(float64), r"self.stride\(0\) must be divisible by 2"),
    ],
)
def test_dtypes_that_do_not_fit_are_refused(make, text) -> None:
    with pytest.raises(RuntimeError, match=text):
        make()


def test_diagonal_counts_dimensions_from_either_end() -> None:
    x = torch.arange(24).reshape(2, 3, 4)
    assert x.diagonal(1, -2, -1).tolist() == x.diagonal(1, 1, 2).tolist() == [[1, 6, 11], [13, 18, 23]]
    with pytest.raises(RuntimeError, match="diagonal dimensions cannot be identical"):
        x.diagonal(0, 1, -2)
