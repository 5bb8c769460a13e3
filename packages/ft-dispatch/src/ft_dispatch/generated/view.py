"""Wrappers of the `view` family, generated from ft_dispatch/ops/view.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_alias = OPS['alias']
table_alias = op_alias.table


def alias(input):
    """The same elements.

    aten::alias(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_alias[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None]
    except _MISS:
        return call(op_alias, alias, (input,))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input)


op_as_strided = OPS['as_strided']
table_as_strided = op_as_strided.table


def as_strided(input, size, stride, storage_offset=None):
    """Any sizes, strides and offset over the storage.

    aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_as_strided[keys]
        if size.__class__ is list:
            size = tuple(size)
        if stride.__class__ is list:
            stride = tuple(stride)
        plan = memo[input._a.shape, input._strides if keys & 4 else None, size, stride, storage_offset]
    except _MISS:
        return call(op_as_strided, as_strided, (input, size, stride, storage_offset))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_diagonal = OPS['diagonal']
table_diagonal = op_diagonal.table


def diagonal(input, offset=0, dim1=0, dim2=1):
    """Diagonal of two dimensions, moved last.

    aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_diagonal[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, offset, dim1, dim2]
    except _MISS:
        return call(op_diagonal, diagonal, (input, offset, dim1, dim2))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_expand = OPS['expand']
table_expand = op_expand.table


def expand(input, size, *, implicit=False):
    """Dimensions of size 1 repeated without a copy.

    aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_expand[keys]
        if size.__class__ is list:
            size = tuple(size)
        plan = memo[input._a.shape, input._strides if keys & 4 else None, size, implicit]
    except _MISS:
        return call(op_expand, expand, (input, size, implicit))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_permute = OPS['permute']
table_permute = op_permute.table


def permute(input, dims):
    """Dimensions in another order.

    aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_permute[keys]
        if dims.__class__ is list:
            dims = tuple(dims)
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dims]
    except _MISS:
        return call(op_permute, permute, (input, dims))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_select = OPS['select.int']
table_select = op_select.table


def select(input, dim, index):
    """One slice, its dimension dropped.

    aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_select[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dim, index]
    except _MISS:
        return call(op_select, select, (input, dim, index))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_slice_Tensor = OPS['slice.Tensor']
table_slice_Tensor = op_slice_Tensor.table


def slice_Tensor(input, dim=0, start=None, end=None, step=1):
    """Part of one dimension.

    aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_slice_Tensor[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dim, start, end, step]
    except _MISS:
        return call(op_slice_Tensor, slice_Tensor, (input, dim, start, end, step))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_split_Tensor = OPS['split.Tensor']
table_split_Tensor = op_split_Tensor.table


def split_Tensor(input, split_size, dim=0):
    """Pieces of one size.

    aten::split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_split_Tensor[keys]
        plans = memo[input._a.shape, input._strides if keys & 4 else None, split_size, dim]
    except _MISS:
        return call(op_split_Tensor, split_Tensor, (input, split_size, dim))
    made = [view_by_plan(input, plan, st, 2) for plan in plans]
    return made if rec is None else rec(made, input, *plans[0][0][:-1])


op_split_with_sizes = OPS['split_with_sizes']
table_split_with_sizes = op_split_with_sizes.table


def split_with_sizes(input, split_sizes, dim=0):
    """Pieces of given sizes.

    aten::split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_split_with_sizes[keys]
        if split_sizes.__class__ is list:
            split_sizes = tuple(split_sizes)
        plans = memo[input._a.shape, input._strides if keys & 4 else None, split_sizes, dim]
    except _MISS:
        return call(op_split_with_sizes, split_with_sizes, (input, split_sizes, dim))
    made = [view_by_plan(input, plan, st, 2) for plan in plans]
    return made if rec is None else rec(made, input, *plans[0][0][:-1])


op_squeeze = OPS['squeeze']
table_squeeze = op_squeeze.table


def squeeze(input):
    """All dimensions of size 1 dropped.

    aten::squeeze(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_squeeze[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None]
    except _MISS:
        return call(op_squeeze, squeeze, (input,))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input)


op_squeeze_dims = OPS['squeeze.dims']
table_squeeze_dims = op_squeeze_dims.table


def squeeze_dims(input, dim):
    """Dimensions of size 1 among `dim` dropped.

    aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_squeeze_dims[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dim]
    except _MISS:
        return call(op_squeeze_dims, squeeze_dims, (input, dim))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_t = OPS['t']
table_t = op_t.table


def t(input):
    """Transpose of a matrix.

    aten::t(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_t[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None]
    except _MISS:
        return call(op_t, t, (input,))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input)


op_transpose = OPS['transpose.int']
table_transpose = op_transpose.table


def transpose(input, dim0, dim1):
    """Two dimensions exchanged.

    aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_transpose[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dim0, dim1]
    except _MISS:
        return call(op_transpose, transpose, (input, dim0, dim1))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_unbind_int = OPS['unbind.int']
table_unbind_int = op_unbind_int.table


def unbind_int(input, dim=0):
    """All slices along one dimension.

    aten::unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_unbind_int[keys]
        plans = memo[input._a.shape, input._strides if keys & 4 else None, dim]
    except _MISS:
        return call(op_unbind_int, unbind_int, (input, dim))
    made = [view_by_plan(input, plan, st, 2) for plan in plans]
    return made if rec is None else rec(made, input, *plans[0][0][:-1])


op_unfold = OPS['unfold']
table_unfold = op_unfold.table


def unfold(input, dimension, size, step):
    """All windows of `size` along a dimension, as a new last dimension.

    aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_unfold[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dimension, size, step]
    except _MISS:
        return call(op_unfold, unfold, (input, dimension, size, step))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_unsqueeze = OPS['unsqueeze']
table_unsqueeze = op_unsqueeze.table


def unsqueeze(input, dim):
    """A dimension of size 1 put in.

    aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_unsqueeze[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dim]
    except _MISS:
        return call(op_unsqueeze, unsqueeze, (input, dim))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_view = OPS['view']
table_view = op_view.table


def view(input, size):
    """Another shape of the same elements, without a copy.

    aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_view[keys]
        if size.__class__ is list:
            size = tuple(size)
        plan = memo[input._a.shape, input._strides if keys & 4 else None, size]
    except _MISS:
        return call(op_view, view, (input, size))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])


op_view_dtype = OPS['view.dtype']
table_view_dtype = op_view_dtype.table


def view_dtype(input, dtype):
    """The same bytes read as another dtype.

    aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        rec, memo = table_view_dtype[keys]
        plan = memo[input._a.shape, input._strides if keys & 4 else None, dtype]
    except _MISS:
        return call(op_view_dtype, view_dtype, (input, dtype))
    made = view_by_plan(input, plan, st)
    return made if rec is None else rec(made, input, *plan[0])
