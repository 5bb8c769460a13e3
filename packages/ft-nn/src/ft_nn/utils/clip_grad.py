"""Bounding gradients: by their common norm, or by value.

Gradients are grouped by device and dtype and handed to the foreach ops, one call a group. Source of arguments and
messages: torch.nn.utils.clip_grad (2.13).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch


def _as_list(tensors: Any) -> list[Tensor]:
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _gradients(parameters: Any) -> list[Tensor]:
    return [p.grad for p in _as_list(parameters) if p.grad is not None]


def _grouped(tensors: Iterable[Tensor]) -> list[list[Tensor]]:
    """Lists of one device and dtype each, in order of first appearance."""
    groups: dict[Any, list[Tensor]] = {}
    for tensor in tensors:
        groups.setdefault((tensor.device, tensor.dtype), []).append(tensor)
    return list(groups.values())


def get_total_norm(tensors: Any, norm_type: float = 2.0, error_if_nonfinite: bool = False, foreach: bool | None = None) -> Tensor:
    """The norm of all ``tensors`` as if they were one vector (0-dim). Raises ``RuntimeError`` where it is not finite."""
    with torch.no_grad():
        tensors = _as_list(tensors)
        norm_type = float(norm_type)
        if not tensors:
            return torch.tensor(0.0)
        norms: list[Tensor] = []
        for group in _grouped(tensors):
            if foreach is False:
                norms.extend(torch.linalg.vector_norm(t, norm_type) for t in group)
            else:
                norms.extend(torch._foreach_norm(group, norm_type))
        first = tensors[0].device
        total = torch.linalg.vector_norm(torch.stack([norm.to(first) for norm in norms]), norm_type)
        if error_if_nonfinite and torch.logical_or(total.isnan(), total.isinf()):
            raise RuntimeError(
                f"The total norm of order {norm_type} for gradients from `parameters` is non-finite, so it cannot be "
                "clipped. To disable this error and scale the gradients by the non-finite norm anyway, set "
                "`error_if_nonfinite=False`"
            )
        return total


def clip_grads_with_norm_(parameters: Any, max_norm: float, total_norm: Tensor, foreach: bool | None = None) -> None:
    """Scale all gradients in place by min(1, max_norm / (total_norm + 1e-6))."""
    with torch.no_grad():
        grads = _gradients(parameters)
        if not grads:
            return
        # Clamped, not compared: a comparison would wait for the device.
        factor = torch.clamp(float(max_norm) / (total_norm + 1e-6), max=1.0)
        for group in _grouped(grads):
            on_device = factor.to(group[0].device)
            if foreach is False:
                for grad in group:
                    grad.mul_(on_device)
            else:
                torch._foreach_mul_(group, on_device)


def clip_grad_norm_(
    parameters: Any,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale the gradients in place so that their common norm is at most ``max_norm``; returns the norm they had."""
    parameters = _as_list(parameters)
    if not parameters:
        warnings.warn("`parameters` is an empty generator, no gradient clipping will occur.", stacklevel=2)
    total = get_total_norm(_gradients(parameters), norm_type, error_if_nonfinite, foreach)
    clip_grads_with_norm_(parameters, max_norm, total, foreach)
    return total


def clip_grad_norm(
    parameters: Any,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """:func:`clip_grad_norm_` under its older name."""
    warnings.warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of `torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
        stacklevel=2,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


def clip_grad_value_(parameters: Any, clip_value: float, foreach: bool | None = None) -> None:
    """Clamp every element of the gradients in place to [-clip_value, clip_value]."""
    bound = float(clip_value)
    with torch.no_grad():
        for group in _grouped(_gradients(parameters)):
            if foreach is False:
                for grad in group:
                    grad.clamp_(min=-bound, max=bound)
            else:
                torch._foreach_clamp_min_(group, -bound)
                torch._foreach_clamp_max_(group, bound)
