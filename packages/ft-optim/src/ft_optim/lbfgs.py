"""L-BFGS: quasi-Newton steps from the last gradients, over all parameters as one flat vector. The line search is in `wolfe`.

Unlike the other algorithms it decides by values (curvature, convergence) and evaluates the closure several times a step.
"""

from __future__ import annotations

from typing import Any

from ft_autograd.modes import enable_grad, no_grad
from ft_core import Tensor
from ft_dispatch import surface as torch

from .optimizer import Closure, Optimizer, ParamsT
from .rule import check_lr, scalar_of
from .wolfe import strong_wolfe

_CURVATURE = 1e-10  # source: torch.optim.LBFGS: a pair of less curvature is not kept


class LBFGS(Optimizer):
    """p <- p + t * d with d = -H g, H the inverse Hessian estimated from the last `history_size` steps.

    Args:
        params: one group only.
        lr: step length t (of the first step: scaled by 1 / |g|, at most 1).
        max_iter, max_eval: iterations and closure calls per step (default max_eval: 1.25 * max_iter).
        tolerance_grad, tolerance_change: stop where the largest gradient, or the change of loss or parameters, is below.
        history_size: pairs kept.
        line_search_fn: None or "strong_wolfe".

    Raises: ValueError for a bad rate or several groups, RuntimeError for another line search.
    Source: torch.optim.LBFGS; Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        check_lr(lr)
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")

    @property
    def _params(self) -> list[Tensor]:
        return self.param_groups[0]["params"]

    # -- the flat vector -------------------------------------------------------------------------------------------

    def _gather_flat_grad(self) -> Tensor:
        parts = []
        for p in self._params:
            g = p.grad
            if g is None:
                g = torch.zeros_like(p)
            elif g.is_sparse:
                g = g.to_dense()
            parts.append(torch.view_as_real(g).reshape(-1) if g.is_complex() else g.reshape(-1))
        return torch.cat(parts, 0)

    def _move(self, step: Any, direction: Tensor) -> None:
        """Add step * direction to the parameters."""
        offset = 0
        for p in self._params:
            real = torch.view_as_real(p) if p.is_complex() else p
            n = real.numel()
            real.add_(direction[offset : offset + n].view_as(real), alpha=step)
            offset += n

    def _probe(self, closure: Closure) -> Any:
        """(step, direction) -> (loss, gradient) there; the parameters are put back."""
        start = [p.clone(memory_format=torch.contiguous_format) for p in self._params]

        def evaluate(step: Any, direction: Tensor) -> tuple[float, Tensor]:
            self._move(step, direction)
            loss = float(closure())
            flat = self._gather_flat_grad()
            for p, old in zip(self._params, start, strict=True):
                p.copy_(old)
            return loss, flat

        return evaluate

    # -- the step --------------------------------------------------------------------------------------------------

    @no_grad()
    def step(self, closure: Closure) -> Any:  # type: ignore[override]
        """Up to `max_iter` iterations; returns the loss before the first. The closure is required."""
        closure = enable_grad()(closure)
        group = self.param_groups[0]
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        first_loss = closure()
        loss = float(first_loss)
        state["func_evals"] += 1
        g = self._gather_flat_grad()
        if g.abs().max() > group["tolerance_grad"]:
            self._iterate(closure, group, state, loss, g)
        return first_loss

    def _iterate(self, closure: Closure, group: dict[str, Any], state: dict[str, Any], loss: float, g: Tensor) -> None:
        lr = scalar_of(group["lr"])
        now: dict[str, Any] = {name: state.get(name) for name in _KEPT}
        evaluations = 1
        n = 0
        while n < group["max_iter"]:
            n += 1
            state["n_iter"] += 1
            _turn(now, state, g, group["history_size"])
            d = now["d"]
            if now["prev_flat_grad"] is None:
                now["prev_flat_grad"] = g.clone(memory_format=torch.contiguous_format)
            else:
                now["prev_flat_grad"].copy_(g)
            now["prev_loss"] = before = loss
            now["t"] = t = min(1.0, 1.0 / g.abs().sum()) * lr if state["n_iter"] == 1 else lr
            slope = g.dot(d)
            if slope > -group["tolerance_change"]:
                break
            used = 0
            if group["line_search_fn"] is not None:
                if group["line_search_fn"] != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                loss, g, t, used = strong_wolfe(self._probe(closure), t, d, loss, g, slope, max_ls=group["max_eval"] - evaluations)
                now["t"] = t
                self._move(t, d)
            else:
                self._move(t, d)
                if n != group["max_iter"]:
                    loss, g, used = float(closure()), self._gather_flat_grad(), 1
            evaluations += used
            state["func_evals"] += used
            if n == group["max_iter"] or evaluations >= group["max_eval"] or g.abs().max() <= group["tolerance_grad"]:
                break
            if d.mul(t).abs().max() <= group["tolerance_change"] or abs(loss - before) < group["tolerance_change"]:
                break
        state.update(now)


# what one step leaves to the next, in the order of torch's checkpoints
_KEPT = ("d", "t", "old_dirs", "old_stps", "ro", "H_diag", "prev_flat_grad", "prev_loss")


def _turn(now: dict[str, Any], state: dict[str, Any], g: Tensor, history_size: int) -> None:
    """Put the next direction into `now["d"]`, after taking the last step into the history."""
    if state["n_iter"] == 1:
        now.update(d=g.neg(), old_dirs=[], old_stps=[], ro=[], H_diag=1)
        return
    gradients, steps, inverse = now["old_dirs"], now["old_stps"], now["ro"]
    y = g.sub(now["prev_flat_grad"])
    s = now["d"].mul(now["t"])
    curvature = y.dot(s)
    if curvature > _CURVATURE:
        if len(gradients) == history_size:
            for history in (gradients, steps, inverse):
                history.pop(0)
        gradients.append(y)
        steps.append(s)
        inverse.append(1.0 / curvature)
        now["H_diag"] = curvature / y.dot(y)
    weights = state.setdefault("al", [None] * history_size)
    d = g.neg()
    for i in range(len(gradients) - 1, -1, -1):
        weights[i] = steps[i].dot(d) * inverse[i]
        d.sub_(gradients[i] * weights[i])
    d = d * now["H_diag"]
    for i in range(len(gradients)):
        d.add_(steps[i] * (weights[i] - gradients[i].dot(d) * inverse[i]))
    now["d"] = d
