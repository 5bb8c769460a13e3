"""Adafactor: adaptive steps whose second moments take a row and a column instead of a matrix."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, float64
from ft_dispatch import surface as torch

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_one, scalar_of, zero_step


class Adafactor(RuleOptimizer):
    """p <- p - a * u / max(1, rms(u) / d), with u = g / sqrt(V), V the outer product of the running row and column means of g^2,
    and a = max(eps[1], rms(p)) * min(lr, 1 / sqrt(t)).

    Args:
        params: real tensors; those of two or more dimensions are factored over their last two.
        lr, weight_decay (decoupled), maximize: as of AdamW.
        beta2_decay: the exponent c of the decay 1 - t^c of the running means.
        eps: (floor of the factors, the dtype's epsilon if None; floor of the parameter's scale).
        d: clipping threshold of the update's root mean square.

    Raises: ValueError for options out of range, RuntimeError for complex parameters and sparse gradients.
    Source: torch.optim.Adafactor; Shazeer and Stern 2018.
    """

    _options = {"foreach": None}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        check_one("lr", lr)
        if not lr >= 0.0:
            raise ValueError(f"Learning rate should be >= 0 but is: {lr}")
        if not beta2_decay <= 0.0:
            raise ValueError(f"beta2_decay should be <= 0 but is: {beta2_decay}")
        if eps[0] is not None and not eps[0] >= 0.0:
            raise ValueError(f"epsilon1 should be >= 0 but is: {eps[0]}")
        if not eps[1] >= 0.0:
            raise ValueError(f"epsilon2 should be >= 0 but is: {eps[1]}")
        if not d >= 1.0:
            raise ValueError(f"Clipping threshold d should be >= 1 but is: {d}")
        if not weight_decay >= 0.0:
            raise ValueError(f"weight_decay should be >= 0 but is: {weight_decay}")
        defaults = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
        }
        super().__init__(params, defaults)

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        if p.is_complex():
            raise RuntimeError("Adafactor does not support complex parameters")
        g: Any = p.grad
        if g.ndim < 2:
            return {"step": zero_step(p, group), "variance": torch.zeros_like(g, memory_format=torch.preserve_format)}
        row, column = list(g.shape), list(g.shape)
        row[-1] = column[-2] = 1
        return {"step": zero_step(p, group), "row_var": g.new_zeros(row), "col_var": g.new_zeros(column)}

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        lr = scalar_of(group["lr"])
        floor, smallest = group["eps"]
        if floor is None:
            floor = torch.finfo(p.dtype).eps
        step = state["step"].to(float64)
        weight = (step ** group["beta2_decay"]).to(p.dtype)
        rate = step.rsqrt().clamp(max=lr) if not isinstance(lr, Tensor) else step.rsqrt().minimum(lr.to(float64))
        size = _root_mean_square(p).clamp(min=smallest) * rate
        if group["weight_decay"] != 0:
            p.mul_(1 - lr * group["weight_decay"])
        if g.ndim > 1:
            variance = _factored(g, state, weight, floor)
        else:
            state["variance"].lerp_(g * g, weight)
            variance = state["variance"].clone()
        update = variance.clamp_(min=floor * floor).rsqrt_().mul_(g)
        clip = (_root_mean_square(update) / group["d"]).clamp(min=1.0)
        p.sub_(update * (size / clip).to(p.dtype))


def _root_mean_square(x: Tensor) -> Tensor:
    return x.norm(2).to(float64) / x.numel() ** 0.5


def _factored(g: Tensor, state: dict[str, Any], weight: Tensor, floor: float) -> Tensor:
    """The estimate of g^2 from its running row and column means, in the shape of g."""
    row, column = state["row_var"], state["col_var"]
    row.lerp_(g.norm(dim=-1, keepdim=True).square_().div_(g.size(-1)), weight)
    column.lerp_(g.norm(dim=-2, keepdim=True).square_().div_(g.size(-2)), weight)
    return (row @ column).div_(row.mean(dim=-2, keepdim=True).clamp_(min=floor))
