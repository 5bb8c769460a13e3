"""Nodes and recorders of the `dropout` family, from ft_autograd/rules/dropout.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import dropout as rules


class NativeDropoutBackward0(Node):
    """Backward of aten::native_dropout."""

    __slots__ = ('o_result1', 'p_p', 'p_train',)
    op_name = 'native_dropout'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_input = rules.native_dropout_input(g[0], x_result1, self.p_p, self.p_train)
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


def record_native_dropout(made, input, p, train):
    node = NativeDropoutBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = input._node or input
    node.next = (e0,)
    node.o_result1 = save_output(made[1])
    node.p_p = p
    node.p_train = train
    return made


class NativeDropoutBackwardBackward0(Node):
    """Backward of aten::native_dropout_backward."""

    __slots__ = ('s_mask', 'v_mask', 'p_scale',)
    op_name = 'native_dropout_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        r_grad_output = rules.torch.raw.native_dropout_backward(g, x_mask, self.p_scale)
        return (r_grad_output,)

    def release(self):
        self.s_mask = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)

    @property
    def _saved_scale(self):
        return self.p_scale


def record_native_dropout_backward(made, grad_output, mask, scale):
    node = NativeDropoutBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    node.p_scale = scale
    return made


def record_native_dropout_backward_number(made, grad_output, mask, scale):
    node = NativeDropoutBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_mask = mask
        node.v_mask = 0
    else:
        node.s_mask = Node
        node.v_mask = 0
    node.p_scale = scale
    return made


def record_native_dropout_backward_any(made, grad_output, mask, scale):
    node = NativeDropoutBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_mask = mask
        node.v_mask = version(mask)
    else:
        node.s_mask = Node
        node.v_mask = 0
    node.p_scale = scale
    return made
