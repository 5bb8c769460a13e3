"""Paths into trees, specs as text, and what the small predicates of torch.utils._pytree ask. A part of `_pytree`, which shows all names."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import _pytree as trees


@dataclass(frozen=True)
class SequenceKey:
    """A place in a list, tuple or deque."""

    idx: int

    def __str__(self) -> str:
        return f"[{self.idx!r}]"

    def get(self, sequence: Any) -> Any:
        """What stands there."""
        return sequence[self.idx]


@dataclass(frozen=True)
class MappingKey:
    """A key of a dict."""

    key: Any

    def __str__(self) -> str:
        return f"[{self.key!r}]"

    def get(self, mapping: Any) -> Any:
        """What it maps to."""
        return mapping[self.key]


@dataclass(frozen=True)
class GetAttrKey:
    """A field of a named tuple."""

    name: str

    def __str__(self) -> str:
        return f".{self.name}"

    def get(self, obj: Any) -> Any:
        """Its value."""
        return getattr(obj, self.name)


KeyPath = tuple[Any, ...]


def keystr(kp: KeyPath) -> str:
    """A path as an expression: "['a'][0]"."""
    return "".join(map(str, kp))


def key_get(obj: Any, kp: KeyPath) -> Any:
    """What a path leads to."""
    for key in kp:
        obj = key.get(obj)
    return obj


def _keys(tree: Any, count: int) -> list[Any]:
    if isinstance(tree, (dict, OrderedDict, defaultdict)):
        return [MappingKey(key) for key in tree]
    if is_namedtuple(tree):
        return [GetAttrKey(name) for name in tree._fields]
    node = trees.SUPPORTED_NODES.get(type(tree))
    if node is not None and node.flatten_with_keys_fn is not None:
        return [key for key, _ in node.flatten_with_keys_fn(tree)[0]]
    if isinstance(tree, (list, tuple, deque)):
        return [SequenceKey(i) for i in range(count)]
    raise ValueError(
        f"Did not find a flatten_with_keys_fn for type: {type(tree)}. Please pass a flatten_with_keys_fn argument to "
        "register_pytree_node."
    )


def _paths(tree: Any, before: KeyPath, is_leaf: Callable[[Any], bool] | None) -> list[tuple[KeyPath, Any]]:
    node = None if is_leaf is not None and is_leaf(tree) else trees._node_of(tree)
    if node is None:
        return [(before, tree)]
    children = node.flatten_fn(tree)[0]
    found: list[tuple[KeyPath, Any]] = []
    for key, child in zip(_keys(tree, len(children)), children, strict=True):
        found += _paths(child, (*before, key), is_leaf)
    return found


def tree_flatten_with_path(tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> tuple[list[tuple[KeyPath, Any]], Any]:
    """([(path, leaf), …], spec)."""
    return _paths(tree, (), is_leaf), trees.tree_structure(tree, is_leaf)


def tree_leaves_with_path(tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> list[tuple[KeyPath, Any]]:
    """[(path, leaf), …]."""
    return _paths(tree, (), is_leaf)


def tree_map_with_path(func: Callable[..., Any], tree: Any, *rests: Any, is_leaf: Callable[[Any], bool] | None = None) -> Any:
    """A tree of `func(path, leaf, *corresponding parts of rests)`."""
    found, spec = tree_flatten_with_path(tree, is_leaf)
    columns = [spec.flatten_up_to(rest) for rest in rests]
    return spec.unflatten([func(path, leaf, *[c[i] for c in columns]) for i, (path, leaf) in enumerate(found)])


def tree_is_leaf(tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> bool:
    """Whether the tree is one leaf."""
    return (is_leaf is not None and is_leaf(tree)) or trees._node_of(tree) is None


def tree_map_only_(kinds: Any, func: Callable[[Any], Any], tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> Any:
    """Call `func` on leaves of these types for its effect; returns `tree`."""
    trees.tree_map_only(kinds, func, tree, is_leaf)
    return tree


def tree_all_only(kinds: Any, pred: Callable[[Any], bool], tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> bool:
    """Whether `pred` holds for every leaf of these types."""
    return all(pred(leaf) for leaf in trees.tree_leaves(tree, is_leaf) if isinstance(leaf, kinds))


def tree_any_only(kinds: Any, pred: Callable[[Any], bool], tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> bool:
    """Whether `pred` holds for some leaf of these types."""
    return any(pred(leaf) for leaf in trees.tree_leaves(tree, is_leaf) if isinstance(leaf, kinds))


# -- predicates --------------------------------------------------------------------------------------------------------------


def is_namedtuple_class(cls: type) -> bool:
    """Whether a class is a named tuple's."""
    return isinstance(cls, type) and issubclass(cls, tuple) and isinstance(getattr(cls, "_fields", None), tuple)


def is_namedtuple(obj: Any) -> bool:
    """Whether it is a named tuple, or a class of them."""
    return is_namedtuple_class(obj if isinstance(obj, type) else type(obj))


def is_namedtuple_instance(obj: Any) -> bool:
    """Whether it is a named tuple."""
    return is_namedtuple_class(type(obj))


def is_structseq_class(cls: type) -> bool:
    """Whether a class is one of C's structure sequences, as `time.struct_time` is."""
    return (
        isinstance(cls, type)
        and cls.__bases__ == (tuple,)
        and all(isinstance(getattr(cls, name, None), int) for name in ("n_fields", "n_sequence_fields", "n_unnamed_fields"))
    )


def is_structseq(obj: Any) -> bool:
    """Whether it is a structure sequence, or a class of them."""
    return is_structseq_class(obj if isinstance(obj, type) else type(obj))


def is_structseq_instance(obj: Any) -> bool:
    """Whether it is a structure sequence."""
    return is_structseq_class(type(obj))


# -- specs as text -----------------------------------------------------------------------------------------------------------

PROTOCOL = 1
_NAMES = {"builtins.tuple": tuple, "builtins.list": list, "builtins.dict": dict, "collections.OrderedDict": OrderedDict,
          "collections.deque": deque}  # fmt: skip
_TEXT = {kind: name for name, kind in _NAMES.items()}


def _as_json(spec: Any) -> Any:
    if spec.is_leaf():
        return {"type": None, "context": None, "children_spec": []}
    name = _TEXT.get(spec.type)
    node = trees.SUPPORTED_NODES.get(spec.type)
    if name is None and node is not None:
        name = node.serialized_type_name
    if name is None:
        raise NotImplementedError(
            f"No registered serialization name for {spec.type} found. Please update your _register_pytree_node call with a "
            "`serialized_type_name` kwarg."
        )
    write = None if node is None else node.to_dumpable_context
    try:
        context = json.dumps(spec.context, cls=trees.EnumEncoder) if write is None else write(spec.context)
    except TypeError as error:
        raise TypeError(
            "Unable to serialize context. Please make the context json dump-able, or register a custom serializer using "
            "_register_pytree_node."
        ) from error
    return {"type": name, "context": context, "children_spec": [_as_json(c) for c in spec.children_specs]}


def _from_json(data: Any) -> Any:
    if data["type"] is None:
        return trees.LeafSpec()
    kind: type | None = _NAMES.get(data["type"])
    if kind is None:
        kind = next((n.type for n in trees.SUPPORTED_NODES.values() if n.serialized_type_name == data["type"]), None)
    if kind is None:
        raise NotImplementedError(f"Cannot find a registered pytree node named {data['type']!r}; register it before loading")
    node = trees.SUPPORTED_NODES[kind]
    read = node.from_dumpable_context
    context = json.loads(data["context"], object_hook=trees.enum_object_hook) if read is None else read(data["context"])
    return trees.TreeSpec(kind, context, [_from_json(child) for child in data["children_spec"]])


def treespec_dumps(treespec: Any, protocol: int | None = None) -> str:
    """A spec as JSON. TypeError for what is none, ValueError for another protocol, NotImplementedError for unnamed classes."""
    if not isinstance(treespec, trees.TreeSpec):
        raise TypeError(
            f"treespec_dumps(treespec, protocol): Expected `treespec` to be instance of TreeSpec but got item of type {type(treespec)}."
        )
    if protocol not in (None, PROTOCOL):
        raise ValueError(f"Unknown protocol {protocol}. Available protocols: [{PROTOCOL}]")
    return json.dumps((PROTOCOL, _as_json(treespec)))


def treespec_loads(serialized: str) -> Any:
    """A spec from JSON. ValueError for another protocol."""
    protocol, data = json.loads(serialized)
    if protocol != PROTOCOL:
        raise ValueError(f"Unknown protocol {protocol}. Available protocols: [{PROTOCOL}]")
    return _from_json(data)


def treespec_pprint(treespec: Any) -> str:
    """The tree of a spec with stars for leaves."""
    return repr(trees.tree_unflatten([_Star()] * treespec.num_leaves, treespec))


class _Star:
    def __repr__(self) -> str:
        return "*"
