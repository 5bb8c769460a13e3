"""Adamax: Adam with the largest recent gradient in place of the root mean square."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .optimizer import ParamsT
from .rule import RuleOptimizer, bias_correction, check_betas, check_lr, check_range, kept, zero_like, zero_step


class Adamax(RuleOptimizer):
    """p <- p - lr / (1 - beta1^t) * m / u, with u <- max(beta2 * u, |g| + eps) and m the running mean of g.

    Args: params, lr, betas, eps, weight_decay (L2), maximize, differentiable as of Adam; foreach changes nothing here,
    capturable is as of Adam.
    Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.Adamax; Kingma and Ba 2015.
    """

    _options = {"foreach": None, "maximize": False, "differentiable": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_lr(lr)
        check_range("epsilon value", eps)
        check_betas(betas)
        check_range("weight_decay value", weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        return {"step": zero_step(p, group), "exp_avg": zero_like(p), "exp_inf": zero_like(p)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        m, u = state["exp_avg"], state["exp_inf"]
        if group["weight_decay"] != 0:
            g = g.add(p, alpha=group["weight_decay"])
        m.lerp_(g, 1 - beta1)
        u.copy_((u * beta2).maximum(g.abs().add(group["eps"])))
        rate = (group["lr"] / bias_correction(beta1, state["step"])).neg().to(p.dtype)
        p.addcdiv_(kept(m) * rate, kept(u))
