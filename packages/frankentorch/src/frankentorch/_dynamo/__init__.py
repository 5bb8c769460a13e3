"""torch._dynamo: `torch.compile` and what programs say to its tracer, which is not there: functions run eagerly (`ft_nn.compiled`).

Source of names: torch/_dynamo (2.13).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ft_nn.compiled import compile

from .. import compiler
from ..compiler import allow_in_graph, assume_constant_result, disable, is_compiling, reset
from . import config
from .eval_frame import OptimizedModule

__all__ = [
    "OptimizedModule", "allow_in_graph", "assume_constant_result", "compile", "config", "disable", "disallow_in_graph", "eval_frame",
    "graph_break", "is_compiling", "list_backends", "mark_dynamic", "mark_static", "mark_static_address", "maybe_mark_dynamic", "optimize",
    "reset", "run",
]  # fmt: skip


def optimize(backend: Any = "inductor", *, nopython: bool = False, **options: Any) -> Callable[..., Any]:
    """The old form of `compile`: a decorator."""
    return functools.partial(compile, backend=backend, fullgraph=nopython)


def run(fn: Any = None) -> Any:
    """`fn` itself: there is no compiled code to prefer."""
    return (lambda function: function) if fn is None else fn


disallow_in_graph = allow_in_graph


def list_backends(exclude_tags: Any = ("debug", "experimental")) -> list[str]:
    """See `torch.compiler.list_backends`."""
    return compiler.list_backends(exclude_tags)


def graph_break(msg: str = "") -> None:
    """End a graph here: there is none."""


def mark_dynamic(t: Any, index: Any, *, min: int | None = None, max: int | None = None, **options: Any) -> None:
    """Say that a dimension varies, to a tracer that is not there."""


def maybe_mark_dynamic(t: Any, index: Any) -> None:
    """See `mark_dynamic`."""


def mark_static(t: Any, index: Any = None) -> None:
    """Say that a dimension is fixed, to a tracer that is not there."""


def mark_static_address(t: Any, guard: bool = True) -> None:
    """Say that a tensor stays where it is, to a tracer that is not there."""
