"""Wrappers of the `fill` family, generated from ft_dispatch/ops/fill.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_copy = OPS['copy']
table_copy = op_copy.table


def copy(input, src, non_blocking=False):
    """src in the shape, dtype and device of self.

    aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | src._k | st.bits
        dest, rec, dense, memo = table_copy[keys]
        leaf, ok, non_blocking, = memo[input._a.shape, src._a.shape, non_blocking]
        arr = st.run(leaf, input._a, src._a, non_blocking, out=dest)
    except _MISS:
        return call(op_copy, copy, (input, src, non_blocking))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, src, non_blocking)


def copy_(input, src, non_blocking=False):
    """In-place form of `copy`."""
    return call_inplace(op_copy, copy_, (input, src, non_blocking))


op_fill_Scalar = OPS['fill.Scalar']
table_fill_Scalar = op_fill_Scalar.table
inplace_fill_Scalar = op_fill_Scalar.inplace_table


def fill_Scalar(input, value):
    """Every element set to one number.

    aten::fill.Scalar(Tensor self, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, whole = table_fill_Scalar[input._k | st.bits]
        if not (value.__class__ in _NUMBERS):
            raise KeyError
        arr = st.run(whole, input._a, value, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, value)
    return call(op_fill_Scalar, fill_Scalar, (input, value))


def fill_Scalar_(input, value):
    """In-place form of `fill_Scalar`."""
    try:
        st = TL.st
        leaf, whole = inplace_fill_Scalar[input._k | st.bits]
        arr = input._a
        if not (value.__class__ in _NUMBERS):
            raise KeyError
        st.run(whole, arr, value, out=arr)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(op_fill_Scalar, fill_Scalar_, (input, value))
