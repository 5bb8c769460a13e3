"""All parameters as one vector, and back. Source: torch.nn.utils (2.13)."""

from __future__ import annotations

from collections.abc import Iterable

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..members import typename


def _one_device(parameters: Iterable[Tensor]) -> list[Tensor]:
    found = list(parameters)
    if len({p.device for p in found}) > 1:
        raise TypeError("Found two parameters on different devices, this is currently not supported.")
    return found


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """The elements of all ``parameters``, in order, as one vector. Raises ``TypeError`` for several devices."""
    return torch.cat([p.view(-1) for p in _one_device(parameters)])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Point the parameters' data at consecutive slices of ``vec``. Raises ``TypeError`` where it is no tensor."""
    if not isinstance(vec, Tensor):
        raise TypeError(f"expected torch.Tensor, but got: {typename(vec)}")
    start = 0
    for param in _one_device(parameters):
        stop = start + param.numel()
        param.data = vec[start:stop].view_as(param).data
        start = stop
