"""Derivative of native_dropout: the mask that was drawn is an output, so nothing is drawn again.

The public forms are composites.
"""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp


@vjp("native_dropout", wrt="input")
def native_dropout_input(g, result1, p, train):
    scale = 1.0 if train is False else 0.0 if p == 1 else 1 / (1 - p)
    return torch.raw.native_dropout_backward(g, result1, scale)


@transpose("native_dropout_backward", wrt="grad_output")
def native_dropout_backward_grad_output(g, mask, scale):
    return torch.raw.native_dropout_backward(g, mask, scale)
