"""Bits of integers and bool; no gradient."""

from ..kinds import ELEMENTWISE, SAME
from ..op import op


def _bits(name, doc, operators):
    return op(
        f"{name}.Tensor(Tensor self, Tensor other) -> Tensor",
        doc,
        kind=ELEMENTWISE,
        promote=SAME,
        differentiable=False,
        operators=operators,
        number_overload="Scalar",
        numbers="self other",
    )


bitwise_and = _bits("bitwise_and", "Bitwise and; logical and of bool.", "__and__ __rand__ __iand__")
bitwise_left_shift = _bits("bitwise_left_shift", "input * 2^other.", "__lshift__ __ilshift__ ~__rlshift__")
bitwise_not = op(
    "bitwise_not(Tensor self) -> Tensor",
    "Bitwise complement; logical not of bool.",
    kind=ELEMENTWISE,
    promote=SAME,
    differentiable=False,
    operators="__invert__",
)
bitwise_or = _bits("bitwise_or", "Bitwise or; logical or of bool.", "__or__ __ror__ __ior__")
bitwise_right_shift = _bits("bitwise_right_shift", "Arithmetic shift to the right.", "__rshift__ __irshift__ ~__rrshift__")
bitwise_xor = _bits("bitwise_xor", "Bitwise exclusive or.", "__xor__ __rxor__ __ixor__")


@bitwise_not.check
def _(self):
    _integral("bitwise_not", self)


@bitwise_and.check
def _(self, other):
    _integral("bitwise_and", self, other)


@bitwise_or.check
def _(self, other):
    _integral("bitwise_or", self, other)


@bitwise_xor.check
def _(self, other):
    _integral("bitwise_xor", self, other)


@bitwise_left_shift.check
def _(self, other):
    _integral("lshift", self, other)


@bitwise_right_shift.check
def _(self, other):
    _integral("rshift", self, other)


def _integral(name, *values):
    for value in values:
        kind = getattr(value, "dtype", None)
        if kind is not None and kind.category >= 2:
            raise NotImplementedError(f"\"{name}_cpu\" not implemented for '{kind.scalar_name}'")
        if isinstance(value, (float, complex)):
            raise NotImplementedError(
                f"\"{name}_cpu\" not implemented for '{'Float' if isinstance(value, float) else 'ComplexFloat'}'"
            )
