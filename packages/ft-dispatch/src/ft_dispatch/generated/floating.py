"""Wrappers of the `floating` family, generated from ft_dispatch/ops/floating.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op_float_power_Scalar = OPS['float_power.Scalar']


def float_power_Scalar(input, exponent, *, out=None):
    """One number to the power of exponent, in double precision.

    aten::float_power.Scalar(Scalar self, Tensor exponent) -> Tensor
    """
    try:
        keys = exponent._k | TL.st.bits
    except AttributeError:
        return call(op_float_power_Scalar, float_power_Scalar, (input, exponent), out)
    if keys & 4331608735776:
        return call(op_float_power_Scalar, float_power_Scalar, (input, exponent), out)
    if out is not None:
        return call(op_float_power_Scalar, float_power_Scalar, (input, exponent), out)
    return op_float_power_Scalar.decomposition(*canonical(op_float_power_Scalar, (input, exponent)))


op_float_power_Tensor_Scalar = OPS['float_power.Tensor_Scalar']


def float_power_Tensor_Scalar(input, exponent, *, out=None):
    """input to the power of one number, in double precision.

    aten::float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_float_power_Tensor_Scalar, float_power_Tensor_Scalar, (input, exponent), out)
    if keys & 4331608735776:
        return call(op_float_power_Tensor_Scalar, float_power_Tensor_Scalar, (input, exponent), out)
    if out is not None:
        return call(op_float_power_Tensor_Scalar, float_power_Tensor_Scalar, (input, exponent), out)
    return op_float_power_Tensor_Scalar.decomposition(*canonical(op_float_power_Tensor_Scalar, (input, exponent)))


op_float_power_Tensor_Tensor = OPS['float_power.Tensor_Tensor']


def float_power_Tensor_Tensor(input, exponent, *, out=None):
    """input to the power of exponent, in double precision.

    aten::float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor
    """
    try:
        keys = input._k | exponent._k | TL.st.bits
    except AttributeError:
        return call(op_float_power_Tensor_Tensor, float_power_Tensor_Tensor, (input, exponent), out)
    if keys & 4331608735776:
        return call(op_float_power_Tensor_Tensor, float_power_Tensor_Tensor, (input, exponent), out)
    if out is not None:
        return call(op_float_power_Tensor_Tensor, float_power_Tensor_Tensor, (input, exponent), out)
    return op_float_power_Tensor_Tensor.decomposition(*canonical(op_float_power_Tensor_Tensor, (input, exponent)))


op_frexp_Tensor = OPS['frexp.Tensor']
table_frexp_Tensor = op_frexp_Tensor.table


def frexp_Tensor(input, *, out=None):
    """Mantissa in [0.5, 1) and int32 exponent: input = mantissa * 2^exponent.

    aten::frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_frexp_Tensor[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_frexp_Tensor, frexp_Tensor, (input,), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input)
