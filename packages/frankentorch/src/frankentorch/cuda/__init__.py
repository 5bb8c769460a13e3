"""torch.cuda: questions and switches of the CUDA backend, which is looked for when one of them needs it.

Without the backend, a driver or a device the questions answer "no" and "0", as torch's CPU builds do, and what needs a device
raises torch's AssertionError with the reason.
"""

from __future__ import annotations

from typing import Any

from ft_core.backend import Backend
from ft_core.errors import OutOfMemoryError

from .._rooms import explain
from . import _device, amp, memory, nvtx, random, streams
from ._device import (
    can_device_access_peer,
    current_device,
    device,
    device_count,
    device_of,
    get_arch_list,
    get_device_capability,
    get_device_name,
    get_device_properties,
    get_gencode_flags,
    is_available,
    is_bf16_supported,
    is_tf32_supported,
    set_device,
    synchronize,
)  # fmt: skip
from .memory import (
    empty_cache,
    ipc_collect,
    list_gpu_processes,
    max_memory_allocated,
    max_memory_cached,
    max_memory_reserved,
    mem_get_info,
    memory_allocated,
    memory_cached,
    memory_reserved,
    memory_stats,
    memory_summary,
    reset_accumulated_memory_stats,
    reset_max_memory_allocated,
    reset_max_memory_cached,
    reset_peak_memory_stats,
)  # fmt: skip
from .random import (
    get_rng_state,
    get_rng_state_all,
    initial_seed,
    manual_seed,
    manual_seed_all,
    seed,
    seed_all,
    set_rng_state,
    set_rng_state_all,
)  # fmt: skip
from .streams import Event, ExternalStream, Stream, StreamContext, current_stream, default_stream, set_stream, stream

__all__ = [
    "Event", "ExternalStream", "OutOfMemoryError", "Stream", "StreamContext", "amp", "can_device_access_peer", "current_device",
    "current_stream", "default_generators", "default_stream", "device", "device_count", "device_of", "empty_cache", "get_arch_list",
    "get_device_capability", "get_device_name", "get_device_properties", "get_gencode_flags", "get_rng_state", "get_rng_state_all",
    "has_half", "init", "initial_seed", "ipc_collect", "is_available", "is_bf16_supported", "is_initialized", "is_tf32_supported",
    "list_gpu_processes", "manual_seed", "manual_seed_all", "max_memory_allocated", "max_memory_cached", "max_memory_reserved",
    "mem_get_info", "memory", "memory_allocated", "memory_cached", "memory_reserved", "memory_stats", "memory_summary", "nvtx", "random",
    "reset_accumulated_memory_stats", "reset_max_memory_allocated", "reset_max_memory_cached", "reset_peak_memory_stats", "seed",
    "seed_all", "set_device", "set_rng_state", "set_rng_state_all", "set_stream", "stream", "streams", "synchronize",
]  # fmt: skip

has_half = True
default_generators: tuple[Any, ...] = ()
"""One generator a device in torch; here the backend keeps them."""


def _backend() -> Backend:
    return _device.found()


def init() -> None:
    """Make sure that CUDA is usable. AssertionError with the reason where it is not."""
    _backend()


def is_initialized() -> bool:
    """Whether CUDA tensors can be made; nothing needs to be initialized by hand."""
    return is_available()


def _is_in_bad_fork() -> bool:
    return False


def __getattr__(name: str) -> Any:
    if name.endswith("Tensor"):
        from .types import CUDA_TYPES

        if name in CUDA_TYPES:
            return CUDA_TYPES[name]
    raise AttributeError(explain(name, "torch.cuda"), name=name)
