"""Tensors between devices: copies, chunks, sums and concatenations, all of them ops and so differentiable.

Source of names, arguments and messages: torch.nn.parallel.comm (2.13).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .devices import accelerator, index_of, place

__all__ = ["broadcast", "broadcast_coalesced", "gather", "reduce_add", "reduce_add_coalesced", "scatter"]


def _needed(what: str) -> None:
    if accelerator() is None:
        raise RuntimeError(f"{what}: Cannot access accelerator device when none is available.")


def broadcast(tensor: Tensor, devices: Iterable[Any] | None = None, *, out: Sequence[Tensor] | None = None) -> tuple[Tensor, ...]:
    """A copy of ``tensor`` on each of ``devices``, or in each tensor of ``out``; exactly one of the two must be given."""
    if (devices is None) == (out is None):
        raise RuntimeError(f"Exactly one of 'devices' and 'out' must be specified, but got devices={devices} and out={out}")
    if out is not None:
        return tuple(one.copy_(tensor) for one in out)
    indices = [index_of(d) for d in devices or ()]
    _needed("broadcast")
    return tuple(tensor.to(place(i)) for i in indices)


def broadcast_coalesced(tensors: Sequence[Tensor], devices: Iterable[Any], buffer_size: int = 10485760) -> list[list[Tensor]]:
    """For each of ``devices`` a list of copies of ``tensors``; ``buffer_size`` (bytes) is kept for programs that give it."""
    indices = [index_of(d) for d in devices]
    _needed("broadcast_coalesced")
    return [[t.to(place(i)) for t in tensors] for i in indices]


def reduce_add(inputs: Sequence[Tensor], destination: Any = None) -> Tensor:
    """The sum of tensors of equal shape on different accelerators, on ``destination`` (the current device by default).

    Raises ``AssertionError`` for a tensor on the CPU, ``ValueError`` for one of another shape.
    """
    for i, tensor in enumerate(inputs):
        if tensor.device.type == "cpu":
            raise AssertionError(f"reduce_add expects all inputs to be on GPUs, but input {i} is on CPU")
        if tensor.size() != inputs[0].size():
            got, expected = ("x".join(str(n) for n in t.size()) for t in (tensor, inputs[0]))
            raise ValueError(f"input {i} has invalid size: got {got}, but expected {expected}")
    where = place(index_of(destination, optional=True))
    total = inputs[0].to(where)
    for tensor in inputs[1:]:
        total = total + tensor.to(where)
    return total


def reduce_add_coalesced(
    inputs: Iterable[Iterable[Tensor]], destination: Any = None, buffer_size: int = 10485760
) -> tuple[Tensor, ...]:
    """:func:`reduce_add` of the first tensors of all lists, of the second, and so on."""
    return tuple(reduce_add(tensors, destination) for tensors in zip(*inputs, strict=True))


def scatter(
    tensor: Tensor,
    devices: Iterable[Any] | None = None,
    chunk_sizes: Sequence[int] | None = None,
    dim: int = 0,
    streams: Any = None,
    *,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, ...]:
    """``tensor`` in parts along ``dim``, one a device: of ``chunk_sizes``, or as equal as they can be; or into ``out``."""
    if out is not None:
        for name, given in (("devices", devices), ("chunk_sizes", chunk_sizes)):
            if given is not None:
                raise RuntimeError(f"'{name}' must not be specified when 'out' is specified, but got {name}={given}")
        parts = tensor.split([t.shape[dim] for t in out], dim)
        return tuple(target.copy_(part) for target, part in zip(out, parts, strict=True))
    indices = [index_of(d) for d in devices or ()]
    _needed("scatter")
    parts = tensor.chunk(len(indices), dim) if chunk_sizes is None else tensor.split(list(chunk_sizes), dim)
    return tuple(part.to(place(i)) for part, i in zip(parts, indices, strict=False))


def gather(tensors: Iterable[Tensor], dim: int = 0, destination: Any = None, *, out: Tensor | None = None) -> Tensor:
    """``tensors`` of different devices, one after the other along ``dim``, on ``destination`` or in ``out``."""
    if out is not None:
        if destination is not None:
            raise RuntimeError(f"'destination' must not be specified when 'out' is specified, but got destination={destination}")
        return out.copy_(torch.cat([t.to(out.device) for t in tensors], dim))
    if destination == -1:
        warnings.warn(
            'Using -1 to represent CPU tensor is deprecated. Please use a device object or string instead, e.g., "cpu".',
            FutureWarning,
            stacklevel=2,
        )
    where = place(index_of(destination, optional=True, allow_cpu=True))
    return torch.cat([t.to(where) for t in tensors], dim)
