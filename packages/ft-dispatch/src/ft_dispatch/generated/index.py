"""Wrappers of the `index` family, generated from ft_dispatch/ops/index.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__unsafe_index_Tensor = OPS['_unsafe_index.Tensor']


def _unsafe_index_Tensor(input, indices):
    """index whose places are known to exist.

    aten::_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor
    """
    return call(op__unsafe_index_Tensor, _unsafe_index_Tensor, (input, indices))


op_argwhere = OPS['argwhere']


def argwhere(input):
    """Places of the elements that are not zero, one per row.

    aten::argwhere(Tensor self) -> Tensor
    """
    return call(op_argwhere, argwhere, (input,))


op_gather = OPS['gather']
table_gather = op_gather.table


def gather(input, dim, index, *, sparse_grad=False, out=None):
    """Elements along a dim, each place its own.

    aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_gather[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, sparse_grad, = memo[input._a.shape, index._a.shape, dim, sparse_grad]
        arr = st.run(leaf, input._a, dim, index._a, sparse_grad, out=dest)
    except _MISS:
        return call(op_gather, gather, (input, dim, index, sparse_grad), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index, sparse_grad)


op_gather_backward = OPS['gather_backward']


def gather_backward(grad, input, dim, index, sparse_grad):
    """The cotangent added at the places gathered from.

    aten::gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor
    """
    try:
        keys = grad._k | input._k | index._k | TL.st.bits
    except AttributeError:
        return call(op_gather_backward, gather_backward, (grad, input, dim, index, sparse_grad))
    if keys & 4331608735776:
        return call(op_gather_backward, gather_backward, (grad, input, dim, index, sparse_grad))
    return op_gather_backward.decomposition(*canonical(op_gather_backward, (grad, input, dim, index, sparse_grad)))


op_index_Tensor = OPS['index.Tensor']


def index_Tensor(input, indices):
    """Elements at places given by index tensors and masks.

    aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor
    """
    return call(op_index_Tensor, index_Tensor, (input, indices))


op_index_select = OPS['index_select']
table_index_select = op_index_select.table


def index_select(input, dim, index, *, out=None):
    """Slices along a dim, by a vector of places.

    aten::index_select(Tensor self, int dim, Tensor index) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_index_select[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, index._a.shape, dim]
        arr = st.run(leaf, input._a, dim, index._a, out=dest)
    except _MISS:
        return call(op_index_select, index_select, (input, dim, index), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, index)


op_index_select_backward = OPS['index_select_backward']


def index_select_backward(grad, self_sizes, dim, index):
    """The cotangent's slices added at their places.

    aten::index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor
    """
    try:
        keys = grad._k | index._k | TL.st.bits
    except AttributeError:
        return call(op_index_select_backward, index_select_backward, (grad, self_sizes, dim, index))
    if keys & 4331608735776:
        return call(op_index_select_backward, index_select_backward, (grad, self_sizes, dim, index))
    return op_index_select_backward.decomposition(*canonical(op_index_select_backward, (grad, self_sizes, dim, index)))


op_nonzero = OPS['nonzero']


def nonzero(input, *, out=None):
    """Places of the elements that are not zero, one per row.

    aten::nonzero(Tensor self) -> Tensor
    """
    return call(op_nonzero, nonzero, (input,), out)


op_nonzero_static = OPS['nonzero_static']
table_nonzero_static = op_nonzero_static.table


def nonzero_static(input, *, size, fill_value=-1, out=None):
    """nonzero with a given number of rows.

    aten::nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_nonzero_static[keys]
        if out is not None:
            raise KeyError
        leaf, ok, size, fill_value, = memo[input._a.shape, size, fill_value]
        arr = st.run(leaf, input._a, size, fill_value, out=dest)
    except _MISS:
        return call(op_nonzero_static, nonzero_static, (input, size, fill_value), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, size, fill_value)


op_select_backward = OPS['select_backward']
table_select_backward = op_select_backward.table


def select_backward(grad_output, input_sizes, dim, index):
    """Zeros with the cotangent at one place of a dim.

    aten::select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_select_backward[keys]
        if input_sizes.__class__ is list:
            input_sizes = tuple(input_sizes)
        leaf, ok, input_sizes, dim, index, = memo[grad_output._a.shape, input_sizes, dim, index]
        arr = st.run(leaf, grad_output._a, input_sizes, dim, index, out=dest)
    except _MISS:
        return call(op_select_backward, select_backward, (grad_output, input_sizes, dim, index))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input_sizes, dim, index)


op_slice_backward = OPS['slice_backward']
table_slice_backward = op_slice_backward.table


def slice_backward(grad_output, input_sizes, dim, start, end, step):
    """Zeros with the cotangent in the slice.

    aten::slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_slice_backward[keys]
        if input_sizes.__class__ is list:
            input_sizes = tuple(input_sizes)
        leaf, ok, input_sizes, dim, start, end, step, = memo[grad_output._a.shape, input_sizes, dim, start, end, step]
        arr = st.run(leaf, grad_output._a, input_sizes, dim, start, end, step, out=dest)
    except _MISS:
        return call(op_slice_backward, slice_backward, (grad_output, input_sizes, dim, start, end, step))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input_sizes, dim, start, end, step)


op_take = OPS['take']
table_take = op_take.table


def take(input, index, *, out=None):
    """Elements by their offset in row-major order.

    aten::take(Tensor self, Tensor index) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | index._k | st.bits
        dest, rec, dense, memo = table_take[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, index._a.shape]
        arr = st.run(leaf, input._a, index._a, out=dest)
    except _MISS:
        return call(op_take, take, (input, index), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, index)


op_take_along_dim = OPS['take_along_dim']


def take_along_dim(input, indices, dim=None, *, out=None):
    """gather with broadcasting; without dim, of the flat input.

    aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor
    """
    try:
        keys = input._k | indices._k | TL.st.bits
    except AttributeError:
        return call(op_take_along_dim, take_along_dim, (input, indices, dim), out)
    if keys & 4331608735776:
        return call(op_take_along_dim, take_along_dim, (input, indices, dim), out)
    if out is not None:
        return call(op_take_along_dim, take_along_dim, (input, indices, dim), out)
    return op_take_along_dim.decomposition(*canonical(op_take_along_dim, (input, indices, dim)))


op_tril = OPS['tril']
table_tril = op_tril.table


def tril(input, diagonal=0, *, out=None):
    """Lower triangle of the last two dims.

    aten::tril(Tensor self, SymInt diagonal=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_tril[keys]
        if out is not None:
            raise KeyError
        leaf, ok, diagonal, = memo[input._a.shape, diagonal]
        arr = st.run(leaf, input._a, diagonal, out=dest)
    except _MISS:
        return call(op_tril, tril, (input, diagonal), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, diagonal)


def tril_(input, diagonal=0):
    """In-place form of `tril`."""
    return call_inplace(op_tril, tril_, (input, diagonal))


op_triu = OPS['triu']
table_triu = op_triu.table


def triu(input, diagonal=0, *, out=None):
    """Upper triangle of the last two dims.

    aten::triu(Tensor self, SymInt diagonal=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_triu[keys]
        if out is not None:
            raise KeyError
        leaf, ok, diagonal, = memo[input._a.shape, diagonal]
        arr = st.run(leaf, input._a, diagonal, out=dest)
    except _MISS:
        return call(op_triu, triu, (input, diagonal), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, diagonal)


def triu_(input, diagonal=0):
    """In-place form of `triu`."""
    return call_inplace(op_triu, triu_, (input, diagonal))


op_value_selecting_reduction_backward = OPS['value_selecting_reduction_backward']


def value_selecting_reduction_backward(grad, dim, indices, sizes, keepdim):
    """The cotangent at the places a reduction chose.

    aten::value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor
    """
    try:
        keys = grad._k | indices._k | TL.st.bits
    except AttributeError:
        return call(op_value_selecting_reduction_backward, value_selecting_reduction_backward, (grad, dim, indices, sizes, keepdim))
    if keys & 4331608735776:
        return call(op_value_selecting_reduction_backward, value_selecting_reduction_backward, (grad, dim, indices, sizes, keepdim))
    return op_value_selecting_reduction_backward.decomposition(*canonical(op_value_selecting_reduction_backward, (grad, dim, indices, sizes, keepdim)))
