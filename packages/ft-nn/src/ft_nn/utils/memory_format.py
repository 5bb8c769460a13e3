"""Convolution weights in another memory format, through a whole module. Source: torch.nn.utils.memory_format (2.13)."""

from __future__ import annotations

from typing import Any

from ..layers import Conv2d, Conv3d, ConvTranspose2d, ConvTranspose3d


def _convert(module: Any, memory_format: Any, kinds: Any) -> Any:
    for each in module.modules():
        if isinstance(each, kinds):
            each.weight.data = each.weight.detach().clone(memory_format=memory_format)
    return module


def convert_conv2d_weight_memory_format(module: Any, memory_format: Any) -> Any:
    """Lay out the weights of all 2-d convolutions inside as ``memory_format``. Returns the module."""
    return _convert(module, memory_format, (Conv2d, ConvTranspose2d))


def convert_conv3d_weight_memory_format(module: Any, memory_format: Any) -> Any:
    """Lay out the weights of all 3-d convolutions inside as ``memory_format``. Returns the module."""
    return _convert(module, memory_format, (Conv3d, ConvTranspose3d))
