"""What the graph's nodes tell of themselves beyond their edges: the tensors they take cotangents for, and a call by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ft_core import Tensor, device, dtype
from ft_core.keys import DEVICE_OF, DEVICES, DTYPE_OF, DTYPES


class InputMetadata:
    """Shape, dtype and device of one cotangent that a node takes: those of the output that it made. `node._input_metadata[i]`."""

    is_nested_tensor = False
    is_cpp_nested_tensor = False

    def __init__(self, shape: Any, kind: dtype | None, where: device | None) -> None:
        self.shape = list(shape)
        self.dtype = kind
        self.device = where


def input_metadata(node: Any) -> tuple[InputMetadata, ...]:
    """One for every output of the op that the node is of."""
    facts = getattr(node, "facts", None) if "facts" in type(node).__dict__ or hasattr(type(node), "forward_class") else None
    if facts is not None:
        return tuple([InputMetadata(*fact) for fact in facts if fact is not None])
    shapes = [node.shape] if node.n_outputs == 1 else [node.shape[i] for i in _with_gradient(node) if node.shape[i] is not None]
    k = node.k if node.k & DTYPES else _key_behind(node)
    kind, where = DTYPE_OF.get(k & DTYPES), DEVICE_OF.get(k & DEVICES)
    return tuple([InputMetadata(shape, kind, where) for shape in shapes])


def _with_gradient(node: Any) -> Iterable[int]:
    """Which outputs a node takes cotangents for: not the indices of a maximum."""
    from ft_dispatch.registry import OPS  # noqa: PLC0415  # the whole op table

    from .record import grad_outputs  # noqa: PLC0415  # it imports the nodes

    wanted = grad_outputs(OPS[node.op_name]) if node.op_name in OPS else None
    return range(len(node.shape)) if wanted is None else sorted(wanted)


def _key_behind(node: Any) -> int:
    """The key of the first tensor that a node with several outputs was made from: its outputs with a gradient have its dtype."""
    for edge in node.next:
        first = edge[0] if isinstance(edge, tuple) else edge
        if isinstance(first, Tensor):
            return first._k
        if first is not None and first.k & DTYPES:
            return int(first.k)
    return 0


def call_by_hand(node: Any, grads: tuple[Any, ...]) -> Any:
    """`node(*grads)`: its hooks and its rule, outside of a backward. TypeError for another number of cotangents, or one that is no tensor."""
    many = node.n_outputs != 1
    expected = len(node.shape) if many else 1
    if len(grads) != expected:
        raise TypeError(f"expected {expected} arguments, got {len(grads)} instead")
    for i, g in enumerate(grads):
        if g is not None and not isinstance(g, Tensor):
            raise TypeError(f"argument {i} is not a Variable")
    hooks = getattr(node, "extra", {})
    for hook in list(hooks.get("pre", {}).values()):
        grads = hook(grads) or grads
    found = node.apply(list(grads) if many else grads[0])
    for hook in list(hooks.get("post", {}).values()):
        found = hook(found, grads) or found
    flat = tuple([g for held in found for g in (held if isinstance(held, (tuple, list)) else (held,))])
    return flat[0] if len(flat) == 1 else flat
