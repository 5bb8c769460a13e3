"""Nodes and recorders of the `cast` family, from ft_autograd/rules/cast.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import cast as rules


class ToCopyBackward0(Node):
    """Backward of aten::_to_copy."""

    __slots__ = ('p_self_dtype', 'p_self_device',)
    op_name = '_to_copy'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.to_copy_self(g, self.p_self_dtype, self.p_self_device)
        return (r_self,)


def record__to_copy(made, self, dtype, layout, device, pin_memory, non_blocking, memory_format):
    node = ToCopyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_dtype = self.dtype
    node.p_self_device = self.device
    return made


class CloneBackward0(Node):
    """Backward of aten::clone."""

    __slots__ = ()
    op_name = 'clone'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record_clone(made, self, memory_format):
    node = CloneBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ExpandCopyBackward0(Node):
    """Backward of aten::expand_copy."""

    __slots__ = ()
    op_name = 'expand_copy'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record_expand_copy(made, self, size, implicit):
    node = ExpandCopyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made
