"""Convolutions of quantization-aware training. Source: torch.ao.nn.qat.modules.conv (2.13)."""

from __future__ import annotations

from typing import Any, ClassVar

from ft_core import Parameter, Tensor

from ...layers import Conv1d as FloatConv1d
from ...layers import Conv2d as FloatConv2d
from ...layers import Conv3d as FloatConv3d
from .linear import checked_qconfig, qconfig_of

__all__ = ["Conv1d", "Conv2d", "Conv3d"]


class _Quantized:
    """What the three have in common: the fake quantizer of the weight, and the way from a float layer and back."""

    _FLOAT_MODULE: ClassVar[Any]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        qconfig: Any = None,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        shape = in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode
        super().__init__(*shape, device=device, dtype=dtype)  # type: ignore[call-arg]
        self.qconfig = checked_qconfig(qconfig)
        self.weight_fake_quant = qconfig.weight(factory_kwargs={"device": device, "dtype": dtype})

    def forward(self: Any, input: Tensor) -> Tensor:
        """(N, C, *) -> (N, out channels, *)."""
        return self._conv_forward(input, self.weight_fake_quant(self.weight), self.bias)

    @classmethod
    def from_float(cls, mod: Any, use_precomputed_fake_quant: bool = False) -> Any:
        """The layer for training, of a float one that has a ``qconfig``; it shares its parameters.

        Raises ``AssertionError`` for another class and for a layer without settings.
        """
        if type(mod) is not cls._FLOAT_MODULE:
            raise AssertionError(
                f"qat.{cls.__name__}.from_float only works for {cls._FLOAT_MODULE.__name__}, got {type(mod).__name__}"
            )
        kind: Any = cls
        made = kind(*_shape(mod), qconfig=qconfig_of(mod))
        made.weight, made.bias = mod.weight, mod.bias
        return made

    def to_float(self: Any) -> Any:
        """The float layer with these weights."""
        made = self._FLOAT_MODULE(*_shape(self))
        made.weight = Parameter(self.weight.detach())
        if self.bias is not None:
            made.bias = Parameter(self.bias.detach())
        return made


def _shape(mod: Any) -> tuple[Any, ...]:
    """The arguments a convolution is made with."""
    size = mod.in_channels, mod.out_channels, mod.kernel_size, mod.stride, mod.padding, mod.dilation, mod.groups
    return (*size, mod.bias is not None, mod.padding_mode)


class Conv1d(_Quantized, FloatConv1d):
    """A convolution over (N, C, L) that computes with ``weight_fake_quant(weight)``. Source: torch.ao.nn.qat.Conv1d."""

    _FLOAT_MODULE = FloatConv1d


class Conv2d(_Quantized, FloatConv2d):
    """A convolution over (N, C, H, W) that computes with ``weight_fake_quant(weight)``. Source: torch.ao.nn.qat.Conv2d."""

    _FLOAT_MODULE = FloatConv2d


class Conv3d(_Quantized, FloatConv3d):
    """A convolution over (N, C, D, H, W) that computes with ``weight_fake_quant(weight)``. Source: torch.ao.nn.qat.Conv3d."""

    _FLOAT_MODULE = FloatConv3d
