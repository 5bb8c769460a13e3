"""What functions written in Python for torch.nn.functional are made with: the choice by a flag, and a check of pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["assert_int_or_pair", "boolean_dispatch"]


def assert_int_or_pair(arg: Any, arg_name: str, message: str) -> None:
    """``AssertionError`` with ``message.format(arg_name)`` where ``arg`` is neither an int nor of length two."""
    if not (isinstance(arg, int) or len(arg) == 2):
        raise AssertionError(message.format(arg_name))


def boolean_dispatch(
    arg_name: str,
    arg_index: int,
    default: bool,
    if_true: Callable[..., Any],
    if_false: Callable[..., Any],
    module_name: str | None,
    func_name: str | None,
) -> Callable[..., Any]:
    """A function that calls ``if_true`` or ``if_false`` by the argument ``arg_name``, which may come as number ``arg_index``.

    Exactly one of the two may have a docstring; both get it. ``RuntimeError`` where both have one.
    """
    if if_true.__doc__ is not None and if_false.__doc__ is not None:
        raise RuntimeError("only one function can have a docstring")

    def fn(*args: Any, **kwargs: Any) -> Any:
        flag = kwargs[arg_name] if arg_name in kwargs else args[arg_index] if arg_index < len(args) else default
        return if_true(*args, **kwargs) if flag else if_false(*args, **kwargs)

    fn.__doc__ = if_true.__doc__ = if_false.__doc__ = if_true.__doc__ or if_false.__doc__
    fn.__module__ = module_name or fn.__module__
    fn.__name__ = func_name or fn.__name__
    return fn
