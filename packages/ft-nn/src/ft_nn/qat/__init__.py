"""torch.nn.qat: layers whose weights pass through a fake quantizer in training. Source: torch.ao.nn.qat (2.13)."""

from __future__ import annotations

from ..absent import not_built
from . import modules
from .modules import Conv1d, Conv2d, Conv3d, Embedding, EmbeddingBag, Linear

__all__ = ["Conv1d", "Conv2d", "Conv3d", "Embedding", "EmbeddingBag", "Linear", "modules"]

__getattr__ = not_built("torch.ao.nn.qat", "dynamic", "it needs observers")
