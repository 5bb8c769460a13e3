"""What makes a user's op one of the table: a record like ours, whose parts are Python functions over tensors.

The record's `implementation` runs below everything; its `decomposition`, which autograd and transforms run because there is no rule under
its name, is a Function around it; its meta rule is the fake implementation; its batching rule the user's, or a loop.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ft_core import Tensor, device, dtype
from ft_core.keys import AUTOCAST, BELOW
from ft_core.state import TL, bits_set
from ft_dispatch import surface as torch
from ft_dispatch.execute import mapped, tensors_of
from ft_dispatch.inplace import bump
from ft_dispatch.kinds import OPAQUE
from ft_dispatch.op import Op, op
from ft_dispatch.packets import overload, split_namespace
from ft_dispatch.registry import OPS, PACKETS

from . import func as _func  # noqa: F401  # opens the doors of transforms
from .function import Function

_below = bits_set(on=BELOW)
_no_autocast = bits_set(off=AUTOCAST)
IN_FAKE = "fake_implementation_of"  # in the thread's data: the op whose fake implementation runs
EVERY_DEVICE = "default"


class VmapInfo(NamedTuple):
    """What a batching rule is told: the number of examples, and vmap's `randomness`."""

    batch_size: int
    randomness: str


class UserOp:
    """A record of the table and the functions that a user gave it, found again by `found`.

    opaque: without a registered gradient it has none; otherwise the ops inside its implementation record themselves.
    """

    def __init__(self, schema: str, *, opaque: bool = False) -> None:
        self.record: Op = op(schema, kind=OPAQUE, variants="")
        if any(p.base not in _BASES for p in self.record.params):
            wrong = next(p for p in self.record.params if p.base not in _BASES)
            forget(self.record)
            raise ValueError(f"{schema}: parameter {wrong.name} has type {wrong.base}; expected one of {', '.join(sorted(_BASES))}")
        self.name = self.record.base
        self.opaque = opaque
        self.qualified = ".".join((*split_namespace(self.name), self.record.overload or "default"))
        self.kernels: dict[str, Callable[..., Any]] = {}
        self.first: Callable[..., Any] | None = None  # what custom_op was given: runs where a device's kernel is switched off
        self.off: set[str] = set()
        self.fake: Callable[..., Any] | None = None
        self.backward: Callable[..., Any] | None = None
        self.setup_context: Callable[..., Any] | None = None
        self.batching: Callable[..., Any] | None = None
        self.autocast_to: dict[str, dtype] = {}
        self.mutates = tuple(i for i, p in enumerate(self.record.params) if p.write)
        self.function = _function_of(self)
        self.record.implementation = self.run
        self.record.decomposition = self.differentiable
        self.record.batch_rule = self.batched
        USER_OPS[self.record.name] = self

    def kernel_for(self, where: str) -> Callable[..., Any] | None:
        """The implementation for a device type."""
        if where in self.off:
            return self.first
        return self.kernels.get(where) or self.kernels.get(EVERY_DEVICE)

    # -- below autograd --------------------------------------------------------------------------------------------------

    def run(self, args: tuple[Any, ...], where: device) -> Any:
        """The implementation for a device; NotImplementedError where there is none, RuntimeError for outputs that alias inputs."""
        if where.type == "meta":
            return self.faked(args)
        kernel = self.kernel_for(where.type)
        if kernel is None:
            raise NotImplementedError(
                f"{self.name}: no kernel for device {where.type!r}; there are {', '.join(sorted(self.kernels)) or 'none'}; "
                f"register one with torch.library.register_kernel({self.name!r}, {where.type!r})"
            )
        with _below:
            out = self.call(kernel, args)
        outs = [t for t in _listed(out) if isinstance(t, Tensor)]
        given = tensors_of(self.record, args)
        if any(_aliases(t, other) for i, t in enumerate(outs) for other in [*given, *outs[:i]]):
            raise RuntimeError(
                f"{self.name} (with implementation in {inspect.getmodule(kernel)}): The output of this custom operator (1) must not also "
                "be an input to this custom operator and (2) may not alias any inputs to this custom operator or other returns. The "
                "most common way to trigger this error is if we have y = custom_op(x) and y and x are the same Tensor. Please instead "
                "return a clone of the offending output tensor(s) (e.g. return x.clone()) or refactor the custom operator to not "
                "return y."
            )
        for i in self.mutates:
            for t in args[i] if isinstance(args[i], (tuple, list)) else (args[i],):
                if t is not None:
                    bump(t)
        return out

    def faked(self, args: tuple[Any, ...]) -> Any:
        """Outputs without data; RuntimeError where no fake implementation is registered."""
        if self.fake is None:
            short = split_namespace(self.name)[1]
            raise RuntimeError(
                f"There was no fake impl registered for <CustomOpDef({self.name})>. This is necessary for torch.compile/export/fx "
                f"tracing to work. Please use `{short}.register_fake` to add an fake impl."
            )
        data = TL.st.data
        before, data[IN_FAKE] = data.get(IN_FAKE), self.name
        try:
            return self.call(self.fake, args)
        finally:
            data[IN_FAKE] = before

    def call(self, function: Callable[..., Any], args: Sequence[Any]) -> Any:
        """A user's function with arguments as users write them: lists as lists, keyword-only ones by name."""
        params = self.record.params
        positional = [_plain(a) for a, p in zip(args, params, strict=True) if not p.kwonly]
        named = {p.name: _plain(a) for a, p in zip(args, params, strict=True) if p.kwonly}
        if not self.autocast_to:
            return function(*positional, **named)
        with _no_autocast:
            return function(*positional, **named)

    def meta(self, *args: Any) -> Any:
        """The record's meta rule, by way of the fake implementation: (shape, dtype) of each output."""
        out = self.faked(mapped(self.record, args, lambda t: torch.empty(tuple(t.shape), dtype=t.dtype, device="meta")))
        return [(tuple(t.shape), t.dtype) for t in _listed(out)]

    # -- above: autograd and transforms ----------------------------------------------------------------------------------

    def inside(self, *args: Any) -> Any:
        """The implementation with autograd on, as where autograd's key falls through."""
        where = next((t.device.type for t in tensors_of(self.record, args)), "cpu")
        kernel = self.kernel_for(where)
        return self.lowered(args) if kernel is None else self.call(kernel, args)

    def differentiable(self, *args: Any) -> Any:
        """The op as autograd and transforms see it: one node, whose backward is the user's."""
        if self.backward is None and not self.opaque and not self.mutates:
            return self.inside(*args)
        flat: list[Any] = []
        spec = []
        for a, p in zip(args, self.record.params, strict=True):
            listed = p.is_tensor and p.is_list and a is not None
            spec.append(len(a) if listed else None)
            flat += list(a) if listed else [a]
        out = self.function.apply(tuple(spec), *flat)
        return list(out) if self.record.n_outputs == -1 else out

    def lowered(self, args: tuple[Any, ...]) -> Any:
        """The op again, one level further down."""
        with _below:
            out = self.record(*args)
        return tuple(out) if isinstance(out, list) else out

    def batched(self, record: Op, args: tuple[Any, ...], flags: tuple[Any, ...], size: int) -> Any:
        """The batching rule: the user's, else a loop with a warning."""
        if self.batching is None:
            return self._looped(args, flags, size)
        dims = tuple(_dims(flag) for flag, p in zip(flags, record.params, strict=True) if not p.kwonly)
        randomness = TL.st.levels[-1].randomness if TL.st.levels and hasattr(TL.st.levels[-1], "randomness") else "error"
        out, out_dims = self.call(lambda *a, **k: self.batching(VmapInfo(size, randomness), dims, *a, **k), args)  # type: ignore[misc]
        if isinstance(out, Tensor):
            return _batch_first(out, out_dims, size)
        where = out_dims if isinstance(out_dims, (tuple, list)) else [out_dims] * len(out)
        return type(out)([_batch_first(t, d, size) for t, d in zip(out, where, strict=True)])

    def _looped(self, args: tuple[Any, ...], flags: tuple[Any, ...], size: int) -> Any:
        from .levels.vmap_level import _example  # noqa: PLC0415  # only where somebody batches an op without a rule

        warnings.warn(
            f"There is a performance drop because we have not yet implemented the batching rule for {self.name}. It runs once per "
            f"example; write one with torch.library.register_vmap({self.name!r}).",
            UserWarning,
            stacklevel=7,
        )
        each = [self.record(*_example(self.record, args, flags, i)) for i in range(size)]
        if isinstance(each[0], Tensor):
            return torch.stack(each)
        return type(each[0])([torch.stack(list(column)) for column in zip(*each, strict=True)])


_BASES = frozenset("Tensor int float bool str Scalar ScalarType Device Layout MemoryFormat Generator".split())
USER_OPS: dict[str, UserOp] = {}


def found(which: Any) -> UserOp:
    """The user's op of a qualified name, an overload, a packet or anything with `_user_op`. RuntimeError for what is none."""
    held = getattr(which, "_user_op", None)
    if held is not None:
        return held
    name = which if isinstance(which, str) else None
    if name is None and getattr(which, "_op", None) is not None:
        name = which._op.name
    if name is None and hasattr(which, "_base"):
        name = which._base
    made = USER_OPS.get(str(name).removesuffix(".default"))
    if made is None:
        raise RuntimeError(
            f"{which}: expected an op declared with torch.library.custom_op, define or Library.define; there are "
            f"{', '.join(sorted(USER_OPS)) or 'none'}"
        )
    return made


def forget(record: Op) -> None:
    """Take a record out of the table again."""
    USER_OPS.pop(record.name, None)
    OPS.pop(record.name, None)
    members = PACKETS.get(record.base, {})
    members.pop(record.overload or "default", None)
    if not members:
        PACKETS.pop(record.base, None)
    from ft_dispatch import modes, packets  # noqa: PLC0415  # its memo of overloads, and what modes do with it

    qualified = overload(record.base, record.overload or "default").name()
    for key in [key for key in modes.RULES if key[1] == qualified]:
        del modes.RULES[key]
    packets._OVERLOADS.pop(f"{record.base}.{record.overload or 'default'}", None)


def overload_of(made: UserOp) -> Any:
    """`torch.ops.<namespace>.<name>.<overload>`."""
    return overload(made.record.base, made.record.overload or "default")


def _function_of(made: UserOp) -> type[Function]:
    """The Function around a user's op. Its arguments are flat: how many tensors each list has, then all of them."""

    def forward(spec: tuple[Any, ...], *flat: Any) -> Any:
        return made.lowered(_nested(spec, flat))

    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx._spec = inputs[0]
        if made.setup_context is None:
            return
        args = _nested(inputs[0], inputs[1:])
        params = made.record.params
        named = {p.name: _plain(a) for a, p in zip(args, params, strict=True) if p.kwonly}
        given = tuple([_plain(a) for a, p in zip(args, params, strict=True) if not p.kwonly])
        shown = list(output) if made.record.n_outputs == -1 else output
        extra = {"keyword_only_inputs": named} if named else {}
        made.setup_context(ctx=ctx, inputs=given, output=shown, **extra)

    def backward(ctx: Any, *grads: Any) -> Any:
        if made.backward is None:
            raise RuntimeError(
                f"Trying to backward through {made.qualified} but no autograd formula was registered. Please use register_autograd to "
                "add one."
            )
        found = made.backward(ctx, list(grads)) if made.record.n_outputs == -1 else made.backward(ctx, *grads)
        return (None, *_flat_gradients(made, ctx._spec, found if isinstance(found, tuple) else (found,)))

    def vmap(info: Any, in_dims: tuple[Any, ...], spec: tuple[Any, ...], *flat: Any) -> Any:
        dims = in_dims[1:]
        first = [t if d is None else t.movedim(d, 0) for t, d in zip(flat, dims, strict=True)]
        flags = _nested(spec, [d is not None for d in dims])
        out = made.batched(made.record, _nested(spec, first), flags, info.batch_size)
        return (out, 0) if isinstance(out, Tensor) else (tuple(out), (0,) * len(out))

    body = {f.__name__: staticmethod(f) for f in (forward, setup_context, backward, vmap)}
    return type(f"GeneratedBackwardFor_{made.qualified.replace('.', '_')}", (Function,), body)


def _nested(spec: tuple[Any, ...], flat: Sequence[Any]) -> tuple[Any, ...]:
    made, at = [], 0
    for n in spec:
        made.append(flat[at] if n is None else tuple(flat[at : at + n]))
        at += 1 if n is None else n
    return tuple(made)


def _flat_gradients(made: UserOp, spec: tuple[Any, ...], grads: tuple[Any, ...]) -> list[Any]:
    """One gradient per flat argument, from one per positional argument; RuntimeError for another number of them."""
    params = made.record.params
    positional = [i for i, p in enumerate(params) if not p.kwonly]
    if len(grads) != len(positional):
        raise RuntimeError(
            f"{made.name}: backward returned {len(grads)} gradients; expected {len(positional)}, one for each of "
            f"{', '.join(params[i].name for i in positional)} (None where there is none)"
        )
    flat: list[Any] = []
    for i, n in enumerate(spec):
        g = grads[positional.index(i)] if i in positional else None
        if n is None:
            flat.append(g)
            continue
        if g is not None and len(g) != n:
            raise RuntimeError(f"{made.name}: backward returned {len(g)} gradients for the list {params[i].name}; expected {n}")
        flat += [None] * n if g is None else list(g)
    return flat


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _listed(out: Any) -> list[Any]:
    return [] if out is None else [out] if isinstance(out, Tensor) else list(out)


def _aliases(a: Tensor, b: Tensor) -> bool:
    return a is b or (a._storage is not None and a._storage is b._storage)


def _dims(flag: Any) -> Any:
    return [0 if f else None for f in flag] if isinstance(flag, tuple) else 0 if flag else None


def _batch_first(t: Tensor, dim: int | None, size: int) -> Tensor:
    return t.expand((size, *t.shape)) if dim is None else t.movedim(dim, 0)
