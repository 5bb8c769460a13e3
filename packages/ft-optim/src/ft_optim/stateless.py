"""An optimizer's step on other tensors than its own, for the length of a `with` block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ft_core import Tensor

from .optimizer import Optimizer

_WHO = "swap_in_optimizer_params_and_state requires"


@contextmanager
def swap_in_optimizer_params_and_state(
    optimizer: Optimizer, swapin_parameters: dict[str, Tensor], swapin_optim_state: dict[str, Any]
) -> Iterator[None]:
    """A `with` block in which an optimizer holds other parameters, state and options; all come back after it.

    Args:
        optimizer: one that has stepped before.
        swapin_parameters: name -> tensor, in the order of the optimizer's own parameters.
        swapin_optim_state: laid out as `optimizer.state_dict()`; its tensors are changed in place, its dicts are not.

    Raises: RuntimeError, before anything is swapped, where one of them does not fit. Source: torch.optim.
    """
    state, rows = _prepared(optimizer, swapin_parameters, swapin_optim_state)
    kept, groups = optimizer.state, [dict(group) for group in optimizer.param_groups]
    try:
        made: defaultdict[Any, Any] = defaultdict(dict)
        for group, options, params in rows:
            group.update({**options, "params": params})
            for p, key in zip(params, options["params"], strict=True):
                made[p] = dict(state.get(key, {}))
        optimizer.state = made
        yield
    finally:
        for group, before in zip(optimizer.param_groups, groups, strict=True):
            group.clear()
            group.update(before)
        optimizer.state = kept


def _prepared(
    optimizer: Optimizer, parameters: dict[str, Tensor], packed: Any
) -> tuple[dict[Any, Any], list[tuple[dict[str, Any], dict[str, Any], list[Tensor]]]]:
    """(state by position, (group, options, parameters) of each group)."""
    if not optimizer.state:
        raise RuntimeError(f"{_WHO} initialized optimizer state.")
    if not isinstance(packed, dict):
        raise RuntimeError(f"{_WHO} a DCP-style optimizer state_dict.")
    state = _checked_state(packed.get("state"))
    groups = packed.get("param_groups")
    if not isinstance(groups, list):
        raise RuntimeError(
            f"{_WHO} swapin_optim_state['param_groups'] to be a list of param-group dicts, got {type(groups).__name__}."
        )
    if len(groups) != len(optimizer.param_groups):
        raise RuntimeError("swapin_optim_state has a different number of parameter groups than the live optimizer.")
    left = list(parameters.values())
    rows = []
    for i, (group, options) in enumerate(zip(optimizer.param_groups, groups, strict=True)):
        count = len(_checked_group(i, group, options))
        if count > len(left):
            raise RuntimeError(f"{_WHO} the explicit parameter state to match optimizer.param_groups ordering.")
        rows.append((group, options, left[:count]))
        left = left[count:]
    known = {key for _, options, _ in rows for key in options["params"]}
    extra = [key for key in state if key not in known]
    if extra:
        raise RuntimeError(
            f"{_WHO} swapin_optim_state['state'] to be keyed only by packed parameter ids from param_groups[*]['params']; "
            f"got extra keys {extra!r}."
        )
    return state, rows


def _checked_state(state: Any) -> dict[Any, Any]:
    if not isinstance(state, dict):
        raise RuntimeError(
            f"{_WHO} swapin_optim_state['state'] to be a dict mapping packed parameter ids to per-param state dicts, "
            f"got {type(state).__name__}."
        )
    if any(isinstance(key, Tensor) for key in state):
        raise RuntimeError(f"{_WHO} optimizer.state_dict()-style state keyed by packed parameter ids.")
    if any(isinstance(key, int) and not isinstance(value, dict) for key, value in state.items()):
        raise RuntimeError(f"{_WHO} per-parameter optimizer state entries to be dictionaries.")
    return state


def _checked_group(index: int, group: dict[str, Any], options: Any) -> list[int]:
    """The positions of a group's parameters."""
    if not isinstance(options, dict):
        raise RuntimeError(f"{_WHO} each optimizer param group to be a dictionary.")
    keys = options.get("params")
    if not isinstance(keys, list) or not all(isinstance(key, int) for key in keys):
        raise RuntimeError(f"{_WHO} optimizer.state_dict()-style param_groups[*]['params'] entries keyed by packed parameter ids.")
    if len(keys) != len(group["params"]):
        raise RuntimeError(
            f"swapin_optim_state param group {index} has a different number of params than the live optimizer param group."
        )
    only_new, only_live = [k for k in options if k not in group], [k for k in group if k not in options]
    if only_new or only_live:
        raise RuntimeError(
            f"{_WHO} optimizer.state_dict()-style param group keys to exactly match the live optimizer group keys for group {index}. "
            f"Keys only in swap-in: {only_new}. Keys only in live: {only_live}."
        )
    return keys
