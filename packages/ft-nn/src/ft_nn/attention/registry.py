"""Implementations of flash attention that other packages bring: registered by name, switched on and off by the user.

The name of this product's own kernel is no entry; it is what stands when none is active. Source: torch.nn.attention (2.13).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

__all__ = [
    "activate_flash_attention_impl",
    "current_flash_attention_impl",
    "list_flash_attention_impls",
    "register_flash_attention_impl",
    "restore_flash_attention_impl",
]

logger = logging.getLogger(__name__)


class FlashAttentionHandle(Protocol):
    """What a register function returns: the way back."""

    def remove(self) -> None:
        """Undo the registration."""


_implementations: dict[str, Callable[[], FlashAttentionHandle | None]] = {}
_active: list[tuple[str, FlashAttentionHandle]] = []
"""The active one, or none."""


def register_flash_attention_impl(impl: str, *, register_fn: Callable[[], FlashAttentionHandle | None]) -> None:
    """Make ``impl`` known: ``register_fn`` is called when it is activated, and returns a handle whose ``remove`` undoes it."""
    _implementations[impl] = register_fn


def activate_flash_attention_impl(impl: str) -> None:
    """Switch to ``impl``; what was active is removed first. ``ValueError`` names what exists where ``impl`` is unknown."""
    restore_flash_attention_impl(_raise_warn=False)
    if impl not in _implementations:
        raise ValueError(f"Unknown flash attention impl '{impl}'. Available implementations: {list_flash_attention_impls()}")
    handle = _implementations[impl]()
    if handle is not None:
        _active.append((impl, handle))


def list_flash_attention_impls() -> list[str]:
    """The names of all registered implementations, sorted."""
    return sorted(_implementations)


def current_flash_attention_impl() -> str | None:
    """The name of the active implementation; None where the built-in one stands."""
    return _active[0][0] if _active else None


def restore_flash_attention_impl(_raise_warn: bool = True) -> None:
    """Back to the built-in implementation; logs a warning where it stands already."""
    if _active:
        _active.pop()[1].remove()
    elif _raise_warn:
        logger.warning("Trying to restore default FA2 impl when no custom impl was activated")
