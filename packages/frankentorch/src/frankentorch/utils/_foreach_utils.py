"""torch.utils._foreach_utils: tensors sorted by what functions over lists need equal.

Source of names: torch/utils/_foreach_utils.py (2.13).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ft_core import Tensor

__all__ = ["_device_has_foreach_support", "_group_tensors_by_device_and_dtype", "_has_foreach_support"]


def _group_tensors_by_device_and_dtype(
    tensorlistlist: Sequence[Sequence[Tensor | None]], with_indices: bool = False
) -> dict[tuple[Any, Any], tuple[list[list[Tensor | None]], list[int]]]:
    """Lists of one length, split by device and dtype of the first list: (the lists' parts, places in the first list) by (device, dtype)."""
    groups: dict[tuple[Any, Any], tuple[list[list[Tensor | None]], list[int]]] = {}
    for place, row in enumerate(zip(*tensorlistlist, strict=True)):
        first = row[0]
        if first is None:
            raise RuntimeError("expected tensors in the first list, got None")
        parts, places = groups.setdefault((first.device, first.dtype), ([[] for _ in tensorlistlist], []))
        for part, tensor in zip(parts, row, strict=True):
            part.append(tensor)
        if with_indices:
            places.append(place)
    return groups


def _device_has_foreach_support(device: Any) -> bool:
    """Whether functions over lists take tensors of a device: those of the CPU do."""
    return device.type in ("cpu", "cuda")


def _has_foreach_support(tensors: list[Tensor], device: Any) -> bool:
    """Whether functions over lists take these."""
    return _device_has_foreach_support(device) and all(t is None or type(t) is Tensor for t in tensors)
