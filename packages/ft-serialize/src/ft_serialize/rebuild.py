"""The tensor model over ft_core: everything in this package that touches a Tensor, a Storage or NumPy is in this file.

The module itself is the `TensorModel` that readers and writers are given (`model.py` states what each name does); tests give
them one of NumPy arrays instead. Bounds have been checked by the time anything here is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ft_core.backend import backend_for
from ft_core.device import device as Device  # the class has torch's lower-case name
from ft_core.dtype import BY_NAME
from ft_core.dtype import dtype as Dtype
from ft_core.keys import CONJ, NEG
from ft_core.layout import LAYOUTS
from ft_core.meta import MetaArray
from ft_core.parameter import Buffer, Parameter
from ft_core.size import Size
from ft_core.storage import UntypedStorage
from ft_core.tensor import Tensor, tensor_from_storage
from ft_dispatch.legacy_storage import LEGACY
from ft_dispatch.legacy_types import TYPES
from ft_dispatch.typed_storage import TypedStorage

from .allow_list import RefusedError
from .generators import Generator, generator, set_generator, spell_generator
from .irregular import Layout, QScheme, check_quantized, is_irregular, rebuild_quantized, rebuild_sparse, schemes, spell_irregular
from .model import Call, Global, StorageRecord
from .pages import address, let_go
from .spelling import TensorRecord, spell_tensor, storage_type_name

__all__ = [
    "Device",
    "Dtype",
    "Generator",
    "Layout",
    "Parameter",
    "RefusedError",
    "Size",
    "Tensor",
    "address",
    "allocate",
    "as_subclass",
    "check_quantized",
    "content",
    "describe_storage",
    "describe_tensor",
    "dtype",
    "from_storage",
    "generator",
    "identity",
    "is_aligned",
    "is_tensor",
    "is_wrapper",
    "itemsize",
    "layout",
    "let_go",
    "lies_ready",
    "meta_storage",
    "old_types",
    "parts",
    "rebuild_meta_tensor",
    "rebuild_parameter",
    "rebuild_quantized",
    "rebuild_sparse",
    "rebuild_tensor",
    "rebuild_wrapper",
    "reduce",
    "schemes",
    "set_bits",
    "set_generator",
    "size",
    "storage_from_bytes",
    "storage_location",
    "storage_part",
    "storage_to",
    "tensor_to",
    "typed",
]

_ALIGNMENT = 64
_CPU = Device("cpu")
_CLASSES: dict[Any, Global] = {
    Tensor: Global("torch", "Tensor"),
    Parameter: Global("torch.nn.parameter", "Parameter"),
    Size: Global("torch", "Size"),
    Device: Global("torch", "device"),
    UntypedStorage: Global("torch.storage", "UntypedStorage"),
    TypedStorage: Global("torch.storage", "TypedStorage"),
    **{found: Global("torch", name) for name, found in LEGACY.items()},
    **{found: Global("torch", name) for name, found in TYPES.items()},
}


# -- reading -------------------------------------------------------------------------------------------------------------


def dtype(name: str) -> Dtype | None:
    """The dtype of torch's name, or None."""
    return BY_NAME.get(name)


def itemsize(kind: Dtype) -> int:
    """Bytes of one element."""
    return kind.itemsize


def typed(storage: UntypedStorage, kind: Dtype, numel: int) -> TypedStorage:
    """A storage of elements, as torch gives it where a file holds one without a tensor."""
    return TypedStorage(wrap_storage=storage, dtype=kind, _internal=True)


def parts(obj: Any) -> tuple[UntypedStorage, Dtype, int] | None:
    """Storage, dtype and bytes of a storage of elements; None for any other object."""
    return (obj._untyped_storage, obj.dtype, obj._untyped_storage.nbytes()) if type(obj) is TypedStorage else None


def old_types() -> dict[str, Any]:
    """The old tensor types and the storage of elements, by their path in files."""
    return {**{f"torch.{name}": found for name, found in TYPES.items()}, "torch.storage.TypedStorage": TypedStorage}


def layout(name: Any) -> Any:
    """The layout of torch's name, "torch.strided"; RefusedError for any other text."""
    found = LAYOUTS.get(name.removeprefix("torch.")) if type(name) is str else None
    if found is None:
        raise RefusedError(f"expected the name of a layout, got {name!r:.80}")
    return found


def size(values: Sequence[int]) -> Size:
    """A torch.Size."""
    return Size(values)


def allocate(nbytes: int) -> tuple[np.ndarray, memoryview]:
    """`nbytes` of host memory at a multiple of 64 bytes, as a uint8 array and as the view to fill it through."""
    block = np.empty(nbytes + _ALIGNMENT, np.uint8)
    start = -block.ctypes.data % _ALIGNMENT
    buffer = block[start : start + nbytes]
    return buffer, memoryview(buffer)  # type: ignore[arg-type]  # arrays do export buffers


def storage_from_bytes(buffer: Any) -> UntypedStorage:
    """A CPU storage over an array of `allocate`, or over a writable memoryview (a mapped file), without a copy."""
    array = buffer if isinstance(buffer, np.ndarray) else np.frombuffer(buffer, np.uint8)
    return UntypedStorage(array, array.nbytes, _CPU, resizable=isinstance(buffer, np.ndarray))


def meta_storage(nbytes: int) -> UntypedStorage:
    """A storage of that size without memory."""
    return UntypedStorage(MetaArray((nbytes,), None, 1, BY_NAME["uint8"]), nbytes, Device("meta"))


def storage_part(storage: UntypedStorage, start: int, nbytes: int) -> UntypedStorage:
    """A storage over a part of another's memory."""
    if storage.device.type == "meta":
        return meta_storage(nbytes)
    return storage[start : start + nbytes]  # type: ignore[return-value]  # a slice is a storage


def storage_to(storage: UntypedStorage, location: str) -> UntypedStorage | None:
    """The storage on the device a tag names; None where it names none, RuntimeError where that device cannot be used here."""
    try:
        where = Device(location)
    except RuntimeError:
        return None
    if where == storage.device:
        return storage
    if where.type == "meta":
        return meta_storage(storage.nbytes())
    advice = "please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU."
    try:
        backend = backend_for(where)
    except (AssertionError, RuntimeError) as error:
        kind = where.type
        raise RuntimeError(
            f"Attempting to deserialize object on a {kind.upper()} device but torch.{kind}.is_available() is False. "
            f"If you are running on a CPU-only machine, {advice} ({error})"
        ) from None
    count = backend.device_count()
    if where.index is not None and where.index >= count:
        raise RuntimeError(
            f"Attempting to deserialize object on {where.type.upper()} device {where.index} but torch.{where.type}.device_count() "
            f"is {count}. Please use torch.load with map_location to map your storages to an existing device."
        )
    if where.type == "cpu":
        return storage_from_bytes(storage.bytes().copy())
    if where.index is not None and where.index != backend.current_device():
        previous = backend.current_device()
        backend.set_device(where.index)
        try:
            root = backend.from_host(storage.bytes(), BY_NAME["uint8"])
        finally:
            backend.set_device(previous)
    else:
        where = Device(where.type, backend.current_device()) if where.index is None else where
        root = backend.from_host(storage.bytes(), BY_NAME["uint8"])
    return UntypedStorage(root, storage.nbytes(), where)


def storage_location(storage: UntypedStorage) -> str:
    """The tag a storage is saved under: `cpu`, `cuda:0`, `meta`."""
    return str(storage.device)


def rebuild_tensor(
    storage: UntypedStorage,
    kind: Dtype,
    offset: int,
    sizes: tuple[int, ...],
    strides: tuple[int, ...],
    requires_grad: bool,
) -> Tensor:
    """A leaf over `storage`; offset, sizes and strides in elements."""
    if storage.device.type != "meta" and not backend_for(storage.device).supports(kind):
        raise RefusedError(
            f"a tensor of {kind}, which device {storage.device} does not have; load it with map_location='meta' to see the rest"
        )
    return tensor_from_storage(storage, kind, sizes, strides, offset).requires_grad_(requires_grad)


def rebuild_meta_tensor(kind: Dtype, sizes: tuple[int, ...], strides: tuple[int, ...], requires_grad: bool) -> Tensor:
    """A leaf without memory."""
    return tensor_from_storage(meta_storage(0), kind, sizes, strides, 0).requires_grad_(requires_grad)


def rebuild_parameter(data: Tensor, requires_grad: bool) -> Parameter:
    """A Parameter over a tensor's memory."""
    return Parameter(data, requires_grad)


def tensor_to(tensor: Tensor, kind: Dtype, device: str, requires_grad: bool) -> Tensor:
    """A leaf with the tensor's numbers on another device; RefusedError where there is no such device."""
    from ft_dispatch import surface as torch  # only files from rare devices need it

    try:
        return torch.empty_like(tensor, dtype=kind, device=device).copy_(tensor.detach()).requires_grad_(requires_grad)  # type: ignore[no-any-return]
    except (RuntimeError, AssertionError) as error:
        raise RefusedError(f"a tensor of device {device}: {error}; load it with map_location='cpu'") from None


def rebuild_wrapper(
    kind: Any, dtype: Dtype, offset: int, sizes: tuple[int, ...], strides: tuple[int, ...], device: Any, requires_grad: bool
) -> Tensor:
    """An object of a class that the user allowed, without memory: its attributes hold the tensors that do its work."""
    if not (isinstance(kind, type) and issubclass(kind, Tensor)):
        raise RefusedError(f"expected a class of tensors, got {kind!r:.80}")
    make = Tensor._make_wrapper_subclass
    try:
        return make(  # type: ignore[no-any-return]
            kind, sizes, strides, storage_offset=offset, dtype=dtype, device=device, requires_grad=requires_grad
        )
    except (TypeError, RuntimeError, AssertionError) as error:
        raise RefusedError(f"a tensor of {kind.__name__}, whose class holds others: {error}") from None


def as_subclass(tensor: Tensor, kind: Any) -> Tensor:
    """The tensor as an instance of a Tensor subclass that the user allowed."""
    if not (isinstance(kind, type) and issubclass(kind, Tensor)):
        raise RefusedError(f"expected a class of tensors, got {kind!r:.80}")
    tensor.__class__ = kind
    return tensor


def set_bits(tensor: Tensor, conj: bool, neg: bool) -> None:
    """Mark a tensor that was just made as the conjugate or the negative of its memory."""
    tensor._k |= (CONJ if conj else 0) | (NEG if neg else 0)


def is_tensor(obj: Any) -> bool:
    """Whether it is a tensor."""
    return isinstance(obj, Tensor)


def is_wrapper(t: Tensor) -> bool:
    """Whether it has no memory because its class holds other tensors."""
    return isinstance(t._a, MetaArray) and t.device.type != "meta"


# -- the same for formats that hold tensors one by one ---------------------------------------------------------------------


def from_storage(storage: UntypedStorage, name: str, shape: tuple[int, ...]) -> Tensor:
    """A contiguous tensor over the whole of a storage; RefusedError for a dtype its device does not compute with."""
    strides, step = [1] * len(shape), 1
    for i in range(len(shape) - 1, -1, -1):
        strides[i] = step
        step *= max(shape[i], 1)
    return rebuild_tensor(storage, BY_NAME[name], 0, shape, tuple(strides), False)


def content(tensor: Tensor) -> memoryview:
    """The tensor's elements in C order as bytes; a view of its memory where that is how they lie, and on the host."""
    plain = tensor.detach().resolve_conj().resolve_neg().contiguous()
    kind, storage = plain.dtype, plain.untyped_storage()
    start = plain.storage_offset() * kind.itemsize
    return memoryview(storage.bytes()).cast("B")[start : start + plain.numel() * kind.itemsize]


def lies_ready(tensor: Tensor) -> bool:
    """Whether `content` is a view of the tensor's own memory."""
    return tensor.device.type == "cpu" and tensor.is_contiguous() and not tensor.is_conj() and not tensor.is_neg()


def identity(tensor: Tensor) -> Any:
    """Equal for tensors that view the same memory in the same way."""
    place = id(tensor.untyped_storage()), tensor.storage_offset()
    return *place, tuple(tensor.shape), tuple(tensor.stride()), tensor.dtype, tensor.is_conj(), tensor.is_neg()  # type: ignore[arg-type]


def is_aligned(view: memoryview, name: str) -> bool:
    """Whether elements of that dtype may be used where the bytes are; never for an empty view."""
    return len(view) > 0 and address(view) % BY_NAME[name].itemsize == 0


# -- writing -------------------------------------------------------------------------------------------------------------


def describe_tensor(t: Tensor) -> TensorRecord:
    """What a file says about a tensor. RuntimeError for a quantized one that stands for no numbers."""
    kind = t.dtype
    irregular = is_irregular(t)
    steps: Any = () if irregular else t.stride()
    if is_wrapper(t):
        return _describe_wrapper(t)
    plain = type(t) in (Tensor, Parameter, Buffer)
    return TensorRecord(
        storage=None if irregular or t.device.type == "meta" else describe_storage(t.untyped_storage(), kind),
        dtype=kind,
        dtype_name=kind.name,
        offset=0 if irregular else t.storage_offset(),
        sizes=tuple(t.shape),
        strides=tuple(map(int, steps)),  # a new tuple: equal strides may be one cached object, which torch's pickles never share
        requires_grad=t.requires_grad,
        is_parameter=type(t) is Parameter,
        conj=bool(t._k & CONJ),
        neg=bool(t._k & NEG),
        kind=None if plain else type(t),
        state=_state_of(t),
        call=spell_irregular(t, describe_storage) if irregular else None,
    )


def _describe_wrapper(t: Tensor) -> TensorRecord:
    """What a file says about a tensor whose class holds others: how it looks, and its attributes."""
    kind, sizes, strides = t.dtype, tuple(t.shape), tuple(map(int, t.stride()))
    args = type(t), kind, sizes, strides, t.storage_offset(), t.layout, t.device, t.requires_grad
    call = Call(Global("torch._utils", "_rebuild_wrapper_subclass"), args)
    return TensorRecord(None, kind, kind.name, 0, sizes, strides, t.requires_grad, kind=type(t), state=_state_of(t), call=call)


def _state_of(t: Tensor) -> Any:
    """A tensor's attributes, or what its class says they are; None for none."""
    own = getattr(type(t), "__getstate__", None)
    if own is not None and own is not getattr(object, "__getstate__", None):
        return own(t)
    return {k: v for k, v in vars(t).items() if not (type(t) is Buffer and k == "persistent")} or None


def describe_storage(storage: UntypedStorage, kind: Dtype) -> StorageRecord:
    """What a file says about a storage whose elements are of `kind`."""
    name = storage_type_name(kind.name)
    if name == "UntypedStorage":
        kind = BY_NAME["uint8"]
    nbytes = storage.nbytes()
    return StorageRecord(storage, id(storage), name, kind.name, nbytes // kind.itemsize, nbytes, kind.itemsize, storage.bytes)


def reduce(obj: Any) -> Any:
    """How the pickle writer spells an object of ours; None for any other."""
    if isinstance(obj, Tensor):
        return spell_tensor(describe_tensor(obj), _CLASSES[Tensor])
    if isinstance(obj, UntypedStorage):
        nbytes = obj.nbytes()
        return StorageRecord(obj, id(obj), "UntypedStorage", "uint8", nbytes, nbytes, 1, obj.bytes)
    if isinstance(obj, TypedStorage):
        return describe_storage(obj._untyped_storage, obj.dtype)
    if isinstance(obj, (Dtype, QScheme)):
        return Global("torch", obj.name)
    if isinstance(obj, Size):
        return Call(_CLASSES[Size], (tuple(obj),))
    if isinstance(obj, Device):
        kind = obj.type.encode().decode()  # a new text, which torch's pickles never share with the tag of a storage
        return Call(_CLASSES[Device], (kind,) if obj.index is None else (kind, obj.index))
    if isinstance(obj, Generator):
        return spell_generator(obj)
    if isinstance(obj, Layout):
        return Call(Global("torch.serialization", "_get_layout"), (str(obj),))
    return _CLASSES.get(obj) if isinstance(obj, type) else None
