"""The derivative of frexp: the mantissa is input / 2^exponent, and the exponent is a step."""

from ..rule import vjp


@vjp("frexp.Tensor", wrt="self")
def frexp_self(g, exponent):
    return g / exponent.to(g.dtype).exp2()
