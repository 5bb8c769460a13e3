"""torch._jit_internal: marks and types that torch's own layers are written with, and layers copied from it.

Nothing is scripted here: marks return what they mark. Source of names: torch/_jit_internal.py (2.13).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from .futures import Future
from .jit import Attribute, export, ignore, is_scripting, unused

__all__ = [
    "Attribute", "BroadcastingList1", "BroadcastingList2", "BroadcastingList3", "BroadcastingList4", "BroadcastingList5",
    "BroadcastingList6", "Final", "Future", "boolean_dispatch", "export", "ignore", "is_scripting", "unused",
]  # fmt: skip


class BroadcastingListCls:
    """The type of lists that may be given as one number: `BroadcastingList2[int]`."""

    def __getitem__(self, types: Any) -> None:
        """Nothing: the type is for scripts."""


BroadcastingList1 = BroadcastingListCls()
BroadcastingList2 = BroadcastingList3 = BroadcastingList4 = BroadcastingList5 = BroadcastingList6 = BroadcastingList1


def boolean_dispatch(
    arg_name: str,
    arg_index: int,
    default: bool,
    if_true: Callable[..., Any],
    if_false: Callable[..., Any],
    module_name: str | None = None,
    func_name: str | None = None,
) -> Callable[..., Any]:
    """A function that calls `if_true` or `if_false`, by the value of one argument (by name, by position, or the default)."""

    @functools.wraps(if_true if if_true.__doc__ else if_false)
    def fn(*args: Any, **kwargs: Any) -> Any:
        chosen = kwargs[arg_name] if arg_name in kwargs else args[arg_index] if arg_index < len(args) else default
        return (if_true if chosen else if_false)(*args, **kwargs)

    if module_name is not None:
        fn.__module__ = module_name
    if func_name is not None:
        fn.__name__ = func_name
    return fn


def _overload(func: Any) -> Any:
    return func


_overload_method = _copy_to_script_wrapper = _overload
