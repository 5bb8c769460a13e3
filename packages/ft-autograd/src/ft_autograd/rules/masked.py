"""Gradients of writes and reads under a mask."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp


@vjp("masked_fill.Scalar", wrt="self")
def masked_fill_self(g, mask):
    return g.masked_fill(mask, 0)


@vjp("masked_fill.Tensor", wrt="self value")
def masked_fill_vjp(g, mask, needs):
    return g.masked_fill(mask, 0) if needs[0] else None, torch.where(mask, g, 0).sum() if needs[1] else None


@transpose("masked_select", wrt="self")
def masked_select_self(g, self, mask):
    shape = torch.broadcast_shapes(self.shape, mask.shape)
    return g.new_zeros(shape).masked_scatter(mask, g)


@vjp("masked_scatter", wrt="self source")
def masked_scatter_vjp(g, mask, source, needs):
    return (
        g.masked_fill(mask, 0) if needs[0] else None,
        torch.masked_scatter_backward(g, mask, source.shape) if needs[1] else None,
    )
