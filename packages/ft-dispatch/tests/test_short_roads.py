"""Calls that leave a route: the second call gives what the first gave, and what the key or the memo cannot tell takes the careful road again."""

import numpy as np
import pytest

import ft_autograd
from ft_core.keys import VIEW
from ft_dispatch import surface as torch


def twice(function):
    """The results of the careful and of the short road."""
    return function(), function()


def matrix(rows=3, columns=4):
    return torch.arange(float(rows * columns)).reshape((rows, columns))


@pytest.mark.parametrize(
    "function",
    [
        lambda x: torch.cat([x, x + 1], 1),
        lambda x: torch.stack([x, x + 1], -1),
        lambda x: x.clone(),
        lambda x: x.t().contiguous(),
        lambda x: x.to(torch.float64),
        lambda x: torch.where(x > 4, x, -x),
        lambda x: x.reshape(4, 3),
        lambda x: x.t().reshape(-1),
        lambda x: x.flatten(),
        lambda x: x[:, 1],
        lambda x: x[..., None, 1:],
        lambda x: x[-1, 2:],
    ],
)
def test_short_and_careful_road_agree_with_gradients(function):
    x = matrix().requires_grad_()
    results = []
    for _ in range(3):
        made = function(x)
        weights = torch.arange(float(made.numel())).reshape(made.shape).to(made.dtype)
        (grad,) = ft_autograd.grad((made * weights).sum(), x)
        results.append((tuple(made.shape), made.stride(), made.dtype, made.tolist(), grad.tolist()))
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize(
    "split", [lambda x: x.split(2, 1), lambda x: x.split([1, 3], 1), lambda x: x.unbind(0), lambda x: x.chunk(2)]
)
def test_pieces_are_views_of_one_call(split):
    x = matrix().clone()
    for pieces in twice(lambda: split(x)):
        assert isinstance(pieces, tuple)
        assert all(p._base is x and p._k & VIEW for p in pieces)
    pieces[1].fill_(-1)
    assert (x == -1).sum().item() == pieces[1].numel()


def test_pieces_of_one_call_may_not_be_written_while_recorded():
    x = (matrix().requires_grad_() * 1,)[0]
    for _ in range(2):
        first = x.split(2, 1)[0]
        with pytest.raises(RuntimeError, match="Output 0 of Split is a view"):
            first.mul_(2)


def test_after_a_write_to_the_whole_a_view_has_its_new_history_and_a_piece_is_refused():
    x = matrix().requires_grad_()
    for _ in range(2):
        y = x * 1
        piece, view = y.split(2, 1)[1], y[:, 2:]
        y.mul_(3)
        assert ft_autograd.grad(view.sum(), x)[0].tolist() == [[0, 0, 3, 3]] * 3
        with pytest.raises(
            RuntimeError, match=r"Output 1 of Split is a view and its base or another view of its base has been modified"
        ):
            piece.sum()


def test_the_mask_of_where_has_a_role_of_its_own():
    mask, x, flags = matrix() > 5, matrix(), matrix() < 2
    torch.where(mask, x, x)
    torch.where(mask, x, x)
    mixed = torch.where(mask, flags, x)  # the same union of keys, and another promotion
    assert mixed.dtype is torch.float32
    assert torch.where(mask, flags, flags).dtype is torch.bool
    with pytest.raises(RuntimeError, match="condition to be a boolean"):
        torch.where(x, mask, mask)


def test_cat_promotes_and_checks_after_a_route_is_there():
    x = matrix()
    torch.cat([x, x])
    assert torch.cat([x, x.to(torch.float64)]).dtype is torch.float64
    assert torch.cat([x, x[:1]]).shape == (4, 4)
    with pytest.raises(RuntimeError, match="Sizes of tensors must match"):
        torch.cat([x, matrix(3, 5)])
    with pytest.raises(IndexError):
        torch.cat([x, x], 2)


@pytest.mark.parametrize("join", [torch.cat, torch.stack])
def test_a_list_may_change_after_the_call(join):
    x = matrix().requires_grad_()
    for _ in range(3):
        parts = [x, x * 2]
        total = join(parts).sum()
        parts.clear()
        assert ft_autograd.grad(total, x)[0].tolist() == [[3.0] * 4] * 3


def test_copies_broadcast_cast_and_bump_the_version():
    x = matrix()
    for value in (torch.ones(4), torch.ones(3, 4), torch.ones(4, dtype=torch.int64)):
        for _ in range(2):
            before = x._version
            x.copy_(value)
            assert x._version == before + 1
            assert x.tolist() == [[1.0] * 4] * 3
    with pytest.raises(RuntimeError, match=r"broadcast|size|expand"):
        x.copy_(torch.ones(5))
    assert x.tolist() == [[1.0] * 4] * 3


def test_a_copy_onto_an_overlapping_part_is_refused():
    x = torch.arange(6.0)
    torch.zeros(5).copy_(torch.ones(5))
    torch.zeros(5).copy_(torch.ones(5))
    with pytest.raises(RuntimeError, match="single memory location"):
        x[1:].copy_(x[:-1])


def test_fills_are_seen_by_autograd():
    x = matrix().requires_grad_()
    torch.zeros(3, 4).fill_(2.0)
    for _ in range(2):
        y = x * 2
        y.zero_()
        assert ft_autograd.grad(y.sum(), x)[0].tolist() == [[0.0] * 4] * 3
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        x.fill_(1.0)


@pytest.mark.parametrize("make", [torch.zeros_like, torch.ones_like, lambda x: torch.full_like(x, 7), torch.empty_like])
def test_like_keeps_dtype_and_layout(make):
    for x in (
        matrix(),
        matrix().to(torch.int8),
        matrix().t(),
        torch.zeros(0, 3),
        torch.zeros(2, 3, 4, 5).to(memory_format=torch.channels_last),
    ):
        for made in twice(lambda x=x: make(x)):
            assert (made.shape, made.dtype, made.stride()) == (x.shape, x.dtype, x.stride())
            assert not made.requires_grad


def test_creation_follows_the_default_dtype_and_device():
    assert torch.zeros(2).dtype is torch.float32
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        assert torch.zeros(2).dtype is torch.float64
        assert torch.full((2,), 1.5).dtype is torch.float64
    finally:
        torch.set_default_dtype(before)
    with torch.device("meta"):
        assert torch.zeros(2).device.type == "meta"
    assert torch.zeros(2).device.type == "cpu"
    with pytest.raises(RuntimeError, match="negative"):
        torch.zeros(-1)


def test_nothing_made_is_shared():
    a, b = torch.zeros(3), torch.zeros(3)
    a.add_(1)
    assert b.tolist() == [0.0, 0.0, 0.0]
    assert not np.shares_memory(a.numpy(), b.numpy())


@pytest.mark.parametrize("index", [(0, 5), (slice(None), -5), (0, 0, 0), ("a",), (slice(None, None, -1),)])
def test_wrong_indices_are_refused_in_torchs_words(index):
    x = matrix()
    x[0, 1], x[:, 1]
    with pytest.raises((IndexError, TypeError, ValueError)):
        x[index]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"min": 0, "max": 1}, [0, 0.5, 1]),
        ({"min": 0.0, "max": 1.0}, [0, 0.5, 1]),
        ({"min": 1}, [1, 1, 3]),
        ({"max": 0.25}, [-2, 0.25, 0.25]),
        ({"min": 2, "max": 1}, [1, 1, 1]),
    ],
)
def test_clamp_by_numbers_agrees_on_both_roads(limits, expected):
    x = torch.tensor([-2.0, 0.5, 3.0])
    for made in twice(lambda: x.clamp(**limits)):
        assert made.dtype is torch.float32
        assert made.tolist() == expected
    gradients = []
    for _ in range(2):
        y = x.clone().requires_grad_()
        y.clamp(**limits).sum().backward()
        gradients.append(y.grad.tolist())
    assert gradients[0] == gradients[1]
    assert gradients[0] == [float(v == e) for v, e in zip(x.tolist(), expected, strict=True)]


def test_a_limit_of_another_type_promotes_on_both_roads():
    x = torch.arange(4)
    assert [made.dtype for made in twice(lambda: x.clamp(0.5, 2))] == [torch.float32] * 2
    assert [made.tolist() for made in twice(lambda: x.clamp(1, 2))] == [[1, 1, 2, 2]] * 2


@pytest.mark.parametrize(
    ("call", "expected"), [((5,), [0, 1, 2, 3, 4]), ((5, 1, -2), [5, 3]), ((2, 2), []), ((-3, 0), [-3, -2, -1])]
)
def test_counting_agrees_on_both_roads(call, expected):
    for made in twice(lambda: torch.arange(*call)):
        assert made.dtype is torch.int64
        assert made.tolist() == expected
    assert torch.arange(*call, dtype=torch.uint8).dtype is torch.uint8
    for _ in range(2):
        with pytest.raises(RuntimeError):
            torch.arange(3, 1)
