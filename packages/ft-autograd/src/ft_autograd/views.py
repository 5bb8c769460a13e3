"""In-place ops and views in the graph: what may be written to, and how history is rewritten afterwards.

A write into a tensor that is no view gives it a new node. A write into a view gives its *base* a CopySlices node, which routes the part
of the gradient that was overwritten through the writing op and the rest past it; the view, and every sibling, re-reads the base when it is next asked
(`refresh_view`). DECISIONS 7.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ft_core import Tensor
from ft_core.keys import ANOMALY, BELOW, GRAD, SAVED_HOOKS, VIEW
from ft_core.state import TL, State
from ft_core.tensor import alias_of
from ft_dispatch.op import Op, is_pointwise
from ft_dispatch.views import IN_CUSTOM, IN_INFERENCE, MULTI, put, replay

from .modes import enable_grad, no_grad
from .node import SEQ, Node, edge
from .record import recorder_of
from .rule import RULES, missing_rule


def refresh_view(t: Tensor) -> None:
    """Bring a view's history up to date with its base: after a write through the base or a sibling, its node is made anew.

    RuntimeError for a view that was made without recording, or by an op that makes several: what it would be is ambiguous.
    """
    cell = t._ver
    base = t._base
    if cell is None or base is None or cell[0] == t._vver:
        return
    if base._k & GRAD:
        if t._creation:
            refuse_by_creation(t, "its base or another view of its base has been")
        with enable_grad():
            bits, TL.st.bits = TL.st.bits, TL.st.bits & ~BELOW
            try:
                fresh = _view_again(base, t)
            finally:
                TL.st.bits = bits
        t._node = fresh._node
        t._k |= GRAD
    t._vver = cell[0]


def _view_again(base: Tensor, t: Tensor) -> Tensor:
    """The same view made anew: by as_strided where memory is strided (torch's AsStridedBackward0), else by the chain that made it."""
    from ft_core.backend import backend_for  # noqa: PLC0415

    if t.dtype is base.dtype and backend_for(base.device).aliasing:
        return base.as_strided(tuple(t.shape), t.stride(), t.storage_offset())
    return replay(base, t._viewfn)


def check_inplace(x: Tensor, st: State, recorded: bool = False) -> None:
    """Torch's refusals of an in-place write, before anything is changed. `recorded`: some other argument requires grad."""
    base = x._base
    if base is not None and x._creation and (recorded or x._k & GRAD or base._k & GRAD):
        refuse_by_creation(x, "is being")
    if base is not None and base._k & GRAD and base._node is None:
        raise RuntimeError("a view of a leaf Variable that requires grad is being used in an in-place operation.")
    if x._k & GRAD and x._node is None:
        raise RuntimeError("a leaf Variable that requires grad is being used in an in-place operation.")


def refuse_by_creation(x: Tensor, what: str) -> NoReturn:
    """Refuse a view whose history cannot be rewritten. `what`: who was modified, in torch's words."""
    mode, where = ("inference", "in normal mode") if x._creation == IN_INFERENCE else ("no_grad", "with grad mode enabled")
    node = x._node
    if node is not None:
        made_by = (
            f"Output {getattr(node, 'index', 0)} of {node.public().name().removesuffix('0').removesuffix('Backward')} is a view"
        )
    if x._creation in (MULTI, IN_CUSTOM) and node is not None:
        said = f"{made_by} and {what} modified inplace."
    else:
        said = f"A view was created in {mode} mode" if node is None else f"{made_by} of a view which was created in {mode} mode"
        said += f" and {what} modified inplace {where}."
    if x._creation == MULTI:
        said += (
            " This view is the output of a function that returns multiple views. Such functions do not allow the output views to be "
            "modified inplace. You should replace the inplace operation by an out-of-place one."
        )
    elif x._creation == IN_CUSTOM:
        said += (
            " This view was created inside a custom Function (or because an input was returned as-is) and the autograd logic to handle "
            "view+inplace would override the custom backward associated with the custom Function, leading to incorrect gradients. This "
            "behavior is forbidden. You can fix this by cloning the output of the custom Function."
        )
    else:
        block = "inference_mode" if mode == "inference" else mode
        said += (
            " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view "
            f"and the inplace either both inside the {block} block (if you don't want the inplace to be tracked) or both outside (if you "
            "want the inplace to be tracked)."
        )
    raise RuntimeError(said)


class Pending:
    """An in-place op between its checks and its write: what its rule will need, saved while x still has its old values."""

    __slots__ = ("args", "op", "recorder")

    def __init__(self, op: Op, args: tuple[Any, ...], recorder: Any) -> None:
        self.op = op
        self.args = args
        self.recorder = recorder


def prepare_inplace(op: Op, args: tuple[Any, ...], k: int, st: State) -> Pending:
    """Before the write: the arguments as the rule will see them; x is cloned if a rule wants its old values."""
    if not op.differentiable:
        return Pending(op, args, None)
    recorder = recorder_of(op, "_any" if is_pointwise(op) and len(op.tensor_at) > 1 else "")
    if recorder is None:
        raise NotImplementedError(missing_rule(op, "the in-place form"))
    rules = RULES[op.name]
    x = args[0]
    first = op.params[0].name
    wanted = [name for name, rule in rules.by_argument.items() if first in rule.names and _needs(op, args, name)]
    if wanted:
        with no_grad():
            stand_in = x.clone()
    else:
        stand_in = alias_of(x)
    stand_in._k = stand_in._k & ~VIEW | x._k & GRAD
    stand_in._node = x._node
    stand_in._ver = [0]
    return Pending(op, (stand_in, *args[1:]), recorder)


def _needs(op: Op, args: tuple[Any, ...], name: str) -> bool:
    value = args[op.index_of[name]]
    return isinstance(value, Tensor) and bool(value._k & GRAD)


def finish_inplace(pending: Pending, x: Tensor) -> None:
    """After the write: new history for x, or for its base if x is a view."""
    if pending.recorder is None:
        cut(x)
        return
    if x._base is None or x._creation:
        x._k |= GRAD
        pending.recorder(x, *pending.args)
    else:
        _record_through_base(pending, x)
    st = TL.st
    if st.bits & (SAVED_HOOKS | ANOMALY):
        from .saved import after_record  # noqa: PLC0415  # only under saved_tensors_hooks or anomaly mode

        after_record(x if x._base is None or x._creation else x._base, st)


def cut(x: Tensor) -> None:
    """A write of values that depend on nothing (random numbers, comparisons): what was there before gets a gradient of zeros."""
    base: Any = x._base
    if base is not None and base._k & GRAD:
        overwrite(x, _Constant.over(x, None), own=True)
    elif x._k & GRAD:
        x._node = _Constant.over(x, edge(x))


class _Constant(Node):
    """The node of a tensor whose history was overwritten by constants."""

    __slots__ = ()

    traits = 1  # FRESH, and nothing saved

    @classmethod
    def over(cls, x: Tensor, before: Any) -> _Constant:
        """The node of `x`, which leads to what `x` was."""
        node = cls.__new__(cls)
        node.seq = next(SEQ)
        node.shape, node.k, node.next = tuple(x.shape), x._k, (before,)
        return node

    def apply(self, g: Any) -> tuple[Any, ...]:
        from ft_dispatch import surface as torch  # noqa: PLC0415  # rules are ops; ops are above

        return (torch.zeros_like(g),)


class CopySlices(Node):
    """History of a base part of which was overwritten through a view: the written part's gradient goes through `inner`, the rest past it."""

    __slots__ = ("chain", "inner")

    op_name = "copy_slices"
    chain: tuple[Any, ...]
    inner: _WithSelf

    def apply(self, g: Tensor) -> tuple[Any, ...]:
        g = g.contiguous()  # the chain was taken from the base's own strides, not a cotangent's
        part = replay(g, self.chain)
        from ft_dispatch import surface as torch  # noqa: PLC0415  # rules are ops; ops are above

        grads = self.inner.apply(part.clone())
        own = grads[0] if self._self_first() else None
        filler = own if own is not None else torch.zeros_like(part)
        rest = put(g, filler.reshape(part.shape), self.chain)
        others = grads[1:] if self._self_first() else grads
        return (rest, *others)

    def _self_first(self) -> bool:
        return self.inner.extra_self

    def release(self) -> None:
        self.inner.release()

    def name(self) -> str:
        return "CopySlices"


def _record_through_base(pending: Pending, x: Tensor) -> None:
    probe = alias_of(x)
    probe._k |= GRAD
    pending.recorder(probe, *pending.args)
    inner = probe._node
    overwrite(x, inner, own=pending.op.params[0].name in RULES[pending.op.name].by_argument)


def overwrite(x: Tensor, inner: Node, own: bool) -> None:
    """Give the base of a view its new history. `inner`: what wrote; `own`: its first edge is what was there before."""
    base: Any = x._base
    made = CopySlices.__new__(CopySlices)
    made.seq = next(SEQ)
    made.shape, made.k = tuple(base.shape), base._k | GRAD
    made.chain, made.inner = x._viewfn, _WithSelf(inner, own)
    made.next = (edge(base), *(inner.next[1:] if own else inner.next))
    base._node = made
    base._k |= GRAD
    x._k |= GRAD
    x._vver = -1  # its node is made anew from the base when next asked


class _WithSelf:
    """The writing op's node inside CopySlices, and whether its first edge is the written tensor itself."""

    __slots__ = ("extra_self", "node")

    def __init__(self, node: Node, extra_self: bool) -> None:
        self.node = node
        self.extra_self = extra_self

    @property
    def next(self) -> tuple[Any, ...]:
        return self.node.next

    def apply(self, g: Any) -> tuple[Any, ...]:
        return self.node.apply(g)

    def release(self) -> None:
        self.node.release()
