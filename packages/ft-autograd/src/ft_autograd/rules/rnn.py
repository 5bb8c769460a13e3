"""Gradients of the fused recurrent cells: each is one op, fed with the activated gates the forward left."""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("_thnn_fused_lstm_cell", wrt="input_gates hidden_gates cx input_bias hidden_bias")
def lstm_vjp(g0, g1, cx, result1, result2, input_bias):
    gates, dcx, bias = torch._thnn_fused_lstm_cell_backward_impl(g0, g1, cx, result1, result2, input_bias is not None)
    return gates, gates, dcx, bias, bias


@vjp("_thnn_fused_gru_cell", wrt="input_gates hidden_gates hx input_bias hidden_bias")
def gru_vjp(g0, result1, input_bias):
    return torch._thnn_fused_gru_cell_backward(g0, result1, input_bias is not None)
