"""Nodes and recorders of the `rnn` family, from ft_autograd/rules/rnn.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import rnn as rules


class ThnnFusedGruCellBackward0(Node):
    """Backward of aten::_thnn_fused_gru_cell."""

    __slots__ = ('s_input_bias', 'v_input_bias', 'o_result1',)
    op_name = '_thnn_fused_gru_cell'
    n_outputs = 2
    traits = FRESH | SAVES

    def apply(self, g):
        n_input_gates, n_hidden_gates, n_hx, n_input_bias, n_hidden_bias = self.next
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_input_bias = self.s_input_bias
        if not ((x_input_bias.__class__ is Tensor or x_input_bias.__class__ is Parameter) and (x_input_bias._ver or FIRST)[0] == self.v_input_bias):
            x_input_bias = unpack_input(self, x_input_bias, self.v_input_bias)
        r_input_gates, r_hidden_gates, r_hx, r_input_bias, r_hidden_bias = rules.gru_vjp(g[0], g[1], x_result1, x_input_bias)
        return (r_input_gates, r_hidden_gates, r_hx, r_input_bias, r_hidden_bias,)

    def release(self):
        self.s_input_bias = Node
        self.o_result1 = None

    @property
    def _saved_input_bias(self):
        return unpack_input(self, self.s_input_bias, self.v_input_bias)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)


def record__thnn_fused_gru_cell(made, input_gates, hidden_gates, hx, input_bias, hidden_bias):
    node = ThnnFusedGruCellBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input_gates._node or input_gates) if input_gates._k & 1 else None
    e1 = (hidden_gates._node or hidden_gates) if hidden_gates._k & 1 else None
    e2 = (hx._node or hx) if hx._k & 1 else None
    e3 = edge(input_bias)
    e4 = edge(hidden_bias)
    node.next = (e0, e1, e2, e3, e4,)
    if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None:
        node.s_input_bias = input_bias
        node.v_input_bias = version(input_bias)
    else:
        node.s_input_bias = Node
        node.v_input_bias = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None else None
    return made


class ThnnFusedLstmCellBackward0(Node):
    """Backward of aten::_thnn_fused_lstm_cell."""

    __slots__ = ('s_cx', 'v_cx', 's_input_bias', 'v_input_bias', 'o_result1', 'o_result2',)
    op_name = '_thnn_fused_lstm_cell'
    n_outputs = 3
    traits = FRESH | SAVES

    def apply(self, g):
        n_input_gates, n_hidden_gates, n_cx, n_input_bias, n_hidden_bias = self.next
        x_cx = self.s_cx
        if not ((x_cx.__class__ is Tensor or x_cx.__class__ is Parameter) and (x_cx._ver or FIRST)[0] == self.v_cx):
            x_cx = unpack_input(self, x_cx, self.v_cx)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        x_input_bias = self.s_input_bias
        if not ((x_input_bias.__class__ is Tensor or x_input_bias.__class__ is Parameter) and (x_input_bias._ver or FIRST)[0] == self.v_input_bias):
            x_input_bias = unpack_input(self, x_input_bias, self.v_input_bias)
        r_input_gates, r_hidden_gates, r_cx, r_input_bias, r_hidden_bias = rules.lstm_vjp(g[0], g[1], g[2], x_cx, x_result1, x_result2, x_input_bias)
        return (r_input_gates, r_hidden_gates, r_cx, r_input_bias, r_hidden_bias,)

    def release(self):
        self.s_cx = Node
        self.s_input_bias = Node
        self.o_result1 = None
        self.o_result2 = None

    @property
    def _saved_cx(self):
        return unpack_input(self, self.s_cx, self.v_cx)

    @property
    def _saved_input_bias(self):
        return unpack_input(self, self.s_input_bias, self.v_input_bias)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)


def record__thnn_fused_lstm_cell(made, input_gates, hidden_gates, cx, input_bias, hidden_bias):
    node = ThnnFusedLstmCellBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input_gates._node or input_gates) if input_gates._k & 1 else None
    e1 = (hidden_gates._node or hidden_gates) if hidden_gates._k & 1 else None
    e2 = (cx._node or cx) if cx._k & 1 else None
    e3 = edge(input_bias)
    e4 = edge(hidden_bias)
    node.next = (e0, e1, e2, e3, e4,)
    if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None:
        node.s_cx = cx
        cell = cx._ver
        node.v_cx = 0 if cell is None else cell[0]
    else:
        node.s_cx = Node
        node.v_cx = 0
    if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None:
        node.s_input_bias = input_bias
        node.v_input_bias = version(input_bias)
    else:
        node.s_input_bias = Node
        node.v_input_bias = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None or e2 is not None or e3 is not None or e4 is not None else None
    return made
