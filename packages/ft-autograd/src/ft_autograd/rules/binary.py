"""Derivatives of elementwise arithmetic. Broadcasting is undone by the engine, so a rule may return the broadcast shape.

`add`-like ops are linear in both tensors together (`joint`), `mul` has local derivatives that are just the other operand. Where torch
multiplies the cotangent into the formula before it is whole, a vjp beside the local rule does likewise: half types round after each op.
"""

from math import inf as _inf
from math import log as _log

from ft_dispatch import surface as torch

from ..rule import local, transpose, vjp
from .matmul import conjugated
from .reduction import conjugate


@transpose("add.Tensor sub.Tensor", wrt="self", joint=True)
def add_self(g):
    return g


@transpose("add.Tensor", wrt="other", joint=True)
def add_other(g, alpha):
    return g if alpha == 1 else g * _conj(alpha)


@transpose("sub.Tensor", wrt="other", joint=True)
def sub_other(g, alpha):
    return g.neg() if alpha == 1 else g * -_conj(alpha)


@transpose("rsub.Tensor", wrt="self", joint=True)
def rsub_self(g, alpha):
    return g.neg() if alpha == 1 else g * -_conj(alpha)


@transpose("rsub.Tensor", wrt="other", joint=True)
def rsub_other(g):
    return g


def _conj(number):
    return number.conjugate() if isinstance(number, complex) else number


@local("mul.Tensor", wrt="self")
def mul_self(other):
    return other


@local("mul.Tensor", wrt="other")
def mul_other(self):
    return self


@local("div.Tensor", wrt="self")
def div_self(other):
    return 1 / other


@vjp("div.Tensor", wrt="self")
def div_self_vjp(g, other):
    return g / (other.conj_physical() if hasattr(other, "is_complex") and other.is_complex() else other)


@local("div.Tensor", wrt="other")
def div_other(self, other):
    return -(self / other) / other


@vjp("div.Tensor_mode floor_divide", wrt="self other")
def div_mode_vjp(g, needs):
    return tuple(torch.zeros_like(g) if need else None for need in needs)


@local("addcmul", wrt="self")
def addcmul_self():
    return 1


@local("addcmul", wrt="tensor1")
def addcmul_tensor1(tensor2, value):
    return tensor2 * value


@local("addcmul", wrt="tensor2")
def addcmul_tensor2(tensor1, value):
    return tensor1 * value


@local("addcdiv", wrt="self")
def addcdiv_self():
    return 1


@local("addcdiv", wrt="tensor1")
def addcdiv_tensor1(tensor2, value):
    return torch.div(value, tensor2)  # not `/`, which multiplies the reciprocal


@local("addcdiv", wrt="tensor2")
def addcdiv_tensor2(tensor1, tensor2, value):
    return -(tensor1 * value / (tensor2 * tensor2))


@local("atan2", wrt="self")
def atan2_self(self, other):
    return other * _recip(self, other)


@local("atan2", wrt="other")
def atan2_other(self, other):
    return -self * _recip(self, other)


@vjp("atan2", wrt="self other")
def atan2_vjp(g, self, other, needs):
    recip = _recip(self, other)
    return g * other * recip if needs[0] else None, g * -self * recip if needs[1] else None


def _recip(x, y):
    """1 / (x^2 + y^2), with 0 where both are 0: there torch's gradient is 0."""
    squared = x * x + y * y
    return torch.where(squared == 0, _inf, squared).reciprocal()


@local("copysign.Tensor", wrt="self")
def copysign_self(self, result):
    return torch.where(self == 0, 0.0, result / self)


@vjp("copysign.Tensor", wrt="other")
def copysign_other(g):
    return torch.zeros_like(g)


@local("fmax", wrt="self")
def fmax_self(self, other):
    return _wins(self >= other, other)


@local("fmax", wrt="other")
def fmax_other(self, other):
    return 1 - _wins(self >= other, other)


@local("fmin", wrt="self")
def fmin_self(self, other):
    return _wins(self <= other, other)


@local("fmin", wrt="other")
def fmin_other(self, other):
    return 1 - _wins(self <= other, other)


def _wins(ahead, other):
    """1.0 where the first operand is the result: it is ahead, or the other one is NaN."""
    return torch.logical_or(ahead, torch.isnan(other)).to(other.dtype)


@local("fmod.Tensor remainder.Tensor", wrt="self")
def fmod_self():
    return 1


@local("fmod.Tensor", wrt="other")
def fmod_other(self, other):
    return -(self / other).trunc()


@local("remainder.Tensor", wrt="other")
def remainder_other(self, other):
    return -torch.div(self, other, rounding_mode="floor")


@local("hypot", wrt="self")
def hypot_self(self, result):
    return self / result


@local("hypot", wrt="other")
def hypot_other(other, result):
    return other / result


@vjp("hypot", wrt="self")
def hypot_self_vjp(g, self, result):
    return g * self / result


@vjp("hypot", wrt="other")
def hypot_other_vjp(g, other, result):
    return g * other / result


@local("lerp.Tensor", wrt="self")
def lerp_self(weight):
    return 1 - weight


@local("lerp.Tensor", wrt="end")
def lerp_end(weight):
    return weight


@local("lerp.Tensor", wrt="weight")
def lerp_weight(self, end):
    return end - self


@local("logaddexp", wrt="self")
def logaddexp_self(self, other):
    return 1 / (1 + (other - self).exp())


@local("logaddexp", wrt="other")
def logaddexp_other(self, other):
    return 1 / (1 + (self - other).exp())


@vjp("logaddexp", wrt="self")
def logaddexp_self_vjp(g, self, other):
    return g / conjugate(1 + (other - self).exp())


@vjp("logaddexp", wrt="other")
def logaddexp_other_vjp(g, self, other):
    return g / conjugate(1 + (self - other).exp())


@local("logaddexp2", wrt="self")
def logaddexp2_self(self, other):
    return 1 / (1 + (other - self).exp2())


@local("logaddexp2", wrt="other")
def logaddexp2_other(self, other):
    return 1 / (1 + (self - other).exp2())


@vjp("logaddexp2", wrt="self")
def logaddexp2_self_vjp(g, self, other):
    return g / conjugate(1 + (other - self).exp2())


@vjp("logaddexp2", wrt="other")
def logaddexp2_other_vjp(g, self, other):
    return g / conjugate(1 + (self - other).exp2())


@local("maximum", wrt="self")
def maximum_self(self, other):
    return _share(self > other, self == other, self.dtype)


@local("maximum", wrt="other")
def maximum_other(self, other):
    return _share(other > self, self == other, other.dtype)


@local("minimum", wrt="self")
def minimum_self(self, other):
    return _share(self < other, self == other, self.dtype)


@local("minimum", wrt="other")
def minimum_other(self, other):
    return _share(other < self, self == other, other.dtype)


def _share(ahead, tie, dtype):
    """1 where ahead, one half on a tie: torch splits the gradient between equal elements."""
    return ahead.to(dtype) + tie.to(dtype) * 0.5


@vjp("nextafter", wrt="self other")
def nextafter_vjp(g, self, other, needs):
    # a step from self, so self's slope; where there is no step to take torch gives neither a gradient
    return g.masked_fill(self == other, 0) if needs[0] else None, torch.zeros_like(g) if needs[1] else None


@local("pow.Tensor_Tensor", wrt="self")
def pow_self(self, exponent):
    if not isinstance(exponent, torch.Tensor):
        return 0.0 if exponent == 0 else self ** (exponent - 1) * exponent
    return torch.where(exponent == 0, 0.0, exponent * self ** (exponent - 1))


@local("pow.Tensor_Tensor", wrt="exponent")
def pow_exponent(self, exponent, result):
    if not isinstance(self, torch.Tensor):
        return result * _log(self) if self else torch.where(exponent >= 0, 0.0, result)
    flat = torch.logical_and(self == 0, exponent >= 0) if not exponent.is_complex() else self == 0
    return torch.where(flat, 0.0, result * self.log())


@local("xlogy.Tensor", wrt="self")
def xlogy_self(self, other):
    return torch.where((self == 0) & (other <= 0), 0.0, torch.xlogy(torch.ones_like(self), other))


@local("xlogy.Tensor", wrt="other")
def xlogy_other(self, other):
    return self / other


@vjp("xlogy.Tensor", wrt="self")
def xlogy_self_vjp(g, self, other):
    return torch.where((self == 0) & (other <= 0), 0.0, torch.xlogy(g, conjugated(other)))


@vjp("xlogy.Tensor", wrt="other")
def xlogy_other_vjp(g, self, other):
    return g * conjugated(self) / conjugate(other)


@transpose("ldexp.Tensor", wrt="self")
def ldexp_self(g, other):
    return g * conjugate(2.0**other)


@local("ldexp.Tensor", wrt="other")
def ldexp_other(result):
    return result * _log(2)


@vjp("ldexp.Tensor", wrt="other")
def ldexp_other_vjp(g, result):
    return g * conjugate(result) * _log(2)
