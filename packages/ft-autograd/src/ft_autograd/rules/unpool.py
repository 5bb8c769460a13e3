"""Gradients of unpooling and fractional pooling: what was put is read, what was read is put."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp
from .pool import read_places


@transpose("max_unpool2d", wrt="self")
def max_unpool2d_self(g, indices):
    return read_places(g, indices, 2)


@transpose("max_unpool3d", wrt="self")
def max_unpool3d_self(g, indices):
    return read_places(g, indices, 3)


@vjp("fractional_max_pool2d", wrt="self")
def fractional_max_pool2d_self(g0, self, kernel_size, output_size, result1):
    return torch.raw.fractional_max_pool2d_backward(g0, self, kernel_size, output_size, result1)


@vjp("fractional_max_pool3d", wrt="self")
def fractional_max_pool3d_self(g0, self, kernel_size, output_size, result1):
    return torch.raw.fractional_max_pool3d_backward(g0, self, kernel_size, output_size, result1)


@transpose("fractional_max_pool2d_backward", wrt="grad_output")
def fractional_max_pool2d_backward_grad(g, indices):
    return read_places(g, indices, 2)


@transpose("fractional_max_pool3d_backward", wrt="grad_output")
def fractional_max_pool3d_backward_grad(g, indices):
    return read_places(g, indices, 3)
