"""torch.ao: quantization, as far as it needs no quantized tensors."""

from . import nn, quantization

__all__ = ["nn", "quantization"]
