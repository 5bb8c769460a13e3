"""What torch's storages can do beside holding memory: move, fill, swap bytes, be mapped from files, be shared with other processes.

Source: https://docs.pytorch.org/docs/stable/storage.html
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from .backend import backend_for
from .device import device as Device
from .dtype import BY_NAME, dtype
from .meta import MetaArray

if TYPE_CHECKING:
    from .storage import UntypedStorage

_FORMS = """torch.UntypedStorage() received an invalid combination of arguments - got ({got}), but expected one of:
 * (*, torch.device device = None)
 * (int size, *, torch.device device = None)
 * (object sequence, *, torch.device device = None)"""


def new_root(given: tuple[Any, ...], where: Device) -> tuple[Any, int]:
    """Memory for `UntypedStorage(*given)` on a device, and its size in bytes: nothing, a size (uninitialised), or a sequence of bytes.

    TypeError for other arguments, RuntimeError for a negative size or for members that are no integers.
    """
    if len(given) > 1:
        raise TypeError(_FORMS.format(got=", ".join(type(item).__name__ for item in given)))
    size = given[0] if given else 0
    data: np.ndarray | None = None
    if isinstance(size, Sequence):
        for item in size:
            if not isinstance(item, int):
                raise RuntimeError(
                    f"torch.UntypedStorage(): tried to construct a storage from a sequence ({type(size).__name__}), but one of the "
                    f"items was of type {type(item).__name__} instead of int"
                )
        data, size = np.array([item & 255 for item in size], np.uint8), len(size)
    if not isinstance(size, int):
        raise TypeError(_FORMS.format(got=type(size).__name__))
    if size < 0:
        raise RuntimeError(f"torch.UntypedStorage(): expected a size of 0 or more bytes, got {size}")
    if where.type == "meta":
        return MetaArray((size,), None, 1, BY_NAME["uint8"]), size
    data = np.empty(size, np.uint8) if data is None else data
    return (data if where.type == "cpu" else backend_for(where).from_host(data, BY_NAME["uint8"])), size


class StorageMethods:
    """The part of `UntypedStorage` that is written over its other methods."""

    __slots__ = ()

    is_sparse = is_sparse_csr = False

    @property
    def is_hpu(self: Any) -> bool:
        """Whether the memory is on a Gaudi device: never."""
        return False

    @property
    def filename(self) -> str | None:
        """The file whose memory other processes map under its name; None, as memory is shared without names."""
        return None

    def untyped(self) -> Self:
        """The storage itself."""
        return self

    def new(self: Any) -> UntypedStorage:
        """An empty storage on the same device."""
        found: UntypedStorage = type(self)(device=self.device)
        return found

    def element_size(self) -> int:
        """Bytes of an element: 1."""
        return 1

    def get_device(self: Any) -> int | None:
        """Number of the device; None on the CPU."""
        found: int | None = self.device.index
        return found

    def fill_(self: Any, value: int) -> UntypedStorage:
        """Set every byte to `value`, an integer."""
        self.bytes()[...] = int(value) & 255
        return self  # type: ignore[no-any-return]

    def byteswap(self: Any, dtype: dtype) -> None:
        """Reverse the bytes of every element of that dtype, in place; of a complex, of each of its numbers."""
        width = dtype.itemsize // 2 if dtype.is_complex else dtype.itemsize
        whole = self.nbytes() // dtype.itemsize * dtype.itemsize
        rows = self.bytes()[:whole].reshape(-1, width)
        rows[...] = rows[:, ::-1].copy()

    # -- moving --------------------------------------------------------------------------------------------------------

    def to(self: Any, *, device: Any, non_blocking: bool = False) -> UntypedStorage:
        """This storage where it is on `device`, else a copy there."""
        where = Device(device)
        if where == self.device or (where.type == "cpu" and self.device.type == "cpu"):
            return self  # type: ignore[no-any-return]
        made = type(self)(self.nbytes(), device=where)
        if where.type != "meta":
            made.root = self.bytes().copy() if where.type == "cpu" else backend_for(where).from_host(self.bytes(), BY_NAME["uint8"])
        return made  # type: ignore[no-any-return]

    def cpu(self: Any) -> UntypedStorage:
        """This storage where it is on the CPU, else a copy there."""
        return self.to(device="cpu")  # type: ignore[no-any-return]

    def cuda(self: Any, device: Any = None, non_blocking: bool = False) -> UntypedStorage:
        """This storage where it is on that CUDA device, else a copy there; the error of the backend where there is none."""
        return self.to(device="cuda" if device is None else device)  # type: ignore[no-any-return]

    def hpu(self, device: Any = None, non_blocking: bool = False) -> UntypedStorage:
        """AssertionError: there is no backend for Gaudi devices."""
        raise AssertionError("HPU device module is not loaded")

    def is_pinned(self, device: Any = None) -> bool:
        """Whether the memory is page-locked; never so here."""
        return False

    def pin_memory(self, device: Any = None) -> UntypedStorage:
        """RuntimeError: no accelerator takes page-locked memory from here."""
        raise RuntimeError("Cannot access accelerator device when none is available.")

    # -- sharing and mapping -------------------------------------------------------------------------------------------

    def is_shared(self: Any) -> bool:
        """Whether other processes can map the memory: so on CUDA, and after `share_memory_`."""
        base = getattr(self.root, "base", None)
        return self.is_cuda or isinstance(getattr(base, "obj", base), mmap.mmap)

    def share_memory_(self: Any, *args: Any, **kwargs: Any) -> UntypedStorage:
        """Move the memory, with every tensor over it, to where forked processes see each other's writes. Nothing to do on CUDA.

        RuntimeError where NumPy arrays look at the memory, which cannot move with it.
        """
        if self.is_shared() or not self.nbytes():
            return self  # type: ignore[no-any-return]
        self.move_to_map(mmap.mmap(-1, self.nbytes()))
        return self  # type: ignore[no-any-return]

    def move_to_map(self: Any, memory: mmap.mmap) -> None:
        """Copy the bytes into a map of their size, and stand on it with every tensor. RuntimeError where NumPy arrays look at them."""
        if self.exported:
            raise RuntimeError("share_memory_: NumPy arrays look at this memory and cannot move with it; clone() the tensor first")
        from .resize import aliases_of  # noqa: PLC0415  # resize walks tensors, and tensor imports storage

        root = np.frombuffer(memory, np.uint8)
        root[...] = self.bytes()
        self.root = root
        self.resizable = False
        self.generation += 1
        backend = backend_for(self.device)
        for t in aliases_of(self):
            t._a = backend.strided_view(root, t.dtype, tuple(t._a.shape), t.stride(), t._off)

    @classmethod
    def from_buffer(
        cls, buffer: Any, byte_order: str | None = None, count: int = -1, offset: int = 0, *, dtype: dtype = BY_NAME["uint8"]
    ) -> UntypedStorage:
        """A copy of `count` elements of a bytes-like object from byte `offset` on, in this machine's byte order.

        Args:
            byte_order: how the buffer has them: "native", "little" or "big"; may be left out for elements of one byte.
            count: -1 for all there are.

        Raises: RuntimeError for a missing byte order, ValueError for another or for a size that does not fit.
        """
        size = dtype.itemsize
        if byte_order is None and size > 1:
            raise RuntimeError("function missing required argument 'byte_order' (pos 2)")
        if byte_order not in (None, "native", "little", "big"):
            raise ValueError(f"invalid byte_order '{byte_order}' (expected 'big', 'little', or 'native')")
        view = memoryview(buffer).cast("B")
        if not 0 <= offset <= len(view):
            raise ValueError(f"offset must be non-negative and no greater than buffer length ({len(view)}) , but got {offset}")
        if count < 0 and (len(view) - offset) % size:
            raise ValueError(f"buffer size ({len(view)}) must be a multiple of element size ({size})")
        count = (len(view) - offset) // size if count < 0 else count
        if offset + count * size > len(view):
            raise ValueError(f"buffer has only {len(view) - offset} bytes after offset {offset}, {count * size} were asked for")
        made: Any = cls(count * size)  # type: ignore[call-arg]
        made.bytes()[...] = np.frombuffer(view, np.uint8, count * size, offset)
        if byte_order == ("little" if np.dtype(">i2").isnative else "big"):
            made.byteswap(dtype)
        return made  # type: ignore[no-any-return]
