"""torch.quantization: the old name of torch.ao.quantization."""

from typing import Any

from .ao import quantization as _new
from .ao.quantization import DeQuantStub, QuantStub, QuantWrapper

__all__ = ["DeQuantStub", "QuantStub", "QuantWrapper"]


def __getattr__(name: str) -> Any:
    return getattr(_new, name)
