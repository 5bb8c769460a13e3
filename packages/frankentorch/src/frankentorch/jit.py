"""torch.jit as it is under PYTORCH_JIT=0: scripting is off, marks are kept as they are, and decorated functions run as Python."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn, TypeVar

from ft_nn import Module

from ._rooms import explain
from .futures import Future

T = TypeVar("T")

__all__ = [
    "Attribute", "Final", "Future", "RecursiveScriptModule", "ScriptFunction", "ScriptModule", "annotate", "enable_onednn_fusion", "export",
    "fork", "freeze", "fuser", "ignore", "interface", "is_scripting", "is_tracing", "isinstance", "onednn_fusion_enabled",
    "optimize_for_inference", "optimized_execution", "script", "script_if_tracing", "script_method", "set_fusion_strategy", "trace",
    "trace_module", "unused", "wait",
]  # fmt: skip

_isinstance = isinstance


class Attribute(tuple):
    """A value with its declared type, for scripted modules."""

    __slots__ = ()

    def __new__(cls, value: Any, type: Any) -> Attribute:
        return tuple.__new__(cls, (value, type))

    value = property(lambda self: self[0], doc="The value.")
    type = property(lambda self: self[1], doc="Its declared type.")


def is_scripting() -> bool:
    """Whether this code is being scripted: no."""
    return False


def is_tracing() -> bool:
    """Whether this code is being traced by torch.jit: no."""
    return False


def script(obj: T, *unused: Any, **options: Any) -> T:
    """`obj` itself: what torch returns when PYTORCH_JIT=0."""
    return obj


def script_if_tracing(fn: T) -> T:
    """`fn` itself, since nothing is traced."""
    return fn


def ignore(drop: Any = False, **options: Any) -> Any:
    """Mark a function as left out of scripting; usable with and without arguments."""
    return drop if callable(drop) else lambda function: function


def unused(fn: T) -> T:
    """Mark a function as not callable from scripts."""
    return fn


def export(fn: T) -> T:
    """Mark a method as an entry point of a script."""
    return fn


def annotate(the_type: Any, the_value: T) -> T:
    """The value; the type is for scripts."""
    return the_value


def isinstance(obj: Any, target_type: Any) -> bool:
    """Python's isinstance; generic types are tested by their origin."""
    targets = target_type if _isinstance(target_type, (tuple, list)) else (target_type,)
    return _isinstance(obj, tuple(getattr(t, "__origin__", t) for t in targets))


class ScriptFunction:
    """A scripted function. Nothing is one, since `script` returns its argument; the class is for isinstance."""


class ScriptModule(Module):
    """A module that was written to be scripted: a module."""


class RecursiveScriptModule(ScriptModule):
    """What scripting makes of a module in torch. Nothing is one; the class is for isinstance."""


def trace(func: T, example_inputs: Any = None, *unused: Any, **options: Any) -> T:
    """`func` itself: what torch returns when PYTORCH_JIT=0."""
    return func


def trace_module(mod: T, inputs: Any, *unused: Any, **options: Any) -> T:
    """`mod` itself: what torch returns when PYTORCH_JIT=0."""
    return mod


def script_method(fn: T) -> T:
    """`fn` itself."""
    return fn


def interface(obj: T) -> T:
    """Mark a class as an interface of scripts."""
    return obj


def freeze(mod: T, preserved_attrs: Any = None, optimize_numerics: bool = True) -> T:
    """`mod` itself, since nothing is compiled. RuntimeError in training mode, as in torch."""
    if getattr(mod, "training", False):
        raise RuntimeError(
            "Freezing is currently only implemented for modules in eval mode. Please call .eval() on your module before freezing."
        )
    return mod


def optimize_for_inference(mod: T, other_methods: Any = None) -> T:
    """`mod` itself, since nothing is compiled."""
    return mod


def fork(func: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
    """The result of a call as a Future. The call is made at once, as in torch outside of scripts."""
    future: Future[Any] = Future()
    future.set_result(func(*args, **kwargs))
    return future


def wait(future: Future[Any]) -> Any:
    """The value of a Future."""
    return future.wait()


@contextlib.contextmanager
def optimized_execution(should_optimize: bool) -> Iterator[None]:
    """A block in which scripts are optimized or not: there are none."""
    yield


@contextlib.contextmanager
def fuser(name: str) -> Iterator[None]:
    """A block with another fuser of scripts: there are none."""
    yield


def enable_onednn_fusion(enabled: bool) -> None:
    """Switch fusion in scripts: there are none."""


def onednn_fusion_enabled() -> bool:
    """Whether scripts are fused by oneDNN: no."""
    return False


def set_fusion_strategy(strategy: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Say how often scripts are specialised, for there are none; returns what torch starts with."""
    return [("STATIC", 2), ("DYNAMIC", 10)]


def _unwrap_optional(x: Any) -> Any:
    assert x is not None, "Unwrapping null optional"  # noqa: S101 - torch's error
    return x


_overload = _overload_method = _script_if_tracing = export


def __getattr__(name: str) -> NoReturn:
    raise AttributeError(explain(name, "torch.jit"), name=name)
