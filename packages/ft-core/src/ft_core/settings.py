"""Every environment variable FrankenTorch reads: one table, and the only place that looks into `os.environ` for them.

A setting has the value of the innermost `with settings(name=value):` of this thread, else its environment variable's, else its
default. The environment is read when a setting is asked for, so that programs may set variables after the import; none is on a hot
path.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from .errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; `parse` turns a text into a value and raises ValueError where that is not `allowed`."""

    name: str
    default: Any
    allowed: str
    prose: str
    parse: Callable[[str], Any]

    @property
    def variable(self) -> str:
        """The environment variable: FT_ and the name in capitals."""
        return f"FT_{self.name.upper()}"

    def checked(self, value: Any, source: str) -> Any:
        """The value in this setting's type; SettingsError, which names the allowed ones, for any other."""
        try:
            return self.parse(value if isinstance(value, str) else _text(value))
        except ValueError:
            raise SettingsError(f"{source}: {self.allowed}; got {value!r}") from None


def _text(value: Any) -> str:
    """Values given in code are checked as their text, so that each setting has one set of allowed values."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (tuple, list, set, frozenset)):
        return ",".join(sorted(str(v) for v in value))
    return "" if value is None else str(value)


def _choice(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return parse


def _switch(text: str) -> bool:
    return _choice("0", "1")(text) == "1"


def _count(text: str) -> int:
    if int(text) < 0:
        raise ValueError(text)
    return int(text)


def _names(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _folder(text: str) -> Path | None:
    return Path(text) if text else None


TABLE: dict[str, Setting] = {
    row.name: row
    for row in (
        Setting(
            "mode",
            "strict",
            '"strict" or "hardened"',
            "Strict fails closed where torch's behaviour is uncertain; hardened adds bounded, recorded fallbacks and limits.",
            _choice("strict", "hardened"),
        ),
        Setting("plugins", frozenset(), "names, separated by commas", "If given, only these plugins are loaded.", _names),
        Setting(
            "disable_plugins",
            frozenset(),
            "names, separated by commas, or *",
            "Plugins that are not loaded; * disables all.",
            _names,
        ),
        Setting("debug_keys", False, "0 or 1", "After every op, recompute the keys of its tensors and compare; slow.", _switch),
        Setting(
            "num_threads",
            0,
            "an integer, at least 0",
            "Threads a CPU kernel may use; 0 takes one per core of this process.",
            _count,
        ),
        Setting("dump_dir", None, "a folder", "Where code generated at run time is written, for reading and debugging.", _folder),
    )
}
"""All settings by name."""


class Settings:
    """The settings of this thread as attributes; called with new values, a scope for them.

    `settings.mode` reads; `with settings(mode="hardened"):` holds inside the block, on this thread. Raises SettingsError for a
    value that is not allowed, AttributeError (reading) or SettingsError (setting) for an unknown name.
    """

    __slots__ = ("_local",)

    def __init__(self) -> None:
        self._local = threading.local()

    def __getattr__(self, name: str) -> Any:
        row = TABLE.get(name)
        if row is None:
            raise AttributeError(f"settings: one of {', '.join(TABLE)}; got {name!r}")
        for scope in reversed(self._scopes()):
            if name in scope:
                return scope[name]
        text = os.environ.get(row.variable)
        return row.default if text is None or text == "" else row.checked(text, row.variable)

    def __call__(self, **values: Any) -> _Scope:
        return _Scope(self._scopes, {name: _row(name).checked(value, f"settings({name}=…)") for name, value in values.items()})

    def __dir__(self) -> list[str]:
        return list(TABLE)

    def _scopes(self) -> list[dict[str, Any]]:
        try:
            return self._local.scopes
        except AttributeError:
            self._local.scopes = []
            return self._local.scopes


class _Scope:
    def __init__(self, scopes: Callable[[], list[dict[str, Any]]], values: dict[str, Any]) -> None:
        self._scopes, self._values = scopes, values

    def __enter__(self) -> None:
        self._scopes().append(self._values)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._scopes().pop()


def _row(name: str) -> Setting:
    if name not in TABLE:
        raise SettingsError(f"settings: one of {', '.join(TABLE)}; got {name!r}")
    return TABLE[name]


def describe() -> str:
    """The table as a page of the documentation: one Markdown row per variable."""
    rows = [f"| `{s.variable}` | `{s.name}` | {s.allowed} | {_text(s.default) or 'none'} | {s.prose} |" for s in TABLE.values()]
    return "\n".join(["| Variable | Setting | Allowed | Default | Meaning |", "| --- | --- | --- | --- | --- |", *rows, ""])


settings = Settings()
"""The settings; the instance everyone uses."""
