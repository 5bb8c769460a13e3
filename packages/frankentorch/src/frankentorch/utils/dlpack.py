"""torch.utils.dlpack: exchange of memory with other array libraries."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch.host import from_dlpack

__all__ = ["from_dlpack", "to_dlpack"]


def to_dlpack(tensor: Tensor) -> Any:
    """A DLPack capsule over the tensor's memory."""
    return tensor.__dlpack__()
