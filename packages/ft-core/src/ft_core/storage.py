"""Storage: the one-dimensional memory that aliasing tensors share.

Most tensors never need one: `Tensor._storage is None` says that the tensor is the only owner of its array, from offset 0 on. The first alias
(a view, detach, `.data`), pickling or `untyped_storage()` makes it, under one lock. `root` is the backend's flat memory (a NumPy array on
the CPU; the current immutable array on a backend without aliasing); `generation` rises whenever `root` is replaced, which is what a
compiled plan and the views of a backend without aliasing compare against.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from .backend import BACKENDS, backend_for
from .device import device
from .storage_methods import StorageMethods, new_root

if TYPE_CHECKING:
    from .tensor import Tensor

_LOCK = threading.Lock()
_device = device  # an argument and an attribute have the class's name, too
_DEFAULTS = {"exported": False, "generation": 0, "resizable": True}


class UntypedStorage(StorageMethods):
    """Bytes on a device, shared by every tensor that aliases them.

    `UntypedStorage()`, `UntypedStorage(size)` and `UntypedStorage(sequence)`, each with `device=`, make new memory; with three arguments
    it is put around memory that a backend made. `nbytes()` is the size; `data_ptr()` the address; `resize_()` moves every alias; `copy_`,
    `clone`, `tolist` and indexing work on bytes. Source: torch.UntypedStorage.
    """

    __slots__ = ("__weakref__", "_nbytes", "device", "exported", "generation", "resizable", "root")

    exported: bool
    generation: int
    resizable: bool

    def __init__(
        self, root: Any = None, nbytes: Any = None, where: Any = None, resizable: bool = True, *, device: Any = None
    ) -> None:
        if where is None:  # torch's own forms
            where = _device("cpu" if device is None else device)
            root, nbytes = new_root(tuple([item for item in (root, nbytes) if item is not None]), where)
        self.root = root
        self._nbytes = nbytes
        self.device = where
        if not resizable:
            self.resizable = False

    def __getattr__(self, name: str) -> Any:
        # a storage is made at the first view of every tensor, so slots that nearly all leave at their default are not filled
        if name in _DEFAULTS:
            return _DEFAULTS[name]
        raise AttributeError(f"'UntypedStorage' object has no attribute '{name}'")

    @classmethod
    def from_file(cls, filename: str | os.PathLike[str], shared: bool = False, nbytes: int = 0) -> UntypedStorage:
        """A CPU storage over the first `nbytes` bytes of a file, read when they are touched.

        With `shared` writes reach the file, which is made or lengthened where it is too short; without, they stay in this process.
        RuntimeError where the file cannot be opened or is too short. Source: torch.UntypedStorage.from_file.
        """
        return cls(_mapped(filename, shared, nbytes), nbytes, device("cpu"), resizable=False)

    def nbytes(self) -> int:
        """Size in bytes."""
        return self._nbytes

    size = __len__ = nbytes

    @property
    def is_cuda(self) -> bool:
        """Whether the memory is on a CUDA device."""
        return self.device.type == "cuda"

    def untyped(self) -> UntypedStorage:
        """This storage: what a typed one would give its bytes by."""
        return self

    def data_ptr(self) -> int:
        """Address of the first byte; 0 for empty or address-less memory."""
        return backend_for(self.device).data_ptr(self.root) if self._nbytes else 0

    def bytes(self) -> np.ndarray:
        """The memory as a flat uint8 array: a view on the CPU, a copy from elsewhere."""
        return backend_for(self.device).bytes_of(self.root)

    def __getitem__(self, index: int | slice) -> int | UntypedStorage:
        part = self.bytes()[self._checked(index)]
        if isinstance(index, slice):
            return UntypedStorage(part, part.nbytes, self.device, resizable=False)
        return int(part)

    def __setitem__(self, index: int | slice, value: int) -> None:
        self.bytes()[self._checked(index)] = value

    def _checked(self, index: Any) -> Any:
        """An integer in range or a slice of step 1; IndexError and TypeError in torch's words."""
        if isinstance(index, slice):
            if index.step not in (None, 1):
                raise RuntimeError(f"Trying to slice with a step of {index.step}, but only a step of 1 is supported")
        elif not isinstance(index, int):
            raise TypeError(f"can't index a torch.UntypedStorage with {type(index).__name__}")
        elif not -self._nbytes <= index < self._nbytes:
            raise IndexError(f"index {index} out of range for storage of size {self._nbytes}")
        return index

    def __iter__(self) -> Iterator[int]:
        return iter(self.tolist())

    def tolist(self) -> list[int]:
        """The bytes as a list of ints."""
        return self.bytes().tolist()

    def clone(self) -> UntypedStorage:
        """A copy of the bytes in memory of its own."""
        return UntypedStorage(self.bytes().copy(), self._nbytes, self.device)

    def copy_(self, source: UntypedStorage, non_blocking: bool | None = None) -> UntypedStorage:
        """Overwrite the bytes with those of `source`, which must have the same size."""
        if source.nbytes() != self._nbytes:
            raise RuntimeError(f"size does not match, self was {self._nbytes} bytes but src was {source.nbytes()} bytes")
        self.bytes()[...] = source.bytes()
        return self

    def resize_(self, nbytes: int) -> UntypedStorage:
        """Change the size in bytes; every tensor over this storage moves along. Raises RuntimeError if the memory was exported."""
        from .resize import resize_storage  # noqa: PLC0415  # resize walks tensors, and tensor imports this module

        resize_storage(self, nbytes)
        return self

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        rows = "..." if self.device.type == "meta" else "".join(f"\n {byte}" for byte in self.tolist())[1:]
        return f"{rows}\n[torch.storage.UntypedStorage(device={self.device}) of size {self._nbytes}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_storage, (self.bytes().tobytes(), str(self.device))

    def __deepcopy__(self, memo: dict[int, Any]) -> UntypedStorage:
        if id(self) not in memo:
            memo[id(self)] = self.clone()
        return memo[id(self)]


def _mapped(filename: str | os.PathLike[str], shared: bool, nbytes: int) -> np.ndarray:
    import mmap  # noqa: PLC0415  # few programs map files

    if not isinstance(filename, (str, os.PathLike)):
        raise TypeError(f"from_file: filename must be str, not {type(filename).__name__}")
    if nbytes < 0:
        raise RuntimeError(f"unable to mmap {nbytes} bytes from file <{filename}>: nbytes must not be negative")
    try:
        with open(os.open(filename, os.O_RDWR | os.O_CREAT, 0o600) if shared else filename, "r+b" if shared else "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < nbytes and shared:
                file.truncate(nbytes)
            elif size < nbytes:
                raise RuntimeError(f"file <{filename}> size <{size}> is smaller than the required mapping size <{nbytes}>")
            if nbytes == 0:
                return np.empty(0, np.uint8)
            pages = mmap.mmap(file.fileno(), nbytes, access=mmap.ACCESS_WRITE if shared else mmap.ACCESS_COPY)
    except OSError as error:
        mode = "read-write" if shared else "read-only"
        raise RuntimeError(f"unable to open file <{filename}> in {mode} mode: {error.strerror} ({error.errno})") from error
    return np.frombuffer(pages, np.uint8)


def _rebuild_storage(data: bytes, where: str) -> UntypedStorage:
    return storage_from_bytes(np.frombuffer(bytearray(data), np.uint8), device(where))


def storage_from_bytes(data: np.ndarray, where: device | None = None) -> UntypedStorage:
    """A storage over (on the CPU) or copied from (elsewhere) a flat uint8 array."""
    where = where or device("cpu")
    if where.type != "cpu":
        raise RuntimeError(f"storage_from_bytes: only the CPU keeps raw bytes, got {where}; load on the CPU and move the tensors")
    return UntypedStorage(data, data.nbytes, where)


def storage_of(t: Tensor) -> UntypedStorage:
    """The tensor's storage, made now if the tensor was the only owner of its array."""
    storage = t._storage
    if storage is None:
        where = t.device
        backend = BACKENDS.get(where.type) or backend_for(where)
        root, nbytes = backend.root_of(t._a)
        made = UntypedStorage(root, nbytes or t.nbytes, where)
        with _LOCK:  # two threads may both get here; one storage wins
            storage = t._storage
            if storage is None:
                t._off = 0
                t._storage = storage = made
    return storage


def version_cell(t: Tensor) -> list[int]:
    """The one-element version counter shared by all aliases of `t`, made now if there is none."""
    cell = t._ver
    if cell is None:
        with _LOCK:
            if t._ver is None:
                t._ver = [0]
            cell = t._ver
    return cell
