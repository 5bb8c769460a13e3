"""Gradients of the fused recurrent cells: each is one op, fed with the activated gates the forward left.

The gates are an output with a gradient of its own: a second derivative reaches the inputs through them too.
"""

from ft_dispatch import surface as torch

from ..rule import real_only, vjp

real_only("_thnn_fused_lstm_cell _thnn_fused_gru_cell _thnn_fused_lstm_cell_backward_impl _thnn_fused_gru_cell_backward")


@vjp("_thnn_fused_lstm_cell", wrt="input_gates hidden_gates cx input_bias hidden_bias")
def lstm_vjp(g0, g1, g2, cx, result1, result2, input_bias):
    gates, dcx, bias = torch._thnn_fused_lstm_cell_backward_impl(g0, g1, cx, result1, result2, input_bias is not None)
    if g2 is not None:
        i, f, c, o = result2.chunk(4, 1)
        more = g2 * torch.cat((i * (1 - i), f * (1 - f), 1 - c * c, o * (1 - o)), 1)
        gates, bias = gates + more, None if bias is None else bias + more.sum(0)
    return gates, gates, dcx, bias, bias


@vjp("_thnn_fused_gru_cell", wrt="input_gates hidden_gates hx input_bias hidden_bias")
def gru_vjp(g0, g1, result1, input_bias):
    r, z, new, hx, nh = result1.chunk(5, 1)
    found = torch._thnn_fused_gru_cell_backward(hx.new_zeros(hx.shape) if g0 is None else g0, result1, input_bias is not None)
    if g1 is None:
        return found
    gr, gz, gn, ghx, gnh = g1.chunk(5, 1)
    dn = gn * (1 - new * new)
    dr, dz = (gr + dn * nh) * r * (1 - r), gz * z * (1 - z)
    more = torch.cat((dr, dz, dn), 1), torch.cat((dr, dz, dn * r + gnh), 1)
    sums = (None, None) if input_bias is None else (more[0].sum(0), more[1].sum(0))
    return tuple(None if a is None else a + b for a, b in zip(found, (*more, ghx, *sums), strict=True))
