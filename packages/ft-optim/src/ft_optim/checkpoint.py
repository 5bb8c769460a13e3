"""Optimizer state to and from torch's checkpoint layout: parameters become their positions, counted over all groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from ft_core import Tensor, float32


def pack(groups: list[dict[str, Any]], state: dict[Any, Any]) -> dict[str, Any]:
    """The checkpoint of `groups` and `state`; a parameter that occurs twice keeps its first position."""
    position: dict[int, int] = {}
    packed = []
    start = 0
    for group in groups:
        for i, p in enumerate(group["params"], start):
            position.setdefault(id(p), i)
        start += len(group["params"])
        options = {key: value for key, value in group.items() if key != "params"}
        packed.append({**options, "params": [position[id(p)] for p in group["params"]]})
    by_position = {position[id(key)] if isinstance(key, Tensor) else key: value for key, value in state.items()}
    return {"state": by_position, "param_groups": packed}


def unpack(groups: list[dict[str, Any]], saved: dict[str, Any]) -> tuple[list[dict[str, Any]], defaultdict[Any, Any]]:
    """(groups, state) for an optimizer that holds `groups`. ValueError where number or sizes of the groups differ."""
    saved_groups = deepcopy(saved["param_groups"])
    if len(groups) != len(saved_groups):
        raise ValueError("loaded state dict has a different number of parameter groups")
    if any(len(g["params"]) != len(s["params"]) for g, s in zip(groups, saved_groups, strict=True)):
        raise ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
    placed = {
        key: (p, s)
        for g, s in zip(groups, saved_groups, strict=True)
        for key, p in zip(list(s["params"]), g["params"], strict=True)
    }
    state: defaultdict[Any, Any] = defaultdict(dict)
    for key, value in saved["state"].items():
        if key in placed:
            p, group = placed[key]
            state[p] = _cast(p, value, group)
        else:
            state[key] = value
    for group, taken in zip(groups, saved_groups, strict=True):
        taken["params"] = group["params"]
        if "param_names" in group:
            taken.setdefault("param_names", group["param_names"])
    return saved_groups, state


def _cast(p: Tensor, value: Any, group: dict[str, Any], key: Any = None) -> Any:
    """A saved value made to fit `p`: its dtype and device, except that a step count stays as it is unless a fused step wants
    it near."""
    if isinstance(value, Tensor):
        if key == "step":
            return value.to(dtype=float32, device=p.device) if group.get("capturable") or group.get("fused") else value
        return value.to(dtype=p.dtype, device=p.device) if p.is_floating_point() else value.to(device=p.device)
    if isinstance(value, dict):
        return {k: _cast(p, v, group, k) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return type(value)(_cast(p, v, group) for v in value)  # type: ignore[call-arg]
    return value
