"""Wrappers of the `creation` family, generated from ft_dispatch/ops/creation.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_arange_start_step = OPS['arange.start_step']


def arange_start_step(start, end, step=1, *, dtype=None, layout=None, device=None, pin_memory=None):
    """start, start + step, … below end.

    aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_arange_start_step, arange_start_step, (start, end, step, dtype, layout, device, pin_memory))


op_empty_memory_format = OPS['empty.memory_format']


def empty_memory_format(size, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Uninitialised.

    aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    return call(op_empty_memory_format, empty_memory_format, (size, dtype, layout, device, pin_memory, memory_format))


op_empty_like = OPS['empty_like']
table_empty_like = op_empty_like.table


def empty_like(input, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Uninitialised, in the shape of another.

    aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_empty_like[keys]
        leaf, ok, dtype, layout, device, pin_memory, memory_format, = memo[input._a.shape, dtype, layout, device, pin_memory, memory_format]
        arr = st.run(leaf, input._a, dtype, layout, device, pin_memory, memory_format, out=dest)
    except _MISS:
        return call(op_empty_like, empty_like, (input, dtype, layout, device, pin_memory, memory_format))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dtype, layout, device, pin_memory, memory_format)


op_empty_strided = OPS['empty_strided']


def empty_strided(size, stride, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Uninitialised, with given strides.

    aten::empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_empty_strided, empty_strided, (size, stride, dtype, layout, device, pin_memory))


op_eye_m = OPS['eye.m']


def eye_m(n, m, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Ones on the diagonal, zeros elsewhere.

    aten::eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_eye_m, eye_m, (n, m, dtype, layout, device, pin_memory))


op_full = OPS['full']


def full(size, fill_value, *, dtype=None, layout=None, device=None, pin_memory=None):
    """Filled with one number.

    aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_full, full, (size, fill_value, dtype, layout, device, pin_memory))


op_full_like = OPS['full_like']
table_full_like = op_full_like.table


def full_like(input, fill_value, *, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None):
    """Filled with one number, in the shape of another.

    aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_full_like[keys]
        leaf, ok, fill_value, dtype, layout, device, pin_memory, memory_format, = memo[input._a.shape, fill_value, dtype, layout, device, pin_memory, memory_format]
        arr = st.run(leaf, input._a, fill_value, dtype, layout, device, pin_memory, memory_format, out=dest)
    except _MISS:
        return call(op_full_like, full_like, (input, fill_value, dtype, layout, device, pin_memory, memory_format))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, fill_value, dtype, layout, device, pin_memory, memory_format)


op_linspace = OPS['linspace']


def linspace(start, end, steps, *, dtype=None, layout=None, device=None, pin_memory=None):
    """`steps` numbers evenly from start to end, both included.

    aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_linspace, linspace, (start, end, steps, dtype, layout, device, pin_memory))


op_logspace = OPS['logspace']


def logspace(start, end, steps, base=10.0, *, dtype=None, layout=None, device=None, pin_memory=None):
    """base to the power of `linspace`.

    aten::logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op_logspace, logspace, (start, end, steps, base, dtype, layout, device, pin_memory))
