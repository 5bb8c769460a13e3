"""torch.mps: Apple GPUs, for which no backend is installed: the questions answer "no" and "0", as they do in a torch that is built without.

Source: https://docs.pytorch.org/docs/stable/mps.html
"""

from __future__ import annotations

from typing import NoReturn

__all__ = [
    "current_allocated_memory",
    "device_count",
    "driver_allocated_memory",
    "empty_cache",
    "is_available",
    "manual_seed",
    "synchronize",
]


def is_available() -> bool:
    """Whether MPS tensors can be made: no."""
    return False


def device_count() -> int:
    """How many devices there are: 0."""
    return 0


def manual_seed(seed: int) -> None:
    """There is no generator to seed."""


def _none(call: str) -> NoReturn:
    raise RuntimeError(
        f"Cannot execute {call}() without MPS backend: FrankenTorch has none; guard with torch.backends.mps.is_available()"
    )


def empty_cache() -> None:
    """Raises torch's RuntimeError: there is no cache."""
    _none("emptyCache")


def synchronize() -> None:
    """Raises torch's RuntimeError: there is nothing to wait for."""
    _none("deviceSynchronize")


def current_allocated_memory() -> int:
    """Raises torch's RuntimeError: there is no such memory."""
    _none("getCurrentAllocatedMemory")


def driver_allocated_memory() -> int:
    """Raises torch's RuntimeError: there is no such memory."""
    _none("getDriverAllocatedMemory")
