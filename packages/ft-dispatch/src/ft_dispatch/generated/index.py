"""Wrappers of the `index` family, generated from ft_dispatch/ops/index.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__unsafe_index_Tensor = OPS['_unsafe_index.Tensor']


def _unsafe_index_Tensor(input, indices):
    """index whose places are known to exist.

    aten::_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor
    """
    return call(__unsafe_index_Tensor, _unsafe_index_Tensor, (input, indices))


_argwhere = OPS['argwhere']


def argwhere(input):
    """Places of the elements that are not zero, one per row.

    aten::argwhere(Tensor self) -> Tensor
    """
    return call(_argwhere, argwhere, (input,))


_gather = OPS['gather']
_gather_table = _gather.table


def gather(input, dim, index, *, sparse_grad=False, out=None):
    """Elements along a dim, each place its own.

    aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _gather_table[k]
        if out is not None:
            raise KeyError
        ok, dim, sparse_grad, = memo[input._a.shape, index._a.shape, dim, sparse_grad]
        a = st.run(leaf, input._a, dim, index._a, sparse_grad, out=dest)
    except _MISS:
        return call(_gather, gather, (input, dim, index, sparse_grad), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index, sparse_grad)


_gather_backward = OPS['gather_backward']


def gather_backward(grad, input, dim, index, sparse_grad):
    """The cotangent added at the places gathered from.

    aten::gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor
    """
    return call(_gather_backward, gather_backward, (grad, input, dim, index, sparse_grad))


_index_Tensor = OPS['index.Tensor']


def index_Tensor(input, indices):
    """Elements at places given by index tensors and masks.

    aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor
    """
    return call(_index_Tensor, index_Tensor, (input, indices))


_index_select = OPS['index_select']
_index_select_table = _index_select.table


def index_select(input, dim, index, *, out=None):
    """Slices along a dim, by a vector of places.

    aten::index_select(Tensor self, int dim, Tensor index) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _index_select_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, index._a.shape, dim]
        a = st.run(leaf, input._a, dim, index._a, out=dest)
    except _MISS:
        return call(_index_select, index_select, (input, dim, index), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, index)


_index_select_backward = OPS['index_select_backward']


def index_select_backward(grad, self_sizes, dim, index):
    """The cotangent's slices added at their places.

    aten::index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor
    """
    return call(_index_select_backward, index_select_backward, (grad, self_sizes, dim, index))


_nonzero = OPS['nonzero']


def nonzero(input, *, out=None):
    """Places of the elements that are not zero, one per row.

    aten::nonzero(Tensor self) -> Tensor
    """
    return call(_nonzero, nonzero, (input,), out)


_nonzero_static = OPS['nonzero_static']
_nonzero_static_table = _nonzero_static.table


def nonzero_static(input, *, size, fill_value=-1, out=None):
    """nonzero with a given number of rows.

    aten::nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _nonzero_static_table[k]
        if out is not None:
            raise KeyError
        ok, size, fill_value, = memo[input._a.shape, size, fill_value]
        a = st.run(leaf, input._a, size, fill_value, out=dest)
    except _MISS:
        return call(_nonzero_static, nonzero_static, (input, size, fill_value), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, size, fill_value)


_select_backward = OPS['select_backward']
_select_backward_table = _select_backward.table


def select_backward(grad_output, input_sizes, dim, index):
    """Zeros with the cotangent at one place of a dim.

    aten::select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | st.bits
        leaf, dest, rec, dense, memo = _select_backward_table[k]
        ok, input_sizes, dim, index, = memo[grad_output._a.shape, input_sizes, dim, index]
        a = st.run(leaf, grad_output._a, input_sizes, dim, index, out=dest)
    except _MISS:
        return call(_select_backward, select_backward, (grad_output, input_sizes, dim, index))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input_sizes, dim, index)


_slice_backward = OPS['slice_backward']
_slice_backward_table = _slice_backward.table


def slice_backward(grad_output, input_sizes, dim, start, end, step):
    """Zeros with the cotangent in the slice.

    aten::slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | st.bits
        leaf, dest, rec, dense, memo = _slice_backward_table[k]
        ok, input_sizes, dim, start, end, step, = memo[grad_output._a.shape, input_sizes, dim, start, end, step]
        a = st.run(leaf, grad_output._a, input_sizes, dim, start, end, step, out=dest)
    except _MISS:
        return call(_slice_backward, slice_backward, (grad_output, input_sizes, dim, start, end, step))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input_sizes, dim, start, end, step)


_take = OPS['take']
_take_table = _take.table


def take(input, index, *, out=None):
    """Elements by their offset in row-major order.

    aten::take(Tensor self, Tensor index) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | index._k | st.bits
        leaf, dest, rec, dense, memo = _take_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, index._a.shape]
        a = st.run(leaf, input._a, index._a, out=dest)
    except _MISS:
        return call(_take, take, (input, index), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, index)


_take_along_dim = OPS['take_along_dim']


def take_along_dim(input, indices, dim=None):
    """gather with broadcasting; without dim, of the flat input.

    aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor
    """
    return call(_take_along_dim, take_along_dim, (input, indices, dim))


_tril = OPS['tril']
_tril_table = _tril.table


def tril(input, diagonal=0, *, out=None):
    """Lower triangle of the last two dims.

    aten::tril(Tensor self, SymInt diagonal=0) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _tril_table[k]
        if out is not None:
            raise KeyError
        ok, diagonal, = memo[input._a.shape, diagonal]
        a = st.run(leaf, input._a, diagonal, out=dest)
    except _MISS:
        return call(_tril, tril, (input, diagonal), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, diagonal)


def tril_(input, diagonal=0):
    """In-place form of `tril`."""
    return call_inplace(_tril, tril_, (input, diagonal))


_triu = OPS['triu']
_triu_table = _triu.table


def triu(input, diagonal=0, *, out=None):
    """Upper triangle of the last two dims.

    aten::triu(Tensor self, SymInt diagonal=0) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _triu_table[k]
        if out is not None:
            raise KeyError
        ok, diagonal, = memo[input._a.shape, diagonal]
        a = st.run(leaf, input._a, diagonal, out=dest)
    except _MISS:
        return call(_triu, triu, (input, diagonal), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, diagonal)


def triu_(input, diagonal=0):
    """In-place form of `triu`."""
    return call_inplace(_triu, triu_, (input, diagonal))


_value_selecting_reduction_backward = OPS['value_selecting_reduction_backward']


def value_selecting_reduction_backward(grad, dim, indices, sizes, keepdim):
    """The cotangent at the places a reduction chose.

    aten::value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor
    """
    return call(_value_selecting_reduction_backward, value_selecting_reduction_backward, (grad, dim, indices, sizes, keepdim))
