"""Elementwise functions of one tensor: exponentials, trigonometry, rounding, signs. The exemplar family: short records, nothing else.

Special functions (erf, gamma, Bessel) are in `special`, activations in `activation`, predicates in `compare`.
"""

from math import log as _log
from math import pi

from ..kinds import BOOL, COMPOSITE, ELEMENTWISE, FLOAT, FLOAT_REAL, NUMBER, REAL, SAME
from ..op import op

abs = op(
    "abs(Tensor self) -> Tensor",
    "Absolute value; the modulus of a complex number.",
    kind=ELEMENTWISE,
    promote=REAL,
    operators="__abs__",
    aliases="absolute",
)
acos = op("acos(Tensor self) -> Tensor", "Inverse cosine.", kind=ELEMENTWISE, promote=FLOAT, aliases="arccos")
acosh = op("acosh(Tensor self) -> Tensor", "Inverse hyperbolic cosine.", kind=ELEMENTWISE, promote=FLOAT, aliases="arccosh")
angle = op(
    "angle(Tensor self) -> Tensor",
    "Argument of a complex number; 0 or pi for real ones.",
    kind=ELEMENTWISE,
    promote=FLOAT_REAL,
    inplace=False,
)
asin = op("asin(Tensor self) -> Tensor", "Inverse sine.", kind=ELEMENTWISE, promote=FLOAT, aliases="arcsin")
asinh = op("asinh(Tensor self) -> Tensor", "Inverse hyperbolic sine.", kind=ELEMENTWISE, promote=FLOAT, aliases="arcsinh")
atan = op("atan(Tensor self) -> Tensor", "Inverse tangent.", kind=ELEMENTWISE, promote=FLOAT, aliases="arctan")
atanh = op("atanh(Tensor self) -> Tensor", "Inverse hyperbolic tangent.", kind=ELEMENTWISE, promote=FLOAT, aliases="arctanh")
ceil = op("ceil(Tensor self) -> Tensor", "Smallest integer not below.", kind=ELEMENTWISE, promote=SAME)
conj_physical = op("conj_physical(Tensor self) -> Tensor", "Complex conjugate, carried out.", kind=ELEMENTWISE, promote=SAME)
cos = op("cos(Tensor self) -> Tensor", "Cosine of radians.", kind=ELEMENTWISE, promote=FLOAT)
cosh = op("cosh(Tensor self) -> Tensor", "Hyperbolic cosine.", kind=ELEMENTWISE, promote=FLOAT)
deg2rad = op("deg2rad(Tensor self) -> Tensor", "Degrees to radians.", kind=ELEMENTWISE, promote=FLOAT)
exp = op("exp(Tensor self) -> Tensor", "e to the power of each element.", kind=ELEMENTWISE, promote=FLOAT)
exp2 = op("exp2(Tensor self) -> Tensor", "2 to the power of each element.", kind=ELEMENTWISE, promote=FLOAT, python="special.exp2")
expm1 = op(
    "expm1(Tensor self) -> Tensor", "exp(x) - 1, exact for small x.", kind=ELEMENTWISE, promote=FLOAT, python="special.expm1"
)
floor = op("floor(Tensor self) -> Tensor", "Largest integer not above.", kind=ELEMENTWISE, promote=SAME)
frac = op("frac(Tensor self) -> Tensor", "Fractional part, with the sign of the input.", kind=ELEMENTWISE, promote=SAME)
log = op("log(Tensor self) -> Tensor", "Natural logarithm.", kind=ELEMENTWISE, promote=FLOAT)
log10 = op("log10(Tensor self) -> Tensor", "Logarithm to base 10.", kind=ELEMENTWISE, promote=FLOAT)
log1p = op(
    "log1p(Tensor self) -> Tensor", "log(1 + x), exact for small x.", kind=ELEMENTWISE, promote=FLOAT, python="special.log1p"
)
log2 = op("log2(Tensor self) -> Tensor", "Logarithm to base 2.", kind=ELEMENTWISE, promote=FLOAT)
nan_to_num = op(
    "nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor",
    "NaN and infinities replaced (default: 0 and the dtype's largest values).",
    kind=ELEMENTWISE,
    promote=SAME,
)
neg = op("neg(Tensor self) -> Tensor", "Negative.", kind=ELEMENTWISE, promote=SAME, operators="__neg__", aliases="negative")
positive = op(
    "positive(Tensor self) -> Tensor",
    "The input itself, not a copy; RuntimeError for bool.",
    kind=COMPOSITE,
    operators="__pos__",
)
rad2deg = op("rad2deg(Tensor self) -> Tensor", "Radians to degrees.", kind=ELEMENTWISE, promote=FLOAT)
reciprocal = op("reciprocal(Tensor self) -> Tensor", "1 / x.", kind=ELEMENTWISE, promote=FLOAT)
round = op(
    "round.decimals(Tensor self, *, int decimals=0) -> Tensor",
    "Nearest integer, halves to even; or to `decimals` places.",
    kind=ELEMENTWISE,
    promote=SAME,
    python="special.round",
)
rsqrt = op("rsqrt(Tensor self) -> Tensor", "1 / sqrt(x).", kind=ELEMENTWISE, promote=FLOAT)
sgn = op(
    "sgn(Tensor self) -> Tensor", "x / |x| for complex numbers, the sign for real ones, 0 at 0.", kind=ELEMENTWISE, promote=SAME
)
sigmoid = op(
    "sigmoid(Tensor self) -> Tensor",
    "1 / (1 + exp(-x)).",
    kind=ELEMENTWISE,
    promote=FLOAT,
    python="special.expit nn.functional.sigmoid",
)
sign = op("sign(Tensor self) -> Tensor", "-1, 0 or 1.", kind=ELEMENTWISE, promote=SAME)
signbit = op(
    "signbit(Tensor self) -> Tensor",
    "Whether the sign bit is set (also of -0.0).",
    kind=ELEMENTWISE,
    promote=BOOL,
    inplace=False,
    differentiable=False,
)
sin = op("sin(Tensor self) -> Tensor", "Sine of radians.", kind=ELEMENTWISE, promote=FLOAT)
sinc = op("sinc(Tensor self) -> Tensor", "sin(pi x) / (pi x), 1 at 0.", kind=ELEMENTWISE, promote=FLOAT, python="special.sinc")
sinh = op("sinh(Tensor self) -> Tensor", "Hyperbolic sine.", kind=ELEMENTWISE, promote=FLOAT)
sqrt = op("sqrt(Tensor self) -> Tensor", "Square root.", kind=ELEMENTWISE, promote=FLOAT)
square = op("square(Tensor self) -> Tensor", "x * x.", kind=ELEMENTWISE, promote=NUMBER)
tan = op("tan(Tensor self) -> Tensor", "Tangent of radians.", kind=ELEMENTWISE, promote=FLOAT)
tanh = op("tanh(Tensor self) -> Tensor", "Hyperbolic tangent.", kind=ELEMENTWISE, promote=FLOAT, python="nn.functional.tanh")
trunc = op("trunc(Tensor self) -> Tensor", "Integer part.", kind=ELEMENTWISE, promote=SAME, aliases="fix")

# The backward of a function whose result is cheaper to reuse than to compute again is an op of its own, as in ATen.
sigmoid_backward = op(
    "sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor",
    "g * y * (1 - y), y conjugated where complex.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="",
)
tanh_backward = op(
    "tanh_backward(Tensor grad_output, Tensor output) -> Tensor",
    "g * (1 - y^2), y conjugated where complex.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="",
)


@neg.check
def _(self):
    if self.dtype.category == 0:
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or "
            "`logical_not()` operator instead."
        )


@deg2rad.decompose
def _(self):
    return self * (pi / 180)


@rad2deg.decompose
def _(self):
    return self * (180 / pi)


@exp2.decompose
def _(self):
    return (self * _log(2)).exp()


@frac.decompose
def _(self):
    return self - self.trunc()


@rsqrt.decompose
def _(self):
    return self.sqrt().reciprocal()


@square.decompose
def _(self):
    return self * self


@sigmoid_backward.decompose
def _(grad_output, output):
    y = output.conj_physical() if output.is_complex() else output
    return grad_output * (y * (1 - y))


@tanh_backward.decompose
def _(grad_output, output):
    y = output.conj_physical() if output.is_complex() else output
    return grad_output * (1 - y * y)
