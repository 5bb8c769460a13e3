"""Which CUDA devices there are and what they are: what every module of torch.cuda asks first."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace, TracebackType
from typing import Any

from ft_core import device as _device
from ft_core.backend import Backend, backend_for


def backend() -> Backend:
    """The CUDA backend. AssertionError with the reason where CUDA cannot be used."""
    import frankentorch.cuda as room  # its `_backend` is what tests replace

    return room._backend()


def found() -> Backend:
    """The CUDA backend, looked for among the plugins that are installed."""
    return backend_for("cuda")


def library() -> Any:
    """The module of queues, events and marks that ft-kernel-cuda brings. AssertionError where CUDA cannot be used."""
    backend()
    return import_module("cupy.cuda")


def is_available() -> bool:
    """Whether CUDA tensors can be made in this process."""
    try:
        return backend().device_count() > 0
    except (AssertionError, RuntimeError):
        return False


def device_count() -> int:
    """How many usable devices there are."""
    return backend().device_count() if is_available() else 0


def current_device() -> int:
    """Index of the device that "cuda" means on this thread."""
    return backend().current_device()


def index_of(where: Any) -> int:
    """The index that a device, a string, an index or None means. ValueError for a device of another type."""
    if where is None:
        return current_device()
    if isinstance(where, int):
        return where
    place = _device(where)
    if place.type != "cuda":
        raise ValueError(f"Expected a cuda device, but got: {place}")
    return current_device() if place.index is None else place.index


def set_device(device: Any) -> None:
    """Let "cuda" mean `device` on this thread; a negative index changes nothing."""
    index = index_of(device)
    if index >= 0:
        backend().set_device(index)


def synchronize(device: Any = None) -> None:
    """Wait for all work queued on a device."""
    backend().synchronize(index_of(device))


def get_device_properties(device: Any = None) -> SimpleNamespace:
    """name, major, minor, total_memory (bytes) and multi_processor_count of a device. AssertionError without CUDA."""
    told = backend().properties(index_of(device))
    if told is None:
        raise NotImplementedError(f"torch.cuda.get_device_properties: backend {backend().name} does not describe its devices")
    return SimpleNamespace(**told)


def get_device_name(device: Any = None) -> str:
    """What the device is called. AssertionError without CUDA."""
    return str(get_device_properties(device).name)


def get_device_capability(device: Any = None) -> tuple[int, int]:
    """(major, minor) of its compute capability. AssertionError without CUDA."""
    told = get_device_properties(device)
    return int(told.major), int(told.minor)


def get_arch_list() -> list[str]:
    """Architectures kernels were compiled for ahead of time: none, they are compiled for the device at hand."""
    return []


def get_gencode_flags() -> str:
    """Compiler flags of `get_arch_list`: none."""
    return ""


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Whether the device computes in bfloat16."""
    from ft_core import bfloat16

    return is_available() and backend().supports(bfloat16)


def is_tf32_supported() -> bool:
    """Whether the device has TensorFloat-32: compute capability 8 and later."""
    return is_available() and get_device_capability()[0] >= 8


def can_device_access_peer(device: Any, peer_device: Any) -> bool:
    """Whether one device reads another's memory: copies go through the host. AssertionError without CUDA."""
    backend()
    return False


class device:
    """Context in which "cuda" means another device; None and negative indices change nothing."""

    def __init__(self, device: Any) -> None:
        self.idx = -1 if device is None else device if isinstance(device, int) else index_of(device)

    def __enter__(self) -> None:
        if self.idx >= 0:
            self.prev_idx = current_device()
            set_device(self.idx)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.idx >= 0:
            set_device(self.prev_idx)


class device_of(device):
    """Context in which "cuda" means a tensor's device; a tensor elsewhere changes nothing."""

    def __init__(self, obj: Any) -> None:
        super().__init__(obj.get_device() if obj.is_cuda else -1)
