"""Classes as nodes and constants of trees, specs built by hand, small helpers of torch.utils._pytree. A part of `_pytree`."""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, NoReturn, Protocol

from . import _pytree as trees

FlattenFn = Callable[[Any], tuple[list[Any], Any]]
UnflattenFn = Callable[[Iterable[Any], Any], Any]
DumpableContext = Any
ToDumpableContextFn = Callable[[Any], DumpableContext]
FromDumpableContextFn = Callable[[DumpableContext], Any]


class KeyEntry(Protocol):
    """A step of a path: hashable, shown as in an expression, and able to fetch what it leads to."""

    def __hash__(self) -> int: ...

    def __eq__(self, other: object) -> bool: ...

    def __str__(self) -> str: ...

    def get(self, parent: Any) -> Any:
        """What stands at this place of `parent`."""


# -- classes -----------------------------------------------------------------------------------------------------------------


def register_dataclass(
    cls: type,
    *,
    field_names: list[str] | None = None,
    drop_field_names: list[str] | None = None,
    serialized_type_name: str | None = None,
) -> None:
    """Let instances of a dataclass, or of a class that is made from its fields, be nodes whose children are its fields.

    field_names: those that are data (default: all that `__init__` takes); drop_field_names: those that are left out. A field that is
    None is no leaf. ValueError where the names are not the class's fields, or `cls` is no dataclass and none are given.
    """
    names = _fields_of(cls, field_names, set(drop_field_names or ()))

    def flatten(obj: Any) -> tuple[list[Any], Any]:
        present = [name for name in names if getattr(obj, name) is not None]
        return [getattr(obj, name) for name in present], [present, [name for name in names if name not in present]]

    def flatten_with_keys(obj: Any) -> tuple[list[tuple[Any, Any]], Any]:
        values, context = flatten(obj)
        return [(trees.GetAttrKey(name), value) for name, value in zip(context[0], values, strict=True)], context

    def unflatten(values: Iterable[Any], context: Any) -> Any:
        present, absent = context
        return cls(**dict(zip(present, values, strict=True)), **dict.fromkeys(absent))

    _enter(cls, flatten, unflatten, serialized_type_name=serialized_type_name, flatten_with_keys_fn=flatten_with_keys)


def _enter(cls: type, *how: Any, **further: Any) -> None:
    """`register_pytree_node` that replaces, with a warning, as torch does for classes whose flattening follows from themselves."""
    if trees.SUPPORTED_NODES.pop(cls, None) is not None:
        warnings.warn(f"{cls} is already registered as pytree node. Overwriting the previous registration.", stacklevel=3)
    trees.register_pytree_node(cls, *how, **further)


def _fields_of(cls: type, given: list[str] | None, dropped: set[str]) -> list[str]:
    if not dataclasses.is_dataclass(cls):
        if given is None:
            raise ValueError(
                f"field_names must be specified with a list of all fields used to initialize {cls}, as it is not a dataclass."
            )
        return given
    own = [f.name for f in dataclasses.fields(cls) if f.init]
    if given is None:
        return own
    missing, unexpected = set(own) - dropped - set(given), set(given) - (set(own) - dropped)
    if missing or unexpected:
        said = "field_names does not include all dataclass fields.\n"
        if missing:
            said += (
                f"Missing fields in `field_names`: {missing}. If you want to include these fields in the pytree, please add them to "
                "`field_names`, otherwise please add them to `drop_field_names`.\n"
            )
        if unexpected:
            said += f"Unexpected fields in `field_names`: {unexpected}. Please remove these fields, or add them to `drop_field_names`.\n"
        raise ValueError(said)
    return given


@dataclasses.dataclass(frozen=True, slots=True)
class ConstantNode:
    """The context of an object that is a node without leaves: the object."""

    value: Any


_CONSTANTS: set[type] = set()


def register_constant(cls: type) -> None:
    """Let instances of `cls` be nodes without leaves, part of the structure. TypeError unless it has its own `__eq__` and `__hash__`."""
    if cls.__eq__ is object.__eq__:  # type: ignore[comparison-overlap]  # of a class it is the function
        raise TypeError("register_constant(cls) expects `cls` to have a non-default `__eq__` implementation.")
    if cls.__hash__ is None:  # what Python gives a class that has its own __eq__ only
        raise TypeError("register_constant(cls) expects `cls` to have a non-default `__hash__` implementation.")
    _enter(
        cls,
        lambda value: ([], ConstantNode(value)),
        lambda _, context: context.value,
        flatten_with_keys_fn=lambda value: ([], ConstantNode(value)),
    )
    _CONSTANTS.add(cls)


def is_constant_class(cls: Any) -> bool:
    """Whether `register_constant` was told of a class."""
    return isinstance(cls, type) and cls in _CONSTANTS


class structseq(tuple):
    """What annotations call C's structure sequences, `time.struct_time` for one. It can be neither made nor inherited from."""

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("type 'structseq' is not an acceptable base type")

    def __new__(cls, sequence: Iterable[Any], dict: dict[str, Any] | None = None) -> structseq:
        raise NotImplementedError("structseq: a name for annotations; make one of C's classes, such as time.struct_time")


# -- specs made by hand ------------------------------------------------------------------------------------------------------


def treespec_leaf() -> trees.LeafSpec:
    """The spec of a leaf."""
    return trees.LeafSpec()


def treespec_tuple(iterable: Iterable[trees.TreeSpec] = (), /) -> trees.TreeSpec:
    """The spec of a tuple, from those of its items. ValueError for an item that is none."""
    children = list(iterable)
    if any(not isinstance(child, trees.TreeSpec) for child in children):
        raise ValueError(f"Expected a tuple of TreeSpec values, got: {children!r}.")
    return trees.TreeSpec(tuple, None, children)


def treespec_dict(mapping: Mapping[Any, Any] | Iterable[tuple[Any, Any]] = (), /, **kwargs: trees.TreeSpec) -> trees.TreeSpec:
    """The spec of a dict, from those of its values. ValueError for a value that is none."""
    held = dict(mapping, **kwargs)
    if any(not isinstance(child, trees.TreeSpec) for child in held.values()):
        raise ValueError(f"Expected a dictionary of TreeSpec values, got: {held!r}.")
    return trees.TreeSpec(dict, list(held), list(held.values()))


# -- helpers -----------------------------------------------------------------------------------------------------------------


def map_only(type_or_types_or_pred: Any, /) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Decorator: the function applies to values of these types (or for which the predicate holds), others come back as they are.

    TypeError for what is no type, tuple of types, union or callable.
    """
    if not isinstance(type_or_types_or_pred, (tuple, types.UnionType)) and not callable(type_or_types_or_pred):
        raise TypeError("Argument must be a type, a tuple of types, or a callable.")
    wanted = trees._accepts(type_or_types_or_pred)

    def decorate(func: Callable[[Any], Any]) -> Callable[[Any], Any]:
        @functools.wraps(func)
        def only(value: Any) -> Any:
            return func(value) if wanted(value) else value

        return only

    return decorate


def arg_tree_leaves(*args: Any, **kwargs: Any) -> list[Any]:
    """The leaves of all arguments in order."""
    return [leaf for value in (*args, *kwargs.values()) for leaf in trees.tree_leaves(value)]


class EnumEncoder(json.JSONEncoder):
    """Writes members of enumerations as objects that `enum_object_hook` reads back."""

    def default(self, o: Any) -> Any:
        """An enumeration's module, class and member. TypeError for anything else JSON has no form for."""
        if isinstance(o, Enum):
            return {"__enum__": True, "fqn": f"{type(o).__module__}:{type(o).__qualname__}", "name": o.name}
        return super().default(o)


def enum_object_hook(obj: dict[str, Any]) -> Any:
    """For `json.loads(object_hook=)`: the member that `EnumEncoder` wrote; other objects as they are.

    Nothing is imported for a text's sake: TypeError unless its module is loaded and the class is an enumeration.
    """
    if "__enum__" not in obj:
        return obj
    module, _, path = obj["fqn"].partition(":")
    found: Any = sys.modules.get(module)
    for name in path.split("."):
        found = getattr(found, name, None)
    if not (isinstance(found, type) and issubclass(found, Enum)):
        raise TypeError(f"enum_object_hook: expected an Enum class of a module that is loaded, got {obj['fqn']!r}; import it first")
    return found[obj["name"]]


def pytree_to_str(treespec: trees.TreeSpec) -> str:
    """`treespec_dumps` by its old name."""
    warnings.warn("`pytree_to_str` is deprecated. Please use `treespec_dumps` instead.", FutureWarning, stacklevel=2)
    return trees.treespec_dumps(treespec)


def str_to_pytree(json: str) -> trees.TreeSpec:
    """`treespec_loads` by its old name."""
    warnings.warn("`str_to_pytree` is deprecated. Please use `treespec_loads` instead.", FutureWarning, stacklevel=2)
    return trees.treespec_loads(json)
