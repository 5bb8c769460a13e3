"""swap_tensors: everything changes places but the objects."""

import weakref

import pytest

from ft_core import Parameter
from ft_core.swap import swap_tensors
from ft_dispatch import surface as torch


def test_contents_change_places():
    a, b = Parameter(torch.ones(2)), torch.zeros(3, dtype=torch.float64)
    a.note = "first"
    a.grad = torch.full((2,), 5.0)
    ids = id(a), id(b)
    swap_tensors(a, b)
    assert (id(a), id(b)) == ids
    assert type(a) is torch.Tensor
    assert type(b) is Parameter
    assert (a.tolist(), a.dtype, a.requires_grad, a.grad, hasattr(a, "note")) == ([0, 0, 0], torch.float64, False, None, False)
    assert (b.tolist(), b.requires_grad, b.grad.tolist(), b.note) == ([1, 1], True, [5, 5], "first")
    swap_tensors(a, b)
    assert (a.tolist(), a.note, b.tolist()) == ([1, 1], "first", [0, 0, 0])


def test_views_follow_the_data():
    a, b = torch.zeros(2), torch.ones(2)
    part = a[:1]
    swap_tensors(a, b)
    part.fill_(7)
    assert (a.tolist(), b.tolist()) == ([1, 1], [7, 0])


def test_weakly_held_tensors_stay():
    a, b = torch.zeros(1), torch.ones(1)
    held = weakref.ref(a)
    with pytest.raises(RuntimeError, match="Cannot swap t1 because it has weakref associated with it"):
        swap_tensors(a, b)
    with pytest.raises(RuntimeError, match="Cannot swap t2"):
        swap_tensors(b, a)
    assert (held() is a, a.item(), b.item()) == (True, 0, 1)


def test_other_slots_are_refused():
    class Slotted(torch.Tensor):
        __slots__ = ("more",)

    a, b = torch.zeros(1), Slotted.__new__(Slotted)
    with pytest.raises(RuntimeError, match="if they have different slots"):
        swap_tensors(a, b)
    assert (a.item(), type(a)) == (0, torch.Tensor)
