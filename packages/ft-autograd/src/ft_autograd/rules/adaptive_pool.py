"""Gradients of adaptive pooling: each forward has a backward op, which is linear."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp
from .pool import read_places


@transpose("_adaptive_avg_pool2d", wrt="self")
def adaptive_avg_pool2d_self(g, self):
    return torch._adaptive_avg_pool2d_backward(g, self)


@transpose("_adaptive_avg_pool3d", wrt="self")
def adaptive_avg_pool3d_self(g, self):
    return torch._adaptive_avg_pool3d_backward(g, self)


@transpose("_adaptive_avg_pool2d_backward", wrt="grad_output")
def adaptive_avg_pool2d_backward_grad(g, grad_output):
    return torch._adaptive_avg_pool2d(g, tuple(grad_output.shape)[-2:])


@transpose("_adaptive_avg_pool3d_backward", wrt="grad_output")
def adaptive_avg_pool3d_backward_grad(g, grad_output):
    return torch._adaptive_avg_pool3d(g, tuple(grad_output.shape)[-3:])


@vjp("adaptive_max_pool2d", wrt="self")
def adaptive_max_pool2d_self(g0, self, result1):
    return torch.adaptive_max_pool2d_backward(g0, self, result1)


@vjp("adaptive_max_pool3d", wrt="self")
def adaptive_max_pool3d_self(g0, self, result1):
    return torch.adaptive_max_pool3d_backward(g0, self, result1)


@transpose("adaptive_max_pool2d_backward", wrt="grad_output")
def adaptive_max_pool2d_backward_grad(g, indices):
    return read_places(g, indices, 2)


@transpose("adaptive_max_pool3d_backward", wrt="grad_output")
def adaptive_max_pool3d_backward_grad(g, indices):
    return read_places(g, indices, 3)
