"""Nodes and recorders of the `einsum` family, from ft_autograd/rules/einsum.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import einsum as rules


class TrilinearBackward0(Node):
    """Backward of aten::_trilinear."""

    __slots__ = ('s_i1', 'v_i1', 's_i2', 'v_i2', 's_i3', 'v_i3', 'p_expand1', 'p_expand2', 'p_expand3', 'p_sumdim',)
    op_name = '_trilinear'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_i1, n_i2, n_i3 = self.next
        x_i1 = self.s_i1
        if not ((x_i1.__class__ is Tensor or x_i1.__class__ is Parameter) and (x_i1._ver or FIRST)[0] == self.v_i1):
            x_i1 = unpack_input(self, x_i1, self.v_i1)
        x_i2 = self.s_i2
        if not ((x_i2.__class__ is Tensor or x_i2.__class__ is Parameter) and (x_i2._ver or FIRST)[0] == self.v_i2):
            x_i2 = unpack_input(self, x_i2, self.v_i2)
        x_i3 = self.s_i3
        if not ((x_i3.__class__ is Tensor or x_i3.__class__ is Parameter) and (x_i3._ver or FIRST)[0] == self.v_i3):
            x_i3 = unpack_input(self, x_i3, self.v_i3)
        r_i1, r_i2, r_i3 = rules.trilinear_vjp(g, x_i1, x_i2, x_i3, self.p_expand1, self.p_expand2, self.p_expand3, self.p_sumdim, (n_i1 is not None, n_i2 is not None, n_i3 is not None,))
        return (r_i1, r_i2, r_i3,)

    def release(self):
        self.s_i1 = Node
        self.s_i2 = Node
        self.s_i3 = Node

    @property
    def _saved_i1(self):
        return unpack_input(self, self.s_i1, self.v_i1)

    @property
    def _saved_i2(self):
        return unpack_input(self, self.s_i2, self.v_i2)

    @property
    def _saved_i3(self):
        return unpack_input(self, self.s_i3, self.v_i3)

    @property
    def _saved_expand1(self):
        return self.p_expand1

    @property
    def _saved_expand2(self):
        return self.p_expand2

    @property
    def _saved_expand3(self):
        return self.p_expand3

    @property
    def _saved_sumdim(self):
        return self.p_sumdim


def record__trilinear(made, i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim):
    node = TrilinearBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (i1._node or i1) if i1._k & 1 else None
    e1 = (i2._node or i2) if i2._k & 1 else None
    e2 = (i3._node or i3) if i3._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_i1 = i1
        cell = i1._ver
        node.v_i1 = 0 if cell is None else cell[0]
    else:
        node.s_i1 = Node
        node.v_i1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_i2 = i2
        cell = i2._ver
        node.v_i2 = 0 if cell is None else cell[0]
    else:
        node.s_i2 = Node
        node.v_i2 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_i3 = i3
        cell = i3._ver
        node.v_i3 = 0 if cell is None else cell[0]
    else:
        node.s_i3 = Node
        node.v_i3 = 0
    node.p_expand1 = expand1
    node.p_expand2 = expand2
    node.p_expand3 = expand3
    node.p_sumdim = sumdim
    return made
