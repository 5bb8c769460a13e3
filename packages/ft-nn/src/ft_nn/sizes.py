"""Sizes given as one number or as one per spatial dimension.

Layers store the tuple form, as torch does, since ``extra_repr`` and users read it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any


def ntuple(n: int) -> Callable[[Any], tuple[Any, ...]]:
    """A function that makes a tuple: an iterable as it is, anything else repeated ``n`` times."""

    def as_tuple(value: Any) -> tuple[Any, ...]:
        return tuple(value) if isinstance(value, Iterable) else tuple(repeat(value, n))

    return as_tuple


single = ntuple(1)
pair = ntuple(2)
triple = ntuple(3)
quadruple = ntuple(4)
sextuple = ntuple(6)


def reversed_and_repeated(values: Iterable[Any], times: int) -> tuple[Any, ...]:
    """``values`` from last to first, each ``times`` times: per-dimension paddings in the order ``pad`` wants."""
    return tuple(v for v in reversed(tuple(values)) for _ in range(times))
