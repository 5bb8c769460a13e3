"""Nodes and recorders of the `view_scatter` family, from ft_autograd/rules/view_scatter.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import view_scatter as rules


class AsStridedScatterBackward0(Node):
    """Backward of aten::as_strided_scatter."""

    __slots__ = ('p_size', 'p_stride', 'p_storage_offset',)
    op_name = 'as_strided_scatter'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.as_strided_scatter_vjp(g, self.p_size, self.p_stride, self.p_storage_offset, (n_self is not None, n_src is not None,))
        return (r_self, r_src,)

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_storage_offset(self):
        return self.p_storage_offset


def record_as_strided_scatter(made, self, src, size, stride, storage_offset):
    node = AsStridedScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    node.p_size = size
    node.p_stride = stride
    node.p_storage_offset = storage_offset
    return made


class DiagonalScatterBackward0(Node):
    """Backward of aten::diagonal_scatter."""

    __slots__ = ('p_offset', 'p_dim1', 'p_dim2',)
    op_name = 'diagonal_scatter'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.diagonal_scatter_vjp(g, self.p_offset, self.p_dim1, self.p_dim2, (n_self is not None, n_src is not None,))
        return (r_self, r_src,)

    @property
    def _saved_offset(self):
        return self.p_offset

    @property
    def _saved_dim1(self):
        return self.p_dim1

    @property
    def _saved_dim2(self):
        return self.p_dim2


def record_diagonal_scatter(made, self, src, offset, dim1, dim2):
    node = DiagonalScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    node.p_offset = offset
    node.p_dim1 = dim1
    node.p_dim2 = dim2
    return made


class SelectScatterBackward0(Node):
    """Backward of aten::select_scatter."""

    __slots__ = ('p_dim', 'p_index',)
    op_name = 'select_scatter'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.select_scatter_vjp(g, self.p_dim, self.p_index, (n_self is not None, n_src is not None,))
        return (r_self, r_src,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_index(self):
        return self.p_index


def record_select_scatter(made, self, src, dim, index):
    node = SelectScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    node.p_dim = dim
    node.p_index = index
    return made


class SliceScatterBackward0(Node):
    """Backward of aten::slice_scatter."""

    __slots__ = ('p_dim', 'p_start', 'p_end', 'p_step',)
    op_name = 'slice_scatter'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.slice_scatter_vjp(g, self.p_dim, self.p_start, self.p_end, self.p_step, (n_self is not None, n_src is not None,))
        return (r_self, r_src,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_start(self):
        return self.p_start

    @property
    def _saved_end(self):
        return self.p_end

    @property
    def _saved_step(self):
        return self.p_step


def record_slice_scatter(made, self, src, dim, start, end, step):
    node = SliceScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    node.p_dim = dim
    node.p_start = start
    node.p_end = end
    node.p_step = step
    return made
