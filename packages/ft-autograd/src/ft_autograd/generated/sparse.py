"""Nodes and recorders of the `sparse` family, from ft_autograd/rules/sparse.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import sparse as rules


class CoalesceBackward0(Node):
    """Backward of aten::_coalesce."""

    __slots__ = ()
    op_name = '_coalesce'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record__coalesce(made, self):
    node = CoalesceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class SparseAddmmBackward0(Node):
    """Backward of aten::_sparse_addmm."""

    __slots__ = ('s_mat1', 'v_mat1', 's_mat2', 'v_mat2', 'p_beta', 'p_alpha',)
    op_name = '_sparse_addmm'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat1, n_mat2 = self.next
        x_mat1 = self.s_mat1
        if not ((x_mat1.__class__ is Tensor or x_mat1.__class__ is Parameter) and (x_mat1._ver or FIRST)[0] == self.v_mat1):
            x_mat1 = unpack_input(self, x_mat1, self.v_mat1)
        x_mat2 = self.s_mat2
        if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
            x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
        r_self, r_mat1, r_mat2 = rules.sparse_addmm_vjp(g, x_mat1, x_mat2, self.p_beta, self.p_alpha, (n_self is not None, n_mat1 is not None, n_mat2 is not None,))
        return (r_self, r_mat1, r_mat2,)

    def release(self):
        self.s_mat1 = Node
        self.s_mat2 = Node

    @property
    def _saved_mat1(self):
        return unpack_input(self, self.s_mat1, self.v_mat1)

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record__sparse_addmm(made, self, mat1, mat2, beta, alpha):
    node = SparseAddmmBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat1._node or mat1) if mat1._k & 1 else None
    e2 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_mat1 = mat1
        cell = mat1._ver
        node.v_mat1 = 0 if cell is None else cell[0]
    else:
        node.s_mat1 = Node
        node.v_mat1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class SparseCompressedTensorUnsafeBackward0(Node):
    """Backward of aten::_sparse_compressed_tensor_unsafe."""

    __slots__ = ('s_compressed_indices', 'v_compressed_indices', 's_plain_indices', 'v_plain_indices', 's_values', 'v_values', 'p_size', 'p_layout',)
    op_name = '_sparse_compressed_tensor_unsafe'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_compressed_indices = self.s_compressed_indices
        if not ((x_compressed_indices.__class__ is Tensor or x_compressed_indices.__class__ is Parameter) and (x_compressed_indices._ver or FIRST)[0] == self.v_compressed_indices):
            x_compressed_indices = unpack_input(self, x_compressed_indices, self.v_compressed_indices)
        x_plain_indices = self.s_plain_indices
        if not ((x_plain_indices.__class__ is Tensor or x_plain_indices.__class__ is Parameter) and (x_plain_indices._ver or FIRST)[0] == self.v_plain_indices):
            x_plain_indices = unpack_input(self, x_plain_indices, self.v_plain_indices)
        x_values = self.s_values
        if not ((x_values.__class__ is Tensor or x_values.__class__ is Parameter) and (x_values._ver or FIRST)[0] == self.v_values):
            x_values = unpack_input(self, x_values, self.v_values)
        r_values = rules.compressed_values(g, x_compressed_indices, x_plain_indices, x_values, self.p_size, self.p_layout)
        return (r_values,)

    def release(self):
        self.s_compressed_indices = Node
        self.s_plain_indices = Node
        self.s_values = Node

    @property
    def _saved_compressed_indices(self):
        return unpack_input(self, self.s_compressed_indices, self.v_compressed_indices)

    @property
    def _saved_plain_indices(self):
        return unpack_input(self, self.s_plain_indices, self.v_plain_indices)

    @property
    def _saved_values(self):
        return unpack_input(self, self.s_values, self.v_values)

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_layout(self):
        return self.p_layout


def record__sparse_compressed_tensor_unsafe(made, compressed_indices, plain_indices, values, size, dtype, layout, device, pin_memory):
    node = SparseCompressedTensorUnsafeBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (values._node or values) if values._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_compressed_indices = compressed_indices
        cell = compressed_indices._ver
        node.v_compressed_indices = 0 if cell is None else cell[0]
    else:
        node.s_compressed_indices = Node
        node.v_compressed_indices = 0
    if e0 is not None:
        node.s_plain_indices = plain_indices
        cell = plain_indices._ver
        node.v_plain_indices = 0 if cell is None else cell[0]
    else:
        node.s_plain_indices = Node
        node.v_plain_indices = 0
    if e0 is not None:
        node.s_values = values
        cell = values._ver
        node.v_values = 0 if cell is None else cell[0]
    else:
        node.s_values = Node
        node.v_values = 0
    node.p_size = size
    node.p_layout = layout
    return made


class SparseCooTensorWithDimsAndTensorsBackward0(Node):
    """Backward of aten::_sparse_coo_tensor_with_dims_and_tensors."""

    __slots__ = ('s_indices', 'v_indices', 'p_values_shape',)
    op_name = '_sparse_coo_tensor_with_dims_and_tensors'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_values = rules._at(g, x_indices, self.p_values_shape)
        return (r_values,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record__sparse_coo_tensor_with_dims_and_tensors(made, sparse_dim, dense_dim, size, indices, values, dtype, layout, device, pin_memory, is_coalesced):
    node = SparseCooTensorWithDimsAndTensorsBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (values._node or values) if values._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    node.p_values_shape = values._a.shape
    return made


class SparseLogSoftmaxBackward0(Node):
    """Backward of aten::_sparse_log_softmax."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim',)
    op_name = '_sparse_log_softmax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw._sparse_log_softmax_backward_data(g, x_result, self.p_dim, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__sparse_log_softmax(made, self, dim, half_to_float):
    node = SparseLogSoftmaxBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result = save_output(made)
    node.p_dim = dim
    return made


class SparseLogSoftmaxBackwardDataBackward0(Node):
    """Backward of aten::_sparse_log_softmax_backward_data."""

    __slots__ = ()
    op_name = '_sparse_log_softmax_backward_data'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.sparse_log_softmax_backward_grad(g)
        return (r_grad_output,)


def record__sparse_log_softmax_backward_data(made, grad_output, output, dim, self):
    node = SparseLogSoftmaxBackwardDataBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    return made


class SparseMmReduceImplBackward0(Node):
    """Backward of aten::_sparse_mm_reduce_impl."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other', 'o_result1', 'p_reduce',)
    op_name = '_sparse_mm_reduce_impl'
    n_outputs = 2
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_other = self.s_other
        if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
            x_other = unpack_input(self, x_other, self.v_other)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self, r_other = rules.torch.raw._sparse_mm_reduce_impl_backward(x_self, g[0], x_other, self.p_reduce, x_result1, (n_self is not None, n_other is not None))
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node
        self.o_result1 = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_reduce(self):
        return self.p_reduce


def record__sparse_mm_reduce_impl(made, self, other, reduce):
    node = SparseMmReduceImplBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None else None
    node.p_reduce = reduce
    return made


class SparseSoftmaxBackward0(Node):
    """Backward of aten::_sparse_softmax."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim',)
    op_name = '_sparse_softmax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw._sparse_softmax_backward_data(g, x_result, self.p_dim, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__sparse_softmax(made, self, dim, half_to_float):
    node = SparseSoftmaxBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result = save_output(made)
    node.p_dim = dim
    return made


class SparseSoftmaxBackwardDataBackward0(Node):
    """Backward of aten::_sparse_softmax_backward_data."""

    __slots__ = ()
    op_name = '_sparse_softmax_backward_data'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.sparse_softmax_backward_grad(g)
        return (r_grad_output,)


def record__sparse_softmax_backward_data(made, grad_output, output, dim, self):
    node = SparseSoftmaxBackwardDataBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    return made


class SparseSparseMatmulBackward0(Node):
    """Backward of aten::_sparse_sparse_matmul."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = '_sparse_sparse_matmul'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_other = self.s_other
        if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
            x_other = unpack_input(self, x_other, self.v_other)
        r_self, r_other = rules.sparse_matmul_vjp(g, x_self, x_other, (n_self is not None, n_other is not None,))
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record__sparse_sparse_matmul(made, self, other):
    node = SparseSparseMatmulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made


class SparseSumBackward0(Node):
    """Backward of aten::_sparse_sum.dim."""

    __slots__ = ('s_self', 'v_self', 'p_dim',)
    op_name = '_sparse_sum.dim'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw._sparse_sum_backward(g, x_self, self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__sparse_sum_dim(made, self, dim):
    node = SparseSumBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_dim = dim
    return made


class ToDenseBackward0(Node):
    """Backward of aten::_to_dense."""

    __slots__ = ('s_self', 'v_self', 'p_masked_grad',)
    op_name = '_to_dense'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_dense_self(g, x_self, self.p_masked_grad)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_masked_grad(self):
        return self.p_masked_grad


def record__to_dense(made, self, dtype, masked_grad):
    node = ToDenseBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_masked_grad = masked_grad
    return made


class ToSparseBackward0(Node):
    """Backward of aten::_to_sparse."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse(made, self, layout, blocksize, dense_dim):
    node = ToSparseBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class ToSparseBackward1(Node):
    """Backward of aten::_to_sparse.sparse_dim."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse.sparse_dim'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse_sparse_dim(made, self, sparse_dim):
    node = ToSparseBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class ToSparseBscBackward0(Node):
    """Backward of aten::_to_sparse_bsc."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse_bsc'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse_bsc(made, self, blocksize, dense_dim):
    node = ToSparseBscBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class ToSparseBsrBackward0(Node):
    """Backward of aten::_to_sparse_bsr."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse_bsr'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse_bsr(made, self, blocksize, dense_dim):
    node = ToSparseBsrBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class ToSparseCscBackward0(Node):
    """Backward of aten::_to_sparse_csc."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse_csc'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse_csc(made, self, dense_dim):
    node = ToSparseCscBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class ToSparseCsrBackward0(Node):
    """Backward of aten::_to_sparse_csr."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_to_sparse_csr'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.to_sparse_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__to_sparse_csr(made, self, dense_dim):
    node = ToSparseCsrBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class SparseMaskBackward0(Node):
    """Backward of aten::sparse_mask."""

    __slots__ = ('s_mask', 'v_mask', 'p_self_layout',)
    op_name = 'sparse_mask'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        r_self = rules.sparse_mask_self(g, x_mask, self.p_self_layout)
        return (r_self,)

    def release(self):
        self.s_mask = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)


def record_sparse_mask(made, self, mask):
    node = SparseMaskBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    node.p_self_layout = self.layout
    return made


class SparseSampledAddmmBackward0(Node):
    """Backward of aten::sparse_sampled_addmm."""

    __slots__ = ('s_self', 'v_self', 's_mat1', 'v_mat1', 's_mat2', 'v_mat2', 'p_beta', 'p_alpha',)
    op_name = 'sparse_sampled_addmm'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat1, n_mat2 = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_mat1 = self.s_mat1
        if not ((x_mat1.__class__ is Tensor or x_mat1.__class__ is Parameter) and (x_mat1._ver or FIRST)[0] == self.v_mat1):
            x_mat1 = unpack_input(self, x_mat1, self.v_mat1)
        x_mat2 = self.s_mat2
        if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
            x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
        r_self, r_mat1, r_mat2 = rules.sampled_addmm_vjp(g, x_self, x_mat1, x_mat2, self.p_beta, self.p_alpha, (n_self is not None, n_mat1 is not None, n_mat2 is not None,))
        return (r_self, r_mat1, r_mat2,)

    def release(self):
        self.s_self = Node
        self.s_mat1 = Node
        self.s_mat2 = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_mat1(self):
        return unpack_input(self, self.s_mat1, self.v_mat1)

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_sparse_sampled_addmm(made, self, mat1, mat2, beta, alpha):
    node = SparseSampledAddmmBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat1._node or mat1) if mat1._k & 1 else None
    e2 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_mat1 = mat1
        cell = mat1._ver
        node.v_mat1 = 0 if cell is None else cell[0]
    else:
        node.s_mat1 = Node
        node.v_mat1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class ValuesBackward0(Node):
    """Backward of aten::values."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'values'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.values_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_values(made, self):
    node = ValuesBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made
