"""Floating point numbers as such: powers that are always computed in double precision, and numbers taken apart.

float_power promotes like nothing else: the result is float64, or complex128 where an operand is complex. So its in-place and `out=`
forms refuse every other dtype instead of casting down.
"""

from ft_core import Tensor, complex128, float64, int32

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import binding
from ..return_types import structure
from .reduction import scalar_type

_both = op(
    "float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
    "input to the power of exponent, in double precision.",
    kind=COMPOSITE,
    variants="",
    out=True,
)
_to_number = op(
    "float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor",
    "input to the power of one number, in double precision.",
    kind=COMPOSITE,
    variants="",
    out=True,
)
_of_number = op(
    "float_power.Scalar(Scalar self, Tensor exponent) -> Tensor",
    "One number to the power of exponent, in double precision.",
    kind=COMPOSITE,
    variants="",
    out=True,
)
frexp = op(
    "frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)",
    "Mantissa in [0.5, 1) and int32 exponent: input = mantissa * 2^exponent.",
    kind=OPAQUE,
    variants="",
    out=True,
)


@frexp.meta
def _(self):
    if self.dtype.category != 2:
        raise RuntimeError("torch.frexp() only supports floating-point dtypes")
    return [(tuple(self.shape), self.dtype), (tuple(self.shape), int32)]


@frexp.decompose
def _(self):
    plain = (self != 0) & self.isfinite()
    x = self.where(plain, 0.75)
    e = x.abs().log2().floor() + 1
    half = (e / 2).floor()
    m = x * (-half).exp2() * (half - e).exp2()  # in two steps: the power that lifts the smallest number is out of range
    # the logarithm may fall on the wrong side of a power of two
    high, low = m.abs() >= 1, m.abs() < 0.5
    m = m * (1 - high * 0.5) * (1 + low * 1.0)
    e = e + high.to(e.dtype) - low.to(e.dtype)
    return m.where(plain, self), e.masked_fill(plain.logical_not(), 0).to(int32)


def _wide(*operands):
    """float64, or complex128 where an operand is complex."""
    turned = any(x.dtype.is_complex if isinstance(x, Tensor) else isinstance(x, complex) for x in operands)
    return complex128 if turned else float64


@_both.decompose
def _(self, exponent):
    kind = _wide(self, exponent)
    return self.to(kind).pow(exponent.to(kind))


@_to_number.decompose
def _(self, exponent):
    return self.to(_wide(self, exponent)).pow(exponent if isinstance(exponent, complex) else float(exponent))


@_of_number.decompose
def _(self, exponent):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface.pow(self if isinstance(self, complex) else float(self), exponent.to(_wide(self, exponent)))


def _record(input, exponent):
    """The overload for these operands; TypeError unless one is a tensor and the other a tensor or a number."""
    tensors = isinstance(input, Tensor), isinstance(exponent, Tensor)
    others = [x for x in (input, exponent) if not isinstance(x, Tensor)]
    if not any(tensors) or not all(isinstance(x, (bool, int, float, complex)) for x in others):
        got = ", ".join(type(x).__name__ for x in (input, exponent))
        raise TypeError(
            f"float_power() received an invalid combination of arguments - got ({got}), but expected a Tensor and a Tensor or Number"
        )
    return _both if all(tensors) else _to_number if tensors[0] else _of_number


def _fits(what, target, *operands):
    kind = _wide(*operands)
    if target.dtype is not kind:
        raise RuntimeError(
            f"the {what} has dtype {scalar_type(target.dtype)} but the operation's result requires dtype {scalar_type(kind)}"
        )


@binding("float_power")
def float_power(input, exponent, *, out=None):
    """input ** exponent in float64 (complex128 where one is complex); either may be a number. RuntimeError for another `out`."""
    record = _record(input, exponent)
    if out is not None:
        _fits("output given to float_power", out, input, exponent)
    return record.wrapper(input, exponent, out=out)


@binding("float_power_", function=False)
def float_power_(input, exponent):
    """In-place form of `float_power`; RuntimeError unless input has the dtype of the result."""
    record = _record(input, exponent)
    _fits("base given to float_power_", input, input, exponent)
    made = record.wrapper(input, exponent)
    if tuple(made.shape) != tuple(input.shape):
        raise RuntimeError(f"output with shape {list(input.shape)} doesn't match the broadcast shape {list(made.shape)}")
    return input.copy_(made)


_FREXP = structure("frexp", "mantissa exponent")


@binding("frexp")
def frexp_(input, *, out=None):
    """(mantissa, exponent): input = mantissa * 2^exponent, the mantissa's size in [0.5, 1), the exponent int32. Floats only."""
    return _FREXP(*frexp.wrapper(input, out=out))
