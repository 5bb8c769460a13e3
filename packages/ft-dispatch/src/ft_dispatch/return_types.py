"""torch.return_types: the named tuples that functions with several outputs return.

A record states its output names in its signature; a binding wraps what the op returns with `structure(name, fields)`. Like torch's,
the objects are tuples, have fields, and print one field a line.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from typing import Any

__all__ = ["structure"]


def _repr(self: Any) -> str:
    body = ",\n".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"torch.return_types.{type(self).__name__}(\n{body})"


@cache
def structure(name: str, fields: str) -> type:
    """The named tuple `torch.return_types.<name>` with the given fields; one class per name, also found as an attribute here."""
    made: Any = namedtuple(name, fields)  # type: ignore[misc]  # made from data: the fields are the schema's output names
    kind = type(name, (made,), {"__slots__": (), "__repr__": _repr, "__module__": "torch.return_types"})
    globals()[name] = kind
    return kind
