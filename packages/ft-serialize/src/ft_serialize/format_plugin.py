"""The formats of this package, announced by the same hook that plugins use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ft_core.plugin import impl

from .ftck_file import Ftck
from .gguf_file import Gguf
from .msgpack_file import MsgpackTensors
from .numpy_file import Npy, Npz
from .safetensors_file import Safetensors
from .safetensors_shards import SafetensorsShards
from .torch_format import TorchFormat


@impl
def ft_formats() -> Sequence[Any]:
    """Every format FrankenTorch has without plugins."""
    return [Ftck(), Safetensors(), SafetensorsShards(), Npz(), Npy(), Gguf(), MsgpackTensors(), TorchFormat()]
