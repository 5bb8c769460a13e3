"""Traces of NVIDIA's old profiler nvprof, which are SQLite files: ranges as events, with the kernels that were launched in each.

Source: torch.autograd.profiler.load_nvprof.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from .profiler_util import EventList, FunctionEvent, Interval

_RANGES = """
    SELECT opened.id AS range, opened.name AS name, opened.timestamp AS start, closed.timestamp AS end
    FROM CUPTI_ACTIVITY_KIND_MARKER AS opened JOIN CUPTI_ACTIVITY_KIND_MARKER AS closed ON opened.id = closed.id
    WHERE opened.name != 0 AND closed.name = 0
"""
_LAUNCHES = """
    SELECT opened.id AS range, call._id_ AS call, call.cbid AS function, kernel.name AS name, kernel.end - kernel.start AS duration
    FROM CUPTI_ACTIVITY_KIND_MARKER AS opened JOIN CUPTI_ACTIVITY_KIND_MARKER AS closed ON opened.id = closed.id
    JOIN CUPTI_ACTIVITY_KIND_RUNTIME AS call ON opened.timestamp < call.start AND call.end < closed.timestamp
    JOIN CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL AS kernel ON kernel.correlationId = call.correlationId
    WHERE opened.name != 0 AND closed.name = 0
"""
_LAUNCH = 211  # cudaLaunchKernel's number in CUPTI


class Kernel(NamedTuple):
    """A kernel that a range launched: its name in the trace, its device and its duration."""

    name: Any
    device: int
    duration: float


def parse_nvprof_trace(path: str | Path) -> list[FunctionEvent]:
    """The ranges of a trace in the order of their beginnings, `kernels` holding what each launched; times in the trace's units.

    FileNotFoundError without the file, sqlite3.DatabaseError for another kind of file, RuntimeError for a range that is there twice,
    AssertionError for a kernel that something else than cudaLaunchKernel started.
    """
    import sqlite3  # noqa: PLC0415  # few programs read such traces

    if not Path(path).exists():
        raise FileNotFoundError(f"load_nvprof: there is no file {str(path)!r}")
    with closing(sqlite3.connect(path)) as trace:
        trace.row_factory = sqlite3.Row
        names = {row["id"]: row["value"] for row in trace.execute("SELECT _id_ AS id, value FROM StringTable")}
        events: dict[int, FunctionEvent] = {}
        for row in trace.execute(_RANGES):
            if row["range"] in events:
                raise RuntimeError(f"duplicate key: ({row['range']},)")
            event = events[row["range"]] = FunctionEvent(row["range"], names[row["name"]], row["start"])
            event.time_range, event.thread = Interval(row["start"], row["end"]), 0
        for row in trace.execute(_LAUNCHES):
            if row["function"] != _LAUNCH:
                raise AssertionError(f"Expected cbid to be {_LAUNCH}, but got {row['function']}")
            events[row["range"]].kernels.append(Kernel(row["name"], 0, row["duration"]))
    return sorted(events.values(), key=lambda event: event.time_range.start)


def load_nvprof(path: str | Path) -> EventList:
    """`parse_nvprof_trace` as a list with tables and averages."""
    return EventList(parse_nvprof_trace(path))
