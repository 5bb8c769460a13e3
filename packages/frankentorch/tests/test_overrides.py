"""torch.overrides: modes see functions, `handle_torch_function` asks the arguments, names resolve."""

import pytest

import frankentorch as torch
from frankentorch.overrides import (
    BaseTorchFunctionMode,
    TorchFunctionMode,
    handle_torch_function,
    has_torch_function,
    is_tensor_like,
    resolve_name,
    wrap_torch_function,
)


class Duck:
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return func.__name__, types


class Refusing:
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return NotImplemented


def test_mode_sees_functions_and_is_off_inside():
    seen = []

    class Log(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            seen.append(resolve_name(func))
            return func(*args, **(kwargs or {}))

    with Log():
        x = torch.add(torch.ones(2), 1)
    torch.add(x, 1)
    assert "torch.add" in seen
    assert seen.count("torch.add") == 1


def test_base_mode_changes_nothing():
    with BaseTorchFunctionMode():
        assert torch.add(torch.ones(2), 1).tolist() == [2.0, 2.0]


def test_duck_types_are_asked():
    assert torch.add(Duck(), 1) == ("add", (Duck,))
    assert has_torch_function((1, Duck()))
    assert not has_torch_function((1, torch.ones(1)))
    assert is_tensor_like(Duck())
    assert not torch.is_tensor(Duck())  # a question about the object itself: nobody overrides it


def test_handle_asks_in_order_and_names_who_refused():
    def public(x):
        return x

    assert handle_torch_function(public, (Duck(),), 1) == ("public", (Duck,))
    with pytest.raises(TypeError, match="Refusing"):
        handle_torch_function(public, (Refusing(),), 1)


def test_wrapped_functions_of_others_take_part():
    @wrap_torch_function(lambda x: (x,))
    def double(x):
        return x * 2

    assert double(3) == 6
    assert double(Duck()) == ("double", (Duck,))


def test_names_resolve():
    assert resolve_name(torch.sum) == "torch.sum"
    assert resolve_name(print) is None
