"""Nodes and recorders of the `sort` family, from ft_autograd/rules/sort.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import sort as rules


class KthvalueBackward0(Node):
    """Backward of aten::kthvalue."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'kthvalue'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.torch.value_selecting_reduction_backward(g[0], self.p_dim, x_indices, x_self.shape, self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_kthvalue(made, self, k, dim, keepdim):
    node = KthvalueBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_indices = save_output(made[1])
    node.p_dim = dim
    node.p_keepdim = keepdim
    return made


class SortBackward0(Node):
    """Backward of aten::sort."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'sort'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.torch.value_selecting_reduction_backward(g[0], self.p_dim, x_indices, x_self.shape, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_sort(made, self, dim, descending):
    node = SortBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_indices = save_output(made[1])
    node.p_dim = dim
    return made


class SortBackward1(Node):
    """Backward of aten::sort.stable."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'sort.stable'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.torch.value_selecting_reduction_backward(g[0], self.p_dim, x_indices, x_self.shape, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_sort_stable(made, self, stable, dim, descending):
    node = SortBackward1()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_indices = save_output(made[1])
    node.p_dim = dim
    return made


class TopkBackward0(Node):
    """Backward of aten::topk."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'topk'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.torch.value_selecting_reduction_backward(g[0], self.p_dim, x_indices, x_self.shape, True)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_topk(made, self, k, dim, largest, sorted):
    node = TopkBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_indices = save_output(made[1])
    node.p_dim = dim
    return made
