"""Nodes and recorders of the `view` family, from ft_autograd/rules/view.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import view as rules


class AliasBackward0(Node):
    """Backward of aten::alias."""

    __slots__ = ()
    op_name = 'alias'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record_alias(made, self):
    node = AliasBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class AsStridedBackward0(Node):
    """Backward of aten::as_strided."""

    __slots__ = ('p_size', 'p_stride', 'p_storage_offset', 'p_self_shape', 'p_self_stride', 'p_self_offset',)
    op_name = 'as_strided'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.as_strided_self(g, self.p_self_shape, self.p_self_stride, self.p_self_offset, self.p_size, self.p_stride, self.p_storage_offset)
        return (r_self,)

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_storage_offset(self):
        return self.p_storage_offset


def record_as_strided(made, self, size, stride, storage_offset):
    node = AsStridedBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_size = size
    node.p_stride = stride
    node.p_storage_offset = storage_offset
    node.p_self_shape = self._a.shape
    node.p_self_stride = (self._strides if self._k & 4 else self.stride())
    node.p_self_offset = self.storage_offset()
    return made


class DiagonalBackward0(Node):
    """Backward of aten::diagonal."""

    __slots__ = ('p_offset', 'p_dim1', 'p_dim2', 'p_self_shape',)
    op_name = 'diagonal'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.diagonal_self(g, self.p_self_shape, self.p_offset, self.p_dim1, self.p_dim2)
        return (r_self,)

    @property
    def _saved_offset(self):
        return self.p_offset

    @property
    def _saved_dim1(self):
        return self.p_dim1

    @property
    def _saved_dim2(self):
        return self.p_dim2


def record_diagonal(made, self, offset, dim1, dim2):
    node = DiagonalBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_offset = offset
    node.p_dim1 = dim1
    node.p_dim2 = dim2
    node.p_self_shape = self._a.shape
    return made


class DiagonalBackwardBackward0(Node):
    """Backward of aten::diagonal_backward."""

    __slots__ = ('p_offset', 'p_dim1', 'p_dim2',)
    op_name = 'diagonal_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = g.diagonal(self.p_offset, self.p_dim1, self.p_dim2)
        return (r_grad_output,)

    @property
    def _saved_offset(self):
        return self.p_offset

    @property
    def _saved_dim1(self):
        return self.p_dim1

    @property
    def _saved_dim2(self):
        return self.p_dim2


def record_diagonal_backward(made, grad_output, input_sizes, offset, dim1, dim2):
    node = DiagonalBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_offset = offset
    node.p_dim1 = dim1
    node.p_dim2 = dim2
    return made


class ExpandBackward0(Node):
    """Backward of aten::expand."""

    __slots__ = ()
    op_name = 'expand'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record_expand(made, self, size, implicit):
    node = ExpandBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class PermuteBackward0(Node):
    """Backward of aten::permute."""

    __slots__ = ('p_dims',)
    op_name = 'permute'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.permute_self(g, self.p_dims)
        return (r_self,)

    @property
    def _saved_dims(self):
        return self.p_dims


def record_permute(made, self, dims):
    node = PermuteBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dims = dims
    return made


class SelectBackward0(Node):
    """Backward of aten::select.int."""

    __slots__ = ('p_dim', 'p_index', 'p_self_shape',)
    op_name = 'select.int'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.raw.select_backward(g, self.p_self_shape, self.p_dim, self.p_index)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_index(self):
        return self.p_index


def record_select(made, self, dim, index):
    node = SelectBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_index = index
    node.p_self_shape = self._a.shape
    return made


class SliceBackward0(Node):
    """Backward of aten::slice.Tensor."""

    __slots__ = ('p_dim', 'p_start', 'p_end', 'p_step', 'p_self_shape',)
    op_name = 'slice.Tensor'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.slice_self(g, self.p_self_shape, self.p_dim, self.p_start, self.p_end, self.p_step)
        return (r_self,)

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


def record_slice_Tensor(made, self, dim, start, end, step):
    node = SliceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_start = start
    node.p_end = end
    node.p_step = step
    node.p_self_shape = self._a.shape
    return made


class SplitBackward0(Node):
    """Backward of aten::split.Tensor."""

    __slots__ = ('p_split_size', 'p_dim', 'p_self_shape',)
    op_name = 'split.Tensor'
    n_outputs = -1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.split_self(g, self.p_self_shape, self.p_split_size, self.p_dim)
        return (r_self,)

    @property
    def _saved_split_size(self):
        return self.p_split_size

    @property
    def _saved_dim(self):
        return self.p_dim


def record_split_Tensor(made, self, split_size, dim):
    node = SplitBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.p_split_size = split_size
    node.p_dim = dim
    node.p_self_shape = self._a.shape
    return made


class SplitWithSizesBackward0(Node):
    """Backward of aten::split_with_sizes."""

    __slots__ = ('p_split_sizes', 'p_dim', 'p_self_shape',)
    op_name = 'split_with_sizes'
    n_outputs = -1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules._joined(g, self.p_self_shape, self.p_split_sizes, self.p_dim)
        return (r_self,)

    @property
    def _saved_split_sizes(self):
        return self.p_split_sizes

    @property
    def _saved_dim(self):
        return self.p_dim


def record_split_with_sizes(made, self, split_sizes, dim):
    node = SplitWithSizesBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.p_split_sizes = split_sizes
    node.p_dim = dim
    node.p_self_shape = self._a.shape
    return made


class SqueezeBackward0(Node):
    """Backward of aten::squeeze."""

    __slots__ = ('p_self_shape',)
    op_name = 'squeeze'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.reshape(self.p_self_shape)
        return (r_self,)


def record_squeeze(made, self):
    node = SqueezeBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made


class SqueezeBackward1(Node):
    """Backward of aten::squeeze.dims."""

    __slots__ = ('p_self_shape',)
    op_name = 'squeeze.dims'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.reshape(self.p_self_shape)
        return (r_self,)


def record_squeeze_dims(made, self, dim):
    node = SqueezeBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made


class TBackward0(Node):
    """Backward of aten::t."""

    __slots__ = ()
    op_name = 't'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.t()
        return (r_self,)


def record_t(made, self):
    node = TBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class TransposeBackward0(Node):
    """Backward of aten::transpose.int."""

    __slots__ = ('p_dim0', 'p_dim1',)
    op_name = 'transpose.int'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.transpose(self.p_dim0, self.p_dim1)
        return (r_self,)

    @property
    def _saved_dim0(self):
        return self.p_dim0

    @property
    def _saved_dim1(self):
        return self.p_dim1


def record_transpose(made, self, dim0, dim1):
    node = TransposeBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim0 = dim0
    node.p_dim1 = dim1
    return made


class UnbindBackward0(Node):
    """Backward of aten::unbind.int."""

    __slots__ = ('p_dim', 'p_self_shape',)
    op_name = 'unbind.int'
    n_outputs = -1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.unbind_self(g, self.p_self_shape, self.p_dim)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_unbind_int(made, self, dim):
    node = UnbindBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_self_shape = self._a.shape
    return made


class UnfoldBackward0(Node):
    """Backward of aten::unfold."""

    __slots__ = ('p_dimension', 'p_size', 'p_step', 'p_self_shape',)
    op_name = 'unfold'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.raw.unfold_backward(g, self.p_self_shape, self.p_dimension % max(len(self.p_self_shape), 1), self.p_size, self.p_step)
        return (r_self,)

    @property
    def _saved_dimension(self):
        return self.p_dimension

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_step(self):
        return self.p_step


def record_unfold(made, self, dimension, size, step):
    node = UnfoldBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dimension = dimension
    node.p_size = size
    node.p_step = step
    node.p_self_shape = self._a.shape
    return made


class UnfoldBackwardBackward0(Node):
    """Backward of aten::unfold_backward."""

    __slots__ = ('p_dim', 'p_size', 'p_step',)
    op_name = 'unfold_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_in = g.unfold(self.p_dim, self.p_size, self.p_step)
        return (r_grad_in,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_size(self):
        return self.p_size

    @property
    def _saved_step(self):
        return self.p_step


def record_unfold_backward(made, grad_in, input_sizes, dim, size, step):
    node = UnfoldBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_in._node or grad_in
    node.next = (e0,)
    node.p_dim = dim
    node.p_size = size
    node.p_step = step
    return made


class UnsqueezeBackward0(Node):
    """Backward of aten::unsqueeze."""

    __slots__ = ('p_dim',)
    op_name = 'unsqueeze'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.squeeze(self.p_dim)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_unsqueeze(made, self, dim):
    node = UnsqueezeBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    return made


class ViewBackward0(Node):
    """Backward of aten::view."""

    __slots__ = ('p_self_shape',)
    op_name = 'view'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.reshape(self.p_self_shape)
        return (r_self,)


def record_view(made, self, size):
    node = ViewBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made
