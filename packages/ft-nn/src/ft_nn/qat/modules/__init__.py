"""The layers of torch.ao.nn.qat.modules."""

from __future__ import annotations

from ...absent import not_built
from . import conv, linear
from .conv import Conv1d, Conv2d, Conv3d
from .linear import Linear

__all__ = ["Conv1d", "Conv2d", "Conv3d", "Linear", "conv", "linear"]

__getattr__ = not_built("torch.ao.nn.qat.modules", "Embedding EmbeddingBag embedding_ops", "they need quantization schemes")
