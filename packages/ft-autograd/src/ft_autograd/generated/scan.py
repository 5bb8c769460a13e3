"""Nodes and recorders of the `scan` family, from ft_autograd/rules/scan.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import scan as rules


class CummaxBackward0(Node):
    """Backward of aten::cummax."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'cummax'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.cummax_self(g[0], x_self, x_indices, self.p_dim)
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


def record_cummax(made, self, dim):
    node = CummaxBackward0()
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


class CumminBackward0(Node):
    """Backward of aten::cummin."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'cummin'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.cummax_self(g[0], x_self, x_indices, self.p_dim)
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


def record_cummin(made, self, dim):
    node = CumminBackward0()
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


class CumprodBackward0(Node):
    """Backward of aten::cumprod."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim',)
    op_name = 'cumprod'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.cumprod_self(g, x_self, x_result, self.p_dim)
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


def record_cumprod(made, self, dim, dtype):
    node = CumprodBackward0()
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


class CumsumBackward0(Node):
    """Backward of aten::cumsum."""

    __slots__ = ('p_dim',)
    op_name = 'cumsum'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules._from_end(g, self.p_dim)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_cumsum(made, self, dim, dtype):
    node = CumsumBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    return made


class LogcumsumexpBackward0(Node):
    """Backward of aten::logcumsumexp."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim',)
    op_name = 'logcumsumexp'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.logcumsumexp_self(g, x_self, x_result, self.p_dim)
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


def record_logcumsumexp(made, self, dim):
    node = LogcumsumexpBackward0()
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
