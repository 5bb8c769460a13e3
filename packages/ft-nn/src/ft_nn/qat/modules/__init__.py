"""The layers of torch.ao.nn.qat.modules."""

from __future__ import annotations

from . import conv, embedding_ops, linear
from .conv import Conv1d, Conv2d, Conv3d
from .embedding_ops import Embedding, EmbeddingBag
from .linear import Linear

__all__ = ["Conv1d", "Conv2d", "Conv3d", "Embedding", "EmbeddingBag", "Linear", "conv", "embedding_ops", "linear"]
