"""Nested arguments and results: lists, tuples, named tuples and dicts taken apart into leaves and put together again.

The order is torch's (`torch.utils._pytree`): containers in order, dicts in insertion order. A spec is a plain nested tuple, so
two structures are equal when their specs are.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

LEAF = ("leaf",)
Spec = tuple[Any, ...]


def flatten(tree: Any) -> tuple[list[Any], Spec]:
    """(leaves, spec) of a nested structure."""
    leaves: list[Any] = []
    return leaves, _flatten(tree, leaves)


def _flatten(tree: Any, leaves: list[Any]) -> Spec:
    kind = type(tree)
    if kind is tuple or kind is list or (hasattr(kind, "_fields") and isinstance(tree, tuple)):
        return (kind, tuple([_flatten(child, leaves) for child in tree]))
    if kind in (dict, OrderedDict, defaultdict):
        keys = tuple(tree)
        extra = tree.default_factory if kind is defaultdict else None
        return (kind, keys, tuple([_flatten(tree[key], leaves) for key in keys]), extra)
    leaves.append(tree)
    return LEAF


def unflatten(leaves: Any, spec: Spec) -> Any:
    """The structure of `spec` around `leaves`."""
    found = iter(leaves)
    return _unflatten(found, spec)


def _unflatten(leaves: Any, spec: Spec) -> Any:
    if spec is LEAF or spec == LEAF:
        return next(leaves)
    kind = spec[0]
    if kind in (dict, OrderedDict, defaultdict):
        made = {key: _unflatten(leaves, child) for key, child in zip(spec[1], spec[2], strict=True)}
        if kind is dict:
            return made
        return OrderedDict(made) if kind is OrderedDict else defaultdict(spec[3], made)
    children = [_unflatten(leaves, child) for child in spec[1]]
    if kind is list:
        return children
    return kind(*children) if hasattr(kind, "_fields") else tuple(children)


def tree_map(function: Callable[[Any], Any], tree: Any) -> Any:
    """The structure with `function` applied to every leaf."""
    leaves, spec = flatten(tree)
    return unflatten([function(leaf) for leaf in leaves], spec)


def broadcast_to(prefix: Any, tree_spec: Spec) -> list[Any] | None:
    """Leaves of `prefix` repeated below it to match `tree_spec` (in_dims against arguments); None where the two do not fit."""
    if tree_spec == LEAF:
        return None if isinstance(prefix, (tuple, list, dict)) else [prefix]
    children = tree_spec[2] if tree_spec[0] in (dict, OrderedDict, defaultdict) else tree_spec[1]
    if prefix is None or isinstance(prefix, int):
        return [prefix] * count(tree_spec)
    if isinstance(prefix, dict) != (tree_spec[0] in (dict, OrderedDict, defaultdict)) or len(prefix) != len(children):
        return None
    parts = [prefix[key] for key in tree_spec[1]] if isinstance(prefix, dict) else list(prefix)
    made: list[Any] = []
    for part, child in zip(parts, children, strict=True):
        found = broadcast_to(part, child)
        if found is None:
            return None
        made += found
    return made


def count(spec: Spec) -> int:
    """How many leaves a spec has."""
    if spec == LEAF:
        return 1
    return sum(count(child) for child in (spec[2] if spec[0] in (dict, OrderedDict, defaultdict) else spec[1]))


def shown(spec: Spec) -> str:
    """A structure for messages: `(*, [*, *], {'a': *})`."""
    if spec == LEAF:
        return "*"
    if spec[0] in (dict, OrderedDict, defaultdict):
        return "{" + ", ".join(f"{key!r}: {shown(child)}" for key, child in zip(spec[1], spec[2], strict=True)) + "}"
    inside = ", ".join(map(shown, spec[1]))
    return f"[{inside}]" if spec[0] is list else f"({inside},)" if len(spec[1]) == 1 else f"({inside})"
