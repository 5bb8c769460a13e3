"""torch.autograd.Function under transforms: each level asks the level below for the outputs and adds what is its own.

A grad level makes a node with a context of its own; a jvp level calls the Function's `jvp`; vmap calls its `vmap`, or runs
forward and backward batched where generate_vmap_rule says so. All of it needs the style with setup_context: forward runs once,
at the bottom.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ft_core import Tensor
from ft_core.keys import GRAD, NOGRAD
from ft_core.state import TL
from ft_core.tensor import alias_of
from ft_dispatch import surface as torch

from ..function import Function
from ..function_node import FLOAT, FunctionCtx, apply_plain, finish, new_context
from ..node import Packed, save_output
from .dual_level import DualInterpreter
from .grad_level import GradInterpreter
from .jvp_level import JvpInterpreter, forward_mode
from .level import settle
from .vmap_level import VmapInterpreter


class VmapInfo(NamedTuple):
    """What a Function's `vmap` learns of the batch."""

    batch_size: int
    randomness: str


def apply_at_level(cls: Any, args: tuple[Any, ...]) -> Any:
    """Function.apply while a transform runs. RuntimeError for a Function without setup_context."""
    args = tuple([settle(a) for a in args])
    levels = TL.st.levels
    if not levels:
        return apply_plain(cls, args)
    of = levels[-1]
    if not of.functional and not any(of.owns(a) for a in args):
        with of.below():
            return cls.apply(*args)
    if not of.functional and not levels[:-1]:
        return _at_dual(of, cls, args)
    if not cls.uses_setup_context():
        raise RuntimeError(
            "In order to use an autograd.Function with functorch transforms (vmap, grad, jvp, jacrev, ...), it must override "
            "the setup_context staticmethod. For more details, please see "
            "https://pytorch.org/docs/main/notes/extending.func.html"
        )
    if isinstance(of, GradInterpreter) and not isinstance(of, DualInterpreter):
        return _at_grad(of, cls, args)
    return _at_jvp(of, cls, args) if isinstance(of, JvpInterpreter) else _at_vmap(of, cls, args)


def _below(of: Any, cls: Any, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], Any]:
    inner = tuple([of.value(a) for a in args])
    with of.below():
        return inner, cls.apply(*inner)


def _rewrapped(of: Any, output: Any, inner: tuple[Any, ...], args: tuple[Any, ...]) -> Any:
    """Outputs as tensors of this level; one that is an input stays that input."""
    same = {id(i): a for i, a in zip(inner, args, strict=True) if isinstance(i, Tensor)}

    def one(o: Any) -> Any:
        return same.get(id(o)) or of.wrap(o) if isinstance(o, Tensor) else o

    return tuple([one(o) for o in output]) if isinstance(output, tuple) else one(output)


def _at_grad(of: GradInterpreter, cls: Any, args: tuple[Any, ...]) -> Any:
    for a in args:
        if of.owns(a):
            of.refresh(a)
    inner, output = _below(of, cls, args)
    args = tuple([of.own(a) if isinstance(a, Tensor) else a for a in args])
    node = new_context(cls, args)
    ctx = node.ctx
    output = _rewrapped(of, output, inner, args)
    ctx._in_forward = True
    with of.below():
        cls.setup_context(ctx, args, output)
    ctx._in_forward = False
    return finish(node, args, output, any(ctx.needs_input_grad) and not TL.st.bits & NOGRAD)


def _at_jvp(of: JvpInterpreter, cls: Any, args: tuple[Any, ...]) -> Any:
    inner, output = _below(of, cls, args)
    with of.below():
        tangents = [of.tangent(a) for a in args]
        moved: list[Any] = [None] * (len(output) if isinstance(output, tuple) else 1)
        if any(t is not None for t in tangents):
            ctx = Context()
            cls.setup_context(ctx, inner, output)
            if ctx.materialize_grads:
                tangents = [
                    torch.zeros_like(a) if t is None and isinstance(a, Tensor) and a._k & FLOAT else t
                    for t, a in zip(tangents, inner, strict=True)
                ]
            made = cls.jvp(ctx, *tangents)
            moved = list(made) if isinstance(made, tuple) else [made]
    if not isinstance(output, tuple):
        return of.wrap(output, moved[0])
    return tuple([of.wrap(o, t) if isinstance(o, Tensor) else o for o, t in zip(output, moved, strict=True)])


def _at_dual(of: DualInterpreter, cls: Any, args: tuple[Any, ...]) -> Any:
    """In a dual_level alone a Function of either style will do: forward runs once, and `jvp` gets the context it filled."""
    for a in args:
        if of.owns(a):
            of.refresh(a)
    moved: list[Any] = []
    tangents = [of.tangent(a) for a in args]
    moving = any(t is not None for t in tangents) and of.moves(TL.st)

    def tangents_after(ctx: Any, output: Any) -> None:
        given = tangents
        if ctx.materialize_grads:
            given = [
                torch.zeros_like(of.value(a)) if t is None and isinstance(a, Tensor) and a._k & FLOAT else t
                for t, a in zip(tangents, args, strict=True)
            ]
        made = cls.jvp(ctx, *given)
        moved[:] = list(made) if isinstance(made, tuple) else [made]
        wanted = len(output) if isinstance(output, tuple) else 1
        if len(moved) != wanted:
            raise RuntimeError(
                f"Function's jvp returned an invalid number of forward gradients (expected {wanted} but got {len(moved)})"
            )
        constant = {id(t) for t in ctx._constant}
        for i, o in enumerate(output if isinstance(output, tuple) else (output,)):
            if id(o) in constant:
                moved[i] = None

    with forward_mode(False):
        output = apply_plain(cls, args, tangents_after if moving else None)
    if not moving:
        return output
    outs = [
        _as_dual(of, o, t, i)
        for i, (o, t) in enumerate(zip(output if isinstance(output, tuple) else (output,), moved, strict=True))
    ]
    return tuple(outs) if isinstance(output, tuple) else outs[0]


def _as_dual(of: DualInterpreter, o: Any, tangent: Any, at: int) -> Any:
    """Output `at` of a Function with its tangent, in the place in the graph that it has; what the node saved of it has the tangent too."""
    if not isinstance(o, Tensor) or tangent is None:
        return o
    if of.owns(o):
        with of.below():
            of.move(o, tangent)  # type: ignore[arg-type]  # it is the level's
        return o
    made = of.wrap(alias_of(o), tangent)
    made._k |= o._k & GRAD
    made._node = o._node
    if o._node is not None:
        node = o._node.public()
        node.saved = tuple(
            [
                (kind, save_output(made), i)
                if kind == "output" and i == at and held[0].__class__ is not Packed
                else (kind, held, i)
                for kind, held, i in node.saved
            ]
        )
    return made


class Context(FunctionCtx):
    """A context that is no node: for jvp and for batched forward and backward."""

    _in_forward = True

    def __init__(self, saved: Any = None) -> None:
        if saved is not None:
            self._to_save = saved


def _at_vmap(of: VmapInterpreter, cls: Any, args: tuple[Any, ...]) -> Any:
    if not any(of.owns(a) for a in args):
        with of.below():
            return cls.apply(*args)
    own_rule = cls.vmap is not Function.vmap
    if cls.generate_vmap_rule and own_rule:
        raise RuntimeError(
            f"You tried to vmap over {cls.__name__}, but it has both generate_vmap_rule=True and an overriden vmap "
            f"staticmethod. Please set generate_vmap_rule=False or delete the overriden vmap staticmethod to avoid ambiguity. "
            f"For more details, please see https://pytorch.org/docs/main/notes/extending.func.html"
        )
    if not cls.generate_vmap_rule and not own_rule:
        raise RuntimeError(
            f"You tried to vmap over {cls.__name__}, but it does not have vmap support. Please override and implement the vmap "
            f"staticmethod or set generate_vmap_rule=True. For more details, please see "
            f"https://pytorch.org/docs/main/notes/extending.func.html"
        )
    inner = tuple([of.value(a) for a in args])
    flags = tuple([of.owns(a) for a in args])
    if own_rule:
        with of.below():
            output, dims = cls.vmap(VmapInfo(of.size, of.randomness), tuple([0 if f else None for f in flags]), *inner)
        return _batched_outputs(of, output, dims)
    with of.below():
        output = _generated(cls, flags, of.size, of.randomness).apply(*inner)
    return tuple([of.wrap(o) if isinstance(o, Tensor) else o for o in output]) if isinstance(output, tuple) else of.wrap(output)


def _batched_outputs(of: VmapInterpreter, output: Any, dims: Any) -> Any:
    def one(o: Any, d: Any) -> Any:
        return of.split(o, d) if isinstance(o, Tensor) and d is not None else o

    if not isinstance(output, tuple):
        return one(output, dims[0] if isinstance(dims, tuple) else dims)
    spread = dims if isinstance(dims, tuple) else (dims,) * len(output)
    return tuple([one(o, d) for o, d in zip(output, spread, strict=True)])


class _Batch:
    """Runs a Function's static methods on examples: wraps what is batched, unwraps what comes back."""

    def __init__(self, size: int, randomness: str) -> None:
        self.of = VmapInterpreter(size, randomness)

    def examples(self, values: Any, flags: Any) -> list[Any]:
        return [self.of.wrap(v) if f and isinstance(v, Tensor) else v for v, f in zip(values, flags, strict=True)]

    def payloads(self, values: Any) -> list[Any]:
        """Tensors with the batch first, all of them."""
        size = self.of.size
        return [
            (self.of.value(v) if self.of.owns(v) else v.expand((size, *v.shape)).clone()) if isinstance(v, Tensor) else v
            for v in values
        ]


def _generated(cls: Any, flags: tuple[bool, ...], size: int, randomness: str) -> Any:
    """A Function over whole batches whose forward, backward and jvp run `cls`'s on examples."""

    class Batched(Function):
        @staticmethod
        def forward(*args: Any) -> Any:
            batch = _Batch(size, randomness)
            with batch.of:
                output = cls.forward(*batch.examples(args, flags))
            made = batch.payloads(output if isinstance(output, tuple) else (output,))
            return tuple(made) if isinstance(output, tuple) else made[0]

        @staticmethod
        def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
            ctx.inner, ctx.held = _set_up(cls, ctx, inputs, output, flags, _Batch(size, randomness))

        @staticmethod
        def backward(ctx: Any, *grads: Any) -> Any:
            batch = _Batch(size, randomness)
            with batch.of:
                inner = _restored(ctx, batch)
                made = cls.backward(inner, *batch.examples(grads, [g is not None for g in grads]))
            made = made if isinstance(made, tuple) else (made,)
            return tuple([_gradient(batch, g, f) for g, f in zip(made, flags, strict=True)])

        @staticmethod
        def jvp(ctx: Any, *tangents: Any) -> Any:
            batch = _Batch(size, randomness)
            with batch.of:
                inner = _restored(ctx, batch)
                made = cls.jvp(inner, *batch.examples(tangents, flags))
            found = batch.payloads(made if isinstance(made, tuple) else (made,))
            return tuple(found) if isinstance(made, tuple) else found[0]

    Batched.__name__ = "Vmapped" + cls.__name__
    return Batched


def _set_up(cls: Any, ctx: Any, inputs: Any, output: Any, flags: Any, batch: _Batch) -> tuple[Context, tuple[bool, ...]]:
    """Run the user's setup_context on examples, and move what it saves and marks to the batch's context."""
    inner = Context()
    many = isinstance(output, tuple)
    outs = list(output) if many else [output]
    with batch.of:
        examples = batch.examples(inputs, flags)
        results = batch.examples(outs, [True] * len(outs))
        inner.needs_input_grad = getattr(ctx, "needs_input_grad", (True,) * len(inputs))
        cls.setup_context(inner, tuple(examples), tuple(results) if many else results[0])
    of = batch.of
    held = tuple([of.owns(t) for t in inner._to_save])
    ctx.save_for_backward(*[of.value(t) for t in inner._to_save])
    ctx.save_for_forward(*[of.value(t) for t in inner._to_save])
    ctx.mark_non_differentiable(*[of.value(t) for t in inner._constant])
    ctx.set_materialize_grads(inner.materialize_grads)
    inner._to_save = inner._for_forward = inner._constant = ()
    return inner, held


def _restored(ctx: Any, batch: _Batch) -> Context:
    """The user's context again, its saved tensors as examples of the running batch."""
    made = Context(tuple(batch.examples(ctx.saved_tensors, ctx.held)))
    for name, value in vars(ctx.inner).items():
        if name not in ("_to_save", "_for_forward", "_constant", "_dirty"):
            setattr(made, name, value)
    return made


def _gradient(batch: _Batch, g: Any, batched: bool) -> Any:
    """A gradient for the whole batch: stacked where the input was, summed where all examples shared it."""
    if g is None or not isinstance(g, Tensor):
        return g
    if batched:
        return batch.payloads([g])[0]
    return batch.of.value(g).sum(0) if batch.of.owns(g) else g * batch.of.size
