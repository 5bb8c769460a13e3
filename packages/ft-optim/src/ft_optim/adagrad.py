"""Adagrad: each element's rate shrinks with the sum of its squared gradients. One fused op per group and step."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.ops.optim import fused_adagrad, fused_adagrad_

from .optimizer import ParamsT
from .rule import RuleOptimizer, check_lr, check_range, scalar_of, zero_step
from .sgd import check_fused


class Adagrad(RuleOptimizer):
    """p <- p - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(s) + eps), with s the sum of g^2, which begins at
    initial_accumulator_value.

    Args: params, lr, weight_decay (L2), eps, maximize, differentiable as of Adam; lr_decay, initial_accumulator_value as above.
    State exists from the start. Raises: ValueError for options out of range, RuntimeError for sparse gradients with weight decay.
    Source: torch.optim.Adagrad; Duchi, Hazan and Singer 2011.
    """

    _options = {"foreach": None, "maximize": False, "differentiable": False, "fused": None}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_lr(lr)
        check_range("lr_decay value", lr_decay)
        check_range("weight_decay value", weight_decay)
        check_range("initial_accumulator_value value", initial_accumulator_value)
        check_range("epsilon value", eps)
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        check_fused(self, fused, foreach, differentiable)
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p] = self._begin(p, group)

    def share_memory(self) -> None:
        """Move the sums into shared memory, for processes that train together."""
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p]["sum"].share_memory_()

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        start = self.defaults["initial_accumulator_value"]
        value = complex(start, start) if p.is_complex() else start
        return {"step": zero_step(p, group), "sum": torch.full_like(p, value, memory_format=torch.preserve_format)}

    def _step_group(self, group: dict[str, Any]) -> None:
        lists: tuple[list[Tensor], ...] = ([], [], [], [])
        for p in group["params"]:
            g = p.grad
            if g is None:
                continue
            state = self.state[p]
            if not state:
                state.update(self._begin(p, group))
            total = state["sum"]
            if g.is_sparse:
                self._sparse(group, p, g, state)
                continue
            if p.is_complex():
                p, g, total = torch.view_as_real(p), torch.view_as_real(g), torch.view_as_real(total)
            state["step"].add_(1)
            for each, t in zip(lists, (p, g, total, state["step"]), strict=True):
                each.append(t)
        if not lists[0]:
            return
        lr = scalar_of(group["lr"])
        scale, found_inf = getattr(self, "grad_scale", None), getattr(self, "found_inf", None)
        if found_inf is not None:
            for count in lists[3]:
                count.sub_(found_inf)
        rest = group["lr_decay"], group["weight_decay"], group["eps"], group["maximize"]
        if group["differentiable"]:
            rule: Any = fused_adagrad.decomposition
            rule(*lists, lr, *rest, scale, found_inf)
            return
        lr_decay, decay, eps, maximize = rest
        fused_adagrad_(
            *lists, lr=lr, lr_decay=lr_decay, weight_decay=decay, eps=eps, maximize=maximize, grad_scale=scale, found_inf=found_inf
        )

    def _sparse(self, group: dict[str, Any], p: Tensor, g: Tensor, state: dict[str, Any]) -> None:
        """A step along a sparse gradient, which touches the elements that it has."""
        if group["weight_decay"] != 0:
            raise RuntimeError("weight_decay option is not compatible with sparse gradients")
        state["step"].add_(1)
        g = (-g if group["maximize"] else g).coalesce()  # the update is not linear, so each element must be there once
        places, values = g.indices(), g.values()

        def at(value: Tensor) -> Tensor:
            return torch.sparse_coo_tensor(places, value, g.shape, is_coalesced=True)

        lr = group["lr"]
        rate = (lr.item() if isinstance(lr, Tensor) else lr) / (1 + (state["step"].item() - 1) * group["lr_decay"])
        state["sum"].add_(at(values * values))
        deviation = state["sum"].sparse_mask(g).values().sqrt().add(group["eps"])
        p.add_(at(values / deviation), alpha=-rate)
