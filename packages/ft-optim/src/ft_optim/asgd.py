"""ASGD: stochastic gradient descent that also keeps the average of its path."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, float64
from ft_dispatch import surface as torch

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_lr, check_range, kept, scalar_of, zero_like, zero_step


class ASGD(RuleOptimizer):
    """p <- (1 - lambd * eta) * p - eta * g with eta = lr / (1 + lambd * lr * t)^alpha; `ax` averages p from step t0 on.

    Args: params, lr, lambd, alpha, t0, weight_decay (L2), maximize, differentiable; foreach changes
    nothing here, capturable is as of Adam.
    Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.ASGD; Polyak and
    Juditsky 1992.
    """

    _captured = "params, mus, etas, and state_steps"
    _options = {"foreach": None, "maximize": False, "differentiable": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_lr(lr)
        check_range("weight_decay value", weight_decay)
        defaults = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for p in group["params"]:
                held = self.state.get(p) or {}
                for name in ("eta", "mu"):
                    if name in held and not isinstance(held[name], Tensor):
                        held[name] = _beside(p, group) + held[name]

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        step = _beside(p, group)
        lr = scalar_of(group["lr"])
        return {
            "step": step,
            "eta": step + (lr.detach() if isinstance(lr, Tensor) else lr),
            "mu": torch.ones_like(step),
            "ax": zero_like(p),
        }

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        lr, lambd = scalar_of(group["lr"]), group["lambd"]
        mu, ax, eta = state["mu"], state["ax"], state["eta"]
        if group["weight_decay"] != 0:
            g = g.add(p, alpha=group["weight_decay"])
        eta_now = kept(eta)
        p.mul_((1 - eta_now.to(float64) * lambd).to(p.dtype))
        p.addcmul_(g, eta_now.to(p.dtype), value=-1)
        # mu is exactly 1 until the average begins; then `ax` must be p itself, not p up to rounding
        average = ax + (p - ax) * mu.to(p.dtype)
        ax.copy_(torch.where(mu.eq(1), p, average))
        step = state["step"].to(float64)
        eta.copy_(lr / (step * lr * lambd + 1) ** group["alpha"])
        mu.copy_((step - group["t0"]).clamp(min=1).reciprocal())


def _beside(p: Tensor, group: dict[str, Any]) -> Tensor:
    """A count of 0 on the parameter's device, where torch keeps all of ASGD's numbers."""
    return zero_step(p, {**group, "capturable": True})
