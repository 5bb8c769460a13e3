"""Nodes and recorders of the `distance` family, from ft_autograd/rules/distance.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import distance as rules


class CdistBackward0(Node):
    """Backward of aten::_cdist_forward."""

    __slots__ = ('s_x1', 'v_x1', 's_x2', 'v_x2', 'o_result', 'p_p',)
    op_name = '_cdist_forward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_x1, n_x2 = self.next
        x_x1 = self.s_x1
        if not ((x_x1.__class__ is Tensor or x_x1.__class__ is Parameter) and (x_x1._ver or FIRST)[0] == self.v_x1):
            x_x1 = unpack_input(self, x_x1, self.v_x1)
        x_x2 = self.s_x2
        if not ((x_x2.__class__ is Tensor or x_x2.__class__ is Parameter) and (x_x2._ver or FIRST)[0] == self.v_x2):
            x_x2 = unpack_input(self, x_x2, self.v_x2)
        x_result = unpack_output(self, self.o_result, 0)
        r_x1, r_x2 = rules.cdist_forward_vjp(g, x_x1, x_x2, self.p_p, x_result, (n_x1 is not None, n_x2 is not None,))
        return (r_x1, r_x2,)

    def release(self):
        self.s_x1 = Node
        self.s_x2 = Node
        self.o_result = None

    @property
    def _saved_x1(self):
        return unpack_input(self, self.s_x1, self.v_x1)

    @property
    def _saved_x2(self):
        return unpack_input(self, self.s_x2, self.v_x2)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_p(self):
        return self.p_p


def record__cdist_forward(made, x1, x2, p, compute_mode):
    node = CdistBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (x1._node or x1) if x1._k & 1 else None
    e1 = (x2._node or x2) if x2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_x1 = x1
        cell = x1._ver
        node.v_x1 = 0 if cell is None else cell[0]
    else:
        node.s_x1 = Node
        node.v_x1 = 0
    if e0 is not None or e1 is not None:
        node.s_x2 = x2
        cell = x2._ver
        node.v_x2 = 0 if cell is None else cell[0]
    else:
        node.s_x2 = Node
        node.v_x2 = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_p = p
    return made


class EuclideanDistBackward0(Node):
    """Backward of aten::_euclidean_dist."""

    __slots__ = ('s_x1', 'v_x1', 's_x2', 'v_x2', 'o_result',)
    op_name = '_euclidean_dist'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_x1, n_x2 = self.next
        x_x1 = self.s_x1
        if not ((x_x1.__class__ is Tensor or x_x1.__class__ is Parameter) and (x_x1._ver or FIRST)[0] == self.v_x1):
            x_x1 = unpack_input(self, x_x1, self.v_x1)
        x_x2 = self.s_x2
        if not ((x_x2.__class__ is Tensor or x_x2.__class__ is Parameter) and (x_x2._ver or FIRST)[0] == self.v_x2):
            x_x2 = unpack_input(self, x_x2, self.v_x2)
        x_result = unpack_output(self, self.o_result, 0)
        r_x1, r_x2 = rules.euclidean_dist_vjp(g, x_x1, x_x2, x_result, (n_x1 is not None, n_x2 is not None,))
        return (r_x1, r_x2,)

    def release(self):
        self.s_x1 = Node
        self.s_x2 = Node
        self.o_result = None

    @property
    def _saved_x1(self):
        return unpack_input(self, self.s_x1, self.v_x1)

    @property
    def _saved_x2(self):
        return unpack_input(self, self.s_x2, self.v_x2)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record__euclidean_dist(made, x1, x2):
    node = EuclideanDistBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (x1._node or x1) if x1._k & 1 else None
    e1 = (x2._node or x2) if x2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_x1 = x1
        cell = x1._ver
        node.v_x1 = 0 if cell is None else cell[0]
    else:
        node.s_x1 = Node
        node.v_x1 = 0
    if e0 is not None or e1 is not None:
        node.s_x2 = x2
        cell = x2._ver
        node.v_x2 = 0 if cell is None else cell[0]
    else:
        node.s_x2 = Node
        node.v_x2 = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


class PdistBackward0(Node):
    """Backward of aten::_pdist_forward."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_p',)
    op_name = '_pdist_forward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._raw._pdist_backward(g, x_self, self.p_p, x_result)
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
    def _saved_p(self):
        return self.p_p


def record__pdist_forward(made, self, p):
    node = PdistBackward0()
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
    node.p_p = p
    return made


class RenormBackward0(Node):
    """Backward of aten::renorm."""

    __slots__ = ('s_self', 'v_self', 'p_p', 'p_dim', 'p_maxnorm',)
    op_name = 'renorm'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.renorm_self(g, x_self, self.p_p, self.p_dim, self.p_maxnorm)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_p(self):
        return self.p_p

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_maxnorm(self):
        return self.p_maxnorm


def record_renorm(made, self, p, dim, maxnorm):
    node = RenormBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_p = p
    node.p_dim = dim
    node.p_maxnorm = maxnorm
    return made
