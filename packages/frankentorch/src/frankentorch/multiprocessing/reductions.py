"""How tensors are pickled for another process: their memory goes as the descriptor of a file in memory.

Registered with the standard library's pickler for processes, so that queues, pipes and arguments all use it.
"""

from __future__ import annotations

import mmap
import os
import weakref
from multiprocessing.reduction import DupFd, ForkingPickler
from typing import Any

import ft_core
from ft_core import Parameter, Tensor, UntypedStorage
from ft_core.storage import storage_from_bytes

__all__ = ["init_reductions"]

_descriptors: weakref.WeakKeyDictionary[UntypedStorage, int] = weakref.WeakKeyDictionary()


def _descriptor_of(storage: UntypedStorage) -> int:
    """The descriptor under which a storage's memory can be mapped elsewhere; the memory moves there with its first use."""
    if storage not in _descriptors:
        descriptor = os.memfd_create("frankentorch", os.MFD_CLOEXEC)
        try:
            os.ftruncate(descriptor, storage.nbytes())
            storage.move_to_map(mmap.mmap(descriptor, storage.nbytes()))
        except BaseException:
            os.close(descriptor)
            raise
        _keep(storage, descriptor)
    return _descriptors[storage]


def _keep(storage: UntypedStorage, descriptor: int) -> None:
    _descriptors[storage] = descriptor
    weakref.finalize(storage, os.close, descriptor).atexit = False


def _reduce_storage(storage: UntypedStorage) -> Any:
    if storage.device.type != "cpu" or not storage.nbytes():
        return storage.__reduce__()
    return _rebuild_storage, (DupFd(_descriptor_of(storage)), storage.nbytes())


def _rebuild_storage(sent: Any, nbytes: int) -> UntypedStorage:
    import numpy as np

    descriptor = sent.detach()
    made = storage_from_bytes(np.frombuffer(mmap.mmap(descriptor, nbytes), np.uint8))
    made.resizable = False
    _keep(made, descriptor)
    return made


def _reduce_tensor(tensor: Tensor) -> Any:
    if tensor.requires_grad and not tensor.is_leaf:
        raise RuntimeError(
            "Cowardly refusing to serialize non-leaf tensor which requires_grad, since autograd does not support crossing process "
            "boundaries.  If you just want to transfer the data, call detach() on the tensor before serializing (e.g., putting it on "
            "the queue)."
        )
    return tensor.__reduce_ex__(2)


def init_reductions() -> None:
    """Register them; where there are no files in memory, nothing."""
    if not hasattr(os, "memfd_create"):
        return
    ForkingPickler.register(UntypedStorage, _reduce_storage)
    for kind in (Tensor, Parameter, ft_core.Buffer):
        ForkingPickler.register(kind, _reduce_tensor)
