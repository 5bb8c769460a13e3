"""Nodes and recorders of the `index` family, from ft_autograd/rules/index.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import index as rules


class UnsafeIndexBackward0(Node):
    """Backward of aten::_unsafe_index.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_indices', 'v_indices',)
    op_name = '_unsafe_index.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.index_put(g.new_zeros(x_self.shape), [unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], g, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_indices = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__unsafe_index_Tensor(made, self, indices):
    node = UnsafeIndexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.s_indices = indices
    node.v_indices = [version(t) for t in indices]
    return made


class GatherBackward0(Node):
    """Backward of aten::gather."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 'p_dim', 'p_sparse_grad',)
    op_name = 'gather'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self = rules.torch.gather_backward(g, x_self, self.p_dim, x_index, self.p_sparse_grad)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_index = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_sparse_grad(self):
        return self.p_sparse_grad


def record_gather(made, self, dim, index, sparse_grad):
    node = GatherBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    node.p_dim = dim
    node.p_sparse_grad = sparse_grad
    return made


class IndexBackward0(Node):
    """Backward of aten::index.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_indices', 'v_indices',)
    op_name = 'index.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.index_put(g.new_zeros(x_self.shape), [unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], g, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_indices = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_index_Tensor(made, self, indices):
    node = IndexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.s_indices = indices
    node.v_indices = [version(t) for t in indices]
    return made


class IndexSelectBackward0(Node):
    """Backward of aten::index_select."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 'p_dim',)
    op_name = 'index_select'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self = rules.torch.index_select_backward(g, x_self.shape, self.p_dim, x_index)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_index = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_select(made, self, dim, index):
    node = IndexSelectBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    node.p_dim = dim
    return made


class SelectBackwardBackward0(Node):
    """Backward of aten::select_backward."""

    __slots__ = ('p_dim', 'p_index',)
    op_name = 'select_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = g.select(self.p_dim, self.p_index)
        return (r_grad_output,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_index(self):
        return self.p_index


def record_select_backward(made, grad_output, input_sizes, dim, index):
    node = SelectBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_dim = dim
    node.p_index = index
    return made


class SliceBackwardBackward0(Node):
    """Backward of aten::slice_backward."""

    __slots__ = ('p_dim', 'p_start', 'p_end', 'p_step',)
    op_name = 'slice_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = g[(slice(None),) * self.p_dim + (slice(self.p_start, self.p_end, self.p_step),)]
        return (r_grad_output,)

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


def record_slice_backward(made, grad_output, input_sizes, dim, start, end, step):
    node = SliceBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = grad_output._node or grad_output
    node.next = (e0,)
    node.p_dim = dim
    node.p_start = start
    node.p_end = end
    node.p_step = step
    return made


class TakeBackward0(Node):
    """Backward of aten::take."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index',)
    op_name = 'take'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self = g.new_zeros(x_self.shape).put(x_index, g, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_index = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)


def record_take(made, self, index):
    node = TakeBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    return made


class TrilBackward0(Node):
    """Backward of aten::tril."""

    __slots__ = ('p_diagonal',)
    op_name = 'tril'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.tril(self.p_diagonal)
        return (r_self,)

    @property
    def _saved_diagonal(self):
        return self.p_diagonal


def record_tril(made, self, diagonal):
    node = TrilBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_diagonal = diagonal
    return made


class TriuBackward0(Node):
    """Backward of aten::triu."""

    __slots__ = ('p_diagonal',)
    op_name = 'triu'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.triu(self.p_diagonal)
        return (r_self,)

    @property
    def _saved_diagonal(self):
        return self.p_diagonal


def record_triu(made, self, diagonal):
    node = TriuBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_diagonal = diagonal
    return made
