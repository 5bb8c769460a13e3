"""torch.compiler: the questions and marks of programs that may be compiled. Nothing is compiled here, and the answers say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

__all__ = ["allow_in_graph", "assume_constant_result", "disable", "is_compiling", "is_dynamo_compiling", "is_exporting", "reset"]


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


def reset() -> None:
    """Forget compiled code: there is none."""
