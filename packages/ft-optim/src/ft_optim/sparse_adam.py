"""SparseAdam: Adam for tables of which a step touches few rows; moments and parameters move only where the gradient has elements."""

from __future__ import annotations

from math import sqrt
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .optimizer import Closure, Optimizer, ParamsT, _use_grad_for_differentiable
from .rule import check_one, evaluated


class SparseAdam(Optimizer):
    """Adam over the elements of sparse gradients: m and v of other elements stay, as if those had taken no step.

    Args:
        params: dense tensors, named tensors, or groups.
        lr: learning rate, a number or a one-element tensor.
        betas: decay rates of the two moments.
        eps: added to the denominator.
        maximize: ascend.

    Raises: ValueError for options out of range, sparse or complex parameters; RuntimeError for dense gradients.
    Source: torch.optim.SparseAdam.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        maximize: bool = False,
    ) -> None:
        check_one("lr", lr)
        if not lr > 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if not eps > 0.0:
            raise ValueError(f"Invalid epsilon value: {eps}")
        for i in (0, 1):
            if not 0.0 <= betas[i] < 1.0:
                raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "maximize": maximize})
        self._refuse("Sparse", "requires dense parameter tensors", lambda p: p.is_sparse)
        self._refuse("Complex", "does not support complex parameters", lambda p: p.is_complex())

    def _refuse(self, kind: str, why: str, test: Any) -> None:
        found = [[i, j] for i, group in enumerate(self.param_groups) for j, p in enumerate(group["params"]) if test(p)]
        if found:
            raise ValueError(f"{kind} params at indices {found}: SparseAdam {why}")

    @_use_grad_for_differentiable
    def step(self, closure: Closure | None = None) -> Any:
        """Update every parameter that has a gradient, which must be sparse; returns the closure's loss."""
        loss = evaluated(closure) if closure is not None else None
        for group in self.param_groups:
            lr = group["lr"]
            rate: Any = lr.item() if isinstance(lr, Tensor) else lr
            given = [p for p in group["params"] if p.grad is not None]
            if not all(p.grad.is_sparse for p in given):
                raise RuntimeError("SparseAdam does not support dense gradients, please consider Adam instead")
            for p in given:
                state = self.state[p]
                if not state:
                    state["step"] = 0
                    state["exp_avg"] = torch.zeros_like(p, memory_format=torch.preserve_format)
                    state["exp_avg_sq"] = torch.zeros_like(p, memory_format=torch.preserve_format)
                state["step"] += 1
                self._update(p, -p.grad if group.get("maximize") else p.grad, state, group, rate)
        return loss

    def _update(self, p: Tensor, grad: Tensor, state: dict[str, Any], group: dict[str, Any], lr: float) -> None:
        g = grad.coalesce()  # the update is not linear, so each element must be there once
        places, values = g.indices(), g.values()
        if values.numel() == 0:
            return
        beta1, beta2 = group["betas"]

        def at(value: Tensor) -> Tensor:
            return torch.sparse_coo_tensor(places, value, g.shape, is_coalesced=True)

        old1, old2 = (state[name].sparse_mask(g).values() for name in ("exp_avg", "exp_avg_sq"))
        change1 = (values - old1) * (1 - beta1)
        change2 = (values * values - old2) * (1 - beta2)
        state["exp_avg"].add_(at(change1))
        state["exp_avg_sq"].add_(at(change2))
        t = state["step"]
        size = lr * sqrt(1 - beta2**t) / (1 - beta1**t)
        p.add_(at((change1 + old1).div((change2 + old2).sqrt().add(group["eps"])).mul(-size)))
