"""`__torch_function__`: subclasses, duck types and modes see a public function before anything else does.

Order as in torch: modes, innermost first; then the arguments' classes, subclasses before their bases, left to right otherwise. A handler
that returns NotImplemented passes; when all pass, the TypeError names every type that was asked.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from ft_core import Parameter, Tensor, dtype
from ft_core.dtype import of_python
from ft_core.keys import AUTOCAST, SUB, TF_MODE
from ft_core.state import TL

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op

F = TypeVar("F", bound=Callable[..., Any])


def disabled_torch_function(cls: type, function: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None) -> Any:
    """The `__torch_function__` of classes that do not override it."""
    return NotImplemented


disabled_torch_function.__name__ = "_disabled_torch_function_impl"


def overloaded(values: Iterable[Any]) -> list[Any]:
    """The arguments whose class overrides `__torch_function__`, in the order in which they are asked."""
    found: list[Any] = []
    seen: set[type] = set()
    for value in values:
        kind = type(value)
        if kind is Tensor or kind in seen:
            continue
        handler = getattr(kind, "__torch_function__", None)
        if handler is None or handler is disabled_torch_function or (isinstance(value, Tensor) and not value._k & SUB):
            continue
        seen.add(kind)
        at = next((i for i, other in enumerate(found) if issubclass(kind, type(other))), len(found))
        found.insert(at, value)
    return found


def flat(args: Iterable[Any]) -> list[Any]:
    """Arguments with lists and tuples opened one level, as torch looks for overrides."""
    values: list[Any] = []
    for value in args:
        values.extend(value) if isinstance(value, (list, tuple)) else values.append(value)
    return values


def dispatch_function(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[bool, Any]:
    """(True, result) if a mode or a class handled the call, else (False, None). TypeError if all asked returned NotImplemented."""
    st = TL.st
    if hop_skipped(st):
        return False, None
    asked = [] if st.data.get("subclass_off") else overloaded(flat((*args, *kwargs.values())))
    types = tuple(type(value) for value in asked)
    lines = [f"  - tensor subclass {kind!r}" for kind in types]
    if st.bits & TF_MODE:
        handled, value = ask_mode(function, types, args, kwargs)
        if handled:
            return True, value
        lines.insert(0, f"  - mode object {st.function_modes[-1]!r}")
    for value in asked:
        result = type(value).__torch_function__(function, types, args, kwargs)
        if result is not NotImplemented:
            return True, result
    if not lines:
        return False, None
    listed = "\n".join(lines)
    raise TypeError(
        f"Multiple dispatch failed for '{public_name(function)}'; all __torch_function__ handlers returned NotImplemented:\n\n"
        f"{listed}\n\nFor more information, try re-running with TORCH_LOGS=not_implemented"
    )


def ask_mode(function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> tuple[bool, Any]:
    """(True, result) of the innermost mode, which is off meanwhile; False where it returns NotImplemented."""
    st = TL.st
    mode = st.function_modes.pop()
    if not st.function_modes:
        st.bits &= ~TF_MODE
    try:
        result = mode.__torch_function__(function, types, args, kwargs)
    finally:
        st.function_modes.append(mode)
        st.bits |= TF_MODE
    return result is not NotImplemented, result


def public_name(function: Callable[..., Any]) -> str:
    """How torch names a function in messages: `torch.add`."""
    return "torch." + getattr(function, "__name__", repr(function))


def split_arguments(
    op: Op, function: Callable[..., Any], args: tuple[Any, ...], out: Any
) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    """Arguments as a handler expects them: positional ones up to the last that is not its default, keyword-only ones by name."""
    params = op.params
    positional = [i for i in range(len(args)) if not params[i].kwonly]
    while positional and args[positional[-1]] is params[positional[-1]].default:
        positional.pop()
    kwargs = {params[i].name: args[i] for i in range(len(args)) if params[i].kwonly and args[i] is not params[i].default}
    if out is not None:
        kwargs["out"] = out
    return function, tuple(args[i] for i in positional), kwargs


_PLAIN: dict[type, bool] = {
    Tensor: True,
    Parameter: True,
    slice: True,
    int: True,
    float: True,
    bool: True,
    type(None): True,
    str: True,
    dtype: True,
}
"""Classes known to carry no override. Lists, tuples and Tensor subclasses are never entered: their instances must be looked at."""


_SEEN = TF_MODE | AUTOCAST


def overridable(function: F, names: tuple[str, ...] = (), quick: Callable[[F], F] | None = None) -> F:
    """Wrap a Python function over ops so that `__torch_function__` sees it first; a plain call pays one look-up per argument.

    What `quick` makes of it is the public function then, which handlers are shown.
    """
    plain, bare = _PLAIN, getattr(function, "bare", function)

    @functools.wraps(function)
    def public(*args: Any, **kwargs: Any) -> Any:
        for value in args:
            if value.__class__ not in plain and _overrides(value):
                break
        else:
            if not TL.st.bits & _SEEN:
                if not kwargs:
                    return bare(*args)
                if kwargs.get("dtype").__class__ is type:
                    kwargs["dtype"] = of_python(kwargs["dtype"], function.__name__)
                for value in kwargs.values():
                    if value.__class__ not in plain and _overrides(value):
                        break
                else:
                    return function(*args, **kwargs)
        if kwargs and kwargs.get("dtype").__class__ is type:
            kwargs["dtype"] = of_python(kwargs["dtype"], function.__name__)
        handled, value = dispatch_function(shown, args, kwargs)
        if handled:
            return value
        if TL.st.bits & AUTOCAST and names:
            from .autocast import call_binding  # noqa: PLC0415  # loaded with the surface, which loads this module first

            return call_binding(names, function, args, kwargs)
        return function(*args, **kwargs)

    shown: Any = public if quick is None else functools.wraps(function)(quick(public))  # type: ignore[arg-type]
    return shown  # type: ignore[no-any-return]


def _overrides(value: Any) -> bool:
    kind = value.__class__
    if kind in _PLAIN:
        return False
    if isinstance(value, Tensor):
        return bool(value._k & SUB)
    if kind is tuple or kind is list:
        if len(value) <= 8:  # building a set costs more than looking at so few
            for item in value:  # noqa: SIM110  # a generator for `any` costs as much as three items
                if item.__class__ not in _PLAIN and _overrides(item):
                    return True
            return False
        return not _PLAIN.keys() >= set(map(type, value)) and any(_overrides(v) for v in value)
    if hasattr(kind, "__torch_function__"):
        return True
    if len(_PLAIN) < 256:
        _PLAIN[kind] = True
    return False


def default_torch_function(
    cls: type, function: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
) -> Any:
    """Tensor.__torch_function__: run the function with overrides off, and give results the subclass."""
    kwargs = kwargs or {}
    if not all(issubclass(cls, t) for t in types) or TL.st.data.get("subclass_off"):
        return NotImplemented  # asked again while running it: a function of another library that does not know our tensors
    with DisableTorchFunctionSubclass():
        result = function(*args, **kwargs)
    return result if getattr(function, "__self__", None) is _GRAD else _converted(result, cls)


_GRAD: Any = vars(Tensor)["grad"]  # what it gives is somebody else's tensor, and stays what it is


def _converted(value: Any, cls: type) -> Any:
    if cls is Tensor:
        return value
    if isinstance(value, Tensor) and not isinstance(value, cls):
        return value.as_subclass(cls)
    if isinstance(value, (tuple, list)):
        made = [_converted(v, cls) for v in value]
        return type(value)(*made) if hasattr(value, "_fields") else type(value)(made)
    return value


def hop_skipped(st: State) -> bool:
    """Whether this call was made by `redispatch`: it goes past modes and classes once."""
    return bool(st.data.pop("skip_hop", False)) if "skip_hop" in st.data else False


def redispatch(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run a function past modes and classes. What a Python function calls inside is seen by them again, what an op consists of is not."""
    st = TL.st
    if not getattr(function, "__module__", "").startswith(_OPS):
        st.data["skip_hop"] = True
        try:
            return function(*args, **kwargs)
        finally:
            st.data.pop("skip_hop", None)
    before = st.bits
    st.bits = before & ~TF_MODE
    try:
        with DisableTorchFunctionSubclass():
            return function(*args, **kwargs)
    finally:
        st.bits = st.bits | before & TF_MODE


_OPS = ("ft_dispatch.", "ft_core.")  # what is native in torch


class DisableTorchFunctionSubclass:
    """Context in which subclasses are treated as plain tensors."""

    def __enter__(self) -> None:
        st = TL.st
        st.data["subclass_off"] = st.data.get("subclass_off", 0) + 1

    def __exit__(self, *exc: object) -> None:
        TL.st.data["subclass_off"] -= 1


class DisableTorchFunction(DisableTorchFunctionSubclass):
    """Context in which neither modes nor subclasses are asked."""

    def __enter__(self) -> None:
        st = TL.st
        self._before = st.bits & TF_MODE
        st.bits &= ~TF_MODE
        super().__enter__()

    def __exit__(self, *exc: object) -> None:
        super().__exit__(*exc)
        TL.st.bits |= self._before
