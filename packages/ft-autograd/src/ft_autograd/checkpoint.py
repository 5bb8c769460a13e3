"""torch.utils.checkpoint: forward keeps no intermediate values, backward runs it again.

Without reentry (recommended) it is a pair of saved-tensor hooks: packing throws the tensor away and remembers its number, the
first unpacking runs the function again and catches what it saves, by number. With reentry it is a Function whose backward runs
a backward of its own. Random numbers are the same in both runs.
"""

from __future__ import annotations

import contextlib
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ft_core import Tensor
from ft_core.generator import default_generator
from ft_core.keys import AUTOCAST, BELOW, DISPATCH, GRAD, SAVED_HOOKS
from ft_core.state import TL
from ft_dispatch.autocast import restored

from . import engine
from .backward import cotangents_for, root_of
from .function import Function
from .modes import enable_grad
from .saved import saved_tensors_hooks

_EARLY_STOP = "checkpoint_early_stop"


class CheckpointError(RuntimeError):
    """The second run of a checkpointed function saved other tensors than the first."""


class _Stop(Exception):  # noqa: N818  # no error: everything that is needed has been computed again
    pass


class set_checkpoint_early_stop:
    """A context that decides whether the second run stops once it has what backward needs (default: it does)."""

    def __init__(self, enable: bool) -> None:
        self.enable = enable

    def __enter__(self) -> None:
        self._before = TL.st.data.get(_EARLY_STOP)
        TL.st.data[_EARLY_STOP] = self.enable

    def __exit__(self, *exc: object) -> None:
        TL.st.data[_EARLY_STOP] = self._before


_DEBUG = "checkpoint_debug"


@contextlib.contextmanager
def set_checkpoint_debug_enabled(enabled: bool | None) -> Iterator[None]:
    """Whether checkpointed calls in the block explain a difference between their runs, whatever their `debug` says; None: as it says."""
    data = TL.st.data
    before, data[_DEBUG] = data.get(_DEBUG), enabled
    try:
        yield
    finally:
        data[_DEBUG] = before


class GraphExecGroup:
    """A context in which checkpointed calls (without reentry) run again once at most, however many backwards go through them.

    The backwards must not need the same saved tensor twice. RuntimeError where one stands in another.
    """

    def __enter__(self) -> GraphExecGroup:
        if TL.st.data.get("exec_group") is not None:
            raise RuntimeError(
                f"GraphExecGroup contexts cannot be nested. Already inside group {TL.st.data['exec_group']}; leave it first"
            )
        TL.st.data["exec_group"] = self
        return self

    def __exit__(self, *exc: object) -> None:
        TL.st.data["exec_group"] = None


def noop_context_fn() -> tuple[Any, Any]:
    """Two contexts that do nothing: the default of `context_fn`."""
    return contextlib.nullcontext(), contextlib.nullcontext()


@contextlib.contextmanager
def _random_state(state: Any) -> Iterator[None]:
    """The CPU generator in `state` for a block, afterwards as it was before. None: leave it alone."""
    if state is None:
        yield
        return
    now = default_generator.get_state_bytes()
    default_generator.set_state_bytes(state)
    try:
        yield
    finally:
        default_generator.set_state_bytes(now)


@contextlib.contextmanager
def _modes_of(bits: int, autocast: Any) -> Iterator[None]:
    """The mode bits and autocast of the first run, for the second."""
    st = TL.st
    before = st.bits
    try:
        with restored(autocast):
            st.bits = bits
            yield
    finally:
        st.bits = before


class _Holder:
    """What packing leaves of a tensor: its place in the order of saving."""

    __slots__ = ("__weakref__", "index")

    def __init__(self, index: int) -> None:
        self.index = index


class _Frame:
    """One checkpointed call: how many tensors it saved, and how to save them again."""

    def __init__(self, run_again: Callable[[], Any], early_stop: bool, check: bool, explain: Callable[[Any], Any] | None) -> None:
        self.run_again = run_again
        self.early_stop = early_stop
        self.check = check
        self.explain = explain
        self.found_for: weakref.ref[Any] | None = None
        self.holders: list[weakref.ref[_Holder]] = []
        self.facts: list[Any] = []
        self.found: dict[int, Tensor] = {}

    def pack(self, t: Tensor) -> _Holder:
        holder = _Holder(len(self.holders))
        self.holders.append(weakref.ref(holder))
        self.facts.append(_facts(t))
        return holder

    def unpack(self, holder: _Holder) -> Tensor:
        data = TL.st.data
        group = data.get("exec_group") or data.get("graph")
        if group is None or self.found_for is None or self.found_for() is not group or holder.index not in self.found:
            self.found_for = None if group is None else weakref.ref(group)
            try:
                self._recompute()
            except CheckpointError as error:
                if self.explain is not None:
                    self.explain(error)
                raise
        return self.found.pop(holder.index)

    def _recompute(self) -> None:
        self.found.clear()
        seen: list[Any] = []

        def catch(t: Tensor) -> Tensor:
            index = len(seen)
            seen.append(_facts(t))
            if index < len(self.holders) and self.holders[index]() is not None:
                self.found[index] = t
            if self.early_stop and len(seen) == len(self.holders):
                raise _Stop
            return t

        with contextlib.suppress(_Stop), saved_tensors_hooks(catch, lambda t: t):
            self.run_again()
        if len(seen) != len(self.holders):
            raise CheckpointError(
                "torch.utils.checkpoint: A different number of tensors was saved during the original forward and "
                f"recomputation.\nNumber of tensors saved during forward: {len(self.holders)}\nNumber of tensors saved during "
                f"recomputation: {len(seen)}."
            )
        if self.check and seen != self.facts:
            wrong = "".join(
                f"tensor at position {i}:\nsaved metadata: {was}\nrecomputed metadata: {now}\n"
                for i, (was, now) in enumerate(zip(self.facts, seen, strict=True))
                if was != now
            )
            raise CheckpointError(
                "torch.utils.checkpoint: Recomputed values for the following tensors have different metadata than during the "
                f"forward pass.\n{wrong}"
            )


def _facts(t: Tensor) -> dict[str, Any]:
    return {"shape": t.shape, "dtype": t.dtype, "device": t.device}


def _without_reentry(
    function: Any, preserve: bool, context_fn: Any, check: bool, debug: bool, early_stop: bool, args: Any, kwargs: Any
) -> Any:
    st = TL.st
    explain = None
    if st.data.get(_DEBUG) or (debug and st.data.get(_DEBUG) is None):
        from .checkpoint_log import Debug  # noqa: PLC0415  # for few programs

        if context_fn is not noop_context_fn:
            raise ValueError("debug=True is incompatible with non-default context_fn")
        log = Debug()
        context_fn, explain = log.contexts, log.explain
    forward_context, again_context = context_fn()
    state = default_generator.get_state_bytes() if preserve else None
    bits, autocast = st.bits & ~(BELOW | DISPATCH), st.autocast

    def run_again() -> None:
        # the hooks that catch what is saved were entered before the modes of the first run came back: their bit stays on, and
        # that of dispatch modes, which watch what runs now
        now = SAVED_HOOKS | (TL.st.bits & DISPATCH)
        with _random_state(state), _modes_of(bits | now, autocast), enable_grad(), again_context:
            function(*args, **kwargs)

    override = st.data.get(_EARLY_STOP)
    frame = _Frame(run_again, early_stop if override is None else override, check, explain)
    with saved_tensors_hooks(frame.pack, frame.unpack), forward_context:
        return function(*args, **kwargs)


class CheckpointFunction(Function):
    """The variant with reentry: forward runs without recording, backward runs it again with recording and then backward
    through it."""

    @staticmethod
    def forward(ctx: Any, run_function: Any, preserve: bool, *args: Any) -> Any:
        """Run once, keeping the inputs only."""
        ctx.run_function = run_function
        ctx.state = default_generator.get_state_bytes() if preserve else None
        ctx.modes = TL.st.bits & AUTOCAST, TL.st.autocast
        ctx.tensor_places = [i for i, a in enumerate(args) if isinstance(a, Tensor)]
        ctx.others = [None if isinstance(a, Tensor) else a for a in args]
        ctx.save_for_backward(*[args[i] for i in ctx.tensor_places])
        return run_function(*args)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        """Run again, recorded, and go back through it."""
        graph = TL.st.data.get("graph")
        if graph is not None and graph.needed is not None:
            raise RuntimeError(
                "When use_reentrant=True, torch.utils.checkpoint is incompatible with .grad() or passing an `inputs` parameter "
                "to .backward(). To resolve this error, you can either set use_reentrant=False, or call .backward() without "
                "passing the `inputs` argument."
            )
        args = list(ctx.others)
        for place, t in zip(ctx.tensor_places, ctx.saved_tensors, strict=True):
            args[place] = _detached(t)
        bits, autocast = ctx.modes
        with _random_state(ctx.state), _modes_of(TL.st.bits & ~AUTOCAST | bits, autocast), enable_grad():
            outputs = ctx.run_function(*args)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        pairs = [(o, g) for o, g in zip(outputs, grads, strict=True) if isinstance(o, Tensor) and o.requires_grad]
        if not pairs:
            raise RuntimeError("none of output has requires_grad=True, this checkpoint() is not necessary")
        roots = [root_of(o, i) for i, (o, _) in enumerate(pairs)]
        given = cotangents_for(tuple([o for o, _ in pairs]), tuple([g for _, g in pairs]))
        del outputs, pairs  # their nodes let go of them as the inner backward passes, so nothing else may hold them
        engine.run(roots, given, retain_graph=False, create_graph=False)
        return (None, None, *[a.grad if isinstance(a, Tensor) else None for a in args])


def _detached(t: Tensor) -> Tensor:
    made = t.detach()
    made._k |= t._k & GRAD
    return made


def check_backward_validity(inputs: Sequence[Any]) -> None:
    """Warn where nothing that goes in requires grad."""
    if not any(isinstance(t, Tensor) and t.requires_grad for t in inputs):
        warnings.warn("None of the inputs have requires_grad=True. Gradients will be None", stacklevel=3)


def checkpoint(
    function: Callable[..., Any],
    *args: Any,
    use_reentrant: bool | None = None,
    context_fn: Callable[[], tuple[Any, Any]] = noop_context_fn,
    determinism_check: str = "default",
    debug: bool = False,
    early_stop: bool = True,
    **kwargs: Any,
) -> Any:
    """function(*args, **kwargs) without keeping its intermediate values: backward computes them again.

    use_reentrant=False works with every form of backward, keyword arguments and nesting; True is the older variant, for
    positional arguments and `.backward()` only. preserve_rng_state=False lets the second run draw other random numbers;
    context_fn gives two contexts, for the first and the second run; determinism_check "none" switches the comparison of
    metadata off; debug makes the error show the ops of both runs. Raises CheckpointError where the runs differ. Source:
    torch.utils.checkpoint.checkpoint.
    """
    if use_reentrant is None:
        warnings.warn(
            "torch.utils.checkpoint: the use_reentrant parameter should be passed explicitly. Starting in PyTorch 2.9, calling "
            "checkpoint without use_reentrant will raise an exception. use_reentrant=False is recommended, but if you need to "
            "preserve the current default behavior, you can pass use_reentrant=True. Refer to docs for more details on the "
            "differences between the two variants.",
            stacklevel=2,
        )
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if determinism_check not in ("default", "none"):
        raise ValueError(f"determinism_check should be one of ['default', 'none'], but got {determinism_check}")
    if use_reentrant:
        if kwargs:
            raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
        if context_fn is not noop_context_fn or debug:
            raise ValueError("Passing `context_fn` or `debug` is only supported when use_reentrant=False.")
        check_backward_validity(args)
        return CheckpointFunction.apply(function, preserve, *args)
    return _without_reentry(function, preserve, context_fn, determinism_check == "default", debug, early_stop, args, kwargs)


def checkpoint_sequential(functions: Any, segments: int, input: Any, use_reentrant: bool | None = None, **kwargs: Any) -> Any:
    """A sequence of functions (or a Sequential) in `segments` checkpointed pieces; the last piece runs as usual."""
    if use_reentrant is None:
        warnings.warn(
            "torch.utils.checkpoint.checkpoint_sequential: the use_reentrant parameter should be passed explicitly. In version "
            "2.9 we will raise an exception if use_reentrant is not passed. use_reentrant=False is recommended, but if you need "
            "to preserve the current default behavior, you can pass use_reentrant=True.",
            stacklevel=2,
        )
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if kwargs:
        raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
    layers = list(functions.children()) if hasattr(functions, "children") else list(functions)
    size = len(layers) // segments

    def piece(start: int, end: int) -> Callable[[Any], Any]:
        def run(value: Any) -> Any:
            for layer in layers[start:end]:
                value = layer(value)
            return value

        return run

    end = 0
    for k in range(segments - 1):
        input = checkpoint(piece(k * size, (k + 1) * size), input, use_reentrant=use_reentrant, preserve_rng_state=preserve)
        end = (k + 1) * size
    return piece(end, len(layers))(input)


__all__ = [
    "CheckpointError",
    "CheckpointFunction",
    "GraphExecGroup",
    "checkpoint",
    "checkpoint_sequential",
    "noop_context_fn",
    "set_checkpoint_debug_enabled",
    "set_checkpoint_early_stop",
]
