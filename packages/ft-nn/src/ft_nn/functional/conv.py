"""Unfolding into columns and back; the convolutions themselves are ops.

Source of names and defaults: torch.nn.functional (2.13).
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..sizes import pair


def unfold(input: Tensor, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Tensor:
    """Sliding blocks as columns (im2col). Shape (N, C, H, W) -> (N, C * kh * kw, L)."""
    return torch.raw.im2col(input, pair(kernel_size), pair(dilation), pair(padding), pair(stride))


def fold(input: Tensor, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Tensor:
    """Columns summed back into images (col2im). Shape (N, C * kh * kw, L) -> (N, C, H, W)."""
    return torch.raw.col2im(input, pair(output_size), pair(kernel_size), pair(dilation), pair(padding), pair(stride))
