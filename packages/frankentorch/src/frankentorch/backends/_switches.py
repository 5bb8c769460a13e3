"""Switches of a library: module attributes with allowed types, and torch's `flags(...)` context that sets them for a block."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any


def flags_of(module: ModuleType | dict[str, Any], names: tuple[str, ...]) -> Callable[..., contextlib.AbstractContextManager[None]]:
    """`flags(enabled=..., ...)`: sets the named switches inside a block. TypeError for another name."""
    scope = module if isinstance(module, dict) else vars(module)

    @contextlib.contextmanager
    def flags(**values: Any) -> Iterator[None]:
        unknown = set(values) - set(names)
        if unknown:
            raise TypeError(f"flags() got an unexpected keyword argument '{min(unknown)}'; the switches are {', '.join(names)}")
        before = {name: scope[name] for name in values}
        scope.update(values)
        try:
            yield
        finally:
            scope.update(before)

    return flags


_frozen = False


def disable_global_flags() -> None:
    """Ask that switches are set in blocks only. Accepted: switches of libraries that are not here change nothing."""
    global _frozen
    _frozen = True


def flags_frozen() -> bool:
    """Whether `disable_global_flags` was called."""
    return _frozen
