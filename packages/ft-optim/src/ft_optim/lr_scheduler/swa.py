"""SWALR: from any rate to a constant one, the schedule of weight averaging."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler, per_group, warn_outside_step


class SWALR(LRScheduler):
    """The rates move to `swa_lr` within `anneal_epochs` epochs and stay there, whatever another schedule did before.

    Args:
        optimizer: whose rates it sets; "swa_lr" of each group remembers where they go.
        swa_lr: the last rate, one for all groups or one each.
        anneal_epochs: how long it takes; 0 jumps.
        anneal_strategy: "cos" or "linear".
        last_epoch: -1 to begin.

    Raises: ValueError for another strategy, or anything but a natural number of epochs. Source: torch.optim.swa_utils.SWALR.
    """

    def __init__(
        self, optimizer: Optimizer, swa_lr: Any, anneal_epochs: int = 10, anneal_strategy: str = "cos", last_epoch: int = -1
    ) -> None:
        rates = per_group("swa_lr", optimizer, swa_lr)
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        for rate, group in zip(rates, optimizer.param_groups, strict=True):
            group["swa_lr"] = rate
        self._set_anneal_func(anneal_strategy)
        self.anneal_epochs = anneal_epochs
        super().__init__(optimizer, last_epoch)

    def _set_anneal_func(self, anneal_strategy: str) -> None:
        self._anneal_strategy = anneal_strategy
        self.anneal_func: Callable[[float], float] = _cosine if anneal_strategy == "cos" else _linear

    def get_lr(self) -> list[Any]:
        """The rates of the next epoch: the share of the way done by then, from where the present rate says that they began."""
        warn_outside_step(self)
        step = self._step_count - 1
        if self.anneal_epochs == 0:
            step = max(1, step)
        whole = max(1, self.anneal_epochs)
        before = self.anneal_func(max(0, min(1, (step - 1) / whole)))
        now = self.anneal_func(max(0, min(1, step / whole)))
        rates = []
        for group in self.optimizer.param_groups:
            lr, last = group["lr"], group["swa_lr"]
            begun = last if before == 1 else (lr - before * last) / (1 - before)
            rates.append(last * now + begun * (1 - now))
        return rates

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer and the function of the strategy."""
        state = super().state_dict()
        del state["anneal_func"]
        return state

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        super().load_state_dict(state_dict)
        self._set_anneal_func(self._anneal_strategy)


def _linear(t: float) -> float:
    return t


def _cosine(t: float) -> float:
    return (1 - cos(pi * t)) / 2
