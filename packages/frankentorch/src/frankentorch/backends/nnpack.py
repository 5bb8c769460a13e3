"""torch.backends.nnpack: a library of convolutions for phones, which nothing here uses."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Whether it serves: no."""
    return False
