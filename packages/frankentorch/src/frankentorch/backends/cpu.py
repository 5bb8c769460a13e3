"""torch.backends.cpu."""

from __future__ import annotations

__all__ = ["get_cpu_capability"]


def get_cpu_capability() -> str:
    """ "DEFAULT": NumPy chooses vector instructions at run time, per loop, and has no single level to tell."""
    return "DEFAULT"
