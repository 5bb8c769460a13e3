"""`frankentorch plugins`: a table of what is installed, what each plugin brings, and why one of them does not work.

Collecting the rows is `ft_core.plugin`'s affair; here they are only drawn. Rich is loaded by this command, never by the library.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from ft_core.plugin import PluginRow, plugins

_COLOURS = {"built-in": "green", "loaded": "green", "disabled": "yellow", "failed": "red"}


def collect() -> list[PluginRow]:
    """A row per plugin. The assembly is imported first: registries learn what plugins bring only when they exist."""
    import warnings

    from ft_core.plugin import PluginWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)  # the table tells the same, with the reason in its own column
        importlib.import_module("frankentorch")
        return plugins.listing()


def show_plugins(rows: Sequence[PluginRow] | None = None) -> int:
    """Print the table; 1 if a plugin failed, so that scripts can ask, else 0."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = collect() if rows is None else rows
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("plugin", "from", "status", "brings", "why"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        origin = f"{row.distribution} {row.version}".strip() or "this process"
        status = Text(row.status, style=_COLOURS.get(row.status, ""))
        table.add_row(row.name, origin, status, "\n".join(row.brings) or "-", Text(row.reason))
    console = Console()
    console.print(table if rows else "no plugins: reinstall frankentorch, its backend ft-kernel-cpu is missing")
    return 1 if any(row.status == "failed" for row in rows) else 0
