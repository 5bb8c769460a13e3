"""The careful road: what happens to a call whose key has no route yet, or never gets one.

Interpreters in order, outermost first: `__torch_function__` → autocast → composite → levels (torch.func) → autograd → views → dispatch modes
and trace → backend. Each either finishes the call or passes it on with its own bit masked. A plain call leaves a route behind, so
the next one with this key does not come here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, upcalls
from ft_core.keys import AUTOCAST, BELOW, DEVICES, DISPATCH, FUNC, GRAD, LAYOUTS, LEVEL, NOGRAD, SUB, TF_MODE, TRACE, TRACED, VIEW
from ft_core.state import TL

from . import hooks, layouts
from .canonical import canonical
from .execute import execute
from .kinds import COMPOSITE, ELEMENTWISE
from .kinds import VIEW as VIEW_KIND
from .memo_routes import install_fused, install_general, install_view
from .op import has_route, is_pointwise
from .routes import UNROUTED, install
from .views import apply as apply_view

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op

NUMBERS = (bool, int, float, complex)
OF_NUMBERS = frozenset(("add", "sub", "mul", "div", "floor_divide"))
"""Ops that torch's Python functions compute of two numbers, too."""


def key_of(op: Op, args: tuple[Any, ...], bits: int) -> tuple[int, bool]:
    """(union of the tensors' keys and `bits`, whether some argument is foreign: no tensor where one may stand)."""
    k = bits
    foreign = False
    n = len(args)
    numbers = op.kind is ELEMENTWISE
    for i in op.tensor_at:
        if i < n:
            value = args[i]
            if isinstance(value, Tensor):
                k |= value._k
            elif value is not None and not (numbers and value.__class__ in NUMBERS):
                foreign = True
    for i in op.lists_at:
        if i < n and args[i] is not None:
            for value in args[i] if isinstance(args[i], (list, tuple)) else ():
                if isinstance(value, Tensor):
                    k |= value._k
                elif value is not None:
                    foreign = True
    return k, foreign


def call(op: Op, function: Callable[..., Any], args: tuple[Any, ...], out: Any = None) -> Any:
    """Run `op` on `args` (schema order); `function` is the public callable that `__torch_function__` handlers are shown."""
    st = TL.st
    k, foreign = key_of(op, args, st.bits)
    if foreign or k & (SUB | TF_MODE):
        handled, value = _torch_function(op, function, args, out)
        if handled:
            return value
        args = adopt_foreign(op, args)
        k, foreign = key_of(op, args, st.bits)
    if not k & DEVICES and op.base in OF_NUMBERS:
        args = (_as_tensor(args[0]), *args[1:])
        k, _ = key_of(op, args, st.bits)
    if out is not None:
        from .outputs import call_out  # noqa: PLC0415  # outputs imports this module

        return call_out(op, canonical(op, args), out, st)
    given = args
    args = canonical(op, args)
    result = interpret(op, args, k, st)
    if not k & UNROUTED:
        leave_route(op, given, args, k, result)
    return result


def call_fused(op: Op, args: tuple[Any, ...], k: int) -> Any:
    """A COMPOSITE in pieces, with a route left for the next call with this key to be one kernel and one node."""
    result = op.decomposition(*args)
    if not k & UNROUTED:
        install_fused(op, args, k, result)
    return result


def leave_route(op: Op, given: tuple[Any, ...], args: tuple[Any, ...], k: int, result: Any) -> None:
    """Let the next call with this key take the short road, where the op's kind has one."""
    if is_pointwise(op):
        install(op, args, k)
    elif has_route(op):
        (install_view if op.kind is VIEW_KIND else install_general)(op, given, args, k, result)


def call_op(op: Op, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run an op called by record (`op(x, dim=1)`): rules, replay and torch.ops use this door."""
    if kwargs:
        args = bind(op, args, kwargs)
    st = TL.st
    k, foreign = key_of(op, args, st.bits)
    if foreign:
        args = adopt_foreign(op, args)
        k, _ = key_of(op, args, st.bits)
    return interpret(op, canonical(op, args), k, st)


def bind(op: Op, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Positional arguments in schema order; TypeError for names the signature does not have, RuntimeError for too many arguments."""
    if len(args) > len(op.params):
        raise RuntimeError(
            f"{'' if '::' in op.base else 'aten::'}{op.base}() expected at most {op.n_positional} argument(s) but received {len(args)} "
            f"argument(s). Declaration: {op.schema}"
        )
    made = list(args) + list(op.defaults[len(args) :])
    for name, value in kwargs.items():
        at = op.index_of.get(name)
        if at is None:
            raise TypeError(f"{op.base}() got an unexpected keyword argument '{name}'; the signature is {op.schema}")
        made[at] = value
    return tuple(made)


def interpret(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """Everything below `__torch_function__`, on canonical arguments."""
    if k & AUTOCAST:
        from .autocast import autocast_off, cast_arguments  # noqa: PLC0415  # it imports this module's users

        cast = cast_arguments(op, args)
        if cast is not None:
            with autocast_off():
                return interpret(op, cast, key_of(op, cast, st.bits)[0], st)
    if op.kind is COMPOSITE:
        return layouts.composite(op, args, k) if k & LAYOUTS else op.decomposition(*args)
    if k & (LEVEL | FUNC):
        if k & LAYOUTS:
            layouts.refuse_level(op, k)
        return hooks.level(op, args, k, st)
    if not k & (NOGRAD | BELOW):
        if k & VIEW:
            k = _refreshed(op, args, k, st)
        if k & GRAD and op.differentiable:
            return hooks.record(op, args, k, st)
    return below(op, args, k, st)


def below(op: Op, args: tuple[Any, ...], k: int, st: State) -> Any:
    """Below autograd: dispatch modes and trace, then views, then the backend."""
    if k & (DISPATCH | TRACE):
        from .modes import intercepted  # noqa: PLC0415  # loaded with the first mode

        return intercepted(op, args, k, st)
    return lowest(op, args, k, st)


def lowest(op: Op, args: tuple[Any, ...], k: int, st: State, dest: Tensor | None = None) -> Any:
    """Views and the backend step, with storages of non-aliasing backends brought up to date first."""
    if k & _CAREFUL:
        if k & LAYOUTS:
            return layouts.run(op, args, k)
        from .functionalise import refresh  # noqa: PLC0415  # only backends without aliasing need it

        refresh(op, args)
    if op.kind is VIEW_KIND:
        if k & TRACED:
            from .trace.recorder import active  # noqa: PLC0415  # loaded with the first capture

            active(st).see(args[0])
        return apply_view(op, args, st)
    return execute(op, args, k, st, dest)


_CAREFUL = DEVICES & ~(0b1111 << 8) | LAYOUTS  # devices but cpu, meta, trace, cuda:0, which alias; and what is no dense array


def _refreshed(op: Op, args: tuple[Any, ...], k: int, st: State) -> int:
    for i in op.tensor_at:
        if isinstance(args[i], Tensor) and args[i]._k & VIEW:
            upcalls.refresh_view(args[i])
    for i in op.lists_at:
        for value in args[i] or ():
            if isinstance(value, Tensor) and value._k & VIEW:
                upcalls.refresh_view(value)
    return key_of(op, args, st.bits)[0]


# -- foreign objects -------------------------------------------------------------------------------------------------------


def _torch_function(op: Op, function: Callable[..., Any], args: tuple[Any, ...], out: Any) -> tuple[bool, Any]:
    from .overrides import dispatch_function, split_arguments  # noqa: PLC0415  # overrides imports the surface

    shown = function if op.shown is None or (op.shown_as_method and not isinstance(args[0], Tensor)) else op.shown
    return dispatch_function(*split_arguments(op, shown, args, out))


def adopt_foreign(op: Op, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """NumPy scalars become numbers where a tensor may stand, and arrays tensors beside an operator; the rest is left to the type check."""
    made = list(args)
    arrays = bool(op.operators)
    for i in op.tensor_at:
        if i < len(made):
            made[i] = _adopted(made[i], arrays)
    return tuple(made)


def _as_tensor(value: Any) -> Any:
    if not isinstance(value, NUMBERS):
        return value
    from .host import build  # noqa: PLC0415

    return build(value, None, None)


def _adopted(value: Any, arrays: bool) -> Any:
    if value is None or isinstance(value, (Tensor, *NUMBERS)):
        return value
    if type(value).__module__ == "numpy" or hasattr(value, "__array_interface__"):
        if getattr(value, "ndim", 1) == 0 and not hasattr(value, "__setitem__"):
            return value.item()
        if not arrays:
            return value
        from .host import from_numpy  # noqa: PLC0415

        return from_numpy(value)
    return value


def operand(value: Any, owner: Any) -> bool:
    """Whether an operator method can take `value`; otherwise it returns NotImplemented and Python asks the other side.

    TypeError where `owner`, whose method it is, is no Tensor (`Tensor.__radd__(2, t)`): Python's own methods refuse that, too.
    """
    if not isinstance(owner, Tensor):
        raise TypeError(
            f"this operator is a method of 'torch.Tensor' objects and doesn't apply to a '{type(owner).__name__}' object"
        )
    return isinstance(value, (Tensor, *NUMBERS)) or type(value).__module__ == "numpy" or hasattr(type(value), "__torch_function__")
