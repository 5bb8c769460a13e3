"""Wrappers of the `creation` family, generated from ft_dispatch/ops/creation.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_arange_start_step = OPS['arange.start_step']


def arange_start_step(start, end, step=1, *, dtype=None, layout=None, device=None, pin_memory=None):
    """start, start + step, … below end.

    aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_arange_start_step, arange_start_step, (start, end, step, dtype, layout, device, pin_memory))


_empty_memory_format = OPS['empty.memory_format']


def empty_memory_format(size, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Uninitialised.

    aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    return call(_empty_memory_format, empty_memory_format, (size, dtype, layout, device, pin_memory, memory_format))


_empty_like = OPS['empty_like']
_empty_like_table = _empty_like.table


def empty_like(input, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Uninitialised, in the shape of another.

    aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _empty_like_table[k]
        ok, dtype, layout, device, pin_memory, memory_format, = memo[input._a.shape, dtype, layout, device, pin_memory, memory_format]
        a = st.run(leaf, input._a, dtype, layout, device, pin_memory, memory_format, out=dest)
    except _MISS:
        return call(_empty_like, empty_like, (input, dtype, layout, device, pin_memory, memory_format))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dtype, layout, device, pin_memory, memory_format)


_empty_strided = OPS['empty_strided']


def empty_strided(size, stride, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Uninitialised, with given strides.

    aten::empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_empty_strided, empty_strided, (size, stride, dtype, layout, device, pin_memory))


_eye_m = OPS['eye.m']


def eye_m(n, m, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Ones on the diagonal, zeros elsewhere.

    aten::eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_eye_m, eye_m, (n, m, dtype, layout, device, pin_memory))


_full = OPS['full']


def full(size, fill_value, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Filled with one number.

    aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_full, full, (size, fill_value, dtype, layout, device, pin_memory))


_full_like = OPS['full_like']
_full_like_table = _full_like.table


def full_like(input, fill_value, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Filled with one number, in the shape of another.

    aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _full_like_table[k]
        ok, fill_value, dtype, layout, device, pin_memory, memory_format, = memo[input._a.shape, fill_value, dtype, layout, device, pin_memory, memory_format]
        a = st.run(leaf, input._a, fill_value, dtype, layout, device, pin_memory, memory_format, out=dest)
    except _MISS:
        return call(_full_like, full_like, (input, fill_value, dtype, layout, device, pin_memory, memory_format))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, fill_value, dtype, layout, device, pin_memory, memory_format)


_linspace = OPS['linspace']


def linspace(start, end, steps, *, dtype=None, layout=None, device=None, pin_memory=None):
    """`steps` numbers evenly from start to end, both included.

    aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_linspace, linspace, (start, end, steps, dtype, layout, device, pin_memory))


_logspace = OPS['logspace']


def logspace(start, end, steps, base=10.0, *, dtype=None, layout=None, device=None, pin_memory=None):
    """base to the power of `linspace`.

    aten::logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(_logspace, logspace, (start, end, steps, base, dtype, layout, device, pin_memory))
