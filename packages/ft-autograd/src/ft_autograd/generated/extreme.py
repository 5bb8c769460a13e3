"""Nodes and recorders of the `extreme` family, from ft_autograd/rules/extreme.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import extreme as rules


class AmaxBackward0(Node):
    """Backward of aten::amax."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_keepdim',)
    op_name = 'amax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._shared(rules.kept(g, x_self.ndim, self.p_dim, self.p_keepdim), x_self, rules.kept(x_result, x_self.ndim, self.p_dim, self.p_keepdim), self.p_dim)
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


def record_amax(made, self, dim, keepdim):
    node = AmaxBackward0()
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


class AminBackward0(Node):
    """Backward of aten::amin."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_keepdim',)
    op_name = 'amin'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._shared(rules.kept(g, x_self.ndim, self.p_dim, self.p_keepdim), x_self, rules.kept(x_result, x_self.ndim, self.p_dim, self.p_keepdim), self.p_dim)
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


def record_amin(made, self, dim, keepdim):
    node = AminBackward0()
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


class AminmaxBackward0(Node):
    """Backward of aten::aminmax."""

    __slots__ = ('s_self', 'v_self', 'o_min', 'o_max', 'p_dim', 'p_keepdim',)
    op_name = 'aminmax'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_min = unpack_output(self, self.o_min, 0)
        x_max = unpack_output(self, self.o_max, 1)
        r_self = rules.aminmax_self(g[0], g[1], x_self, x_min, x_max, self.p_dim, self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_min = None
        self.o_max = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_min(self):
        return unpack_output(self, self.o_min, 0)

    @property
    def _saved_max(self):
        return unpack_output(self, self.o_max, 1)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_aminmax(made, self, dim, keepdim):
    node = AminmaxBackward0()
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
    node.o_min = save_output(made[0])
    node.o_max = save_output(made[1])
    node.p_dim = dim
    node.p_keepdim = keepdim
    return made


class MaxBackward1(Node):
    """Backward of aten::max."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'max'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._shared(g, x_self, x_result, None)
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


def record_max(made, self):
    node = MaxBackward1()
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


class MaxBackward0(Node):
    """Backward of aten::max.dim."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'max.dim'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.put_back(g[0], tuple(x_self.shape), self.p_dim, x_indices, self.p_keepdim)
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


def record_max_dim(made, self, dim, keepdim):
    node = MaxBackward0()
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


class MedianBackward1(Node):
    """Backward of aten::median.dim."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'median.dim'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.put_back(g[0], tuple(x_self.shape), self.p_dim, x_indices, self.p_keepdim)
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


def record_median_dim(made, self, dim, keepdim):
    node = MedianBackward1()
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


class MinBackward1(Node):
    """Backward of aten::min."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'min'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._shared(g, x_self, x_result, None)
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


def record_min(made, self):
    node = MinBackward1()
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


class MinBackward0(Node):
    """Backward of aten::min.dim."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'min.dim'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.put_back(g[0], tuple(x_self.shape), self.p_dim, x_indices, self.p_keepdim)
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


def record_min_dim(made, self, dim, keepdim):
    node = MinBackward0()
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


class ModeBackward0(Node):
    """Backward of aten::mode."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'mode'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.put_back(g[0], tuple(x_self.shape), self.p_dim, x_indices, self.p_keepdim)
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


def record_mode(made, self, dim, keepdim):
    node = ModeBackward0()
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


class NanmedianBackward1(Node):
    """Backward of aten::nanmedian.dim."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'nanmedian.dim'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_indices = unpack_output(self, self.o_indices, 1)
        r_self = rules.put_back(g[0], tuple(x_self.shape), self.p_dim, x_indices, self.p_keepdim)
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


def record_nanmedian_dim(made, self, dim, keepdim):
    node = NanmedianBackward1()
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
