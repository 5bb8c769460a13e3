"""Where a model begins and ends to be quantized: identities, until a conversion replaces them.

Source: torch.ao.quantization.stubs (2.13).
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .module import Module

__all__ = ["DeQuantStub", "QuantStub", "QuantWrapper"]


class QuantStub(Module):
    """The place where a tensor will be quantized. ``qconfig`` are its settings; those of the parents by default."""

    def __init__(self, qconfig: Any = None) -> None:
        super().__init__()
        if qconfig:
            self.qconfig = qconfig

    def forward(self, x: Tensor) -> Tensor:
        """``x``."""
        return x


class DeQuantStub(Module):
    """The place where a tensor will be in floating point again. ``qconfig`` as for :class:`QuantStub`."""

    def __init__(self, qconfig: Any = None) -> None:
        super().__init__()
        if qconfig:
            self.qconfig = qconfig

    def forward(self, x: Tensor) -> Tensor:
        """``x``."""
        return x


class QuantWrapper(Module):
    """``module`` between a :class:`QuantStub` and a :class:`DeQuantStub` that have its ``qconfig``."""

    def __init__(self, module: Module) -> None:
        super().__init__()
        qconfig = getattr(module, "qconfig", None)
        self.quant = QuantStub(qconfig)
        self.dequant = DeQuantStub(qconfig)
        self.module = module
        self.train(module.training)

    def forward(self, X: Tensor) -> Tensor:
        """``dequant(module(quant(X)))``."""
        return self.dequant(self.module(self.quant(X)))
