"""Bits: and, or, xor and shifts of integers and bool, and the exclusive or of all bits that is a tensor's checksum; no gradient."""

from ft_core import float64, uint64

from ..kinds import ELEMENTWISE, REDUCTION, SAME
from ..meta import reduced_shape
from ..op import op
from ..registry import binding
from .extreme import distinct


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
)
bitwise_or = _bits("bitwise_or", "Bitwise or; logical or of bool.", "__or__ __ror__ __ior__")
bitwise_right_shift = _bits("bitwise_right_shift", "Arithmetic shift to the right.", "__rshift__ __irshift__ ~__rrshift__")
bitwise_xor = _bits("bitwise_xor", "Bitwise exclusive or.", "__xor__ __rxor__ __ixor__")


@binding("__invert__", function=False, shown_by=(bitwise_not,))
def invert(self):
    """~self, of integers and bool. TypeError for others."""
    if self.dtype.category > 1:
        raise TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    return bitwise_not.wrapper(self)


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


hash_tensor = op(
    "hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor",
    "Exclusive or of the elements' bits (of float64 for floats, of 64-bit integers for the rest): uint64.",
    kind=REDUCTION,
    out=True,
    differentiable=False,
)


@hash_tensor.meta
def _(self, dim, keepdim, mode):
    if mode != 0:
        raise RuntimeError(f"Unknown hash_tensor mode: {mode}")
    if self.dtype.is_complex:
        raise NotImplementedError(f"\"xor_sum_cpu\" not implemented for '{self.dtype.scalar_name}'")
    distinct(dim)
    if self.numel() == 0 and not dim:
        raise RuntimeError(
            "hash_tensor: Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' "
            "argument."
        )
    for d in dim:
        if self.ndim and self.shape[d] == 0:
            raise IndexError(f"hash_tensor: Expected reduction dim {d} to have non-zero size.")
    return [(reduced_shape(tuple(self.shape), dim, keepdim), uint64)]


@hash_tensor.decompose
def _(self, dim, keepdim, mode):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    bits = self.to(float64).contiguous().view(uint64) if self.is_floating_point() else self.to(uint64)
    for d in (dim or range(self.ndim)) if self.ndim else ():
        while bits.shape[d] > 1:  # one half against the other: as many rounds as the size has bits
            n = bits.shape[d]
            pairs = bits.narrow(d, 0, n // 2) ^ bits.narrow(d, n // 2, n // 2)
            bits = surface.cat([pairs, bits.narrow(d, n - 1, 1)], d) if n % 2 else pairs
    return bits.reshape(reduced_shape(tuple(self.shape), dim, keepdim))
