"""Gradients of writes: what was overwritten gets zeros, what was copied in gets the cotangent."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp


@vjp("fill.Scalar", wrt="self")
def fill_self(g):
    return torch.zeros_like(g)


@vjp("copy", wrt="self")
def copy_self(g):
    return torch.zeros_like(g)


@transpose("copy", wrt="src")
def copy_src(g, src_dtype, src_device):
    if g.is_complex() and not src_dtype.is_complex:
        g = g.real
    return g.to(device=src_device, dtype=src_dtype)
