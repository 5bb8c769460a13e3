"""torch.compiler: the questions and marks of programs that may be compiled. Nothing is compiled here, and the answers say so."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import numpy

from ft_core import Tensor
from ft_dispatch.host import from_numpy

from .utils import _pytree

F = TypeVar("F", bound=Callable[..., Any])

__all__ = [
    "allow_in_graph", "assume_constant_result", "compile", "cudagraph_mark_step_begin", "disable", "is_compiling", "is_dynamo_compiling",
    "is_exporting", "list_backends", "reset", "set_stance", "substitute_in_graph", "wrap_numpy",
]  # fmt: skip


def is_compiling() -> bool:
    """Whether this code runs inside a compilation: no."""
    return False


def is_dynamo_compiling() -> bool:
    """Whether a bytecode compiler traces this code: there is none."""
    return False


def is_exporting() -> bool:
    """Whether this code runs inside an export: no."""
    return False


def disable(fn: F | None = None, recursive: bool = True, *, reason: str | None = None) -> F | Callable[[F], F]:
    """Mark a function as never compiled; it is returned as it is."""
    return (lambda function: function) if fn is None else fn


def allow_in_graph(fn: F) -> F:
    """Mark a function as one step of a graph; it is returned as it is."""
    return fn


def assume_constant_result(fn: F) -> F:
    """Mark a function whose result is a constant of a graph; it is returned as it is."""
    return fn


def compile(*args: Any, **kwargs: Any) -> Any:
    """See `torch.compile`."""
    from ._dynamo import compile

    return compile(*args, **kwargs)


def list_backends(exclude_tags: Any = ("debug", "experimental")) -> list[str]:
    """The compilers there are: none; "eager", which runs functions as they are, is counted as one for debugging."""
    return [] if exclude_tags and "debug" in exclude_tags else ["eager"]


def cudagraph_mark_step_begin() -> None:
    """Say that a new step begins, for CUDA graphs: there are none."""


class set_stance:
    """Say when functions are compiled, from now on, in a block or in a function: they run eagerly under every stance.

    RuntimeError for a word that torch does not have.
    """

    _STANCES = ("default", "force_eager", "eager_on_recompile", "fail_on_recompile", "eager_then_compile", "aot_eager_then_compile")

    def __init__(self, stance: str = "default", *, skip_guard_eval_unsafe: bool = False, force_backend: Any = None) -> None:
        if stance not in self._STANCES:
            raise RuntimeError(f"invalid torch.compile stance '{stance}'; expected one of {', '.join(self._STANCES)}")

    def __call__(self, fn: F) -> F:
        return fn

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


def substitute_in_graph(original_fn: Callable[..., Any], **options: Any) -> Callable[[F], F]:
    """Mark a function as the readable twin of another for a compiler; it is returned as it is."""
    return lambda function: function


def wrap_numpy(fn: Callable[..., Any]) -> Callable[..., Any]:
    """A function of NumPy arrays as one of tensors: arguments are given as arrays, and arrays come back as tensors."""

    @functools.wraps(fn)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        def array(x: Any) -> Any:
            return x.numpy() if isinstance(x, Tensor) else x

        def tensor(x: Any) -> Any:
            return from_numpy(x) if isinstance(x, numpy.ndarray) else x

        args, kwargs = _pytree.tree_map(array, (args, kwargs))
        return _pytree.tree_map(tensor, fn(*args, **kwargs))

    return wrapped


def reset() -> None:
    """Forget compiled code: there is none."""
