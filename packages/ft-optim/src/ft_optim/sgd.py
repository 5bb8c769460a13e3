"""Stochastic gradient descent with momentum: one fused op per group and step."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_core.keys import LAYOUTS
from ft_dispatch import surface as torch
from ft_dispatch.ops.optim import fused_sgd, fused_sgd_

from .optimizer import Closure, Optimizer, ParamsT, _use_grad_for_differentiable
from .rule import check_lr, check_range, evaluated, scalar_of


class SGD(Optimizer):
    """p <- p - lr * d, with d = g + weight_decay * p, and momentum b <- momentum * b + (1 - dampening) * d in place of d.

    Args:
        params: tensors, named tensors, or groups.
        lr: learning rate, a number or a one-element tensor.
        momentum, dampening: of the running direction, which begins as the first d.
        weight_decay: L2 penalty.
        nesterov: step along d + momentum * b.
        maximize: ascend.
        foreach, fused: how torch would run it; here every step is one fused op.
        differentiable: let gradients flow through the step.

    Raises: ValueError for negative options, or nesterov without momentum or with dampening; RuntimeError for contradicting flags.
    Source: torch.optim.SGD; Sutskever et al. 2013.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float | Tensor = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_lr(lr)
        check_range("momentum value", momentum)
        check_range("weight_decay value", weight_decay)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        check_fused(self, fused, foreach, differentiable)

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for name, value in (
                ("nesterov", False),
                ("maximize", False),
                ("foreach", None),
                ("differentiable", False),
                ("fused", False),
            ):
                group.setdefault(name, value)

    @_use_grad_for_differentiable
    def step(self, closure: Closure | None = None) -> Any:
        """Update every parameter that has a gradient; returns the closure's loss."""
        loss = evaluated(closure) if closure is not None else None
        for group in self.param_groups:
            params, grads = [], []
            for p in group["params"]:
                g = p._grad
                if g is None:
                    continue
                if g._k & LAYOUTS:
                    self._sparse(group, p, g)
                    continue
                params.append(p)
                grads.append(g)
            if not params:
                continue
            if group["momentum"] == 0:
                self._apply(group, params, grads, [], True)
                continue
            for first, (some, theirs, buffers) in self._with_buffers(params, grads):
                self._apply(group, some, theirs, buffers, first)
        return loss

    def _sparse(self, group: dict[str, Any], p: Tensor, g: Tensor) -> None:
        """A step along a sparse gradient: the momentum is sparse, too, and only elements that either has are touched."""
        g = -g if group["maximize"] else g
        if group["weight_decay"] != 0:
            g = g.add(p, alpha=group["weight_decay"])
        if group["momentum"] != 0:
            state = self.state[p]
            buffer = state.get("momentum_buffer")
            if buffer is None:
                buffer = state["momentum_buffer"] = g.detach().clone()
            else:
                buffer.mul_(group["momentum"]).add_(g, alpha=1 - group["dampening"])
            g = g.add(buffer, alpha=group["momentum"]) if group["nesterov"] else buffer
        lr = group["lr"]
        p.add_(g, alpha=-(lr.item() if isinstance(lr, Tensor) else lr))

    def _with_buffers(self, params: list[Tensor], grads: list[Tensor]) -> list[tuple[bool, tuple[list[Tensor], ...]]]:
        """(whether the buffers are new, (params, grads, buffers)) of the parameters that step for the first time, and of the
        others."""
        old: tuple[list[Tensor], ...] = ([], [], [])
        new: tuple[list[Tensor], ...] = ([], [], [])
        for p, g in zip(params, grads, strict=True):
            state = self.state[p]
            buffer = state.get("momentum_buffer")
            rows = old if buffer is not None else new
            if buffer is None:
                buffer = state["momentum_buffer"] = torch.empty_like(g, memory_format=torch.preserve_format)
            for each, t in zip(rows, (p, g, buffer), strict=True):
                each.append(t)
        return [(first, rows) for first, rows in ((False, old), (True, new)) if rows[0]]

    def _apply(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor], buffers: list[Tensor], first: bool) -> None:
        lr, decay = group["lr"], group["weight_decay"]
        if isinstance(lr, Tensor):
            lr = scalar_of(lr)
        if group["differentiable"] or isinstance(decay, Tensor):
            # the rule itself, above autograd; a tensor decay is not in the fused op's signature
            rule: Any = fused_sgd.decomposition
            rule(
                params,
                grads,
                buffers,
                decay,
                group["momentum"],
                lr,
                group["dampening"],
                group["nesterov"],
                group["maximize"],
                first,
                getattr(self, "grad_scale", None),
                getattr(self, "found_inf", None),
            )
            return
        fused_sgd_(
            params, grads, buffers, weight_decay=decay, momentum=group["momentum"], lr=lr, dampening=group["dampening"],
            nesterov=group["nesterov"], maximize=group["maximize"], is_first_step=first,
            grad_scale=getattr(self, "grad_scale", None), found_inf=getattr(self, "found_inf", None),
        )  # fmt: skip


def check_fused(optimizer: Optimizer, fused: bool | None, foreach: bool | None, differentiable: bool) -> None:
    """RuntimeError for flags that exclude each other; marks a fused optimizer as one that takes the loss scale itself."""
    if not fused:
        return
    if differentiable:
        raise RuntimeError("`fused` does not support `differentiable`")
    if foreach:
        raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
    optimizer._step_supports_amp_scaling = True  # type: ignore[attr-defined]
    for group in optimizer.param_groups:
        for p in group["params"]:
            check_floating(p)


def check_floating(p: Tensor) -> None:
    """RuntimeError where a fused update was asked for of a tensor that is not floating point."""
    if not p.is_floating_point():
        raise RuntimeError(
            "`fused=True` requires all the params to be floating point Tensors of supported devices: "
            f"['mps', 'cuda', 'xpu', 'hpu', 'cpu', 'mtia'] but {p.dtype} and {p.device.type}"
        )
