"""Convolutions and transposed convolutions over one, two and three dimensions.

One base per direction; the classes fix the rank. Padding other than zeros is done before the op. Source of arguments,
messages and initial weights: torch.nn.Conv1d ... ConvTranspose3d.
"""

from __future__ import annotations

import math
from typing import Any

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch

from .. import functional as F
from .. import init
from ..module import Module
from ..sizes import ntuple, reversed_and_repeated

_PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


class _ConvNd(Module):
    __constants__ = [
        "stride",
        "padding",
        "dilation",
        "groups",
        "padding_mode",
        "output_padding",
        "in_channels",
        "out_channels",
        "kernel_size",
    ]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: tuple[int, ...],
        stride: tuple[int, ...],
        padding: Any,
        dilation: tuple[int, ...],
        transposed: bool,
        output_padding: tuple[int, ...],
        groups: int,
        bias: bool,
        padding_mode: str,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self._check(in_channels, out_channels, groups, stride, padding, padding_mode)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.transposed = transposed
        self.output_padding = output_padding
        self.groups = groups
        self.padding_mode = padding_mode
        self._reversed_padding_repeated_twice = self._padding_list()
        outer = (in_channels, out_channels // groups) if transposed else (out_channels, in_channels // groups)
        self.weight = Parameter(torch.empty((*outer, *kernel_size), device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(torch.empty(out_channels, device=device, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    @staticmethod
    def _check(in_channels: int, out_channels: int, groups: int, stride: Any, padding: Any, padding_mode: str) -> None:
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        if isinstance(padding, str):
            valid = {"same", "valid"}
            if padding not in valid:
                raise ValueError(f"Invalid padding string {padding!r}, should be one of {valid}")
            if padding == "same" and any(s != 1 for s in stride):
                raise ValueError("padding='same' is not supported for strided convolutions")
        if padding_mode not in _PADDING_MODES:
            raise ValueError(f"padding_mode must be one of {set(_PADDING_MODES)}, but got padding_mode='{padding_mode}'")

    def _padding_list(self) -> list[int]:
        """The amounts of ``padding`` in the order that ``pad`` takes."""
        if not isinstance(self.padding, str):
            return list(reversed_and_repeated(self.padding, 2))
        amounts = [0, 0] * len(self.kernel_size)
        if self.padding == "same":
            for i, (d, k) in enumerate(zip(reversed(self.dilation), reversed(self.kernel_size), strict=True)):
                total = d * (k - 1)
                amounts[2 * i] = total // 2
                amounts[2 * i + 1] = total - total // 2
        return amounts

    def reset_parameters(self) -> None:
        """Draw the weights anew: U(-k, k) with k = 1 / sqrt(fan_in), the bias too."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            if fan_in != 0:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def extra_repr(self) -> str:
        """Channels, and what differs from the defaults."""
        n = len(self.kernel_size)
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        if self.padding != (0,) * n:
            text += f", padding={self.padding}"
        if self.dilation != (1,) * n:
            text += f", dilation={self.dilation}"
        if self.output_padding != (0,) * n:
            text += f", output_padding={self.output_padding}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class _Conv(_ConvNd):
    _rank: int

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
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        as_tuple = ntuple(self._rank)
        super().__init__(
            in_channels,
            out_channels,
            as_tuple(kernel_size),
            as_tuple(stride),
            padding if isinstance(padding, str) else as_tuple(padding),
            as_tuple(dilation),
            False,
            as_tuple(0),
            groups,
            bias,
            padding_mode,
            device=device,
            dtype=dtype,
        )

    def _conv_forward(self, input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        padding = self.padding
        if self.padding_mode != "zeros":
            input = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            padding = (0,) * self._rank
        conv = (torch.conv1d, torch.conv2d, torch.conv3d)[self._rank - 1]
        return conv(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def forward(self, input: Tensor) -> Tensor:
        """The convolution of ``input``."""
        return self._conv_forward(input, self.weight, self.bias)


class Conv1d(_Conv):
    """Cross-correlation with a kernel. Shape: (N, C_in, L) or (C_in, L) -> the same with C_out. Source: torch.nn.Conv1d."""

    _rank = 1


class Conv2d(_Conv):
    """Cross-correlation with a kernel, out[n, o] = b[o] + sum over c of w[o, c] * x[n, c].

    Args: sizes as numbers or tuples; ``padding`` also "same" or "valid"; ``padding_mode`` "zeros", "reflect",
    "replicate" or "circular". Shape: (N, C_in, H, W) or (C_in, H, W) -> the same with C_out, where each size becomes
    floor((s + 2 padding - dilation (kernel - 1) - 1) / stride + 1). Source: torch.nn.Conv2d.
    """

    _rank = 2


class Conv3d(_Conv):
    """Cross-correlation with a kernel. Shape: (N, C_in, D, H, W) -> (N, C_out, D', H', W'). Source: torch.nn.Conv3d."""

    _rank = 3


class _ConvTransposeNd(_ConvNd):
    _rank: int

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Any = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        as_tuple = ntuple(self._rank)
        super().__init__(
            in_channels,
            out_channels,
            as_tuple(kernel_size),
            as_tuple(stride),
            as_tuple(padding),
            as_tuple(dilation),
            True,
            as_tuple(output_padding),
            groups,
            bias,
            padding_mode,
            device=device,
            dtype=dtype,
        )

    def _output_padding(self, input: Tensor, output_size: Any) -> tuple[int, ...]:
        """What to add at the end of each dimension so that the output has ``output_size``."""
        n = self._rank
        if output_size is None:
            return self.output_padding
        sizes = list(output_size)
        extra = input.dim() - n
        if len(sizes) == extra + n:
            sizes = sizes[extra:]
        if len(sizes) != n:
            raise ValueError(
                f"ConvTranspose{n}D: for {input.dim()}D input, output_size must have {n} or {extra + n} elements "
                f"(got {len(output_size)})"
            )
        least = [
            (input.size(d + extra) - 1) * self.stride[d] - 2 * self.padding[d] + self.dilation[d] * (self.kernel_size[d] - 1) + 1
            for d in range(n)
        ]
        most = [least[d] + self.stride[d] - 1 for d in range(n)]
        if any(not low <= size <= high for low, size, high in zip(least, sizes, most, strict=True)):
            raise ValueError(
                f"requested an output size of {output_size}, but valid sizes range from {least} to {most} "
                f"(for an input of {input.size()[2:]})"
            )
        return tuple(size - low for size, low in zip(sizes, least, strict=True))

    def forward(self, input: Tensor, output_size: Any = None) -> Tensor:
        """The transposed convolution; ``output_size`` picks one of the sizes that the stride leaves open."""
        output_padding = self._output_padding(input, output_size)
        conv = (torch.conv_transpose1d, torch.conv_transpose2d, torch.conv_transpose3d)[self._rank - 1]
        return conv(input, self.weight, self.bias, self.stride, self.padding, output_padding, self.groups, self.dilation)


class ConvTranspose1d(_ConvTransposeNd):
    """The gradient of ``Conv1d`` as a layer. Shape: (N, C_in, L) -> (N, C_out, L'). Source: torch.nn.ConvTranspose1d."""

    _rank = 1


class ConvTranspose2d(_ConvTransposeNd):
    """The gradient of ``Conv2d`` with respect to its input, as a layer.

    Shape: (N, C_in, H, W) -> (N, C_out, H', W') with s' = (s - 1) stride - 2 padding + dilation (kernel - 1) +
    output_padding + 1. Source: torch.nn.ConvTranspose2d.
    """

    _rank = 2


class ConvTranspose3d(_ConvTransposeNd):
    """The gradient of ``Conv3d`` as a layer. Shape: (N, C_in, D, H, W) -> (N, C_out, *). Source: torch.nn.ConvTranspose3d."""

    _rank = 3
