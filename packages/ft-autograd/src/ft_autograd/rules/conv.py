"""Gradients of convolution: one op for all three; its own gradients are convolutions again."""

from ft_dispatch import surface as torch

from ..rule import vjp
from .reduction import conjugate


@vjp("convolution", wrt="input weight bias")
def convolution_vjp(g, input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, needs):
    sizes = None if bias is None else tuple(bias.shape)
    return torch.convolution_backward(
        g, conjugate(input), conjugate(weight), sizes, stride, padding, dilation, transposed, output_padding, groups, needs
    )


@vjp("convolution_backward", wrt="grad_output input weight")
def convolution_backward_vjp(
    g0, g1, g2, grad_output, input, weight, stride, padding, dilation, transposed, output_padding, groups, needs
):
    """The three outputs are linear in grad_output and bilinear with weight or input: each cotangent meets the op or its
    transpose.
    """
    where = (stride, padding, dilation, transposed, output_padding, groups)
    own = x = w = None
    if needs[0]:
        own = _sum(
            None if g0 is None else torch.convolution(g0, conjugate(weight), None, *where),
            None if g1 is None else torch.convolution(conjugate(input), g1, None, *where),
            None if g2 is None else g2.reshape((1, -1) + (1,) * (grad_output.ndim - 2)).expand(grad_output.shape),
        )
    if needs[1] and g1 is not None:
        x = torch.convolution_backward(conjugate(grad_output), input, g1, None, *where, (True, False, False))[0]
    if needs[2] and g0 is not None:
        w = torch.convolution_backward(conjugate(grad_output), g0, weight, None, *where, (False, True, False))[1]
    return own, x, w


def _sum(*terms):
    found = [t for t in terms if t is not None]
    total = found[0] if found else None
    for term in found[1:]:
        total = total + term
    return total
