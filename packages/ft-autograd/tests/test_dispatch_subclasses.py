"""Subclasses with `__torch_dispatch__`: tensors without memory whose class does what ops ask, with gradients recorded above it."""

import pytest

import ft_autograd
from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.overrides import disabled_torch_function

SEEN: list[str] = []


def mapped(function, value):
    """`function` of every item of nested tuples and lists."""
    if isinstance(value, (tuple, list)):
        return type(value)(mapped(function, item) for item in value)
    return function(value)


class Wrapped(Tensor):
    """Looks like a tensor; another one does the work."""

    __torch_function__ = disabled_torch_function

    @staticmethod
    def __new__(cls, inner, requires_grad=False):
        made = Tensor._make_wrapper_subclass(
            cls, inner.size(), strides=inner.stride(), dtype=inner.dtype, requires_grad=requires_grad
        )
        made.inner = inner
        return made

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        SEEN.append(str(func))
        found = func(*mapped(inside, args), **{name: inside(value) for name, value in (kwargs or {}).items()})
        return mapped(lambda value: cls(value) if isinstance(value, Tensor) else value, found)


def inside(value):
    return value.inner if isinstance(value, Wrapped) else value


class Refusing(Tensor):
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return NotImplemented


@pytest.fixture(autouse=True)
def _forget():
    SEEN.clear()


def test_it_looks_like_what_it_was_told():
    x = Tensor._make_wrapper_subclass(Wrapped, (2, 3), strides=(1, 2), storage_offset=1, dtype=torch.float64, device="meta")
    assert (tuple(x.shape), x.stride(), x.storage_offset(), x.dtype, x.device.type) == ((2, 3), (1, 2), 1, torch.float64, "meta")
    assert not x.is_contiguous()
    assert Tensor._make_wrapper_subclass(Wrapped, (2,)).dtype is torch.float32


def test_its_class_does_the_work_and_decides_what_comes_out():
    x = Wrapped(torch.arange(6.0).view((2, 3)))
    for made, shape in (
        (x + 1, (2, 3)),
        (x.t(), (3, 2)),
        (x[0], (3,)),
        (torch.cat([x, x]), (4, 3)),
        (x.sum(), ()),
        (x.view(6), (6,)),
    ):
        assert type(made) is Wrapped
        assert tuple(made.shape) == shape
        assert tuple(made.inner.shape) == shape
    assert SEEN[:2] == ["aten.add.Tensor", "aten.t.default"]
    assert [tuple(part.shape) for part in x.split(2, 1)] == [(2, 2), (2, 1)]


def test_gradients_are_recorded_above_it():
    w = Wrapped(torch.ones(3), requires_grad=True)
    y = w * w
    assert y.grad_fn.name() == "MulBackward0"
    assert not y.inner.requires_grad
    y.sum().backward()
    assert type(w.grad) is Wrapped
    assert w.grad.inner.tolist() == [2.0, 2.0, 2.0]
    (second,) = ft_autograd.grad(ft_autograd.grad((w**3).sum(), w, create_graph=True)[0].sum(), w)
    assert second.inner.tolist() == [6.0, 6.0, 6.0]


SAVE_THEIR_RESULT = {
    "exp": lambda w: w.exp(),
    "tanh": lambda w: w.tanh(),
    "sqrt": lambda w: w.sqrt(),
    "softmax": lambda w: torch.softmax(w, 0) * w,
    "of a view": lambda w: w.view((3, 1)).exp(),
    "written in place": lambda w: (w * 2).exp_(),
}


@pytest.mark.parametrize("name", SAVE_THEIR_RESULT)
def test_a_saved_result_is_still_of_the_class(name):
    inner = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    w = Wrapped(inner.detach(), requires_grad=True)
    call = SAVE_THEIR_RESULT[name]
    call(inner).sum().backward()
    call(w).sum().backward()
    assert w.grad.inner.tolist() == inner.grad.tolist()
    assert type(w.data) is Wrapped
    assert w.data.inner is w.inner


def test_writes_go_to_the_class_and_count():
    x = Wrapped(torch.ones(3))
    x.add_(1).mul_(x)
    assert (x.inner.tolist(), x._version, SEEN) == ([4.0] * 3, 2, ["aten.add_.Tensor", "aten.mul_.Tensor"])
    w = Wrapped(torch.ones(3), requires_grad=True)
    y = w * 2
    y.add_(1)
    y.mul_(2)
    y.sum().backward()
    assert w.grad.inner.tolist() == [4.0, 4.0, 4.0]


def test_a_parameter_of_it_and_detach():
    p = Parameter(Wrapped(torch.ones(2)))
    assert (type(p), p.requires_grad, isinstance(p, Parameter)) == (Wrapped, True, True)
    assert type(p.detach()) is Wrapped
    assert "aten.detach.default" in SEEN


def test_modes_come_first_and_are_told_the_classes():
    asked = []

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            asked.append((str(func), types))
            return func(*args, **(kwargs or {}))

    x = Wrapped(torch.ones(2))
    with Watch():
        made = x + 1
    assert made.inner.tolist() == [2.0, 2.0]
    assert asked[0] == ("aten.add.Tensor", (Wrapped,))


@pytest.mark.parametrize("call", [lambda x: x + x, lambda x: x.sin(), lambda x: x.add_(x), lambda x: x.detach()])
def test_a_class_that_declines_everything(call):
    with pytest.raises(TypeError):
        call(Tensor._make_wrapper_subclass(Refusing, (2,)))


def test_refusals_name_what_is_wrong():
    x = Wrapped(torch.ones(2))
    for name in ("tolist", "numpy"):
        with pytest.raises(RuntimeError, match=rf"\.{name}\(\) is not supported for tensor subclasses"):
            getattr(x, name)()
    with pytest.raises(TypeError, match="Tensor must define __torch_dispatch__"):
        Tensor._make_wrapper_subclass(Tensor, (2,))
    with pytest.raises(TypeError, match=r"cls must be a type \(got int\)"):
        Tensor._make_wrapper_subclass(3, (2,))
    with pytest.raises(RuntimeError, match="can require gradients"):
        Tensor._make_wrapper_subclass(Wrapped, (2,), dtype=torch.int64, requires_grad=True)


def test_plain_tensors_are_none_the_wiser():
    x = torch.ones(2)
    assert (x + Wrapped(torch.ones(2))).inner.tolist() == [2.0, 2.0]
    assert type(x + x) is Tensor
    assert SEEN == ["aten.add.Tensor"]


class Slotted(Tensor):
    __slots__ = ("more",)


def test_a_subclass_with_slots_keeps_its_place_in_the_graph():
    x = torch.arange(4.0).requires_grad_()
    made = (x[1:] * 2).as_subclass(Slotted)
    made.more = 3
    made.sum().backward()
    assert (type(made), made.more, x.grad.tolist()) == (Slotted, 3, [0.0, 2.0, 2.0, 2.0])
