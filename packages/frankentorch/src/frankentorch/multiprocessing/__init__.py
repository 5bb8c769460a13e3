"""torch.multiprocessing: the standard library's, with tensors that travel without a copy.

A tensor that goes through a queue, a pipe or the arguments of a process moves into shared memory, and both sides see each other's writes.
Where the system has no memory files (it is not Linux) tensors are copied, as the standard library does with any object.
Source: https://docs.pytorch.org/docs/stable/multiprocessing.html
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import *  # noqa: F403 - its whole surface is ours

from .reductions import init_reductions
from .spawn import ProcessContext, ProcessExitedException, ProcessRaisedException, SpawnContext, spawn, start_processes

__all__ = [
    "ProcessContext", "ProcessExitedException", "ProcessRaisedException", "SpawnContext", "get_all_sharing_strategies",
    "get_sharing_strategy", "init_reductions", "set_sharing_strategy", "spawn", "start_processes",
]  # fmt: skip
__all__ += multiprocessing.__all__  # type: ignore[attr-defined]

_STRATEGIES = {"file_descriptor"}


def get_all_sharing_strategies() -> set[str]:
    """How memory can be shared: by the descriptor of a file in memory, and no other way."""
    return set(_STRATEGIES)


def get_sharing_strategy() -> str:
    """`file_descriptor`."""
    return "file_descriptor"


def set_sharing_strategy(new_strategy: str) -> None:
    """Choose one. ValueError for any but `file_descriptor`: names that outlive a process that dies are not given."""
    if new_strategy not in _STRATEGIES:
        raise ValueError(f"set_sharing_strategy: expected one of {sorted(_STRATEGIES)}, got {new_strategy!r}")


init_reductions()
