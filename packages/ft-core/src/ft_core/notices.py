"""Warnings that torch gives once a process, or each time after `torch.set_warn_always(True)`.

They name the line of the user's program that made the call, however many of our own frames lie between.
"""

from __future__ import annotations

import sys
import warnings

GIVEN: set[str] = set()
"""What was given once."""

_OURS = frozenset(
    (
        "frankentorch",
        "ft_autograd",
        "ft_core",
        "ft_dispatch",
        "ft_kernel_cpu",
        "ft_kernel_cuda",
        "ft_nn",
        "ft_optim",
        "ft_serialize",
    )
)
_always = False


def set_always(on: bool) -> None:
    """Whether what is given once is given each time. Source: torch.set_warn_always."""
    global _always
    _always = on


def is_always() -> bool:
    """See `set_always`."""
    return _always


def once(text: str, of: str = "") -> None:
    """A UserWarning for the caller's line, the first time in a process; `of` names what several texts are about together."""
    if (of or text) in GIVEN and not _always:
        return
    GIVEN.add(of or text)
    warn(text)


def warn(text: str) -> None:
    """A UserWarning for the line of the program outside our packages that led here."""
    depth, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _OURS:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(text, UserWarning, stacklevel=depth + 1)
