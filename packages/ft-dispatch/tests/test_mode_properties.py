"""Modes see properties and metadata methods of plain tensors, and outside of modes the class is what it was."""

import threading

import pytest

from ft_core import Parameter, Tensor
from ft_core.keys import TF_MODE
from ft_core.state import TL
from ft_dispatch import mode_properties
from ft_dispatch import surface as torch


class Mode:
    """Notes what it sees, and runs it or gives `answer`."""

    def __init__(self, seen, answer=None, name=""):
        self.seen, self.answer, self.name = seen, answer, name

    def __torch_function__(self, func, types, args=(), kwargs=None):
        self.seen.append(self.name + func.__name__)
        return func(*args, **(kwargs or {})) if self.answer is None else self.answer

    def __enter__(self):
        mode_properties.watch()
        TL.st.function_modes.append(self)
        TL.st.bits |= TF_MODE

    def __exit__(self, *exc):
        TL.st.function_modes.pop()
        if not TL.st.function_modes:
            TL.st.bits &= ~TF_MODE
        mode_properties.unwatch()


PROPERTIES = (
    "T data device dtype grad grad_fn is_cuda is_leaf itemsize layout mT nbytes ndim output_nr requires_grad shape _version".split()
)
METHODS = ["dim", "data_ptr", "element_size", "is_contiguous", "is_floating_point", "numel", "numpy", "size", "stride", "tolist"]


@pytest.mark.parametrize("make", [torch.ones, lambda *size: Parameter(torch.ones(*size)).detach()], ids=["tensor", "detached"])
@pytest.mark.parametrize("name", PROPERTIES)
def test_properties_are_seen(make, name):
    x, seen = make((2, 3)), []
    plain = getattr(x, name)
    with Mode(seen):
        found = getattr(x, name)
    assert seen == ["__get__"]
    assert found is plain or (found == plain if not isinstance(plain, Tensor) else found.tolist() == plain.tolist())
    seen.clear()
    getattr(x, name)
    assert seen == []


@pytest.mark.parametrize("name", METHODS)
def test_methods_are_seen(name):
    x, seen = torch.ones((2, 3)), []
    with Mode(seen):
        getattr(x, name)()
    assert seen == [name]
    getattr(x, name)()
    assert seen == [name]


def test_writes_and_python_protocols_are_seen():
    x, seen = torch.ones((2,)), []
    with Mode(seen):
        len(x), repr(x), x == x, x // 2, 1 - x
        x.grad = None
        del x.grad
        x.requires_grad = True
    assert [name for name in seen if name != "__repr__"] == [
        "__len__", "__eq__", "__floordiv__", "__rsub__", "__set__", "__delete__", "__set__",
    ]  # fmt: skip
    assert x.requires_grad


def test_a_mode_may_answer():
    x = torch.ones((2,))
    with Mode([], answer="mine"):
        assert x.shape == "mine"
        assert x.size() == "mine"
    with Mode([], answer=NotImplemented), pytest.raises(TypeError, match=r"Multiple dispatch failed for 'torch\.Tensor\.__get__'"):
        _ = x.dtype


def test_the_function_is_the_property_of_the_class():
    x, seen = torch.ones((2,)), []

    class Compares(Mode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            seen.append((func == Tensor.shape.__get__, func in {Tensor.shape.__get__: 1}, func == Tensor.dtype.__get__, types))
            return func(*args, **(kwargs or {}))

    with Compares([]):
        assert x.shape == (2,)
    with Compares([]), Compares([]):
        assert x.shape == (2,)
    assert seen == [(True, True, False, (Tensor,))] * 3


def test_modes_in_modes():
    x, seen = torch.ones((2,)), []
    with Mode(seen, name="outer "), Mode(seen, name="inner "):
        assert x.shape == (2,)
        assert x.size() == (2,)
    assert seen == ["inner __get__", "outer __get__", "inner size", "outer size"]


def test_other_threads_and_the_library_itself_are_not_seen():
    x, seen, found = torch.ones((2,)), [], []
    with Mode(seen):
        thread = threading.Thread(target=lambda: found.append(x.shape))
        thread.start()
        thread.join()
        torch.raw.add(x, 1)
    assert found == [(2,)]
    assert seen == ["add"]


def test_the_class_is_what_it_was():
    before = dict(vars(Tensor))
    with Mode([]):
        assert vars(Tensor) != before
    assert dict(vars(Tensor)) == before


def test_after_many_modes_the_class_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(mode_properties, "_left", 1)
    x, seen = torch.ones((2,)), []
    before = dict(vars(Tensor))
    for _ in range(3):
        with Mode(seen):
            _ = x.shape
        _ = x.shape
    assert seen == ["__get__"] * 3
    monkeypatch.setattr(mode_properties, "_left", 1)
    with Mode([]):
        pass
    assert dict(vars(Tensor)) == before
