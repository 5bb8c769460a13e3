"""Nodes and recorders of the `fill` family, from ft_autograd/rules/fill.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import fill as rules


class CopyBackward0(Node):
    """Backward of aten::copy."""

    __slots__ = ('p_src_dtype', 'p_src_device',)
    op_name = 'copy'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_src = self.next
        r_self = rules.torch.zeros_like(g) if n_self is not None else None
        r_src = rules.copy_src(g, self.p_src_dtype, self.p_src_device) if n_src is not None else None
        return (r_self, r_src,)


def record_copy(made, self, src, non_blocking):
    node = CopyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    node.p_src_dtype = src.dtype
    node.p_src_device = src.device
    return made


class FillBackward0(Node):
    """Backward of aten::fill.Scalar."""

    __slots__ = ()
    op_name = 'fill.Scalar'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_fill_Scalar(made, self, value):
    node = FillBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made
