"""Adam: one fused op per group and step. AdamW is the same with the decay decoupled; it has its own file."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.ops.optim import fused_adam, fused_adam_, fused_adamw, fused_adamw_

from .optimizer import Closure, ParamsT, _use_grad_for_differentiable
from .rule import (
    RuleOptimizer,
    check_betas,
    check_capturable,
    check_lr,
    check_one,
    check_range,
    evaluated,
    refuse_sparse,
    scalar_of,
    zero_like,
    zero_step,
)
from .sgd import check_fused


class Adam(RuleOptimizer):
    """p <- p - lr * m' / (sqrt(v') + eps), with running means m of g and v of g^2, freed of their bias towards 0 (m', v').

    Args:
        params: tensors, named tensors, or groups.
        lr: learning rate, a number or a one-element tensor.
        betas: decay rates of m and v, two floats or two one-element tensors.
        eps: added to the denominator.
        weight_decay: L2 penalty; applied to the parameter itself where `decoupled_weight_decay`.
        amsgrad: divide by the largest v so far.
        maximize: ascend.
        foreach, fused: how torch would run it; here every step is one fused op.
        capturable: for graphs of an accelerator; a step on another device is refused (AssertionError) unless it is traced.
        differentiable: let gradients flow through the step.

    Raises: ValueError for options out of range, RuntimeError for contradicting flags or sparse gradients.
    Source: torch.optim.Adam; Kingma and Ba 2015; Reddi et al. 2018 (amsgrad).
    """

    _options = {
        "amsgrad": False,
        "maximize": False,
        "foreach": None,
        "capturable": False,
        "differentiable": False,
        "decoupled_weight_decay": False,
        "fused": None,
    }

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ) -> None:
        refused = bool(foreach) and not capturable
        if isinstance(lr, Tensor) and refused:
            raise ValueError("lr as a Tensor is not supported for capturable=False and foreach=True")
        check_lr(lr)
        check_range("epsilon value", eps)
        check_betas(betas)
        check_range("weight_decay value", weight_decay)
        _check_beta_kinds(betas, refused)
        defaults = {
            "lr": lr,
            "betas": tuple(map(scalar_of, betas)),
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)
        check_fused(self, fused, foreach, differentiable)

    @_use_grad_for_differentiable
    def step(self, closure: Closure | None = None) -> Any:
        """Update every parameter that has a gradient; returns the closure's loss."""
        loss = evaluated(closure) if closure is not None else None
        for group in self.param_groups:
            lists = self._lists(group)
            if lists[0]:
                self._apply(group, lists)
        return loss

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        state = {"step": zero_step(p, group), "exp_avg": zero_like(p), "exp_avg_sq": zero_like(p)}
        if group["amsgrad"]:
            state["max_exp_avg_sq"] = zero_like(p)
        return state

    def _lists(self, group: dict[str, Any]) -> tuple[list[Tensor], ...]:
        """params, grads, means, squares, largest squares and step counts, state made where there was none."""
        lists: tuple[list[Tensor], ...] = ([], [], [], [], [], [])
        params, grads, means, squares, largest, steps = lists
        amsgrad = group["amsgrad"]
        for p in group["params"]:
            g = p._grad
            if g is None:
                continue
            if group["capturable"]:
                check_capturable(p, group, self._captured)
            state = self.state[p]
            if not state:
                refuse_sparse(self, g, ", please consider SparseAdam instead")
                state.update(self._begin(p, group))
            if p.is_complex():
                real = torch.view_as_real
                p, g, state = real(p), real(g), {k: real(v) if v.is_complex() else v for k, v in state.items()}
            params.append(p)
            grads.append(g)
            means.append(state["exp_avg"])
            squares.append(state["exp_avg_sq"])
            steps.append(state["step"])
            if amsgrad:
                largest.append(state["max_exp_avg_sq"])
        return lists

    def _apply(self, group: dict[str, Any], lists: tuple[list[Tensor], ...]) -> None:
        beta1, beta2 = group["betas"]
        lr = group["lr"]
        if isinstance(lr, Tensor):
            if group["foreach"] and not group["capturable"]:
                raise RuntimeError("lr as a Tensor is not supported for capturable=False and foreach=True")
            lr = scalar_of(lr)
        found_inf = getattr(self, "found_inf", None)
        for count in lists[5]:
            count.add_(1)
        if found_inf is not None:
            for count in lists[5]:
                count.sub_(found_inf)
        decoupled = group["decoupled_weight_decay"]
        if group["differentiable"] or isinstance(beta1, Tensor):
            # the rule itself, above autograd; tensor betas are not in the fused op's signature
            rule: Any = (fused_adamw if decoupled else fused_adam).decomposition
            rule(
                *lists, lr, beta1, beta2, group["weight_decay"], group["eps"], group["amsgrad"], group["maximize"],
                getattr(self, "grad_scale", None), found_inf,
            )  # fmt: skip
            return
        update = fused_adamw_ if decoupled else fused_adam_
        update(
            *lists, lr=lr, beta1=beta1, beta2=beta2, weight_decay=group["weight_decay"], eps=group["eps"], amsgrad=group["amsgrad"],
            maximize=group["maximize"], grad_scale=getattr(self, "grad_scale", None), found_inf=found_inf,
        )  # fmt: skip


def _check_beta_kinds(betas: tuple[Any, Any], refused: bool) -> None:
    kinds = [isinstance(beta, Tensor) for beta in betas]
    if not (all(kinds) or all(isinstance(beta, float) for beta in betas)):
        raise ValueError("betas must be either both floats or both Tensors")
    for i in (0, 1):
        if kinds[i] and refused:
            raise ValueError(f"betas[{i}] as a Tensor is not supported for capturable=False and foreach=True")
        check_one(f"betas[{i}]", betas[i])
