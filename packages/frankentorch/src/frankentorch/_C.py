"""Strict and hardened mode: `with frankentorch.mode("hardened"):` for a block, FT_MODE=hardened for a process.

Strict is torch's behaviour and fails closed. Hardened gives the same results on valid input and adds bounded defences: fallbacks along an
allow-list that leave an entry in the evidence ledger, limits on sizes read from files, deterministic algorithms.
"""

from __future__ import annotations

from ft_core.keys import DETERMINISTIC, HARDENED
from ft_core.settings import settings
from ft_core.state import TL, bits_set

__all__ = ["mode", "start"]


class mode:
    """`mode("strict")` or `mode("hardened")`, on this thread. SettingsError for another word."""

    def __init__(self, name: str) -> None:
        self._setting = settings(mode=name)
        hardened = name == "hardened"
        self._bits = bits_set(on=HARDENED | DETERMINISTIC) if hardened else bits_set(off=HARDENED)

    def __enter__(self) -> mode:
        self._setting.__enter__()
        self._bits.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._bits.__exit__(*exc)
        self._setting.__exit__(None, None, None)


def start() -> None:
    """Take FT_MODE into this thread's bits; called once, by the import."""
    if settings.mode == "hardened":
        TL.st.bits |= HARDENED | DETERMINISTIC
