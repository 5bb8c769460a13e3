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

__all__ = ["Irregular", "Leaf", "beside_tensors", "flatten", "map_leaves"]

_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """Stands for the tensor of that name; `parameter` and `requires_grad` are what its bytes do not say."""

    name: str
    parameter: bool = False
    requires_grad: bool = False


@dataclass(frozen=True, slots=True)
class Irregular:
    """Stands for a tensor that is no dense array, whose parts are tensors with names of their own.

    kind: the name of a sparse layout, or of a quantized dtype.
    parts: indices and values; or integers, with scales and zero points where each channel has its own.
    size: sizes of a sparse tensor.
    facts: whether a COO tensor is coalesced; scale and zero point, or the dimension of the channels, of a quantized one.
    parameter, requires_grad: as a Leaf's.
    """

    kind: str
    parts: tuple[str, ...]
    size: tuple[int, ...] = ()
    facts: tuple[Any, ...] = ()
    parameter: bool = False
    requires_grad: bool = False

    def refuse(self, format: str, record: str) -> CheckpointError:
        """What to say where a format has no place for it."""
        other = "to_dense()" if self.kind.startswith("sparse") else "dequantize()"
        return CheckpointError(
            f"{format} has plain arrays only, and this is a tensor of {self.kind}; write ftck or pt, or its {other}", record=record
        )


def flatten(
    obj: Any, is_tensor: Callable[[Any], bool], describe: Callable[[Any, str], tuple[Leaf | Irregular, dict[str, Any]]]
) -> tuple[Any, dict[str, Any]]:
    """The object with leaves for tensors, and the tensors by name; one met twice has two names.

    Args:
        describe: what stands for a tensor of that name, and the plain tensors it consists of, by their names.

    Raises: CheckpointError where two tensors would have one name, or nesting is deeper than files may be.
    """
    tensors: dict[str, Any] = {}

    def walk(value: Any, path: tuple[str, ...]) -> Any:
        if is_tensor(value):
            name = ".".join(path) or "tensor"
            leaf, parts = describe(value, name)
            for part in parts:
                if part in tensors:
                    raise CheckpointError("two tensors would have this name in a file; rename a key", record=part)
            tensors.update(parts)
            return leaf
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


def map_leaves(tree: Any, make: Callable[[Any], Any]) -> Any:
    """The tree with `make(leaf)` for each Leaf and Irregular; other objects are kept."""
    if isinstance(tree, (Leaf, Irregular)):
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
        if isinstance(value, Irregular):
            raise value.refuse("this format", path)
        if isinstance(value, dict) and value:
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else str(key))
        elif type(value) in (list, tuple) and any(isinstance(item, (Leaf, Irregular, dict, list, tuple)) for item in value):
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
