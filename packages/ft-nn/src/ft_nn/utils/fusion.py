"""Folding a batch norm in evaluation mode into the convolution or linear layer before it.

y = (W x + b - mean) / sqrt(var + eps) * gamma + beta is affine in x, so it is one layer with other weights. Source:
torch.nn.utils.fusion (2.13).
"""

from __future__ import annotations

import copy
from typing import Any

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch


def _defaults(bias: Tensor | None, mean: Tensor, gamma: Tensor | None, beta: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
    return (
        torch.zeros_like(mean) if bias is None else bias,
        torch.ones_like(mean) if gamma is None else gamma,
        torch.zeros_like(mean) if beta is None else beta,
    )


def fuse_conv_bn_weights(
    conv_w: Tensor,
    conv_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
    transpose: bool = False,
) -> tuple[Parameter, Parameter]:
    """Weight and bias of the convolution that does both; ``transpose`` for weights (C_in, C_out, *)."""
    bias, gamma, beta = _defaults(conv_b, bn_rm, bn_w, bn_b)
    scale = gamma * torch.rsqrt(bn_rv + bn_eps)
    shape = [1] * conv_w.dim()
    shape[1 if transpose else 0] = -1
    weight = (conv_w * scale.reshape(shape)).to(dtype=conv_w.dtype)
    fused_bias = ((bias - bn_rm) * scale + beta).to(dtype=bias.dtype)
    keeps = conv_w.requires_grad
    return Parameter(weight, keeps), Parameter(fused_bias, keeps if conv_b is None else conv_b.requires_grad)


def fuse_linear_bn_weights(
    linear_w: Tensor,
    linear_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor,
    bn_b: Tensor,
) -> tuple[Parameter, Parameter]:
    """Weight and bias of the linear layer that does both."""
    bias, gamma, beta = _defaults(linear_b, bn_rm, bn_w, bn_b)
    scale = gamma * torch.rsqrt(bn_rv + bn_eps)
    weight = (linear_w * scale.unsqueeze(-1)).to(dtype=linear_w.dtype)
    fused_bias = ((bias - bn_rm) * scale + beta).to(dtype=bias.dtype)
    keeps = linear_w.requires_grad
    return Parameter(weight, keeps), Parameter(fused_bias, keeps if linear_b is None else linear_b.requires_grad)


def _check_eval(first: Any, bn: Any) -> None:
    if first.training or bn.training:
        raise AssertionError("Fusion only for eval!")


def fuse_conv_bn_eval(conv: Any, bn: Any, transpose: bool = False) -> Any:
    """A copy of ``conv`` that does what ``bn(conv(x))`` does in evaluation mode."""
    _check_eval(conv, bn)
    fused = copy.deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(
        fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias, transpose
    )
    return fused


def fuse_linear_bn_eval(linear: Any, bn: Any) -> Any:
    """A copy of ``linear`` that does what ``bn(linear(x))`` does in evaluation mode."""
    _check_eval(linear, bn)
    if linear.out_features != bn.num_features and bn.num_features != 1:
        raise AssertionError(
            "To fuse, linear.out_features == bn.num_features or bn.num_features == 1, got "
            f"linear.out_features={linear.out_features} and bn.num_features={bn.num_features}"
        )
    fused = copy.deepcopy(linear)
    fused.weight, fused.bias = fuse_linear_bn_weights(
        fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias
    )
    return fused
