"""Nodes and recorders of the `reduction` family, from ft_autograd/rules/reduction.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import reduction as rules


class LinalgVectorNormBackward0(Node):
    """Backward of aten::linalg_vector_norm."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_ord', 'p_dim', 'p_keepdim',)
    op_name = 'linalg_vector_norm'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.linalg_vector_norm_self(g, x_self, x_result, self.p_ord, self.p_dim, self.p_keepdim)
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
    def _saved_ord(self):
        return self.p_ord

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_linalg_vector_norm(made, self, ord, dim, keepdim, dtype):
    node = LinalgVectorNormBackward0()
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
    node.p_ord = ord
    node.p_dim = dim
    node.p_keepdim = keepdim
    return made


class LogsumexpBackward0(Node):
    """Backward of aten::logsumexp."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_keepdim',)
    op_name = 'logsumexp'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.logsumexp_self(g, x_self, x_result, self.p_dim, self.p_keepdim)
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

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_logsumexp(made, self, dim, keepdim):
    node = LogsumexpBackward0()
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
    node.p_keepdim = keepdim
    return made


class MeanBackward0(Node):
    """Backward of aten::mean."""

    __slots__ = ('p_self_shape',)
    op_name = 'mean'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.spread(g / rules.prod(self.p_self_shape), self.p_self_shape)
        return (r_self,)


def record_mean(made, self, dtype):
    node = MeanBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made


class MeanBackward1(Node):
    """Backward of aten::mean.dim."""

    __slots__ = ('p_dim', 'p_keepdim', 'p_self_shape',)
    op_name = 'mean.dim'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.spread(rules.kept(g, len(self.p_self_shape), self.p_dim, self.p_keepdim) / rules.reduced_count(self.p_self_shape, self.p_dim), self.p_self_shape)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_mean_dim(made, self, dim, keepdim, dtype):
    node = MeanBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_keepdim = keepdim
    node.p_self_shape = self._a.shape
    return made


class NansumBackward0(Node):
    """Backward of aten::nansum."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_keepdim',)
    op_name = 'nansum'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.kept(g, x_self.ndim, self.p_dim, self.p_keepdim) * (x_self == x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_nansum(made, self, dim, keepdim, dtype):
    node = NansumBackward0()
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
    node.p_keepdim = keepdim
    return made


class ProdBackward0(Node):
    """Backward of aten::prod."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'prod'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.prod_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_prod(made, self, dtype):
    node = ProdBackward0()
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


class ProdBackward1(Node):
    """Backward of aten::prod.dim_int."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_keepdim',)
    op_name = 'prod.dim_int'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.prod_dim_self(g, x_self, self.p_dim, self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_prod_dim_int(made, self, dim, keepdim, dtype):
    node = ProdBackward1()
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
    node.p_keepdim = keepdim
    return made


class SumBackward0(Node):
    """Backward of aten::sum."""

    __slots__ = ('p_self_shape',)
    op_name = 'sum'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.spread(g, self.p_self_shape)
        return (r_self,)


def record_sum(made, self, dtype):
    node = SumBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made


class SumBackward1(Node):
    """Backward of aten::sum.dim_IntList."""

    __slots__ = ('p_dim', 'p_keepdim', 'p_self_shape',)
    op_name = 'sum.dim_IntList'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.spread(rules.kept(g, len(self.p_self_shape), self.p_dim, self.p_keepdim), self.p_self_shape)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_sum_dim_IntList(made, self, dim, keepdim, dtype):
    node = SumBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_keepdim = keepdim
    node.p_self_shape = self._a.shape
    return made
