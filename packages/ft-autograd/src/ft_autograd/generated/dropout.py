"""Nodes and recorders of the `dropout` family, generated from ft_autograd/rules/dropout.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import dropout as rules

_make = object.__new__


class NativeDropoutBackward0(Node):
    """Backward of aten::native_dropout."""

    __slots__ = ('o_result1', 'p_p', 'p_train',)
    op_name = 'native_dropout'
    n_outputs = 2

    def apply(self, g):
        r_input = rules.native_dropout_input(g=g[0], result1=unpack_output(self, self.o_result1, 1), p=self.p_p, train=self.p_train)
        return (r_input,)

    def release(self):
        self.o_result1 = None

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_p(self):
        return self.p_p

    @property
    def _saved_train(self):
        return self.p_train


def record_native_dropout(o, input, p, train):
    n = _make(NativeDropoutBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(input)
    n.next = (e0,)
    n.o_result1 = save_output(o[1]) if e0 is not None else None
    n.p_p = p
    n.p_train = train
    return o


class NativeDropoutBackwardBackward0(Node):
    """Backward of aten::native_dropout_backward."""

    __slots__ = ('s_mask', 'v_mask', 'p_scale',)
    op_name = 'native_dropout_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.native_dropout_backward_grad_output(g=g, mask=unpack_input(self, self.s_mask, self.v_mask), scale=self.p_scale)
        return (r_grad_output,)

    def release(self):
        self.s_mask = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)

    @property
    def _saved_scale(self):
        return self.p_scale


def record_native_dropout_backward(o, grad_output, mask, scale):
    n = _make(NativeDropoutBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_mask = mask
        v = mask._ver
        n.v_mask = 0 if v is None else v[0]
    else:
        n.s_mask = Node
        n.v_mask = 0
    n.p_scale = scale
    return o


def record_native_dropout_backward_number(o, grad_output, mask, scale):
    n = _make(NativeDropoutBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_mask = mask
        n.v_mask = 0
    else:
        n.s_mask = Node
        n.v_mask = 0
    n.p_scale = scale
    return o


def record_native_dropout_backward_any(o, grad_output, mask, scale):
    n = _make(NativeDropoutBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_mask = mask
        n.v_mask = version(mask)
    else:
        n.s_mask = Node
        n.v_mask = 0
    n.p_scale = scale
    return o
