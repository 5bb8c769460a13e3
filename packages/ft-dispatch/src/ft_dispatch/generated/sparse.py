"""Wrappers of the `sparse` family, generated from ft_dispatch/ops/sparse.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__coalesce = OPS['_coalesce']


def _coalesce(input):
    """Coordinates sorted, each once; values of equal ones added.

    aten::_coalesce(Tensor self) -> Tensor
    """
    return call(op__coalesce, _coalesce, (input,))


op__coo_merge = OPS['_coo_merge']


def _coo_merge(places, values):
    """Places sorted, each once, and the sums of the rows of values that had the same place.

    aten::_coo_merge(Tensor places, Tensor values) -> (Tensor, Tensor)
    """
    return call(op__coo_merge, _coo_merge, (places, values))


op__coo_mm = OPS['_coo_mm']
table__coo_mm = op__coo_mm.table


def _coo_mm(rows, cols, values, mat, n):
    """(n, width): values[i] * mat[cols[i]] added to row rows[i].

    aten::_coo_mm(Tensor rows, Tensor cols, Tensor values, Tensor mat, SymInt n) -> Tensor
    """
    try:
        st = TL.st
        keys = rows._k | cols._k | values._k | mat._k | st.bits
        dest, rec, dense, memo = table__coo_mm[keys]
        leaf, ok, n, = memo[rows._a.shape, cols._a.shape, values._a.shape, mat._a.shape, n]
        arr = st.run(leaf, rows._a, cols._a, values._a, mat._a, n, out=dest)
    except _MISS:
        return call(op__coo_mm, _coo_mm, (rows, cols, values, mat, n))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, rows, cols, values, mat, n)


op__sparse_addmm = OPS['_sparse_addmm']


def _sparse_addmm(input, mat1, mat2, *, beta=1, alpha=1):
    """beta self + alpha mat1 @ mat2 with a sparse mat1, whose gradient is sparse.

    aten::_sparse_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    return call(op__sparse_addmm, _sparse_addmm, (input, mat1, mat2, beta, alpha))


op__sparse_broadcast_to = OPS['_sparse_broadcast_to']


def _sparse_broadcast_to(input, size):
    """Sparse dimensions repeated.

    aten::_sparse_broadcast_to(Tensor self, SymInt[] size) -> Tensor
    """
    return call(op__sparse_broadcast_to, _sparse_broadcast_to, (input, size))


op__sparse_compressed_tensor_unsafe = OPS['_sparse_compressed_tensor_unsafe']


def _sparse_compressed_tensor_unsafe(compressed_indices, plain_indices, values, size, *, dtype=None, layout=None, device=None, pin_memory=None):
    """A CSR, CSC, BSR or BSC tensor over its components.

    aten::_sparse_compressed_tensor_unsafe(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
    """
    return call(op__sparse_compressed_tensor_unsafe, _sparse_compressed_tensor_unsafe, (compressed_indices, plain_indices, values, size, dtype, layout, device, pin_memory))


op__sparse_coo_tensor_with_dims_and_tensors = OPS['_sparse_coo_tensor_with_dims_and_tensors']


def _sparse_coo_tensor_with_dims_and_tensors(sparse_dim, dense_dim, size, indices, values, *, dtype=None, layout=None, device=None, pin_memory=None, is_coalesced=None):
    """A COO tensor over its components.

    aten::_sparse_coo_tensor_with_dims_and_tensors(int sparse_dim, int dense_dim, SymInt[] size, Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor
    """
    return call(op__sparse_coo_tensor_with_dims_and_tensors, _sparse_coo_tensor_with_dims_and_tensors, (sparse_dim, dense_dim, size, indices, values, dtype, layout, device, pin_memory, is_coalesced))


op__sparse_log_softmax = OPS['_sparse_log_softmax']


def _sparse_log_softmax(input, dim, half_to_float):
    """log_softmax over the elements that are there.

    aten::_sparse_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    return call(op__sparse_log_softmax, _sparse_log_softmax, (input, dim, half_to_float))


op__sparse_log_softmax_backward_data = OPS['_sparse_log_softmax_backward_data']


def _sparse_log_softmax_backward_data(grad_output, output, dim, input):
    """The gradient of _sparse_log_softmax.

    aten::_sparse_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor
    """
    return call(op__sparse_log_softmax_backward_data, _sparse_log_softmax_backward_data, (grad_output, output, dim, input))


op__sparse_mask_projection = OPS['_sparse_mask_projection']


def _sparse_mask_projection(input, mask, accumulate_matches=False):
    """A COO tensor at the coordinates of another.

    aten::_sparse_mask_projection(Tensor self, Tensor mask, bool accumulate_matches=False) -> Tensor
    """
    return call(op__sparse_mask_projection, _sparse_mask_projection, (input, mask, accumulate_matches))


op__sparse_mm_reduce_impl = OPS['_sparse_mm_reduce_impl']


def _sparse_mm_reduce_impl(input, other, reduce):
    """A CSR matrix times a dense one, products reduced by sum, mean, amax or amin, and where each extreme came from.

    aten::_sparse_mm_reduce_impl(Tensor self, Tensor other, str reduce) -> (Tensor, Tensor)
    """
    return call(op__sparse_mm_reduce_impl, _sparse_mm_reduce_impl, (input, other, reduce))


op__sparse_mm_reduce_impl_backward = OPS['_sparse_mm_reduce_impl_backward']


def _sparse_mm_reduce_impl_backward(input, grad_out, weight, reduce, arg_out, output_mask):
    """The gradients of _sparse_mm_reduce_impl.

    aten::_sparse_mm_reduce_impl_backward(Tensor self, Tensor grad_out, Tensor weight, str reduce, Tensor arg_out, bool[2] output_mask) -> (Tensor, Tensor)
    """
    return call(op__sparse_mm_reduce_impl_backward, _sparse_mm_reduce_impl_backward, (input, grad_out, weight, reduce, arg_out, output_mask))


op__sparse_softmax = OPS['_sparse_softmax']


def _sparse_softmax(input, dim, half_to_float):
    """softmax over the elements that are there.

    aten::_sparse_softmax(Tensor self, int dim, bool half_to_float) -> Tensor
    """
    return call(op__sparse_softmax, _sparse_softmax, (input, dim, half_to_float))


op__sparse_softmax_backward_data = OPS['_sparse_softmax_backward_data']


def _sparse_softmax_backward_data(grad_output, output, dim, input):
    """The gradient of _sparse_softmax.

    aten::_sparse_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor
    """
    return call(op__sparse_softmax_backward_data, _sparse_softmax_backward_data, (grad_output, output, dim, input))


op__sparse_sparse_matmul = OPS['_sparse_sparse_matmul']


def _sparse_sparse_matmul(input, other):
    """The sparse product of two sparse matrices.

    aten::_sparse_sparse_matmul(Tensor self, Tensor other) -> Tensor
    """
    return call(op__sparse_sparse_matmul, _sparse_sparse_matmul, (input, other))


op__sparse_sum_dim = OPS['_sparse_sum.dim']


def _sparse_sum_dim(input, dim):
    """Summed over dimensions; sparse unless none of the sparse ones is left.

    aten::_sparse_sum.dim(Tensor self, int[1] dim) -> Tensor
    """
    return call(op__sparse_sum_dim, _sparse_sum_dim, (input, dim))


op__sparse_sum_backward = OPS['_sparse_sum_backward']


def _sparse_sum_backward(grad, input, dim):
    """The gradient of _sparse_sum.

    aten::_sparse_sum_backward(Tensor grad, Tensor self, int[] dim) -> Tensor
    """
    return call(op__sparse_sum_backward, _sparse_sum_backward, (grad, input, dim))


op__spdiags = OPS['_spdiags']


def _spdiags(diagonals, offsets, shape, layout=None):
    """A matrix from its diagonals.

    aten::_spdiags(Tensor diagonals, Tensor offsets, SymInt[] shape, Layout? layout=None) -> Tensor
    """
    return call(op__spdiags, _spdiags, (diagonals, offsets, shape, layout))


op__to_dense = OPS['_to_dense']


def _to_dense(input, dtype=None, masked_grad=None):
    """With all its zeros.

    aten::_to_dense(Tensor self, ScalarType? dtype=None, bool? masked_grad=None) -> Tensor
    """
    return call(op__to_dense, _to_dense, (input, dtype, masked_grad))


op__to_sparse = OPS['_to_sparse']


def _to_sparse(input, *, layout=None, blocksize=None, dense_dim=None):
    """In a sparse layout.

    aten::_to_sparse(Tensor self, *, Layout? layout=None, SymInt[2]? blocksize=None, int? dense_dim=None) -> Tensor
    """
    return call(op__to_sparse, _to_sparse, (input, layout, blocksize, dense_dim))


op__to_sparse_sparse_dim = OPS['_to_sparse.sparse_dim']


def _to_sparse_sparse_dim(input, sparse_dim):
    """COO with some sparse dimensions.

    aten::_to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor
    """
    return call(op__to_sparse_sparse_dim, _to_sparse_sparse_dim, (input, sparse_dim))


op__to_sparse_bsc = OPS['_to_sparse_bsc']


def _to_sparse_bsc(input, blocksize, dense_dim=None):
    """Columns of blocks compressed.

    aten::_to_sparse_bsc(Tensor self, SymInt[2] blocksize, int? dense_dim=None) -> Tensor
    """
    return call(op__to_sparse_bsc, _to_sparse_bsc, (input, blocksize, dense_dim))


op__to_sparse_bsr = OPS['_to_sparse_bsr']


def _to_sparse_bsr(input, blocksize, dense_dim=None):
    """Rows of blocks compressed.

    aten::_to_sparse_bsr(Tensor self, SymInt[2] blocksize, int? dense_dim=None) -> Tensor
    """
    return call(op__to_sparse_bsr, _to_sparse_bsr, (input, blocksize, dense_dim))


op__to_sparse_csc = OPS['_to_sparse_csc']


def _to_sparse_csc(input, dense_dim=None):
    """Columns compressed.

    aten::_to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor
    """
    return call(op__to_sparse_csc, _to_sparse_csc, (input, dense_dim))


op__to_sparse_csr = OPS['_to_sparse_csr']


def _to_sparse_csr(input, dense_dim=None):
    """Rows compressed.

    aten::_to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor
    """
    return call(op__to_sparse_csr, _to_sparse_csr, (input, dense_dim))


op_hspmm = OPS['hspmm']


def hspmm(mat1, mat2, *, out=None):
    """The product of a sparse and a dense matrix with the rows that are not zero.

    aten::hspmm(Tensor mat1, Tensor mat2) -> Tensor
    """
    return call(op_hspmm, hspmm, (mat1, mat2), out)


op_sparse_mask = OPS['sparse_mask']


def sparse_mask(input, mask):
    """The values where a sparse tensor has some.

    aten::sparse_mask(Tensor self, Tensor mask) -> Tensor
    """
    return call(op_sparse_mask, sparse_mask, (input, mask))


op_sparse_sampled_addmm = OPS['sparse_sampled_addmm']


def sparse_sampled_addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None):
    """beta self + alpha (mat1 @ mat2) where the CSR matrix self has elements.

    aten::sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    return call(op_sparse_sampled_addmm, sparse_sampled_addmm, (input, mat1, mat2, beta, alpha), out)


op_sspaddmm = OPS['sspaddmm']


def sspaddmm(input, mat1, mat2, *, beta=1, alpha=1, out=None):
    """beta self + alpha mat1 @ mat2, all of it sparse but mat2.

    aten::sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    return call(op_sspaddmm, sspaddmm, (input, mat1, mat2, beta, alpha), out)


op_values = OPS['values']


def values(input):
    """The values of a sparse tensor, in its memory.

    aten::values(Tensor self) -> Tensor
    """
    return call(op_values, values, (input,))
