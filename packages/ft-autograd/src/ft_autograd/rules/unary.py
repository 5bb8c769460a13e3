"""Derivatives of elementwise functions of one tensor: the exemplar of the `local` form.

Each function returns d result / d self; backward multiplies the cotangent by it and forward mode the tangent. Where torch has a backward op
for the function (tanh, sigmoid) a `vjp` beside the local rule calls it, one fused pass instead of three; where it divides the cotangent
(log, sqrt) the `vjp` does, which saves a pass and a rounding. Source: any calculus table.
"""

from math import log as _log
from math import pi

from ft_dispatch import surface as torch

from ..rule import jvp, local, real_only, vjp

real_only("sign round.decimals")


@vjp("abs", wrt="self")
def abs_self(g, self):
    return g * self.sgn()


@jvp("abs")
def abs_jvp(t_self, self):
    return (t_self * self.sgn().conj_physical()).real if self.is_complex() else t_self * self.sgn()


@local("acos", wrt="self")
def acos_self(self):
    return -(1 - self * self).rsqrt()


@local("acosh", wrt="self")
def acosh_self(self):
    return (self + 1).rsqrt() * (self - 1).rsqrt() if self.is_complex() else (self * self - 1).rsqrt()


@vjp("angle", wrt="self")
def angle_self(g, self):
    if not self.is_complex():
        return torch.zeros_like(self)
    modulus = self.abs()
    return torch.where(modulus == 0, 0.0, g / modulus) * (self.sgn() * 1j)


@local("asin", wrt="self")
def asin_self(self):
    return (1 - self * self).rsqrt()


@local("asinh", wrt="self")
def asinh_self(self):
    return (self * self + 1).rsqrt()


@local("atan", wrt="self")
def atan_self(self):
    return (self * self + 1).reciprocal()


@vjp("atan", wrt="self")
def atan_self_vjp(g, self):
    return g / _conjugate(self * self + 1)


@local("atanh", wrt="self")
def atanh_self(self):
    return (1 - self * self).reciprocal()


@vjp("atanh", wrt="self")
def atanh_self_vjp(g, self):
    return g / _conjugate(1 - self * self)


@vjp("ceil floor round.decimals trunc sign", wrt="self")
def ceil_self(g):
    return torch.zeros_like(g)


@jvp("ceil floor round.decimals trunc sign")
def ceil_jvp(t_self):
    return torch.zeros_like(t_self)


@vjp("conj_physical", wrt="self")
def conj_physical_self(g):
    return g.conj_physical()


@local("cos", wrt="self")
def cos_self(self):
    return -self.sin()


@local("cosh", wrt="self")
def cosh_self(self):
    return self.sinh()


@local("deg2rad", wrt="self")
def deg2rad_self():
    return pi / 180


@local("exp", wrt="self")
def exp_self(result):
    return result


@local("exp2", wrt="self")
def exp2_self(result):
    return result * _log(2)


@vjp("exp2", wrt="self")
def exp2_self_vjp(g, result):
    return g * _conjugate(result) * _log(2)


@local("expm1", wrt="self")
def expm1_self(result):
    return result + 1


@vjp("frac", wrt="self")
def frac_self(g):
    return g


@local("log", wrt="self")
def log_self(self):
    return self.reciprocal()


@vjp("log", wrt="self")
def log_self_vjp(g, self):
    return g / _conjugate(self)


@local("log10", wrt="self")
def log10_self(self):
    return (self * _log(10)).reciprocal()


@vjp("log10", wrt="self")
def log10_self_vjp(g, self):
    return g / (_conjugate(self) * _log(10))


@local("log1p", wrt="self")
def log1p_self(self):
    return (self + 1).reciprocal()


@vjp("log1p", wrt="self")
def log1p_self_vjp(g, self):
    return g / _conjugate(self + 1)


@local("log2", wrt="self")
def log2_self(self):
    return (self * _log(2)).reciprocal()


@vjp("log2", wrt="self")
def log2_self_vjp(g, self):
    return g / (_conjugate(self) * _log(2))


@vjp("nan_to_num", wrt="self")
def nan_to_num_self(g, self):
    return g * torch.isfinite(self)


@local("neg", wrt="self")
def neg_self():
    return -1


@vjp("neg", wrt="self")
def neg_self_vjp(g):
    return g.neg()


@local("rad2deg", wrt="self")
def rad2deg_self():
    return 180 / pi


@local("reciprocal", wrt="self")
def reciprocal_self(result):
    return -(result * result)


@local("rsqrt", wrt="self")
def rsqrt_self(result):
    return result**3 * -0.5


@vjp("sgn", wrt="self")
def sgn_self(g, self, result):
    if not self.is_complex():
        return torch.zeros_like(g)
    modulus = self.abs()
    tangential = (g - (result * g.conj_physical()).real * result) / modulus
    return torch.where(modulus == 0, 0.0, tangential)


@local("sigmoid", wrt="self")
def sigmoid_self(result):
    return result * (1 - result)


@vjp("sigmoid", wrt="self")
def sigmoid_self_vjp(g, result):
    return torch.raw.sigmoid_backward(g, result)


@local("sin", wrt="self")
def sin_self(self):
    return self.cos()


@local("sinc", wrt="self")
def sinc_self(self):
    scaled = self * pi
    slope = (scaled * scaled.cos() - scaled.sin()) / (self * self * pi)
    return torch.where(self == 0, 0.0, slope)


@local("sinh", wrt="self")
def sinh_self(self):
    return self.cosh()


@local("sqrt", wrt="self")
def sqrt_self(result):
    return (result * 2).reciprocal()


@vjp("sqrt", wrt="self")
def sqrt_self_vjp(g, result):
    return g / (_conjugate(result) * 2)


@local("square", wrt="self")
def square_self(self):
    return self * 2


@local("tan", wrt="self")
def tan_self(result):
    return result * result + 1


@local("tanh", wrt="self")
def tanh_self(result):
    return 1 - result * result


@vjp("tanh", wrt="self")
def tanh_self_vjp(g, result):
    return torch.raw.tanh_backward(g, result)


@vjp("sigmoid_backward", wrt="grad_output")
def sigmoid_backward_grad_output(g, output):
    return torch.raw.sigmoid_backward(g, _conjugate(output))


@vjp("sigmoid_backward", wrt="output")
def sigmoid_backward_output(g, grad_output, output):
    return _conjugate(g) * grad_output * (1 - _conjugate(output) * 2)


@vjp("tanh_backward", wrt="grad_output")
def tanh_backward_grad_output(g, output):
    return torch.raw.tanh_backward(g, _conjugate(output))


@vjp("tanh_backward", wrt="output")
def tanh_backward_output(g, grad_output, output):
    return _conjugate(g) * grad_output * _conjugate(output) * -2


def _conjugate(x):
    return x.conj_physical() if x.is_complex() else x
