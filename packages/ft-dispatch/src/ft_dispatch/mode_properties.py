"""Properties and metadata methods of plain tensors while a `__torch_function__` mode is active: `x.shape`, `x.grad = g`, `len(x)`.

They are plain Python on Tensor and cost no test. So the class itself changes: when the first mode of the process is entered Tensor gets
descriptors that ask the modes of the calling thread, and when the last one is left it loses them again. What the library reads for its own
purposes is no affair of a mode: in torch that is C++.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_core.keys import TF_MODE
from ft_core.state import TL

from .overrides import ask_mode
from .subclasses import METHODS, OPERATORS, Intercepted

CYCLES = 400
"""How often the class changes in a process: CPython from 3.13 on stops caching what it finds on a class that has changed a thousand times."""
_LOCK = threading.Lock()
_OWN = ("ft_", "frankentorch")  # how the names of our modules begin
_WITHOUT_TYPES = frozenset("__and__ __array__ __eq__ __or__ __xor__ is_contiguous numpy requires_grad_ reshape size stride".split())
"""Methods of which torch tells a mode no types: those that are C++ there."""
_active = 0
_left = CYCLES
_replaced: dict[str, Any] = {}


def _by_user() -> bool:
    """Whether the attribute that is being looked up is asked for by code that is not ours, on a thread with a mode."""
    return bool(TL.st.bits & TF_MODE) and not sys._getframe(2).f_globals.get("__name__", "").startswith(_OWN)


def _ask(function: Any, types: tuple[type, ...], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What the innermost mode makes of the call. TypeError where it returns NotImplemented: nobody else is asked about a plain tensor."""
    modes = TL.st.function_modes
    handled, value = ask_mode(function if len(modes) < 2 else _Next(function, types), types, args, kwargs)
    if handled:
        return value
    raise TypeError(
        f"Multiple dispatch failed for 'torch.Tensor.{function.__name__}'; all __torch_function__ handlers returned NotImplemented:\n\n"
        f"  - mode object {modes[-1]!r}\n\nFor more information, try re-running with TORCH_LOGS=not_implemented"
    )


class _Next:
    """A function as the innermost of several modes sees it: equal to the plain one, and calling it asks the next mode."""

    def __init__(self, function: Callable[..., Any], types: tuple[type, ...]) -> None:
        functools.update_wrapper(self, function, updated=())
        self.function, self.types = function, types
        self.__self__ = getattr(function, "__self__", None)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if TL.st.bits & TF_MODE:
            return _ask(self.function, self.types, args, kwargs)
        return self.function(*args, **kwargs)

    def __eq__(self, other: object) -> bool:
        return self.function == (other.function if isinstance(other, _Next) else other)

    def __hash__(self) -> int:
        return hash(self.function)


class InMode(Intercepted):
    """Stands for one property of Tensor while modes are active."""

    __slots__ = ()

    def __get__(self, instance: Tensor | None, owner: type) -> Any:
        if instance is None:
            return self.plain
        if _by_user():
            return _ask(self.plain.__get__, (type(instance),), (instance,), {})
        return self.plain.__get__(instance, owner)

    def __set__(self, instance: Tensor, value: Any) -> None:
        if _by_user():
            _ask(self.plain.__set__, (type(instance),), (instance, value), {})
        else:
            self.plain.__set__(instance, value)

    def __delete__(self, instance: Tensor) -> None:
        if _by_user():
            _ask(self.plain.__delete__, (type(instance),), (instance,), {})
        else:
            self.plain.__delete__(instance)


class _Method:
    """Stands for one metadata method of Tensor while modes are active; on the class it is the method itself."""

    __slots__ = ("plain",)

    def __init__(self, plain: Callable[..., Any]) -> None:
        self.plain = plain

    def __get__(self, instance: Tensor | None, owner: type) -> Any:
        plain = self.plain
        if instance is None or not _by_user():
            return plain if instance is None else plain.__get__(instance, owner)

        @functools.wraps(plain)
        def asked(*args: Any, **kwargs: Any) -> Any:
            return _ask(plain, () if plain.__name__ in _WITHOUT_TYPES else (type(instance),), (instance, *args), kwargs)

        return asked


def _found() -> dict[str, Any]:
    """What is to be replaced: properties with a public name, and the methods that handlers see."""
    found: dict[str, Any] = {}
    for base in reversed(Tensor.__mro__[:-1]):
        for name, value in vars(base).items():
            if isinstance(value, property) and (name[0] != "_" or name == "_version"):
                found[name] = InMode(value)
            elif (name in METHODS or name in OPERATORS) and callable(value):
                found[name] = _Method(value)
    return found


def watch() -> None:
    """A mode is entered."""
    global _active  # one class, one count
    with _LOCK:
        _active += 1
        if _active == 1 and not _replaced:
            for name, value in _found().items():
                _replaced[name] = vars(Tensor).get(name)
                setattr(Tensor, name, value)


def unwatch() -> None:
    """A mode is left."""
    global _active, _left  # one class, one count
    with _LOCK:
        _active -= 1
        if _active or not _left:
            return
        _left -= 1
        for name, value in _replaced.items():
            if value is None:
                delattr(Tensor, name)
            else:
                setattr(Tensor, name, value)
        _replaced.clear()
