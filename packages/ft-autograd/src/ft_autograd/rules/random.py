"""Gradients of draws whose parameters are tensors.

Zero, as torch defines them; a sample says nothing about how it would have moved.
"""

from ft_dispatch import surface as torch

from ..rule import real_only, vjp

real_only("normal.Tensor_float normal.float_Tensor normal.Tensor_Tensor")


@vjp("bernoulli", wrt="self")
def bernoulli_self(g):
    return torch.zeros_like(g)


@vjp("normal.Tensor_float", wrt="mean")
def normal_mean(g):
    return torch.zeros_like(g)


@vjp("normal.float_Tensor", wrt="std")
def normal_std(g):
    return torch.zeros_like(g)


@vjp("normal.Tensor_Tensor", wrt="mean std")
def normal_vjp(g, needs):
    return tuple(torch.zeros_like(g) if need else None for need in needs)
