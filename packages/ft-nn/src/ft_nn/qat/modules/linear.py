"""The linear layer of quantization-aware training. Source: torch.ao.nn.qat.modules.linear (2.13)."""

from __future__ import annotations

from typing import Any, ClassVar

from ft_core import Parameter, Tensor

from ... import functional
from ...layers import Linear as FloatLinear
from ...utils.parametrize import is_parametrized, transfer_parametrizations_and_params, type_before_parametrizations

__all__ = ["Linear"]


def checked_qconfig(qconfig: Any) -> Any:
    """``qconfig``, which must be given. ``AssertionError`` where it is not."""
    if not qconfig:
        raise AssertionError("qconfig must be provided for QAT module")
    return qconfig


def qconfig_of(mod: Any) -> Any:
    """The quantization settings of a float module. ``AssertionError`` where it has none."""
    if not hasattr(mod, "qconfig"):
        raise AssertionError("Input float module must have qconfig defined")
    if not mod.qconfig:
        raise AssertionError("Input float module must have a valid qconfig")
    return mod.qconfig


class Linear(FloatLinear):
    """A linear layer that computes with ``weight_fake_quant(weight)``; ``qconfig.weight()`` makes that module.

    Source: torch.ao.nn.qat.Linear.
    """

    _FLOAT_MODULE: ClassVar[type] = FloatLinear

    def __init__(
        self, in_features: int, out_features: int, bias: bool = True, qconfig: Any = None, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(in_features, out_features, bias, device=device, dtype=dtype)
        self.qconfig = checked_qconfig(qconfig)
        self.weight_fake_quant = qconfig.weight(factory_kwargs={"device": device, "dtype": dtype})

    def forward(self, input: Tensor) -> Tensor:
        """(*, in) -> (*, out)."""
        return functional.linear(input, self.weight_fake_quant(self.weight), self.bias)

    @classmethod
    def from_float(cls, mod: Any, use_precomputed_fake_quant: bool = False) -> Any:
        """The layer for training, of a float one that has a ``qconfig``; it shares its parameters.

        Raises ``AssertionError`` for another class and for a layer without settings.
        """
        kind = type_before_parametrizations(mod)
        if kind is not cls._FLOAT_MODULE:
            raise AssertionError(f"qat.{cls.__name__}.from_float only works for {cls._FLOAT_MODULE.__name__}, got {kind.__name__}")
        qconfig = qconfig_of(mod)
        made = cls(mod.in_features, mod.out_features, bias=mod.bias is not None, qconfig=qconfig)
        for name in ("weight", "bias"):
            if is_parametrized(mod, name):
                transfer_parametrizations_and_params(mod, made, name)
            else:
                setattr(made, name, getattr(mod, name))
        return made

    def to_float(self) -> FloatLinear:
        """The float layer with these weights."""
        made = FloatLinear(self.in_features, self.out_features, self.bias is not None)
        made.weight = Parameter(self.weight.detach())
        if self.bias is not None:
            made.bias = Parameter(self.bias.detach())
        return made.train(self.training)
