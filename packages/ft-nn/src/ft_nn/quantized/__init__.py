"""torch.nn.quantized: the modules of it that compute in floating point. Source: torch.ao.nn.quantized (2.13)."""

from __future__ import annotations

from ..absent import not_built
from ..layers import MaxPool2d
from .functional_modules import FloatFunctional, FXFloatFunctional

__all__ = ["FXFloatFunctional", "FloatFunctional", "MaxPool2d"]

__getattr__ = not_built(
    "torch.ao.nn.quantized",
    """
    BatchNorm2d BatchNorm3d Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d DeQuantize Dropout ELU Embedding
    EmbeddingBag GroupNorm Hardswish InstanceNorm1d InstanceNorm2d InstanceNorm3d LSTM LayerNorm LeakyReLU Linear MultiheadAttention
    PReLU QFunctional Quantize ReLU6 Sigmoid Softmax dynamic functional modules reference
    """,
    "it needs quantized tensors",
)
