"""Gradients of order: a value's cotangent goes back to the place it came from."""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("sort sort.stable topk", wrt="self")
def sort_self(g, self, indices, dim):
    return torch.value_selecting_reduction_backward(g, dim, indices, self.shape, True)


@vjp("kthvalue", wrt="self")
def kthvalue_self(g, self, indices, dim, keepdim):
    return torch.value_selecting_reduction_backward(g, dim, indices, self.shape, keepdim)
