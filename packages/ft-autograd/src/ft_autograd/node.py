"""Nodes of the backward graph: one slotted class per op, generated from its rules (`codegen`), all small enough to read here.

A node holds the edges to where its inputs came from, what its rule saved, and the shape and key of its output. Edges are the producing
node, `Out` for one of several outputs, the leaf tensor itself, or None. No node refers to a tensor that refers to it: a recorded graph has no
reference cycle and dies with the last tensor that needs it.
"""

from __future__ import annotations

import itertools
from collections import OrderedDict
from typing import Any

from ft_core import Tensor, upcalls
from ft_core.handle import RemovableHandle
from ft_core.keys import BELOW, DTYPE_OF, DTYPES, GRAD, IRREG, LEVEL, NOGRAD, VIEW
from ft_core.tensor import alias_of, new

SEQ = itertools.count()  # numbers nodes as they are recorded: next(SEQ), which takes half the time of a bound __next__
FIRST = (0,)  # the version of a tensor without a version cell
# in Node.k, where a tensor's key has no modes and CPython's ints have one digit:
HOOKED = NOGRAD  # the node has hooks, or a tensor it made retains its gradient
FOREIGN = BELOW  # a user's Python code runs in `apply`

# what `Node.traits` says of a class:
FRESH = 1  # apply returns new tensors (or its argument): what arrives at a leaf may become its .grad without a copy
SAVES = 2  # `release` has something to forget
EXACT = 4  # a gradient has the shape of its argument: nothing was broadcast
SINGLE = 8  # one edge, which is no list's


class _RawSaved:
    """`node._raw_saved_<name>`: what is saved, before it is unpacked."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, node: Any, owner: type) -> Any:
        from .saved import raw_saved  # noqa: PLC0415  # few look at what is saved

        return self if node is None else raw_saved(node, self.name)


class _Sizes:
    """`node._saved_<name>_sym_sizes`: the sizes of an argument that is not kept itself."""

    __slots__ = ("slot",)

    def __init__(self, slot: str) -> None:
        self.slot = slot

    def __call__(self, node: Any) -> tuple[int, ...]:
        return tuple(getattr(node, self.slot))


class Node:
    """One recorded op. `next` are edges in the order of the op's differentiable arguments; `seq` orders execution (later first)."""

    __slots__ = ("__weakref__", "extra", "k", "next", "seq", "shape")

    op_name = ""
    n_outputs = 1
    traits = 3  # FRESH | SAVES
    _plain: int | None = None  # the traits of a class right below this one; what else an edge may lead to has None under this name
    next: tuple[Any, ...]
    seq: int
    shape: Any
    k: int
    extra: dict[Any, Any]  # unset until HOOKED

    def __init_subclass__(cls) -> None:
        cls._plain = cls.traits if cls.__base__ is Node else None
        for slot in [slot for slot in getattr(cls, "__slots__", ()) if slot.startswith("p_") and slot.endswith("_shape")]:
            setattr(cls, f"_saved_{slot[2:-6]}_sym_sizes", property(_Sizes(slot)))
        for name in [name for name in cls.__dict__ if name.startswith("_saved_")]:
            setattr(cls, "_raw" + name, _RawSaved(name[len("_saved_") :]))  # no __getattr__: that would slow every look at a node

    def apply(self, g: Any) -> tuple[Any, ...]:
        """Gradients for `next` from the cotangent of the output (a list where there are several outputs)."""
        raise RuntimeError(f"{self.name()}: this node has no backward; it was made by nothing that records")

    def release(self) -> None:
        """Forget what was saved, so memory goes as backward passes."""

    def public(self) -> Node:
        """What `grad_fn` shows."""
        return self

    def name(self) -> str:
        """The class name, as torch's `grad_fn.name()`."""
        return type(self).__name__

    @property
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """(node, output index) for every differentiable input, those of a list one by one; leaves appear as AccumulateGrad."""
        found: list[tuple[Any, int]] = []
        for edge in [e for held in self.next for e in (held if isinstance(held, tuple) else (held,))]:
            if isinstance(edge, Tensor):
                found.append((upcalls.accumulate_node(edge), 0))
            elif isinstance(edge, Out):
                found.append((edge.node, edge.index))
            else:
                found.append((None if edge is None else edge.public(), 0))
        return tuple(found)

    @property
    def metadata(self) -> dict[str, Any]:
        """A dictionary for whatever the user wants to keep with the node."""
        return extra_of(self).setdefault("metadata", {})

    @property
    def _input_metadata(self) -> tuple[Any, ...]:
        """Shape, dtype and device of every cotangent that it takes."""
        from .input_metadata import input_metadata  # noqa: PLC0415  # few ask

        return input_metadata(self)

    @property
    def requires_grad(self) -> bool:
        """True: what requires no gradient has no node."""
        return True

    def __call__(self, *grads: Any) -> Any:
        """The gradients for these cotangents, by hooks and rule, outside of a backward; one alone comes as it is."""
        from .input_metadata import call_by_hand  # noqa: PLC0415  # for debugging

        return call_by_hand(self, grads)

    def _sequence_nr(self) -> int:
        """The number by which backward orders nodes: later ones first."""
        return self.seq

    def register_hook(self, hook: Any) -> Any:
        """Call `hook(grad_inputs, grad_outputs)` after the node ran; it may return replacements of grad_inputs."""
        return add_hook(self, "post", hook)

    def register_prehook(self, hook: Any) -> Any:
        """Call `hook(grad_outputs)` before the node runs; it may return replacements."""
        return add_hook(self, "pre", hook)

    def __repr__(self) -> str:
        return f"<{self.name()} object at {hex(id(self))}>"


class Out:
    """One output of a node that has several; what `Tensor._node` holds there. `k`: the output's key, for its dtype (0: not known)."""

    __slots__ = ("index", "k", "node")

    _plain = None

    def __init__(self, node: Node, index: int, k: int = 0) -> None:
        self.node = node
        self.index = index
        self.k = k

    def public(self) -> Node:
        """What `grad_fn` shows."""
        return self.node


def extra_of(node: Node) -> dict[Any, Any]:
    """The node's dictionary of rare things (hooks, metadata), made on first use."""
    if not node.k & HOOKED:
        node.extra = {}
        node.k |= HOOKED
    return node.extra


def add_hook(node: Node, kind: str, hook: Any) -> RemovableHandle:
    """Register `hook` under `kind` ("pre", "post", or ("tensor", output index))."""
    hooks = extra_of(node).setdefault(kind, OrderedDict())
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


# -- helpers of generated code -------------------------------------------------------------------------------------------


def edge(t: Any) -> Any:
    """Where a tensor came from: its node, or itself if it is a leaf that requires grad; None for anything else."""
    if t.__class__ is not Tensor and not isinstance(t, Tensor):
        return None
    if not t._k & GRAD:
        return None
    node = t._node
    return t if node is None else node


def version(t: Any) -> int:
    """The version at which an argument is saved; 0 for what has none."""
    cell = getattr(t, "_ver", None)
    return 0 if cell is None else cell[0]


def save_output(o: Tensor) -> tuple[Any, int, list[int] | None, int]:
    """An output as its own node may keep it: (array or alias, key, version cell, version), without the tensor that points back."""
    cell = o._ver
    if cell is None:
        o._ver = cell = [0]
    if o._k & LEVEL:
        payload = o.shadow()  # type: ignore[attr-defined]  # a level's tensor, see levels/level.py
    else:
        payload = alias_of(o) if o._k & IRREG or o._storage is not None else o._a
    return payload, o._k & ~VIEW, cell, cell[0]


def unpack_output(node: Node, saved: Any, index: int = 0) -> Tensor:
    """The saved output as a tensor with this node as its history. RuntimeError if it was changed or freed."""
    if saved is None:
        raise RuntimeError(FREED)
    payload, k, cell, at = saved
    if cell[0] != at:
        if payload.__class__ is Packed:
            return payload.unpack(node if node.n_outputs == 1 else Out(node, index, k))
        raise changed(DTYPE_OF[k & DTYPES], payload.shape, node, index, cell[0], at)
    if isinstance(payload, Tensor):
        o = payload.shadow() if k & LEVEL else alias_of(payload)  # type: ignore[attr-defined]
        o._k = k
    else:
        o = new(Tensor)
        o._a = payload
        o._k = k
        o._grad = o._base = o._storage = None
    o._ver = cell
    o._node = node if node.n_outputs == 1 else Out(node, index, k)
    return o


def unpack_input(node: Node, t: Any, at: int) -> Any:
    """A saved input; RuntimeError if it was changed in place since, or if the node was released (it then holds `Node` in its place)."""
    if t is Node:
        raise RuntimeError(FREED)
    cell = t._ver if t.__class__ is Tensor else getattr(t, "_ver", None)
    now = 0 if cell is None else cell[0]
    if now != at:
        if t.__class__ is Packed:
            return t.unpack(t.edge)
        source = t._node.public() if t._node is not None else None
        raise changed(t.dtype, t.shape, source, getattr(t._node, "index", 0), now, at)
    return t


class Packed:
    """What a saved tensor became under saved_tensors_hooks. Its version never matches, so only packed values pay for the test."""

    __slots__ = ("_ver", "edge", "grad", "packed", "unpack_hook")

    def __init__(self, packed: Any, unpack_hook: Any, edge: Any, grad: int) -> None:
        self._ver = [1]  # saved as version 0
        self.packed = packed
        self.unpack_hook = unpack_hook
        self.edge = edge
        self.grad = grad

    def unpack(self, edge: Any) -> Tensor:
        """The tensor the hook brings back, in the place in the graph that the saved one had. TypeError if it brings no tensor."""
        value = self.unpack_hook(self.packed)
        if not isinstance(value, Tensor):
            raise TypeError(
                f"Output of saved tensor unpack_hook expected to be a Tensor but got result of type {type(value).__name__}"
            )
        if edge is None or not self.grad or value._k & LEVEL:
            return value
        o = alias_of(value)
        o._k |= self.grad
        o._node = Relay(edge, o) if isinstance(edge, Tensor) else edge
        return o


class Relay(Node):
    """Leads from a stand-in to the leaf it stands for: a leaf that saved_tensors_hooks brought back."""

    __slots__ = ()

    traits = 0

    def __init__(self, leaf: Tensor, like: Tensor) -> None:
        self.seq, self.next, self.shape, self.k = next(SEQ), (leaf,), tuple(like.shape), like._k

    def apply(self, g: Any) -> tuple[Any, ...]:
        return (g,)


FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). "
    "Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you "
    "need to backward through the graph a second time or if you need to access saved tensors after calling backward."
)


def changed(kind: Any, shape: Any, source: Node | None, index: int, now: int, at: int) -> RuntimeError:
    """Torch's error for a saved tensor that was modified in place."""
    made_by = f", which is output {index} of {source.name().removesuffix('Backward0')}," if source is not None else ""
    return RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace operation: "
        f"[torch.{kind.scalar_name}Tensor {list(shape)}]{made_by} is at version {now}; expected version {at} instead. Hint: enable anomaly "
        "detection to find the operation that failed to compute its gradient, with "
        "torch.autograd.set_detect_anomaly(True, check_nan=False)."
    )
