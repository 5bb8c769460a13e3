"""Which calls take the careful road: `python -m benchmarks.roads NAME` runs a row until it is warm, then counts them in one
more run.

A call that has a route costs about a microsecond, one on the careful road ten to fifty. So this list, not a profile, is where
to begin when a step is slower than its parts: every line is an op that lacks a route, with how often the step asks for it.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from .run import FAMILIES, SEED

WARM = 4
CAREFUL = {"call", "call_inplace", "call_op"}
"""The functions of ft_dispatch through which every call without a route goes; their first argument is the op."""


def careful_calls(function: Callable[[], Any]) -> Counter[str]:
    """Name of the op, and how often `function` sends it down the careful road. Children of a careful call count too."""
    found: Counter[str] = Counter()

    def watch(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if (
            event == "call"
            and code.co_name in CAREFUL
            and "op" in frame.f_locals
            and frame.f_globals["__name__"].startswith("ft_dispatch.")
        ):
            found[frame.f_locals["op"].name + ("_" if code.co_name == "call_inplace" else "")] += 1

    sys.setprofile(watch)
    try:
        function()
    finally:
        sys.setprofile(None)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Print the list of one row, most frequent first; 2 if no row is called so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.roads", description="Count the calls of a row that have no route.")
    parser.add_argument("name", help="a row of the benchmarks, or a part of its name that only one has")
    asked = parser.parse_args(argv).name
    torch = importlib.import_module("frankentorch")
    for family in FAMILIES:
        importlib.import_module(f"benchmarks.{family}")
    rows = importlib.import_module("benchmarks.row").ROWS
    chosen = [rows[asked]] if asked in rows else [row for name, row in rows.items() if asked.lower() in name.lower()]
    if len(chosen) != 1:
        print(f"{len(chosen)} rows are called {asked!r}; there are: {', '.join(rows)}", file=sys.stderr)
        return 2
    torch.manual_seed(SEED)
    names = chosen[0].make(torch)
    statement = compile(chosen[0].statement, chosen[0].name, "exec")
    for _ in range(WARM):
        exec(statement, names)  # a statement of our own table
    found = careful_calls(lambda: exec(statement, names))
    for name, count in found.most_common():
        print(f"{count:6}  {name}")
    print(f"{found.total():6}  on the careful road, of {chosen[0].name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
