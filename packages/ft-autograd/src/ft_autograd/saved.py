"""Hooks on what the graph saves: saved_tensors_hooks and what is made of it.

Recording works as always; under the SAVED_HOOKS bit every call takes the careful road, and afterwards the new node's slots are
packed here, one by one: `s_<name>` hold inputs, `o_<name>` outputs (see codegen). Anomaly mode uses the same moment to note
where the node was made.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from ft_core import Tensor
from ft_core.keys import ANOMALY, GRAD, INFER, LEVEL, NOGRAD, SAVED_HOOKS
from ft_core.state import TL, State, bits_set
from ft_core.tensor import alias_of

from .node import Node, Out, Packed, edge, extra_of, unpack_output

Hook = Callable[[Any], Any]
_not_recording = bits_set(on=NOGRAD)


class saved_tensors_hooks:
    """A context in which `pack_hook(tensor)` decides what is kept of every saved tensor, and `unpack_hook` brings a tensor
    back.

    Pack hooks get an op's arguments as they are. RuntimeError where disable_saved_tensors_hooks is active. Source:
    torch.autograd.graph.
    """

    def __init__(self, pack_hook: Hook, unpack_hook: Hook) -> None:
        self.pack_hook = pack_hook
        self.unpack_hook = unpack_hook

    def __enter__(self) -> None:
        st = TL.st
        message = st.data.get("saved_hooks_off")
        if message is not None:
            raise RuntimeError(message)
        st.saved_hooks.append((self.pack_hook, self.unpack_hook))
        st.bits |= SAVED_HOOKS

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.saved_hooks.pop()
        if not st.saved_hooks:
            st.bits &= ~SAVED_HOOKS


class save_on_cpu(saved_tensors_hooks):
    """A context in which saved tensors wait in host memory and return to their device for backward. Source:
    torch.autograd.graph.save_on_cpu."""

    def __init__(self, pin_memory: bool = False, device_type: str = "cuda") -> None:
        def pack(t: Tensor) -> tuple[Any, Tensor]:
            kept = t.cpu()
            return t.device, kept.pin_memory() if pin_memory and hasattr(kept, "pin_memory") else kept

        def unpack(packed: tuple[Any, Tensor]) -> Tensor:
            return packed[1].to(packed[0], non_blocking=pin_memory)

        super().__init__(pack, unpack)


class disable_saved_tensors_hooks:
    """A context in which saved_tensors_hooks may not be entered: it raises RuntimeError with `error_message`. Also a
    decorator."""

    def __init__(self, error_message: str) -> None:
        self.error_message = error_message
        self._before: list[Any] = []

    def __enter__(self) -> None:
        st = TL.st
        if st.saved_hooks:
            raise RuntimeError(self.error_message)
        self._before.append(st.data.get("saved_hooks_off"))
        st.data["saved_hooks_off"] = self.error_message

    def __exit__(self, *exc: object) -> None:
        TL.st.data["saved_hooks_off"] = self._before.pop()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def disabled(*args: Any, **kwargs: Any) -> Any:
            with disable_saved_tensors_hooks(self.error_message):
                return function(*args, **kwargs)

        return disabled


class allow_mutation_on_saved_tensors:
    """A context in which tensors saved for backward may be changed in place afterwards: what is saved is a copy.

    torch copies only when a change comes; here the copy is made when the tensor is saved, which costs its memory at once. The graph serves
    backward within the context only: AssertionError outside. RuntimeError where one stands in another.
    """

    def __init__(self) -> None:
        self._open = False
        self._hooks = saved_tensors_hooks(lambda t: t.clone(), self._unpack)

    def _unpack(self, t: Tensor) -> Tensor:
        if not self._open:
            raise AssertionError(
                "Trying to backward outside of the 'allow_mutation_on_saved_tensors' context in which the graph was originally recorded."
            )
        return t

    def __enter__(self) -> allow_mutation_on_saved_tensors:
        if TL.st.data.get("mutation_allowed"):
            raise RuntimeError("allow_mutation_on_saved_tensors contexts cannot be nested")
        self._hooks.__enter__()
        TL.st.data["mutation_allowed"] = self._open = True
        return self

    def __exit__(self, *exc: object) -> None:
        TL.st.data["mutation_allowed"] = self._open = False
        self._hooks.__exit__(*exc)


class SavedTensor:
    """One tensor that a node saved, before anything is unpacked: `node._raw_saved_<name>`."""

    __slots__ = ("_node", "_read", "_write")

    def __init__(self, node: Node, read: Callable[[], Any], write: Callable[[Packed], None]) -> None:
        self._node, self._read, self._write = node, read, write

    def register_hooks(self, pack_hook: Hook, unpack_hook: Hook) -> None:
        """Keep what `pack_hook(tensor)` gives in place of the tensor; `unpack_hook` brings one back when it is needed.

        TypeError for what cannot be called; RuntimeError where there is a pair already, where the graph was freed, or where the pack hook
        changes the tensor in place. Source: torch's SavedTensor.
        """
        for hook in (pack_hook, unpack_hook):
            if not callable(hook):
                raise TypeError(f"incompatible function arguments: register_hooks takes two callables, got {type(hook).__name__}")
        held = self._read()
        if held is Node:
            raise RuntimeError(
                "Calling register_hooks on a saved tensor after it has been freed. Saved intermediate values of the graph are freed when you "
                "call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if "
                "you need to access saved tensors after calling backward."
            )
        if held is None:
            raise RuntimeError("Calling register_hooks on a saved tensor with value None is forbidden")
        if held.__class__ is Packed:
            raise RuntimeError(
                "Calling register_hooks on a saved tensor whose hooks have already been set. Hint: only one pair of hooks is allowed at a time."
            )
        self._write(pack(held, (pack_hook, unpack_hook)))


def raw_saved(node: Any, name: str) -> Any:
    """`SavedTensor` of what a generated node saved under `name`, a tuple of them for a list; other saved values as they are."""
    slot = "s_" + name
    if hasattr(type(node), slot):
        held = getattr(node, slot)
        if not isinstance(held, (list, tuple)):
            return SavedTensor(node, partial(getattr, node, slot), partial(_put_input, node, slot))
        return tuple(
            [SavedTensor(node, partial(_input_of, node, slot, i), partial(_put_input, node, slot, i=i)) for i in range(len(held))]
        )
    slot = "o_" + name
    if not hasattr(type(node), slot):
        return getattr(node, "_saved_" + name)

    def read() -> Any:
        saved = getattr(node, slot)
        if saved is None:
            return Node
        return saved[0] if saved[0].__class__ is Packed else unpack_output(node, saved, _output_index(node, slot))

    def write(packed: Packed) -> None:
        packed.edge = None  # it is this node, which knows: a reference back would be a cycle
        setattr(node, slot, (packed, getattr(node, slot)[1], [1], 0))

    return SavedTensor(node, read, write)


def raw_saved_of_function(node: Any) -> tuple[SavedTensor, ...]:
    """`SavedTensor` of everything that the ctx of a Function saved for backward."""

    def one(i: int) -> SavedTensor:
        def read() -> Any:
            if node.saved is None:
                return Node
            kind, payload, at = node.saved[i]
            if kind == "input":
                return payload
            return payload[0] if payload[0].__class__ is Packed else unpack_output(node, payload, at)

        def write(packed: Packed) -> None:
            kind, payload, at = node.saved[i]
            if kind == "output":
                packed.edge = None
            made = ("input", packed, 0) if kind == "input" else ("output", (packed, payload[1], [1], 0), at)
            node.saved = (*node.saved[:i], made, *node.saved[i + 1 :])

        return SavedTensor(node, read, write)

    return tuple([one(i) for i in range(len(node.saved or ()))])


def _input_of(node: Any, slot: str, i: int) -> Any:
    return getattr(node, slot)[i]


def _put_input(node: Any, slot: str, packed: Packed, i: int | None = None) -> None:
    versions = "v_" + slot[2:]
    if i is None:
        setattr(node, slot, packed)
        setattr(node, versions, 0)
        return
    for name, value in ((slot, packed), (versions, 0)):
        values = list(getattr(node, name))
        values[i] = value
        setattr(node, name, values)


def after_record(out: Any, st: State) -> None:
    """Pack what the node of `out` has just saved, and in anomaly mode note who made it."""
    tensors = [out] if isinstance(out, Tensor) else [t for t in out if t is not None]
    node = next((t._node for t in tensors if t._node is not None), None)
    if node is None:
        return
    if isinstance(node, Out):
        node = node.node
    if st.bits & ANOMALY:
        note_origin(node)
    if st.bits & SAVED_HOOKS and st.saved_hooks:
        pack_node(getattr(node, "inner", node), st.saved_hooks[-1])


def note_origin(node: Node) -> None:
    """Keep the stack of the forward call with its node, for anomaly mode."""
    extra_of(node).setdefault("metadata", {})["traceback_"] = traceback.format_stack()[:-3]


def pack_node(node: Any, hooks: tuple[Hook, Hook]) -> None:
    """Replace everything a generated node saved by what the pack hook makes of it."""
    node = getattr(node, "node", node)  # the inner node of CopySlices comes in an envelope
    for slot in type(node).__slots__:
        if slot.startswith("s_"):
            _pack_slot(node, slot, hooks)
        elif slot.startswith("o_"):
            saved = getattr(node, slot)
            if saved is not None and saved[0].__class__ is not Packed:
                value = unpack_output(node, saved, _output_index(node, slot))
                packed = pack(value, hooks, result=True)
                packed.edge = None  # it is this node, which knows: a reference back would be a cycle
                setattr(node, slot, (packed, value._k, [1], 0))


def _output_index(node: Node, slot: str) -> int:
    return 0 if node.n_outputs == 1 else next(i for i, name in enumerate(_output_names(node)) if name == slot[2:])


def _output_names(node: Node) -> tuple[str, ...]:
    from ft_dispatch.registry import OPS  # noqa: PLC0415  # only nodes with several outputs

    return OPS[node.op_name].output_names if node.op_name in OPS else tuple(f"result{i}" for i in range(8))


def _pack_slot(node: Node, slot: str, hooks: tuple[Hook, Hook]) -> None:
    held = getattr(node, slot)
    if isinstance(held, Tensor):
        setattr(node, slot, pack(held, hooks))
        setattr(node, "v_" + slot[2:], 0)
    elif isinstance(held, (tuple, list)):
        setattr(node, slot, [pack(t, hooks) if isinstance(t, Tensor) else t for t in held])
        versions = getattr(node, "v_" + slot[2:])
        setattr(node, "v_" + slot[2:], [0 if isinstance(t, Tensor) else v for t, v in zip(held, versions, strict=True)])


def pack(t: Tensor, hooks: tuple[Hook, Hook], result: bool = False) -> Packed:
    """One saved tensor through the pack hook, which runs without recording. RuntimeError if the hook changes it in place.

    The hook gets an argument of the op as it is, and of a `result` a stand-in that does not lead back to the node which keeps it.
    """
    shown = _stand_in(t) if result and t._k & GRAD else t
    before = None if t._k & INFER else shown._version
    with _not_recording:
        packed = hooks[0](shown)
    if before is not None and shown._version != before:
        raise RuntimeError(
            "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook cannot be "
            "modified by in-place operations as this can lead to unexpected side-effects. Please open an issue if you need to "
            "perform in-place operations on the input to a pack hook."
        )
    return Packed(packed, hooks[1], edge(t), t._k & GRAD)


def _stand_in(t: Tensor) -> Tensor:
    o = t.detach() if t._k & LEVEL else alias_of(t)
    if o._k & LEVEL:
        return o
    o._k |= GRAD
    o._node = node = object.__new__(_Result)
    node.seq, node.next, node.shape, node.k = 0, (), tuple(t.shape), o._k
    return o


class _Result(Node):
    """Where a result comes from, as far as a pack hook is told."""

    __slots__ = ()

    traits = 0
