"""Ops that are memory and nothing else: allocate, clone, copy, cast, move between devices. Backends' required methods serve them, not kernels.

`BUILTIN` maps an op's name to a function `(args, where, st, dest)`; the backend step looks here before it looks for a kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, device
from ft_core.backend import Backend, backend_for
from ft_core.keys import INFER, INFERENCE
from ft_core.layout import contiguous_strides, preserve_format
from ft_core.meta import MetaArray
from ft_core.tensor import wrap_strided

from .meta import Spec, strides_of

if TYPE_CHECKING:
    from ft_core import dtype
    from ft_core.state import State


def new_tensor(spec: Spec, where: device, st: State, array: Any = None) -> Tensor:
    """A leaf of the given spec over `array`, or over uninitialised memory."""
    if array is None:
        array = blank(spec, where)
    infer = INFER if st.bits & INFERENCE else 0
    strides = strides_of(spec) if where.type == "meta" or backend_for(where).aliasing else contiguous_strides(spec.shape)
    return wrap_strided(array, where.bit | spec.dtype.bit | infer, strides)


def blank(spec: Spec, where: device) -> Any:
    """Uninitialised memory as the spec says."""
    if where.type == "meta":
        return MetaArray(spec.shape, spec.strides, spec.dtype.itemsize, spec.dtype)
    backend = backend_for(where)
    if not backend.supports(spec.dtype):
        raise RuntimeError(f"empty: backend {backend.name} ({where}) has no dtype {spec.dtype}; choose another dtype or device")
    if spec.strides is None or spec.strides == contiguous_strides(spec.shape) or not backend.aliasing:
        return backend.allocate(spec.shape, spec.dtype)
    return backend.empty_strided(spec.shape, spec.strides, spec.dtype)


def _empty(args: tuple[Any, ...], spec: Spec, where: device, st: State) -> Tensor:
    return new_tensor(spec, where, st)


def _clone(args: tuple[Any, ...], spec: Spec, where: device, st: State) -> Tensor:
    if where.type == "meta":
        return new_tensor(spec, where, st)
    from .execute import materialise  # noqa: PLC0415  # execute looks ops up here

    x = materialise(args[0])
    return new_tensor(spec, where, st, _written(backend_for(where), blank(spec, where), x._a, st))


def _written(backend: Backend, target: Any, source: Any, st: State) -> Any:
    """`target` filled from `source`; `source` itself on a backend whose arrays never change."""
    if not backend.aliasing:
        return source
    st.run(backend.copy_within, target, source)
    return target


def _to_copy(args: tuple[Any, ...], spec: Spec, where: device, st: State) -> Tensor:
    """Cast first on the source device, then move: the smaller of both dtypes is not known to be the better one to move, the order is torch's."""
    x, target = args[0], args[3] or args[0].device
    source = x.device
    if target.type == "meta":
        return new_tensor(spec, target, st)
    if source.type == "meta":
        raise NotImplementedError("Cannot copy out of meta tensor; no data!")
    backend, other = backend_for(source), backend_for(target)
    from .execute import materialise  # noqa: PLC0415  # execute looks ops up here

    x = materialise(x)
    array = x._a
    if x.dtype is not spec.dtype:
        array = st.run(backend.cast, array, x.dtype, spec.dtype)
    if backend is other and source.index == target.index:
        if array is x._a or spec.strides is not None or not _fresh_contiguous(backend, array):
            array = _written(backend, blank(spec, target), array, st)
        return new_tensor(spec, target, st, array)
    made, place = other.from_host(backend.to_host(array, spec.dtype), spec.dtype), _placed(other, target)
    if spec.strides is None or not other.aliasing:
        return new_tensor(Spec(spec.shape, spec.dtype), place, st, made)
    return new_tensor(spec, place, st, _written(other, blank(spec, place), made, st))


def _fresh_contiguous(backend: Backend, array: Any) -> bool:
    flags = getattr(array, "flags", None)
    return flags is None or bool(flags.c_contiguous)


def _placed(backend: Backend, where: device) -> device:
    """A device with its index spelled out where the backend has several."""
    if where.index is None and where.type not in ("cpu", "meta"):
        return device(where.type, backend.current_device())
    return where


def _copied(backend: Backend, kind: dtype, x: Any, *, out: Any) -> Any:
    """clone, of a regular array."""
    made = backend.allocate(x.shape, kind)
    backend.copy_within(made, x)
    return made


def _cast_of(backend: Backend, kind: dtype, args: tuple[Any, ...]) -> Callable[..., Any] | None:
    """_to_copy to another dtype where nothing else is asked for."""
    _, target, layout, where, pinned, _, form = args
    if target is None or target is kind or layout or where or pinned or form not in (None, preserve_format):
        return None

    plain = backend.caster(kind, target)

    def leaf(x: Any, target: dtype, *others: Any, out: Any) -> Any:
        return plain(x)

    return leaf


def _shape_of(backend: Backend, kind: dtype, args: tuple[Any, ...]) -> Callable[..., Any] | None:
    """_unsafe_view: the same memory, which only the result holds from now on."""
    return None if 0 in args[1] else _reshaped


def _reshaped(x: Any, size: tuple[int, ...], *, out: Any) -> Any:
    return x.reshape(size)


REGULAR: dict[str, Callable[..., Any]] = {"clone": _copied}
"""Leaves `(backend, dtype, array, out=)` of routes for memory ops over one regular array."""
RESHAPED: dict[str, Callable[..., Any]] = {"_to_copy": _cast_of, "_unsafe_view": _shape_of}
"""`(backend, dtype, args)` -> a leaf for calls with these parameters, or None where the careful road must serve them."""

BUILTIN: dict[str, Callable[..., Any]] = {
    "empty.memory_format": _empty,
    "empty_strided": _empty,
    "clone": _clone,
    "_to_copy": _to_copy,
}
