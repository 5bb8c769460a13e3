"""Routes: what a key decides alone, and what it must never decide."""

import pytest

from ft_core.keys import BELOW, CPU, DTYPE_OF, GRAD, IRREG, NOGRAD
from ft_core.state import bits_set
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS
from ft_dispatch.routes import Box, Memo

ADD = OPS["add.Tensor"]


@pytest.fixture
def empty_tables():
    tables = (ADD.table, ADD.number_table, ADD.inplace_table)
    kept = [dict(t) for t in tables]
    for t in tables:
        t.clear()
    yield ADD
    for t, before in zip(tables, kept, strict=True):
        t.clear()
        t.update(before)


def test_a_plain_call_leaves_a_route(empty_tables):
    x = torch.ones(3)
    torch.add(x, x)
    assert list(empty_tables.table) == [x._k]
    assert torch.add(x, x).tolist() == [2.0, 2.0, 2.0]


def test_two_widths_of_one_category_leave_none(empty_tables):
    torch.add(torch.ones(3), torch.ones(3, dtype=torch.float64))
    assert empty_tables.table == {}


def test_two_categories_leave_an_adapter(empty_tables):
    x, i = torch.ones(2), torch.tensor([1, 2])
    for _ in range(2):
        y = torch.add(x, i)
        assert (y.dtype, y.tolist()) == (torch.float32, [2.0, 3.0])
    assert len(empty_tables.table) == 1


def test_a_zero_dim_tensor_of_a_higher_category_still_decides():
    y = torch.tensor([1, 2]) + torch.tensor(0.5)
    assert (y.dtype, y.tolist()) == (torch.float32, [1.5, 2.5])


def test_half_types_compute_in_float32():
    x = torch.full((3,), 1.0, dtype=torch.bfloat16)
    for _ in range(2):
        y = x * 0.3
        assert y.dtype is torch.bfloat16
    assert y.tolist() == [torch.tensor(0.3).to(torch.bfloat16).item()] * 3


def test_alpha_goes_through_the_full_kernel():
    x = torch.ones(2)
    for _ in range(2):
        assert torch.add(x, x, alpha=3).tolist() == [4.0, 4.0]
        assert torch.add(x, 2, alpha=3).tolist() == [7.0, 7.0]


def test_numbers_are_boxed_once_and_zero_never():
    from ft_core.backend import backend_for

    box = Box(backend_for("cpu"), torch.float32)
    assert box[2.5] is box[2.5]
    assert box[0.0] is not box[0.0]
    assert str(box[-0.0]) == "-0.0"
    assert len(box) == 1


def test_irregular_operands_give_torchs_strides():
    x = torch.ones(4, 3).t()
    for _ in range(2):
        assert (x + 1).stride() == (1, 3)
        assert (x + torch.ones(3, 4)).stride() == (1, 3)
        assert (torch.ones(3, 1).expand(3, 4) + x).stride() == (1, 3)


def test_empty_tensors_keep_torchs_strides():
    x = torch.ones(2, 0, 3)
    for _ in range(2):
        y = x + x
        assert y.stride() == (3, 3, 1)
        assert y._k & IRREG


def test_nograd_routes_are_their_own():
    x = torch.ones(2)
    x._k |= GRAD
    with bits_set(on=NOGRAD):
        assert not (x + 1)._k & GRAD
    with bits_set(on=BELOW):
        assert not (x + 1)._k & GRAD


def test_shape_errors_come_from_the_careful_road():
    with pytest.raises(RuntimeError, match=r"The size of tensor a \(2\) must match the size of tensor b \(3\)"):
        torch.ones(2) + torch.ones(3)


def test_results_never_depend_on_which_road_ran():
    x = torch.arange(6.0).reshape(2, 3)
    first = [torch.sum(x, 1), x.t(), x.view(3, 2), torch.softmax(x, 0)]
    again = [torch.sum(x, 1), x.t(), x.view(3, 2), torch.softmax(x, 0)]
    for a, b in zip(first, again, strict=True):
        assert (a.tolist(), a.stride(), a.dtype) == (b.tolist(), b.stride(), b.dtype)


def test_a_memo_stays_small():
    memo = Memo()
    for i in range(2000):
        memo.enter(i, i)
    assert len(memo) <= 512
    memo.enter([1], 1)  # unhashable: simply not remembered


def test_keys_name_one_dtype():
    assert DTYPE_OF[torch.ones(1)._k & ~CPU] is torch.float32
