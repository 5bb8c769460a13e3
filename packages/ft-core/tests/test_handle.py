"""The handle of a hook: it takes the hook off from every table, keeps none of them alive, and survives pickling."""

import copy
import gc
import weakref
from collections import OrderedDict

import pytest

from ft_core.handle import RemovableHandle


class Table(OrderedDict):
    """A table of hooks that can be referred to weakly."""


def registered(*extras):
    hooks = Table()
    handle = RemovableHandle(hooks, extra_dict=None if not extras else extras[0] if len(extras) == 1 else list(extras))
    for table in (hooks, *extras):
        table[handle.id] = print
    return hooks, handle


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_handle_takes_its_hook_from_every_table(count):
    extras = [Table() for _ in range(count)]
    hooks, handle = registered(*extras)
    hooks[-1] = len
    handle.remove()
    handle.remove()
    assert list(hooks) == [-1]
    assert not any(extras)


def test_a_handle_removes_at_the_end_of_a_block():
    hooks, handle = registered()
    with handle as entered:
        assert entered is handle
        assert handle.id in hooks
    assert not hooks


def test_handles_have_numbers_of_their_own_and_outlive_their_table():
    hooks, handle = registered()
    _, other = registered()
    assert handle.id != other.id
    gone = weakref.ref(hooks)
    del hooks
    gc.collect()
    assert gone() is None
    handle.remove()


def test_the_state_of_a_handle_leads_to_the_same_tables():
    extra = Table()
    hooks, handle = registered(extra)
    assert handle.__getstate__() == (hooks, handle.id, (extra,))
    twin = copy.copy(handle)
    assert twin.id == handle.id
    twin.remove()
    assert not hooks
    assert not extra


def test_a_handle_without_a_table_gets_an_empty_one():
    handle = RemovableHandle(Table())
    handle.__setstate__((None, 7, (None,)))
    handle.remove()
    assert handle.id == 7
