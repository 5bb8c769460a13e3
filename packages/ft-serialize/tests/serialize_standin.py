"""A tensor model of NumPy arrays alone, so that readers and writers are tested without the tensor package."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np

from ft_serialize.allow_list import RefusedError
from ft_serialize.model import Call, Global, StorageRecord
from ft_serialize.spelling import TensorRecord, spell_tensor, storage_type_name


@dataclass(frozen=True)
class Dtype:
    name: str
    numpy: Any

    def __repr__(self) -> str:
        return f"torch.{self.name}"


_NUMPY = {
    **{n: np.dtype(n) for n in "bool uint8 int8 int16 int32 int64 uint16 uint32 uint64 float16 float32 float64".split()},
    **{n: np.dtype(n) for n in ("complex64", "complex128")},
    **{n: np.dtype(getattr(ml_dtypes, n)) for n in ("bfloat16", "float8_e4m3fn", "float8_e5m2")},
    **{n: np.dtype(held) for n, held in (("quint8", "uint8"), ("qint8", "int8"), ("qint32", "int32"))},
}
DTYPES = {name: Dtype(name, found) for name, found in _NUMPY.items()}


@dataclass(eq=False)
class Storage:
    data: Any  # uint8 array, or an int: bytes of a storage without memory
    where: str = "cpu"

    def nbytes(self) -> int:
        return self.data if isinstance(self.data, int) else self.data.nbytes


@dataclass(eq=False)
class Tensor:
    storage: Storage
    dtype: Dtype
    offset: int
    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    requires_grad: bool = False
    conj: bool = False
    neg: bool = False

    def array(self) -> Any:
        step = self.dtype.numpy.itemsize
        made = np.ndarray(
            self.sizes, self.dtype.numpy, self.storage.data, self.offset * step, tuple(s * step for s in self.strides)
        )
        made = made.conj() if self.conj else made
        return -made if self.neg else made


class Parameter(Tensor):
    pass


@dataclass(eq=False)
class Sparse(Tensor):
    """A tensor that is known by its parts; it believes what it is told."""

    layout: Any = None
    parts: tuple[Any, ...] = ()
    coalesced: bool | None = None


@dataclass(eq=False)
class Quantized(Tensor):
    """Integers, of which the model only keeps what they stand for."""

    quantizer: tuple[Any, ...] = ()


class Size(tuple):
    __slots__ = ()


@dataclass(frozen=True)
class Device:
    type: str
    index: int | None = None

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"


@dataclass(frozen=True)
class Layout:
    name: str

    def __str__(self) -> str:
        return f"torch.{self.name}"


@dataclass(frozen=True)
class Scheme:
    name: str


SCHEMES = {
    f"torch.{name}": Scheme(name)
    for name in "per_tensor_affine per_channel_affine per_tensor_symmetric per_channel_symmetric per_channel_affine_float_qparams".split()
}
LAYOUTS = ("torch.strided", *(f"torch.sparse_{name}" for name in "coo csr csc bsr bsc".split()))


def from_numpy(array: Any, requires_grad: bool = False, kind: type = Tensor) -> Tensor:
    """A tensor over a copy of `array`, contiguous, alone on its storage."""
    array = np.ascontiguousarray(array)
    strides = tuple(s // array.itemsize for s in array.strides)
    name = array.dtype.name
    return kind(Storage(np.frombuffer(bytearray(array.tobytes()), np.uint8)), DTYPES[name], 0, array.shape, strides, requires_grad)


@dataclass(eq=False)
class LoadedStorage:
    storage: Storage
    dtype: Dtype
    numel: int

    def __len__(self) -> int:
        return self.numel


@dataclass(eq=False)
class Generator:
    state: Any = None


class NumpyModel:
    Generator = Generator
    Tensor, Parameter, Dtype, Size, Device, Layout = Tensor, Parameter, Dtype, Size, Device, Layout

    def dtype(self, name: str) -> Any:
        return DTYPES.get(name)

    def itemsize(self, dtype: Any) -> int:
        return dtype.numpy.itemsize

    def typed(self, storage, dtype, numel):
        return LoadedStorage(storage, dtype, numel)

    def parts(self, obj):
        return (obj.storage, obj.dtype, obj.storage.nbytes()) if type(obj) is LoadedStorage else None

    def old_types(self):
        return {}

    def layout(self, name: Any) -> Any:
        if name not in LAYOUTS:
            raise RefusedError(f"no layout {name!r:.80}")
        return Layout(name.removeprefix("torch."))

    def schemes(self):
        return SCHEMES

    def size(self, values: Any) -> Any:
        return Size(values)

    def allocate(self, nbytes: int) -> tuple[Any, memoryview]:
        made = np.empty(nbytes, np.uint8)
        return made, memoryview(made)

    def storage_from_bytes(self, buffer: Any) -> Any:
        return Storage(
            np.frombuffer(buffer, np.uint8) if isinstance(buffer, memoryview) and len(buffer) else np.asarray(buffer, np.uint8)
        )

    def meta_storage(self, nbytes: int) -> Any:
        return Storage(nbytes, "meta")

    def storage_part(self, storage, start, nbytes):
        return Storage(nbytes, "meta") if storage.where == "meta" else Storage(storage.data[start : start + nbytes], storage.where)

    def storage_to(self, storage: Any, location: str) -> Any:
        if location == "cpu":
            return storage
        if location == "meta":
            return Storage(storage.nbytes(), "meta")
        if location.startswith("cuda"):
            raise RuntimeError("Attempting to deserialize object on a CUDA device")
        return None

    def storage_location(self, storage: Any) -> str:
        return storage.where

    def rebuild_tensor(self, storage, dtype, offset, sizes, strides, requires_grad):
        return Tensor(storage, dtype, offset, sizes, strides, requires_grad)

    def rebuild_meta_tensor(self, dtype, sizes, strides, requires_grad):
        return Tensor(Storage(0, "meta"), dtype, 0, sizes, strides, requires_grad)

    def rebuild_sparse(self, layout, parts, size, coalesced):
        if not all(isinstance(part, Tensor) for part in parts):
            raise RefusedError("a part that is no tensor")
        values = parts[-1]
        return Sparse(values.storage, values.dtype, 0, Size(size), (), layout=layout, parts=parts, coalesced=coalesced)

    def check_quantized(self, dtype):
        """The stand-in has all."""

    def rebuild_quantized(self, storage, dtype, offset, sizes, strides, quantizer):
        if quantizer[2] is not None and not all(isinstance(part, Tensor) for part in quantizer[:2]):
            raise RefusedError("channels that are no tensors")
        return Quantized(storage, dtype, offset, sizes, strides, quantizer=quantizer)

    def rebuild_parameter(self, data, requires_grad):
        if isinstance(data, (Sparse, Quantized)):
            raise RefusedError("a Parameter of a kind that the stand-in has not")
        return Parameter(data.storage, data.dtype, data.offset, data.sizes, data.strides, requires_grad, data.conj, data.neg)

    def tensor_to(self, tensor, dtype, device, requires_grad):
        if device != "cpu":
            raise RefusedError(f"no device {device}")
        return Tensor(tensor.storage, dtype, tensor.offset, tensor.sizes, tensor.strides, requires_grad)

    def rebuild_wrapper(self, kind, dtype, offset, sizes, strides, device, requires_grad):
        raise RefusedError(f"{kind!r} is no class that holds tensors")

    def as_subclass(self, tensor, kind):
        if kind is not Parameter:
            raise RefusedError(f"{kind!r} is no subclass of Tensor")
        return self.rebuild_parameter(tensor, tensor.requires_grad)

    def set_bits(self, tensor, conj, neg):
        tensor.conj, tensor.neg = conj, neg

    def generator(self, device):
        return Generator()

    def set_generator(self, generator, state):
        generator.state = state

    def is_tensor(self, obj):
        return isinstance(obj, Tensor)

    def reduce(self, obj: Any) -> Any:
        if isinstance(obj, Dtype):
            return Global("torch", obj.name)
        if isinstance(obj, Size):
            return Call(Global("torch", "Size"), (tuple(obj),))
        if isinstance(obj, Device):
            return Call(Global("torch", "device"), (obj.type,) if obj.index is None else (obj.type, obj.index))
        if isinstance(obj, Layout):
            return Call(Global("torch.serialization", "_get_layout"), (str(obj),))
        if isinstance(obj, LoadedStorage):
            return self._storage(obj.storage, obj.dtype)
        if not isinstance(obj, Tensor):
            return None
        if isinstance(obj, (Sparse, Quantized)):
            return self._irregular(obj)
        meta = obj.storage.where == "meta"
        own = {"storage", "dtype", "offset", "sizes", "strides", "requires_grad", "conj", "neg"}
        state = {k: v for k, v in vars(obj).items() if k not in own}
        record = TensorRecord(
            None if meta else self._storage(obj.storage, obj.dtype), obj.dtype, obj.dtype.name, obj.offset, tuple(obj.sizes),
            tuple(obj.strides), obj.requires_grad, isinstance(obj, Parameter), obj.conj, obj.neg, None, state or None,
        )  # fmt: skip
        return spell_tensor(record, Global("torch", "Tensor"))

    def _irregular(self, obj: Any) -> Call:
        if isinstance(obj, Sparse):
            data = *obj.parts, obj.sizes, *(() if obj.coalesced is None else (obj.coalesced,))
            return Call(Global("torch._utils", "_rebuild_sparse_tensor"), (obj.layout, data))
        scale, zero_point, axis = obj.quantizer
        name = Global("torch", "per_tensor_affine" if axis is None else "per_channel_affine")
        quantizer = name, scale, zero_point, *(() if axis is None else (axis,))
        head = self._storage(obj.storage, obj.dtype), obj.offset, obj.sizes, obj.strides
        return Call(Global("torch._utils", "_rebuild_qtensor"), (*head, quantizer, False, OrderedDict()))

    def _storage(self, storage: Storage, dtype: Dtype) -> StorageRecord:
        kind = storage_type_name(dtype.name)
        itemsize = 1 if kind == "UntypedStorage" else dtype.numpy.itemsize
        name = "uint8" if kind == "UntypedStorage" else dtype.name
        size = storage.nbytes()
        return StorageRecord(storage, id(storage), kind, name, size // itemsize, size, itemsize, lambda: storage.data)


MODEL = NumpyModel()
