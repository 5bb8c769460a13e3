"""Joins, turns, repeats and padding: what the bindings accept, how results lie in memory, and torch's refusals."""

from __future__ import annotations

import pytest

from ft_core import channels_last, float64, int64
from ft_dispatch import surface as torch
from ft_dispatch.execute import decomposed
from ft_dispatch.registry import OPS


def counted(*shape):
    n = 1
    for size in shape:
        n *= size
    return torch.arange(n).reshape(shape)


def test_cat_promotes_and_passes_over_empty_vectors() -> None:
    made = torch.cat([torch.zeros(0), torch.tensor([[1, 2]]), torch.tensor([[3.5, 4.0]], dtype=float64)], 1)
    assert made.dtype is float64
    assert made.tolist() == [[1, 2, 3.5, 4]]


def test_cat_keeps_channels_last_where_every_tensor_has_it() -> None:
    x = torch.ones(2, 3, 4, 5).contiguous(memory_format=channels_last)
    assert torch.cat([x, x], 1).is_contiguous(memory_format=channels_last)
    assert torch.cat([x, torch.ones(2, 3, 4, 5)], 1).is_contiguous()


def test_cat_into_out_promotes_to_it() -> None:
    out = torch.empty(0, dtype=float64)
    assert torch.cat([torch.ones(2), torch.zeros(1)], out=out) is out
    assert out.tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("tensors", "error", "text"),
    [
        ([], ValueError, "expected a non-empty list of Tensors"),
        ([(), (2,)], RuntimeError, "zero-dimensional tensor \\(at position 0\\) cannot be concatenated"),
        ([(2,), (2, 2)], RuntimeError, "Tensors must have same number of dimensions: got 1 and 2"),
        ([(2, 3), (2, 2)], RuntimeError, "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 2"),
    ],
)
def test_cat_refuses(tensors, error, text) -> None:
    with pytest.raises(error, match=text):
        torch.cat([torch.zeros(shape) for shape in tensors])


def test_stack_counts_a_negative_dimension_in_the_result() -> None:
    x = counted(2, 3)
    assert torch.stack([x, x], -1).shape == (2, 3, 2)
    with pytest.raises(
        RuntimeError, match="stack expects each tensor to be equal size, but got \\[2\\] at entry 0 and \\[3\\] at entry 1"
    ):
        torch.stack([torch.zeros(2), torch.zeros(3)])


def test_quarter_turns_go_round() -> None:
    x = counted(2, 3)
    assert torch.rot90(x).tolist() == [[2, 5], [1, 4], [0, 3]]
    assert torch.rot90(x, -1).tolist() == [[3, 0], [4, 1], [5, 2]]
    assert torch.rot90(x, 6).tolist() == x.flip(0, 1).tolist()
    assert torch.rot90(x, 4).data_ptr() != x.data_ptr()


def test_flip_keeps_the_order_in_memory() -> None:
    x = counted(2, 3).t()
    assert x.flip(0).stride() == x.stride()
    assert x.flip(0).tolist() == x.tolist()[::-1]


def test_tile_fills_up_missing_counts_in_front() -> None:
    assert torch.tile(counted(2, 1), (3,)).tolist() == [[0, 0, 0], [1, 1, 1]]
    assert counted(2).repeat(2, 1).tolist() == [[0, 1], [0, 1]]
    with pytest.raises(RuntimeError, match="Number of dimensions of repeat dims can not be smaller"):
        counted(2, 2).repeat(2)


def test_repeat_interleave_takes_one_count_or_many() -> None:
    x = torch.tensor([[1, 2], [3, 4]])
    assert x.repeat_interleave(2).tolist() == [1, 1, 2, 2, 3, 3, 4, 4]
    assert x.repeat_interleave(torch.tensor([2, 0]), 0).tolist() == [[1, 2], [1, 2]]
    assert torch.repeat_interleave(torch.tensor([1, 0, 2])).tolist() == [0, 2, 2]
    with pytest.raises(RuntimeError, match="repeats can not be negative"):
        torch.repeat_interleave(torch.tensor([1, -1]))


def test_negative_padding_cuts() -> None:
    x = counted(2, 3)
    assert torch.constant_pad_nd(x, (-1, 2, 1, -1), 9).tolist() == [[9, 9, 9, 9], [1, 2, 9, 9]]
    with pytest.raises(RuntimeError, match=r"resulted in a negative output size, which is invalid. Check dimension 1"):
        torch.constant_pad_nd(x, (-2, -2))


def test_combinations_come_in_order() -> None:
    assert torch.combinations(torch.tensor([4, 5, 6])).tolist() == [[4, 5], [4, 6], [5, 6]]
    assert torch.combinations(torch.tensor([4, 5]), with_replacement=True).tolist() == [[4, 4], [4, 5], [5, 5]]
    assert torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4])).tolist() == [[1, 3], [1, 4], [2, 3], [2, 4]]


def test_block_diag_counts_vectors_as_rows() -> None:
    assert torch.block_diag(torch.tensor([1, 2]), torch.tensor(3), torch.tensor([[4], [5]])).tolist() == [
        [1, 2, 0, 0], [0, 0, 3, 0], [0, 0, 0, 4], [0, 0, 0, 5],
    ]  # fmt: skip


def test_copies_of_views_are_contiguous_and_own_their_memory() -> None:
    x = counted(2, 3)
    copied = torch.transpose_copy(x, 0, 1)
    assert copied.is_contiguous()
    assert copied.tolist() == x.t().tolist()
    copied.zero_()
    assert x.sum().item() == 15


CALLS = {
    "diagonal_backward": ((4,), ((4, 5), 1, 0, 1)),
    "unfold_backward": ((3, 2), ((5,), 0, 2, 1)),
    "diag_embed": ((2, 3), (1, 0, -1)),
}


@pytest.mark.parametrize("name", CALLS)
def test_kernels_equal_their_decomposition(name) -> None:
    shape, params = CALLS[name]
    x = counted(*shape).double()
    expected = decomposed(OPS[name], (x, *params), x.device)
    assert OPS[name](x, *params).tolist() == expected.tolist()


def test_diagonal_of_a_wrapping_matrix() -> None:
    x = torch.zeros(7, 3, dtype=int64).fill_diagonal_(1, wrap=True)
    assert x.sum(1).tolist() == [1, 1, 1, 0, 1, 1, 1]
