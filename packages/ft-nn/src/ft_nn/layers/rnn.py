"""Recurrent layers over whole sequences: weights, shapes, packed and padded inputs.

The recurrence itself is an op per mode. Letters: L length, N batch, H hidden size, D directions. Parameters are named
``weight_ih_l0``, ``weight_hh_l0``, ``bias_ih_l0``, ``bias_hh_l0`` (and ``weight_hr_l0`` with projections), with
``_reverse`` for the second direction. Source of names, checks and messages: torch.nn (2.13).
"""

from __future__ import annotations

import math
import numbers
import warnings
from typing import Any

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch
from ft_dispatch.autocast_state import is_any_autocast_enabled

from .. import init
from ..module import Module
from ..utils.rnn import PackedSequence

_GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}
_OPS = {"LSTM": "lstm", "GRU": "gru", "RNN_TANH": "rnn_tanh", "RNN_RELU": "rnn_relu"}


def apply_permutation(tensor: Tensor, permutation: Tensor, dim: int = 1) -> Tensor:
    """``tensor`` with its slices along ``dim`` in another order; the name that torch's older code knows."""
    return tensor.index_select(dim, permutation)


def _permuted(tensor: Tensor | None, permutation: Tensor | None) -> Tensor | None:
    return tensor if tensor is None or permutation is None else tensor.index_select(1, permutation)


class RNNBase(Module):
    """What RNN, LSTM and GRU share. Source: torch.nn.RNNBase."""

    __constants__ = [
        "mode",
        "input_size",
        "hidden_size",
        "num_layers",
        "bias",
        "batch_first",
        "dropout",
        "bidirectional",
        "proj_size",
    ]

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        self._check_settings(dropout)
        self._flat_weights_names: list[str] = []
        self._weight_names: list[list[str]] = []
        for layer in range(num_layers):
            for suffix in ("", "_reverse")[: 1 + bidirectional]:
                self._make_weights(layer, suffix, device, dtype)
        self.reset_parameters()

    def _check_settings(self, dropout: Any) -> None:
        number = isinstance(dropout, numbers.Number) and not isinstance(dropout, bool)
        if not number or not 0 <= dropout <= 1:
            raise ValueError("dropout should be a number in range [0, 1] representing the probability of an element being zeroed")
        if dropout > 0 and self.num_layers == 1:
            warnings.warn(
                "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                f"greater than 1, but got dropout={dropout} and num_layers={self.num_layers}",
                stacklevel=4,
            )
        for name, kind in (("bias", bool), ("batch_first", bool)):
            if not isinstance(getattr(self, name), kind):
                raise TypeError(f"{name} should be of type bool, got: {type(getattr(self, name)).__name__}")
        for name in ("input_size", "hidden_size"):
            value = getattr(self, name)
            if not isinstance(value, int):
                raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
            if value <= 0:
                raise ValueError(f"{name} must be greater than zero")
        if self.num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        if self.proj_size < 0:
            raise ValueError("proj_size should be a positive integer or zero to disable projections")
        if self.proj_size >= self.hidden_size:
            raise ValueError("proj_size has to be smaller than hidden_size")
        if self.mode not in _GATES:
            raise ValueError("Unrecognized RNN mode: " + self.mode)

    def _make_weights(self, layer: int, suffix: str, device: Any, dtype: Any) -> None:
        out = self.proj_size or self.hidden_size
        gates = _GATES[self.mode] * self.hidden_size
        entering = self.input_size if layer == 0 else out * (1 + self.bidirectional)
        shapes: dict[str, tuple[int, ...]] = {"weight_ih": (gates, entering), "weight_hh": (gates, out)}
        if self.bias:
            shapes.update(bias_ih=(gates,), bias_hh=(gates,))
        if self.proj_size:
            shapes["weight_hr"] = (self.proj_size, self.hidden_size)
        names = [f"{name}_l{layer}{suffix}" for name in shapes]
        for name, shape in zip(names, shapes.values(), strict=True):
            setattr(self, name, Parameter(torch.empty(shape, device=device, dtype=dtype)))
        self._flat_weights_names += names
        self._weight_names.append(names)

    @property
    def _flat_weights(self) -> list[Tensor]:
        return [getattr(self, name) for name in self._flat_weights_names]

    @property
    def all_weights(self) -> list[list[Tensor]]:
        """The weights, a list per layer and direction."""
        return [[getattr(self, name) for name in names] for names in self._weight_names]

    @property
    def _all_weights(self) -> list[list[str]]:
        """The names of `all_weights`, which code that walks them by name reads."""
        return self._weight_names

    def flatten_parameters(self) -> None:
        """Nothing to do: the ops take the weights as they are. Present because models call it."""

    def reset_parameters(self) -> None:
        """Draw all weights from U(-k, k), k = 1 / sqrt(hidden_size)."""
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    # ---- checks, under the names that subclasses override

    def check_input(self, input: Tensor, batch_sizes: Tensor | None) -> None:
        """``RuntimeError`` or ``ValueError`` where the input's rank, last size or dtype is not the layer's."""
        dtype = self._flat_weights[0].dtype
        if input.dtype != dtype and not is_any_autocast_enabled():
            raise ValueError(
                f"RNN input dtype ({input.dtype}) does not match weight dtype ({dtype}). "
                f"Convert input: input.to({dtype}), or convert model: model.to({input.dtype})"
            )
        ndim = 2 if batch_sizes is not None else 3
        if input.dim() != ndim:
            raise RuntimeError(f"input must have {ndim} dimensions, got {input.dim()}")
        if self.input_size != input.size(-1):
            raise RuntimeError(f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}")

    def get_expected_hidden_size(self, input: Tensor, batch_sizes: Tensor | None) -> tuple[int, int, int]:
        """(layers * directions, batch, output size)."""
        batch = int(batch_sizes[0]) if batch_sizes is not None else input.size(0 if self.batch_first else 1)
        return (self.num_layers * (1 + self.bidirectional), batch, self.proj_size or self.hidden_size)

    def check_hidden_size(
        self, hx: Tensor, expected_hidden_size: tuple[int, int, int], msg: str = "Expected hidden size {}, got {}"
    ) -> None:
        """``RuntimeError`` where ``hx`` has another size."""
        if tuple(hx.size()) != tuple(expected_hidden_size):
            raise RuntimeError(msg.format(expected_hidden_size, list(hx.size())))

    def check_forward_args(self, input: Tensor, hidden: Any, batch_sizes: Tensor | None) -> None:
        """All checks of one call."""
        self.check_input(input, batch_sizes)
        self.check_hidden_size(hidden, self.get_expected_hidden_size(input, batch_sizes))

    def permute_hidden(self, hx: Any, permutation: Tensor | None) -> Any:
        """The state with its batch in another order."""
        return _permuted(hx, permutation)

    # ---- the call

    def _zero_state(self, input: Tensor, batch: int) -> Any:
        shape = (self.num_layers * (1 + self.bidirectional), batch, self.proj_size or self.hidden_size)
        return torch.zeros(shape, dtype=input.dtype, device=input.device)

    def _batched_state(self, hx: Tensor, batched: bool) -> Any:
        if batched and hx.dim() != 3:
            raise RuntimeError(f"For batched 3-D input, hx should also be 3-D but got {hx.dim()}-D tensor")
        if not batched and hx.dim() != 2:
            raise RuntimeError(f"For unbatched 2-D input, hx should also be 2-D but got {hx.dim()}-D tensor")
        return hx if batched else hx.unsqueeze(1)

    def _run(self, input: Tensor, hx: Any, batch_sizes: Tensor | None) -> tuple[Any, ...]:
        op = getattr(torch, _OPS[self.mode])
        settings = (self._flat_weights, self.bias, self.num_layers, self.dropout, self.training, self.bidirectional)
        if batch_sizes is None:
            return op(input, hx, *settings, self.batch_first)
        return op(input, batch_sizes, hx, *settings)

    def _forward_packed(self, packed: PackedSequence, hx: Any) -> tuple[PackedSequence, Any]:
        data, batch_sizes, sorted_indices, unsorted_indices = packed
        if hx is None:
            hx = self._zero_state(data, int(batch_sizes[0]))
        else:
            hx = self.permute_hidden(hx, sorted_indices)
        self.check_forward_args(data, hx, batch_sizes)
        output, *state = self._run(data, hx, batch_sizes)
        hidden = self.permute_hidden(self._state(state), unsorted_indices)
        return PackedSequence(output, batch_sizes, sorted_indices, unsorted_indices), hidden

    @staticmethod
    def _state(outputs: list[Tensor]) -> Any:
        return outputs[0]

    def _unbatched(self, hidden: Any) -> Any:
        return hidden.squeeze(1)

    def forward(self, input: Any, hx: Any = None) -> tuple[Any, Any]:
        """Outputs of all steps and the last state.

        Shape: (L, N, input_size), or (N, L, input_size) with ``batch_first``, or (L, input_size), or packed -> outputs
        (..., D * H) and state (D * num_layers, N, H). ``hx`` is the first state, zeros by default.
        """
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        if input.dim() not in (2, 3):
            tail = "D tensor instead" if self.mode.startswith("RNN") else "D instead"
            raise ValueError(f"{self.mode.split('_')[0]}: Expected input to be 2D or 3D, got {input.dim()}{tail}")
        batched = input.dim() == 3
        along = 0 if self.batch_first else 1
        if not batched:
            input = input.unsqueeze(along)
        if hx is None:
            hx = self._zero_state(input, input.size(along))
        else:
            hx = self._batched_state(hx, batched)
        self.check_forward_args(input, hx, None)
        output, *state = self._run(input, hx, None)
        hidden = self._state(state)
        if batched:
            return output, hidden
        return output.squeeze(along), self._unbatched(hidden)

    def extra_repr(self) -> str:
        """Sizes, and what differs from the defaults."""
        text = f"{self.input_size}, {self.hidden_size}"
        for name, default in (
            ("proj_size", 0),
            ("num_layers", 1),
            ("bias", True),
            ("batch_first", False),
            ("dropout", 0),
            ("bidirectional", False),
        ):
            if getattr(self, name) != default:
                text += f", {name}={getattr(self, name)}"
        return text


class RNN(RNNBase):
    """h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh), or relu with ``nonlinearity="relu"``. Source: torch.nn.RNN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        if len(args) > 3:
            nonlinearity = args[3]
            args = args[:3] + args[4:]
        else:
            nonlinearity = kwargs.pop("nonlinearity", "tanh")
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        self.nonlinearity = nonlinearity
        super().__init__(f"RNN_{nonlinearity.upper()}", *args, **kwargs)


class GRU(RNNBase):
    """Gated recurrent units (Cho et al., 2014): r, z, n gates, in this order in the weights.

    n_t = tanh(W_in x + b_in + r (W_hn h + b_hn)); h_t = (1 - z) n + z h. Source: torch.nn.GRU.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        super().__init__("GRU", *args, **kwargs)


class LSTM(RNNBase):
    """Long short-term memory (Hochreiter & Schmidhuber, 1997): i, f, g, o gates, in this order in the weights.

    c_t = f c + i g; h_t = o tanh(c_t), projected to ``proj_size`` where that is given. The state is a pair (h, c), h of
    size ``proj_size`` or ``hidden_size``. Source: torch.nn.LSTM.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("LSTM", *args, **kwargs)

    def get_expected_cell_size(self, input: Tensor, batch_sizes: Tensor | None) -> tuple[int, int, int]:
        """(layers * directions, batch, hidden size)."""
        layers, batch, _ = self.get_expected_hidden_size(input, batch_sizes)
        return (layers, batch, self.hidden_size)

    def check_forward_args(self, input: Tensor, hidden: Any, batch_sizes: Tensor | None) -> None:
        """All checks of one call."""
        self.check_input(input, batch_sizes)
        expected = self.get_expected_hidden_size(input, batch_sizes)
        self.check_hidden_size(hidden[0], expected, "Expected hidden[0] size {}, got {}")
        expected = self.get_expected_cell_size(input, batch_sizes)
        self.check_hidden_size(hidden[1], expected, "Expected hidden[1] size {}, got {}")

    def permute_hidden(self, hx: Any, permutation: Tensor | None) -> Any:
        """The state with its batch in another order."""
        return _permuted(hx[0], permutation), _permuted(hx[1], permutation)

    def _zero_state(self, input: Tensor, batch: int) -> Any:
        cell = torch.zeros(
            (self.num_layers * (1 + self.bidirectional), batch, self.hidden_size), dtype=input.dtype, device=input.device
        )
        return super()._zero_state(input, batch), cell

    def _batched_state(self, hx: Any, batched: bool) -> Any:
        ndim = 3 if batched else 2
        if hx[0].dim() != ndim or hx[1].dim() != ndim:
            kind = "batched 3-D" if batched else "unbatched 2-D"
            raise RuntimeError(
                f"For {kind} input, hx and cx should also be {ndim}-D but got ({hx[0].dim()}-D, {hx[1].dim()}-D) tensors"
            )
        return tuple(hx) if batched else (hx[0].unsqueeze(1), hx[1].unsqueeze(1))

    @staticmethod
    def _state(outputs: list[Tensor]) -> Any:
        return tuple(outputs)

    def _unbatched(self, hidden: Any) -> Any:
        return hidden[0].squeeze(1), hidden[1].squeeze(1)
