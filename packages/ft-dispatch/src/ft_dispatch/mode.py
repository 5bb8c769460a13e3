"""Strict and hardened mode: `with mode("hardened"):` for a block, FT_MODE=hardened for a process.

Strict, the default, is torch's behaviour, and fails closed: what has no route is an error that names the op, the keys, what exists
and what to install. Hardened gives the same results on valid input, takes deterministic algorithms only, and may help itself where
strict would fail: an op on the allow-list that a device has no kernel for runs on the CPU, a bounded number of times, each with an
entry in the evidence ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import device
from ft_core.backend import BACKENDS, PROVIDERS
from ft_core.errors import NoRouteError
from ft_core.keys import BELOW, CPU, DETERMINISTIC, DEVICES, HARDENED, explain
from ft_core.settings import settings
from ft_core.state import TL, bits_set

from .kinds import Kind
from .ledger import ledger

if TYPE_CHECKING:
    from ft_core import Tensor
    from ft_core.state import State

    from .op import Op

ALLOWED = frozenset({Kind.ELEMENTWISE, Kind.REDUCTION, Kind.SCAN, Kind.MOVEMENT, Kind.CONTRACTION, Kind.INDEX, Kind.OPAQUE})
"""Kinds of op that may fall back to the CPU. Not VIEW (the result must share the device's memory) and not RANDOM (other numbers
come out).
"""

LIMIT = 1000
"""Fallbacks of one op in one process; a program that needs more is running on the wrong device."""

_counts: dict[str, int] = {}
_BOTH = HARDENED | DETERMINISTIC
_below = bits_set(on=BELOW)
_HOST = device("cpu")


class mode:
    """`with mode("hardened"):` or `with mode("strict"):`, on this thread, re-entrant. SettingsError for another word."""

    def __init__(self, name: str) -> None:
        self._setting = settings(mode=name)
        self._bits = bits_set(on=_BOTH) if name == "hardened" else bits_set(off=HARDENED)

    def __enter__(self) -> mode:
        self._setting.__enter__()
        self._bits.__enter__()
        _announce()
        return self

    def __exit__(self, *exc: object) -> None:
        self._bits.__exit__(*exc)
        self._setting.__exit__(None, None, None)
        _announce()


def _announce() -> None:
    """Tell the backends whether this thread wants the same bits each time."""
    for backend in BACKENDS.values():
        backend.set_deterministic(bool(TL.st.bits & DETERMINISTIC))


def current() -> str:
    """The mode of this thread: "strict" or "hardened"."""
    return "hardened" if TL.st.bits & HARDENED else "strict"


def start() -> None:
    """Take FT_MODE into this thread's bits; called by the import, and by threads that want the process's mode."""
    if settings.mode == "hardened":
        TL.st.bits |= _BOTH


def no_kernel(op: Op, args: tuple[Any, ...], k: int, st: State, where: device) -> Any:
    """Where a device has neither kernel nor decomposition for an op: the fallback in hardened mode, else NoRouteError."""
    if k & HARDENED and where.type not in ("cpu", "meta") and op.kind in ALLOWED and op.name in _host_kernels():
        return _on_host(op, args, k, st, where)
    raise NoRouteError(explained(op, k, where))


def _host_kernels() -> Any:
    host = BACKENDS.get("cpu")
    return host.kernels if host is not None else {}


def explained(op: Op, k: int, where: device) -> str:
    """The error of strict mode: op, keys, what exists, what to install or write."""
    having = sorted(name for name, backend in BACKENDS.items() if op.name in backend.kernels)
    missing = [f"{package} (for {name!r})" for name, package in PROVIDERS.items() if name not in BACKENDS]
    install = f" or install {', '.join(missing)}" if missing and not having else ""
    return (
        f"{op.base}: no kernel for device {where.type!r} and no decomposition "
        f"(op aten::{op.name}, family {op.family}, keys {explain(k)}); kernels exist for: {', '.join(having) or 'no loaded device'}; "
        f"move the tensors there{install}; a backend brings it with @kernel({op.name!r}), the table with @{op.python_name}.decompose"
    )


def _on_host(op: Op, args: tuple[Any, ...], k: int, st: State, where: device) -> Any:
    from .execute import execute, mapped  # noqa: PLC0415  # execute imports this module late

    used = _counts[op.name] = _counts.get(op.name, 0) + 1
    if used > LIMIT:
        raise NoRouteError(f"{op.base}: {LIMIT} fallbacks to the CPU are the limit of hardened mode; {explained(op, k, where)}")
    ledger.write(
        op.name,
        k,
        f"device {where.type!r} has neither kernel nor decomposition",
        f"copied to the CPU, run there, copied to {where}",
    )
    with _below:
        moved = list(mapped(op, args, lambda t: t.to(_HOST)))
        at = op.index_of.get("device")
        if at is not None:
            moved[at] = _HOST
        made = execute(op, tuple(moved), k & ~DEVICES | CPU, st)
        return _moved(made, where)


def _moved(made: Any, where: device) -> Tensor | list[Any] | tuple[Any, ...]:
    if isinstance(made, (list, tuple)):
        return type(made)(None if t is None else t.to(where) for t in made)
    return made.to(where)


def reset() -> None:
    """Start counting fallbacks anew (tests)."""
    _counts.clear()
