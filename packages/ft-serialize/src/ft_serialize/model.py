"""What this package needs to know about tensors, as one protocol: `rebuild.py` meets it with ft_core, tests with NumPy alone.

It keeps readers and writers free of tensors and of NumPy, so they can be read, fuzzed and used without either.
Sizes, strides and offsets count elements; buffers are flat and hold little-endian or native bytes as the machine has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["Call", "Global", "StorageRecord", "TensorModel"]


@dataclass(slots=True, frozen=True)
class Global:
    """A name that a pickle spells out: `torch` and `float32`."""

    module: str
    name: str


@dataclass(slots=True)
class Call:
    """An object written as a call that rebuilds it: the function by name, its arguments, and what BUILD gives it then, if anything."""

    function: Global
    args: tuple[Any, ...]
    state: Any = None


@dataclass(slots=True)
class StorageRecord:
    """One storage to be written: `identity` is equal for aliases, `read` gives its bytes when they are needed."""

    storage: Any  # held, so that `identity` stays unique while a file is written
    identity: Any
    type_name: str  # FloatStorage ... or UntypedStorage
    dtype_name: str
    numel: int
    nbytes: int
    itemsize: int
    read: Callable[[], Any]


class TensorModel(Protocol):
    """The tensor side of files: `rebuild.py` is a module of exactly these names. Sizes, strides, offsets count elements."""

    Tensor: Any
    Parameter: Any
    Dtype: Any
    Size: Any
    Device: Any
    Layout: Any
    Generator: Any

    def dtype(self, name: str, /) -> Any:
        """The dtype of torch's name (`float32`), or None where there is none."""

    def itemsize(self, dtype: Any, /) -> int:
        """Bytes of one element."""

    def typed(self, storage: Any, dtype: Any, numel: int, /) -> Any:
        """What a storage is to whoever loads one: a storage together with the dtype and the number of elements that the file gave it."""

    def parts(self, obj: Any, /) -> tuple[Any, Any, int] | None:
        """Storage, dtype and bytes of what `typed` made; None for any other object."""

    def old_types(self) -> dict[str, Any]:
        """Classes that older files name as data, by their path: `torch.FloatTensor`."""

    def schemes(self) -> dict[str, Any]:
        """The quantization schemes, by their path in files: `torch.per_tensor_affine`."""

    def layout(self, name: Any, /) -> Any:
        """The layout of torch's name (`torch.strided`)."""

    def size(self, values: Sequence[int], /) -> Any:
        """A torch.Size."""

    def allocate(self, nbytes: int, /) -> tuple[Any, memoryview]:
        """A host buffer to fill, and the writable view of it; the first goes to `storage_from_bytes`."""

    def storage_from_bytes(self, buffer: Any, /) -> Any:
        """A CPU storage over what `allocate` gave, or over a writable memoryview, without a copy."""

    def meta_storage(self, nbytes: int, /) -> Any:
        """A storage of that size without memory."""

    def storage_part(self, storage: Any, start: int, nbytes: int, /) -> Any:
        """A storage over a part of another's memory."""

    def storage_to(self, storage: Any, location: str, /) -> Any:
        """The storage on that device, or None for a name that is no device; RuntimeError in torch's words if it is not usable."""

    def storage_location(self, storage: Any, /) -> str:
        """The location tag of a storage: `cpu`, `cuda:0`, `meta`."""

    def rebuild_tensor(
        self, storage: Any, dtype: Any, offset: int, sizes: tuple[int, ...], strides: tuple[int, ...], requires_grad: bool, /
    ) -> Any:
        """A tensor over a storage; bounds have been checked."""

    def rebuild_meta_tensor(self, dtype: Any, sizes: tuple[int, ...], strides: tuple[int, ...], requires_grad: bool, /) -> Any:
        """A tensor without memory."""

    def rebuild_sparse(self, layout: Any, parts: tuple[Any, ...], size: tuple[int, ...], coalesced: bool | None, /) -> Any:
        """A sparse tensor of its components: (indices, values), or (compressed, plain, values). RefusedError where they do not fit."""

    def check_quantized(self, dtype: Any, /) -> Any:
        """RefusedError for a dtype of which there are no quantized tensors here."""

    def rebuild_quantized(
        self, storage: Any, dtype: Any, offset: int, sizes: tuple[int, ...], strides: tuple[int, ...],
        quantizer: tuple[Any, Any, int | None], /,
    ) -> Any:  # fmt: skip
        """A quantized tensor over a storage whose bounds have been checked; scale, zero point and axis have not."""

    def rebuild_parameter(self, data: Any, requires_grad: bool, /) -> Any:
        """A Parameter over a tensor's memory."""

    def tensor_to(self, tensor: Any, dtype: Any, device: str, requires_grad: bool, /) -> Any:
        """A leaf with the tensor's numbers on another device."""

    def rebuild_wrapper(
        self,
        kind: Any,
        dtype: Any,
        offset: int,
        sizes: tuple[int, ...],
        strides: tuple[int, ...],
        device: Any,
        requires_grad: bool,
        /,
    ) -> Any:
        """An object of a subclass without memory, as `_make_wrapper_subclass` makes it; RefusedError for a class that is none."""

    def as_subclass(self, tensor: Any, kind: Any, /) -> Any:
        """The tensor as an instance of a subclass; RefusedError for what is none."""

    def set_bits(self, tensor: Any, conj: bool, neg: bool, /) -> None:
        """Mark a new tensor as the conjugate or negative of its memory."""

    def generator(self, device: Any, /) -> Any:
        """A random generator of a device; RefusedError where there is none."""

    def set_generator(self, generator: Any, state: Any, /) -> None:
        """Take the place in the stream that a tensor of bytes holds; RefusedError for bytes that are no state."""

    def is_tensor(self, obj: Any, /) -> bool:
        """Whether it is a tensor."""

    def reduce(self, obj: Any, /) -> Any:
        """How a writer spells `obj`: None (not ours), a `Global`, a `Call`, or a `StorageRecord`."""
