"""RAdam: Adam that begins as momentum descent and turns adaptive once its variance estimate can be trusted."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, float64
from ft_dispatch import surface as torch

from .optimizer import ParamsT
from .rule import RuleOptimizer, bias_correction, check_betas, check_lr, check_range, zero_like, zero_step

_TRUSTED = 5.0  # source: Liu et al. 2020, section 4: degrees of freedom below which the rectifier is not defined


class RAdam(RuleOptimizer):
    """p <- p - lr * m' * r * sqrt(1 - beta2^t) / (sqrt(v) + eps) where the degrees of freedom exceed 5, else p <- p - lr * m'.

    Args: params, lr, betas, eps, weight_decay, decoupled_weight_decay, maximize, differentiable as of Adam.
    Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.RAdam; Liu et al. 2020.
    """

    _options = {"foreach": None, "maximize": False, "differentiable": False, "decoupled_weight_decay": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
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
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        return {"step": zero_step(p, group), "exp_avg": zero_like(p), "exp_avg_sq": zero_like(p)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        lr, decay = group["lr"], group["weight_decay"]
        m, v = state["exp_avg"], state["exp_avg_sq"]
        if decay != 0:
            if group["decoupled_weight_decay"]:
                p.mul_(1 - lr * decay)
            else:
                g = g.add(p, alpha=decay)
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        step = state["step"].to(float64)
        correction2 = bias_correction(beta2, step)
        longest = 2 / (1 - beta2) - 1
        freedom = longest - step * 2 * (1 - correction2) / correction2
        rectifier = ((freedom - 4) * (freedom - 2) * longest / ((longest - 4) * (longest - 2) * freedom)).sqrt()
        adaptive = (rectifier * correction2.sqrt()).to(p.dtype) / v.sqrt().add(group["eps"])
        # chosen by data: a branch on the count would read a value; the unchosen side may be NaN
        factor = torch.where(freedom > _TRUSTED, adaptive, torch.ones_like(adaptive))
        p.sub_(m / bias_correction(beta1, step).to(p.dtype) * lr * factor)
