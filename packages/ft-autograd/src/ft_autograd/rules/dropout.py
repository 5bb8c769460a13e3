"""Derivative of native_dropout: the mask that was drawn is an output, so nothing is drawn again.

The public forms are composites.
"""

from ft_dispatch import surface as torch

from ..rule import jvp, real_only, transpose, vjp

real_only("native_dropout native_dropout_backward")


@vjp("native_dropout", wrt="input")
def native_dropout_input(g, result1, p, train):
    scale = 1.0 if train is False else 0.0 if p == 1 else 1 / (1 - p)
    return torch.raw.native_dropout_backward(g, result1, scale)


@jvp("native_dropout")
def native_dropout_jvp(t_input, result1, p, train):
    return native_dropout_input(t_input, result1, p, train), None  # derived from two vjps, another mask would be drawn


@transpose("native_dropout_backward", wrt="grad_output")
def native_dropout_backward_grad_output(g, mask, scale):
    return torch.raw.native_dropout_backward(g, mask, scale)
