"""torch.backends.cusparselt: NVIDIA's library of 2:4 sparse products, which nothing here uses."""

from __future__ import annotations

__all__ = ["is_available", "version"]


def is_available() -> bool:
    """Whether it serves: no."""
    return False


def version() -> int | None:
    """Its version: None."""
    return None
