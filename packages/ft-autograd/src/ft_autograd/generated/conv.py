"""Nodes and recorders of the `conv` family, from ft_autograd/rules/conv.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import conv as rules


class ConvolutionBackward0(Node):
    """Backward of aten::convolution."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 's_bias', 'v_bias', 'p_stride', 'p_padding', 'p_dilation', 'p_transposed', 'p_output_padding', 'p_groups',)
    op_name = 'convolution'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight, n_bias = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_bias = self.s_bias
        if not ((x_bias.__class__ is Tensor or x_bias.__class__ is Parameter) and (x_bias._ver or FIRST)[0] == self.v_bias):
            x_bias = unpack_input(self, x_bias, self.v_bias)
        r_input, r_weight, r_bias = rules.convolution_vjp(g, x_input, x_weight, x_bias, self.p_stride, self.p_padding, self.p_dilation, self.p_transposed, self.p_output_padding, self.p_groups, (n_input is not None, n_weight is not None, n_bias is not None,))
        return (r_input, r_weight, r_bias,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.s_bias = Node

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_bias(self):
        return unpack_input(self, self.s_bias, self.v_bias)

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_transposed(self):
        return self.p_transposed

    @property
    def _saved_output_padding(self):
        return self.p_output_padding

    @property
    def _saved_groups(self):
        return self.p_groups


def record_convolution(made, input, weight, bias, stride, padding, dilation, transposed, output_padding, groups):
    node = ConvolutionBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (input._node or input) if input._k & 1 else None
    e1 = (weight._node or weight) if weight._k & 1 else None
    e2 = edge(bias)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_bias = bias
        node.v_bias = version(bias)
    else:
        node.s_bias = Node
        node.v_bias = 0
    node.p_stride = stride
    node.p_padding = padding
    node.p_dilation = dilation
    node.p_transposed = transposed
    node.p_output_padding = output_padding
    node.p_groups = groups
    return made


class ConvolutionBackwardBackward0(Node):
    """Backward of aten::convolution_backward."""

    __slots__ = ('s_grad_output', 'v_grad_output', 's_input', 'v_input', 's_weight', 'v_weight', 'p_stride', 'p_padding', 'p_dilation', 'p_transposed', 'p_output_padding', 'p_groups',)
    op_name = 'convolution_backward'
    n_outputs = 3
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_input, n_weight = self.next
        x_grad_output = self.s_grad_output
        if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
            x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        r_grad_output, r_input, r_weight = rules.convolution_backward_vjp(g[0], g[1], g[2], x_grad_output, x_input, x_weight, self.p_stride, self.p_padding, self.p_dilation, self.p_transposed, self.p_output_padding, self.p_groups, (n_grad_output is not None, n_input is not None, n_weight is not None,))
        return (r_grad_output, r_input, r_weight,)

    def release(self):
        self.s_grad_output = Node
        self.s_input = Node
        self.s_weight = Node

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_transposed(self):
        return self.p_transposed

    @property
    def _saved_output_padding(self):
        return self.p_output_padding

    @property
    def _saved_groups(self):
        return self.p_groups


def record_convolution_backward(made, grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask):
    node = ConvolutionBackwardBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (input._node or input) if input._k & 1 else None
    e2 = (weight._node or weight) if weight._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.p_stride = stride
    node.p_padding = padding
    node.p_dilation = dilation
    node.p_transposed = transposed
    node.p_output_padding = output_padding
    node.p_groups = groups
    return made
