"""torch._VF: the op table's functions, under the name by which torch's layers call them (`torch._VF.lstm`)."""
# ruff: noqa: N999 - torch's name

from __future__ import annotations

from typing import Any

from ft_dispatch import surface


def __getattr__(name: str) -> Any:
    try:
        return getattr(surface, name)
    except AttributeError:
        raise AttributeError(f"module 'torch._VF' has no attribute '{name}'", name=name) from None
