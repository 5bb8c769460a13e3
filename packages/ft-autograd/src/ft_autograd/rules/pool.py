"""Gradients of pooling: each forward has a backward op; the backwards are linear, and their gradients read what they spread."""

from math import prod

from ft_dispatch import surface as torch

from ..rule import real_only, transpose, vjp

real_only("avg_pool2d_backward avg_pool3d_backward")


@vjp("max_pool2d_with_indices", wrt="self")
def max_pool2d_self(g0, self, kernel_size, stride, padding, dilation, ceil_mode, result1):
    return torch.max_pool2d_with_indices_backward(g0, self, kernel_size, stride, padding, dilation, ceil_mode, result1)


@vjp("max_pool3d_with_indices", wrt="self")
def max_pool3d_self(g0, self, kernel_size, stride, padding, dilation, ceil_mode, result1):
    return torch.max_pool3d_with_indices_backward(g0, self, kernel_size, stride, padding, dilation, ceil_mode, result1)


def read_places(g, indices, n):
    """g's elements at places counted within a plane of the last n dims."""
    lead = tuple(g.shape)[: g.ndim - n]
    count, wanted = (prod(tuple(t.shape)[len(lead) :]) for t in (g, indices))  # not -1: a batch may be empty
    flat, places = g.reshape((*lead, count)), indices.reshape((*lead, wanted))
    return flat.gather(len(lead), places).reshape(indices.shape)


@transpose("max_pool2d_with_indices_backward", wrt="grad_output")
def max_pool2d_backward_grad(g, indices):
    return read_places(g, indices, 2)


@transpose("max_pool3d_with_indices_backward", wrt="grad_output")
def max_pool3d_backward_grad(g, indices):
    return read_places(g, indices, 3)


@vjp("max_pool2d_with_indices_backward max_pool3d_with_indices_backward", wrt="self")
def max_pool_backward_self(g, self_shape):
    return g.new_zeros(self_shape)  # it is read for its shape only, yet torch gives it a gradient


@transpose("avg_pool2d", wrt="self")
def avg_pool2d_self(g, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return torch.avg_pool2d_backward(g, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@transpose("avg_pool3d", wrt="self")
def avg_pool3d_self(g, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return torch.avg_pool3d_backward(g, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@transpose("avg_pool2d_backward", wrt="grad_output")
def avg_pool2d_backward_grad(g, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return torch.raw.avg_pool2d(g, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@transpose("avg_pool3d_backward", wrt="grad_output")
def avg_pool3d_backward_grad(g, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return torch.raw.avg_pool3d(g, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
