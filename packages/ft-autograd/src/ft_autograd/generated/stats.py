"""Nodes and recorders of the `stats` family, from ft_autograd/rules/stats.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import stats as rules


class MedianBackward0(Node):
    """Backward of aten::median."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'median'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.median_self(g, x_self, x_result)
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


def record_median(made, self):
    node = MedianBackward0()
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
    return made


class NanmedianBackward0(Node):
    """Backward of aten::nanmedian."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'nanmedian'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.median_self(g, x_self, x_result)
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


def record_nanmedian(made, self):
    node = NanmedianBackward0()
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
    return made


class StdBackward0(Node):
    """Backward of aten::std.correction."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'std.correction'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._std_gradient(g, x_self, x_result, self.p_dim, self.p_correction, self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_std_correction(made, self, dim, correction, keepdim):
    node = StdBackward0()
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
    node.p_correction = correction
    node.p_keepdim = keepdim
    return made


class StdMeanBackward0(Node):
    """Backward of aten::std_mean.correction."""

    __slots__ = ('s_self', 'v_self', 'o_result0', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'std_mean.correction'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result0 = unpack_output(self, self.o_result0, 0)
        r_self = rules.std_mean_self(g[0], g[1], x_self, x_result0, self.p_dim, self.p_correction, self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result0 = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result0(self):
        return unpack_output(self, self.o_result0, 0)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_std_mean_correction(made, self, dim, correction, keepdim):
    node = StdMeanBackward0()
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
    node.o_result0 = save_output(made[0])
    node.p_dim = dim
    node.p_correction = correction
    node.p_keepdim = keepdim
    return made


class VarBackward0(Node):
    """Backward of aten::var.correction."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'var.correction'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._var_gradient(g, x_self, self.p_dim, self.p_correction, self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_var_correction(made, self, dim, correction, keepdim):
    node = VarBackward0()
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
    node.p_correction = correction
    node.p_keepdim = keepdim
    return made


class VarMeanBackward0(Node):
    """Backward of aten::var_mean.correction."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'var_mean.correction'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.var_mean_self(g[0], g[1], x_self, self.p_dim, self.p_correction, self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_var_mean_correction(made, self, dim, correction, keepdim):
    node = VarMeanBackward0()
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
    node.p_dim = dim
    node.p_correction = correction
    node.p_keepdim = keepdim
    return made
