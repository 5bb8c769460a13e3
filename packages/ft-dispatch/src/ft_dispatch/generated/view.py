"""Wrappers of the `view` family, generated from ft_dispatch/ops/view.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS

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
        route = _alias_table[k]
    except (AttributeError, KeyError):
        return call(_alias, alias, (input,))
    return route(st, input)


_as_strided = OPS['as_strided']
_as_strided_table = _as_strided.table


def as_strided(input, size, stride, storage_offset=None):
    """Any sizes, strides and offset over the storage.

    aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _as_strided_table[k]
    except (AttributeError, KeyError):
        return call(_as_strided, as_strided, (input, size, stride, storage_offset))
    return route(st, input, size, stride, storage_offset)


_diagonal = OPS['diagonal']
_diagonal_table = _diagonal.table


def diagonal(input, offset=0, dim1=0, dim2=1):
    """Diagonal of two dimensions, moved last.

    aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _diagonal_table[k]
    except (AttributeError, KeyError):
        return call(_diagonal, diagonal, (input, offset, dim1, dim2))
    return route(st, input, offset, dim1, dim2)


_expand = OPS['expand']
_expand_table = _expand.table


def expand(input, size, *, implicit=False):
    """Dimensions of size 1 repeated without a copy.

    aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _expand_table[k]
    except (AttributeError, KeyError):
        return call(_expand, expand, (input, size, implicit))
    return route(st, input, size, implicit)


_permute = OPS['permute']
_permute_table = _permute.table


def permute(input, dims):
    """Dimensions in another order.

    aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _permute_table[k]
    except (AttributeError, KeyError):
        return call(_permute, permute, (input, dims))
    return route(st, input, dims)


_reshape = OPS['reshape']


def reshape(input, shape):
    """Another shape, copied only where strides demand it.

    aten::reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)
    """
    return call(_reshape, reshape, (input, shape))


_select = OPS['select.int']
_select_table = _select.table


def select(input, dim, index):
    """One slice, its dimension dropped.

    aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _select_table[k]
    except (AttributeError, KeyError):
        return call(_select, select, (input, dim, index))
    return route(st, input, dim, index)


_slice_Tensor = OPS['slice.Tensor']
_slice_Tensor_table = _slice_Tensor.table


def slice_Tensor(input, dim=0, start=None, end=None, step=1):
    """Part of one dimension.

    aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _slice_Tensor_table[k]
    except (AttributeError, KeyError):
        return call(_slice_Tensor, slice_Tensor, (input, dim, start, end, step))
    return route(st, input, dim, start, end, step)


_split_Tensor = OPS['split.Tensor']
_split_Tensor_table = _split_Tensor.table


def split_Tensor(input, split_size, dim=0):
    """Pieces of one size.

    aten::split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _split_Tensor_table[k]
    except (AttributeError, KeyError):
        return call(_split_Tensor, split_Tensor, (input, split_size, dim))
    return route(st, input, split_size, dim)


_split_with_sizes = OPS['split_with_sizes']
_split_with_sizes_table = _split_with_sizes.table


def split_with_sizes(input, split_sizes, dim=0):
    """Pieces of given sizes.

    aten::split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _split_with_sizes_table[k]
    except (AttributeError, KeyError):
        return call(_split_with_sizes, split_with_sizes, (input, split_sizes, dim))
    return route(st, input, split_sizes, dim)


_squeeze = OPS['squeeze']
_squeeze_table = _squeeze.table


def squeeze(input):
    """All dimensions of size 1 dropped.

    aten::squeeze(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _squeeze_table[k]
    except (AttributeError, KeyError):
        return call(_squeeze, squeeze, (input,))
    return route(st, input)


_squeeze_dims = OPS['squeeze.dims']
_squeeze_dims_table = _squeeze_dims.table


def squeeze_dims(input, dim):
    """Dimensions of size 1 among `dim` dropped.

    aten::squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _squeeze_dims_table[k]
    except (AttributeError, KeyError):
        return call(_squeeze_dims, squeeze_dims, (input, dim))
    return route(st, input, dim)


_t = OPS['t']
_t_table = _t.table


def t(input):
    """Transpose of a matrix.

    aten::t(Tensor(a) self) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _t_table[k]
    except (AttributeError, KeyError):
        return call(_t, t, (input,))
    return route(st, input)


_transpose = OPS['transpose.int']
_transpose_table = _transpose.table


def transpose(input, dim0, dim1):
    """Two dimensions exchanged.

    aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _transpose_table[k]
    except (AttributeError, KeyError):
        return call(_transpose, transpose, (input, dim0, dim1))
    return route(st, input, dim0, dim1)


_unbind = OPS['unbind.int']
_unbind_table = _unbind.table


def unbind(input, dim=0):
    """All slices along one dimension.

    aten::unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _unbind_table[k]
    except (AttributeError, KeyError):
        return call(_unbind, unbind, (input, dim))
    return route(st, input, dim)


_unfold = OPS['unfold']
_unfold_table = _unfold.table


def unfold(input, dimension, size, step):
    """All windows of `size` along a dimension, as a new last dimension.

    aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _unfold_table[k]
    except (AttributeError, KeyError):
        return call(_unfold, unfold, (input, dimension, size, step))
    return route(st, input, dimension, size, step)


_unsqueeze = OPS['unsqueeze']
_unsqueeze_table = _unsqueeze.table


def unsqueeze(input, dim):
    """A dimension of size 1 put in.

    aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _unsqueeze_table[k]
    except (AttributeError, KeyError):
        return call(_unsqueeze, unsqueeze, (input, dim))
    return route(st, input, dim)


_view = OPS['view']
_view_table = _view.table


def view(input, size):
    """Another shape of the same elements, without a copy.

    aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _view_table[k]
    except (AttributeError, KeyError):
        return call(_view, view, (input, size))
    return route(st, input, size)
