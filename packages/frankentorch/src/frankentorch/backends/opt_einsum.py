"""torch.backends.opt_einsum: a library that orders the products of `einsum`, which nothing here uses."""

from __future__ import annotations

from typing import Any

from ._switches import flags_of

__all__ = ["enabled", "flags", "get_opt_einsum", "is_available", "strategy"]

enabled = False
strategy = None


def is_available() -> bool:
    """Whether it serves: no."""
    return False


def get_opt_einsum() -> Any:
    """The library: None."""
    return None


flags = flags_of(globals(), ("enabled", "strategy"))
