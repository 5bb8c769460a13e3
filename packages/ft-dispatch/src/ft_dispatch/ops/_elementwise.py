"""Decompositions of the families `unary`, `binary`, `compare` and `bitwise`: what a backend need not bring.

They end in some 24 scalar primitives (add mul div neg abs, exp expm1 log log1p sin cos sqrt pow atan2, floor round fmod
floor_divide copysign, eq lt where, bitwise_and gcd nextafter). Written with elementwise ops and numbers alone, so that a fused loop
can evaluate them on registers.
"""

from math import inf, log, nan, pi

from . import binary as b
from . import bitwise as bits
from . import compare as c
from . import unary as u

where = c.where_self
LN2 = log(2)


def is_tensor(value):
    """Whether an operand is a tensor; the alternative is a Python number."""
    return hasattr(value, "_k")


def filled(x, number):
    """`number` in x's shape and dtype; not `x * 0 + number`, which infinities and NaN would spoil."""
    return where(c.logical_or(c.eq(x, 0), c.ne(x, 0)), number, x)


# -- unary ---------------------------------------------------------------------------------------------------------------


@u.acos.decompose
def _(self):
    return b.rsub(u.asin(self), pi / 2)


@u.acosh.decompose
def _(self):
    if self.is_complex():
        return u.log(self + u.sqrt(self + 1) * u.sqrt(self - 1))
    big = u.log(self) + LN2  # beyond 1e8 the 1 under the root is lost, and the square may overflow
    return where(c.lt(self, 1e8), u.log1p((self - 1) + u.sqrt(self - 1) * u.sqrt(self + 1)), big)


@u.angle.decompose
def _(self):
    if self.is_complex():
        return b.atan2(self.imag, self.real)
    return where(c.isnan(self), self * 1.0, where(c.lt(self, 0), pi, 0.0))


@u.asin.decompose
def _(self):
    if self.is_complex():
        return u.asinh(self * 1j) * -1j
    return b.atan2(self, u.sqrt((1 - self) * (1 + self)))


@u.asinh.decompose
def _(self):
    if self.is_complex():
        left = c.lt(self.real, 0)  # where the sum under the logarithm would cancel; asinh is odd
        x = where(left, -self, self)
        x = u.log(x + u.sqrt(x * x + 1))
        return where(left, -x, x)
    x = u.abs(self)
    small = u.log1p(x + x * x / (1 + u.sqrt(x * x + 1)))
    return b.copysign(where(c.lt(x, 1e8), small, u.log(x) + LN2), self)


@u.atan.decompose
def _(self):
    if self.is_complex():
        return (u.log(1 + self * 1j) - u.log(1 - self * 1j)) * -0.5j
    return b.atan2(self, filled(self, 1))


@u.atanh.decompose
def _(self):
    return (u.log1p(self) - u.log1p(-self)) * 0.5


@u.ceil.decompose
def _(self):
    return -u.floor(-self)


def _half_exp(x):
    """exp(|x| / 2): its square may overflow only where the result does."""
    return u.exp(u.abs(x) * 0.5)


@u.cosh.decompose
def _(self):
    if self.is_complex():
        return (u.exp(self) + u.exp(-self)) * 0.5
    e = _half_exp(self)
    return (e * 0.5) * e + b.div_tensor(0.5, e * e)


@u.log10.decompose
def _(self):
    return u.log(self) * (1 / log(10))


@u.log2.decompose
def _(self):
    return u.log(self) * (1 / LN2)


@u.nan_to_num.decompose
def _(self, nan, posinf, neginf):
    if not self.is_floating_point():
        return self * 1
    largest = _largest(self.dtype)
    top = largest if posinf is None else posinf
    bottom = -largest if neginf is None else neginf
    x = where(c.isnan(self), 0.0 if nan is None else nan, self)
    return where(c.eq(x, inf), top, where(c.eq(x, -inf), bottom, x))


def _largest(kind):
    from ft_core import finfo  # noqa: PLC0415  # finfo reads tables that only this op needs

    return finfo(kind).max


@u.positive.decompose
def _(self):
    if self.dtype.category == 0:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return self


@u.reciprocal.decompose
def _(self):
    return b.div_tensor(1, self)


@u.sgn.decompose
def _(self):
    if not self.is_complex():
        return u.sign(self)
    size = u.abs(self)
    return where(c.eq(size, 0), 0, self / size)


@u.sigmoid.decompose
def _(self):
    return b.div_tensor(1, 1 + u.exp(-self))


@u.sign.decompose
def _(self):
    return where(c.gt(self, 0), 1, where(c.lt(self, 0), -1, self * 0 if not self.is_floating_point() else 0.0))


@u.signbit.decompose
def _(self):
    return c.lt(b.copysign(filled(self, 1), self), 0) if self.is_floating_point() else c.lt(self, 0)


@u.sinc.decompose
def _(self):
    x = self * pi
    return where(c.eq(self, 0), 1.0, u.sin(x) / x)


@u.sinh.decompose
def _(self):
    if self.is_complex():
        return (u.exp(self) - u.exp(-self)) * 0.5
    x = u.abs(self)
    t, e = u.expm1(x), _half_exp(x)
    near = (t + t / (t + 1)) * 0.5
    far = (e * 0.5) * e - b.div_tensor(0.5, e * e)
    return b.copysign(where(c.lt(x, 1), near, far), self)


@u.tan.decompose
def _(self):
    return u.sin(self) / u.cos(self)


@u.tanh.decompose
def _(self):
    if self.is_complex():
        right = c.gt(self.real, 0)  # to the left the exponential cannot overflow, and tanh is odd
        e = u.exp(where(right, -self, self) * 2)
        t = (e - 1) / (e + 1)
        return where(right, -t, t)
    t = u.expm1(u.abs(self) * -2.0)
    return b.copysign(-t / (t + 2), self)


@u.trunc.decompose
def _(self):
    return where(c.lt(self, 0), -u.floor(-self), u.floor(self))


# -- binary --------------------------------------------------------------------------------------------------------------


@b.sub.decompose
def _(self, other, alpha):
    return b.add(self, other, -alpha)


@b.fmax.decompose
def _(self, other):
    return where(c.logical_or(c.lt(self, other), c.isnan(self)), other, self)


@b.fmin.decompose
def _(self, other):
    return where(c.logical_or(c.lt(other, self), c.isnan(self)), other, self)


@b.maximum.decompose
def _(self, other):
    return where(c.logical_or(c.lt(other, self), c.isnan(self)), self, other)


@b.minimum.decompose
def _(self, other):
    return where(c.logical_or(c.lt(self, other), c.isnan(self)), self, other)


@b.lcm.decompose
def _(self, other):
    g = b.gcd(self, other)
    return u.abs(b.floor_divide(self, where(c.eq(g, 0), 1, g)) * other)


@b.heaviside.decompose
def _(self, values):
    return where(c.eq(self, 0), values, where(c.gt(self, 0), 1, where(c.lt(self, 0), 0, self)))


@b.hypot.decompose
def _(self, other):
    x, y = abs(self), abs(other)
    large, small = b.fmax(x, y), b.fmin(x, y)
    ratio = where(c.eq(large, 0), 0.0, small / large)
    return where(c.eq(large, inf), inf, where(c.isnan(x + y), nan, large * u.sqrt(ratio * ratio + 1)))


@b.lerp.decompose
def _(self, end, weight):
    near = self + weight * (end - self)
    if isinstance(weight, (int, float)):
        return near if -0.5 < weight < 0.5 else end - (end - self) * (1 - weight)
    return where(c.lt(u.abs(weight), 0.5), near, end - (end - self) * (1 - weight))


@b.logaddexp.decompose
def _(self, other):
    if self.is_complex():
        left = c.ge(self.real, other.real)
        high, low = where(left, self, other), where(left, other, self)
        return high + u.log1p(u.exp(low - high))
    return where(c.eq(self, other), self + LN2, b.maximum(self, other) + u.log1p(u.exp(-u.abs(self - other))))


@b.logaddexp2.decompose
def _(self, other):
    grown = u.log1p(u.exp(u.abs(self - other) * -LN2)) * (1 / LN2)
    return where(c.eq(self, other), self + 1.0, b.maximum(self, other) + grown)


@b.remainder.decompose
def _(self, other):
    r = b.fmod(self if is_tensor(self) else filled(other, self), other)
    wrong = c.logical_and(c.ne(r, 0), c.ne(c.lt(r, 0), c.lt(other, 0) if is_tensor(other) else other < 0))
    return where(wrong, r + other, r)


@b.xlogy.decompose
def _(self, other):
    if not is_tensor(other):
        factor = log(other) if other > 0 else -inf if other == 0 else nan
        return where(c.eq(self, 0), nan if other != other else 0.0, self * factor)
    if not is_tensor(self):
        return u.log(other) * self if self else where(c.isnan(other), nan, 0.0)
    return where(c.isnan(other), nan, where(c.eq(self, 0), 0.0, self * u.log(other)))


# -- bits ----------------------------------------------------------------------------------------------------------------


def _is_bool(x):
    return x.dtype.category == 0


@bits.bitwise_not.decompose
def _(self):
    return c.logical_not(self) if _is_bool(self) else -1 - self


@bits.bitwise_or.decompose
def _(self, other):
    both = bits.bitwise_and(self, other)
    return c.ne(both, c.ne(self, other)) if _is_bool(both) else self + other - both


@bits.bitwise_xor.decompose
def _(self, other):
    both = bits.bitwise_and(self, other)
    return c.ne(self, other) if _is_bool(both) else self + other - 2 * both


# -- compare -------------------------------------------------------------------------------------------------------------


@c.ge.decompose
def _(self, other):
    return c.logical_or(c.gt(self, other), c.eq(self, other))


@c.gt.decompose
def _(self, other):
    if is_tensor(other):
        return c.lt(other, self)
    above = c.logical_not(c.logical_or(c.lt(self, other), c.eq(self, other)))
    return c.logical_and(above, c.eq(self, self if other == other else other))


@c.le.decompose
def _(self, other):
    return c.logical_or(c.lt(self, other), c.eq(self, other))


@c.ne.decompose
def _(self, other):
    return c.logical_not(c.eq(self, other))


@c.isfinite.decompose
def _(self):
    return c.eq(self * 0, 0)


@c.isinf.decompose
def _(self):
    return c.logical_and(c.eq(self, self), c.ne(self * 0, 0))


@c.isnan.decompose
def _(self):
    return c.ne(self, self)


@c.isneginf.decompose
def _(self):
    return c.eq(self, -inf)


@c.isposinf.decompose
def _(self):
    return c.eq(self, inf)


@c.isreal.decompose
def _(self):
    if self.is_complex():
        return c.eq(self.imag, 0)
    return c.logical_or(c.eq(self, self), c.ne(self, self))


@c.logical_and.decompose
def _(self, other):
    return where(c.eq(self, 0), False, c.ne(other, 0))


@c.logical_not.decompose
def _(self):
    return c.eq(self, 0)


@c.logical_or.decompose
def _(self, other):
    return where(c.eq(self, 0), c.ne(other, 0), True)


@c.logical_xor.decompose
def _(self, other):
    return c.ne(c.ne(self, 0), c.ne(other, 0))


@c.clamp.decompose
def _(self, min, max):
    x = self
    if min is not None:
        x = b.maximum(x, min) if is_tensor(min) else where(c.lt(x, min), min, x)
    if max is not None:
        x = b.minimum(x, max) if is_tensor(max) else where(c.gt(x, max), max, x)
    return x
