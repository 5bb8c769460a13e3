"""Forward mode as a level: a tangent beside every value, carried by the rules that backward uses.

A local derivative multiplies the tangent; an op that is linear is its own jvp; a stated jvp is taken where there is one;
otherwise two vjps give it (the vjp is linear in its cotangent, and the transpose of that linear map is the jvp). Ops without a
rule run their decomposition up here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor, contiguous_format
from ft_core.keys import DTYPE_OF, GRAD, INFERENCE
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.execute import mapped, tensors_of
from ft_dispatch.kinds import VIEW
from ft_dispatch.views import put

from ..rule import REAL_ONLY, RULES, OpRules, Rule, check_real, missing_rule
from .grad_level import GradInterpreter
from .level import Interpreter, Level, inplace_below, wrapped

if TYPE_CHECKING:
    from ft_core.state import State
    from ft_dispatch.op import Op

OFF = "forward_mode_off"  # in the thread's data: see forward_ad
_FLOAT = sum(bit for bit, kind in DTYPE_OF.items() if kind.category >= 2)


class DualTensor(Level):
    """A value and its tangent (`_tangent`, a tensor of the level below, or None)."""

    _tangent: Tensor | None

    @property
    def requires_grad(self) -> bool:
        """In a dual_level whether backward mode records it; in a transform that it is no affair of that."""
        return bool(self._k & GRAD) or (not self._of.functional and self._a.requires_grad)

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """As of any tensor in a dual_level. RuntimeError in a transform."""
        return super().requires_grad_(requires_grad) if self._of.functional else Tensor.requires_grad_(self, requires_grad)

    def shadow(self) -> Any:
        """Another wrapper of the same value and tangent, without history."""
        t: Any = super().shadow()
        t._tangent = self._tangent
        self.__dict__.setdefault("_shadows", []).append(t)
        return t

    def move_all(self, tangent: Tensor) -> None:
        """Set the tangent, which is known only after the node was made, here and in what the node saved."""
        self._tangent = tangent
        for t in self.__dict__.pop("_shadows", ()):
            t._tangent = tangent

    @property
    def grad_fn(self) -> Any:
        """The node in a dual_level."""
        return None if self._of.functional else super().grad_fn


class JvpInterpreter(Interpreter):
    """One running jvp, or a dual_level."""

    name = "jvp"

    def __init__(self, functional: bool = True) -> None:
        super().__init__()
        self.functional = functional

    def wrap(self, payload: Tensor, tangent: Tensor | None = None) -> Any:
        """A tensor of this level."""
        t = wrapped(DualTensor, self, payload)
        t._tangent = tangent
        return t

    def moves(self, st: State) -> bool:
        """Whether ops carry tangents now: a dual_level's do not in inference mode, nor where forward mode is switched off."""
        return self.functional or not (st.bits & INFERENCE or st.data.get(OFF))

    def resize(self, t: Level, shape: tuple[int, ...], memory_format: Any) -> None:
        if self.tangent(t) is not None:
            raise RuntimeError("cannot resize variables that has a forward grad")
        super().resize(t, shape, memory_format)

    def tangent(self, t: Any) -> Tensor | None:
        """The tangent of a tensor of this level; a view re-reads its base's when one of them was written to since."""
        if not (isinstance(t, DualTensor) and t._of is self):
            return None
        base: Any = t._base
        cell: Any = t._ver
        if base is not None and t._vver != cell[0]:
            t._tangent = None if base._tangent is None else followed(base._tangent, t._viewfn)
            t._vver = cell[0]
        return t._tangent

    # -- ops -----------------------------------------------------------------------------------------------------

    def process(self, op: Op, args: tuple[Any, ...], st: State) -> Any:
        inner = mapped(op, args, self.value)
        with self.below():
            tangents = [self.tangent(t) for t in tensors_of(op, args)]
        moving = op.differentiable and any(t is not None for t in tangents) and self.moves(st)
        if moving and op.name in REAL_ONLY:
            check_real(op, args)
        if moving and op.name not in RULES and op.kind is not VIEW and op.decomposition is not None:
            return op.decomposition(*args)
        with self.below():
            out = op(*inner)
            made = [None] * _count(out)
            if moving:
                made = self._tangents(op, args, inner, out)
        return self._wrapped(op, args, out, made)

    def _wrapped(self, op: Op, args: tuple[Any, ...], out: Any, tangents: list[Any]) -> Any:
        if not self.functional and not any(t is not None for t in tangents):
            return out
        if isinstance(out, Tensor):
            o = self.wrap(out, tangents[0])
            if op.kind is VIEW and self.owns(args[0]):
                _note_view(op, args, o, ())
            return o
        made: list[Any] = [None if t is None else self.wrap(t, d) for t, d in zip(out, tangents, strict=True)]
        if op.kind is VIEW and self.owns(args[0]):
            for i, t in enumerate(made):
                _note_view(op, args, t, (i,))
        return made if isinstance(out, list) else type(out)(*made) if hasattr(out, "_fields") else tuple(made)

    def _tangents(self, op: Op, args: tuple[Any, ...], inner: tuple[Any, ...], out: Any) -> list[Any]:
        """Tangent of every output, each of the output's shape and dtype; None where there is none."""
        made = tangents_of(op, inner, mapped_tangents(self, op, args), out)
        outs = [out] if isinstance(out, Tensor) else list(out)
        found: list[Any] = []
        for o, t in zip(outs, made, strict=True):
            if o is None or not o._k & _FLOAT or t is None:
                found.append(None)
                continue
            if op.kind is not VIEW:
                t = _fitted(t, o)
            found.append(t)
        return found

    # -- in-place ------------------------------------------------------------------------------------------------

    def process_inplace(self, op: Op, args: tuple[Any, ...], st: State) -> Tensor:
        x = args[0]
        inner = mapped(op, args, self.value)
        with self.below():
            moving = any(self.tangent(t) is not None for t in tensors_of(op, args)) and self.moves(st)
        if not self.owns(x):
            if moving and op.differentiable:
                raise RuntimeError(
                    f"During a grad (vjp, jvp, grad, etc) transform, the function provided attempted to call in-place operation "
                    f"(aten::{op.base}_.{op.overload}) that would mutate a captured Tensor. This is not supported; please rewrite the "
                    "function being transformed to explicitly accept the mutated Tensor(s) as inputs."
                )
            with self.below():
                inplace_below(op, inner)
            return x
        if not moving:
            with self.below():
                inplace_below(op, inner)
            return x
        fresh = self.process(op, args, st)
        tangent = fresh._tangent
        with self.below():
            inplace_below(op, inner)
            self.move(x, tangent)
        return x

    def move(self, x: DualTensor, tangent: Tensor | None) -> None:
        """Give `x` a new tangent; a view's goes into its base's, without a write: the tangent may be batched where the memory is not."""
        held = self.tangent(x)
        if tangent is None:
            if held is None:
                return
            tangent = torch.zeros_like(x._a)
        elif tuple(tangent.shape) != tuple(x.shape):
            tangent = tangent.expand(x.shape)
        base: Any = x._base
        if base is None:
            x._tangent = tangent
        else:
            whole = torch.zeros_like(base._a) if base._tangent is None else base._tangent
            base._tangent = put(whole, tangent, x._viewfn)
        if x._ver is not None:
            x._ver[0] += 1

    def detach(self, t: Level) -> Tensor:
        with self.below():
            inner = t._a.detach()
        return self.wrap(inner)

    def describe(self, t: Level) -> str:
        return f"DualTensor(lvl={self.depth}, value={t._a!r}, tangent={t._tangent!r})"  # type: ignore[attr-defined]


class forward_mode:
    """Switches forward mode on or off for a block: where it is off, what is computed has no tangent."""

    def __init__(self, mode: bool) -> None:
        self._before = TL.st.data.get(OFF)
        TL.st.data[OFF] = not mode

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exc: object) -> None:
        TL.st.data[OFF] = self._before


def _count(out: Any) -> int:
    return 1 if isinstance(out, Tensor) else len(out)


def _note_view(op: Op, args: tuple[Any, ...], o: DualTensor, which: tuple[int, ...]) -> None:
    x = args[0]
    if x._ver is None:
        x._ver = [0]
    link = (op, (*args[1:], *which))
    o._base = x if x._base is None else x._base
    o._viewfn = (link,) if x._base is None else (*x._viewfn, link)
    o._ver, o._vver = x._ver, x._ver[0]


def _viewed(op: Op, t: Tensor, params: tuple[Any, ...]) -> Any:
    """A VIEW op on a tangent, whose strides need not be its value's: where those decide, the elements are put in order first."""
    if op.name == "view":
        return t.reshape(params[0])
    if op.base == "as_strided":
        t = t.clone(memory_format=contiguous_format)  # its offset counts from the start of the memory
    elif op.base in ("view", "view_as_complex", "view_as_real"):
        t = t.contiguous()
    return op(t, *params)


def followed(t: Tensor, chain: tuple[Any, ...]) -> Tensor:
    """The part of a base's tangent that a chain of views leads to."""
    for op, params in chain:
        t = _viewed(op, t, params[:-1])[params[-1]] if op.n_outputs == -1 else _viewed(op, t, params)
    return t


def _fitted(t: Any, o: Tensor) -> Tensor:
    """A tangent in its output's dtype and shape. Tangents are never written to, so it may share memory with another."""
    if t.dtype is not o.dtype:
        t = t.to(o.dtype)
    return t if tuple(t.shape) == tuple(o.shape) else t.expand(o.shape).clone()


def mapped_tangents(level: JvpInterpreter, op: Op, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """For every argument its tangent (a tuple of them for a list), None where there is none."""
    made: list[Any] = [None] * len(args)
    for i in op.tensor_at:
        made[i] = level.tangent(args[i])
    for i in op.lists_at:
        found = tuple([level.tangent(t) for t in args[i] or ()])
        made[i] = found if any(t is not None for t in found) else None
    return tuple(made)


def tangents_of(op: Op, args: tuple[Any, ...], tangents: tuple[Any, ...], out: Any) -> list[Any]:
    """Tangents of the outputs, from values and tangents of the level below: the rule that serves forward mode, whichever form it has."""
    if op.kind is VIEW:
        moved = _viewed(op, tangents[0], args[1:])
        return [moved] if isinstance(moved, Tensor) else list(moved)
    rules = RULES.get(op.name)
    if rules is None:
        if op.differentiable:
            raise NotImplementedError(missing_rule(op, "the jvp"))
        return [None] * _count(out)
    if rules.jvp is not None:
        made = rules.jvp.function(**_values(op, rules.jvp, args, tangents, out))
        return [made] if isinstance(out, Tensor) else list(made)
    names = [op.params[i].name for i, t in enumerate(tangents) if t is not None]
    served = [name for name in names if name in rules.by_argument]
    if rules.joint and all(_transposed(rules, name) for name in served):
        return [_joint(op, args, tangents)]
    direct = [name for name in served if rules.forward_of(name) is not None]
    rest = [name for name in served if name not in direct]
    total: Any = None
    for name in direct:
        part = _single(op, rules.forward_of(name), name, args, tangents, out)
        total = part if total is None else total + part
    found = [total] if total is not None else []
    if rest:
        derived = _two_vjps(op, rest, args, tangents, out)
        found = [d if total is None else total + d for d in derived] if isinstance(out, Tensor) else derived
    return found or [None] * _count(out)


def _transposed(rules: OpRules, name: str) -> bool:
    rule = rules.forward_of(name)
    return rule is not None and rule.form == "transpose"


def _values(op: Op, rule: Rule, args: tuple[Any, ...], tangents: tuple[Any, ...], out: Any) -> dict[str, Any]:
    outs = (out,) if isinstance(out, Tensor) else tuple(out)
    made: dict[str, Any] = {}
    for name in rule.names:
        if name in op.index_of:
            made[name] = args[op.index_of[name]]
        elif name.startswith("t_") and name[2:] in op.index_of:
            made[name] = tangents[op.index_of[name[2:]]]
        elif name in op.output_names:
            made[name] = outs[op.output_names.index(name)]
        elif name.rpartition("_")[2] in ("shape", "dtype"):
            base, _, fact = name.rpartition("_")
            value = args[op.index_of[base]]
            made[name] = tuple(value.shape) if fact == "shape" else value.dtype
    return made


def _single(op: Op, rule: Any, name: str, args: tuple[Any, ...], tangents: tuple[Any, ...], out: Any) -> Any:
    at = op.index_of[name]
    if rule.form == "transpose":
        return op(*args[:at], tangents[at], *args[at + 1 :])
    derivative = rule.function(**_values(op, rule, args, tangents, out))
    return tangents[at] * derivative


def _joint(op: Op, args: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    """An op linear in all its tensors together, on tangents; absent ones are zeros of their argument's shape."""
    rules = RULES[op.name]
    made = list(args)
    for i, param in enumerate(op.params):
        if param.name not in rules.by_argument:
            continue
        if param.is_list:
            held = tangents[i] or (None,) * len(args[i])
            made[i] = tuple([torch.zeros_like(a) if t is None else t for a, t in zip(args[i], held, strict=True)])
        elif isinstance(args[i], Tensor):
            made[i] = torch.zeros_like(args[i]) if tangents[i] is None else tangents[i]
        elif args[i] is not None:
            made[i] = 0
    return op(*made)


def _two_vjps(op: Op, names: list[str], args: tuple[Any, ...], tangents: tuple[Any, ...], out: Any) -> list[Any]:
    """The jvp of an op that states only a vjp: differentiate the vjp, which is linear in the cotangent, with respect to the cotangent."""
    at = [op.index_of[name] for name in names]
    outs = [out] if isinstance(out, Tensor) else list(out)
    floating = [i for i, o in enumerate(outs) if o is not None and o._k & _FLOAT]
    outer, inner = GradInterpreter(), GradInterpreter()
    with outer:
        cotangents = [outer.wrap_leaf(torch.ones_like(outs[i])) for i in floating]  # anywhere: the map is linear
        with inner:
            made, leaves = list(args), []
            for i in at:
                if isinstance(args[i], tuple):
                    held = [inner.wrap_leaf(t) if t._k & _FLOAT else t for t in args[i]]
                    made[i] = tuple(held)
                    leaves += [(t, d) for t, d in zip(held, tangents[i], strict=True) if d is not None]
                else:
                    made[i] = inner.wrap_leaf(args[i])
                    leaves.append((made[i], tangents[i]))
            result = op(*made)
            results = [result] if isinstance(result, Tensor) else list(result)
            with inner.below():
                pulled = inner.backward([results[i] for i in floating], [leaf for leaf, _ in leaves], cotangents, False)
        with outer.below():
            moved = outer.backward(pulled, cotangents, [d for _, d in leaves], False)
    spread: list[Any] = [None] * len(outs)
    for i, t in zip(floating, moved, strict=True):
        spread[i] = t
    return spread
