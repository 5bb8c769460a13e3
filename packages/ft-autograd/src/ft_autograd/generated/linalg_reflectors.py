"""Nodes and recorders of the `linalg_reflectors` family, from ft_autograd/rules/linalg_reflectors.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import linalg_reflectors as rules


class GeqrfBackward0(Node):
    """Backward of aten::geqrf."""

    __slots__ = ()
    op_name = 'geqrf'
    n_outputs = 2
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.geqrf_vjp(g[0], g[1])
        return (r_self,)


def record_geqrf(made, self):
    node = GeqrfBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    return made


class LinalgHouseholderProductBackward0(Node):
    """Backward of aten::linalg_householder_product."""

    __slots__ = ('s_input', 'v_input', 's_tau', 'v_tau',)
    op_name = 'linalg_householder_product'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_tau = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_tau = self.s_tau
        if not ((x_tau.__class__ is Tensor or x_tau.__class__ is Parameter) and (x_tau._ver or FIRST)[0] == self.v_tau):
            x_tau = unpack_input(self, x_tau, self.v_tau)
        r_input, r_tau = rules.householder_product_vjp(g, x_input, x_tau)
        return (r_input, r_tau,)

    def release(self):
        self.s_input = Node
        self.s_tau = Node

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_tau(self):
        return unpack_input(self, self.s_tau, self.v_tau)


def record_linalg_householder_product(made, input, tau):
    node = LinalgHouseholderProductBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (input._node or input) if input._k & 1 else None
    e1 = (tau._node or tau) if tau._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None:
        node.s_tau = tau
        cell = tau._ver
        node.v_tau = 0 if cell is None else cell[0]
    else:
        node.s_tau = Node
        node.v_tau = 0
    return made


class OrmqrBackward0(Node):
    """Backward of aten::ormqr."""

    __slots__ = ('s_self', 'v_self', 's_input2', 'v_input2', 's_input3', 'v_input3', 'p_left', 'p_transpose',)
    op_name = 'ormqr'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_input2, n_input3 = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_input2 = self.s_input2
        if not ((x_input2.__class__ is Tensor or x_input2.__class__ is Parameter) and (x_input2._ver or FIRST)[0] == self.v_input2):
            x_input2 = unpack_input(self, x_input2, self.v_input2)
        x_input3 = self.s_input3
        if not ((x_input3.__class__ is Tensor or x_input3.__class__ is Parameter) and (x_input3._ver or FIRST)[0] == self.v_input3):
            x_input3 = unpack_input(self, x_input3, self.v_input3)
        r_self, r_input2, r_input3 = rules.ormqr_vjp(g, x_self, x_input2, x_input3, self.p_left, self.p_transpose, (n_self is not None, n_input2 is not None, n_input3 is not None,))
        return (r_self, r_input2, r_input3,)

    def release(self):
        self.s_self = Node
        self.s_input2 = Node
        self.s_input3 = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_input2(self):
        return unpack_input(self, self.s_input2, self.v_input2)

    @property
    def _saved_input3(self):
        return unpack_input(self, self.s_input3, self.v_input3)

    @property
    def _saved_left(self):
        return self.p_left

    @property
    def _saved_transpose(self):
        return self.p_transpose


def record_ormqr(made, self, input2, input3, left, transpose):
    node = OrmqrBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (input2._node or input2) if input2._k & 1 else None
    e2 = (input3._node or input3) if input3._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input2 = input2
        cell = input2._ver
        node.v_input2 = 0 if cell is None else cell[0]
    else:
        node.s_input2 = Node
        node.v_input2 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input3 = input3
        cell = input3._ver
        node.v_input3 = 0 if cell is None else cell[0]
    else:
        node.s_input3 = Node
        node.v_input3 = 0
    node.p_left = left
    node.p_transpose = transpose
    return made
