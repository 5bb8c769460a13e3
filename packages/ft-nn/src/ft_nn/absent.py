"""Names that torch has in a namespace and that are not built here: asking for one says so, like a name that never was.

A name that existed and raised when called would pass `hasattr`, and a program that looks before it uses would be misled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def not_built(namespace: str, names: str, why: str) -> Callable[[str], Any]:
    """A module's ``__getattr__``: AttributeError, with the reason where ``names`` (separated by blanks) has the name."""
    known = frozenset(names.split())

    def look(name: str) -> Any:
        text = f"module '{namespace}' has no attribute '{name}'"  # torch's words first: programs match them
        if name in known:
            text += f": torch 2.13 has it, it is not built yet in FrankenTorch ({why})"
        raise AttributeError(text, name=name)

    return look
