"""torch.backends.mps: Apple's GPUs, which no package of ours serves."""

from __future__ import annotations

__all__ = ["is_available", "is_built", "is_macos13_or_newer", "is_macos_or_newer"]


def is_built() -> bool:
    """Whether this product can use Apple's GPUs: no."""
    return False


def is_available() -> bool:
    """Whether there is one to use: no."""
    return False


def is_macos_or_newer(major: int, minor: int) -> bool:
    """Whether this is macOS of at least that version: asked for MPS only, and so no."""
    return False


def is_macos13_or_newer(minor: int = 0) -> bool:
    """See `is_macos_or_newer`."""
    return False
