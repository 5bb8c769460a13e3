"""Page-locking a batch: every part of it that has a `pin_memory` method is replaced by what that gives.

Our tensors have no page-locked memory yet, so with an accelerator only objects of the user's own classes are concerned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ft_core.backend import BACKENDS
from ft_core.plugin.manager import plugins

from .containers import like_mapping, like_sequence

__all__ = ["accelerator_available", "pin_memory"]


def accelerator_available() -> bool:
    """Whether a device beside the CPU can be used in this process."""
    plugins.discover()
    return any(kind not in ("cpu", "meta") and backend.device_count() > 0 for kind, backend in BACKENDS.items())


def pin_memory(data: Any, device: Any = None) -> Any:
    """`data` with its parts pinned; nested mappings, tuples and sequences keep their types. device: not used, as in torch."""
    if hasattr(data, "pin_memory"):
        return data.pin_memory()
    if isinstance(data, str | bytes):
        return data
    if isinstance(data, Mapping):
        return like_mapping(data, {key: pin_memory(part, device) for key, part in data.items()})
    if isinstance(data, tuple) and hasattr(data, "_fields"):
        return type(data)(*(pin_memory(part, device) for part in data))
    if isinstance(data, Sequence):
        return like_sequence(data, [pin_memory(part, device) for part in data])
    return data
