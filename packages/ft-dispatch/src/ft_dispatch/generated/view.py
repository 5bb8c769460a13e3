"""Wrappers of the `view` family, generated from ft_dispatch/ops/view.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_alias = OPS['alias']
_alias_table = _alias.table


def alias(input):
    """The same elements.

    aten::alias(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _alias_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None]
    except _MISS:
        return call(_alias, alias, (input,))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input)


_as_strided = OPS['as_strided']
_as_strided_table = _as_strided.table


def as_strided(input, size, stride, storage_offset=None):
    """Any sizes, strides and offset over the storage.

    aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _as_strided_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, size, stride, storage_offset]
    except _MISS:
        return call(_as_strided, as_strided, (input, size, stride, storage_offset))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_diagonal = OPS['diagonal']
_diagonal_table = _diagonal.table


def diagonal(input, offset=0, dim1=0, dim2=1):
    """Diagonal of two dimensions, moved last.

    aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _diagonal_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, offset, dim1, dim2]
    except _MISS:
        return call(_diagonal, diagonal, (input, offset, dim1, dim2))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_expand = OPS['expand']
_expand_table = _expand.table


def expand(input, size, *, implicit=False):
    """Dimensions of size 1 repeated without a copy.

    aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _expand_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, size, implicit]
    except _MISS:
        return call(_expand, expand, (input, size, implicit))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_permute = OPS['permute']
_permute_table = _permute.table


def permute(input, dims):
    """Dimensions in another order.

    aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _permute_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dims]
    except _MISS:
        return call(_permute, permute, (input, dims))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_select = OPS['select.int']
_select_table = _select.table


def select(input, dim, index):
    """One slice, its dimension dropped.

    aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _select_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dim, index]
    except _MISS:
        return call(_select, select, (input, dim, index))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_slice_Tensor = OPS['slice.Tensor']
_slice_Tensor_table = _slice_Tensor.table


def slice_Tensor(input, dim=0, start=None, end=None, step=1):
    """Part of one dimension.

    aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _slice_Tensor_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dim, start, end, step]
    except _MISS:
        return call(_slice_Tensor, slice_Tensor, (input, dim, start, end, step))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_split_Tensor = OPS['split.Tensor']


def split_Tensor(input, split_size, dim=0):
    """Pieces of one size.

    aten::split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]
    """
    return call(_split_Tensor, split_Tensor, (input, split_size, dim))


_split_with_sizes = OPS['split_with_sizes']


def split_with_sizes(input, split_sizes, dim=0):
    """Pieces of given sizes.

    aten::split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]
    """
    return call(_split_with_sizes, split_with_sizes, (input, split_sizes, dim))


_squeeze = OPS['squeeze']
_squeeze_table = _squeeze.table


def squeeze(input):
    """All dimensions of size 1 dropped.

    aten::squeeze(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _squeeze_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None]
    except _MISS:
        return call(_squeeze, squeeze, (input,))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input)


_squeeze_dims = OPS['squeeze.dims']
_squeeze_dims_table = _squeeze_dims.table


def squeeze_dims(input, dim):
    """Dimensions of size 1 among `dim` dropped.

    aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _squeeze_dims_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dim]
    except _MISS:
        return call(_squeeze_dims, squeeze_dims, (input, dim))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_t = OPS['t']
_t_table = _t.table


def t(input):
    """Transpose of a matrix.

    aten::t(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _t_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None]
    except _MISS:
        return call(_t, t, (input,))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input)


_transpose = OPS['transpose.int']
_transpose_table = _transpose.table


def transpose(input, dim0, dim1):
    """Two dimensions exchanged.

    aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _transpose_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dim0, dim1]
    except _MISS:
        return call(_transpose, transpose, (input, dim0, dim1))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_unbind_int = OPS['unbind.int']


def unbind_int(input, dim=0):
    """All slices along one dimension.

    aten::unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]
    """
    return call(_unbind_int, unbind_int, (input, dim))


_unfold = OPS['unfold']
_unfold_table = _unfold.table


def unfold(input, dimension, size, step):
    """All windows of `size` along a dimension, as a new last dimension.

    aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _unfold_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dimension, size, step]
    except _MISS:
        return call(_unfold, unfold, (input, dimension, size, step))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_unsqueeze = OPS['unsqueeze']
_unsqueeze_table = _unsqueeze.table


def unsqueeze(input, dim):
    """A dimension of size 1 put in.

    aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _unsqueeze_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dim]
    except _MISS:
        return call(_unsqueeze, unsqueeze, (input, dim))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_view = OPS['view']
_view_table = _view.table


def view(input, size):
    """Another shape of the same elements, without a copy.

    aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _view_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, size]
    except _MISS:
        return call(_view, view, (input, size))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])


_view_dtype = OPS['view.dtype']
_view_dtype_table = _view_dtype.table


def view_dtype(input, dtype):
    """The same bytes read as another dtype.

    aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        rec, memo = _view_dtype_table[k]
        plan = memo[input._a.shape, input._strides if k & 4 else None, dtype]
    except _MISS:
        return call(_view_dtype, view_dtype, (input, dtype))
    o = view_by_plan(input, plan, st)
    return o if rec is None else rec(o, input, *plan[0])
