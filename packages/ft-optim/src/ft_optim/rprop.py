"""Rprop: resilient propagation. Each element has a step size of its own that grows while the gradient keeps its sign."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_lr, kept, zero_like, zero_step


class Rprop(RuleOptimizer):
    """p <- p - sign(g) * size; size times etas[1] where the sign stayed, times etas[0] where it turned (and there no step is
    taken).

    Args: params, lr (first size), etas (shrink, grow), step_sizes (smallest, largest), maximize, differentiable.
    Raises: ValueError unless 0 < shrink < 1 < grow, RuntimeError for sparse gradients.
    Source: torch.optim.Rprop; Riedmiller and Braun 1993.
    """

    _options = {"foreach": None, "maximize": False, "differentiable": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        defaults = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        lr = group["lr"]
        size = torch.full_like(p.grad, complex(lr, lr)) if p.is_complex() else torch.zeros_like(p.grad) + lr
        return {"step": zero_step(p, group), "prev": zero_like(p), "step_size": size}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        shrink, grow = group["etas"]
        smallest, largest = group["step_sizes"]
        prev, size = state["prev"], state["step_size"]
        agreement = g.mul(kept(prev)).sign()
        turned = agreement.lt(0)
        factor = torch.where(agreement.gt(0), grow, torch.where(turned, shrink, torch.ones_like(agreement)))
        size.mul_(factor.to(size.dtype)).clamp_(smallest, largest)
        g = g.masked_fill(turned, 0)
        p.addcmul_(g.sign(), kept(size), value=-1)
        prev.copy_(g)
