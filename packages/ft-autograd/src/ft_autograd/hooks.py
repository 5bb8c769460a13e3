"""Hooks on tensors, and the AccumulateGrad façade of leaves.

A hook of a tensor that some node made lives on that node, a leaf's on the leaf, so that hooks that refer to their leaf go with it. Leaves that
have any are in the engine's table by identity: a backward of leaves without hooks asks none of them.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from typing import Any

from ft_core import Tensor
from ft_core.handle import RemovableHandle
from ft_core.keys import GRAD, VIEW

from .engine import LEAF_HOOKS
from .input_metadata import InputMetadata
from .node import HOOKED, Node, add_hook, extra_of
from .views import refresh_view


def leaf_hooks(t: Tensor) -> dict[str, Any]:
    """The hook table of a leaf, made on first use."""
    if id(t) not in LEAF_HOOKS:
        t._hooks = {}
        LEAF_HOOKS.add(id(t))
        weakref.finalize(t, LEAF_HOOKS.discard, id(t))
    return t._hooks  # type: ignore[no-any-return]


def _on_leaf(t: Tensor, kind: str, hook: Any) -> RemovableHandle:
    hooks = leaf_hooks(t).setdefault(kind, OrderedDict())
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


def _current(t: Tensor) -> None:
    if t._k & VIEW:
        refresh_view(t)


def register_hook(t: Tensor, hook: Any) -> RemovableHandle:
    """Call `hook(grad)` when the gradient of `t` is known; RuntimeError if `t` does not require grad."""
    _current(t)
    if not t._k & GRAD:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    if t._node is None:
        return _on_leaf(t, "tensor", hook)
    return add_hook(t._node.public(), ("tensor", getattr(t._node, "index", 0)), hook)  # type: ignore[arg-type]


def hooks_of(t: Tensor) -> list[Any]:
    """The hooks that `register_hook` put on a tensor, in order."""
    node = t._node
    if node is None:
        return list(t._hooks.get("tensor", {}).values()) if id(t) in LEAF_HOOKS else []
    node = node.public()
    return list(node.extra.get(("tensor", getattr(t._node, "index", 0)), {}).values()) if node.k & HOOKED else []


def register_post_accumulate_grad_hook(t: Tensor, hook: Any) -> RemovableHandle:
    """Call `hook(param)` after a leaf's `.grad` was accumulated."""
    _current(t)
    if not t._k & GRAD:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    if t._node is not None:
        raise RuntimeError("post accumulate grad hooks cannot be registered on non-leaf tensors")
    return _on_leaf(t, "post", hook)


def retain_grad(t: Tensor) -> None:
    """Keep `.grad` of a non-leaf."""
    _current(t)
    if not t._k & GRAD:
        raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
    if t._node is None:
        return
    node, index = t._node.public(), getattr(t._node, "index", 0)
    extra_of(node)[("retain", index)] = weakref.ref(t)
    t._extra = {**(getattr(t, "_extra", None) or {}), "retains_grad": True}


class AccumulateGrad(Node):
    """The node of a leaf, as `grad_fn.next_functions` shows it. Made on demand, the same one as long as somebody holds it."""

    __slots__ = ("variable",)

    traits = 0
    k = 0
    variable: Tensor

    def __new__(cls, variable: Tensor) -> AccumulateGrad:
        extra: dict[str, Any] = getattr(variable, "_extra", None) or {}
        held = extra.get("accumulate")
        made: Any = None if held is None else held()
        if made is None:
            made = object.__new__(cls)
            made.variable = variable
            variable._extra = {**extra, "accumulate": weakref.ref(made)}  # type: ignore[misc, attr-defined]  # a slot of Tensor's
        return made  # type: ignore[no-any-return]

    def __init__(self, variable: Tensor) -> None:
        """All of it was done in `__new__`: the leaf may have had its node."""

    @property
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """None: the graph ends here."""
        return ()

    @property
    def metadata(self) -> dict[str, Any]:
        """A dictionary for whatever the user wants to keep with the leaf."""
        extra: Any = self.variable._extra  # type: ignore[misc, attr-defined]  # a slot of Tensor's
        return extra.setdefault("metadata", {})  # type: ignore[no-any-return]

    @property
    def _input_metadata(self) -> Any:
        t = self.variable
        return (InputMetadata(t.shape, t.grad_dtype, t.device),)  # type: ignore[attr-defined]  # installed on Tensor

    def _sequence_nr(self) -> int:
        """torch gives leaves the highest number: they are served as soon as they can be."""
        return 2**64 - 1

    def name(self) -> str:
        """torch's name of the node."""
        return "torch::autograd::AccumulateGrad"

    def register_hook(self, hook: Any) -> RemovableHandle:
        """Call `hook(grad_inputs, grad_outputs)` after accumulation."""
        return _on_leaf(self.variable, "node_post", hook)

    def register_prehook(self, hook: Any) -> RemovableHandle:
        """Call `hook(grad_outputs)` before accumulation."""
        return _on_leaf(self.variable, "pre", hook)

    def __call__(self, *grads: Any) -> Any:
        from .arrival import accumulate_into  # noqa: PLC0415

        accumulate_into(self.variable, grads[0], False, True)
        return ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AccumulateGrad) and other.variable is self.variable

    def __hash__(self) -> int:
        return id(self.variable)

    def __repr__(self) -> str:
        return f"<AccumulateGrad object at {hex(id(self.variable))}>"
