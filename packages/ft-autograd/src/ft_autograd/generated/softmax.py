"""Nodes and recorders of the `softmax` family, from ft_autograd/rules/softmax.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import softmax as rules


class LogSoftmaxBackward0(Node):
    """Backward of aten::_log_softmax."""

    __slots__ = ('o_result', 'p_dim', 'p_self_dtype',)
    op_name = '_log_softmax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw._log_softmax_backward_data(g, x_result, self.p_dim, self.p_self_dtype)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__log_softmax(made, self, dim, half_to_float):
    node = LogSoftmaxBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    node.p_dim = dim
    node.p_self_dtype = self.dtype
    return made


class LogSoftmaxBackwardDataBackward0(Node):
    """Backward of aten::_log_softmax_backward_data."""

    __slots__ = ('s_grad_output', 'v_grad_output', 's_output', 'v_output', 'p_dim',)
    op_name = '_log_softmax_backward_data'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_output = self.next
        x_grad_output = self.s_grad_output
        if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
            x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
        x_output = self.s_output
        if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
            x_output = unpack_input(self, x_output, self.v_output)
        r_grad_output, r_output = rules.log_softmax_backward_vjp(g, x_grad_output, x_output, self.p_dim, (n_grad_output is not None, n_output is not None,))
        return (r_grad_output, r_output,)

    def release(self):
        self.s_grad_output = Node
        self.s_output = Node

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)

    @property
    def _saved_output(self):
        return unpack_input(self, self.s_output, self.v_output)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__log_softmax_backward_data(made, grad_output, output, dim, input_dtype):
    node = LogSoftmaxBackwardDataBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    if e0 is not None or e1 is not None:
        node.s_output = output
        cell = output._ver
        node.v_output = 0 if cell is None else cell[0]
    else:
        node.s_output = Node
        node.v_output = 0
    node.p_dim = dim
    return made


class SoftmaxBackward0(Node):
    """Backward of aten::_softmax."""

    __slots__ = ('o_result', 'p_dim', 'p_self_dtype',)
    op_name = '_softmax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw._softmax_backward_data(g, x_result, self.p_dim, self.p_self_dtype)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__softmax(made, self, dim, half_to_float):
    node = SoftmaxBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    node.p_dim = dim
    node.p_self_dtype = self.dtype
    return made


class SoftmaxBackwardDataBackward0(Node):
    """Backward of aten::_softmax_backward_data."""

    __slots__ = ('s_grad_output', 'v_grad_output', 's_output', 'v_output', 'p_dim',)
    op_name = '_softmax_backward_data'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_output = self.next
        x_grad_output = self.s_grad_output
        if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
            x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
        x_output = self.s_output
        if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
            x_output = unpack_input(self, x_output, self.v_output)
        r_grad_output, r_output = rules.softmax_backward_vjp(g, x_grad_output, x_output, self.p_dim, (n_grad_output is not None, n_output is not None,))
        return (r_grad_output, r_output,)

    def release(self):
        self.s_grad_output = Node
        self.s_output = Node

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)

    @property
    def _saved_output(self):
        return unpack_input(self, self.s_output, self.v_output)

    @property
    def _saved_dim(self):
        return self.p_dim


def record__softmax_backward_data(made, grad_output, output, dim, input_dtype):
    node = SoftmaxBackwardDataBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    if e0 is not None or e1 is not None:
        node.s_output = output
        cell = output._ver
        node.v_output = 0 if cell is None else cell[0]
    else:
        node.s_output = Node
        node.v_output = 0
    node.p_dim = dim
    return made
