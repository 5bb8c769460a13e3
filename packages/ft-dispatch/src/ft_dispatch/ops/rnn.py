"""Recurrent layers: LSTM, GRU and plain RNN over whole sequences or packed ones, and their cells.

The sequence ops are composites. The input's gates of all steps come from one product; then each step is one product with the
hidden state and one fused cell, an op with a gradient of its own. Packed input (`data`, `batch_sizes`) runs the same steps on
shrinking batches.
"""

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import binding
from . import _packing  # noqa: F401  # its bindings
from .index import sizes

lstm_fused = op(
    "_thnn_fused_lstm_cell(Tensor input_gates, Tensor hidden_gates, Tensor cx, Tensor? input_bias=None, Tensor? hidden_bias=None) "
    "-> (Tensor, Tensor, Tensor)",
    "One LSTM step: hidden state, cell state, activated gates.",
    kind=OPAQUE,
    variants="",
)
lstm_fused_backward = op(
    "_thnn_fused_lstm_cell_backward_impl(Tensor? grad_hy, Tensor? grad_cy, Tensor cx, Tensor cy, Tensor workspace, bool has_bias) "
    "-> (Tensor, Tensor, Tensor)",
    "Gradients of one LSTM step: gates, cx, bias.",
    kind=OPAQUE,
    variants="",
)
gru_fused = op(
    "_thnn_fused_gru_cell(Tensor input_gates, Tensor hidden_gates, Tensor hx, Tensor? input_bias=None, Tensor? hidden_bias=None) "
    "-> (Tensor, Tensor)",
    "One GRU step: hidden state and what the backward needs.",
    kind=OPAQUE,
    variants="",
)
gru_fused_backward = op(
    "_thnn_fused_gru_cell_backward(Tensor grad_hy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor, Tensor, Tensor)",
    "Gradients of one GRU step.",
    kind=OPAQUE,
    variants="",
)
_WEIGHTS = "Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None"
lstm_cell = op(
    f"lstm_cell(Tensor input, Tensor[] hx, {_WEIGHTS}) -> (Tensor, Tensor)", "One LSTM step.", kind=COMPOSITE, variants="function"
)
gru_cell = op(f"gru_cell(Tensor input, Tensor hx, {_WEIGHTS}) -> Tensor", "One GRU step.", kind=COMPOSITE, variants="function")
rnn_tanh_cell = op(
    f"rnn_tanh_cell(Tensor input, Tensor hx, {_WEIGHTS}) -> Tensor", "One step of a tanh RNN.", kind=COMPOSITE, variants="function"
)
rnn_relu_cell = op(
    f"rnn_relu_cell(Tensor input, Tensor hx, {_WEIGHTS}) -> Tensor", "One step of a relu RNN.", kind=COMPOSITE, variants="function"
)
_TAIL = "Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional"
lstm_input = op(
    f"lstm.input(Tensor input, Tensor[] hx, {_TAIL}, bool batch_first) -> (Tensor, Tensor, Tensor)",
    "LSTM over sequences.",
    kind=COMPOSITE,
    variants="",
)
lstm_data = op(
    f"lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, {_TAIL}) -> (Tensor, Tensor, Tensor)",
    "LSTM over packed sequences.",
    kind=COMPOSITE,
    variants="",
)


def _sequence_records(name):
    return (
        op(
            f"{name}.input(Tensor input, Tensor hx, {_TAIL}, bool batch_first) -> (Tensor, Tensor)",
            f"{name} over sequences.",
            kind=COMPOSITE,
            variants="",
        ),
        op(
            f"{name}.data(Tensor data, Tensor batch_sizes, Tensor hx, {_TAIL}) -> (Tensor, Tensor)",
            f"{name} over packed sequences.",
            kind=COMPOSITE,
            variants="",
        ),
    )


gru_input, gru_data = _sequence_records("gru")
rnn_tanh_input, rnn_tanh_data = _sequence_records("rnn_tanh")
rnn_relu_input, rnn_relu_data = _sequence_records("rnn_relu")


# -- fused cells ---------------------------------------------------------------------------------------------------------------


@lstm_fused.meta
def _(input_gates, hidden_gates, cx, input_bias, hidden_bias):
    return [(sizes(cx), cx.dtype), (sizes(cx), cx.dtype), (sizes(input_gates), cx.dtype)]


@lstm_fused_backward.meta
def _(grad_hy, grad_cy, cx, cy, workspace, has_bias):
    bias = ((workspace.shape[1],), cx.dtype) if has_bias else None
    return [(sizes(workspace), cx.dtype), (sizes(cx), cx.dtype), bias]


@gru_fused.meta
def _(input_gates, hidden_gates, hx, input_bias, hidden_bias):
    return [(sizes(hx), hx.dtype), ((hx.shape[0], 5 * hx.shape[1]), hx.dtype)]


@gru_fused_backward.meta
def _(grad_hy, workspace, has_bias):
    rows, n = grad_hy.shape
    gates, bias = ((rows, 3 * n), grad_hy.dtype), ((3 * n,), grad_hy.dtype) if has_bias else None
    return [gates, gates, ((rows, n), grad_hy.dtype), bias, bias]


def _biased(gates, bias):
    return gates if bias is None else gates + bias


@lstm_fused.decompose
def _(input_gates, hidden_gates, cx, input_bias, hidden_bias):
    gates = _biased(_biased(input_gates + hidden_gates, input_bias), hidden_bias)
    i, f, c, o = gates.chunk(4, 1)
    i, f, c, o = i.sigmoid(), f.sigmoid(), c.tanh(), o.sigmoid()
    cy = f * cx + i * c
    return o * cy.tanh(), cy, _joined((i, f, c, o))


def _joined(parts):
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    return torch.cat(parts, 1)


@lstm_fused_backward.decompose
def _(grad_hy, grad_cy, cx, cy, workspace, has_bias):
    i, f, c, o = workspace.chunk(4, 1)
    t = cy.tanh()
    hidden = cy.new_zeros(cy.shape) if grad_hy is None else grad_hy
    dc = hidden * o * (1 - t * t)
    dc = dc if grad_cy is None else dc + grad_cy
    gates = _joined((dc * c * i * (1 - i), dc * cx * f * (1 - f), dc * i * (1 - c * c), hidden * t * o * (1 - o)))
    return gates, dc * f, gates.sum(0) if has_bias else None


@gru_fused.decompose
def _(input_gates, hidden_gates, hx, input_bias, hidden_bias):
    ri, zi, ni = _biased(input_gates, input_bias).chunk(3, 1)
    rh, zh, nh = _biased(hidden_gates, hidden_bias).chunk(3, 1)
    r, z = (ri + rh).sigmoid(), (zi + zh).sigmoid()
    new = (ni + r * nh).tanh()
    return (hx - new) * z + new, _joined((r, z, new, hx, nh))


@gru_fused_backward.decompose
def _(grad_hy, workspace, has_bias):
    r, z, new, hx, nh = workspace.chunk(5, 1)
    dn = grad_hy * (1 - z) * (1 - new * new)
    dr, dz = dn * nh * r * (1 - r), grad_hy * (hx - new) * z * (1 - z)
    inward, hidden = _joined((dr, dz, dn)), _joined((dr, dz, dn * r))
    biases = (inward.sum(0), hidden.sum(0)) if has_bias else (None, None)
    return inward, hidden, grad_hy * z, *biases


# -- one step, given the input's gates ---------------------------------------------------------------------------------------


def _linear(x, weight, bias):
    from .matmul import linear  # noqa: PLC0415  # rebound by the surface

    return linear.wrapper(x, weight, bias)


def _in_parts(gates, state):
    """Whether a step runs in its parts: of complex numbers, whose gradients conjugate, or of two dtypes, as autocast makes them."""
    return gates.is_complex() or gates.dtype is not state[-1].dtype


def _lstm_step(gates, state, w_hh, b_hh):
    step = lstm_fused.decomposition if _in_parts(gates, state) else lstm_fused.wrapper
    hy, cy, _ = step(gates, _linear(state[0], w_hh, b_hh), state[1], None, None)
    return hy, cy


def _gru_step(gates, state, w_hh, b_hh):
    step = gru_fused.decomposition if _in_parts(gates, state) else gru_fused.wrapper
    return (step(gates, _linear(state[0], w_hh, b_hh), state[0], None, None)[0],)


def _tanh_step(gates, state, w_hh, b_hh):
    return ((gates + _linear(state[0], w_hh, b_hh)).tanh(),)


def _relu_step(gates, state, w_hh, b_hh):
    return ((gates + _linear(state[0], w_hh, b_hh)).relu(),)


def _check_cell(input, hx, w_ih, w_hh):
    if input.shape[-1] != w_ih.shape[1]:
        raise RuntimeError(f"input has inconsistent input_size: got {input.shape[-1]} expected {w_ih.shape[1]}")
    if input.ndim > 1 and input.shape[0] != hx.shape[0]:
        raise RuntimeError(f"Input batch size {input.shape[0]} doesn't match hidden0 batch size {hx.shape[0]}")
    if hx.shape[-1] != w_hh.shape[1]:
        raise RuntimeError(f"hidden0 has inconsistent hidden_size: got {hx.shape[-1]}, expected {w_hh.shape[1]}")


@lstm_cell.decompose
def _(input, hx, w_ih, w_hh, b_ih, b_hh):
    _check_cell(input, hx[0], w_ih, w_hh)
    return _lstm_step(_linear(input, w_ih, b_ih), tuple(hx), w_hh, b_hh)


def _cell(record, step):
    @record.decompose
    def _(input, hx, w_ih, w_hh, b_ih, b_hh):
        _check_cell(input, hx, w_ih, w_hh)
        return step(_linear(input, w_ih, b_ih), (hx,), w_hh, b_hh)[0]


_cell(gru_cell, _gru_step)
_cell(rnn_tanh_cell, _tanh_step)
_cell(rnn_relu_cell, _relu_step)


# -- whole sequences ------------------------------------------------------------------------------------------------------------


def _walk(step, gates, state, w_hh, b_hh, backwards):
    """(outputs of all steps, last state) of one direction over (time, batch, gates)."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    steps = list(gates.unbind(0))
    outputs = []
    for each in reversed(steps) if backwards else steps:
        state = step(each, state, w_hh, b_hh)
        outputs.append(state[0])
    return torch.stack(outputs[::-1] if backwards else outputs, 0), state


def _walk_packed(step, gates, counts, state, w_hh, b_hh, backwards):
    """The same over packed rows: step t covers the first counts[t] sequences, the longest first."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    pieces = list(gates.split_with_sizes(counts, 0))
    outputs, done = [None] * len(counts), []
    now = state if not backwards else tuple(s[: counts[-1]] for s in state)
    for t in range(len(counts) - 1, -1, -1) if backwards else range(len(counts)):
        have, want = now[0].shape[0], counts[t]
        if want > have:
            now = tuple(torch.cat((s, first[have:want]), 0) for s, first in zip(now, state, strict=True))
        elif want < have:
            done.append(tuple(s[want:] for s in now))
            now = tuple(s[:want] for s in now)
        now = step(pieces[t], now, w_hh, b_hh)
        outputs[t] = now[0]
    if done:
        now = tuple(torch.cat([now[i], *[d[i] for d in reversed(done)]], 0) for i in range(len(now)))
    return torch.cat(outputs, 0), now


def _layers(step, x, states, params, has_biases, num_layers, dropout, train, bidirectional, counts=None):
    """All layers and directions. states: one tuple per layer and direction. Returns (output, last states)."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    directions = 2 if bidirectional else 1
    each = len(params) // (num_layers * directions)  # one more than the gates' where an LSTM projects its state
    last = []
    for layer in range(num_layers):
        outputs = []
        for direction in range(directions):
            at = layer * directions + direction
            w_ih, w_hh, *rest = params[at * each : (at + 1) * each]
            b_ih, b_hh = rest[:2] if has_biases else (None, None)
            one = _projecting(step, rest[-1]) if len(rest) % 2 else step
            gates = _linear(x, w_ih, b_ih)
            if counts is None:
                made, state = _walk(one, gates, states[at], w_hh, b_hh, direction == 1)
            else:
                made, state = _walk_packed(one, gates, counts, states[at], w_hh, b_hh, direction == 1)
            outputs.append(made)
            last.append(state)
        x = outputs[0] if directions == 1 else torch.cat(outputs, -1)
        if dropout and train and layer < num_layers - 1:
            x = torch.dropout(x, dropout, True)
    return x, last


def _projecting(step, w_hr):
    """An LSTM step whose hidden state is projected by w_hr (proj_size, hidden_size)."""

    def projected(gates, state, w_hh, b_hh):
        hy, cy = step(gates, state, w_hh, b_hh)
        return _linear(hy, w_hr, None), cy

    return projected


def _stacked(last, which):
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    return torch.stack([state[which] for state in last], 0)


@lstm_input.decompose
def _(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
    x = input.transpose(0, 1) if batch_first else input
    states = list(zip(hx[0].unbind(0), hx[1].unbind(0), strict=True))
    x, last = _layers(_lstm_step, x, states, params, has_biases, num_layers, dropout, train, bidirectional)
    return x.transpose(0, 1) if batch_first else x, _stacked(last, 0), _stacked(last, 1)


@lstm_data.decompose
def _(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
    states = list(zip(hx[0].unbind(0), hx[1].unbind(0), strict=True))
    counts = batch_sizes.tolist()
    x, last = _layers(_lstm_step, data, states, params, has_biases, num_layers, dropout, train, bidirectional, counts)
    return x, _stacked(last, 0), _stacked(last, 1)


def _sequence(whole, packed, step):
    @whole.decompose
    def _(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
        x = input.transpose(0, 1) if batch_first else input
        states = [(h,) for h in hx.unbind(0)]
        x, last = _layers(step, x, states, params, has_biases, num_layers, dropout, train, bidirectional)
        return x.transpose(0, 1) if batch_first else x, _stacked(last, 0)

    @packed.decompose
    def _(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional):
        states = [(h,) for h in hx.unbind(0)]
        counts = batch_sizes.tolist()
        x, last = _layers(step, data, states, params, has_biases, num_layers, dropout, train, bidirectional, counts)
        return x, _stacked(last, 0)


_sequence(gru_input, gru_data, _gru_step)
_sequence(rnn_tanh_input, rnn_tanh_data, _tanh_step)
_sequence(rnn_relu_input, rnn_relu_data, _relu_step)


# -- what users type -----------------------------------------------------------------------------------------------------------


def _either(whole, packed, name):
    """torch puts both forms under one name: packed if the second argument is the tensor of batch sizes."""

    def run(*args, **kwargs):
        second_is_sizes = len(args) > 3 and isinstance(args[3], (list, tuple))
        return (packed if second_is_sizes else whole).wrapper(*args, **kwargs)

    run.__name__ = run.__qualname__ = name
    run.__doc__ = f"{name} over a sequence (input, hx, params, …) or a packed one (data, batch_sizes, hx, params, …)."
    binding(name, method=False)(run)


_either(lstm_input, lstm_data, "lstm")
_either(gru_input, gru_data, "gru")
_either(rnn_tanh_input, rnn_tanh_data, "rnn_tanh")
_either(rnn_relu_input, rnn_relu_data, "rnn_relu")
