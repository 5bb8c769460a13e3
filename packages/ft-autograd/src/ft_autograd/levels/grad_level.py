"""Reverse mode as a level: a graph of its own above whatever lies below, recorded by the same generated recorders and run by
the same engine.

Nodes save this level's wrappers. When the engine runs they stand for their values, because the level is off the stack then: so
the backward's ops are recorded by the levels below, which is how derivatives nest. With `create_graph` it runs with the level
on, and records itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_core.keys import DTYPE_OF, GRAD, NOGRAD
from ft_core.state import TL
from ft_dispatch.execute import mapped, tensors_of
from ft_dispatch.kinds import VIEW
from ft_dispatch.op import is_pointwise
from ft_dispatch.views import IN_NO_GRAD, MULTI, replay

from .. import engine
from ..node import edge
from ..record import recorder_of
from ..rule import REAL_ONLY, RULES, check_real, missing_rule
from ..views import cut, overwrite, refuse_by_creation
from .level import Interpreter, Level, inplace_below, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ft_core.state import TL, State
    from ft_dispatch.op import Op

_FLOAT = sum(bit for bit, kind in DTYPE_OF.items() if kind.category >= 2)


class GradTensor(Level):
    """A tensor inside grad, vjp or jacrev."""


class GradInterpreter(Interpreter):
    """One running grad or vjp."""

    name = "grad"

    def __enter__(self) -> GradInterpreter:
        super().__enter__()
        TL.st.bits &= ~NOGRAD  # a transform's result does not depend on a mode around it
        return self

    def wrap(self, payload: Tensor) -> Level:
        """A tensor of this level without history."""
        return wrapped(GradTensor, self, payload)

    def wrap_leaf(self, payload: Tensor) -> Level:
        """A tensor of this level to differentiate with respect to."""
        t = self.wrap(payload)
        t._k |= GRAD
        return t

    def own(self, t: Tensor) -> Tensor:
        """`t`, or a wrapper without history for a tensor from below: what it knows of gradients is not this level's affair."""
        if isinstance(t, Level) and t._of is self:
            return t
        made = self.wrap(t)
        made._ver = t._ver
        return made

    def wrap_all(self, out: Any) -> Any:
        """Wrapped outputs of one op."""
        if isinstance(out, Tensor):
            return self.wrap(out)
        made = [None if t is None else self.wrap(t) for t in out]
        return made if isinstance(out, list) else type(out)(*made) if hasattr(out, "_fields") else tuple(made)

    # -- ops -----------------------------------------------------------------------------------------------------

    def process(self, op: Op, args: tuple[Any, ...], st: State) -> Any:
        mine: list[Any] = [t for t in tensors_of(op, args) if self.owns(t)]
        for t in mine:
            self.refresh(t)
        rules: Any = RULES.get(op.name)
        recording = op.differentiable and not st.bits & NOGRAD and any(t._k & GRAD for t in mine)
        recorder = None
        if recording:
            if op.name in REAL_ONLY:
                check_real(op, args)
            recorder = recorder_for(op, args)
            if recorder is None and op.decomposition is not None:
                return op.decomposition(*args)
            if recorder is None:
                raise NotImplementedError(missing_rule(op, "the derivative"))
        inner = mapped(op, args, self.value)
        with self.below():
            out = self.wrap_all(op(*inner))
        if op.kind is VIEW and mine:
            self._note_view(op, args, out, st)
        if recorder is None:
            return out
        args = mapped(op, args, self.own)
        if not any(tracked(args[op.index_of[name]]) for name in rules.by_argument):
            return out
        for t in [out] if isinstance(out, Tensor) else out:
            if t is not None and t._k & _FLOAT:
                t._k |= GRAD
        return recorder(out, *args)

    # -- views ---------------------------------------------------------------------------------------------------

    def _note_view(self, op: Op, args: tuple[Any, ...], out: Any, st: State) -> None:
        x = args[0]
        if x._ver is None:
            x._ver = [0]
        many = not isinstance(out, Tensor)
        for i, t in enumerate(out if many else [out]):
            t._base = x if x._base is None else x._base
            link = (op, (*args[1:], i) if many else args[1:])
            t._viewfn = (link,) if x._base is None else (*x._viewfn, link)
            t._ver = x._ver
            t._vver = x._ver[0]
            inherited = 0 if x._base is None else x._creation
            t._creation = inherited or (MULTI if many else IN_NO_GRAD if st.bits & NOGRAD else 0)

    def refresh(self, t: Level) -> None:
        """After a write through the base or a sibling, a view's node is made anew from the base."""
        base, cell = t._base, t._ver
        if base is None or cell is None or t._vver == cell[0]:
            return
        if base._k & GRAD:
            if t._creation:
                if TL.st.bits & NOGRAD:
                    return
                refuse_by_creation(t, "its base or another view of its base has been")
            fresh = replay(base, t._viewfn)
            t._node = fresh._node
            t._k |= GRAD
        t._vver = cell[0]

    # -- in-place ------------------------------------------------------------------------------------------------

    def process_inplace(self, op: Op, args: tuple[Any, ...], st: State) -> Tensor:
        x = args[0]
        mine: list[Any] = [t for t in tensors_of(op, args) if self.owns(t)]
        if not self.owns(x):
            if any(t._k & GRAD for t in mine) and not st.bits & NOGRAD:
                raise RuntimeError(
                    f"During a grad (vjp, jvp, grad, etc) transform, the function provided attempted to call in-place operation "
                    f"(aten::{op.base}_.{op.overload}) that would mutate a captured Tensor. This is not supported; please rewrite the "
                    "function being transformed to explicitly accept the mutated Tensor(s) as inputs."
                )
            inner = mapped(op, args, self.value)
            with self.below():
                inplace_below(op, inner)
            return x
        base, tracks = x._base, not st.bits & NOGRAD
        if tracks and base is not None and x._creation and (base._k & GRAD or any(t._k & GRAD for t in mine)):
            refuse_by_creation(x, "is being")
        for t in mine:
            self.refresh(t)
        recording = not st.bits & NOGRAD and any(t._k & GRAD for t in mine)
        pending = self._prepare(op, args) if recording else None
        inner = mapped(op, args, self.value)
        with self.below():
            inplace_below(op, inner)
        if x._ver is None:
            x._ver = [0]
        x._ver[0] += 1
        if pending is not None:
            self._finish(op, pending, x)
        elif x._base is None or not x._base._k & GRAD:
            x._vver = x._ver[0]
        return x

    def _prepare(self, op: Op, args: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """(recorder, arguments as its rule will see them): refusals first; x as it was before the write."""
        args = mapped(op, args, self.own)
        x = args[0]
        root = x if x._base is None else x._base
        if root._k & GRAD and root._node is None:
            view = "" if x._base is None else "view of a "
            raise RuntimeError(f"a {view}leaf Variable that requires grad is being used in an in-place operation.")
        if not op.differentiable:
            return None, args
        recorder = recorder_for(op, args)
        if recorder is None:
            raise NotImplementedError(missing_rule(op, "the in-place form"))
        rules, first = RULES[op.name], op.params[0].name
        wanted = any(first in rule.names and tracked(args[op.index_of[name]]) for name, rule in rules.by_argument.items())
        payload = x._a
        if wanted:
            with self.below():
                payload = payload.clone()
        stand_in = self.wrap(payload)
        stand_in._k |= x._k & GRAD
        stand_in._node = x._node
        stand_in._ver = [0]
        return recorder, (stand_in, *args[1:])

    def _finish(self, op: Op, pending: tuple[Any, tuple[Any, ...]], x: Level) -> None:
        recorder, args = pending
        base = x._base
        if recorder is None:
            cut(x)
            return
        if base is None:
            x._k |= GRAD
            recorder(x, *args)
            return
        probe = self.wrap(x._a)
        probe._k |= GRAD
        recorder(probe, *args)
        overwrite(x, probe._node, own=op.params[0].name in RULES[op.name].by_argument)

    # -- the graph -----------------------------------------------------------------------------------------------

    def backward(self, outputs: Sequence[Any], inputs: Sequence[Any], cotangents: Sequence[Any], retain: bool) -> list[Tensor]:
        """Gradients of `outputs` with respect to `inputs` (tensors of this level), zeros where there is no path; values of the level below.

        Call it with this level off the stack: what it computes is then recorded by the levels below.
        """
        roots, grads = [], []
        for out, g in zip(outputs, cotangents, strict=True):
            if self.owns(out) and out._k & GRAD:
                roots.append(edge(out))
                grads.append(g)
        edges = [edge(t) for t in inputs]
        captured = {}
        if roots:
            create = not TL.st.bits & NOGRAD
            captured = engine.run(roots, grads, retain_graph=retain, create_graph=create, inputs=edges, accumulate=False)
        found = []
        for t, e in zip(inputs, edges, strict=True):
            g = captured.get(engine._target(e))
            if g is None:
                g = _zeros(t._a)
            while isinstance(g, Level) and g._of is self:
                g = g._a
            found.append(g)
        return found

    def detach(self, t: Level) -> Tensor:
        with self.below():
            inner = t._a.detach()
        return self.wrap(inner)

    def describe(self, t: Level) -> str:
        return f"GradTrackingTensor(lvl={self.depth}, value={t._a!r})"


def recorder_for(op: Op, args: tuple[Any, ...]) -> Any:
    """The generated recorder for these arguments: another one where Python numbers stand among an elementwise op's operands."""
    mixed = is_pointwise(op) and not all(isinstance(args[i], Tensor) for i in op.tensor_at)
    return recorder_of(op, "_any" if mixed else "")


def tracked(value: Any) -> bool:
    """Whether an argument, or a tensor of a list, requires grad."""
    if isinstance(value, Tensor):
        return bool(value._k & GRAD)
    return isinstance(value, tuple) and any(isinstance(t, Tensor) and t._k & GRAD for t in value)


def _zeros(t: Tensor) -> Tensor:
    from ft_dispatch import surface as torch  # noqa: PLC0415  # surface is the whole op table

    return torch.zeros_like(t)
