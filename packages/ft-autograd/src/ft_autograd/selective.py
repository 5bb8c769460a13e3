"""Selective checkpointing: a policy says, op by op, which results are kept and which are computed again.

Two dispatch modes share a store: the first run's keeps results of ops that the policy wants saved, the second run's hands them out
instead of running the op. They are what `checkpoint(..., context_fn=...)` enters.
"""

from __future__ import annotations

import enum
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.packets import OpOverload, overload


class CheckpointPolicy(enum.Enum):
    """What becomes of an op's result. MUST is for good; PREFER may be overruled by a compiler; CPU_OFFLOAD: it is kept in host memory."""

    MUST_SAVE = 0
    PREFER_SAVE = 1
    MUST_RECOMPUTE = 2
    PREFER_RECOMPUTE = 3
    MUST_CPU_OFFLOAD = 4
    PREFER_CPU_OFFLOAD = 5


SAC_IGNORED_OPS = {overload("detach", "default")}
"""Ops a policy is not asked about."""

_OFFLOADED = (CheckpointPolicy.MUST_CPU_OFFLOAD, CheckpointPolicy.PREFER_CPU_OFFLOAD)
_KEPT = (CheckpointPolicy.MUST_SAVE, CheckpointPolicy.PREFER_SAVE, *_OFFLOADED)


class SelectiveCheckpointContext:
    """What a policy gets first: whether this is the second run, and in the first one the op's result."""

    def __init__(self, *, is_recompute: bool, op_output: Any = None) -> None:
        self.is_recompute = is_recompute
        self.op_output = op_output


def _plain(value: Any) -> Any:
    """A result without the history that recording will give it: the store must not see that, nor a second recording the first."""
    if isinstance(value, Tensor):
        return value.detach()
    return type(value)([_plain(v) for v in value]) if isinstance(value, (list, tuple)) else value


def _versions(value: Any) -> list[tuple[Tensor, int]]:
    found = [value] if isinstance(value, Tensor) else [t for t in value if isinstance(t, Tensor)] if value else []
    return [(t, t._version) for t in found]


class _Mode(TorchDispatchMode):
    def __init__(self, policy: Callable[..., CheckpointPolicy], store: dict[Any, deque[Any]], mutable: bool, again: bool) -> None:
        self.policy, self.store, self.mutable = policy, store, mutable
        self.context = SelectiveCheckpointContext(is_recompute=again)

    def said(self, func: Any, args: Any, kwargs: Any, out: Any = None) -> CheckpointPolicy:
        """What the policy says of an op."""
        if func in SAC_IGNORED_OPS:
            return CheckpointPolicy.MUST_RECOMPUTE
        context = SelectiveCheckpointContext(is_recompute=self.context.is_recompute, op_output=out)
        return self.policy(context, func, *args, **kwargs)


class _Caching(_Mode):
    """The first run."""

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        out = func(*args, **(kwargs or {}))
        said = self.said(func, args, kwargs or {}, out)
        if said in _KEPT:
            held = _plain(out)
            self.store[func].append((held, _versions(held), None) if said not in _OFFLOADED else _offloaded(held))
        return out


class _Cached(_Mode):
    """The second run."""

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        if self.said(func, args, kwargs or {}) not in _KEPT:
            return func(*args, **(kwargs or {}))
        if not self.store[func]:
            raise RuntimeError(f"{func} encountered during backward, but not found in storage")
        held, versions, devices = self.store[func].popleft()
        if not self.mutable and any(t._version != at for t, at in versions):
            raise RuntimeError(
                "Tensor cached during selective activation checkpoint has been mutated; pass allow_cache_entry_mutation=True if that "
                "is meant"
            )
        return _plain(held) if devices is None else _moved(held, iter(devices))


def _offloaded(held: Any) -> tuple[Any, list[tuple[Tensor, int]], list[Any]]:
    """(a result in host memory, nothing whose version matters, the devices of its tensors)."""
    devices: list[Any] = []

    def to_host(value: Any) -> Any:
        if isinstance(value, Tensor):
            devices.append(value.device)
            return value.cpu() if value.device.type != "cpu" else value.clone()
        return type(value)([to_host(v) for v in value]) if isinstance(value, (list, tuple)) else value

    return to_host(held), [], devices


def _moved(held: Any, devices: Iterator[Any]) -> Any:
    if isinstance(held, Tensor):
        return held.to(next(devices)).detach()
    return type(held)([_moved(v, devices) for v in held]) if isinstance(held, (list, tuple)) else held


def create_selective_checkpoint_contexts(
    policy_fn_or_list: Callable[..., CheckpointPolicy | bool] | Sequence[OpOverload], allow_cache_entry_mutation: bool = False
) -> tuple[TorchDispatchMode, TorchDispatchMode]:
    """The two contexts of a checkpoint that keeps some results: pass `functools.partial(this, policy)` as `context_fn`.

    policy_fn_or_list: `policy(ctx, op, *args, **kwargs)` gives a CheckpointPolicy (or whether to save); or a list of ops whose results
    are saved. TypeError for another thing, ValueError for packets in the list. Source: torch.utils.checkpoint.
    """
    if isinstance(policy_fn_or_list, (list, tuple, set)):
        wrong = [op for op in policy_fn_or_list if not isinstance(op, OpOverload)]
        if wrong:
            raise ValueError(
                f"Expected op in `op_list` to be an OpOverload but got: {wrong[0]} of type {type(wrong[0])}. Please update the OpOverloadPacket "
                "to a specific OpOverload."
            )
        kept = set(policy_fn_or_list)

        def policy(ctx: SelectiveCheckpointContext, func: Any, *args: Any, **kwargs: Any) -> CheckpointPolicy:
            return CheckpointPolicy.MUST_SAVE if func in kept else CheckpointPolicy.PREFER_RECOMPUTE

    elif callable(policy_fn_or_list):
        asked = policy_fn_or_list

        def policy(ctx: SelectiveCheckpointContext, func: Any, *args: Any, **kwargs: Any) -> CheckpointPolicy:
            said = asked(ctx, func, *args, **kwargs)
            if isinstance(said, bool):
                return CheckpointPolicy.MUST_SAVE if said else CheckpointPolicy.PREFER_RECOMPUTE
            return said

    else:
        raise TypeError("policy_fn_or_list must be either a function or a list of ops.")
    store: dict[Any, deque[Any]] = defaultdict(deque)
    return (
        _Caching(policy, store, allow_cache_entry_mutation, again=False),
        _Cached(policy, store, allow_cache_entry_mutation, again=True),
    )
