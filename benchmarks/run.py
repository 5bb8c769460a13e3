"""The command line: `python -m benchmarks.run [--ladder] [--calls] [--files] [--sweep] [--only NAME] [--threads N] [--json FILE] [--plot FILE] …`.

Nothing that counts threads may be imported before the threads are set, so the rows are imported inside `main`.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .row import Row
    from .timing import Result

SEED = 0
FAMILIES = ("rows_overhead", "rows_calls", "rows_kernels", "rows_training", "rows_data", "rows_files", "rows_ops")
"""Modules whose rows enter themselves, in the order of the table."""


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options; SystemExit for wrong ones."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Speed against torch 2.13, side by side in one process."
    )
    parser.add_argument("--ladder", action="store_true", help="the overhead ladder only")
    parser.add_argument("--calls", action="store_true", help="everyday calls on small tensors only")
    parser.add_argument("--files", action="store_true", help="files of 1 GB only: minutes, and 6 GB of disk")
    parser.add_argument("--sweep", action="store_true", help="every op at a million elements only: ten minutes")
    parser.add_argument("--only", metavar="NAME", help="rows whose name contains this")
    parser.add_argument("--threads", type=int, default=1, help="threads of both sides (default 1)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds per row (default 9)")
    parser.add_argument(
        "--processor", action="store_true", help="count processor time: for one thread on a shared machine (sweep: always)"
    )
    parser.add_argument("--cap", type=float, metavar="SECONDS", help="no further round of a row begins after so long (sweep: 2)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write a table, the slowest against torch first")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write a PNG of the ratios")
    options = parser.parse_args(argv)
    if options.threads < 1 or options.rounds < 1:
        parser.error("--threads and --rounds must be at least 1")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write; 2 if no row is called so."""
    options = arguments(argv)
    from . import sides  # noqa: PLC0415  # sides imports NumPy only through load, after set_threads

    sides.set_threads(options.threads)
    ours, theirs = sides.load("frankentorch", options.threads), sides.load("torch", options.threads)
    from . import imports, report  # noqa: PLC0415
    from .row import ROWS  # noqa: PLC0415

    for family in FAMILIES:
        importlib.import_module(f"benchmarks.{family}")

    chosen = [r for r in ROWS.values() if wanted(r.name, r.group, options)]
    timed_import = wanted("import", "import", options)
    if not chosen and not timed_import:
        few = [name for name, each in ROWS.items() if each.group != "sweep"]
        print(f"no row is called {options.only!r}; there are: import, {', '.join(few)}; --sweep has more", file=sys.stderr)
        return 2
    print(report.header())
    results = []
    gc.collect()
    gc.freeze()  # what stands now is never walked again: neither side pays for the other's modules
    for each in chosen:
        own = options.threads == 1 and (options.processor or each.group in ("ladder", "calls", "sweep"))
        results.append(measured(each, ours, theirs, options.rounds, options.cap, own))
        print(report.line(results[-1]), flush=True)
    if timed_import:
        results.append(imports.measure(theirs is not None))
        print(report.line(results[-1]))
    print(report.summary(results))
    versions = {name: str(side.__version__) for name, side in (("frankentorch", ours), ("torch", theirs)) if side is not None}
    if options.json:
        report.write_json(options.json, results, report.machine(options.threads, versions))
    if options.markdown:
        options.markdown.write_text(report.markdown(results, report.machine(options.threads, versions)))
    if options.plot:
        from .plot import draw  # noqa: PLC0415

        draw(results, options.plot)
    return 0


def wanted(name: str, group: str, options: argparse.Namespace) -> bool:
    """Whether the options ask for this row."""
    if options.only and options.only.lower() not in name.lower():
        return False
    groups = [name for name in ("ladder", "calls", "files", "sweep") if getattr(options, name)]
    return group in groups if groups else group not in ("files", "sweep") or (bool(options.only) and group == "files")


def measured(each: Row, ours: Any, theirs: Any, rounds: int, cap: float | None = None, own: bool = False) -> Result:
    """One row on both sides, or on ours alone where torch is not installed. A side that fails is the row's error, not the run's.

    own: count the thread's own processor time. The sweep's hundreds of rows get at most five short rounds and two seconds each.
    """
    from . import timing  # noqa: PLC0415

    about = {"name": each.name, "group": each.group, "target": each.target}
    try:
        names = []
        for side in (ours, theirs):
            if side is not None:
                side.manual_seed(SEED)
                names.append(each.make(side))
        clock = timing.OWN if own else timing.WALL
        timers = [timing.timer_of(each.statement, n, clock, each.before) for n in names]
        if each.group == "sweep":
            taken = timing.alternate(timers, min(rounds, 5), timing.BATCH_SECONDS / 4, 2.0 if cap is None else cap)
        else:
            taken = timing.alternate(timers, rounds, cap=cap)
        if each.check is not None:
            for n in names:
                each.check(n)
    except Exception as error:  # noqa: BLE001  # whatever it is, the table says it and goes on
        return timing.Result(**about, error=f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:160])
    return timing.Result(**about, ours=taken[0], theirs=taken[1] if len(taken) > 1 else ())


if __name__ == "__main__":
    raise SystemExit(main())
