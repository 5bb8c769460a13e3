"""Wrappers of the `rnn` family, generated from ft_dispatch/ops/rnn.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__thnn_fused_gru_cell = OPS['_thnn_fused_gru_cell']
table__thnn_fused_gru_cell = op__thnn_fused_gru_cell.table


def _thnn_fused_gru_cell(input_gates, hidden_gates, hx, input_bias=None, hidden_bias=None):
    """One GRU step: hidden state and what the backward needs.

    aten::_thnn_fused_gru_cell(Tensor input_gates, Tensor hidden_gates, Tensor hx, Tensor? input_bias=None, Tensor? hidden_bias=None) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input_gates._k | hidden_gates._k | hx._k | st.bits
        a_input_bias = None
        if input_bias is not None:
            keys |= input_bias._k
            a_input_bias = input_bias._a
        a_hidden_bias = None
        if hidden_bias is not None:
            keys |= hidden_bias._k
            a_hidden_bias = hidden_bias._a
        dest, rec, dense, memo = table__thnn_fused_gru_cell[keys]
        leaf, ok = memo[input_gates._a.shape, hidden_gates._a.shape, hx._a.shape, None if a_input_bias is None else a_input_bias.shape, None if a_hidden_bias is None else a_hidden_bias.shape]
        arr = st.run(leaf, input_gates._a, hidden_gates._a, hx._a, a_input_bias, a_hidden_bias, out=dest)
    except _MISS:
        return call(op__thnn_fused_gru_cell, _thnn_fused_gru_cell, (input_gates, hidden_gates, hx, input_bias, hidden_bias))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input_gates, hidden_gates, hx, input_bias, hidden_bias)


op__thnn_fused_gru_cell_backward = OPS['_thnn_fused_gru_cell_backward']
table__thnn_fused_gru_cell_backward = op__thnn_fused_gru_cell_backward.table


def _thnn_fused_gru_cell_backward(grad_hy, workspace, has_bias):
    """Gradients of one GRU step.

    aten::_thnn_fused_gru_cell_backward(Tensor grad_hy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_hy._k | workspace._k | st.bits
        dest, rec, dense, memo = table__thnn_fused_gru_cell_backward[keys]
        leaf, ok, has_bias, = memo[grad_hy._a.shape, workspace._a.shape, has_bias]
        arr = st.run(leaf, grad_hy._a, workspace._a, has_bias, out=dest)
    except _MISS:
        return call(op__thnn_fused_gru_cell_backward, _thnn_fused_gru_cell_backward, (grad_hy, workspace, has_bias))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_hy, workspace, has_bias)


op__thnn_fused_lstm_cell = OPS['_thnn_fused_lstm_cell']
table__thnn_fused_lstm_cell = op__thnn_fused_lstm_cell.table


def _thnn_fused_lstm_cell(input_gates, hidden_gates, cx, input_bias=None, hidden_bias=None):
    """One LSTM step: hidden state, cell state, activated gates.

    aten::_thnn_fused_lstm_cell(Tensor input_gates, Tensor hidden_gates, Tensor cx, Tensor? input_bias=None, Tensor? hidden_bias=None) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input_gates._k | hidden_gates._k | cx._k | st.bits
        a_input_bias = None
        if input_bias is not None:
            keys |= input_bias._k
            a_input_bias = input_bias._a
        a_hidden_bias = None
        if hidden_bias is not None:
            keys |= hidden_bias._k
            a_hidden_bias = hidden_bias._a
        dest, rec, dense, memo = table__thnn_fused_lstm_cell[keys]
        leaf, ok = memo[input_gates._a.shape, hidden_gates._a.shape, cx._a.shape, None if a_input_bias is None else a_input_bias.shape, None if a_hidden_bias is None else a_hidden_bias.shape]
        arr = st.run(leaf, input_gates._a, hidden_gates._a, cx._a, a_input_bias, a_hidden_bias, out=dest)
    except _MISS:
        return call(op__thnn_fused_lstm_cell, _thnn_fused_lstm_cell, (input_gates, hidden_gates, cx, input_bias, hidden_bias))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input_gates, hidden_gates, cx, input_bias, hidden_bias)


op__thnn_fused_lstm_cell_backward_impl = OPS['_thnn_fused_lstm_cell_backward_impl']
table__thnn_fused_lstm_cell_backward_impl = op__thnn_fused_lstm_cell_backward_impl.table


def _thnn_fused_lstm_cell_backward_impl(grad_hy, grad_cy, cx, cy, workspace, has_bias):
    """Gradients of one LSTM step: gates, cx, bias.

    aten::_thnn_fused_lstm_cell_backward_impl(Tensor? grad_hy, Tensor? grad_cy, Tensor cx, Tensor cy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = cx._k | cy._k | workspace._k | st.bits
        a_grad_hy = None
        if grad_hy is not None:
            keys |= grad_hy._k
            a_grad_hy = grad_hy._a
        a_grad_cy = None
        if grad_cy is not None:
            keys |= grad_cy._k
            a_grad_cy = grad_cy._a
        dest, rec, dense, memo = table__thnn_fused_lstm_cell_backward_impl[keys]
        leaf, ok, has_bias, = memo[cx._a.shape, cy._a.shape, workspace._a.shape, None if a_grad_hy is None else a_grad_hy.shape, None if a_grad_cy is None else a_grad_cy.shape, has_bias]
        arr = st.run(leaf, a_grad_hy, a_grad_cy, cx._a, cy._a, workspace._a, has_bias, out=dest)
    except _MISS:
        return call(op__thnn_fused_lstm_cell_backward_impl, _thnn_fused_lstm_cell_backward_impl, (grad_hy, grad_cy, cx, cy, workspace, has_bias))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_hy, grad_cy, cx, cy, workspace, has_bias)


op_gru_data = OPS['gru.data']


def gru_data(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
    """gru over packed sequences.

    aten::gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)
    """
    return call(op_gru_data, gru_data, (data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional))


op_gru_input = OPS['gru.input']


def gru_input(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
    """gru over sequences.

    aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)
    """
    return call(op_gru_input, gru_input, (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first))


op_gru_cell = OPS['gru_cell']


def gru_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    """One GRU step.

    aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor
    """
    try:
        keys = input._k | hx._k | w_ih._k | w_hh._k | TL.st.bits
        if b_ih is not None:
            keys |= b_ih._k
        if b_hh is not None:
            keys |= b_hh._k
    except AttributeError:
        return call(op_gru_cell, gru_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    if keys & 4331608735776:
        return call(op_gru_cell, gru_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    return op_gru_cell.decomposition(*canonical(op_gru_cell, (input, hx, w_ih, w_hh, b_ih, b_hh)))


op_lstm_data = OPS['lstm.data']


def lstm_data(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
    """LSTM over packed sequences.

    aten::lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)
    """
    return call(op_lstm_data, lstm_data, (data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional))


op_lstm_input = OPS['lstm.input']


def lstm_input(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
    """LSTM over sequences.

    aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)
    """
    return call(op_lstm_input, lstm_input, (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first))


op_lstm_cell = OPS['lstm_cell']


def lstm_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    """One LSTM step.

    aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)
    """
    return call(op_lstm_cell, lstm_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))


op_rnn_relu_data = OPS['rnn_relu.data']


def rnn_relu_data(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
    """rnn_relu over packed sequences.

    aten::rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)
    """
    return call(op_rnn_relu_data, rnn_relu_data, (data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional))


op_rnn_relu_input = OPS['rnn_relu.input']


def rnn_relu_input(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
    """rnn_relu over sequences.

    aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)
    """
    return call(op_rnn_relu_input, rnn_relu_input, (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first))


op_rnn_relu_cell = OPS['rnn_relu_cell']


def rnn_relu_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    """One step of a relu RNN.

    aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor
    """
    try:
        keys = input._k | hx._k | w_ih._k | w_hh._k | TL.st.bits
        if b_ih is not None:
            keys |= b_ih._k
        if b_hh is not None:
            keys |= b_hh._k
    except AttributeError:
        return call(op_rnn_relu_cell, rnn_relu_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    if keys & 4331608735776:
        return call(op_rnn_relu_cell, rnn_relu_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    return op_rnn_relu_cell.decomposition(*canonical(op_rnn_relu_cell, (input, hx, w_ih, w_hh, b_ih, b_hh)))


op_rnn_tanh_data = OPS['rnn_tanh.data']


def rnn_tanh_data(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
    """rnn_tanh over packed sequences.

    aten::rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)
    """
    return call(op_rnn_tanh_data, rnn_tanh_data, (data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional))


op_rnn_tanh_input = OPS['rnn_tanh.input']


def rnn_tanh_input(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
    """rnn_tanh over sequences.

    aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)
    """
    return call(op_rnn_tanh_input, rnn_tanh_input, (input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first))


op_rnn_tanh_cell = OPS['rnn_tanh_cell']


def rnn_tanh_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    """One step of a tanh RNN.

    aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor
    """
    try:
        keys = input._k | hx._k | w_ih._k | w_hh._k | TL.st.bits
        if b_ih is not None:
            keys |= b_ih._k
        if b_hh is not None:
            keys |= b_hh._k
    except AttributeError:
        return call(op_rnn_tanh_cell, rnn_tanh_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    if keys & 4331608735776:
        return call(op_rnn_tanh_cell, rnn_tanh_cell, (input, hx, w_ih, w_hh, b_ih, b_hh))
    return op_rnn_tanh_cell.decomposition(*canonical(op_rnn_tanh_cell, (input, hx, w_ih, w_hh, b_ih, b_hh)))
