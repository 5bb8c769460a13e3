"""Wrappers of the `view_scatter` family, generated from ft_dispatch/ops/view_scatter.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_as_strided_scatter = OPS['as_strided_scatter']
_as_strided_scatter_table = _as_strided_scatter.table


def as_strided_scatter(input, src, size, stride, storage_offset=None):
    """input with src at given strides.

    aten::as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _as_strided_scatter_table[k]
        ok, size, stride, storage_offset, = memo[input._a.shape, src._a.shape, size, stride, storage_offset]
        a = st.run(leaf, input._a, src._a, size, stride, storage_offset, out=dest)
    except _MISS:
        return call(_as_strided_scatter, as_strided_scatter, (input, src, size, stride, storage_offset))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, src, size, stride, storage_offset)


_diagonal_scatter = OPS['diagonal_scatter']
_diagonal_scatter_table = _diagonal_scatter.table


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """input with src on a diagonal.

    aten::diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _diagonal_scatter_table[k]
        ok, offset, dim1, dim2, = memo[input._a.shape, src._a.shape, offset, dim1, dim2]
        a = st.run(leaf, input._a, src._a, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(_diagonal_scatter, diagonal_scatter, (input, src, offset, dim1, dim2))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, src, offset, dim1, dim2)


_select_scatter = OPS['select_scatter']
_select_scatter_table = _select_scatter.table


def select_scatter(input, src, dim, index):
    """input with src at one place of a dim.

    aten::select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _select_scatter_table[k]
        ok, dim, index, = memo[input._a.shape, src._a.shape, dim, index]
        a = st.run(leaf, input._a, src._a, dim, index, out=dest)
    except _MISS:
        return call(_select_scatter, select_scatter, (input, src, dim, index))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, src, dim, index)


_slice_scatter = OPS['slice_scatter']
_slice_scatter_table = _slice_scatter.table


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    """input with src in a slice.

    aten::slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | src._k | st.bits
        leaf, dest, rec, dense, memo = _slice_scatter_table[k]
        ok, dim, start, end, step, = memo[input._a.shape, src._a.shape, dim, start, end, step]
        a = st.run(leaf, input._a, src._a, dim, start, end, step, out=dest)
    except _MISS:
        return call(_slice_scatter, slice_scatter, (input, src, dim, start, end, step))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, src, dim, start, end, step)
