"""NAdam: Adam with Nesterov's look-ahead, whose momentum warms up along a schedule."""

from __future__ import annotations

from math import log
from typing import Any

from ft_core import Tensor, float64
from ft_dispatch import surface as torch

from .optimizer import ParamsT
from .rule import RuleOptimizer, bias_correction, check_betas, check_lr, check_range, kept, zero_like, zero_step

_LOG_SCHEDULE = log(0.96)  # source: Dozat 2016, the base of the momentum schedule


class NAdam(RuleOptimizer):
    """p <- p - lr * (mu_next / (1 - product * mu_next) * m + (1 - mu) / (1 - product) * g) / (sqrt(v') + eps).

    mu_t = beta1 * (1 - 0.96^(t * momentum_decay) / 2), and `product` is the product of all mu so far.

    Args: params, lr, betas, eps, weight_decay, decoupled_weight_decay, maximize, differentiable as of Adam; momentum_decay
    as above. Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.NAdam; Dozat 2016.
    """

    _captured = "params, mu_products and state_steps"
    _options = {"maximize": False, "foreach": None, "capturable": False, "differentiable": False, "decoupled_weight_decay": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
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
        check_range("momentum_decay value", momentum_decay)
        defaults = {
            "lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay, "maximize": maximize, "foreach": foreach, "capturable": capturable,
            "differentiable": differentiable,
        }  # fmt: skip
        super().__init__(params, defaults)

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for p in group["params"]:
                held = self.state.get(p)
                if held and not isinstance(held["mu_product"], Tensor):
                    held["mu_product"] = zero_step(p, group) + held["mu_product"]

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        step = zero_step(p, group)
        return {"step": step, "mu_product": torch.ones_like(step), "exp_avg": zero_like(p), "exp_avg_sq": zero_like(p)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        lr, decay, decay_rate = group["lr"], group["weight_decay"], group["momentum_decay"] * _LOG_SCHEDULE
        m, v, product = state["exp_avg"], state["exp_avg_sq"], state["mu_product"]
        if decay != 0:
            if group["decoupled_weight_decay"]:
                p.mul_(1 - lr * decay)
            else:
                g = g.add(p, alpha=decay)
        step = state["step"].to(float64)
        mu = 1 - (step * decay_rate).exp() * 0.5
        mu_next = 1 - ((step + 1) * decay_rate).exp() * 0.5
        mu, mu_next = mu * beta1, mu_next * beta1
        product.mul_(mu)
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        denominator = v.div(bias_correction(beta2, step).to(p.dtype)).sqrt().add(group["eps"])
        so_far = product.to(float64)
        p.addcdiv_(g * ((1 - mu) * -lr / (1 - so_far)).to(p.dtype), denominator)
        p.addcdiv_(kept(m) * (mu_next * -lr / (1 - so_far * mu_next)).to(p.dtype), denominator)
