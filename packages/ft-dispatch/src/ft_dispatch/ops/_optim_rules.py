"""The per-tensor rules behind the fused optimizer updates: their decompositions, and what a differentiable step records.

Written with in-place ops in the order of torch's single-tensor formulas. Step counts and learning rates may be tensors and stay
tensors: nothing here reads a value, so a rule can be traced. No record stands here; `optim` holds them.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

from ft_core import Tensor, float64


def _unscaled(grads: Any, grad_scale: Tensor | None) -> None:
    if grad_scale is not None:
        for g in grads:
            g.div_(grad_scale)


def _unless(found_inf: Tensor | None, written: list[Any], update: Callable[[], None]) -> None:
    """Run `update`; where `found_inf` is not 0 put back what was there, decided by data and not by a branch."""
    if found_inf is None:
        update()
        return
    tensors = [t for each in written for t in each]
    before = [t.clone() for t in tensors]
    update()
    skip = found_inf.ne(0)
    for t, old in zip(tensors, before, strict=True):
        t.copy_(old.where(skip, t))


def kept(t: Tensor) -> Tensor:
    """What a recorded op may save of a tensor that the next step overwrites."""
    return t.clone() if t.requires_grad else t


def add_scaled(x: Tensor, y: Tensor, factor: float | Tensor) -> Tensor:
    """x + factor * y, out of place; `factor` may be a one-element tensor."""
    return x + y * factor if isinstance(factor, Tensor) else x.add(y, alpha=factor)


def subtract_scaled_(x: Tensor, y: Tensor, factor: float | Tensor) -> None:
    """x -= factor * y."""
    if isinstance(factor, Tensor):
        x.sub_(y * factor)
    else:
        x.add_(y, alpha=-factor)


def bias_correction(beta: float | Tensor, step: Tensor) -> Tensor:
    """1 - beta^step in float64, 0-dim. Through expm1: the plain difference of float32 numbers loses four digits at step 1."""
    count = step.to(float64)
    if isinstance(beta, Tensor):
        return 1 - beta**count
    return (count * log(beta)).expm1().neg() if beta else count * 0 + 1


def sgd_rule(
    self, grads, momentum_buffer_list, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale,
    found_inf,
):  # fmt: skip
    """SGD, tensor by tensor. Source: torch.optim.SGD."""

    def update():
        _unscaled(grads, grad_scale)
        for i, p in enumerate(self):
            g = -grads[i] if maximize else grads[i]
            if isinstance(weight_decay, Tensor) or weight_decay != 0:
                g = add_scaled(g, p, weight_decay)
            if momentum != 0:
                buffer = momentum_buffer_list[i]
                if is_first_step:
                    buffer.copy_(g.detach())
                else:
                    buffer.mul_(momentum).add_(g, alpha=1 - dampening)
                g = g.add(buffer, alpha=momentum) if nesterov else buffer
            subtract_scaled_(p, g, lr)

    _unless(found_inf, [self, momentum_buffer_list], update)
    return ()


def _moments(g: Tensor, m: Tensor, v: Tensor, beta1: Any, beta2: Any) -> None:
    m.lerp_(g, 1 - beta1)
    if isinstance(beta2, Tensor):
        v.lerp_(g * g, 1 - beta2)
    else:
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)


def _adam(decoupled):
    def rule(
        self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad, maximize,
        grad_scale, found_inf,
    ):  # fmt: skip
        def update():
            _unscaled(grads, grad_scale)
            for i, p in enumerate(self):
                g = -grads[i] if maximize else grads[i]
                m, v = exp_avgs[i], exp_avg_sqs[i]
                if isinstance(weight_decay, Tensor) or weight_decay != 0:
                    if decoupled:
                        p.mul_(1 - lr * weight_decay)
                    else:
                        g = add_scaled(g, p, weight_decay)
                _moments(g, m, v, beta1, beta2)
                largest = v
                if amsgrad:
                    largest = max_exp_avg_sqs[i]
                    largest.copy_(kept(largest).maximum(v))
                step_size = (lr / bias_correction(beta1, state_steps[i])).neg().to(p.dtype)
                root = bias_correction(beta2, state_steps[i]).sqrt().to(p.dtype)
                p.addcdiv_(kept(m) * step_size, (largest.sqrt() / root).add(eps))

        _unless(found_inf, [self, exp_avgs, exp_avg_sqs, max_exp_avg_sqs], update)
        return ()

    return rule


adam_rule = _adam(decoupled=False)
adam_rule.__doc__ = "Adam, tensor by tensor. Source: Kingma and Ba 2015, torch.optim.Adam."
adamw_rule = _adam(decoupled=True)
adamw_rule.__doc__ = "AdamW: decay applied to the parameter itself. Source: Loshchilov and Hutter 2019, torch.optim.AdamW."


def adagrad_rule(self, grads, state_sums, state_steps, lr, lr_decay, weight_decay, eps, maximize, grad_scale, found_inf):
    """Adagrad, tensor by tensor. Source: Duchi, Hazan and Singer 2011, torch.optim.Adagrad."""

    def update():
        _unscaled(grads, grad_scale)
        for p, grad, total, step in zip(self, grads, state_sums, state_steps, strict=True):
            g = -grad if maximize else grad
            if weight_decay != 0:
                g = g.add(p, alpha=weight_decay)
            rate = (lr / ((step.to(float64) - 1) * lr_decay + 1)).neg().to(p.dtype)
            total.addcmul_(g, g)
            p.addcdiv_(g * rate, total.sqrt().add(eps))

    _unless(found_inf, [self, state_sums], update)
    return ()


def amp_unscale_rule(self, found_inf, inv_scale):
    """Gradients without the loss scale, and whether one of them overflowed. Source: torch.amp.GradScaler."""
    factor = inv_scale.reshape(())
    for g in self:
        found_inf.copy_(found_inf.where(g.isfinite().all(), 1.0))
        g.copy_(g.to(g.dtype.opmath) * factor)
    return ()


def amp_update_scale_rule(self, growth_tracker, found_inf, scale_growth_factor, scale_backoff_factor, growth_interval):
    """The next loss scale, decided by data and not by a branch. Source: torch.amp.GradScaler."""
    bad = found_inf.reshape(()).ne(0)
    count = growth_tracker + 1
    full = count.eq(growth_interval)
    grown = self * scale_growth_factor
    better = grown.where(full & grown.isfinite(), self)
    self.copy_((self * scale_backoff_factor).where(bad, better))
    growth_tracker.copy_(count.masked_fill(full | bad, 0))
    return self
