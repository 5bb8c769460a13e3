"""torch.overrides: the protocol by which subclasses, duck types and modes see functions of torch before anything else does."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ft_core import Tensor
from ft_core.keys import BELOW, TF_MODE
from ft_core.state import TL, bits_set
from ft_dispatch.mode_properties import unwatch, watch
from ft_dispatch.overrides import DisableTorchFunctionSubclass, redispatch
from ft_dispatch.packets import OpOverload, OpOverloadPacket
from ft_dispatch.surface import METHODS, PUBLIC
from ft_dispatch.torch_function import (
    handle_torch_function,
    has_torch_function,
    has_torch_function_unary,
    has_torch_function_variadic,
)
from ft_dispatch.torch_function import resolve_name as base_name

__all__ = [
    "BaseTorchFunctionMode",
    "DisableTorchFunctionSubclass",
    "TorchFunctionMode",
    "enable_reentrant_dispatch",
    "get_default_nowrap_functions",
    "get_ignored_functions",
    "get_overridable_functions",
    "get_testing_overrides",
    "handle_torch_function",
    "has_torch_function",
    "has_torch_function_unary",
    "has_torch_function_variadic",
    "is_tensor_like",
    "is_tensor_method_or_property",
    "redispatch_function",
    "resolve_name",
    "wrap_torch_function",
]


class TorchFunctionMode:
    """Context in which `__torch_function__(func, types, args, kwargs)` sees every function of this thread, before any class does.

    Inside the handler the mode itself is off.
    """

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        raise NotImplementedError("__torch_function__ of a TorchFunctionMode: write it in the subclass")

    def __enter__(self) -> TorchFunctionMode:
        _push_mode(self)
        return self

    def __exit__(self, *exc: object) -> None:
        _pop_mode()

    @classmethod
    def push(cls, *args: Any, **kwargs: Any) -> TorchFunctionMode:
        """A new mode, to be entered."""
        return cls(*args, **kwargs)


def _push_mode(mode: TorchFunctionMode) -> None:
    st = TL.st
    watch()
    st.function_modes.append(mode)
    st.bits |= TF_MODE


def _pop_mode() -> TorchFunctionMode:
    st = TL.st
    mode: TorchFunctionMode = st.function_modes.pop()
    if not st.function_modes:
        st.bits &= ~TF_MODE
    unwatch()
    return mode


@contextlib.contextmanager
def _pop_mode_temporarily() -> Iterator[TorchFunctionMode]:
    """The innermost mode is off inside."""
    mode = _pop_mode()
    try:
        yield mode
    finally:
        _push_mode(mode)


def _len_torch_function_stack() -> int:
    return len(TL.st.function_modes)


def _get_current_function_mode_stack() -> list[TorchFunctionMode]:
    return list(TL.st.function_modes)


def _get_current_function_mode() -> TorchFunctionMode | None:
    return TL.st.function_modes[-1] if TL.st.function_modes else None


def _is_torch_function_mode_enabled() -> bool:
    return bool(TL.st.bits & TF_MODE)


class BaseTorchFunctionMode(TorchFunctionMode):
    """A mode that calls the function."""

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        return func(*args, **(kwargs or {}))


def redispatch_function(func: Callable[..., Any], types: Any, args: tuple[Any, ...], kwargs: dict[str, Any] | None) -> Any:
    """For a `__torch_function__`: run `func` itself, past the modes and classes that would be asked now. The functions that a Python
    function calls are seen by them again.
    """
    return redispatch(func, tuple(args), dict(kwargs or {}))


@contextlib.contextmanager
def enable_reentrant_dispatch() -> Iterator[None]:
    """For a `__torch_dispatch__`, which runs below autograd: inside the block ops record again."""
    with bits_set(off=BELOW):
        yield


def is_tensor_like(inp: Any) -> bool:
    """Whether `inp` is a Tensor or has `__torch_function__`."""
    return isinstance(inp, Tensor) or hasattr(inp, "__torch_function__")


def is_tensor_method_or_property(func: Callable[..., Any]) -> bool:
    """Whether `func` belongs to Tensor rather than to a namespace."""
    return (func in METHODS.values() and func not in PUBLIC.values()) or getattr(func, "__name__", None) == "__get__"


_WITHOUT_TENSORS = frozenset(
    "arange as_tensor asarray bartlett_window blackman_window empty empty_permuted empty_strided eye from_file from_numpy frombuffer full "
    "hamming_window hann_window kaiser_window linspace logspace normal ones promote_types rand randint randn randperm range scalar_tensor "
    "sparse_bsc_tensor sparse_bsr_tensor sparse_compressed_tensor sparse_coo_tensor sparse_csc_tensor sparse_csr_tensor tensor tril_indices "
    "triu_indices zeros".split()
)


def _namespace(name: str) -> Any:
    """The module of a public name: torch, torch.linalg, torch.nn.functional, …; the dotted name where there is none."""
    found: Any = sys.modules[__package__]
    for part in name.split(".")[:-1]:
        found = getattr(found, part, None)
    return found if found is not None else f"torch.{name.rpartition('.')[0]}"


@functools.cache
def get_overridable_functions() -> dict[Any, list[Callable[..., Any]]]:
    """Namespace (torch, torch.Tensor, torch.nn.functional, …) to the functions in it that `__torch_function__` sees.

    A method that is a function of torch's, as most are, is one object in both. Source: torch.overrides.
    """
    found: dict[Any, list[Callable[..., Any]]] = defaultdict(list)
    found[Tensor].extend(METHODS.values())
    for name, function in PUBLIC.items():
        if name not in _WITHOUT_TENSORS:
            found[_namespace(name)].append(function)
    functional = sys.modules[__package__].nn.functional
    known = {id(f) for f in found[functional]}
    found[functional].extend(
        [
            f
            for name in dir(functional)
            if not name.startswith("_") and inspect.isroutine(f := getattr(functional, name)) and id(f) not in known
        ]
    )
    return found


@functools.cache
def _names() -> dict[Any, str]:
    """Functions of `nn.functional` that are no function of torch's, and their names."""
    functional = sys.modules[__package__].nn.functional
    return {f: f"torch.nn.functional.{name}" for name in dir(functional) if inspect.isroutine(f := getattr(functional, name))}


def resolve_name(f: Any) -> str | None:
    """The public name of a function: "torch.add", "torch.Tensor.item", "torch.Tensor.shape.__get__", "aten.add.Tensor"; None for others."""
    if isinstance(f, (OpOverload, OpOverloadPacket)):
        return str(f)
    if getattr(f, "__name__", None) in ("__get__", "__set__", "__delete__"):
        owner = getattr(f, "__self__", None)
        found = next((name for name, value in inspect.getmembers_static(Tensor) if getattr(value, "plain", value) is owner), None)
        return None if found is None else f"torch.Tensor.{found}.{f.__name__}"
    found = base_name(f)
    if found is None and inspect.isroutine(f) and getattr(Tensor, getattr(f, "__name__", ""), None) is f:
        return f"torch.Tensor.{getattr(f, '__name__', '')}"
    if found is None and inspect.isroutine(f):
        return _names().get(f)
    return found


@functools.cache
def get_ignored_functions() -> set[Callable[..., Any]]:
    """Functions of the top level that `__torch_function__` never sees: those that make tensors, ask about types or set switches."""
    assembled = sys.modules[__package__]  # which was not yet whole when this module was read
    seen = {id(f) for functions in get_overridable_functions().values() for f in functions}
    found = [getattr(assembled, name) for name in assembled.__all__]
    modes = {assembled.no_grad, assembled.enable_grad, assembled.set_grad_enabled, assembled.inference_mode, Tensor.__new__}
    return modes | {f for f in found if inspect.isroutine(f) and id(f) not in seen}


@functools.cache
def get_default_nowrap_functions() -> set[Callable[..., Any]]:
    """Functions whose results the default `Tensor.__torch_function__` gives back as they are: what they return is not of the subclass."""
    return {getattr(Tensor, name).__get__ for name in ("_base", "grad", "_grad") if hasattr(getattr(Tensor, name), "__get__")}


@functools.cache
def get_testing_overrides() -> dict[Callable[..., Any], Callable[..., Any]]:
    """For every overridable function one of the same signature that returns -1: what tests of duck types are written with."""

    def stand_in(function: Callable[..., Any]) -> Callable[..., Any]:
        def overridden(*args: Any, **kwargs: Any) -> int:
            return -1

        overridden.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        return functools.update_wrapper(overridden, function, assigned=("__name__",), updated=())

    return {f: stand_in(f) for functions in get_overridable_functions().values() for f in functions}


def wrap_torch_function(dispatcher: Callable[..., Iterable[Any]]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator for functions of others: `dispatcher(*args)` gives the arguments whose classes are asked first."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            relevant = tuple(dispatcher(*args, **kwargs))
            if has_torch_function(relevant):
                return handle_torch_function(wrapped, relevant, *args, **kwargs)
            return function(*args, **kwargs)

        return wrapped

    return decorate
