"""torch.mtia: Meta's accelerators, for which no backend is installed: the questions answer "no" and "0".

Source: https://docs.pytorch.org/docs/stable/mtia.html
"""

from __future__ import annotations

__all__ = ["device_count", "is_available", "is_initialized"]


def is_available() -> bool:
    """Whether MTIA tensors can be made: no."""
    return False


def is_initialized() -> bool:
    """Whether they were: no."""
    return False


def device_count() -> int:
    """How many devices there are: 0."""
    return 0
