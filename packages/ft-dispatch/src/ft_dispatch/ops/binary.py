"""Elementwise arithmetic of two (or three) tensors that broadcast: the second exemplar family.

Python numbers may stand for the second tensor. Comparisons are in `compare`, bits in `bitwise`.
"""

from ft_core import Tensor

from ..kinds import ELEMENTWISE, FLOAT, SAME
from ..op import op
from ..registry import binding

add = op(
    "add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
    "input + alpha * other.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__add__ __radd__ __iadd__",
    numbers="self other",
    older=True,
)
addcdiv = op(
    "addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
    "input + value * tensor1 / tensor2.",
    kind=ELEMENTWISE,
    promote=SAME,
    older=True,
)
addcmul = op(
    "addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
    "input + value * tensor1 * tensor2.",
    kind=ELEMENTWISE,
    promote=SAME,
    older=True,
)
atan2 = op(
    "atan2(Tensor self, Tensor other) -> Tensor",
    "Angle of the point (other, input).",
    kind=ELEMENTWISE,
    promote=FLOAT,
    aliases="arctan2",
)
copysign = op(
    "copysign.Tensor(Tensor self, Tensor other) -> Tensor",
    "Magnitude of input, sign of other.",
    kind=ELEMENTWISE,
    promote=FLOAT,
    number_overload="Scalar",
)
div_tensor = op(
    "div.Tensor(Tensor self, Tensor other) -> Tensor",
    "input / other, true division.",
    kind=ELEMENTWISE,
    promote=FLOAT,
    variants="",
    inplace=True,
    out=True,
    operators="__truediv__ __itruediv__",
    numbers="self other",
)
div_mode = op(
    "div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor",
    "input / other, rounded towards zero ('trunc') or down ('floor').",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="",
    inplace=True,
    out=True,
    numbers="self other",
)
floor_divide = op(
    "floor_divide(Tensor self, Tensor other) -> Tensor",
    "input / other, rounded down.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__floordiv__ __ifloordiv__ ~__rfloordiv__",
    numbers="self other",
)
fmax = op(
    "fmax(Tensor self, Tensor other) -> Tensor", "Larger element; the other one where one is NaN.", kind=ELEMENTWISE, promote=SAME
)
fmin = op(
    "fmin(Tensor self, Tensor other) -> Tensor", "Smaller element; the other one where one is NaN.", kind=ELEMENTWISE, promote=SAME
)
fmod = op(
    "fmod.Tensor(Tensor self, Tensor other) -> Tensor",
    "Remainder with the sign of the dividend.",
    kind=ELEMENTWISE,
    promote=SAME,
    number_overload="Scalar",
)
gcd = op(
    "gcd(Tensor self, Tensor other) -> Tensor",
    "Greatest common divisor of integers.",
    kind=ELEMENTWISE,
    promote=SAME,
    differentiable=False,
)
heaviside = op(
    "heaviside(Tensor self, Tensor values) -> Tensor",
    "0, values or 1 by the sign of input.",
    kind=ELEMENTWISE,
    promote=SAME,
    differentiable=False,
)
hypot = op(
    "hypot(Tensor self, Tensor other) -> Tensor", "sqrt(input^2 + other^2) without overflow.", kind=ELEMENTWISE, promote=SAME
)
lcm = op(
    "lcm(Tensor self, Tensor other) -> Tensor",
    "Least common multiple of integers.",
    kind=ELEMENTWISE,
    promote=SAME,
    differentiable=False,
)
ldexp = op("ldexp.Tensor(Tensor self, Tensor other) -> Tensor", "input * 2^other.", kind=ELEMENTWISE, promote=FLOAT)
lerp = op(
    "lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor",
    "input + weight * (end - input).",
    kind=ELEMENTWISE,
    promote=SAME,
    number_overload="Scalar",
)
logaddexp = op("logaddexp(Tensor self, Tensor other) -> Tensor", "log(exp(input) + exp(other)).", kind=ELEMENTWISE, promote=FLOAT)
logaddexp2 = op("logaddexp2(Tensor self, Tensor other) -> Tensor", "log2(2^input + 2^other).", kind=ELEMENTWISE, promote=FLOAT)
maximum = op(
    "maximum(Tensor self, Tensor other) -> Tensor",
    "Larger element, NaN if either is.",
    kind=ELEMENTWISE,
    promote=SAME,
    inplace=False,
)
minimum = op(
    "minimum(Tensor self, Tensor other) -> Tensor",
    "Smaller element, NaN if either is.",
    kind=ELEMENTWISE,
    promote=SAME,
    inplace=False,
)
mul = op(
    "mul.Tensor(Tensor self, Tensor other) -> Tensor",
    "input * other.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__mul__ __rmul__ __imul__",
    aliases="multiply",
    numbers="self other",
)
nextafter = op(
    "nextafter(Tensor self, Tensor other) -> Tensor",
    "Next floating point number after input towards other.",
    kind=ELEMENTWISE,
    promote=SAME,
)
pow = op(
    "pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
    "input to the power of exponent.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__pow__ __ipow__ ~__rpow__",
    number_overload="Tensor_Scalar",
    numbers="self exponent",
)


pow.checks_numbers = True


@pow.check
def _(self, exponent):
    if type(exponent) is int and exponent < 0 and isinstance(self, Tensor) and self.dtype.category == 1:
        raise RuntimeError("Integers to negative integer powers are not allowed.")


remainder = op(
    "remainder.Tensor(Tensor self, Tensor other) -> Tensor",
    "Remainder with the sign of the divisor.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__mod__ __imod__ ~__rmod__",
    number_overload="Scalar",
    numbers="self other",
)
rsub = op(
    "rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
    "other - alpha * input.",
    kind=ELEMENTWISE,
    promote=SAME,
    inplace=False,
    out=False,
    operators="__rsub__",
    number_overload="Scalar",
)
sub = op(
    "sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
    "input - alpha * other.",
    kind=ELEMENTWISE,
    promote=SAME,
    operators="__sub__ __isub__",
    aliases="subtract",
    numbers="self other",
    older=True,
)
xlogy = op(
    "xlogy.Tensor(Tensor self, Tensor other) -> Tensor",
    "input * log(other), 0 where input is 0.",
    kind=ELEMENTWISE,
    promote=FLOAT,
    python="special.xlogy",
    numbers="self other",
)


@sub.check
@rsub.check
def _(self, other, alpha):
    bools = [value.dtype.category == 0 if isinstance(value, Tensor) else isinstance(value, bool) for value in (self, other)]
    if all(bools):
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead."
        )
    if any(bools):
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or "
            "`logical_not()` operator instead."
        )


def _floats_only(name):
    def check(self, other):
        for value in (self, other):
            if getattr(value, "dtype", None) is not None and value.dtype.category < 2:
                raise NotImplementedError(f"\"{name}_cpu\" not implemented for '{value.dtype.scalar_name}'")

    return check


hypot.check(_floats_only("hypot"))
nextafter.check(_floats_only("nextafter"))


@rsub.decompose
def _(self, other, alpha):
    return sub(other, self, alpha)  # not `other - …`: where other is a number, Python would ask for rsub again


@addcmul.decompose
def _(self, tensor1, tensor2, value):
    return self + tensor1 * tensor2 * value


@addcdiv.decompose
def _(self, tensor1, tensor2, value):
    return self + tensor1 / tensor2 * value


@ldexp.decompose
def _(self, other):
    return self * (2.0**other)


@div_mode.check
def _(self, other, rounding_mode):
    if rounding_mode not in (None, "trunc", "floor"):
        raise RuntimeError(f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{rounding_mode}'")


@div_mode.decompose
def _(self, other, rounding_mode):
    quotient = self / other
    return quotient if rounding_mode is None else quotient.trunc() if rounding_mode == "trunc" else quotient.floor()


@binding("div", aliases="divide")
def div(input, other, *, rounding_mode=None, out=None):
    """input / other; `rounding_mode` None (true division), "trunc" or "floor"."""
    if rounding_mode is None:
        return div_tensor.wrapper(input, other, out=out)
    return div_mode.wrapper(input, other, rounding_mode=rounding_mode, out=out)


@binding("div_", function=False, aliases="divide_")
def div_(input, other, *, rounding_mode=None):
    """In-place form of `div`."""
    if rounding_mode is None:
        return div_tensor.inplace_wrapper(input, other)
    return div_mode.inplace_wrapper(input, other, rounding_mode=rounding_mode)


@binding("true_divide")
def true_divide(input, other, *, out=None):
    """input / other."""
    return div_tensor.wrapper(input, other, out=out)


@binding("true_divide_", function=False)
def true_divide_(input, other):
    """In-place form of `true_divide`."""
    return div_tensor.inplace_wrapper(input, other)


@binding("__rtruediv__", function=False, aliases="__rdiv__")
def rtruediv(input, other):
    """other / input, as torch writes it: the reciprocal, times other."""
    return input.reciprocal() * other
