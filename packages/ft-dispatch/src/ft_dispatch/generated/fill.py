"""Wrappers of the `fill` family, generated from ft_dispatch/ops/fill.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_copy = OPS['copy']
_copy_table = _copy.table


def copy(input, src, non_blocking=False):
    """src in the shape, dtype and device of self.

    aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _copy_table[k]
        ok, non_blocking, = memo[input._a.shape, src._a.shape, non_blocking]
        a = st.run(leaf, input._a, src._a, non_blocking, out=dest)
    except _MISS:
        return call(_copy, copy, (input, src, non_blocking))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, src, non_blocking)


def copy_(input, src, non_blocking=False):
    """In-place form of `copy`."""
    return call_inplace(_copy, copy_, (input, src, non_blocking))


_fill_Scalar = OPS['fill.Scalar']
_fill_Scalar_table = _fill_Scalar.table
_fill_Scalar_inplace = _fill_Scalar.inplace_table


def fill_Scalar(input, value):
    """Every element set to one number.

    aten::fill.Scalar(Tensor self, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        leaf, dest, ok, rec, full = _fill_Scalar_table[input._k | st.bits]
        a = st.run(full, input._a, value, out=dest)
    except _MISS:
        pass
    else:
        o = new(Tensor)
        o._a = a
        o._k = ok
        o._ver = o._grad = o._base = o._storage = o._node = None
        return o if rec is None else rec(o, input, value)
    return call(_fill_Scalar, fill_Scalar, (input, value))


def fill_Scalar_(input, value):
    """In-place form of `fill_Scalar`."""
    try:
        st = TL.st
        leaf, full = _fill_Scalar_inplace[input._k | st.bits]
        a = input._a
        st.run(full, a, value, out=a)
    except _MISS:
        pass
    else:
        cell = input._ver
        if cell is None:
            input._ver = [1]
        else:
            cell[0] += 1
        return input
    return call_inplace(_fill_Scalar, fill_Scalar_, (input, value))
