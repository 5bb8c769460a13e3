"""Names that torch has in a namespace and that are not built here: asking for one says so, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn


def absent(module: str, reasons: Mapping[str, str]) -> Callable[[str], NoReturn]:
    """A module's `__getattr__`: AttributeError, in Python's words, with the reason for a name that torch has there."""

    def refuse(name: str) -> NoReturn:
        said = f"module {module!r} has no attribute {name!r}"
        if name in reasons:
            said += f": torch 2.13 has it, FrankenTorch does not yet ({reasons[name]})"
        raise AttributeError(said, name=name)

    return refuse
