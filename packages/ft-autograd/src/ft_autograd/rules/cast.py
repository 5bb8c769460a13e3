"""Gradients of copies: the cotangent goes back to the dtype (the engine sees to that) and device it came from."""

from ..rule import transpose


@transpose("clone", wrt="self")
def clone_self(g):
    return g


@transpose("expand_copy", wrt="self")
def expand_copy_self(g):
    return g


@transpose("_to_copy", wrt="self")
def to_copy_self(g, self_dtype, self_device):
    if g.is_complex() and not self_dtype.is_complex:
        g = g.real
    return g.to(device=self_device, dtype=self_dtype)
