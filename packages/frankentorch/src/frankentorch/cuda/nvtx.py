"""torch.cuda.nvtx: marks in the timeline of NVIDIA's profilers, by CuPy's binding of them.

RuntimeError where there is none, as in torch's CPU builds. Source: https://docs.pytorch.org/docs/stable/cuda.html#nvidia-tools-extension-nvtx
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from . import _device as _questions

__all__ = ["mark", "range", "range_pop", "range_push"]


def _nvtx() -> Any:
    if not _questions.is_available():
        raise RuntimeError("NVTX functions not installed. Are you sure you have a CUDA build?")
    return _questions.library().nvtx


def range_push(msg: str) -> None:
    """Begin a range that `range_pop` ends."""
    _nvtx().RangePush(msg)


def range_pop() -> None:
    """End the innermost range."""
    _nvtx().RangePop()


def mark(msg: str) -> None:
    """Mark a moment."""
    _nvtx().Mark(msg)


@contextlib.contextmanager
def range(msg: str, *args: Any, **kwargs: Any) -> Iterator[None]:
    """A block as a range; the message is formatted with the arguments."""
    range_push(msg.format(*args, **kwargs))
    try:
        yield
    finally:
        range_pop()
