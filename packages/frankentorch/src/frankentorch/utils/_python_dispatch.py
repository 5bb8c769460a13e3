"""torch.utils._python_dispatch: modes that see ATen ops below autograd, and helpers for classes that wrap tensors."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ft_core import Tensor
from ft_core.keys import DISPATCH
from ft_core.state import TL
from ft_dispatch.kinds import COMPOSITE
from ft_dispatch.modes import TorchDispatchMode

from . import _pytree as pytree

__all__ = [
    "AliasInfo",
    "BaseTorchDispatchMode",
    "SchemaInfo",
    "TensorWithFlatten",
    "TorchDispatchMode",
    "TraceableWrapperSubclass",
    "any_torch_dispatch_mode_on_stack",
    "autograd_would_have_decomposed",
    "get_alias_info",
    "is_in_any_mode_without_ignore_compile_internals",
    "is_in_torch_dispatch_mode",
    "is_traceable_wrapper_subclass",
    "is_traceable_wrapper_subclass_type",
    "return_and_correct_aliasing",
    "transform_subclass",
]


class BaseTorchDispatchMode(TorchDispatchMode):
    """A mode that runs the op."""


def _get_current_dispatch_mode_stack() -> list[TorchDispatchMode]:
    return list(TL.st.dispatch_modes)


def _get_current_dispatch_mode() -> TorchDispatchMode | None:
    return TL.st.dispatch_modes[-1] if TL.st.dispatch_modes else None


def is_in_torch_dispatch_mode(include_infra_modes: bool = True) -> bool:
    """Whether a mode is active on this thread."""
    return bool(TL.st.dispatch_modes)


def any_torch_dispatch_mode_on_stack(*, include_infra_modes: bool = True) -> bool:
    """Whether a mode is active on this thread."""
    return bool(TL.st.dispatch_modes)


def is_in_any_mode_without_ignore_compile_internals() -> bool:
    """Whether a mode is active on this thread: none is made for a compiler's internals here."""
    return bool(TL.st.dispatch_modes)


def _push_mode(mode: TorchDispatchMode) -> None:
    TorchDispatchMode.__enter__(mode)


def _pop_mode() -> TorchDispatchMode:
    mode = TL.st.dispatch_modes[-1]
    TorchDispatchMode.__exit__(mode)
    return mode


@contextlib.contextmanager
def _pop_mode_temporarily() -> Iterator[TorchDispatchMode]:
    mode = _pop_mode()
    try:
        yield mode
    finally:
        _push_mode(mode)


@contextlib.contextmanager
def _disable_current_modes() -> Iterator[list[TorchDispatchMode]]:
    """No mode sees anything inside."""
    st = TL.st
    held, st.dispatch_modes = st.dispatch_modes, []
    before = st.bits
    st.bits &= ~DISPATCH
    try:
        yield held
    finally:
        st.dispatch_modes = held
        st.bits |= before & DISPATCH


def is_traceable_wrapper_subclass(t: object) -> bool:
    """Whether `t` is a tensor of a class that can be taken apart: it has `__tensor_flatten__` and `__tensor_unflatten__`."""
    return isinstance(t, Tensor) and is_traceable_wrapper_subclass_type(type(t))


def is_traceable_wrapper_subclass_type(t: type) -> bool:
    """The same of a class."""
    return issubclass(t, Tensor) and t is not Tensor and hasattr(t, "__tensor_flatten__") and hasattr(t, "__tensor_unflatten__")


class TraceableWrapperSubclass(Protocol):
    """What a tensor that can be taken apart offers beside a tensor's methods."""

    def __tensor_flatten__(self) -> tuple[Sequence[str], object]: ...

    @staticmethod
    def __tensor_unflatten__(inner_tensors: dict[str, Any], flatten_spec: Any, outer_size: Any, outer_stride: Any) -> Tensor: ...


TensorWithFlatten = TraceableWrapperSubclass


def autograd_would_have_decomposed(func: Any, flat_args: Sequence[Any]) -> bool:
    """Whether autograd sees an overload in pieces: it is a composite, with no implementation of its own for any device."""
    return func._op is not None and func._op.kind is COMPOSITE


def transform_subclass(t: Any, callback: Callable[[str, Any], Any], outer_size: Any = None, outer_stride: Any = None) -> Any:
    """A wrapper like `t` around `callback(attribute name, inner tensor)` for each of its inner tensors."""
    names, context = t.__tensor_flatten__()
    inner = {name: callback(name, getattr(t, name)) for name in names}
    return type(t).__tensor_unflatten__(
        inner, context, t.size() if outer_size is None else outer_size, t.stride() if outer_stride is None else outer_stride
    )


@dataclass
class AliasInfo:
    """One argument or return of a schema: the names of what it may share memory with, whether it is written to, its name."""

    alias_set: set[str]
    is_write: bool
    name: str | None


@dataclass
class SchemaInfo:
    """The arguments and returns of a schema."""

    args: list[AliasInfo]
    outs: list[AliasInfo]
    read_only_alias_match_indexes: list[tuple[int, int]] = field(default_factory=list)


def _alias_of(param: Any) -> AliasInfo:
    names = set((param.alias or "").replace("!", "").split("|")) - {""}
    return AliasInfo(names, param.write, param.name or None)


def get_alias_info(func: Any) -> SchemaInfo:
    """What the schema of an overload says of memory."""
    signature = func._op.signature
    args, outs = [_alias_of(p) for p in signature.params], [_alias_of(p) for p in signature.returns]
    if func._inplace and args and not args[0].alias_set:
        args[0], outs = AliasInfo({"a"}, True, args[0].name), [AliasInfo({"a"}, True, None)]
    pairs = [(i, j) for i, a in enumerate(args) for j, o in enumerate(outs) if a.alias_set & o.alias_set and not a.is_write]
    return SchemaInfo(args, outs, pairs)


def return_and_correct_aliasing(func: Any, args: Any, kwargs: Any, out: Any) -> Any:
    """`out` of a `__torch_dispatch__` handler, corrected where torch's rules ask for identity: an in-place op returns its argument."""
    info = get_alias_info(func)
    writes = {name: i for i, a in enumerate(info.args) if a.is_write for name in a.alias_set}
    outs = [next((writes[n] for n in o.alias_set if n in writes), None) for o in info.outs]
    if not any(at is not None for at in outs):
        return out
    if len(outs) == 1:
        return args[outs[0]] if outs[0] is not None and outs[0] < len(args) else out
    leaves = [args[at] if at is not None and at < len(args) else value for at, value in zip(outs, out, strict=True)]
    return pytree.tree_unflatten(leaves, pytree.tree_structure(out)) if isinstance(out, (tuple, list)) else tuple(leaves)
