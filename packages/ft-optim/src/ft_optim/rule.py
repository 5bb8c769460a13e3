"""RuleOptimizer: the shape that most algorithms share: make the state of every parameter, then update one tensor at a time.

An algorithm states how state begins (`_begin`) and what a step does to one tensor (`_update`). This file holds what they
have in common:
closures, sparse and complex gradients, `maximize`, the step count. Numbers that change from step to step stay tensors, so
that a trace of a step holds for the next one.
"""

from __future__ import annotations

from typing import Any

from ft_autograd.modes import enable_grad
from ft_core import Tensor
from ft_core.keys import TRACE, TRACED
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.ops.optim import bias_correction, kept, subtract_scaled_

from .optimizer import Closure, Optimizer, _use_grad_for_differentiable

__all__ = [
    "RuleOptimizer",
    "bias_correction",
    "check_range",
    "evaluated",
    "kept",
    "scalar_of",
    "subtract_scaled_",
    "zero_like",
    "zero_step",
]


def check_range(what: str, value: Any, low: float = 0.0, below: float = float("inf")) -> None:
    """ValueError `Invalid <what>: <value>` unless low <= value < below (an infinite value passes where nothing bounds it)."""
    if not (low <= value and (value < below or below == float("inf"))):
        raise ValueError(f"Invalid {what}: {value}")


def check_lr(lr: Any) -> None:
    """ValueError for a tensor of several elements, or a negative rate."""
    check_one("lr", lr)
    check_range("learning rate", lr)


def check_one(name: str, value: Any) -> None:
    """ValueError for a tensor option of several elements."""
    if isinstance(value, Tensor) and value.numel() != 1:
        raise ValueError(f"Tensor {name} must be 1-element")


def check_betas(betas: tuple[Any, Any]) -> None:
    """ValueError unless both decay rates lie in [0, 1)."""
    for i in (0, 1):
        check_range(f"beta parameter at index {i}", betas[i], below=1.0)


def scalar_of(value: Any) -> Any:
    """A one-element tensor as a 0-dim one; numbers as they are."""
    return value.squeeze() if isinstance(value, Tensor) and value.ndim else value


def zero_step(p: Tensor, group: dict[str, Any]) -> Tensor:
    """A step count of 0: a 0-dim tensor on the CPU, beside the parameter where the group is capturable or fused."""
    fused = group.get("fused")
    kind = torch.float64 if torch.get_default_dtype() is torch.float64 and not fused else torch.float32
    if group.get("capturable") or fused:
        return torch.zeros((), dtype=kind, device=p.device)
    return torch.zeros((), dtype=kind, device="cpu")


def zero_like(p: Tensor) -> Tensor:
    """Zeros in shape, dtype and layout of a parameter."""
    return torch.zeros_like(p, memory_format=torch.preserve_format)


def evaluated(closure: Closure | None) -> Any:
    """The closure's loss, computed with recording on; None without one."""
    if closure is None:
        return None
    with enable_grad():
        return closure()


def refuse_sparse(optimizer: Optimizer, g: Tensor, hint: str = "") -> None:
    """RuntimeError for a sparse gradient."""
    if g.is_sparse:
        raise RuntimeError(f"{type(optimizer).__name__} does not support sparse gradients{hint}")


_CAPTURES = ("cuda", "xpu", "hpu", "privateuseone", "xla")
"""Device types whose steps torch can put into a graph."""


def check_capturable(p: Tensor, group: dict[str, Any], held: str) -> None:
    """AssertionError for a capturable group on a device that has no graphs to capture into; a trace of ours takes any device.

    `held` names what must be there: "params and state_steps".
    """
    if group.get("capturable") and not group.get("fused") and p.device.type not in _CAPTURES:
        if (TL.st.bits | p._k) & (TRACE | TRACED):
            return
        raise AssertionError(f"If capturable=True, {held} must be on supported devices: {list(_CAPTURES)}.")


class RuleOptimizer(Optimizer):
    """An optimizer that updates one tensor at a time; subclasses give `_begin` and `_update`."""

    _captured = "params and state_steps"
    """What a capturable step wants on the device, in torch's words."""

    _options: dict[str, Any] = {}
    """Options that checkpoints of old versions may lack, with the value they had then."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for name, value in self._options.items():
                group.setdefault(name, value)
            for p in group["params"]:
                held = self.state.get(p)
                if held and not isinstance(held.get("step"), Tensor):
                    held["step"] = zero_step(p, group) + float(held["step"])

    @_use_grad_for_differentiable
    def step(self, closure: Closure | None = None) -> Any:
        """Update every parameter that has a gradient; returns the closure's loss."""
        loss = evaluated(closure)
        for group in self.param_groups:
            self._step_group(group)
        return loss

    def _step_group(self, group: dict[str, Any]) -> None:
        rows = []
        for p in group["params"]:
            g = p.grad
            if g is None:
                continue
            refuse_sparse(self, g)
            check_capturable(p, group, self._captured)
            state = self.state[p]
            if not state:
                state.update(self._begin(p, group))
            rows.append((p, g, state))
        for p, g, state in rows:
            state["step"].add_(1)
            if group["maximize"]:
                g = -g
            if p.is_complex() and self._complex_as_real:
                state = {key: torch.view_as_real(v) if isinstance(v, Tensor) and v.is_complex() else v for key, v in state.items()}
                p, g = torch.view_as_real(p), torch.view_as_real(g)
            self._update(p, g, state, group)

    _complex_as_real = True

    def _begin(self, p: Tensor, group: dict[str, Any]) -> dict[str, Any]:
        """The state of a parameter before its first update, "step" first."""
        raise NotImplementedError

    def _update(self, p: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one tensor, in place; `state["step"]` counts it already."""
        raise NotImplementedError
