"""Wrappers of the `segment` family, generated from ft_dispatch/ops/segment.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__chunk_cat = OPS['_chunk_cat']
table__chunk_cat = op__chunk_cat.table


def _chunk_cat(tensors, dim, num_chunks, *, out=None):
    """Each tensor cut into chunks along a dimension, zeros filling the last, and equal chunks joined.

    aten::_chunk_cat(Tensor[] tensors, int dim, int num_chunks) -> Tensor
    """
    try:
        st = TL.st
        keys = st.bits
        for t in tensors:
            keys |= t._k
        leaf, dest, rec, _, memo = table__chunk_cat[keys]
        if out is not None:
            raise KeyError
        ok, dim, num_chunks, = memo[tuple([t._a.shape for t in tensors]), dim, num_chunks]
        arr = st.run(leaf, [t._a for t in tensors], dim, num_chunks, out=dest)
    except _MISS:
        return call(op__chunk_cat, _chunk_cat, (tensors, dim, num_chunks), out)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, tuple(tensors), dim, num_chunks)


op__segment_reduce_backward = OPS['_segment_reduce_backward']
table__segment_reduce_backward = op__segment_reduce_backward.table


def _segment_reduce_backward(grad, output, data, reduce, *, lengths=None, offsets=None, axis=0, initial=None):
    """Each segment's cotangent, spread over the segment as the reduction says.

    aten::_segment_reduce_backward(Tensor grad, Tensor output, Tensor data, str reduce, *, Tensor? lengths=None, Tensor? offsets=None, int axis=0, Scalar? initial=None) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | output._k | data._k | st.bits
        a_lengths = None
        if lengths is not None:
            keys |= lengths._k
            a_lengths = lengths._a
        a_offsets = None
        if offsets is not None:
            keys |= offsets._k
            a_offsets = offsets._a
        dest, rec, dense, memo = table__segment_reduce_backward[keys]
        leaf, ok, reduce, axis, initial, = memo[grad._a.shape, output._a.shape, data._a.shape, None if a_lengths is None else a_lengths.shape, None if a_offsets is None else a_offsets.shape, reduce, axis, initial]
        arr = st.run(leaf, grad._a, output._a, data._a, reduce, a_lengths, a_offsets, axis, initial, out=dest)
    except _MISS:
        return call(op__segment_reduce_backward, _segment_reduce_backward, (grad, output, data, reduce, lengths, offsets, axis, initial))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, output, data, reduce, lengths, offsets, axis, initial)


op_segment_reduce = OPS['segment_reduce']
table_segment_reduce = op_segment_reduce.table


def segment_reduce(data, reduce, *, lengths=None, indices=None, offsets=None, axis=0, unsafe=False, initial=None, out=None):
    """sum, mean, max, min or prod of each segment of a dimension.

    aten::segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor
    """
    try:
        st = TL.st
        keys = data._k | st.bits
        a_lengths = None
        if lengths is not None:
            keys |= lengths._k
            a_lengths = lengths._a
        a_indices = None
        if indices is not None:
            keys |= indices._k
            a_indices = indices._a
        a_offsets = None
        if offsets is not None:
            keys |= offsets._k
            a_offsets = offsets._a
        dest, rec, dense, memo = table_segment_reduce[keys]
        if out is not None:
            raise KeyError
        leaf, ok, reduce, axis, unsafe, initial, = memo[data._a.shape, None if a_lengths is None else a_lengths.shape, None if a_indices is None else a_indices.shape, None if a_offsets is None else a_offsets.shape, reduce, axis, unsafe, initial]
        arr = st.run(leaf, data._a, reduce, a_lengths, a_indices, a_offsets, axis, unsafe, initial, out=dest)
    except _MISS:
        return call(op_segment_reduce, segment_reduce, (data, reduce, lengths, indices, offsets, axis, unsafe, initial), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, data, reduce, lengths, indices, offsets, axis, unsafe, initial)
