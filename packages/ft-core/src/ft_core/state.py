"""What belongs to one thread: its mode bits, its floating-point environment, its mode stacks.

Every wrapper reads `TL.st` once and OR-s `st.bits` into the call's key, so an inactive mode costs nothing. Kernels run inside
`st.run`, a private context in which NumPy's floating-point warnings are off; the user's own NumPy settings stay theirs.
Modes are per thread, as in torch, which is why this is a `threading.local` and not a context variable.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from .keys import BELOW, NOGRAD


class State:
    """One thread's modes. `bits` is the union of the active mode bits of `ft_core.keys`."""

    __slots__ = ("autocast", "bits", "data", "dispatch_modes", "function_modes", "levels", "run", "saved_hooks", "tracer")

    bits: int
    run: Callable[..., Any]

    def __init__(self) -> None:
        self.bits = 0
        context = contextvars.Context()
        context.run(np.seterr, all="ignore")
        self.run = context.run
        self.function_modes: list[Any] = []  # __torch_function__ modes, innermost last
        self.dispatch_modes: list[Any] = []  # __torch_dispatch__ modes, innermost last
        self.levels: list[Any] = []  # transforms of torch.func, innermost last
        self.saved_hooks: list[Any] = []  # (pack, unpack) pairs, innermost last
        self.autocast: Any = None
        self.tracer: Any = None
        self.data: dict[str, Any] = {}  # anything a plugin wants to keep per thread


class _Local(threading.local):
    st: State

    def __init__(self) -> None:
        self.st = State()


TL = _Local()


class bits_set:
    """Sets (`on`) and clears (`off`) mode bits of this thread for a `with` block; re-entrant and exception safe."""

    __slots__ = ("_before", "off", "on")

    def __init__(self, on: int = 0, off: int = 0) -> None:
        self.on = on
        self.off = ~off
        self._before: list[int] = []

    def __enter__(self) -> None:
        st = TL.st
        self._before.append(st.bits)
        st.bits = st.bits & self.off | self.on

    def __exit__(self, *exc: object) -> None:
        changed = self.on | ~self.off
        st = TL.st
        st.bits = st.bits & ~changed | self._before.pop() & changed


def grad_enabled() -> bool:
    """Whether this thread records operations for backward."""
    return not TL.st.bits & (NOGRAD | BELOW)
