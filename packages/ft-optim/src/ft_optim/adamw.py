"""AdamW: Adam whose weight decay shrinks the parameter itself instead of entering the moments."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .adam import Adam
from .optimizer import ParamsT


class AdamW(Adam):
    """Adam with p <- (1 - lr * weight_decay) * p before the step. Arguments as of `Adam`; `weight_decay` is 0.01 unless stated.

    Source: torch.optim.AdamW; Loshchilov and Hutter 2019.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params, lr, betas, eps, weight_decay, amsgrad, foreach=foreach, maximize=maximize, capturable=capturable,
            differentiable=differentiable, fused=fused, decoupled_weight_decay=True,
        )  # fmt: skip

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            group["decoupled_weight_decay"] = True  # checkpoints of old versions lack it, or were saved by Adam
