"""`__torch_dispatch__` modes and subclasses: they see ATen overloads below autograd, before views and backends.

A mode's handler is called with itself off, so ops inside it go on down. Traces are modes of the same kind that keep what they see. A class's
handler comes after the modes; its tensors carry DISPATCH in their own keys, so plain tensors pay nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor, upcalls
from ft_core.keys import BELOW, DISPATCH, LEVEL, TRACED
from ft_core.state import TL
from ft_core.tensor import alias_of

from .overrides import flat

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op


RULES: dict[tuple[type, str], Any] = {}
"""(class of a mode, qualified name of an op) -> what to call instead of the mode's handler: torch.library.register_torch_dispatch."""


class TorchDispatchMode:
    """Context manager whose `__torch_dispatch__(func, types, args, kwargs)` sees every op of this thread below autograd."""

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        return func(*args, **(kwargs or {}))

    def __enter__(self) -> TorchDispatchMode:
        st = TL.st
        st.dispatch_modes.append(self)
        st.bits |= DISPATCH
        return self

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.dispatch_modes.pop()
        if not st.dispatch_modes:
            st.bits &= ~DISPATCH


def is_plain(t: Tensor) -> bool:
    """Whether nothing interposes on ops of `t`: no level, trace or dispatch mode."""
    return not (t._k | TL.st.bits) & (LEVEL | TRACED | DISPATCH)


def detach_in_mode(t: Tensor) -> Tensor:
    """detach where a mode or level watches."""
    if t._k & LEVEL:
        return t.detach()  # a method of its own: each level knows what history it keeps
    st = TL.st
    if (t._k | st.bits) & DISPATCH:
        from .packets import overload  # noqa: PLC0415

        if st.dispatch_modes:
            return _ask(overload("detach", "default"), (t,), {}, st)
        return ask_classes(overload("detach", "default"), (t,), {}, st)
    return alias_of(t)


def ask_named(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What the class of `args[0]`, which has a handler, makes of something that has an ATen name and is no op here (`packets.NAMED`)."""
    from .packets import overload  # noqa: PLC0415

    return ask_classes(overload(name, "default"), args, {key: value for key, value in kwargs.items() if value}, TL.st)


def _wrapped_item(t: Tensor) -> Any:
    """The single value of a tensor without memory, as its class has it. RuntimeError for a class without a handler."""
    return ask_named("_local_scalar_dense", (t,), {})


upcalls.fill(wrapped_item=_wrapped_item)


def intercepted(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """The innermost mode handles the op, then the classes of its tensors; without either (a trace's own bit) it goes on down."""
    from .call import lowest  # noqa: PLC0415  # call imports this module late
    from .packets import overload_for, torch_args  # noqa: PLC0415

    if not k & DISPATCH:
        return lowest(op, args, k, st)
    positional, kwargs = torch_args(op, args)
    return (_ask if st.dispatch_modes else ask_classes)(overload_for(op, args), positional, kwargs, st)


def intercepted_inplace(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> Tensor:
    """Like `intercepted`, for the in-place overload."""
    from .packets import inplace_overload_for, torch_args  # noqa: PLC0415

    positional, kwargs = torch_args(op, args)
    _ask(inplace_overload_for(op, args), positional, kwargs, st)
    return x


def _handling(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[type, ...]:
    """The classes with a handler among the arguments, subclasses first."""
    found: list[type] = []
    for value in flat((*args, *kwargs.values())):
        kind = type(value)
        if isinstance(value, Tensor) and value._k & DISPATCH and kind not in found:
            found.insert(next((i for i, other in enumerate(found) if issubclass(kind, other)), len(found)), kind)
    return tuple(found)


def ask_classes(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], st: State) -> Any:
    """What the handlers of the tensors' classes make of an op, subclasses first, below autograd. TypeError if none handles it."""
    types, before = _handling(args, kwargs), st.bits
    st.bits = before | BELOW
    try:
        for kind in types:
            handler: Any = kind.__torch_dispatch__  # type: ignore[attr-defined]  # DISPATCH says it has one
            result = handler(function, types, args, kwargs)
            if result is not NotImplemented:
                return result
    finally:
        st.bits = before
    listed = "\n".join(f"  - tensor subclass {kind!r}" for kind in types)
    raise TypeError(
        f"Multiple dispatch failed for 'torch._ops.{function}'; all __torch_dispatch__ handlers returned NotImplemented:\n\n{listed}\n\n"
        "For more information, try re-running with TORCH_LOGS=not_implemented"
    )


def store_by_class(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> None:
    """The in-place overload, as the tensors' classes have it."""
    from .packets import inplace_overload_for, torch_args  # noqa: PLC0415

    positional, kwargs = torch_args(op, args)
    ask_classes(inplace_overload_for(op, args), positional, kwargs, st)


def _ask(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], st: State) -> Any:
    mode = st.dispatch_modes.pop()
    before = st.bits
    if not st.dispatch_modes:
        st.bits &= ~DISPATCH
    try:
        rule = RULES.get((type(mode), function.name())) if RULES else None
        types = _handling(args, kwargs)
        if rule is not None:
            return rule(mode, function, types, args, kwargs)
        return mode.__torch_dispatch__(function, types, args, kwargs)
    finally:
        st.dispatch_modes.append(mode)
        st.bits |= before & DISPATCH
