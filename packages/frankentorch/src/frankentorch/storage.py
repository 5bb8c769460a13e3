"""torch.storage: storages of bytes, and the deprecated ones of elements.

Source: https://docs.pytorch.org/docs/stable/storage.html
"""

from __future__ import annotations

from typing import Any

from ft_core import UntypedStorage
from ft_dispatch.legacy_storage import LEGACY
from ft_dispatch.typed_storage import TypedStorage

__all__ = ["Storage", "TypedStorage", "UntypedStorage"]

Storage = LEGACY["FloatStorage"]


def __getattr__(name: str) -> Any:
    """The legacy classes by name."""
    if name not in LEGACY:
        raise AttributeError(f"module 'torch.storage' has no attribute {name!r}")
    return LEGACY[name]
