"""Nodes and recorders of the `floating` family, from ft_autograd/rules/floating.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import floating as rules


class FrexpBackward0(Node):
    """Backward of aten::frexp.Tensor."""

    __slots__ = ('o_exponent',)
    op_name = 'frexp.Tensor'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_exponent = unpack_output(self, self.o_exponent, 1)
        r_self = g[0] / x_exponent.to(g[0].dtype).exp2()
        return (r_self,)

    def release(self):
        self.o_exponent = None

    @property
    def _saved_exponent(self):
        return unpack_output(self, self.o_exponent, 1)


def record_frexp_Tensor(made, self):
    node = FrexpBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.o_exponent = save_output(made[1])
    return made
