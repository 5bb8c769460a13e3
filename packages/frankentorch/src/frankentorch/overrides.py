"""torch.overrides: the protocol by which subclasses, duck types and modes see functions of torch before anything else does."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ft_core import Tensor
from ft_core.keys import BELOW, TF_MODE
from ft_core.state import TL, bits_set
from ft_dispatch.overrides import DisableTorchFunctionSubclass, redispatch
from ft_dispatch.surface import METHODS, PUBLIC
from ft_dispatch.torch_function import (
    handle_torch_function,
    has_torch_function,
    has_torch_function_unary,
    has_torch_function_variadic,
    resolve_name,
)

__all__ = [
    "BaseTorchFunctionMode",
    "DisableTorchFunctionSubclass",
    "TorchFunctionMode",
    "enable_reentrant_dispatch",
    "get_ignored_functions",
    "get_overridable_functions",
    "get_testing_overrides",
    "handle_torch_function",
    "has_torch_function",
    "has_torch_function_unary",
    "has_torch_function_variadic",
    "is_tensor_like",
    "is_tensor_method_or_property",
    "redispatch_function",
    "resolve_name",
    "wrap_torch_function",
]


class TorchFunctionMode:
    """Context in which `__torch_function__(func, types, args, kwargs)` sees every function of this thread, before any class does.

    Inside the handler the mode itself is off.
    """

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        raise NotImplementedError("__torch_function__ of a TorchFunctionMode: write it in the subclass")

    def __enter__(self) -> TorchFunctionMode:
        st = TL.st
        st.function_modes.append(self)
        st.bits |= TF_MODE
        return self

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.function_modes.pop()
        if not st.function_modes:
            st.bits &= ~TF_MODE

    @classmethod
    def push(cls, *args: Any, **kwargs: Any) -> TorchFunctionMode:
        """A new mode, to be entered."""
        return cls(*args, **kwargs)


class BaseTorchFunctionMode(TorchFunctionMode):
    """A mode that calls the function."""

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        return func(*args, **(kwargs or {}))


def redispatch_function(func: Callable[..., Any], types: Any, args: tuple[Any, ...], kwargs: dict[str, Any] | None) -> Any:
    """For a `__torch_function__`: run `func` itself, past the modes and classes that would be asked now. The functions that a Python
    function calls are seen by them again.
    """
    return redispatch(func, tuple(args), dict(kwargs or {}))


@contextlib.contextmanager
def enable_reentrant_dispatch() -> Iterator[None]:
    """For a `__torch_dispatch__`, which runs below autograd: inside the block ops record again."""
    with bits_set(off=BELOW):
        yield


def is_tensor_like(inp: Any) -> bool:
    """Whether `inp` is a Tensor or has `__torch_function__`."""
    return isinstance(inp, Tensor) or hasattr(inp, "__torch_function__")


def is_tensor_method_or_property(func: Callable[..., Any]) -> bool:
    """Whether `func` belongs to Tensor rather than to a namespace."""
    return (func in METHODS.values() and func not in PUBLIC.values()) or getattr(func, "__name__", None) == "__get__"


def get_overridable_functions() -> dict[Any, list[Callable[..., Any]]]:
    """Namespace to the functions in it that `__torch_function__` sees."""
    found: dict[Any, list[Callable[..., Any]]] = {Tensor: list(METHODS.values())}
    for name, function in PUBLIC.items():
        found.setdefault("torch." + name.rpartition(".")[0] if "." in name else "torch", []).append(function)
    return found


@functools.cache
def get_ignored_functions() -> set[Callable[..., Any]]:
    """Functions of the top level that `__torch_function__` never sees: those that make tensors, ask about types or set switches."""
    assembled = sys.modules[__package__]  # which was not yet whole when this module was read
    seen = {id(f) for functions in get_overridable_functions().values() for f in functions}
    found = [getattr(assembled, name) for name in assembled.__all__]
    return {f for f in found if inspect.isroutine(f) and id(f) not in seen}


@functools.cache
def get_testing_overrides() -> dict[Callable[..., Any], Callable[..., Any]]:
    """For every overridable function one of the same signature that returns -1: what tests of duck types are written with."""

    def stand_in(function: Callable[..., Any]) -> Callable[..., Any]:
        def overridden(*args: Any, **kwargs: Any) -> int:
            return -1

        overridden.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        return functools.update_wrapper(overridden, function, assigned=("__name__",), updated=())

    return {f: stand_in(f) for functions in get_overridable_functions().values() for f in functions}


def wrap_torch_function(dispatcher: Callable[..., Iterable[Any]]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator for functions of others: `dispatcher(*args)` gives the arguments whose classes are asked first."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            relevant = tuple(dispatcher(*args, **kwargs))
            if has_torch_function(relevant):
                return handle_torch_function(wrapped, relevant, *args, **kwargs)
            return function(*args, **kwargs)

        return wrapped

    return decorate
