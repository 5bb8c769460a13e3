"""The table for eyes and the JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .timing import Result

WIDTH = 38


def seconds(value: float) -> str:
    """A duration with three digits and the unit that suits it: "812 ns", "1.24 ms"."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= 0.9995 * scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def header() -> str:
    """The table's first line."""
    return f"{'':{WIDTH}} {'ours':>9} {'torch':>9} {'ratio':>6} {'of minima':>9} {'target':>8}"


def line(result: Result) -> str:
    """One row of the table: medians, their ratio, the ratio of the minima, the target and whether it was met."""
    if result.error:
        return f"{result.name:{WIDTH}} does not run: {result.error}"
    ours = seconds(statistics.median(result.ours))
    theirs = seconds(statistics.median(result.theirs)) if result.theirs else ""
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    best = "" if result.best_ratio is None else f"{result.best_ratio:.2f}"
    target = ""
    if result.limit is not None:
        target = "≤ " + seconds(result.limit)
    elif result.target is not None:
        target = f"≤ {result.target:.2f}"
    return f"{result.name:{WIDTH}} {ours:>9} {theirs:>9} {ratio:>6} {best:>9} {target:>8}  {result.verdict}".rstrip()


def summary(results: Sequence[Result]) -> str:
    """How many targets were met, and how many rows did not run."""
    verdicts = [r.verdict for r in results]
    failed = sum(bool(r.error) for r in results)
    return f"{verdicts.count('met')} targets met, {verdicts.count('missed')} missed, {failed} rows did not run"


def machine(threads: int, versions: dict[str, str]) -> dict[str, Any]:
    """What a number means nothing without: processor, interpreter, threads, versions, load."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "threads": threads,
        "versions": versions,
    }


def write_json(path: Path, results: Sequence[Result], about: dict[str, Any]) -> None:
    """Everything measured, in seconds per call of each round, and what is said about it."""
    rows = [
        {
            "name": r.name,
            "group": r.group,
            "ours": list(r.ours),
            "torch": list(r.theirs),
            "ratio": r.ratio,
            "ratio_of_minima": r.best_ratio,
            "target": r.target,
            "limit_seconds": r.limit,
            "verdict": r.verdict,
            "error": r.error,
            **r.details,
        }
        for r in results
    ]
    lines = ",\n".join(json.dumps(row) for row in rows)
    path.write_text(f'{{"machine": {json.dumps(about)}, "rows": [\n{lines}\n]}}\n')


def markdown(results: Sequence[Result], about: dict[str, Any]) -> str:
    """A page: on what was measured, how many rows lie above which ratio, and all rows, the slowest against torch first."""
    rows = sorted((r for r in results if r.ratio is not None), key=lambda r: -(r.ratio or 0))
    above = ", ".join(f"{sum((r.ratio or 0) > limit for r in rows)} above {limit}" for limit in (10, 5, 2, 1))
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [
        f"{len(rows)} rows: {above}.",
        f"{versions}, Python {about['python']}, {about['threads']} thread, {about['processor']}, load {about['load']:.1f}.",
        "",
        "| statement | ours | torch | ratio | of minima |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for r in rows:
        ours, theirs = seconds(statistics.median(r.ours)), seconds(statistics.median(r.theirs))
        lines.append(f"| `{r.name.removeprefix('1M ')}` | {ours} | {theirs} | {r.ratio:.2f} | {r.best_ratio:.2f} |")
    failed = [f"* `{r.name}`: {r.error}" for r in results if r.error]
    return "\n".join([*lines, *(["", "Did not run:", "", *failed] if failed else []), ""])
