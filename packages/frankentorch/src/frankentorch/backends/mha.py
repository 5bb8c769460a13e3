"""torch.backends.mha: whether attention layers may take torch's fused inference path. There is one path here, and the switch is kept."""

from __future__ import annotations

__all__ = ["get_fastpath_enabled", "set_fastpath_enabled"]

_enabled = True


def get_fastpath_enabled() -> bool:
    """What `set_fastpath_enabled` said; True at first."""
    return _enabled


def set_fastpath_enabled(value: bool) -> None:
    """Allow the fused path or not: results are the same."""
    global _enabled
    _enabled = value
