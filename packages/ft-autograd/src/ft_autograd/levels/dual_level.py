"""Dual tensors of `forward_ad.dual_level`: a tangent beside every value, and a place of their own in the everyday graph.

A dual tensor stands where its value would stand in the graph, and nodes save dual tensors. So what backward computes from them while the level
is open has a tangent (forward over reverse). Tangents are computed from the values with their history, so backward may run from a tangent
too (reverse over forward). When the level closes every dual tensor becomes the plain tensor of its value, as in torch.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, cast

from ft_core import Tensor, upcalls
from ft_core.keys import GRAD, IRREG, LEVEL, NOGRAD, VIEW
from ft_core.printing import repr_of
from ft_core.state import TL, bits_set
from ft_core.storage import version_cell as cell_of
from ft_core.tensor import alias_of
from ft_dispatch.execute import mapped, tensors_of
from ft_dispatch.kinds import VIEW as VIEW_OP

from ..node import Relay, edge
from ..record import mark, recorder_of
from ..rule import REAL_ONLY, RULES, check_real
from .grad_level import GradInterpreter, recorder_for, tracked
from .jvp_level import DualTensor, JvpInterpreter, followed
from .level import Interpreter, Level, inplace_below, kept_key

if TYPE_CHECKING:
    from ft_core.state import State
    from ft_dispatch.op import Op

_not_recording = bits_set(on=NOGRAD)


class DualInterpreter(GradInterpreter, JvpInterpreter):
    """One open dual_level. Ops go to it where one of their tensors is dual.

    Dual tensors over tensors of a transform keep no graph of their own: the transform's level below has one.
    """

    name = "jvp"

    def __init__(self) -> None:
        JvpInterpreter.__init__(self, functional=False)
        self.alive: weakref.WeakSet[DualTensor] = weakref.WeakSet()

    def __enter__(self) -> Any:
        return Interpreter.__enter__(self)

    def __exit__(self, *exc: object) -> None:
        super().__exit__(*exc)
        for t in list(self.alive):
            _become_plain(t)

    # -- tensors of the level ------------------------------------------------------------------------------------

    def wrap(self, payload: Tensor, tangent: Tensor | None = None) -> Any:
        t = JvpInterpreter.wrap(self, payload, tangent)
        if not payload._k & LEVEL:
            t._ver = cell_of(payload)
            self.alive.add(t)
        return t

    def made_dual(self, x: Tensor, tangent: Tensor) -> Any:
        """make_dual: the values of `x`, in the graph behind it."""
        if x._k & LEVEL:
            return self.wrap(x, tangent)
        t = self.wrap(alias_of(x), tangent)
        t._root = x
        if x.requires_grad and not TL.st.bits & NOGRAD:
            t._k |= GRAD
            recorder: Any = recorder_of(_view_op())
            recorder(t, x, tuple(x.shape))
        return t

    def own(self, t: Tensor) -> Tensor:
        return t

    def primal(self, t: Any) -> Any:
        """The value of a dual tensor with the history it has; anything else as it is."""
        if not self.owns(t):
            return t
        payload = t._a
        if not t._k & GRAD or payload._k & LEVEL:
            return payload
        o = alias_of(payload)
        o._k |= GRAD
        o._node = Relay(t, o) if t._node is None else t._node
        return o

    escaped = primal

    def unpacked(self, t: Any) -> Any:
        """What unpack_dual calls the primal: the value, one node further on where it has history."""
        o = self.primal(t)
        if o._k & GRAD and not o._k & LEVEL:
            o._node = Identity(edge(o), o)
        return o

    def refresh(self, t: Level) -> None:
        """Node and tangent of a view, after a write through its base or another view."""
        base: Any = t._base
        cell: Any = t._ver
        if base is None or t._vver == cell[0] or not self.owns(t):
            return
        if t._a._k & LEVEL:
            self.tangent(t)
            return
        super().refresh(t)
        if isinstance(base, DualTensor):
            t._tangent = None if base._tangent is None else followed(base._tangent, t._viewfn)  # type: ignore[attr-defined]
        t._vver = cell[0]

    def tangent(self, t: Any) -> Tensor | None:
        if not self.owns(t):
            return None
        return t._tangent if not t._a._k & LEVEL else super().tangent(t)  # type: ignore[no-any-return]

    def detach(self, t: Level) -> Tensor:
        if t._a._k & LEVEL:
            return JvpInterpreter.detach(self, t)
        return alias_of(t._a)

    def describe(self, t: Level) -> str:
        self.refresh(t)
        tangent = self.tangent(t)
        facts = [] if tangent is None else [f"tangent={tangent}"]
        return repr_of(_shown(t), more=facts) if not t._a._k & LEVEL else JvpInterpreter.describe(self, t)

    # -- ops -----------------------------------------------------------------------------------------------------

    def process(self, op: Op, args: tuple[Any, ...], st: State) -> Any:
        tensors = tensors_of(op, args)
        if any(self.owns(t) and t._a._k & LEVEL for t in tensors):
            return JvpInterpreter.process(self, op, args, st)
        self._current(tensors)
        moving = op.differentiable and any(self.tangent(t) is not None for t in tensors) and self.moves(st)
        if not moving:
            inner = mapped(op, args, self.primal)
            with self.below():
                return op(*inner)
        if op.name in REAL_ONLY:
            check_real(op, args)
        if op.name not in RULES and op.kind is not VIEW_OP and op.decomposition is not None:
            return op.decomposition(*args)
        recorder = None
        if not st.bits & NOGRAD and any(t._k & GRAD for t in tensors):
            recorder = recorder_for(op, args)
            if recorder is None and op.decomposition is not None:
                return op.decomposition(*args)
        inner = mapped(op, args, self.value)
        with self.below(), _not_recording:
            out = self.wrap_all(op(*inner))
        if op.kind is VIEW_OP and self.owns(args[0]):
            self._note_view(op, args, out, st)
        if recorder is not None and any(tracked(args[op.index_of[name]]) for name in RULES[op.name].by_argument):
            recorder(mark(op, out), *args)
        return self._moved(op, args, out)

    def _moved(self, op: Op, args: tuple[Any, ...], out: Any) -> Any:
        """The outputs with their tangents, those without one as plain tensors."""
        outs: list[Any] = [out] if isinstance(out, Tensor) else list(out)
        inner, primals = mapped(op, args, self.primal), [self.primal(t) for t in outs]
        with self.below():
            tangents = self._tangents(op, args, inner, primals[0] if isinstance(out, Tensor) else primals)
        made: list[Any] = []
        for t, primal, tangent in zip(outs, primals, tangents, strict=True):
            if tangent is not None:
                t.move_all(tangent)
            made.append(primal if tangent is None else t)
        if isinstance(out, Tensor):
            return made[0]
        return made if isinstance(out, list) else type(out)(*made) if hasattr(out, "_fields") else tuple(made)

    def _current(self, tensors: list[Any]) -> None:
        for t in tensors:
            if self.owns(t):
                self.refresh(t)
            elif isinstance(t, Tensor) and t._k & VIEW:
                upcalls.refresh_view(t)

    # -- in-place ------------------------------------------------------------------------------------------------

    def process_inplace(self, op: Op, args: tuple[Any, ...], st: State) -> Tensor:
        x, tensors = args[0], tensors_of(op, args)
        if any(self.owns(t) and t._a._k & LEVEL for t in tensors) or (x._k & LEVEL and not self.owns(x)):
            return JvpInterpreter.process_inplace(self, op, args, st)
        self._current(tensors)
        moving = op.differentiable and any(self.tangent(t) is not None for t in tensors) and self.moves(st)
        if not self.owns(x) and not (moving and self._adopt(x)):
            with self.below():
                inplace_below(op, mapped(op, args, self.primal))
            return x  # type: ignore[no-any-return]
        recording = not st.bits & NOGRAD and any(t._k & GRAD for t in tensors)
        root: Any = getattr(x if x._base is None else x._base, "_root", None)
        if recording and root is not None and root._k & GRAD and root._node is None:
            raise RuntimeError("a view of a leaf Variable that requires grad is being used in an in-place operation.")
        pending: Any = self._prepare(op, args) if recording else None
        tangent = None
        if moving:
            inner = mapped(op, args, self.primal)
            with self.below():
                with _not_recording:
                    out = op(*mapped(op, args, self.value))
                tangent = self._tangents(op, args, inner, out)[0]
        inner = mapped(op, args, self.value)
        with self.below(), _not_recording:
            inplace_below(op, inner)
        if moving:
            with self.below():
                self.move(x, tangent)
        if pending is not None:
            self._finish(op, pending, x)
            if root is not None:
                root._node, root._k = edge(x if x._base is None else x._base), root._k | GRAD
        elif x._base is None or not x._base._k & GRAD:
            x._vver = x._ver[0]
        return x  # type: ignore[no-any-return]

    def _prepare(self, op: Op, args: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        recorder, made = super()._prepare(op, args)
        if made[0] is not args[0] and isinstance(made[0], DualTensor):
            made[0]._tangent = self.tangent(args[0])
            made[0]._ver = [0]
        return recorder, made

    def _adopt(self, x: Any) -> bool:
        """Make a plain tensor dual that is about to get a tangent: it stays the same object. False for tensors of classes of their own."""
        if type(x) is not Tensor:
            return False
        base = x._base
        if base is not None and not self.owns(base) and not self._adopt(base):
            return False
        payload, made = alias_of(x), cast("Any", x)
        made.__class__ = DualTensor
        made._a, made._of, made._tangent, made._storage, made._ver = payload, self, None, None, cell_of(payload)
        made._k = kept_key(payload._k) | LEVEL | made._k & GRAD
        if base is None:
            made._creation = 0
        self.alive.add(made)
        return True


class Identity(Relay):
    """The node of a primal that unpack_dual gave."""

    __slots__ = ()

    traits = 0


def _view_op() -> Op:
    from ft_dispatch.registry import OPS  # noqa: PLC0415  # the whole op table

    return OPS["view"]


def _shown(t: Level) -> Tensor:
    """A plain tensor that prints as the value of a dual one does."""
    o = alias_of(t._a)
    node = t._node if t._base is None or not t._k & GRAD else edge(t)
    o._k |= t._k & GRAD
    o._node = node if not isinstance(node, Tensor) else None
    return o


def _become_plain(t: Any) -> None:
    """The level is closed: a dual tensor goes on as the tensor of its value, with its node."""
    payload: Tensor = t._a
    keep = t._k & GRAD | (VIEW if t._base is not None else 0)
    del t._of, t._tangent
    t.__dict__.pop("_root", None)
    t.__class__ = Tensor
    t._a, t._storage = payload._a, payload._storage
    if t._storage is not None:
        t._off = payload._off
    t._k = payload._k | keep
    if t._k & IRREG:
        t._strides = payload._strides
