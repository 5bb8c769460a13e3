"""OneCycleLR: one climb to the largest rate and one long fall to almost nothing, the momentum the other way round."""

from __future__ import annotations

from math import cos, pi
from typing import Any, Literal

from ..optimizer import Optimizer
from .momentum import begin_momentum, set_momentum
from .scheduler import LRScheduler, check_optimizer, per_group, warn_outside_step


class OneCycleLR(LRScheduler):
    """Rates from max_lr / div_factor up to max_lr over pct_start of the steps, then down to the first rate / final_div_factor.

    Args:
        optimizer: whose groups it drives.
        max_lr: the largest rate, one for all groups or one each.
        total_steps, or epochs and steps_per_epoch: how many steps it lasts.
        anneal_strategy: "cos" or "linear" between the corners.
        cycle_momentum, base_momentum, max_momentum: the momentum's bounds.
        three_phase: come down to the first rate as fast as it rose, and only then to the last.

    Raises: ValueError for steps that are no positive ints, pct_start outside [0, 1], an unknown strategy, a step beyond the last.
    Source: torch.optim.lr_scheduler.OneCycleLR; Smith and Topin 2019.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: Literal["cos", "linear"] = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        check_optimizer(optimizer)
        self.optimizer = optimizer
        self.total_steps = _total(total_steps, epochs, steps_per_epoch)
        self._schedule_phases = _phases(self.total_steps, pct_start, three_phase)
        if not isinstance(pct_start, float) or not 0 <= pct_start <= 1:
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        self._anneal_func_type = anneal_strategy
        largest = per_group("max_lr", optimizer, max_lr)
        if last_epoch == -1:
            for lr, group in zip(largest, optimizer.param_groups, strict=True):
                group["initial_lr"] = lr / div_factor
                group["max_lr"] = lr
                group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1, _, _ = begin_momentum(optimizer, base_momentum, max_momentum, last_epoch == -1)
        super().__init__(optimizer, last_epoch)

    def _anneal(self, start: float, end: float, done: float) -> float:
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2.0 * (cos(pi * done) + 1)
        return (end - start) * done + start

    def get_lr(self) -> list[Any]:
        """The rates of step `last_epoch`; sets the momentum on the way, as torch does. ValueError beyond the last step."""
        warn_outside_step(self)
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(f"Tried to step {step} times. The specified number of total steps is {self.total_steps}")
        phase, done = self._place(step)
        rates = []
        for group in self.optimizer.param_groups:
            rates.append(self._anneal(group[phase["start_lr"]], group[phase["end_lr"]], done))
            if self.cycle_momentum:
                set_momentum(
                    group, self._anneal(group[phase["start_momentum"]], group[phase["end_momentum"]], done), self.use_beta1
                )
        return rates

    def _place(self, step: int) -> tuple[dict[str, Any], float]:
        """(the phase of a step, how much of it is done)."""
        start = 0.0
        for phase in self._schedule_phases[:-1]:
            if step <= phase["end_step"]:
                break
            start = phase["end_step"]
        else:
            phase = self._schedule_phases[-1]
        return phase, (step - start) / (phase["end_step"] - start)


def _total(total_steps: int | None, epochs: int | None, steps_per_epoch: int | None) -> int:
    if total_steps is not None:
        return _positive("total_steps", total_steps)
    if epochs is None or steps_per_epoch is None:
        raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
    return _positive("epochs", epochs) * _positive("steps_per_epoch", steps_per_epoch)


def _positive(name: str, value: int) -> int:
    if not isinstance(value, int) or value <= 0:
        raise ValueError(f"Expected positive integer {name}, but got {value}")
    return value


def _phases(total: int, share: float, three: bool) -> list[dict[str, Any]]:
    """The corners: where each phase ends, and between which of a group's options rate and momentum move."""

    def phase(end: float, start_lr: str, end_lr: str, start_momentum: str, end_momentum: str) -> dict[str, Any]:
        return {
            "end_step": end,
            "start_lr": start_lr,
            "end_lr": end_lr,
            "start_momentum": start_momentum,
            "end_momentum": end_momentum,
        }

    climb = phase(float(share * total) - 1, "initial_lr", "max_lr", "max_momentum", "base_momentum")
    if not three:
        return [climb, phase(total - 1, "max_lr", "min_lr", "base_momentum", "max_momentum")]
    return [
        climb,
        phase(float(2 * share * total) - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
        phase(total - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum"),
    ]
