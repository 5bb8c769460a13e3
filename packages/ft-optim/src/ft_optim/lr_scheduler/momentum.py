"""Schedules that move the momentum against the rate: where an optimizer keeps it (momentum, or the first beta), and how it
is set."""

from __future__ import annotations

from typing import Any

from ..optimizer import Optimizer
from .scheduler import per_group


def begin_momentum(optimizer: Optimizer, base: Any, largest: Any, first: bool) -> tuple[bool, list[Any], list[Any]]:
    """(whether it is beta1, base and largest momentum per group), with both noted in the groups where the schedule begins.

    ValueError where the optimizer has neither momentum nor betas.
    """
    if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
        raise ValueError("optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
    beta = "betas" in optimizer.defaults
    largests = per_group("max_momentum", optimizer, largest)
    bases = per_group("base_momentum", optimizer, base)
    if first:
        for group, low, high in zip(optimizer.param_groups, bases, largests, strict=True):
            set_momentum(group, high, beta)
            group["max_momentum"] = high
            group["base_momentum"] = low
    return beta, bases, largests


def set_momentum(group: dict[str, Any], value: Any, beta: bool) -> None:
    """Write the momentum of a group."""
    if beta:
        group["betas"] = (value, *group["betas"][1:])
    else:
        group["momentum"] = value
