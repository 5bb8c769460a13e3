"""Muon: momentum whose update is made orthogonal, for the weight matrices of hidden layers."""

from __future__ import annotations

import math
from typing import Any

from ft_autograd.modes import no_grad
from ft_core import Tensor
from ft_dispatch import surface as torch

from .optimizer import Closure, Optimizer, ParamsT
from .rule import check_one, evaluated, refuse_sparse, scalar_of

# source: Jordan 2024, the quintic iteration whose slope at 0 is steepest
QUINTIC = (3.4445, -4.7750, 2.0315)


class Muon(Optimizer):
    """p <- (1 - lr * weight_decay) * p - lr' * orthogonal(update), update the (Nesterov) momentum of g, for 2-D parameters only.

    Args:
        params: matrices, shape (A, B) each.
        lr, weight_decay (decoupled), momentum, nesterov: as of SGD and AdamW; the momentum is a running mean.
        ns_coefficients, ns_steps, eps: of the Newton-Schulz iteration, which runs in bfloat16.
        adjust_lr_fn: None or "original": lr' = lr * sqrt(max(1, A / B)); "match_rms_adamw": lr' = 0.2 * lr * sqrt(max(A, B)).

    Raises: ValueError for options out of range or other shapes, RuntimeError for complex parameters and sparse gradients.
    Source: torch.optim.Muon; Jordan 2024.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = QUINTIC,
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ) -> None:
        check_one("lr", lr)
        for what, value in (("Learning rate", lr), ("momentum", momentum), ("weight decay", weight_decay)):
            if not value >= 0.0:
                raise ValueError(f"{what} should be >= 0 but is: {value}")
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Adjust learning rate function {adjust_lr_fn} is not supported")
        defaults = {
            "lr": lr,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "nesterov": nesterov,
            "ns_coefficients": ns_coefficients,
            "eps": eps,
            "ns_steps": ns_steps,
            "adjust_lr_fn": adjust_lr_fn,
        }
        super().__init__(params, defaults)
        for group in self.param_groups:
            for p in group["params"]:
                if p.ndim != 2:
                    raise ValueError(f"Muon only supports 2D parameters whereas we found a parameter with size: {p.size()}")

    @no_grad()
    def step(self, closure: Closure | None = None) -> Any:
        """Update every parameter that has a gradient; returns the closure's loss."""
        loss = evaluated(closure)
        for group in self.param_groups:
            rows = []
            for p in group["params"]:
                g = p.grad
                if g is None:
                    continue
                if p.is_complex():
                    raise RuntimeError("Muon does not support complex parameters")
                refuse_sparse(self, g)
                state = self.state[p]
                if "momentum_buffer" not in state:
                    state["momentum_buffer"] = torch.zeros_like(g, memory_format=torch.preserve_format)
                rows.append((p, g, state["momentum_buffer"]))
            for p, g, buffer in rows:
                _update(p, g, buffer, group)
        return loss


def _update(p: Tensor, g: Tensor, buffer: Tensor, group: dict[str, Any]) -> None:
    lr, momentum = scalar_of(group["lr"]), group["momentum"]
    buffer.lerp_(g, 1 - momentum)
    update = g.lerp(buffer, momentum) if group["nesterov"] else buffer
    update = orthogonalised(update, group["ns_coefficients"], group["ns_steps"], group["eps"])
    p.mul_(1 - lr * group["weight_decay"])
    p.sub_(update * (lr * _lr_ratio(group["adjust_lr_fn"], p)))


def _lr_ratio(name: str | None, p: Tensor) -> float:
    rows, columns = p.shape
    if name == "match_rms_adamw":
        return 0.2 * math.sqrt(max(rows, columns))
    return math.sqrt(max(1, rows / columns))


def orthogonalised(g: Tensor, coefficients: tuple[float, float, float], steps: int, eps: float) -> Tensor:
    """The nearest matrix with equal singular values, roughly, by `steps` of the iteration X <- aX + b(XX^T)X + c(XX^T)^2X in
    bfloat16.

    ValueError for 100 steps and more, for a tensor that is no matrix, or for other than three coefficients.
    """
    if steps >= 100:
        raise ValueError("Number of steps must be less than 100 for computational efficiency")
    if g.ndim != 2:
        raise ValueError("Input tensor gradient must be a 2D matrix")
    if len(coefficients) != 3:
        raise ValueError("Coefficients must be a tuple of exactly 3 values")
    a, b, c = coefficients
    tall = g.size(0) > g.size(1)
    x = g.bfloat16()
    x = x / x.norm().clamp(min=eps)
    if tall:
        x = x.T
    for _ in range(steps):
        gram = x @ x.T
        polynomial = torch.addmm(gram, gram, gram, beta=b, alpha=c)
        x = torch.addmm(x, polynomial, x, beta=a)
    return x.T if tall else x
