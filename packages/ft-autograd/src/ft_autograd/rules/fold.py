"""Gradients of sliding blocks: im2col and col2im are each other's transpose."""

from ft_dispatch import surface as torch

from ..rule import transpose


@transpose("im2col", wrt="self")
def im2col_self(g, self_shape, kernel_size, dilation, padding, stride):
    return torch.raw.col2im(g, self_shape[-2:], kernel_size, dilation, padding, stride)


@transpose("col2im", wrt="self")
def col2im_self(g, kernel_size, dilation, padding, stride):
    return torch.raw.im2col(g, kernel_size, dilation, padding, stride)
