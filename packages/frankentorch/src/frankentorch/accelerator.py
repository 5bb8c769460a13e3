"""torch.accelerator: the device programs should prefer over the CPU, whatever kind it is; here CUDA where a device is usable, else none.

Source: https://docs.pytorch.org/docs/stable/accelerator.html
"""

from __future__ import annotations

from typing import Any

from ft_core import device as _device

from . import cuda as _cuda

__all__ = [
    "current_accelerator",
    "current_device_idx",
    "current_device_index",
    "device_count",
    "empty_cache",
    "get_memory_info",
    "is_available",
    "memory_allocated",
    "memory_reserved",
    "set_device_idx",
    "set_device_index",
    "synchronize",
]


def is_available() -> bool:
    """Whether there is an accelerator that can be used now."""
    return _cuda.is_available()


def device_count() -> int:
    """How many there are; 0 without one."""
    return _cuda.device_count()


def current_accelerator(check_available: bool = False) -> _device | None:
    """Its device type without an index, or None where there is none. (An accelerator without a usable device does not count here.)"""
    return _device("cuda") if is_available() else None


def _needed() -> Any:
    if not is_available():
        raise RuntimeError(
            "Cannot access accelerator device when none is available: `python -m frankentorch doctor` says which backends were found and "
            "why they cannot be used"
        )
    return _cuda


def current_device_index() -> int:
    """Index of the current device. RuntimeError without one."""
    return _needed().current_device()


def set_device_index(device: Any) -> None:
    """Make a device (an index, or a torch.device of the accelerator) the current one; a negative index changes nothing."""
    index = device.index if isinstance(device, _device) else _device(device).index if isinstance(device, str) else device
    if index is not None and index >= 0:
        _needed().set_device(index)


def synchronize(device: Any = None) -> None:
    """Wait until a device (the current one) has nothing left to do. RuntimeError without one."""
    _needed().synchronize(device)


current_device_idx, set_device_idx = current_device_index, set_device_index


def empty_cache() -> None:
    """Give cached memory back to the driver. RuntimeError without an accelerator."""
    _needed().empty_cache()


def memory_allocated(device: Any = None) -> int:
    """Bytes in use on a device, by all programs. RuntimeError without an accelerator."""
    return int(_needed().memory_allocated(device))


memory_reserved = memory_allocated


def get_memory_info(device: Any = None) -> tuple[int, int]:
    """(free, total) bytes of a device. RuntimeError without an accelerator."""
    return _needed().mem_get_info(device)  # type: ignore[no-any-return]
