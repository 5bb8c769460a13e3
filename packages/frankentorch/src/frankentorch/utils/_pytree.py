"""torch.utils._pytree: containers as trees. tuples, lists, dicts, OrderedDicts, defaultdicts, deques, named tuples, and
registered classes.

Everything else is a leaf. A `TreeSpec` is what remains of a tree without its leaves, and puts leaves back in.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = [
    "ConstantNode",
    "Context",
    "DumpableContext",
    "EnumEncoder",
    "FlattenFn",
    "FromDumpableContextFn",
    "GetAttrKey",
    "KeyEntry",
    "KeyPath",
    "LeafSpec",
    "MappingKey",
    "PyTree",
    "PyTreeSpec",
    "SequenceKey",
    "ToDumpableContextFn",
    "TreeSpec",
    "UnflattenFn",
    "arg_tree_leaves",
    "enum_object_hook",
    "is_constant_class",
    "is_namedtuple",
    "is_namedtuple_class",
    "is_namedtuple_instance",
    "is_structseq",
    "is_structseq_class",
    "is_structseq_instance",
    "key_get",
    "keystr",
    "map_only",
    "pytree_to_str",
    "register_constant",
    "register_dataclass",
    "register_pytree_node",
    "str_to_pytree",
    "structseq",
    "tree_all",
    "tree_all_only",
    "tree_any",
    "tree_any_only",
    "tree_flatten",
    "tree_flatten_with_path",
    "tree_is_leaf",
    "tree_iter",
    "tree_leaves",
    "tree_leaves_with_path",
    "tree_map",
    "tree_map_",
    "tree_map_only",
    "tree_map_only_",
    "tree_map_with_path",
    "tree_structure",
    "tree_unflatten",
    "treespec_dict",
    "treespec_dumps",
    "treespec_leaf",
    "treespec_loads",
    "treespec_pprint",
    "treespec_tuple",
]

Context = Any
PyTree = Any


class NodeDef(NamedTuple):
    """How a class is taken apart (`flatten(value) -> (children, context)`) and put together."""

    type: type
    flatten_fn: Callable[[Any], tuple[list[Any], Any]]
    unflatten_fn: Callable[[Iterable[Any], Any], Any]
    flatten_with_keys_fn: Callable[[Any], tuple[list[tuple[Any, Any]], Any]] | None = None
    serialized_type_name: str | None = None
    to_dumpable_context: Callable[[Any], Any] | None = None
    from_dumpable_context: Callable[[Any], Any] | None = None


SUPPORTED_NODES: dict[type, NodeDef] = {}


def register_pytree_node(
    cls: type,
    flatten_fn: Callable[[Any], tuple[list[Any], Any]],
    unflatten_fn: Callable[[Iterable[Any], Any], Any],
    *,
    serialized_type_name: str | None = None,
    to_dumpable_context: Callable[[Any], Any] | None = None,
    from_dumpable_context: Callable[[Any], Any] | None = None,
    flatten_with_keys_fn: Callable[[Any], tuple[list[tuple[Any, Any]], Any]] | None = None,
) -> None:
    """Let instances of `cls` be nodes. ValueError if it is one already, or where only one way of the context to text is given."""
    if cls in SUPPORTED_NODES:
        raise ValueError(f"{cls} is already registered as pytree node.")
    if (to_dumpable_context is None) != (from_dumpable_context is None):
        raise ValueError(f"Both to_dumpable_context and from_dumpable_context for {cls} must be None or registered.")
    text = (serialized_type_name, to_dumpable_context, from_dumpable_context)
    SUPPORTED_NODES[cls] = NodeDef(cls, flatten_fn, unflatten_fn, flatten_with_keys_fn, *text)


def _is_namedtuple(value: Any) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


_DICTS = (dict, OrderedDict, defaultdict)  # a tree of one kind may be matched with one of another


class _NamedTuple(tuple):
    """Stands for all named tuple classes in the table."""


def _node_of(value: Any) -> NodeDef | None:
    found = SUPPORTED_NODES.get(type(value))
    return SUPPORTED_NODES[_NamedTuple] if found is None and _is_namedtuple(value) else found


register_pytree_node(tuple, lambda v: (list(v), None), lambda c, _: tuple(c))
register_pytree_node(list, lambda v: (list(v), None), lambda c, _: list(c))
register_pytree_node(dict, lambda v: (list(v.values()), list(v)), lambda c, keys: dict(zip(keys, c, strict=True)))
register_pytree_node(OrderedDict, lambda v: (list(v.values()), list(v)), lambda c, keys: OrderedDict(zip(keys, c, strict=True)))
register_pytree_node(
    defaultdict,
    lambda v: (list(v.values()), [v.default_factory, list(v)]),
    lambda c, context: defaultdict(context[0], zip(context[1], c, strict=True)),
)
register_pytree_node(deque, lambda v: (list(v), v.maxlen), lambda c, length: deque(c, maxlen=length))
register_pytree_node(_NamedTuple, lambda v: (list(v), type(v)), lambda c, kind: kind(*c))


@dataclass(init=True, frozen=True, eq=True, repr=False)
class TreeSpec:
    """A tree without its leaves."""

    type: Any
    context: Context
    children_specs: list[TreeSpec]
    num_leaves: int = field(init=False)
    num_nodes: int = field(init=False)
    num_children: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "num_nodes", 1 + sum(c.num_nodes for c in self.children_specs))
        object.__setattr__(self, "num_leaves", sum(c.num_leaves for c in self.children_specs) if self.type is not None else 1)
        object.__setattr__(self, "num_children", len(self.children_specs))

    def is_leaf(self) -> bool:
        """Whether this is a single leaf."""
        return self.type is None

    def unflatten(self, leaves: Iterable[Any]) -> PyTree:
        """The tree with these leaves. ValueError unless there are `num_leaves`."""
        leaves = list(leaves)
        if len(leaves) != self.num_leaves:
            raise ValueError(
                f"treespec.unflatten(leaves): `leaves` has length {len(leaves)} but the spec refers to a pytree that holds "
                f"{self.num_leaves} items ({self})."
            )
        if self.is_leaf():
            return leaves[0]
        made, start = [], 0
        for child in self.children_specs:
            made.append(child.unflatten(leaves[start : start + child.num_leaves]))
            start += child.num_leaves
        kind = _NamedTuple if self.type not in SUPPORTED_NODES else self.type
        return SUPPORTED_NODES[kind].unflatten_fn(made, self.context)

    def flatten_up_to(self, tree: PyTree) -> list[Any]:
        """The subtrees of `tree` that stand where this spec has leaves. ValueError where the structures differ."""
        if self.is_leaf():
            return [tree]
        node = _node_of(tree)
        if self.type in _DICTS and type(tree) in _DICTS:
            children: list[Any] = self._values_in_order(tree)
        else:
            if node is None or type(tree) is not self.type:
                raise ValueError(f"Node type mismatch; expected {self.type!r}, but got {type(tree)!r}.")
            children, context = node.flatten_fn(tree)
            if len(children) != self.num_children:
                raise ValueError(f"Node arity mismatch; expected {self.num_children}, but got {len(children)}.")
            if context != self.context and self.type is not deque:  # deques of other lengths go together
                raise ValueError(f"Node context mismatch for custom node type {self.type!r}.")
        return [item for spec, child in zip(self.children_specs, children, strict=True) for item in spec.flatten_up_to(child)]

    def _values_in_order(self, tree: dict[Any, Any]) -> list[Any]:
        """A dictionary's values in the order of this spec's keys. ValueError unless it has the same keys."""
        keys = self.context[1] if self.type is defaultdict else self.context
        missing, extra = set(keys) - set(tree), set(tree) - set(keys)
        if missing or extra:
            said = [f"missing key(s): {missing}"] * bool(missing) + [f"extra key(s): {extra}"] * bool(extra)
            raise ValueError(f"Node keys mismatch; {'; '.join(said)}.")
        return [tree[key] for key in keys]

    def children(self) -> list[TreeSpec]:
        """The specs of the node's children."""
        return list(self.children_specs)

    def child(self, index: int) -> TreeSpec:
        """The spec of one child. IndexError where there is none."""
        return self.children_specs[index]

    def __repr__(self, indent: int = 0) -> str:
        if self.is_leaf():
            return "*"
        named = self.type not in SUPPORTED_NODES
        inner = ""
        if self.num_children:
            indent += 2
            inner = self.children_specs[0].__repr__(indent)
            inner += "".join(f",\n{' ' * indent}{child.__repr__(indent)}" for child in self.children_specs[1:])
        return f"TreeSpec({'namedtuple' if named else self.type.__name__}, {self.context}, [{inner}])"


class LeafSpec(TreeSpec):
    """The spec of a leaf."""

    def __init__(self) -> None:
        super().__init__(None, None, [])

    def __repr__(self, indent: int = 0) -> str:
        return "*"


_LEAF = LeafSpec()


def tree_flatten(tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> tuple[list[Any], TreeSpec]:
    """(leaves in order, spec)."""
    node = None if is_leaf is not None and is_leaf(tree) else _node_of(tree)
    if node is None:
        return [tree], _LEAF
    children, context = node.flatten_fn(tree)
    leaves: list[Any] = []
    specs = []
    for child in children:
        found, spec = tree_flatten(child, is_leaf)
        leaves += found
        specs.append(spec)
    return leaves, TreeSpec(type(tree), context, specs)


def tree_unflatten(leaves: Iterable[Any], treespec: TreeSpec) -> PyTree:
    """The tree of `treespec` with these leaves. TypeError unless given a TreeSpec."""
    if not isinstance(treespec, TreeSpec):
        raise TypeError(
            "tree_unflatten(leaves, treespec): Expected `treespec` to be instance of TreeSpec but got item of type "
            f"{type(treespec)}."
        )
    return treespec.unflatten(leaves)


def tree_leaves(tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> list[Any]:
    """The leaves in order."""
    return tree_flatten(tree, is_leaf)[0]


def tree_iter(tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> Iterable[Any]:
    """The leaves in order, one by one."""
    yield from tree_leaves(tree, is_leaf)


def tree_structure(tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> TreeSpec:
    """The spec."""
    return tree_flatten(tree, is_leaf)[1]


def tree_map(func: Callable[..., Any], tree: PyTree, *rests: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> PyTree:
    """A tree of `func(leaf, *corresponding parts of rests)`."""
    leaves, spec = tree_flatten(tree, is_leaf)
    columns = [leaves, *(spec.flatten_up_to(rest) for rest in rests)]
    return spec.unflatten(func(*row) for row in zip(*columns, strict=True))


def tree_map_(func: Callable[..., Any], tree: PyTree, *rests: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> PyTree:
    """Call `func` on every leaf for its effect; returns `tree`."""
    tree_map(func, tree, *rests, is_leaf=is_leaf)
    return tree


def _broadcast_to_and_flatten(tree: PyTree, treespec: TreeSpec, is_leaf: Callable[[Any], bool] | None = None) -> list[Any] | None:
    """The leaves of `tree`, each repeated for everything that stands in its place in `treespec`; None where the structures part."""
    node = None if is_leaf is not None and is_leaf(tree) else _node_of(tree)
    if node is None:
        return [tree] * treespec.num_leaves
    if treespec.is_leaf() or type(tree) is not treespec.type:
        return None
    children, context = node.flatten_fn(tree)
    if len(children) != treespec.num_children or context != treespec.context:
        return None
    made: list[Any] = []
    for child, spec in zip(children, treespec.children_specs, strict=True):
        found = _broadcast_to_and_flatten(child, spec, is_leaf)
        if found is None:
            return None
        made += found
    return made


def _accepts(kinds: Any) -> Callable[[Any], bool]:
    return kinds if callable(kinds) and not isinstance(kinds, type) else lambda value: isinstance(value, kinds)


def tree_map_only(kinds: Any, func: Callable[[Any], Any], tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> PyTree:
    """`tree_map` over leaves of these types (or for which the predicate holds); other leaves stay."""
    wanted = _accepts(kinds)
    return tree_map(lambda leaf: func(leaf) if wanted(leaf) else leaf, tree, is_leaf=is_leaf)


def tree_all(pred: Callable[[Any], bool], tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> bool:
    """Whether `pred` holds for every leaf."""
    return all(map(pred, tree_leaves(tree, is_leaf)))


def tree_any(pred: Callable[[Any], bool], tree: PyTree, is_leaf: Callable[[Any], bool] | None = None) -> bool:
    """Whether `pred` holds for some leaf."""
    return any(map(pred, tree_leaves(tree, is_leaf)))


PyTreeSpec = TreeSpec

from ._pytree_classes import (  # noqa: E402  # written with what stands above
    ConstantNode,
    DumpableContext,
    EnumEncoder,
    FlattenFn,
    FromDumpableContextFn,
    KeyEntry,
    ToDumpableContextFn,
    UnflattenFn,
    arg_tree_leaves,
    enum_object_hook,
    is_constant_class,
    map_only,
    pytree_to_str,
    register_constant,
    register_dataclass,
    str_to_pytree,
    structseq,
    treespec_dict,
    treespec_leaf,
    treespec_tuple,
)
from ._pytree_paths import (  # noqa: E402
    GetAttrKey,
    KeyPath,
    MappingKey,
    SequenceKey,
    is_namedtuple,
    is_namedtuple_class,
    is_namedtuple_instance,
    is_structseq,
    is_structseq_class,
    is_structseq_instance,
    key_get,
    keystr,
    tree_all_only,
    tree_any_only,
    tree_flatten_with_path,
    tree_is_leaf,
    tree_leaves_with_path,
    tree_map_only_,
    tree_map_with_path,
    treespec_dumps,
    treespec_loads,
    treespec_pprint,
)
