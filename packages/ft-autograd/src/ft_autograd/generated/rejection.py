"""Nodes and recorders of the `rejection` family, from ft_autograd/rules/rejection.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import rejection as rules


class SampleDirichletBackward0(Node):
    """Backward of aten::_sample_dirichlet."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = '_sample_dirichlet'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.sample_dirichlet_self(g, x_self, x_result)
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
    node = SampleDirichletBackward0()
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


class StandardGammaBackward0(Node):
    """Backward of aten::_standard_gamma."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = '_standard_gamma'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.raw._standard_gamma_grad(x_self, x_result))
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
    node = StandardGammaBackward0()
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


class PoissonBackward0(Node):
    """Backward of aten::poisson."""

    __slots__ = ()
    op_name = 'poisson'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_poisson(made, self, generator):
    node = PoissonBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made
