"""torch.cuda.memory: how much of a device's memory is in use.

Without a usable device nothing is in use, and the counts are 0, as in torch's CPU builds. On a device the counts are the driver's, of all
programs; peaks are not counted there. Source: https://docs.pytorch.org/docs/stable/cuda.html#memory-management
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from typing import Any

from ft_core.errors import OutOfMemoryError

from . import _device as _questions

__all__ = [
    "OutOfMemoryError", "empty_cache", "ipc_collect", "list_gpu_processes", "max_memory_allocated", "max_memory_cached",
    "max_memory_reserved", "mem_get_info", "memory_allocated", "memory_cached", "memory_reserved", "memory_stats", "memory_summary",
    "reset_accumulated_memory_stats", "reset_max_memory_allocated", "reset_max_memory_cached", "reset_peak_memory_stats",
]  # fmt: skip


def empty_cache() -> None:
    """Give cached memory back to the driver; nothing where CUDA is not used."""
    if _questions.is_available():
        _questions.backend().free()


def ipc_collect() -> None:
    """Free memory that other processes are done with: none is shared between processes."""


def mem_get_info(device: Any = None) -> tuple[int, int]:
    """(free, total) bytes of a device. AssertionError without CUDA."""
    found = _questions.backend().memory_info(_questions.index_of(device))
    return (0, 0) if found is None else found


def memory_allocated(device: Any = None) -> int:
    """Bytes in use on a device, by all programs; 0 where CUDA is not used."""
    if not _questions.is_available():
        return 0
    free, total = mem_get_info(device)
    return total - free


def memory_reserved(device: Any = None) -> int:
    """Bytes that the driver has given away; the same as `memory_allocated`."""
    return memory_allocated(device)


def max_memory_allocated(device: Any = None) -> int:
    """The peak of `memory_allocated`: 0 where CUDA is not used. NotImplementedError on a device, whose peaks are not counted."""
    if _questions.is_available():
        raise NotImplementedError(
            "torch.cuda: peaks of memory are not counted; torch.cuda.memory_allocated() says what is in use now"
        )
    return 0


def max_memory_reserved(device: Any = None) -> int:
    """See `max_memory_allocated`."""
    return max_memory_allocated(device)


def memory_stats(device: Any = None) -> OrderedDict[str, Any]:
    """Counts by name: those of `mem_get_info`; empty where CUDA is not used."""
    if not _questions.is_available():
        return OrderedDict()
    used = memory_allocated(device)
    return OrderedDict({"allocated_bytes.all.current": used, "reserved_bytes.all.current": used})


def memory_summary(device: Any = None, abbreviated: bool = False) -> str:
    """One line with the bytes in use and in all. AssertionError without CUDA."""
    free, total = mem_get_info(device)
    return f"CUDA memory: {total - free} bytes of {total} in use by all programs"


def list_gpu_processes(device: Any = None) -> str:
    """The processes on a device, which needs NVIDIA's management library: a sentence that says so."""
    return "pynvml module not found, please install nvidia-ml-py"


def reset_peak_memory_stats(device: Any = None) -> None:
    """Start the peaks anew: there are none."""


reset_accumulated_memory_stats = reset_peak_memory_stats


def _renamed(old: str, new: str) -> None:
    warnings.warn(f"`torch.cuda.{old}` has been renamed to `torch.cuda.{new}`", FutureWarning, stacklevel=3)


def memory_cached(device: Any = None) -> int:
    """The old name of `memory_reserved`."""
    _renamed("memory_cached", "memory_reserved")
    return memory_reserved(device)


def max_memory_cached(device: Any = None) -> int:
    """The old name of `max_memory_reserved`."""
    _renamed("max_memory_cached", "max_memory_reserved")
    return max_memory_reserved(device)


def _resets(old: str) -> None:
    warnings.warn(
        f"torch.cuda.{old} now calls torch.cuda.reset_peak_memory_stats, which resets /all/ peak memory stats.",
        FutureWarning,
        stacklevel=3,
    )


def reset_max_memory_allocated(device: Any = None) -> None:
    """The old name of `reset_peak_memory_stats`."""
    _resets("reset_max_memory_allocated")


def reset_max_memory_cached(device: Any = None) -> None:
    """The old name of `reset_peak_memory_stats`."""
    _resets("reset_max_memory_cached")
