"""Pooling: the switch between values and values with indices, unpooling sizes, and pooling by norm.

Source of names, defaults and messages: torch.nn.functional (2.13). Windows slide over the last one, two or three
dimensions of (N, C, *) or (C, *).
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..sizes import ntuple, pair, single, triple


def avg_pool1d(
    input: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, ceil_mode: bool = False, count_include_pad: bool = True
) -> Tensor:
    """Mean over windows. Shape (N, C, L) -> (N, C, L')."""
    return torch.avg_pool1d(
        input, single(kernel_size), () if stride is None else single(stride), single(padding), ceil_mode, count_include_pad
    )


def avg_pool2d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Mean over windows. Shape (N, C, H, W) -> (N, C, H', W')."""
    stride = () if stride is None else stride
    return torch.raw.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=out)


def avg_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Mean over windows. Shape (N, C, D, H, W) -> (N, C, D', H', W')."""
    stride = () if stride is None else stride
    return torch.raw.avg_pool3d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=out)


def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Maximum over windows and where it stood. Shape (N, C, L) -> two of (N, C, L'), the second int64."""
    return torch.max_pool1d_with_indices(input, kernel_size, () if stride is None else stride, padding, dilation, ceil_mode)


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Maximum over windows and where it stood. Shape (N, C, H, W) -> two of (N, C, H', W'), the second int64."""
    stride = () if stride is None else stride
    return torch.raw.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Maximum over windows and where it stood. Shape (N, C, D, H, W) -> two of (N, C, D', H', W'), the second int64."""
    stride = () if stride is None else stride
    return torch.raw.max_pool3d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool1d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """Maximum over windows. Shape (N, C, L) -> (N, C, L'); with ``return_indices`` a pair."""
    if return_indices:
        return max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)
    return torch.max_pool1d(input, kernel_size, () if stride is None else stride, padding, dilation, ceil_mode)


def max_pool2d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """Maximum over windows. Shape (N, C, H, W) -> (N, C, H', W'); with ``return_indices`` a pair."""
    if return_indices:
        return max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)
    return torch.max_pool2d(input, kernel_size, () if stride is None else stride, padding, dilation, ceil_mode)


def max_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """Maximum over windows. Shape (N, C, D, H, W) -> (N, C, D', H', W'); with ``return_indices`` a pair."""
    if return_indices:
        return max_pool3d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)
    return torch.max_pool3d(input, kernel_size, () if stride is None else stride, padding, dilation, ceil_mode)


def _unpooled_size(input: Tensor, kernel: tuple, stride: tuple, padding: tuple, output_size: Any) -> list[int]:
    """The size to unpool to: the asked one, checked, or the smallest that pools to the input's."""
    n = len(kernel)
    default = [(input.size(d - n) - 1) * stride[d] + kernel[d] - 2 * padding[d] for d in range(n)]
    if output_size is None:
        return default
    if len(output_size) == n + 2:
        output_size = output_size[2:]
    if len(output_size) != n:
        raise ValueError(
            f"output_size should be a sequence containing {n} or {n + 2} elements, but it has a length of '{len(output_size)}'"
        )
    for d, size in enumerate(output_size):
        low, high = default[d] - stride[d], default[d] + stride[d]
        if not low < size < high:
            raise ValueError(f'invalid output_size "{output_size}" (dim {d} must be between {low} and {high})')
    return list(output_size)


def _unpool_setup(n: int, input: Tensor, kernel_size: Any, stride: Any, padding: Any, output_size: Any) -> tuple:
    as_tuple = ntuple(n)
    kernel, padding = as_tuple(kernel_size), as_tuple(padding)
    stride = kernel if stride is None else as_tuple(stride)
    return _unpooled_size(input, kernel, stride, padding, output_size), stride, padding


def max_unpool1d(
    input: Tensor, indices: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, output_size: Any = None
) -> Tensor:
    """Values put back where ``indices`` say, zeros elsewhere. Shape (N, C, L) -> (N, C, L')."""
    size, _, _ = _unpool_setup(1, input, kernel_size, stride, padding, output_size)
    return torch.raw.max_unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [*size, 1]).squeeze(-1)


def max_unpool2d(
    input: Tensor, indices: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, output_size: Any = None
) -> Tensor:
    """Values put back where ``indices`` say, zeros elsewhere. Shape (N, C, H, W) -> (N, C, H', W')."""
    size, _, _ = _unpool_setup(2, input, kernel_size, stride, padding, output_size)
    return torch.raw.max_unpool2d(input, indices, size)


def max_unpool3d(
    input: Tensor, indices: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, output_size: Any = None
) -> Tensor:
    """Values put back where ``indices`` say, zeros elsewhere. Shape (N, C, D, H, W) -> (N, C, D', H', W')."""
    size, stride, padding = _unpool_setup(3, input, kernel_size, stride, padding, output_size)
    return torch.raw.max_unpool3d(input, indices, size, stride, padding)


def _lp_root(mean: Tensor, norm_type: float, count: int) -> Tensor:
    # sign * relu(|x|) keeps torch's gradient at zero; the mean times the count is the sum.
    return (torch.sign(mean) * torch.relu(torch.abs(mean))).mul(count).pow(1.0 / norm_type)


def lp_pool1d(input: Tensor, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> Tensor:
    """(sum of x^p over windows)^(1/p). Shape (N, C, L) -> (N, C, L')."""
    mean = avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return _lp_root(mean, norm_type, single(kernel_size)[0])


def lp_pool2d(input: Tensor, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> Tensor:
    """(sum of x^p over windows)^(1/p). Shape (N, C, H, W) -> (N, C, H', W')."""
    kh, kw = pair(kernel_size)
    return _lp_root(avg_pool2d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode), norm_type, kh * kw)


def lp_pool3d(input: Tensor, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> Tensor:
    """(sum of x^p over windows)^(1/p). Shape (N, C, D, H, W) -> (N, C, D', H', W')."""
    kd, kh, kw = triple(kernel_size)
    return _lp_root(avg_pool3d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode), norm_type, kd * kh * kw)
