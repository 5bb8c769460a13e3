"""Adadelta: steps in units of past steps, so that the learning rate hardly matters."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_lr, check_range, kept, scalar_of, subtract_scaled_, zero_like, zero_step


class Adadelta(RuleOptimizer):
    """p <- p - lr * d, with d = g * sqrt(a + eps) / sqrt(v + eps), and v, a the running means of g^2 and d^2 at decay rho.

    Args: params, lr, rho, eps, weight_decay (L2), maximize, differentiable; foreach changes nothing
    here, capturable is as of Adam.
    Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.Adadelta; Zeiler 2012.
    """

    _options = {"foreach": None, "maximize": False, "differentiable": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}")
        check_range("epsilon value", eps)
        check_range("weight_decay value", weight_decay)
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        return {"step": zero_step(p, group), "square_avg": zero_like(p), "acc_delta": zero_like(p)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        rho, eps = group["rho"], group["eps"]
        v, a = state["square_avg"], state["acc_delta"]
        if group["weight_decay"] != 0:
            g = g.add(p, alpha=group["weight_decay"])
        v.mul_(rho).addcmul_(g, g, value=1 - rho)
        delta = kept(a.add(eps).sqrt()).div(kept(v.add(eps).sqrt())).mul(g)
        a.mul_(rho).addcmul_(delta, delta, value=1 - rho)
        subtract_scaled_(p, delta, scalar_of(group["lr"]))
