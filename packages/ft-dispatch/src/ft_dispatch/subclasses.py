"""What a subclass with its own `__torch_function__` sees beyond functions: `x.shape`, `x.grad = g`, `len(x)`, `x.size(0)`.

Tensor's properties and metadata methods are plain Python and cost no test. A class that overrides `__torch_function__` gets, when
it is defined, descriptors that ask its handler first, with the functions torch shows: `Tensor.shape.__get__`, `Tensor.__len__`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ft_core import Buffer, Parameter, Tensor
from ft_core.keys import DISPATCH, SUB
from ft_core.state import TL

from .overrides import disabled_torch_function, dispatch_function

METHODS = frozenset(
    """
    __array__ __bool__ __complex__ __deepcopy__ __float__ __format__ __index__ __int__ __len__ __reduce_ex__ __repr__
    backward data_ptr dim element_size get_device is_complex is_conj is_contiguous is_floating_point is_inference is_neg is_signed
    item ndimension nelement numel numpy register_hook requires_grad_ reshape retain_grad size storage_offset stride tolist untyped_storage
    """.split()
)
"""Methods of ft_core's Tensor that a handler sees; those of the op table ask it themselves."""

OPERATORS = frozenset(
    """
    __and__ __eq__ __floordiv__ __lshift__ __or__ __rfloordiv__ __rlshift__ __rmod__ __rpow__ __rshift__ __rsub__
    __rtruediv__ __xor__
    """.split()
)
"""Operators that a handler sees as methods (`Tensor.__eq__`), as in torch, not as the function behind them (`torch.eq`)."""


def handler_bits(cls: type) -> int:
    """What the key of a tensor of this class says of its handlers: SUB for `__torch_function__`, DISPATCH for `__torch_dispatch__`."""
    plain = cls is Tensor or cls.__torch_function__ is disabled_torch_function or issubclass(cls, (Parameter, Buffer))  # type: ignore[attr-defined]
    return (0 if plain else SUB) | (DISPATCH if getattr(cls, "__torch_dispatch__", None) is not None else 0)


def as_instance(x: Tensor, cls: type) -> Tensor:
    """A new Tensor as an object of `cls`; where that has slots of its own, another object in its place."""
    try:
        x.__class__ = cls
    except TypeError:
        made: Tensor = object.__new__(cls)
        for name in vars(Tensor)["__slots__"]:
            if not name.startswith("__") and hasattr(x, name):
                setattr(made, name, getattr(x, name))
        return made
    return x


def watched(instance: Tensor) -> bool:
    """Whether the handler of this instance is asked: not inside the handler's own `super().__torch_function__`."""
    return bool(instance._k & SUB) and not TL.st.data.get("subclass_off")


class Intercepted:
    """Stands for one property of Tensor on a subclass."""

    __slots__ = ("plain",)

    def __init__(self, plain: property) -> None:
        self.plain = plain

    def __get__(self, instance: Tensor | None, owner: type) -> Any:
        if instance is None:
            return self.plain
        if watched(instance):
            handled, value = dispatch_function(self.plain.__get__, (instance,), {})
            if handled:
                return value
        return self.plain.__get__(instance, owner)

    def __set__(self, instance: Tensor, value: Any) -> None:
        if watched(instance) and dispatch_function(self.plain.__set__, (instance, value), {})[0]:
            return
        self.plain.__set__(instance, value)

    def __delete__(self, instance: Tensor) -> None:
        if watched(instance) and dispatch_function(self.plain.__delete__, (instance,), {})[0]:
            return
        self.plain.__delete__(instance)


def intercepted_method(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A method of Tensor that asks the handler first."""

    @functools.wraps(plain)
    def method(self: Tensor, *args: Any, **kwargs: Any) -> Any:
        if watched(self):
            handled, value = dispatch_function(plain, (self, *args), kwargs)
            if handled:
                return value
        return plain(self, *args, **kwargs)

    return method


def _overrides(cls: type) -> bool:
    """Whether a class between `cls` and Tensor brings a handler of its own."""
    handlers = [vars(c)["__torch_function__"] for c in cls.__mro__[: cls.__mro__.index(Tensor)] if "__torch_function__" in vars(c)]
    return bool(handlers) and handlers[0] is not disabled_torch_function and not issubclass(cls, (Parameter, Buffer))


def intercept(cls: type) -> None:
    """Give `cls` the descriptors, for what neither it nor a class between it and Tensor defines."""
    below = cls.__mro__[: cls.__mro__.index(Tensor)]
    taken = {name for c in below for name in vars(c)}
    for base in reversed(Tensor.__mro__[:-1]):
        for name, value in vars(base).items():
            if name in taken or (name[0] == "_" and name not in METHODS | OPERATORS and name != "_version"):
                continue
            if isinstance(value, property):
                setattr(cls, name, Intercepted(value))
            elif (name in METHODS or name in OPERATORS) and callable(value):
                setattr(cls, name, intercepted_method(value))


def _init_subclass(cls: type, **kwargs: Any) -> None:
    super(Tensor, cls).__init_subclass__(**kwargs)  # type: ignore[misc]  # cls is a subclass of Tensor
    if _overrides(cls):
        intercept(cls)


Tensor.__init_subclass__ = classmethod(_init_subclass)  # type: ignore[assignment]
