"""A subclass with its own handler sees metadata, too, under the functions torch shows it; other tensors pay nothing."""

import pytest

from ft_core import Parameter, Tensor
from ft_dispatch import subclasses
from ft_dispatch import surface as torch


@pytest.fixture
def logged():
    """(class, list of what its handler saw)."""
    seen = []

    class Logged(Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            seen.append(func)
            return super().__torch_function__(func, types, args, kwargs or {})

    return Logged, seen


def test_properties_are_seen_as_getters(logged):
    kind, seen = logged
    x = torch.zeros(2, 3).as_subclass(kind)
    assert tuple(x.shape) == (2, 3)
    assert seen == [Tensor.shape.__get__]
    assert seen[0].__name__ == "__get__"
    assert x.dtype is torch.float32
    assert seen[1] == Tensor.dtype.__get__


def test_setters_and_methods_are_seen(logged):
    kind, seen = logged
    x = torch.zeros(2).as_subclass(kind)
    x.requires_grad = True
    assert x.requires_grad
    assert len(x) == 2
    assert x.size(0) == 2
    assert [f.__name__ for f in seen] == ["__set__", "__get__", "__len__", "size"]
    assert seen[2] is Tensor.__len__


def test_comparisons_are_seen_as_methods(logged):
    kind, seen = logged
    x = torch.zeros(2).as_subclass(kind)
    assert type(x == 0) is kind
    assert type(1 - x) is kind
    assert seen == [Tensor.__eq__, Tensor.__rsub__]
    assert hash(x) == object.__hash__(x)


def test_the_handlers_answer_counts():
    class Liar(Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            return (
                "lie" if func in (Tensor.shape.__get__, Tensor.dim) else super().__torch_function__(func, types, args, kwargs or {})
            )

    x = torch.zeros(2).as_subclass(Liar)
    assert x.shape == x.dim() == "lie"
    assert x.numel() == 2


def test_own_definitions_are_kept():
    class Own(Tensor):
        shape = "own"

        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            return super().__torch_function__(func, types, args, kwargs or {})

        def dim(self):
            return 99

    x = torch.zeros(2).as_subclass(Own)
    assert (x.shape, x.dim()) == ("own", 99)


def test_classes_without_a_handler_are_left_alone():
    class Plain(Tensor):
        pass

    class Weight(Parameter):
        pass

    assert not any(isinstance(v, subclasses.Intercepted) for kind in (Tensor, Plain, Weight) for v in vars(kind).values())
