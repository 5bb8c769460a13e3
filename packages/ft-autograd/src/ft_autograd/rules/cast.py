"""Gradients of copies: the cotangent goes back to the dtype (the engine sees to that) and device it came from."""

from ..rule import transpose


@transpose("clone", wrt="self")
def clone_self(g):
    return g


@transpose("_to_copy", wrt="self")
def to_copy_self(g, self):
    kind = self.dtype
    if g.is_complex() and not kind.is_complex:
        g = g.real
    return g.to(device=self.device, dtype=kind)
