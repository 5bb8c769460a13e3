"""Gradients of convolutions by themselves, without a graph. Source: torch.nn.grad (2.13)."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

__all__ = ["conv1d_input", "conv1d_weight", "conv2d_input", "conv2d_weight", "conv3d_input", "conv3d_weight"]


def _each(value: Any, n: int) -> tuple[int, ...]:
    return (value,) * n if isinstance(value, int) else tuple(value)


def _backward(
    n: int, grad_output: Tensor, input: Tensor, weight: Tensor, geometry: tuple[Any, ...], groups: int, which: int
) -> Tensor:
    stride, padding, dilation = (_each(value, n) for value in geometry)
    wanted = tuple(i == which for i in range(3))
    made = torch.raw.convolution_backward(
        grad_output, input, weight, None, stride, padding, dilation, False, (0,) * n, groups, wanted
    )
    return made[which]


def _of_input(n: int, size: Any, weight: Tensor, g: Tensor, stride: Any, padding: Any, dilation: Any, groups: int) -> Tensor:
    return _backward(n, g, g.new_empty(1).expand(size), weight, (stride, padding, dilation), groups, 0)


def _of_weight(n: int, input: Tensor, size: Any, g: Tensor, stride: Any, padding: Any, dilation: Any, groups: int) -> Tensor:
    return _backward(n, g, input, g.new_empty(1).expand(size), (stride, padding, dilation), groups, 1)


def conv1d_input(
    input_size: Any, weight: Tensor, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the input of conv1d, of shape ``input_size``."""
    return _of_input(1, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv1d_weight(
    input: Tensor, weight_size: Any, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the weight of conv1d, of shape ``weight_size``."""
    return _of_weight(1, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv2d_input(
    input_size: Any, weight: Tensor, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the input of conv2d, of shape ``input_size``."""
    return _of_input(2, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv2d_weight(
    input: Tensor, weight_size: Any, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the weight of conv2d, of shape ``weight_size``."""
    return _of_weight(2, input, weight_size, grad_output, stride, padding, dilation, groups)


def conv3d_input(
    input_size: Any, weight: Tensor, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the input of conv3d, of shape ``input_size``."""
    return _of_input(3, input_size, weight, grad_output, stride, padding, dilation, groups)


def conv3d_weight(
    input: Tensor, weight_size: Any, grad_output: Tensor, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> Tensor:
    """Gradient of the weight of conv3d, of shape ``weight_size``."""
    return _of_weight(3, input, weight_size, grad_output, stride, padding, dilation, groups)
