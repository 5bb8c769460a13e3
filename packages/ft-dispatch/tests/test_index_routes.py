"""Indices by plan: the second `x[index]` and every plain `x[index] = value` say what the careful road says, and refuse what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ft_autograd  # noqa: F401  # records, so that views have history
import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_core import Tensor
from ft_dispatch import index_routes
from ft_dispatch import surface as torch

PARTS = st.one_of(
    st.integers(-4, 4),
    st.builds(slice, st.none() | st.integers(-5, 5), st.none() | st.integers(-5, 5), st.none() | st.integers(1, 3)),
    st.none(),
    st.just(...),
)
INDICES = st.one_of(PARTS, st.lists(PARTS, max_size=4).map(tuple))
LAYOUTS = {
    "regular": lambda x: x,
    "turned": lambda x: x.transpose(0, 2),
    "part": lambda x: x[1:, :, ::2],
    "view": lambda x: x.view(4, 3, 5),
}


def fresh(layout="regular"):
    array = np.arange(60, dtype=np.float32).reshape(3, 4, 5)
    return LAYOUTS[layout](torch.from_numpy(array.copy()).clone())


def outcome(line):
    """What a call gives, or the class of what it raises."""
    try:
        return line()
    except Exception as error:  # noqa: BLE001  # the class is the answer
        return type(error)


@settings(max_examples=150, deadline=None)
@given(INDICES, st.sampled_from(sorted(LAYOUTS)))
def test_reading_again_gives_the_same_view(index, layout):
    x = fresh(layout)
    first, again = outcome(lambda: x[index]), outcome(lambda: x[index])
    if isinstance(first, type):
        assert first is again
        return
    assert first.tolist() == again.tolist()
    assert (first.stride(), first.storage_offset(), first._k) == (again.stride(), again.storage_offset(), again._k)
    assert again._base is first._base
    assert again._viewfn == first._viewfn
    if index.count(...) < 2 if isinstance(index, tuple) else True:
        assert again.tolist() == x.numpy()[index].tolist()
    before = x._version
    again.zero_()
    assert x._version == before + 1


@settings(max_examples=150, deadline=None)
@given(INDICES, st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["number", "one", "like", "wrong"]))
def test_writing_is_what_the_careful_road_writes(index, layout, kind):
    x, y = fresh(layout), fresh(layout)
    part = outcome(lambda: y[index])
    shape = (7, 7) if kind == "wrong" or isinstance(part, type) else part.shape if kind == "like" else (1,)
    value = 2.5 if kind == "number" else torch.full(tuple(shape), 3.0)
    careful = Tensor.__setitem__.__wrapped__
    mine, wanted = outcome(lambda: x.__setitem__(index, value)), outcome(lambda: careful(y, index, value))
    assert mine == wanted
    assert x.tolist() == y.tolist()
    assert x._version == y._version


@pytest.mark.parametrize("index", [[0, 2], [-1], [2, 2, 0]])
def test_places_and_masks(index):
    array = np.arange(60.0).reshape(3, 4, 5)
    places, mask = torch.tensor(index), torch.from_numpy(array > 20)
    for _ in range(3):
        x = torch.from_numpy(array.copy())
        assert x[index].tolist() == x[places].tolist() == array[index].tolist()
        assert x[mask].tolist() == array[array > 20].tolist()
        assert x[:, places].tolist() == array[:, index].tolist()
        x[places] = 1.0
        x[mask] = -1
        wanted = array.copy()
        wanted[index] = 1.0
        wanted[array > 20] = -1
        assert x.tolist() == wanted.tolist()
        assert x._version == 2


def test_a_float_is_no_bound_even_where_an_int_was():
    x = fresh()
    x[1:2], x[0, 1]
    for index in (slice(1.0, 2), (0, 1.0)):
        with pytest.raises((TypeError, IndexError)):
            x[index]
        with pytest.raises((TypeError, IndexError)):
            x[index] = 0.0


def test_what_is_out_of_bounds_is_said_in_torchs_words():
    x = fresh()
    for _ in range(2):
        with pytest.raises(IndexError, match="index 3 is out of bounds for dimension 0 with size 3"):
            x[3]
        with pytest.raises(IndexError, match="index 9 is out of bounds for dimension 0 with size 3"):
            x[torch.tensor([0, 9])]
        with pytest.raises(IndexError, match="index 9 is out of bounds for dimension 0 with size 3"):
            x[torch.tensor([0, 9])] = 1.0
    assert x._version == 0


def test_autograd_sees_each_part_of_an_index():
    x = fresh()
    x[0, 1]  # a plan for what is outside the graph
    leaf = fresh().requires_grad_()
    made = leaf[0, 1]
    assert type(made.grad_fn).__name__ == "SelectBackward0"
    made.sum().backward()
    assert leaf.grad.sum().item() == 5.0
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        leaf[0] = 1.0
    with torch.no_grad():
        leaf[0] = 1.0
    assert leaf[0].sum().item() == 20.0
    view = x[1:]
    x.requires_grad_()
    assert view[0, 1].requires_grad  # its base came into the graph after it


def test_parts_of_one_memory_are_not_copied_over_each_other():
    x = torch.arange(6.0)
    with pytest.raises(RuntimeError, match="some elements of the input tensor and the written-to tensor refer to a single"):
        x[1:] = x[:-1]
    assert x.tolist() == [0, 1, 2, 3, 4, 5]


def test_memos_stay_bounded():
    x = fresh()
    for n in range(1200):
        x[n % 3 : 3, n % 4 : 1 + n % 40]
    assert all(len(memo) <= 512 for memo in index_routes._plans.values())


def test_handlers_are_shown_the_function_that_users_call():
    seen = []

    class Watching(Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            seen.append(function)
            return super().__torch_function__(function, types, args, kwargs or {})

    x = torch.ones(2, 2).as_subclass(Watching)
    for function, line in (
        (Tensor.__getitem__, lambda: x[0]),
        (Tensor.__getitem__, lambda: x[0, 1]),
        (Tensor.__setitem__, lambda: x.__setitem__(0, 1.0)),
        (torch.cat, lambda: torch.cat([x, x])),
        (torch.stack, lambda: torch.stack([x, x])),
        (torch.equal, lambda: torch.equal(x, x)),
        (torch.einsum, lambda: torch.einsum("ij,jk->ik", x, x)),
        (Tensor.detach, x.detach),
        (Tensor.cpu, x.cpu),
        (Tensor.to, lambda: x.to(torch.float64)),
        (Tensor.zero_, x.zero_),
    ):
        seen.clear()
        line()
        assert seen, function
        assert seen[0] is function
