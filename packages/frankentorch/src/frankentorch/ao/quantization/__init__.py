"""torch.ao.quantization: the places where a model is to be quantized. Observers and conversion are not built yet, and say so."""

from __future__ import annotations

from typing import Any

from ft_nn import stubs
from ft_nn.stubs import DeQuantStub, QuantStub, QuantWrapper

from ..._rooms import explain

__all__ = ["DeQuantStub", "QuantStub", "QuantWrapper", "stubs"]


def __getattr__(name: str) -> Any:
    """AttributeError that says whether torch has the name."""
    raise AttributeError(explain(name, "torch.ao.quantization"), name=name)
