"""What a row is: a statement, the names it uses, and what should be reached.

A row is written once and made twice, once for each library, from the same seed. Statements are text, so that what is timed is
the statement and no call around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Names = dict[str, Any]

ROWS: dict[str, Row] = {}


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `make(torch)` returns the names `statement` uses; `check(names)` raises if the work done was not the work meant; the statement
    `before` runs before each timed call and is not timed.
    """

    name: str
    group: str
    statement: str
    make: Callable[[Any], Names]
    target: float | None = None
    check: Callable[[Names], None] | None = None
    before: str = ""


def row(
    name: str,
    statement: str,
    *,
    group: str,
    target: float | None = None,
    check: Callable[[Names], None] | None = None,
    before: str = "",
) -> Callable[[Callable[[Any], Names]], Callable[[Any], Names]]:
    """Decorator of `make`: enter a row. ValueError if the name is taken."""

    def enter(make: Callable[[Any], Names]) -> Callable[[Any], Names]:
        if name in ROWS:
            raise ValueError(f"row {name!r} is there already, made by {ROWS[name].make.__qualname__}")
        ROWS[name] = Row(name, group, statement, make, target, check, before)
        return make

    return enter
