"""torch.amp: autocast regions, of ft_dispatch."""

from __future__ import annotations

from ft_core import device
from ft_dispatch.autocast import FAST_DTYPE, autocast

__all__ = ["autocast", "is_autocast_available"]


def is_autocast_available(device_type: str) -> bool:
    """Whether `autocast(device_type)` has a policy. RuntimeError for a string that names no device."""
    return device(device_type).type in FAST_DTYPE
