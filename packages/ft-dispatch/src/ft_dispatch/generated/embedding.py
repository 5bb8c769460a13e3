"""Wrappers of the `embedding` family, generated from ft_dispatch/ops/embedding.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__embedding_bag = OPS['_embedding_bag']
table__embedding_bag = op__embedding_bag.table


def _embedding_bag(weight, indices, offsets, scale_grad_by_freq=False, mode=0, sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=-1):
    """Sum, mean or max of bags of rows, and what the backward needs.

    aten::_embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = weight._k | indices._k | offsets._k | st.bits
        a_per_sample_weights = None
        if per_sample_weights is not None:
            keys |= per_sample_weights._k
            a_per_sample_weights = per_sample_weights._a
        dest, rec, dense, memo = table__embedding_bag[keys]
        leaf, ok, scale_grad_by_freq, mode, sparse, include_last_offset, padding_idx, = memo[weight._a.shape, indices._a.shape, offsets._a.shape, None if a_per_sample_weights is None else a_per_sample_weights.shape, scale_grad_by_freq, mode, sparse, include_last_offset, padding_idx]
        arr = st.run(leaf, weight._a, indices._a, offsets._a, scale_grad_by_freq, mode, sparse, a_per_sample_weights, include_last_offset, padding_idx, out=dest)
    except _MISS:
        return call(op__embedding_bag, _embedding_bag, (weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx)


op__embedding_bag_dense_backward = OPS['_embedding_bag_dense_backward']
table__embedding_bag_dense_backward = op__embedding_bag_dense_backward.table


def _embedding_bag_dense_backward(grad, indices, offset2bag, bag_size, maximum_indices, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx=-1):
    """The table's gradient from the bags'.

    aten::_embedding_bag_dense_backward(Tensor grad, Tensor indices, Tensor offset2bag, Tensor bag_size, Tensor maximum_indices, SymInt num_weights, bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | indices._k | offset2bag._k | bag_size._k | maximum_indices._k | st.bits
        a_per_sample_weights = None
        if per_sample_weights is not None:
            keys |= per_sample_weights._k
            a_per_sample_weights = per_sample_weights._a
        dest, rec, dense, memo = table__embedding_bag_dense_backward[keys]
        leaf, ok, num_weights, scale_grad_by_freq, mode, padding_idx, = memo[grad._a.shape, indices._a.shape, offset2bag._a.shape, bag_size._a.shape, maximum_indices._a.shape, None if a_per_sample_weights is None else a_per_sample_weights.shape, num_weights, scale_grad_by_freq, mode, padding_idx]
        arr = st.run(leaf, grad._a, indices._a, offset2bag._a, bag_size._a, maximum_indices._a, num_weights, scale_grad_by_freq, mode, a_per_sample_weights, padding_idx, out=dest)
    except _MISS:
        return call(op__embedding_bag_dense_backward, _embedding_bag_dense_backward, (grad, indices, offset2bag, bag_size, maximum_indices, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, indices, offset2bag, bag_size, maximum_indices, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx)


op__embedding_bag_per_sample_weights_backward = OPS['_embedding_bag_per_sample_weights_backward']
table__embedding_bag_per_sample_weights_backward = op__embedding_bag_per_sample_weights_backward.table


def _embedding_bag_per_sample_weights_backward(grad, weight, indices, offsets, offset2bag, mode, padding_idx=-1):
    """The gradient of each sample's weight.

    aten::_embedding_bag_per_sample_weights_backward(Tensor grad, Tensor weight, Tensor indices, Tensor offsets, Tensor offset2bag, int mode, int padding_idx=-1) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | weight._k | indices._k | offsets._k | offset2bag._k | st.bits
        dest, rec, dense, memo = table__embedding_bag_per_sample_weights_backward[keys]
        leaf, ok, mode, padding_idx, = memo[grad._a.shape, weight._a.shape, indices._a.shape, offsets._a.shape, offset2bag._a.shape, mode, padding_idx]
        arr = st.run(leaf, grad._a, weight._a, indices._a, offsets._a, offset2bag._a, mode, padding_idx, out=dest)
    except _MISS:
        return call(op__embedding_bag_per_sample_weights_backward, _embedding_bag_per_sample_weights_backward, (grad, weight, indices, offsets, offset2bag, mode, padding_idx))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, weight, indices, offsets, offset2bag, mode, padding_idx)


op__embedding_bag_sparse_backward = OPS['_embedding_bag_sparse_backward']
table__embedding_bag_sparse_backward = op__embedding_bag_sparse_backward.table


def _embedding_bag_sparse_backward(grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx=-1):
    """The table's gradient from the bags', as a COO tensor.

    aten::_embedding_bag_sparse_backward(Tensor grad, Tensor indices, Tensor offsets, Tensor offset2bag, Tensor bag_size, SymInt num_weights, bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor
    """
    try:
        keys = grad._k | indices._k | offsets._k | offset2bag._k | bag_size._k | TL.st.bits
        if per_sample_weights is not None:
            keys |= per_sample_weights._k
    except AttributeError:
        return call(op__embedding_bag_sparse_backward, _embedding_bag_sparse_backward, (grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx))
    if keys & 4331608735776:
        return call(op__embedding_bag_sparse_backward, _embedding_bag_sparse_backward, (grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx))
    try:
        if keys & 4397174096120:
            raise KeyError
        num_weights, scale_grad_by_freq, mode, padding_idx, = table__embedding_bag_sparse_backward[num_weights, scale_grad_by_freq, mode, padding_idx]
    except (KeyError, TypeError):
        return op__embedding_bag_sparse_backward.decomposition(*settled(op__embedding_bag_sparse_backward, (grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx), keys))
    return op__embedding_bag_sparse_backward.decomposition(grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx)


op_embedding = OPS['embedding']
table_embedding = op_embedding.table


def embedding(weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False):
    """Rows of a table by index.

    aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor
    """
    try:
        st = TL.st
        keys = weight._k | indices._k | st.bits
        dest, rec, dense, memo = table_embedding[keys]
        leaf, ok, padding_idx, scale_grad_by_freq, sparse, = memo[weight._a.shape, indices._a.shape, padding_idx, scale_grad_by_freq, sparse]
        arr = st.run(leaf, weight._a, indices._a, padding_idx, scale_grad_by_freq, sparse, out=dest)
    except _MISS:
        return call(op_embedding, embedding, (weight, indices, padding_idx, scale_grad_by_freq, sparse))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, weight, indices, padding_idx, scale_grad_by_freq, sparse)


op_embedding_backward = OPS['embedding_backward']
table_embedding_backward = op_embedding_backward.table


def embedding_backward(grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse):
    """embedding_dense_backward or embedding_sparse_backward.

    aten::embedding_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq, bool sparse) -> Tensor
    """
    try:
        keys = grad._k | indices._k | TL.st.bits
    except AttributeError:
        return call(op_embedding_backward, embedding_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse))
    if keys & 4331608735776:
        return call(op_embedding_backward, embedding_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse))
    try:
        if keys & 4397174096120:
            raise KeyError
        num_weights, padding_idx, scale_grad_by_freq, sparse, = table_embedding_backward[num_weights, padding_idx, scale_grad_by_freq, sparse]
    except (KeyError, TypeError):
        return op_embedding_backward.decomposition(*settled(op_embedding_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse), keys))
    return op_embedding_backward.decomposition(grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse)


op_embedding_dense_backward = OPS['embedding_dense_backward']
table_embedding_dense_backward = op_embedding_dense_backward.table


def embedding_dense_backward(grad_output, indices, num_weights, padding_idx, scale_grad_by_freq):
    """Rows of the cotangent added at their indices.

    aten::embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | indices._k | st.bits
        dest, rec, dense, memo = table_embedding_dense_backward[keys]
        leaf, ok, num_weights, padding_idx, scale_grad_by_freq, = memo[grad_output._a.shape, indices._a.shape, num_weights, padding_idx, scale_grad_by_freq]
        arr = st.run(leaf, grad_output._a, indices._a, num_weights, padding_idx, scale_grad_by_freq, out=dest)
    except _MISS:
        return call(op_embedding_dense_backward, embedding_dense_backward, (grad_output, indices, num_weights, padding_idx, scale_grad_by_freq))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, indices, num_weights, padding_idx, scale_grad_by_freq)


op_embedding_renorm = OPS['embedding_renorm']
table_embedding_renorm = op_embedding_renorm.table


def embedding_renorm(input, indices, max_norm, norm_type):
    """Rows named by indices scaled down to a norm.

    aten::embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | indices._k | st.bits
        dest, rec, dense, memo = table_embedding_renorm[keys]
        leaf, ok, max_norm, norm_type, = memo[input._a.shape, indices._a.shape, max_norm, norm_type]
        arr = st.run(leaf, input._a, indices._a, max_norm, norm_type, out=dest)
    except _MISS:
        return call(op_embedding_renorm, embedding_renorm, (input, indices, max_norm, norm_type))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, indices, max_norm, norm_type)


def embedding_renorm_(input, indices, max_norm, norm_type):
    """In-place form of `embedding_renorm`."""
    return call_inplace(op_embedding_renorm, embedding_renorm_, (input, indices, max_norm, norm_type))


op_embedding_sparse_backward = OPS['embedding_sparse_backward']
table_embedding_sparse_backward = op_embedding_sparse_backward.table


def embedding_sparse_backward(grad, indices, num_weights, padding_idx, scale_grad_by_freq):
    """Rows of the cotangent with their indices, as a COO tensor.

    aten::embedding_sparse_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor
    """
    try:
        keys = grad._k | indices._k | TL.st.bits
    except AttributeError:
        return call(op_embedding_sparse_backward, embedding_sparse_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq))
    if keys & 4331608735776:
        return call(op_embedding_sparse_backward, embedding_sparse_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq))
    try:
        if keys & 4397174096120:
            raise KeyError
        num_weights, padding_idx, scale_grad_by_freq, = table_embedding_sparse_backward[num_weights, padding_idx, scale_grad_by_freq]
    except (KeyError, TypeError):
        return op_embedding_sparse_backward.decomposition(*settled(op_embedding_sparse_backward, (grad, indices, num_weights, padding_idx, scale_grad_by_freq), keys))
    return op_embedding_sparse_backward.decomposition(grad, indices, num_weights, padding_idx, scale_grad_by_freq)
