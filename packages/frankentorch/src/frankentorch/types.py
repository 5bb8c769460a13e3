"""torch.types: names for annotations."""

from __future__ import annotations

import builtins
import os
from collections.abc import Sequence
from typing import Any, TypeAlias

from ft_core import Size, Tensor, UntypedStorage, device, dtype, layout

__all__ = [
    "Device",
    "FileLike",
    "IntLikeType",
    "Number",
    "Storage",
    "_TensorOrTensors",
    "_bool",
    "_device",
    "_dtype",
    "_float",
    "_int",
    "_layout",
    "_size",
]

_bool: TypeAlias = builtins.bool
_int: TypeAlias = builtins.int
_float: TypeAlias = builtins.float
_complex: TypeAlias = builtins.complex
_device: TypeAlias = device
_dtype: TypeAlias = dtype
_layout: TypeAlias = layout
_size: TypeAlias = Size | list[int] | tuple[int, ...]
_TensorOrTensors: TypeAlias = Tensor | Sequence[Tensor]
Number: TypeAlias = int | float | bool
IntLikeType: TypeAlias = int
Device: TypeAlias = device | str | int | None
FileLike: TypeAlias = str | os.PathLike[str] | Any
Storage: TypeAlias = UntypedStorage
