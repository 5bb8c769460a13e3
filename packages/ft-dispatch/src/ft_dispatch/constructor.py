"""`torch.Tensor(2, 3)`, `torch.Tensor([1.0])`, `torch.FloatTensor(...)`, `x.new(...)`: the constructor from before `torch.tensor`.

Ints are sizes, a sequence is data, a tensor is itself again, nothing is an empty tensor. Source: torch's legacy_tensor_ctor
(torch/csrc/utils/tensor_new.cpp) and https://docs.pytorch.org/docs/stable/tensors.html#torch.Tensor.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

from ft_core import Size, Tensor, device, dtype, get_default_dtype, upcalls
from ft_core.keys import DISPATCH
from ft_core.layout import strided
from ft_core.meta import MetaArray
from ft_core.shapes import contiguous_strides
from ft_core.storage import UntypedStorage
from ft_core.tensor import wrap_strided

from .subclasses import as_instance, handler_bits

_device = device  # parameters below have torch's names, which are the classes'

_FORMS = (
    "one of:\n * (*, torch.device device = None)\n * (torch.Storage storage)\n * (Tensor other)\n * (tuple of ints size, *, torch.device "
    "device = None)\n * (object data, *, torch.device device = None)\n"
)


def construct(kind: dtype | None, args: tuple[Any, ...], kwargs: dict[str, Any], where: device | None = None) -> Tensor:
    """A tensor from sizes, data, another tensor or a storage; `kind` None is the default dtype, and takes tensors of any.

    Raises TypeError for what is neither, for a tensor of another dtype, and for keywords but `device`, `size`, `data`, `other`; RuntimeError
    for a device that is not `where` (the CPU) and for negative sizes.
    """
    from . import surface as torch  # noqa: PLC0415  # the surface is assembled after this module

    asked = kwargs.get("device")
    named = [name for name in ("size", "data", "other", "storage") if name in kwargs]
    if len(named) + bool(args) > 1 or any(name != "device" for name in kwargs if name not in named):
        raise _unknown(args, kwargs)
    where = where or device("cpu")
    if asked is not None and device(asked).type != where.type:
        raise RuntimeError(f"legacy constructor expects device type: {where.type} but device type: {device(asked).type} was passed")
    wanted: Any = kind or get_default_dtype()
    if not args and not named:
        return torch.empty(0, dtype=wanted, device=where)  # type: ignore[no-any-return, misc]
    first = kwargs[named[0]] if named else args[0]
    if named == ["size"] or len(args) > 1 or isinstance(first, Size) or (not named and _is_size(first)):
        return torch.empty(_sizes(first if named or isinstance(first, Size) else args, kwargs), dtype=wanted, device=where)  # type: ignore[no-any-return, misc]
    if isinstance(first, Tensor):
        return _same(first, kind, where)
    if isinstance(first, UntypedStorage) or hasattr(first, "_untyped_storage"):
        return torch.empty(0, dtype=wanted, device=where).set_(first)  # type: ignore[no-any-return, misc]
    return _from_data(first, wanted, where)


def _is_size(value: Any) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, (bool, Tensor)) and getattr(value, "ndim", 0) == 0


def _sizes(values: Sequence[Any], kwargs: dict[str, Any]) -> tuple[int, ...]:
    if isinstance(values[0] if values else 0, bool):
        raise _unknown(tuple(values), kwargs)
    found = []
    for at, value in enumerate(values, 1):
        try:
            found.append(operator.index(value))
        except TypeError:
            raise TypeError(
                f"new(): argument 'size' failed to unpack the object at pos {at} with error \"type must be tuple of ints,but got "
                f'{type(value).__name__}"'
            ) from None
    return tuple(found)


def _same(other: Tensor, kind: dtype | None, where: device) -> Tensor:
    """The tensor again, over its memory and outside the graph."""
    if kind is not None and (other.dtype is not kind or other.device.type != where.type):
        raise TypeError(
            f"expected a tensor of dtype {kind} on {where}, but got one of {other.dtype} on {other.device}; convert it with "
            f".to({str(where)!r}, {kind})"
        )
    return other.detach()


def _from_data(data: Any, kind: dtype, where: device) -> Tensor:
    from . import surface as torch  # noqa: PLC0415  # as above

    if isinstance(data, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
    if not (hasattr(data, "__len__") and hasattr(data, "__getitem__")) or isinstance(data, dict) or getattr(data, "ndim", 1) == 0:
        got = type(data)
        raise TypeError(
            f"new(): data must be a sequence (got {got.__name__ if got.__module__ != 'numpy' else f'numpy.{got.__name__}'})"
        )
    if isinstance(data, memoryview):
        data = data.tolist()
    return torch.tensor(data, dtype=kind, device=where)  # type: ignore[no-any-return, misc]


def _unknown(args: tuple[Any, ...], kwargs: dict[str, Any]) -> TypeError:
    got = ", ".join([type(a).__name__ for a in args] + [f"{name}={type(value).__name__}" for name, value in kwargs.items()])
    return TypeError(f"new() received an invalid combination of arguments - got ({got}), but expected {_FORMS}")


def make(cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor:
    """What `Tensor.__new__` gives: a Tensor, or an object of its subclass."""
    made = construct(None, args, kwargs)
    return made if cls is Tensor else made.as_subclass(cls)


def make_subclass(cls: type, data: Tensor, require_grad: bool = False) -> Tensor:
    """`Tensor._make_subclass`: the tensor outside the graph as an object of `cls`, over the same memory.

    TypeError for what is no class below Tensor, or no tensor.
    """
    if not isinstance(data, Tensor):
        raise TypeError(f"_make_subclass(): argument 'data' (position 2) must be Tensor, not {type(data).__name__}")
    made = data.detach()
    if type(made) is not Tensor:
        made = made.as_subclass(Tensor)
    return made.as_subclass(cls).requires_grad_(require_grad)


class _Shown(MetaArray):
    """What a wrapper has in place of memory: it may say that it has any layout."""

    __slots__ = ("layout",)

    layout: Any


def make_wrapper_subclass(
    cls: type,
    size: Sequence[int],
    strides: Sequence[int] | None = None,
    storage_offset: int | None = None,
    memory_format: Any = None,
    dtype: dtype | None = None,
    layout: Any = None,
    device: Any = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    dispatch_sizes_strides_policy: str | None = None,
    dispatch_device: bool = False,
    dispatch_layout: bool = False,
    _extra_dispatch_keys: Any = None,
    storage_size: int | None = None,
) -> Tensor:
    """`Tensor._make_wrapper_subclass`: an object of `cls` that looks like a tensor and has no memory; its `__torch_dispatch__` does the work.

    Strides are row-major unless given; as in torch `memory_format` does not change that. The policies (dispatch_sizes_strides_policy and so
    on) are accepted for torch's sake: sizes, strides, device and layout are always those given here; there is no memory to pin.
    Raises TypeError for a class without `__torch_dispatch__`, ValueError for an unknown policy, RuntimeError for a dtype that has no
    gradient and for an offset without strides. Source: torch.Tensor.
    """
    if isinstance(cls, type) and not issubclass(cls, Tensor):
        raise TypeError(
            "Creating a Tensor subclass from a class that does not inherit from Tensor is not possible. Make sure your class inherits from "
            "Tensor."
        )
    if dispatch_sizes_strides_policy not in (None, "sizes", "strides"):
        raise ValueError(f"Unknown sizes_strides_policy: {dispatch_sizes_strides_policy}; expected 'strides' or 'sizes'")
    if storage_offset is not None and strides is None:
        raise RuntimeError("setting storage offset without stride not supported")
    if not isinstance(cls, type):
        raise TypeError(f"cls must be a type (got {type(cls).__name__})")
    bits = handler_bits(cls)
    if not bits & DISPATCH:
        raise TypeError(f"{cls.__name__} must define __torch_dispatch__")
    kind: Any = dtype or get_default_dtype()
    shape = _sizes(tuple(size), {})
    steps = contiguous_strides(shape) if strides is None else tuple(strides)
    where = _device(device) if device is not None else _device("cpu")
    array = _Shown(shape, steps, kind.itemsize, kind)
    array.layout = layout or strided
    made = wrap_strided(array, where.bit | kind.bit, steps)
    made._storage = UntypedStorage(made._a, made._a.nbytes, where, resizable=False)
    made._off = storage_offset or 0
    made = as_instance(made, cls)
    made._k |= bits
    return made.requires_grad_() if requires_grad else made


def _empty() -> Tensor:
    from . import surface as torch  # noqa: PLC0415  # as above

    return torch.empty(0)  # type: ignore[no-any-return, misc]


Tensor._make_subclass = staticmethod(make_subclass)
Tensor._make_wrapper_subclass = staticmethod(make_wrapper_subclass)
upcalls.fill(construct=make, empty_tensor=_empty)
