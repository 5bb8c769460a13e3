"""New contents in a container of the same kind: what converting, collating and pinning of nested samples share."""

from __future__ import annotations

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

__all__ = ["like_mapping", "like_sequence"]


def like_mapping(template: Mapping[Any, Any], items: dict[Any, Any]) -> Any:
    """`items` as a mapping of the template's class; a plain dict where the class cannot be filled or made so.

    A mutable mapping is copied and updated, since it may carry more than its items (a default factory, attributes).
    """
    try:
        if isinstance(template, MutableMapping):
            clone = copy.copy(template)
            clone.update(items)
            return clone
        return type(template)(items)  # type: ignore[call-arg]
    except TypeError:
        return items


def like_sequence(template: Sequence[Any], items: list[Any]) -> Any:
    """`items` as a sequence of the template's class; a plain list where the class cannot be filled or made so (`range`)."""
    try:
        if isinstance(template, MutableSequence):
            clone = copy.copy(template)
            for i, item in enumerate(items):
                clone[i] = item
            return clone
        return type(template)(items)  # type: ignore[call-arg]
    except TypeError:
        return items
