"""torch.fx: marks for a tracer that is not there, and the class of what it would hand around. Graphs are not built yet; names say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from ._rooms import explain

__all__ = ["Proxy", "wrap"]

F = TypeVar("F", bound=Callable[..., Any] | str)


class Proxy:
    """What stands for a value while a function is traced. Nothing is one; the class is for isinstance."""


def wrap(fn_or_name: F) -> F:
    """Mark a function (or the name of one) as a single step of graphs; it is returned as it is. RuntimeError for anything else."""
    if not callable(fn_or_name) and not isinstance(fn_or_name, str):
        raise RuntimeError("Unsupported type for global function! Must be either a callable or string name")
    return fn_or_name


def __getattr__(name: str) -> NoReturn:
    raise AttributeError(explain(name, "torch.fx"), name=name)
