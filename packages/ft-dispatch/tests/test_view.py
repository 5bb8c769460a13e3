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
    assert [p.shape[0] for p in x.split(3)] == [p.shape[0] for p in x.split(split_size=3)] == [3, 3, 1]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'split_size_or_sections'"):
        x.split()
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


def test_as_strided_counts_its_offset_from_the_storage_each_time() -> None:
    x = torch.arange(20.0)
    for start in (5, 6, 0):  # same shape, another place: the second call must not reuse the first one's distance
        assert x[start : start + 10].as_strided((2, 2), (1, 2), 0).tolist() == [[0.0, 2.0], [1.0, 3.0]]


def test_clamp_in_place_leaves_the_function_alone() -> None:
    x, low = torch.arange(6.0).reshape(2, 3), torch.full((3,), 2.0)
    x.clone().clamp_(low, low)
    assert x.clamp(low, low).tolist() == [[2.0] * 3] * 2


def test_numbers_that_do_not_fit_are_refused() -> None:
    bytes_, mask = torch.zeros(2, dtype=uint8), torch.tensor([True, False])
    with pytest.raises(RuntimeError, match="value cannot be converted to type uint8_t without overflow"):
        bytes_.masked_fill(mask, 300)
    with pytest.raises(RuntimeError, match="without overflow"):
        torch.zeros(2).fill_(1j)
    assert bytes_.masked_fill(mask, -1).tolist() == [255, 0]
    assert torch.sub(bytes_, bytes_ + 1, alpha=-3).tolist() == [3, 3]
    with pytest.raises(RuntimeError, match="negative integer powers"):
        torch.tensor([2, 3]) ** -1
    assert (torch.tensor([2, -1]) ** torch.tensor(-1)).tolist() == [0, -1]


def test_out_of_a_function_over_ops_is_checked_and_resized() -> None:
    x = torch.arange(6.0).reshape(2, 3)
    out = torch.ones(1)
    with pytest.warns(UserWarning, match="was resized"):
        torch.t_copy(x, out=out)
    assert out.tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    with pytest.raises(RuntimeError, match="Expected out tensor to have dtype float, but got long int"):
        torch.softmax(x, 0, out=torch.ones((2, 3), dtype=torch.int64))
    with pytest.raises(RuntimeError, match="does not match dtype of out parameter"):
        torch.zeros(2, dtype=float32, out=torch.ones(2, dtype=float64))


def test_pools_and_resampling_keep_channels_last() -> None:
    x = torch.rand(2, 3, 4, 4).contiguous(memory_format=torch.channels_last)
    for made in (torch.max_pool2d(x, 2), torch.raw.avg_pool2d(x, 2), torch.raw.upsample_nearest2d(x, (8, 8), None, None)):
        assert made.is_contiguous(memory_format=torch.channels_last)
