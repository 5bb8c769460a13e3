"""Wrappers of the `masked` family, generated from ft_dispatch/ops/masked.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__unsafe_masked_index = OPS['_unsafe_masked_index']


def _unsafe_masked_index(input, mask, indices, fill):
    """Elements at given places where a mask is true, one number elsewhere; there the places need not exist.

    aten::_unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor
    """
    return call(op__unsafe_masked_index, _unsafe_masked_index, (input, mask, indices, fill))


op__unsafe_masked_index_put_accumulate = OPS['_unsafe_masked_index_put_accumulate']


def _unsafe_masked_index_put_accumulate(input, mask, indices, values):
    """input with values added at given places where a mask is true.

    aten::_unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor
    """
    return call(op__unsafe_masked_index_put_accumulate, _unsafe_masked_index_put_accumulate, (input, mask, indices, values))


op_masked_fill_Scalar = OPS['masked_fill.Scalar']
table_masked_fill_Scalar = op_masked_fill_Scalar.table


def masked_fill_Scalar(input, mask, value):
    """One number where a mask is true.

    aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mask._k | st.bits
        dest, rec, dense, memo = table_masked_fill_Scalar[keys]
        leaf, ok, value, = memo[input._a.shape, mask._a.shape, value]
        arr = st.run(leaf, input._a, mask._a, value, out=dest)
    except _MISS:
        return call(op_masked_fill_Scalar, masked_fill_Scalar, (input, mask, value))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mask, value)


def masked_fill_Scalar_(input, mask, value):
    """In-place form of `masked_fill_Scalar`."""
    return call_inplace(op_masked_fill_Scalar, masked_fill_Scalar_, (input, mask, value))


op_masked_fill_Tensor = OPS['masked_fill.Tensor']
table_masked_fill_Tensor = op_masked_fill_Tensor.table


def masked_fill_Tensor(input, mask, value):
    """A 0-dim tensor's number where a mask is true.

    aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mask._k | value._k | st.bits
        dest, rec, dense, memo = table_masked_fill_Tensor[keys]
        leaf, ok = memo[input._a.shape, mask._a.shape, value._a.shape]
        arr = st.run(leaf, input._a, mask._a, value._a, out=dest)
    except _MISS:
        return call(op_masked_fill_Tensor, masked_fill_Tensor, (input, mask, value))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mask, value)


def masked_fill_Tensor_(input, mask, value):
    """In-place form of `masked_fill_Tensor`."""
    return call_inplace(op_masked_fill_Tensor, masked_fill_Tensor_, (input, mask, value))


op_masked_scatter = OPS['masked_scatter']
table_masked_scatter = op_masked_scatter.table


def masked_scatter(input, mask, source):
    """Elements of source, in order, where a mask is true.

    aten::masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mask._k | source._k | st.bits
        dest, rec, dense, memo = table_masked_scatter[keys]
        leaf, ok = memo[input._a.shape, mask._a.shape, source._a.shape]
        arr = st.run(leaf, input._a, mask._a, source._a, out=dest)
    except _MISS:
        return call(op_masked_scatter, masked_scatter, (input, mask, source))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mask, source)


def masked_scatter_(input, mask, source):
    """In-place form of `masked_scatter`."""
    return call_inplace(op_masked_scatter, masked_scatter_, (input, mask, source))


op_masked_scatter_backward = OPS['masked_scatter_backward']
table_masked_scatter_backward = op_masked_scatter_backward.table


def masked_scatter_backward(grad_output, mask, sizes):
    """The cotangent of what was scattered, zeros for the rest.

    aten::masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor
    """
    try:
        keys = grad_output._k | mask._k | TL.st.bits
    except AttributeError:
        return call(op_masked_scatter_backward, masked_scatter_backward, (grad_output, mask, sizes))
    if keys & 4331608735776:
        return call(op_masked_scatter_backward, masked_scatter_backward, (grad_output, mask, sizes))
    try:
        if keys & 4397174096120:
            raise KeyError
        sizes, = table_masked_scatter_backward[sizes]
    except (KeyError, TypeError):
        return op_masked_scatter_backward.decomposition(*settled(op_masked_scatter_backward, (grad_output, mask, sizes), keys))
    return op_masked_scatter_backward.decomposition(grad_output, mask, sizes)


op_masked_select = OPS['masked_select']


def masked_select(input, mask, *, out=None):
    """Elements where a mask is true, as a vector.

    aten::masked_select(Tensor self, Tensor mask) -> Tensor
    """
    return call(op_masked_select, masked_select, (input, mask), out)
