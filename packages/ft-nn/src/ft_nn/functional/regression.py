"""Losses between numbers: squared, absolute and the two between them.

All four warn where target and input differ in size, since they would broadcast. Source of defaults and messages:
torch.nn.functional (2.13).
"""

from __future__ import annotations

import warnings
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .. import reduction as _reduction


def _warn_sizes(input: Tensor, target: Tensor) -> None:
    warnings.warn(
        f"Using a target size ({target.size()}) that is different to the input size ({input.size()}). "
        "This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.",
        stacklevel=3,
    )


def _one_dtype(input: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Both in the dtype that their sum would have, where one holds no fractions; those that do are brought together by the ops."""
    if input.dtype is target.dtype or (input.is_floating_point() and target.is_floating_point()):
        return input, target
    common = torch.promote_types(input.dtype, target.dtype)
    return input.to(common), target.to(common)


def _weighted(errors: Tensor, weight: Tensor, reduction: str, normalised: bool) -> Tensor:
    """Weighted errors, reduced; the mean divides by the weights' sum where ``normalised``."""
    weighted = errors * weight
    if reduction == "mean" and normalised:
        return torch.sum(weighted) / torch.sum(weight)
    return _reduction.reduced(weighted, reduction, "Invalid reduction mode: {}. Expected one of 'none', 'mean', 'sum'.")


def _check_weight(weight: Tensor, input: Tensor) -> None:
    if weight.size() != input.size():
        raise ValueError("Weights and input must have the same size.")


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """(input - target)^2; a ``weight`` of the input's size multiplies, and the mean divides by its sum."""
    if target.size() != input.size():
        _warn_sizes(input, target)
        input, target = torch.broadcast_tensors(input, target)
    input, target = _one_dtype(input, target)
    if size_average is not None or reduce is not None:
        reduction = _reduction.from_flags(size_average, reduce)
    if weight is not None:
        _check_weight(weight, input)
        return _weighted(torch.pow(input - target, 2), weight, reduction, normalised=True)
    return torch.raw.mse_loss(input, target, _reduction.enum(reduction))


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """|input - target|; a ``weight`` of the input's size multiplies, and the mean divides by its sum."""
    if target.size() != input.size():
        _warn_sizes(input, target)
        input, target = torch.broadcast_tensors(input, target)
    if size_average is not None or reduce is not None:
        reduction = _reduction.from_flags(size_average, reduce)
    if weight is not None:
        _check_weight(weight, input)
        return _weighted(torch.abs(input - target), weight, reduction, normalised=True)
    return torch.raw.l1_loss(input, target, _reduction.enum(reduction))


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """d^2 / (2 beta) where d = |input - target| < beta, else d - beta / 2."""
    if target.size() != input.size():
        _warn_sizes(input, target)
        input, target = torch.broadcast_tensors(input, target)
    input, target = _one_dtype(input, target)
    if size_average is not None or reduce is not None:
        reduction = _reduction.from_flags(size_average, reduce)
    if beta == 0.0:
        return torch.raw.l1_loss(input, target, _reduction.enum(reduction))
    return torch.raw.smooth_l1_loss(input, target, _reduction.enum(reduction), beta)


def huber_loss(input: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0, weight: Tensor | None = None) -> Tensor:
    """d^2 / 2 where d = |input - target| < delta, else delta (d - delta / 2); a ``weight`` multiplies."""
    if target.size() != input.size():
        _warn_sizes(input, target)
        input, target = torch.broadcast_tensors(input, target)
    kind = None if input.dtype is target.dtype else input.dtype  # the loss is in the input's, where the two differ
    if input.is_floating_point():  # else the loss would be written into integers, which the op refuses
        input, target = _one_dtype(input, target)
    if weight is not None:
        _check_weight(weight, input)
        each = torch.raw.huber_loss(input, target, 0, delta)
        return _weighted(each if kind is None else each.to(kind), weight, reduction, normalised=False)
    made = torch.raw.huber_loss(input, target, _reduction.enum(reduction), delta)
    return made if kind is None else made.to(kind)
