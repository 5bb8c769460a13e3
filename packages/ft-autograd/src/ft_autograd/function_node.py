"""The node of a user's Function and its `ctx`: what is saved, how it is recorded, and what is checked of backward's gradients.

Two objects, since users may call an attribute of theirs as they like: `ctx.shape` is theirs, `node.shape` the engine's. What is asked
of the node and is not there (`grad_fn.saved_tensors`, an attribute of the user) is looked for in the ctx, and what makes a ctx a node, in
the node. Separate from `function`, where the class that users derive from is.
"""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable
from typing import Any

from ft_core import Tensor, upcalls
from ft_core.keys import ANOMALY, BELOW, DISPATCH, DTYPE_OF, GRAD, LEVEL, NOGRAD, SAVED_HOOKS, VIEW
from ft_core.state import TL, bits_set
from ft_core.tensor import alias_of
from ft_dispatch.inplace import bump
from ft_dispatch.views import IN_CUSTOM, MULTI

from .node import FOREIGN, FREED, SAVES, SEQ, Node, Out, edge, save_output, unpack_input, unpack_output, version

FLOAT = sum(bit for bit, kind in DTYPE_OF.items() if kind.category >= 2)
not_recording = bits_set(on=NOGRAD)


class FunctionCtx:
    """What forward and backward of a Function share: saved tensors, flags, and any attribute the user sets."""

    needs_input_grad: tuple[bool, ...]
    _to_save: tuple[Any, ...] = ()
    _for_forward: tuple[Any, ...] = ()
    _dirty: tuple[Tensor, ...] = ()
    _constant: tuple[Tensor, ...] = ()
    materialize_grads = True
    _node: Callable[[], Any] = staticmethod(lambda: None)  # a weak reference
    _in_forward = False

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep inputs, outputs or intermediate tensors for backward. TypeError for anything else (set an attribute for
        that)."""
        for i, t in enumerate(tensors):
            if t is not None and not isinstance(t, Tensor):
                raise TypeError(f"save_for_backward can only save variables, but argument {i} is of type {type(t).__name__}")
        self._to_save = tensors

    def save_for_forward(self, *tensors: Tensor | None) -> None:
        """Keep tensors for `jvp`."""
        self._for_forward = tensors

    def mark_dirty(self, *args: Tensor) -> None:
        """Say which inputs forward has changed in place; each must be returned."""
        self._dirty = args

    def mark_non_differentiable(self, *args: Tensor) -> None:
        """Say which outputs have no gradient; integer ones need not be named."""
        self._constant = args

    def set_materialize_grads(self, value: bool) -> None:
        """Whether backward sees zeros (default) or None for outputs that nothing depends on."""
        self.materialize_grads = value

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """What was saved. RuntimeError if it was changed in place since, or freed by an earlier backward."""
        if self._in_forward:
            return self._for_forward or self._to_save
        node = self._node()
        if node is None or node.saved is None:
            raise RuntimeError(FREED)
        return tuple([_unsaved(node, held) for held in node.saved])

    def __getattr__(self, name: str) -> Any:
        if name in _OF_THE_NODE:
            node = self._node()
            if node is not None:
                return getattr(node, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)


_OF_THE_NODE = frozenset(("maybe_clear_saved_tensors", "metadata", "name", "next_functions", "register_hook", "register_prehook"))


def _unsaved(node: Any, held: Any) -> Any:
    kind, payload, extra = held
    if kind == "output":
        return unpack_output(node, payload, extra)
    return None if payload is None else unpack_input(node, payload, extra)


class FunctionNode(Node):
    """The node of one call of a Function; each Function has a subclass of its own, called `<name>Backward`."""

    traits = SAVES  # not FRESH: backward may return what others hold
    forward_class: Any
    ctx: FunctionCtx
    saved: Any = ()
    places: tuple[int, ...]  # positions of tensors among forward's arguments
    facts: tuple[Any, ...]  # (shape, dtype, device) per output, None for what is no tensor
    input_shapes: tuple[Any, ...]

    def apply(self, g: Any, *more: Any) -> tuple[Any, ...]:
        """As of any node; called by hand it takes the cotangents one by one."""
        cls, ctx = self.forward_class, self.ctx
        grads = [g, *more] if more else list(g) if self.n_outputs != 1 else [g]
        if ctx.materialize_grads:
            grads = [_zeros(f) if grad is None and f is not None else grad for grad, f in zip(grads, self.facts, strict=True)]
        made = _backward_of(cls)(ctx, *grads)
        made = made if isinstance(made, tuple) else tuple(made) if isinstance(made, list) else (made,)
        return _checked(self, made)

    def __call__(self, *grads: Any) -> Any:
        raise TypeError(f"{self.name()!r} object is not callable")

    def release(self) -> None:
        self.saved = None

    def maybe_clear_saved_tensors(self) -> None:
        """Free what was saved."""
        self.saved = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "ctx":
            raise AttributeError(name)
        if name == "_raw_saved_tensors":
            from .saved import raw_saved_of_function  # noqa: PLC0415  # few look at what is saved

            return raw_saved_of_function(self)
        return getattr(self.ctx, name)


def _zeros(fact: tuple[Any, ...]) -> Tensor:
    from ft_dispatch import surface as torch  # noqa: PLC0415  # the whole op table

    return torch.zeros(fact[0], dtype=fact[1], device=fact[2])


def _backward_of(cls: Any) -> Callable[..., Any]:
    from .function import Function  # noqa: PLC0415  # the class of users is made of this module's

    has_backward, has_vjp = cls.backward is not Function.backward, cls.vjp is not Function.vjp
    if has_backward and has_vjp:
        raise RuntimeError(
            "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one of them."
        )
    return cls.vjp if has_vjp else cls.backward


def _checked(node: FunctionNode, grads: tuple[Any, ...]) -> tuple[Any, ...]:
    """Gradients of the tensor inputs, after torch's checks: their number, None for what is no tensor, shapes."""
    n = len(node.ctx.needs_input_grad)
    if len(grads) > n and all(g is None for g in grads[n:]):
        grads = grads[:n]
    if len(grads) != n:
        raise RuntimeError(f"function {node.name()} returned an incorrect number of gradients (expected {n}, got {len(grads)})")
    for i, g in enumerate(grads):
        if g is None:
            continue
        if i not in node.places:
            raise RuntimeError(
                f"function {node.name()} returned a gradient different from None at position {i + 1}, but the corresponding "
                f"forward input was not a Variable"
            )
        if not isinstance(g, Tensor):
            raise RuntimeError(
                f"function {node.name()} returned an invalid gradient at index {i}: expected Tensor or None (got "
                f"{type(g).__name__})"
            )
        want = node.input_shapes[node.places.index(i)]
        if not _fits(tuple(g.shape), want):
            raise RuntimeError(
                f"Function {node.name()} returned an invalid gradient at index {i} - got {list(g.shape)} but expected shape "
                f"compatible with {list(want)}; it is the gradient of {_argument(node.forward_class, i)}"
            )
    return tuple([grads[i] for i in node.places])


def _fits(have: tuple[int, ...], want: tuple[int, ...]) -> bool:
    lead = len(have) - len(want)
    return lead >= 0 and all(w in (1, h) for h, w in zip(have[lead:], want, strict=True))


def _argument(cls: Any, i: int) -> str:
    """`argument 'x' of MyFunction.forward`."""
    names = list(inspect.signature(cls.forward).parameters)
    at = i if cls.uses_setup_context() else i + 1
    name = f"'{names[at]}'" if at < len(names) else str(i)
    return f"argument {name} of {cls.__name__}.forward"


def new_context(cls: Any, args: tuple[Any, ...]) -> Any:
    """The node of a call to come, with its context and what is known before forward."""
    node = object.__new__(cls._backward_cls)
    ctx = node.ctx = object.__new__(cls._context_cls)
    ctx._node = weakref.ref(node)
    for a in args:
        if isinstance(a, Tensor) and a._k & VIEW:
            upcalls.refresh_view(a)
    ctx.needs_input_grad = tuple([isinstance(a, Tensor) and bool(a._k & GRAD) for a in args])
    node.places = tuple([i for i, a in enumerate(args) if isinstance(a, Tensor)])
    node.next = tuple([edge(args[i]) for i in node.places])
    node.input_shapes = tuple([tuple(args[i].shape) for i in node.places])
    node.k = FOREIGN
    return node


def apply_plain(cls: Any, args: tuple[Any, ...], after_forward: Callable[[Any, Any], None] | None = None) -> Any:
    """A call outside of every transform. `after_forward` gets the context, where what was saved can still be seen, and the outputs."""
    st = TL.st
    node = new_context(cls, args)
    ctx = node.ctx
    ctx._in_forward = True
    with not_recording:
        if cls.uses_setup_context():
            output = cls.forward(*args)
            cls.setup_context(ctx, args, output)
        else:
            output = cls.forward(ctx, *args)
    recording = any(ctx.needs_input_grad) and not st.bits & (NOGRAD | BELOW)
    if after_forward is None:
        ctx._in_forward = False
        return finish(node, args, output, recording)
    kept = ctx._to_save, ctx._for_forward, ctx._constant
    output = finish(node, args, output, recording)
    ctx._to_save, ctx._for_forward, ctx._constant = kept
    after_forward(ctx, output)
    ctx._in_forward = False
    ctx._to_save = ctx._for_forward = ctx._constant = ()
    return output


def finish(node: Any, args: tuple[Any, ...], output: Any, recording: bool) -> Any:
    """Give the outputs of forward their place in the graph, and save what was asked for."""
    ctx, many = node.ctx, isinstance(output, tuple)
    outs = list(output) if many else [output]
    inputs = {id(a) for a in args if isinstance(a, Tensor)}
    dirty = {id(t) for t in ctx._dirty}
    if not dirty <= {id(o) for o in outs}:
        raise RuntimeError(
            "Some elements marked as dirty during the forward method were not returned as output. The inputs that are modified "
            "inplace must all be outputs of the Function."
        )
    for t in ctx._dirty:
        bump(t)
    constant = {id(t) for t in ctx._constant}
    node.n_outputs = len(outs)
    originals = {id(o): i for i, o in enumerate(outs) if isinstance(o, Tensor)}
    made = [_placed(o, id(o) in inputs, id(o) in dirty) if isinstance(o, Tensor) else o for o in outs]
    node.facts = tuple([(tuple(o.shape), o.dtype, o.device) if isinstance(o, Tensor) else None for o in made])
    if recording:
        _record(node, made, [id(o) in constant for o in outs], [id(o) in dirty for o in outs])
        _save(node, originals, made)
        if TL.st.bits & ANOMALY:
            from .saved import note_origin  # noqa: PLC0415  # only in anomaly mode

            note_origin(node)
    else:
        ctx._to_save = ()
    return tuple(made) if many else made[0]


def _placed(o: Tensor, is_input: bool, is_dirty: bool) -> Tensor:
    """An input that is returned unchanged becomes a view of it, so that the input keeps its own history."""
    if not is_input or is_dirty:
        return o
    if o._k & LEVEL:
        return o.detach()
    if o._k & DISPATCH:
        return alias_of(o)
    with not_recording:
        return o.view_as(o)


def _record(node: Any, outs: list[Any], constant: list[bool], dirty: list[bool]) -> None:
    node.seq = next(SEQ)
    node.shape = [tuple(o.shape) if isinstance(o, Tensor) else None for o in outs]
    single = sum(isinstance(o, Tensor) and bool(o._k & FLOAT) and not constant[i] for i, o in enumerate(outs)) == 1
    for i, o in enumerate(outs):
        if not isinstance(o, Tensor):
            continue
        if constant[i] or not o._k & FLOAT:
            if not dirty[i]:
                o._k &= ~GRAD
                o._node = None
            continue
        if dirty[i]:
            _check_dirty(o)
        elif o._base is not None:
            o._creation = IN_CUSTOM if single else MULTI
        o._k = o._k & ~VIEW | GRAD
        o._node = node if node.n_outputs == 1 else Out(node, i, o._k)
    if node.n_outputs == 1:
        node.shape = node.shape[0]
        node.k |= outs[0]._k if isinstance(outs[0], Tensor) else 0


def _check_dirty(o: Tensor) -> None:
    if o._k & GRAD and o._node is None:
        raise RuntimeError("a leaf Variable that requires grad has been used in an in-place operation.")
    if o._base is not None and o._base._k & GRAD:
        raise RuntimeError(
            "a Function changed a view of a tensor that requires grad in place (mark_dirty): clone the view before it goes in, "
            "or write the result into the base with copy_ afterwards"
        )


def _save(node: Any, originals: dict[int, int], outs: list[Any]) -> None:
    ctx = node.ctx
    hooks = TL.st.saved_hooks[-1] if TL.st.bits & SAVED_HOOKS and TL.st.saved_hooks else None
    held: list[Any] = []
    for t in ctx._to_save:
        at = originals.get(id(t)) if t is not None else None
        if at is not None and outs[at] is t and t._node is not None:
            saved = save_output(t)
            if hooks is not None:
                from .saved import pack  # noqa: PLC0415

                packed = pack(t, hooks, result=True)
                packed.edge = None  # it is this node, which knows
                saved = (packed, t._k, [1], 0)
            held.append(("output", saved, at))
        elif t is not None and hooks is not None:
            from .saved import pack  # noqa: PLC0415

            held.append(("input", pack(t, hooks), 0))
        else:
            held.append(("input", t, version(t) if t is not None else 0))
    node.saved = tuple(held)
    ctx._to_save = ctx._for_forward = ctx._dirty = ctx._constant = ()
