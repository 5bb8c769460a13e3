"""torch.backends.openmp: OpenMP: the CPU backend has a pool of its own."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Whether it serves: no."""
    return False
