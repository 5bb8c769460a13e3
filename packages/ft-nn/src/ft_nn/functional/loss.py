"""Losses for classification and distributions: reduction names, size checks, and those made of other ops.

Regression and ranking losses are in :mod:`regression` and :mod:`ranking`. Every loss takes ``reduction`` "none",
"mean" or "sum", or the deprecated ``size_average`` and ``reduce``. Source of defaults and messages:
torch.nn.functional (2.13).
"""

from __future__ import annotations

import math
import warnings
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .. import reduction as _reduction


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """-weight[t] * input[t] of log-probabilities (N, C, *) at classes (N, *) (int64)."""
    code = _reduction.resolve(size_average, reduce, reduction)
    return torch.raw.nll_loss_nd(input, target, weight, code, ignore_index)


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """nll_loss(log_softmax(input)) of logits (N, C, *) and classes (N, *) (int64) or class probabilities (N, C, *)."""
    code = _reduction.resolve(size_average, reduce, reduction)
    return torch.raw.cross_entropy_loss(input, target, weight, code, ignore_index, label_smoothing)


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """-w (t log p + (1 - t) log(1 - p)) of probabilities; ``ValueError`` where the sizes differ."""
    code = _reduction.resolve(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size ({input.size()}) is deprecated. "
            "Please ensure they have the same size."
        )
    if weight is not None:
        weight = weight.expand(torch.broadcast_shapes(target.size(), weight.size()))
    return torch.raw.binary_cross_entropy(input, target, weight, code)


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """binary_cross_entropy(sigmoid(input)), computed stably; ``ValueError`` where the sizes differ."""
    code = _reduction.resolve(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(f"Target size ({target.size()}) must be the same as input size ({input.size()})")
    if target.dtype is not input.dtype and target.is_floating_point() and input.is_floating_point():
        common = torch.promote_types(input.dtype, target.dtype)  # the loss has the target's dtype, as in torch
        made = torch.binary_cross_entropy_with_logits(input.to(common), target.to(common), weight, pos_weight, code)
        return made.to(target.dtype)
    return torch.binary_cross_entropy_with_logits(input, target, weight, pos_weight, code)


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """target (log target - input) of log-probabilities ``input``; "batchmean" divides the sum by the batch size."""
    if size_average is not None or reduce is not None:
        code = _reduction.enum(_reduction.from_flags(size_average, reduce))
    else:
        if reduction == "mean":
            warnings.warn(
                "reduction: 'mean' divides the total loss by both the batch size and the support size."
                "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
                "'mean' will be changed to behave the same as 'batchmean' in the next major release.",
                stacklevel=2,
            )
        code = _reduction.enum("sum" if reduction == "batchmean" else reduction)
    loss = torch.kl_div(input, target, code, log_target=log_target)
    return loss / input.size()[0] if reduction == "batchmean" and input.dim() != 0 else loss


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """exp(x) - t x (or x - t log(x + eps)); ``full`` adds Stirling's term."""
    if size_average is not None or reduce is not None:
        reduction = _reduction.from_flags(size_average, reduce)
    return torch.poisson_nll_loss(input, target, log_input, full, eps, _reduction.enum(reduction))


def gaussian_nll_loss(
    input: Tensor, target: Tensor, var: Any, full: bool = False, eps: float = 1e-6, reduction: str = "mean"
) -> Tensor:
    """(log var + (input - target)^2 / var) / 2, ``full`` adds log(2 pi) / 2.

    ``var`` is a number, or has the input's shape, or that with its last dimension missing or one dimension of size 1.
    Raises ``ValueError`` for another shape and for negative entries.
    """
    if isinstance(var, float):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        var = var * torch.ones_like(input)
    elif torch.any(var < 0):
        raise ValueError("var has negative entry/entries")
    if var.size() != input.size():
        if input.size()[:-1] == var.size():
            var = torch.unsqueeze(var, -1)
        else:
            differing = [b for a, b in zip(input.size(), var.size(), strict=False) if a != b]
            if input.ndim != var.ndim or sum(differing) != 1:
                raise ValueError("var is of incorrect size")
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not valid")
    var = var.clone()
    with torch.no_grad():  # clamped in the forward only: the gradient stays that of var
        var.clamp_(min=eps)
    loss = 0.5 * (torch.log(var) + (input - target) ** 2 / var)
    if full:
        loss = loss + 0.5 * math.log(2 * math.pi)
    return _reduction.reduced(loss, reduction)


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Any,
    target_lengths: Any,
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """Connectionist temporal classification of (T, N, C) log-probabilities (Graves et al., 2006)."""
    return torch.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, _reduction.enum(reduction), zero_infinity)
