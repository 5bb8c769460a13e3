"""A backward inside a backward: how deep, and on which stack.

Torch goes on in another thread when backwards stand in each other so deep that the stack may end (MAX_DEPTH in its engine.cpp), and knows
no other limit. So does strict mode here: every few levels go to a fresh thread, which borrows this thread's state while this one waits.
Hardened mode refuses to go deeper than `LIMIT`, and writes that to the evidence ledger.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

from ft_core.keys import HARDENED
from ft_core.state import TL, State
from ft_dispatch.ledger import ledger

PER_THREAD = 20  # levels on one stack: Python's has room for 1,000 calls, and each level may hold a model's
LIMIT = 60  # levels in hardened mode: torch's MAX_DEPTH
_DEPTH = "backward_depth"
ENTERED = "backward_entered"  # set while a nested run is about to start: it has been through here


def nested(run: Callable[..., Any], st: State, *args: Any, **kwargs: Any) -> Any:
    """`run(*args, **kwargs)` one level deeper. RuntimeError beyond `LIMIT` in hardened mode."""
    data = st.data
    depth = data.get(_DEPTH, 0) + 1
    if st.bits & HARDENED and depth > LIMIT:
        reason = f"backward called inside backward, {depth} deep"
        ledger.write("backward", st.bits, reason, f"refused: hardened mode goes {LIMIT} deep")
        raise RuntimeError(
            f"{reason}: hardened mode goes {LIMIT} deep; use checkpoint with use_reentrant=False, or strict mode, which has no such limit"
        )
    data[_DEPTH] = depth
    data[ENTERED] = True
    try:
        if depth % PER_THREAD:
            return run(*args, **kwargs)
        return _on_a_fresh_stack(st, lambda: run(*args, **kwargs))
    finally:
        data.pop(ENTERED, None)
        data[_DEPTH] = depth - 1


def _on_a_fresh_stack(st: State, call: Callable[[], Any]) -> Any:
    """The result of `call` in a thread of its own, in which this thread's state holds; its exception, if it raised one."""
    found: list[Any] = []
    failed: list[BaseException] = []

    def work() -> None:
        TL.st = st
        try:
            found.append(call())
        except BaseException as error:  # noqa: BLE001  # raised again by the thread that waits
            failed.append(error)

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(work,), name=f"{threading.current_thread().name}-backward")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]
