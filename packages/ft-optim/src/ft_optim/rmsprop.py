"""RMSprop: steps divided by the running root mean square of the gradient, optionally centred and with momentum."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_lr, check_range, kept, scalar_of, subtract_scaled_, zero_like, zero_step


class RMSprop(RuleOptimizer):
    """p <- p - lr * g / (sqrt(v) + eps), with v the running mean of g^2 at decay alpha, less the squared mean of g where
    `centered`.

    Args: params, lr, alpha, eps, weight_decay (L2), momentum (of g / (sqrt(v) + eps)), centered, maximize, differentiable.
    Raises: ValueError for options out of range, RuntimeError for sparse gradients. Source: torch.optim.RMSprop; Graves 2013
    (centred).
    """

    _options = {"momentum": 0, "centered": False, "foreach": None, "maximize": False, "differentiable": False, "capturable": False}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        check_range("epsilon value", eps)
        check_range("momentum value", momentum)
        check_range("weight_decay value", weight_decay)
        check_range("alpha value", alpha)
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        state = {"step": zero_step(p, group), "square_avg": zero_like(p)}
        if group["momentum"] > 0:
            state["momentum_buffer"] = zero_like(p)
        if group["centered"]:
            state["grad_avg"] = zero_like(p)
        return state

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        alpha, lr = group["alpha"], scalar_of(group["lr"])
        v = state["square_avg"]
        if group["weight_decay"] != 0:
            g = g.add(p, alpha=group["weight_decay"])
        v.mul_(alpha).addcmul_(g, g, value=1 - alpha)
        spread = v
        if group["centered"]:
            mean = state["grad_avg"]
            mean.lerp_(g, 1 - alpha)
            spread = v.addcmul(kept(mean), kept(mean), value=-1)
        root = spread.sqrt().add(group["eps"])
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"]
            buffer.mul_(group["momentum"]).addcdiv_(g, root)
            subtract_scaled_(p, buffer, lr)
        elif isinstance(lr, Tensor):
            p.sub_(g * lr / root)
        else:
            p.addcdiv_(g, root, value=-lr)
