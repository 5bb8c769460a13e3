"""Slots through which ft_autograd takes part in a call, without ft_dispatch importing it.

Unfilled, recording says what to install; the rest does nothing, so that the op layer works alone (inference, kernels' tests).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core.errors import NoRouteError


def _install(*args: Any, **kwargs: Any) -> Any:
    raise NoRouteError(
        "a tensor requires grad, and ft-autograd is not loaded to record it; install and import ft-autograd (or frankentorch)"
    )


def _nothing(*args: Any, **kwargs: Any) -> Any:
    return None


record: Callable[..., Any] = _install  # (op, args, k, st): run the op and record it; or run its decomposition, which records itself
recorder: Callable[..., Any] = _nothing  # (op, rechecked, number): the function a fast route calls with (output, *args), or None
check_inplace: Callable[..., Any] = (
    _nothing  # (x, st, recorded): torch's refusals (leaf, view of a leaf, no_grad view, multi-view output)
)
prepare_inplace: Callable[..., Any] = _install  # (op, args, k, st): a node with what it saves, before x is written
finish_inplace: Callable[..., Any] = _install  # (node, x): rewrite x's history after the write
level: Callable[..., Any] = _install  # (op, args, k, st): the innermost transform interprets the call
level_inplace: Callable[..., Any] = _install


def fill(**slots: Callable[..., Any]) -> None:
    """Fill slots by name; TypeError for a name that is none."""
    known = globals()
    for name, function in slots.items():
        if name not in known:
            raise TypeError(f"ft_dispatch.hooks has no slot {name!r}")
        known[name] = function
