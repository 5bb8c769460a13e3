"""One time step of LSTM and GRU fused: gates, activations and state in a dozen array passes instead of some thirty ops.

The matrix products stay outside (the input's are made for all steps at once); a cell gets them as `input_gates` and
`hidden_gates`. The workspace holds what the backward needs: the activated gates. Gate order is torch's: input, forget, cell,
output; reset, update, new.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .passes import number
from .table import kernel

Array = np.ndarray


def _sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)) in place; exp overflows to inf, which gives the right limit. Division is twice as fast as `reciprocal`."""
    one = number(1, x.dtype)
    np.negative(x, out=x)
    np.exp(x, out=x)
    np.add(x, one, out=x)
    return np.divide(one, x, out=x)


def _one_minus_square(x: Array, one: Array) -> Array:
    y = x * x
    return np.subtract(one, y, out=y)


def _gates(input_gates: Array, hidden_gates: Array, input_bias: Array | None, hidden_bias: Array | None) -> Array:
    gates = input_gates + hidden_gates
    if input_bias is not None:
        gates += input_bias
        gates += hidden_bias
    return gates


@kernel("_thnn_fused_lstm_cell", inplace=(), out=False)
def lstm_cell(
    input_gates: Array, hidden_gates: Array, cx: Array, input_bias: Array | None, hidden_bias: Array | None, *, out: Any
) -> tuple[Array, Array, Array]:
    """(hy, cy, workspace): (batch, hidden), (batch, hidden), (batch, 4 * hidden)."""
    gates = _gates(input_gates, hidden_gates, input_bias, hidden_bias)
    n = cx.shape[1]
    new = np.tanh(gates[:, 2 * n : 3 * n])
    _sigmoid(gates)  # all four parts in one run through memory cost half of three of them in pieces
    gates[:, 2 * n : 3 * n] = new
    cy = gates[:, n : 2 * n] * cx
    new *= gates[:, :n]
    cy += new
    hy = np.tanh(cy)
    hy *= gates[:, 3 * n :]
    return hy, cy, gates


@kernel("_thnn_fused_lstm_cell_backward_impl", inplace=(), out=False)
def lstm_cell_backward(
    grad_hy: Array | None, grad_cy: Array | None, cx: Array, cy: Array, workspace: Array, has_bias: bool, *, out: Any
) -> tuple[Array, Array, Array | None]:
    """(gradient of the gates, of cx, of a bias or None)."""
    n = cx.shape[1]
    i, f, c, o = (workspace[:, k * n : (k + 1) * n] for k in range(4))
    one = number(1, workspace.dtype)
    slopes = np.subtract(one, workspace)
    slopes *= workspace  # of the logistic gates; the third is tanh's
    gates = np.empty_like(workspace)
    if grad_hy is None:
        dc = np.zeros_like(cy)
        gates[:, 3 * n :] = 0
    else:
        t = np.tanh(cy)
        np.multiply(grad_hy, t, out=gates[:, 3 * n :])
        dc = grad_hy * o
        dc *= _one_minus_square(t, one)
    if grad_cy is not None:
        dc += grad_cy
    np.multiply(dc, c, out=gates[:, :n])
    np.multiply(dc, cx, out=gates[:, n : 2 * n])
    np.multiply(i, _one_minus_square(c, one), out=slopes[:, 2 * n : 3 * n])
    gates[:, 2 * n : 3 * n] = dc
    gates *= slopes
    return gates, dc * f, gates.sum(axis=0) if has_bias else None


@kernel("_thnn_fused_gru_cell", inplace=(), out=False)
def gru_cell(
    input_gates: Array, hidden_gates: Array, hx: Array, input_bias: Array | None, hidden_bias: Array | None, *, out: Any
) -> tuple[Array, Array]:
    """(hy, workspace): (batch, hidden); the workspace is reset, update, new, hx and the hidden part of new: (batch, 5 * hidden)."""
    n = hx.shape[1]
    if input_bias is not None:
        input_gates, hidden_gates = input_gates + input_bias, hidden_gates + hidden_bias
    work = np.empty((len(hx), 5 * n), hx.dtype)
    np.add(input_gates[:, : 2 * n], hidden_gates[:, : 2 * n], out=work[:, : 2 * n])
    _sigmoid(work[:, : 2 * n])
    r, z, new = work[:, :n], work[:, n : 2 * n], work[:, 2 * n : 3 * n]
    np.multiply(r, hidden_gates[:, 2 * n :], out=new)
    new += input_gates[:, 2 * n :]
    np.tanh(new, out=new)
    work[:, 3 * n : 4 * n] = hx
    work[:, 4 * n :] = hidden_gates[:, 2 * n :]
    hy = hx - new
    hy *= z
    hy += new
    return hy, work


@kernel("_thnn_fused_gru_cell_backward", inplace=(), out=False)
def gru_cell_backward(
    grad_hy: Array, workspace: Array, has_bias: bool, *, out: Any
) -> tuple[Array, Array, Array, Array | None, Array | None]:
    """(gradients of input gates, hidden gates, hx, and of the two biases or None)."""
    n = workspace.shape[1] // 5
    r, z, new, hx, hidden_new = (workspace[:, k * n : (k + 1) * n] for k in range(5))
    gates_in, gates_hidden = np.empty((len(hx), 3 * n), hx.dtype), np.empty((len(hx), 3 * n), hx.dtype)
    dn = grad_hy * (1 - z) * (1 - new * new)
    gates_in[:, 2 * n :] = dn
    np.multiply(dn, r, out=gates_hidden[:, 2 * n :])
    gates_in[:, n : 2 * n] = grad_hy * (hx - new) * z * (1 - z)
    gates_in[:, :n] = dn * hidden_new * r * (1 - r)
    gates_hidden[:, : 2 * n] = gates_in[:, : 2 * n]
    biases = (gates_in.sum(axis=0), gates_hidden.sum(axis=0)) if has_bias else (None, None)
    return gates_in, gates_hidden, grad_hy * z, *biases
