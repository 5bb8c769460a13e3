"""ChainedScheduler: several schedules at once, each going on from the rate the one before it left."""

from __future__ import annotations

from collections.abc import Sequence

from ..optimizer import Optimizer
from .members import MemberScheduler
from .scheduler import LRScheduler, group_values


class ChainedScheduler(MemberScheduler):
    """Steps all members in order. Raises: ValueError for no member or another optimizer's member.

    Source: torch.optim.lr_scheduler.ChainedScheduler.
    """

    def __init__(self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None) -> None:
        if len(schedulers) < 1:
            raise ValueError(f"{type(self).__name__} expects at least one scheduler to be chained, but got no scheduler.")
        optimizer = optimizer or schedulers[0].optimizer
        self._check_members(schedulers, optimizer)
        self._schedulers = schedulers
        self.optimizer = optimizer
        self._last_lr = group_values(optimizer, "lr")

    def step(self) -> None:  # type: ignore[override]
        """Go on by one epoch."""
        for scheduler in self._schedulers:
            scheduler.step()
        self._last_lr = group_values(self.optimizer, "lr")
