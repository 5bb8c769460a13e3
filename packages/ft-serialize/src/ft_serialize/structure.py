"""Nested objects taken apart into a table of tensors and what is left, and put together again.

A state_dict is a table already. A training checkpoint is nested: models, optimizer states, numbers. `flatten` gives each tensor a name
made of the keys that lead to it and leaves a `Leaf` in its place; formats that hold structures keep the rest as it is, formats that
hold only tables refuse what would be lost.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import CheckpointError

__all__ = ["Leaf", "beside_tensors", "flatten", "map_leaves"]

_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """Stands for the tensor of that name; `parameter` and `requires_grad` are what its bytes do not say."""

    name: str
    parameter: bool = False
    requires_grad: bool = False


def flatten(obj: Any, is_tensor: Callable[[Any], bool], describe: Callable[[Any, str], Leaf]) -> tuple[Any, dict[str, Any]]:
    """The object with leaves for tensors, and the tensors by name; one met twice has two names.

    Args:
        describe: makes the leaf of a tensor, given the tensor and its name.

    Raises: CheckpointError where two tensors would have one name, or nesting is deeper than files may be.
    """
    tensors: dict[str, Any] = {}

    def walk(value: Any, path: tuple[str, ...]) -> Any:
        if is_tensor(value):
            name = ".".join(path) or "tensor"
            if name in tensors:
                raise CheckpointError("two tensors would have this name in a file; rename a key", record=name)
            tensors[name] = value
            return describe(value, name)
        if len(path) > _MAX_DEPTH:
            raise CheckpointError(
                f"expected nesting of at most {_MAX_DEPTH} levels; is an object inside itself?", record=".".join(path[:4])
            )
        if isinstance(value, Mapping):
            made: Any = OrderedDict() if isinstance(value, OrderedDict) else {}
            for key, item in value.items():
                made[key] = walk(item, (*path, str(key)))
            if isinstance(value, OrderedDict) and vars(value):
                made.__dict__.update({k: walk(v, (*path, k)) for k, v in vars(value).items()})
            return made
        if type(value) in (list, tuple):
            return type(value)(walk(item, (*path, str(i))) for i, item in enumerate(value))
        return value

    return walk(obj, ()), tensors


def map_leaves(tree: Any, make: Callable[[Leaf], Any]) -> Any:
    """The tree with `make(leaf)` for each leaf; other objects are kept."""
    if isinstance(tree, Leaf):
        return make(tree)
    if isinstance(tree, OrderedDict):
        made = OrderedDict((key, map_leaves(item, make)) for key, item in tree.items())
        if vars(tree):
            made.__dict__.update({key: map_leaves(item, make) for key, item in vars(tree).items()})
        return made
    if type(tree) is dict:
        return {key: map_leaves(item, make) for key, item in tree.items()}
    if type(tree) in (list, tuple):
        return type(tree)(map_leaves(item, make) for item in tree)
    return tree


def beside_tensors(tree: Any) -> dict[str, Any]:
    """What a format without structures keeps of a tree as metadata: values that are no tensors, by the keys that lead to them.

    Raises: CheckpointError for a value that is neither a tensor nor JSON's kind, naming where it is.
    """
    rest: dict[str, Any] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, Leaf):
            return
        if isinstance(value, dict) and value:
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else str(key))
        elif type(value) in (list, tuple) and any(isinstance(item, (Leaf, dict, list, tuple)) for item in value):
            for i, item in enumerate(value):
                walk(item, f"{path}.{i}" if path else str(i))
        elif value is None or type(value) in (bool, int, float, str) or value in ({}, [], ()):
            rest[path] = value
        elif type(value) in (list, tuple) and all(type(item) in (bool, int, float, str) for item in value):
            rest[path] = list(value)
        else:
            raise CheckpointError(
                f"a {type(value).__name__} has no place in a format of tensors and text; write ftck or pt, or drop it", record=path
            )

    walk(tree, "")
    return rest
