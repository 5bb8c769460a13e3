"""torch.distributed as a torch that was built without it has it: `is_available()` says no, and nothing else is there.

Programs ask before they use it; one that does not is told so by the name that is missing. Source: torch.distributed (2.13).
"""

from __future__ import annotations

from typing import Any, NoReturn

from ._rooms import explain

__all__ = ["ProcessGroup", "is_available", "is_initialized"]


class ProcessGroup:
    """A name for annotations. RuntimeError for whoever wants one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(
            "torch.distributed is not built yet (is_available() is False): there are no process groups; train in one process"
        )


def is_available() -> bool:
    """Whether processes can work together: not yet."""
    return False


def is_initialized() -> bool:
    """Whether a default process group was made: none can be."""
    return False


def __getattr__(name: str) -> NoReturn:
    raise AttributeError(f"{explain(name, 'torch.distributed')}; torch.distributed.is_available() is False", name=name)
