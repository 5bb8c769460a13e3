"""Nodes and recorders of the `floating` family, from ft_autograd/rules/floating.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import floating as rules

_make = object.__new__


class FrexpBackward0(Node):
    """Backward of aten::frexp.Tensor."""

    __slots__ = ('o_exponent',)
    op_name = 'frexp.Tensor'
    n_outputs = 2
    traits = FRESH | SAVES

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
    node = _make(FrexpBackward0)
    node.seq = next_seq()
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    node.o_exponent = save_output(made[1]) if e0 is not None else None
    return made
