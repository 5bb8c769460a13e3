"""Nodes and recorders of the `random` family, from ft_autograd/rules/random.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import random as rules


class BernoulliBackward0(Node):
    """Backward of aten::bernoulli."""

    __slots__ = ()
    op_name = 'bernoulli'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_bernoulli(made, self, generator):
    node = BernoulliBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class NormalBackward0(Node):
    """Backward of aten::normal.Tensor_Tensor."""

    __slots__ = ()
    op_name = 'normal.Tensor_Tensor'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_mean, n_std = self.next
        r_mean, r_std = rules.normal_vjp(g, (n_mean is not None, n_std is not None,))
        return (r_mean, r_std,)


def record_normal_Tensor_Tensor(made, mean, std, generator):
    node = NormalBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (mean._node or mean) if mean._k & 1 else None
    e1 = (std._node or std) if std._k & 1 else None
    node.next = (e0, e1,)
    return made


class NormalBackward1(Node):
    """Backward of aten::normal.Tensor_float."""

    __slots__ = ()
    op_name = 'normal.Tensor_float'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_mean = rules.torch.zeros_like(g)
        return (r_mean,)


def record_normal_Tensor_float(made, mean, std, generator):
    node = NormalBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = mean._node or mean
    node.next = (e0,)
    return made


class NormalBackward2(Node):
    """Backward of aten::normal.float_Tensor."""

    __slots__ = ()
    op_name = 'normal.float_Tensor'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_std = rules.torch.zeros_like(g)
        return (r_std,)


def record_normal_float_Tensor(made, mean, std, generator):
    node = NormalBackward2()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = std._node or std
    node.next = (e0,)
    return made
