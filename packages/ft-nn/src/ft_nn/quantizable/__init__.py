"""torch.nn.quantizable: nothing of it is built yet. Source of names: torch.ao.nn.quantizable (2.13)."""

from __future__ import annotations

from ..absent import not_built

__getattr__ = not_built(
    "torch.ao.nn.quantizable", "LSTM LSTMCell MultiheadAttention modules", "they prepare layers for quantized tensors"
)
