"""Nodes and recorders of the `rejection` family, from ft_autograd/rules/rejection.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import rejection as rules

_make = object.__new__


class SampleDirichletBackward0(Node):
    """Backward of aten::_sample_dirichlet."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = '_sample_dirichlet'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.sample_dirichlet_self(g, unpack_input(self, self.s_self, self.v_self), unpack_output(self, self.o_result, 0))
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


def record__sample_dirichlet(made, self, generator):
    node = _make(SampleDirichletBackward0)
    node.seq = next_seq()
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
    node.o_result = save_output(made) if e0 is not None else None
    return made


class StandardGammaBackward0(Node):
    """Backward of aten::_standard_gamma."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = '_standard_gamma'
    n_outputs = 1

    def apply(self, g):
        r_self = (times if self.k & COMPLEX else mul)(g, rules.standard_gamma_self(unpack_input(self, self.s_self, self.v_self), unpack_output(self, self.o_result, 0)))
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


def record__standard_gamma(made, self, generator):
    node = _make(StandardGammaBackward0)
    node.seq = next_seq()
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
    node.o_result = save_output(made) if e0 is not None else None
    return made


class PoissonBackward0(Node):
    """Backward of aten::poisson."""

    __slots__ = ()
    op_name = 'poisson'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.poisson_self(g)
        return (r_self,)


def record_poisson(made, self, generator):
    node = _make(PoissonBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    return made
