"""Lion: the sign of a momentum, one state tensor a parameter. torch has none; the layout is that of its other optimizers."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_betas, check_lr, check_range, kept, scalar_of, subtract_scaled_, zero_like, zero_step


class Lion(RuleOptimizer):
    """p <- (1 - lr * weight_decay) * p - lr * sign(beta1 * m + (1 - beta1) * g), then m <- beta2 * m + (1 - beta2) * g.

    Every element moves by the learning rate, so it wants one three to ten times smaller than AdamW, and a weight decay as much larger.

    Args:
        params: tensors, named tensors, or groups.
        lr: learning rate, a number or a one-element tensor.
        betas: share of the momentum in the direction, and its decay rate.
        weight_decay: shrinks the parameter itself.
        maximize: ascend.
        differentiable: let gradients flow through the step (none do through a sign).

    Complex parameters are pairs of real ones. Raises: ValueError for options out of range, RuntimeError for sparse gradients.
    Source: Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", algorithm 2.
    """

    _options = {"maximize": False, "differentiable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-4,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0.0,
        *,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        check_betas(betas)
        check_range("weight_decay value", weight_decay)
        defaults = {"lr": lr, "betas": betas, "weight_decay": weight_decay, "maximize": maximize, "differentiable": differentiable}
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        return {"step": zero_step(p, group), "exp_avg": zero_like(p)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        lr, m = scalar_of(group["lr"]), state["exp_avg"]
        if group["weight_decay"] != 0:
            p.mul_(1 - lr * group["weight_decay"])
        subtract_scaled_(p, kept(m).lerp(g, 1 - beta1).sign(), lr)
        m.lerp_(g, 1 - beta2)
