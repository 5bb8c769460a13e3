"""torch's deprecated storage of elements, `TypedStorage`; the classes for each of the old dtypes are in `legacy_storage`.

It is a storage of bytes and a dtype; all it does is done by a tensor over the bytes. Using one warns once, as in torch.
Source: https://docs.pytorch.org/docs/stable/storage.html
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator
from typing import Any, Self

from ft_core import BY_NAME, Tensor, UntypedStorage, dtype, get_default_dtype, tensor_from_storage
from ft_core.device import device as Device

from .registry import BINDINGS

__all__ = ["DTYPES", "TypedStorage", "filled", "warn_once"]

DTYPES = {
    "BFloat16Storage": "bfloat16", "BoolStorage": "bool", "ByteStorage": "uint8", "CharStorage": "int8",
    "ComplexDoubleStorage": "complex128", "ComplexFloatStorage": "complex64", "DoubleStorage": "float64", "FloatStorage": "float32",
    "HalfStorage": "float16", "IntStorage": "int32", "LongStorage": "int64", "QInt32Storage": "qint32", "QInt8Storage": "qint8",
    "QUInt2x4Storage": "quint2x4", "QUInt4x2Storage": "quint4x2", "QUInt8Storage": "quint8", "ShortStorage": "int16",
}  # fmt: skip
_INTEGERS = {"quint8": "uint8", "qint8": "int8", "qint32": "int32", "quint4x2": "uint8", "quint2x4": "uint8"}
"""What the elements of quantized dtypes are told as."""
_REMOVAL = (
    "TypedStorage is deprecated. It will be removed in the future and UntypedStorage will be the only storage class. This should only "
    "matter to you if you are using storages directly.  To access UntypedStorage directly, use tensor.untyped_storage() instead of "
    "tensor.storage()"
)
_warned: list[bool] = []


def warn_once(depth: int = 2) -> None:
    """Torch's deprecation warning, the first time in a process; for the caller `depth` frames up."""
    if not _warned:
        _warned.append(True)
        warnings.warn(_REMOVAL, UserWarning, stacklevel=depth + 1)


def _elements(storage: UntypedStorage, kind: dtype) -> Tensor:
    kind = BY_NAME[_INTEGERS.get(kind.name, kind.name)]
    return tensor_from_storage(storage, kind, (storage.nbytes() // kind.itemsize,), (1,), 0)


def filled(given: tuple[Any, ...], kind: dtype, where: Any) -> UntypedStorage:
    """The memory for no arguments, a number of elements, or a sequence of them. TypeError for anything else."""
    if not given:
        return UntypedStorage(device=where)
    if isinstance(given[0], int):
        return UntypedStorage(given[0] * kind.itemsize, device=where)
    if isinstance(given[0], str) or not hasattr(given[0], "__len__"):
        raise TypeError(f"new(): invalid data type '{type(given[0]).__name__}'")
    made: Tensor = BINDINGS["tensor"].function(given[0], dtype=kind, device=where)
    return made.untyped_storage()


class TypedStorage:
    """Elements of one dtype in a row (deprecated): `TypedStorage(3, dtype=torch.float32)`, of data, or around `wrap_storage=`.

    Raises: RuntimeError or TypeError for other combinations of arguments. Source: torch.TypedStorage.
    """

    is_sparse = False
    dtype: Any
    _untyped_storage: UntypedStorage

    def __init__(
        self, *args: Any, wrap_storage: UntypedStorage | None = None, dtype: Any = None, device: Any = None, _internal: bool = False
    ) -> None:
        if not _internal:
            warn_once()
        forms = (
            "TypedStorage.__init__ received an invalid combination of arguments. Expected one of:\n"
            " * (*, torch.device device, torch.dtype dtype)\n * (int size, *, torch.device device, torch.dtype dtype)\n"
            " * (Sequence data, *, torch.device device, torch.dtype dtype)\n * (*, UntypedStorage wrap_storage, torch.dtype dtype)"
        )
        if wrap_storage is None:
            if len(args) > 1:
                raise RuntimeError(forms + "\nToo many positional arguments")
            self.dtype = get_default_dtype() if dtype is None else dtype
            self._untyped_storage = filled(args, self.dtype, device)
            return
        if args or device is not None:
            raise RuntimeError(f"{forms}\nNo positional arguments and no device should be given when using 'wrap_storage'")
        if dtype is None:
            raise RuntimeError(forms + "\nArgument 'dtype' must be specified")
        if not isinstance(wrap_storage, UntypedStorage):
            raise TypeError(f"{forms}\nArgument 'wrap_storage' must be UntypedStorage, but got {type(wrap_storage)}")
        self.dtype, self._untyped_storage = dtype, wrap_storage

    def _wrap(self, storage: UntypedStorage, kind: Any = None) -> TypedStorage:
        return TypedStorage(wrap_storage=storage, dtype=kind or self.dtype, _internal=True)

    def _view(self) -> Tensor:
        return _elements(self._untyped_storage, self.dtype)

    # -- what it is ----------------------------------------------------------------------------------------------------

    @property
    def device(self) -> Device:
        """Where the memory is."""
        return self._untyped_storage.device

    @property
    def is_cuda(self) -> bool:
        """Whether it is on a CUDA device."""
        return self._untyped_storage.is_cuda

    @property
    def is_hpu(self) -> bool:
        """Whether it is on a Gaudi device: never."""
        return False

    @property
    def filename(self) -> str | None:
        """None: memory is shared without names."""
        return self._untyped_storage.filename

    def untyped(self) -> UntypedStorage:
        """The bytes."""
        warn_once()
        return self._untyped_storage

    def size(self) -> int:
        """Number of elements."""
        warn_once()
        return len(self)

    def __len__(self) -> int:
        return self._untyped_storage.nbytes() // self.dtype.itemsize  # type: ignore[no-any-return]

    def nbytes(self) -> int:
        """Size in bytes."""
        warn_once()
        return self._untyped_storage.nbytes()

    def element_size(self) -> int:
        """Bytes of an element."""
        warn_once()
        return self.dtype.itemsize  # type: ignore[no-any-return]

    def data_ptr(self) -> int:
        """Address of the first element."""
        warn_once()
        return self._untyped_storage.data_ptr()

    def get_device(self) -> int | None:
        """Number of the device; None on the CPU."""
        warn_once()
        return self._untyped_storage.get_device()

    def resizable(self) -> bool:
        """Whether `resize_` may be called."""
        warn_once()
        return self._untyped_storage.resizable

    def is_shared(self) -> bool:
        """Whether other processes can map the memory."""
        warn_once()
        return self._untyped_storage.is_shared()

    def is_pinned(self, device: Any = None) -> bool:
        """Whether the memory is page-locked; never so here."""
        warn_once()
        return False

    def pickle_storage_type(self) -> str:
        """The name of the legacy class of this dtype, which stands for it in files. KeyError for a dtype without one."""
        warn_once()
        return next(name for name, kind in DTYPES.items() if BY_NAME.get(kind) is self.dtype)

    # -- elements ------------------------------------------------------------------------------------------------------

    def __getitem__(self, index: int) -> Any:
        warn_once()
        if isinstance(index, slice):
            raise RuntimeError("slices are only supported in UntypedStorage.__getitem__")
        return self._view()[self._checked(index)].item()

    def __setitem__(self, index: int | slice, value: Any) -> None:
        warn_once()
        if not isinstance(index, (int, slice)):
            raise RuntimeError(f"can't index a {type(self)} with {type(index)}")
        if isinstance(value, (TypedStorage, UntypedStorage)):
            raise RuntimeError(f"cannot set item with value type {type(value)}")
        self._view()[index if isinstance(index, slice) else self._checked(index)] = value

    def _checked(self, index: Any) -> int:
        if not isinstance(index, int):
            raise TypeError(f"can't index a {type(self)} with {type(index)}")
        if not -len(self) <= index < len(self):
            raise IndexError(f"index {index} out of range for storage of size {len(self)}")
        return index

    def __iter__(self) -> Iterator[Any]:
        warn_once()
        return iter(self._view().tolist())

    def tolist(self) -> list[Any]:
        """The elements as Python numbers."""
        warn_once()
        return self._view().tolist()  # type: ignore[no-any-return]

    def fill_(self, value: Any) -> Self:
        """Set every element."""
        warn_once()
        self._view().fill_(value)
        return self

    def copy_(self, source: TypedStorage, non_blocking: bool | None = None) -> Self:
        """Overwrite the bytes with those of a storage of the same size in bytes; RuntimeError for another size."""
        warn_once()
        self._untyped_storage.copy_(source._untyped_storage if isinstance(source, TypedStorage) else source)
        return self

    def clone(self) -> TypedStorage:
        """A copy."""
        warn_once()
        return self._wrap(self._untyped_storage.clone())

    def resize_(self, size: int) -> None:
        """Change the number of elements; every tensor over this storage moves along."""
        warn_once()
        self._untyped_storage.resize_(size * self.dtype.itemsize)

    def share_memory_(self) -> Self:
        """Move the memory to where forked processes see each other's writes."""
        warn_once()
        self._untyped_storage.share_memory_()
        return self

    # -- other devices and dtypes --------------------------------------------------------------------------------------

    def type(self, dtype: Any = None, non_blocking: bool = False) -> Any:
        """The name of the legacy class, `torch.FloatStorage`; with a dtype or such a name, the elements converted to it."""
        warn_once()
        if dtype is None:
            return ("torch.cuda." if self.is_cuda else "torch.") + self.pickle_storage_type()
        if isinstance(dtype, str):
            dtype = BY_NAME[DTYPES[dtype.rpartition(".")[2]]]
        return self._converted(dtype if not hasattr(dtype, "dtype") else dtype.dtype)

    def _converted(self, kind: Any) -> TypedStorage:
        return self._wrap(self._view().to(kind).clone().untyped_storage(), kind)

    def to(self, *, device: Any, non_blocking: bool = False) -> TypedStorage:
        """A storage on `device`, which shares the memory where it is there already."""
        warn_once()
        return self._wrap(self._untyped_storage.to(device=device))

    def cpu(self) -> TypedStorage:
        """A storage on the CPU, which shares the memory where it is there already."""
        warn_once()
        return self._wrap(self._untyped_storage.cpu())

    def cuda(self, device: Any = None, non_blocking: bool = False) -> TypedStorage:
        """A storage on a CUDA device, which shares the memory where it is there already."""
        warn_once()
        return self._wrap(self._untyped_storage.cuda(device))

    def hpu(self, device: Any = None, non_blocking: bool = False) -> TypedStorage:
        """AssertionError: there is no backend for Gaudi devices."""
        return self._wrap(self._untyped_storage.hpu(device))

    def pin_memory(self, device: Any = None) -> TypedStorage:
        """RuntimeError: no accelerator takes page-locked memory from here."""
        return self._wrap(self._untyped_storage.pin_memory(device))

    @classmethod
    def from_buffer(cls, *args: Any, dtype: Any = None, **kwargs: Any) -> TypedStorage:
        """A copy of a bytes-like object's elements, as `UntypedStorage.from_buffer`; a legacy class has its own dtype."""
        warn_once()
        kind = _dtype_for(cls, dtype)
        return TypedStorage(wrap_storage=UntypedStorage.from_buffer(*args, dtype=kind, **kwargs), dtype=kind, _internal=True)

    @classmethod
    def from_file(cls, filename: Any, shared: bool = False, size: int = 0, *, dtype: Any = None) -> TypedStorage:
        """A storage of `size` elements over a mapped file, as `UntypedStorage.from_file`."""
        warn_once()
        kind = _dtype_for(cls, dtype)
        found = UntypedStorage.from_file(filename, shared, size * kind.itemsize)
        return TypedStorage(wrap_storage=found, dtype=kind, _internal=True)

    # -- as an object --------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypedStorage) and self._untyped_storage is other._untyped_storage and self.dtype is other.dtype

    def __hash__(self) -> int:
        return hash((id(self._untyped_storage), self.dtype))

    def __repr__(self) -> str:
        info = f"[torch.storage.TypedStorage(dtype={self.dtype}, device={self.device}) of size {len(self)}]"
        if self.device.type == "meta":
            return "...\n" + info
        return " " + "\n ".join(map(str, self._view().tolist())) + "\n" + info

    def __copy__(self) -> TypedStorage:
        return self._wrap(self._untyped_storage.clone())

    def __deepcopy__(self, memo: dict[int, Any]) -> TypedStorage:
        return self._wrap(copy.deepcopy(self._untyped_storage, memo))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self._untyped_storage, self.dtype)


def _dtype_for(cls: type, given: Any) -> Any:
    fixed = getattr(cls, "dtype", None)  # a legacy class has one
    if fixed is not None and given is not None:
        raise RuntimeError("from_buffer: 'dtype' can only be specified in UntypedStorage.from_buffer and TypedStorage.from_buffer")
    return fixed or given or get_default_dtype()


def _rebuild(storage: UntypedStorage, kind: Any) -> TypedStorage:
    return TypedStorage(wrap_storage=storage, dtype=kind, _internal=True)
