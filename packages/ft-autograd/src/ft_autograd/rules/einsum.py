"""Gradients of the sum of products of three tensors: such sums again, in which the cotangent stands in one tensor's place."""

from ft_dispatch import surface as torch

from ..rule import vjp
from .matmul import conjugated

_sum = torch.raw._trilinear


@vjp("_trilinear", wrt="i1 i2 i3")
def trilinear_vjp(g, i1, i2, i3, expand1, expand2, expand3, sumdim, needs):
    x, y, z = conjugated(i1), conjugated(i2), conjugated(i3)
    return (
        _sum(g, y, z, sumdim, expand2, expand3, expand1) if needs[0] else None,
        _sum(x, g, z, expand1, sumdim, expand3, expand2) if needs[1] else None,
        _sum(x, y, g, expand1, expand2, sumdim, expand3) if needs[2] else None,
    )
