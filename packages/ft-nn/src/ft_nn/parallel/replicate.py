"""Copies of a module on other devices, through which gradients reach the original. Source: torch.nn.parallel.replicate (2.13)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from ft_core import Tensor

from ..module import Module
from . import comm
from .devices import index_of

__all__ = ["replicate"]


def _copies(tensors: Sequence[Tensor], devices: list[int], detach: bool) -> list[list[Tensor]]:
    if not tensors:
        return [[] for _ in devices]
    if any(t.device.type == "cpu" for t in tensors):
        raise AssertionError("Broadcast function not implemented for CPU tensors")
    return comm.broadcast_coalesced([t.detach() for t in tensors] if detach else tensors, devices)


def replicate(network: Module, devices: Sequence[Any], detach: bool = False) -> list[Any]:
    """``network`` once for each device; its parameters are copies with a history (none with ``detach``), no leaves.

    Raises ``AssertionError`` where parameters are on the CPU and a device is asked for.
    """
    indices = [index_of(d, True) for d in devices]
    if not indices:
        return []
    modules = list(network.modules())
    params, buffers = list(network.parameters()), list(network.buffers())
    new_params = _copies(params, indices, detach)
    new_buffers = _copies(buffers, indices, True)
    made = []
    for values, state in zip(new_params, new_buffers, strict=True):
        of: dict[Any, Any] = dict(zip((*params, *buffers), (*values, *state), strict=True))
        for module in modules:
            of[module] = module._replicate_for_data_parallel()
            of[module]._former_parameters = OrderedDict()
        for module in modules:
            _fill(of[module], module, of)
        made.append(of[network])
    return made


def _fill(replica: Any, module: Any, of: dict[Any, Any]) -> None:
    """Children, parameters and buffers of one replica: the copies of what ``module`` has."""
    for key, child in module._modules.items():
        replica._modules[key] = None if child is None else of[child]
    for key, param in module._parameters.items():
        if param is None:
            replica._parameters[key] = None
        else:
            setattr(replica, key, of[param])  # no leaf any more, so an attribute and no parameter
            replica._former_parameters[key] = of[param]
    for key, buffer in module._buffers.items():
        replica._buffers[key] = None if buffer is None else of[buffer]
