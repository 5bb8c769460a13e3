"""`__torch_dispatch__` modes and subclasses: they see ATen overloads below autograd, before views and backends.

A mode's handler is called with itself off, so ops inside it go on down. Traces are modes of the same kind that keep what they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_core.keys import DISPATCH, LEVEL, TRACED
from ft_core.state import TL
from ft_core.tensor import alias_of

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
    if TL.st.bits & DISPATCH:
        from .packets import overload  # noqa: PLC0415

        return _ask(overload("detach", "default"), (t,), {}, TL.st)
    return alias_of(t)


def intercepted(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """The innermost mode handles the op; without one (a trace's own bit) it goes on down."""
    from .call import lowest  # noqa: PLC0415  # call imports this module late
    from .packets import overload_for, torch_args  # noqa: PLC0415

    if not st.dispatch_modes:
        return lowest(op, args, k & ~DISPATCH, st)
    positional, kwargs = torch_args(op, args)
    return _ask(overload_for(op, args), positional, kwargs, st)


def intercepted_inplace(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> Tensor:
    """Like `intercepted`, for the in-place overload."""
    from .packets import inplace_overload_for, torch_args  # noqa: PLC0415

    positional, kwargs = torch_args(op, args)
    _ask(inplace_overload_for(op, args), positional, kwargs, st)
    return x


def _ask(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], st: State) -> Any:
    mode = st.dispatch_modes.pop()
    before = st.bits
    if not st.dispatch_modes:
        st.bits &= ~DISPATCH
    try:
        rule = RULES.get((type(mode), function.name())) if RULES else None
        if rule is not None:
            return rule(mode, function, (), args, kwargs)
        return mode.__torch_dispatch__(function, (), args, kwargs)
    finally:
        st.dispatch_modes.append(mode)
        st.bits |= before & DISPATCH
