"""Gradients of reflected and replicated borders: linear, so forward and backward are each other's transpose."""

from ft_dispatch import surface as torch

from ..rule import transpose


@transpose("reflection_pad1d", wrt="self")
def reflection_pad1d_self(g, self, padding):
    return torch.raw.reflection_pad1d_backward(g, self, padding)


@transpose("reflection_pad1d_backward", wrt="grad_output")
def reflection_pad1d_backward_grad(g, padding):
    return torch.raw.reflection_pad1d(g, padding)


@transpose("reflection_pad2d", wrt="self")
def reflection_pad2d_self(g, self, padding):
    return torch.raw.reflection_pad2d_backward(g, self, padding)


@transpose("reflection_pad2d_backward", wrt="grad_output")
def reflection_pad2d_backward_grad(g, padding):
    return torch.raw.reflection_pad2d(g, padding)


@transpose("reflection_pad3d", wrt="self")
def reflection_pad3d_self(g, self, padding):
    return torch.raw.reflection_pad3d_backward(g, self, padding)


@transpose("reflection_pad3d_backward", wrt="grad_output")
def reflection_pad3d_backward_grad(g, padding):
    return torch.raw.reflection_pad3d(g, padding)


@transpose("replication_pad1d", wrt="self")
def replication_pad1d_self(g, self, padding):
    return torch.raw.replication_pad1d_backward(g, self, padding)


@transpose("replication_pad1d_backward", wrt="grad_output")
def replication_pad1d_backward_grad(g, padding):
    return torch.raw.replication_pad1d(g, padding)


@transpose("replication_pad2d", wrt="self")
def replication_pad2d_self(g, self, padding):
    return torch.raw.replication_pad2d_backward(g, self, padding)


@transpose("replication_pad2d_backward", wrt="grad_output")
def replication_pad2d_backward_grad(g, padding):
    return torch.raw.replication_pad2d(g, padding)


@transpose("replication_pad3d", wrt="self")
def replication_pad3d_self(g, self, padding):
    return torch.raw.replication_pad3d_backward(g, self, padding)


@transpose("replication_pad3d_backward", wrt="grad_output")
def replication_pad3d_backward_grad(g, padding):
    return torch.raw.replication_pad3d(g, padding)
