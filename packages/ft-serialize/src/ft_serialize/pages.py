"""What the system is told about memory of files: which pages will not be looked at again."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

import numpy as np

__all__ = ["address", "let_go"]

_PAGE = 1 << 16  # the largest of any Linux
_MADV_PAGEOUT = 21


@cache
def _madvise() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # only large files need it

    call = ctypes.CDLL(None).madvise
    call.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    return call


def address(view: memoryview) -> int:
    """Where the bytes are in memory."""
    return int(np.frombuffer(view, np.uint8).ctypes.data) if len(view) else 0


def let_go(piece: Any) -> None:
    """Tell the system that bytes of a mapped file will not be looked at again, so that they stop counting as this process's memory.

    Nothing is lost: pages that were written to stay, and the others can be read again. Of other memory nothing is said.
    """
    madvise, holder = _madvise(), memoryview(piece).obj
    while isinstance(holder, (np.ndarray, memoryview)):
        holder = holder.base if isinstance(holder, np.ndarray) else holder.obj
    if madvise is None or type(holder).__name__ != "mmap":  # the module need not be imported to know its class
        return
    view = memoryview(piece).cast("B")
    start = address(view)
    first = start // _PAGE * _PAGE  # the beginning of this piece's first page was the end of the piece before
    madvise(first, start + len(view) - first, _MADV_PAGEOUT)
