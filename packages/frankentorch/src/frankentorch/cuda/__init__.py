"""torch.cuda: questions and switches of the CUDA backend, which is looked for when one of them needs it.

Without the backend, a driver or a device the questions answer "no" and "0", as torch's CPU builds do, and what needs a device
raises torch's AssertionError with the reason.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ft_core import device as _device
from ft_core.backend import Backend, backend_for

from . import amp

__all__ = [
    "amp", "current_device", "device", "device_count", "empty_cache", "init", "is_available", "is_bf16_supported", "is_initialized",
    "manual_seed", "manual_seed_all", "mem_get_info", "memory_allocated", "seed", "seed_all", "set_device", "synchronize",
]  # fmt: skip


def _backend() -> Backend:
    return backend_for("cuda")


def is_available() -> bool:
    """Whether CUDA tensors can be made in this process."""
    try:
        return _backend().device_count() > 0
    except (AssertionError, RuntimeError):
        return False


def device_count() -> int:
    """How many usable devices there are."""
    return _backend().device_count() if is_available() else 0


def init() -> None:
    """Make sure that CUDA is usable. AssertionError with the reason where it is not."""
    _backend()


def is_initialized() -> bool:
    """Whether CUDA tensors can be made; nothing needs to be initialized by hand."""
    return is_available()


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Whether the device computes in bfloat16."""
    from ft_core import bfloat16

    return is_available() and _backend().supports(bfloat16)


def _index(where: Any) -> int:
    if where is None:
        return current_device()
    if isinstance(where, int):
        return where
    found = _device(where)
    if found.type != "cuda":
        raise ValueError(f"Expected a cuda device, but got: {found}")
    return current_device() if found.index is None else found.index


def current_device() -> int:
    """Index of the device that "cuda" means on this thread."""
    return _backend().current_device()


def set_device(device: Any) -> None:
    """Let "cuda" mean `device` on this thread; a negative index changes nothing."""
    index = _index(device)
    if index >= 0:
        _backend().set_device(index)


def synchronize(device: Any = None) -> None:
    """Wait for all work queued on a device."""
    _backend().synchronize(_index(device))


def empty_cache() -> None:
    """Give cached memory back to the driver; nothing where CUDA is not used."""
    if is_available():
        _backend().free()


def mem_get_info(device: Any = None) -> tuple[int, int]:
    """(free, total) bytes of a device."""
    found = _backend().memory_info(_index(device))
    return (0, 0) if found is None else found


def memory_allocated(device: Any = None) -> int:
    """Bytes in use on a device, by all programs; 0 where CUDA is not used."""
    if not is_available():
        return 0
    free, total = mem_get_info(device)
    return total - free


class device:
    """Context in which "cuda" means another device; None and negative indices change nothing."""

    def __init__(self, device: Any) -> None:
        self.idx = -1 if device is None else device if isinstance(device, int) else _index(device)

    def __enter__(self) -> None:
        if self.idx >= 0:
            self.prev_idx = current_device()
            set_device(self.idx)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.idx >= 0:
            set_device(self.prev_idx)


def manual_seed(seed: int) -> None:
    """Seed the current device's generator; nothing where CUDA is not used."""
    if is_available() and hasattr(_backend(), "manual_seed"):
        _backend().manual_seed(int(seed))  # type: ignore[attr-defined]


def manual_seed_all(seed: int) -> None:
    """Seed every device's generator; nothing where CUDA is not used."""
    manual_seed(seed)


def seed() -> None:
    """Seed the current device's generator from the operating system's entropy."""
    import secrets

    manual_seed(secrets.randbits(53))


seed_all = seed
