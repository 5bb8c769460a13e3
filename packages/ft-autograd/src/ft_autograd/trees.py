"""Trees of lists, tuples and dicts as users of functional array libraries know them: leaves have names, "layers.0.weight".

Signatures and results are those of mlx.utils; torch's own trees, with specs, are in torch.utils._pytree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

IsLeaf = Callable[[Any], bool] | None


def _children(tree: Any, is_leaf: IsLeaf) -> list[tuple[Any, Any]] | None:
    if is_leaf is not None and is_leaf(tree):
        return None
    if isinstance(tree, (list, tuple)):
        return list(enumerate(tree))
    return list(tree.items()) if isinstance(tree, dict) else None


def _like(tree: Any, children: list[Any]) -> Any:
    if isinstance(tree, dict):
        return dict(zip(tree, children, strict=True))
    if hasattr(tree, "_fields"):
        return type(tree)(*children)
    return type(tree)(children)


def _inside(rest: Any, key: Any, path: str) -> Any:
    try:
        return rest[key]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"tree_map: the trees differ: one has {path}.{key}, another is {type(rest).__name__} there") from error


def tree_map(fn: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None) -> Any:
    """A tree of `fn(leaf, *the same place in rest)`. ValueError where a tree of `rest` lacks a place."""
    return tree_map_with_path(lambda path, *leaves: fn(*leaves), tree, *rest, is_leaf=is_leaf)


def tree_map_with_path(fn: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None, path: str = "") -> Any:
    """A tree of `fn(path, leaf, *the same place in rest)`, paths as `tree_flatten` has them, after `path`."""
    children = _children(tree, is_leaf)
    if children is None:
        return fn(path, tree, *rest)
    made = []
    for key, child in children:
        further = f"{path}.{key}" if path else str(key)
        inside = [_inside(r, key, path or "it") for r in rest]
        made.append(tree_map_with_path(fn, child, *inside, is_leaf=is_leaf, path=further))
    return _like(tree, made)


def tree_flatten(tree: Any, prefix: str = "", is_leaf: IsLeaf = None) -> list[tuple[str, Any]]:
    """[("layers.0.weight", leaf), …] in order; a tree that is a leaf has the name "". `prefix` stands before every name."""
    return list(_named(tree, prefix, is_leaf))


def _named(tree: Any, path: str, is_leaf: IsLeaf) -> Iterator[tuple[str, Any]]:
    children = _children(tree, is_leaf)
    if children is None:
        yield path, tree
        return
    for key, child in children:
        yield from _named(child, f"{path}.{key}" if path else str(key), is_leaf)


def tree_unflatten(tree: list[tuple[str, Any]] | dict[str, Any]) -> Any:
    """The tree of `tree_flatten`'s pairs, or of a dict of names: dicts, and lists where all names are numbers. Tuples come back as lists,
    and places that no name has in a list as empty dicts. ValueError where a name is a leaf's and a branch's.
    """
    pairs = list(tree.items()) if isinstance(tree, dict) else list(tree)
    if len(pairs) == 1 and pairs[0][0] == "":
        return pairs[0][1]
    groups: dict[str, list[tuple[str, Any]]] = {}
    for name, leaf in pairs:
        head, _, rest = name.partition(".")
        groups.setdefault(head, []).append((rest, leaf))
    for head, inner in groups.items():
        if len(inner) > 1 and any(rest == "" for rest, _ in inner):
            raise ValueError(f"tree_unflatten: {head!r} is the name of a leaf and of a branch, or stands there twice")
    if all(head.isdecimal() for head in groups):
        size = max((int(head) for head in groups), default=-1) + 1
        return [tree_unflatten(groups[str(i)]) if str(i) in groups else {} for i in range(size)]
    return {head: tree_unflatten(inner) for head, inner in groups.items()}


def tree_reduce(fn: Callable[[Any, Any], Any], tree: Any, initializer: Any = None, is_leaf: IsLeaf = None) -> Any:
    """`fn(so far, leaf)` over all leaves in order, from `initializer`, or from the first leaf where that is None."""
    value = initializer
    for _, leaf in _named(tree, "", is_leaf):
        value = leaf if value is None else fn(value, leaf)
    return value
