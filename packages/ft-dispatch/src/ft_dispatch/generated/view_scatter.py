"""Wrappers of the `view_scatter` family, generated from ft_dispatch/ops/view_scatter.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_as_strided_scatter = OPS['as_strided_scatter']
table_as_strided_scatter = op_as_strided_scatter.table


def as_strided_scatter(input, src, size, stride, storage_offset=None):
    """input with src at given strides.

    aten::as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | src._k | st.bits
        dest, rec, dense, memo = table_as_strided_scatter[keys]
        if size.__class__ is list:
            size = tuple(size)
        if stride.__class__ is list:
            stride = tuple(stride)
        leaf, ok, size, stride, storage_offset, = memo[input._a.shape, src._a.shape, size, stride, storage_offset]
        arr = st.run(leaf, input._a, src._a, size, stride, storage_offset, out=dest)
    except _MISS:
        return call(op_as_strided_scatter, as_strided_scatter, (input, src, size, stride, storage_offset))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, src, size, stride, storage_offset)


op_diagonal_scatter = OPS['diagonal_scatter']
table_diagonal_scatter = op_diagonal_scatter.table


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """input with src on a diagonal.

    aten::diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | src._k | st.bits
        dest, rec, dense, memo = table_diagonal_scatter[keys]
        leaf, ok, offset, dim1, dim2, = memo[input._a.shape, src._a.shape, offset, dim1, dim2]
        arr = st.run(leaf, input._a, src._a, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(op_diagonal_scatter, diagonal_scatter, (input, src, offset, dim1, dim2))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, src, offset, dim1, dim2)


op_select_scatter = OPS['select_scatter']
table_select_scatter = op_select_scatter.table


def select_scatter(input, src, dim, index):
    """input with src at one place of a dim.

    aten::select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | src._k | st.bits
        dest, rec, dense, memo = table_select_scatter[keys]
        leaf, ok, dim, index, = memo[input._a.shape, src._a.shape, dim, index]
        arr = st.run(leaf, input._a, src._a, dim, index, out=dest)
    except _MISS:
        return call(op_select_scatter, select_scatter, (input, src, dim, index))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, src, dim, index)


op_slice_scatter = OPS['slice_scatter']
table_slice_scatter = op_slice_scatter.table


def slice_scatter(input, src, dim=0, start=None, end=None, step=1, *, out=None):
    """input with src in a slice.

    aten::slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | src._k | st.bits
        dest, rec, dense, memo = table_slice_scatter[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, start, end, step, = memo[input._a.shape, src._a.shape, dim, start, end, step]
        arr = st.run(leaf, input._a, src._a, dim, start, end, step, out=dest)
    except _MISS:
        return call(op_slice_scatter, slice_scatter, (input, src, dim, start, end, step), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, src, dim, start, end, step)
