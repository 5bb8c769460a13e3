"""torch.autograd.profiler_util: what a profile saw, event by event and in averages, as a table, a Chrome trace or stacks.

Times are microseconds on the calling thread; nothing is timed on a device, so what is said of one is 0.
"""

from __future__ import annotations

import bisect
import gzip
import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

_SORTS = frozenset(
    "cpu_time cpu_time_total self_cpu_time_total count cpu_memory_usage self_cpu_memory_usage flops device_time device_time_total "
    "self_device_time_total device_memory_usage self_device_memory_usage cuda_time cuda_time_total self_cuda_time_total".split()
)
_STACK_METRICS = ("self_cpu_time_total", "self_cuda_time_total", "self_device_time_total", "self_xpu_time_total")


class ProfilerActivity(Enum):
    """What is watched. Ops are timed where they are called, on whatever device they run."""

    CPU = 0
    CUDA = 1


def kineto_available() -> bool:
    """False: events are timed by this package, not by the Kineto library."""
    return False


class DeviceType(Enum):
    """Kinds of device, numbered as torch numbers them; ops are on the CPU or on CUDA here."""

    CPU = 0
    CUDA = 1
    MKLDNN = 2
    OPENGL = 3
    OPENCL = 4
    IDEEP = 5
    HIP = 6
    FPGA = 7
    MAIA = 8
    XLA = 9
    Vulkan = 10
    Metal = 11
    XPU = 12
    MPS = 13
    Meta = 14
    HPU = 15
    VE = 16
    Lazy = 17
    IPU = 18
    MTIA = 19
    PrivateUse1 = 20


class Interval(NamedTuple):
    """Start and end in microseconds since the profile began."""

    start: float
    end: float

    def elapsed_us(self) -> float:
        """Its length."""
        return self.end - self.start


class FormattedTimesMixin:
    """Times with units, as text."""

    cpu_time: float
    cpu_time_total: float
    self_cpu_time_total: float
    device_time = device_time_total = self_device_time_total = 0.0
    device_memory_usage = self_device_memory_usage = 0

    @property
    def cpu_time_str(self) -> str:
        """CPU time per call."""
        return shown_time(self.cpu_time)

    @property
    def cpu_time_total_str(self) -> str:
        """CPU time, children included."""
        return shown_time(self.cpu_time_total)

    @property
    def self_cpu_time_total_str(self) -> str:
        """CPU time without the children's."""
        return shown_time(self.self_cpu_time_total)

    @property
    def device_time_str(self) -> str:
        """Time per call on a device."""
        return shown_time(self.device_time)

    @property
    def device_time_total_str(self) -> str:
        """Time on a device, children included."""
        return shown_time(self.device_time_total)

    @property
    def self_device_time_total_str(self) -> str:
        """Time on a device without the children's."""
        return shown_time(self.self_device_time_total)


class FunctionEvent(FormattedTimesMixin):
    """One op or range: `name`, `time_range`, `cpu_parent`, `cpu_children`, `input_shapes`, `stack`, `flops`, `thread`."""

    count = 1
    is_async = is_remote = is_legacy = False
    sequence_nr = node_id = -1
    device_index = 0
    device_type = DeviceType.CPU
    use_device = fwd_thread = None
    overload_name = ""

    def __init__(
        self, id: int, name: str, start: float, parent: FunctionEvent | None = None, shapes: Sequence[Any] = (), user: bool = False
    ) -> None:
        self.id, self.name, self.key = id, name, name
        self.trace_name = name
        self.time_range = Interval(start, start)
        self.cpu_parent = parent
        self.cpu_children: list[FunctionEvent] = []
        self.input_shapes = list(shapes)
        self.thread = threading.get_ident()
        self.is_user_annotation = user
        self.scope = 7 if user else 0  # torch's RecordScope: a user's range, a function
        self.stack: list[str] = []
        self.kernels: list[Any] = []
        self.flops = 0
        self.self_cpu_memory_usage = 0
        if parent is not None:
            parent.cpu_children.append(self)

    @property
    def cpu_time_total(self) -> float:  # type: ignore[override]
        """Microseconds, children included."""
        return self.time_range.elapsed_us()

    @property
    def self_cpu_time_total(self) -> float:  # type: ignore[override]
        """Microseconds without the children's."""
        return self.cpu_time_total - sum(child.cpu_time_total for child in self.cpu_children)

    cpu_time = cpu_time_total  # type: ignore[assignment]

    @property
    def cpu_memory_usage(self) -> int:
        """Bytes of the results, the children's included; what was freed meanwhile is not taken off."""
        return self.self_cpu_memory_usage + sum(child.cpu_memory_usage for child in self.cpu_children)

    def __repr__(self) -> str:
        return (
            f"<FunctionEvent id={self.id} name={self.name} cpu_time={self.cpu_time_str} thread={self.thread} "
            f"input_shapes={self.input_shapes!s}>"
        )


class FunctionEventAvg(FormattedTimesMixin):
    """All events of one key: their number, times, bytes and operations."""

    def __init__(self, key: str | None = None, input_shapes: Any = None, stack: Sequence[str] = ()) -> None:
        self.key, self.input_shapes, self.stack = key, input_shapes, list(stack)
        self.count = self.flops = 0
        self.cpu_memory_usage = self.self_cpu_memory_usage = 0
        self.cpu_time_total = self.self_cpu_time_total = 0.0
        self.is_user_annotation = False
        self.cpu_children: list[FunctionEvent] = []

    @property
    def cpu_time(self) -> float:  # type: ignore[override]
        """Microseconds per call."""
        return self.cpu_time_total / self.count if self.count else 0.0

    def add(self, event: FunctionEvent | FunctionEventAvg) -> FunctionEventAvg:
        """Count an event in. One inside another of its name adds no total: that time is in the outer one's already."""
        self.key = event.key if self.key is None else self.key
        self.count += event.count
        self.flops += event.flops
        self.self_cpu_time_total += event.self_cpu_time_total
        self.self_cpu_memory_usage += event.self_cpu_memory_usage
        self.is_user_annotation = self.is_user_annotation or event.is_user_annotation
        outer = getattr(event, "cpu_parent", None)
        while outer is not None and outer.name != event.key:
            outer = outer.cpu_parent
        if outer is None:
            self.cpu_time_total += event.cpu_time_total
            self.cpu_memory_usage += event.cpu_memory_usage
        return self

    __iadd__ = add

    def __repr__(self) -> str:
        return (
            f"<FunctionEventAvg key={self.key} count={self.count} self_cpu_time={self.self_cpu_time_total_str} "
            f"cpu_time={self.cpu_time_str}>"
        )


class StringTable(defaultdict[str, str]):
    """Names as they are shown, each worked out once."""

    def __missing__(self, key: str) -> str:
        self[key] = key
        return key


class EventList(list[Any]):
    """Events, or averages of them."""

    def key_averages(
        self, group_by_input_shape: bool = False, group_by_stack_n: int = 0, group_by_overload_name: bool = False
    ) -> EventList:
        """One FunctionEventAvg per name (and shapes of inputs, and the innermost n frames of the stack)."""
        found: dict[Any, FunctionEventAvg] = {}
        for event in self:
            shapes = str(event.input_shapes) if group_by_input_shape else ""
            stack = tuple(event.stack[:group_by_stack_n])
            key = (event.name, shapes, stack, event.overload_name if group_by_overload_name else "")
            if key not in found:
                found[key] = FunctionEventAvg(event.name, event.input_shapes if group_by_input_shape else None, stack)
            found[key].add(event)
        return EventList(found.values())

    def total_average(self) -> FunctionEventAvg:
        """Everything together."""
        total = FunctionEventAvg("Total")
        for event in self:
            total.count += event.count
            total.flops += event.flops
            total.self_cpu_time_total += event.self_cpu_time_total
            total.cpu_time_total += event.self_cpu_time_total
            total.self_cpu_memory_usage += event.self_cpu_memory_usage
            total.cpu_memory_usage += event.self_cpu_memory_usage
        return total

    @property
    def self_cpu_time_total(self) -> float:
        """Microseconds in all events, none counted twice."""
        return sum(event.self_cpu_time_total for event in self)

    def table(
        self,
        sort_by: str | None = None,
        row_limit: int = 100,
        max_src_column_width: int = 75,
        max_name_column_width: int = 55,
        max_shapes_column_width: int = 80,
        header: str | None = None,
        top_level_events_only: bool = False,
        **unused: Any,
    ) -> str:
        """The events as text; columns for shapes, memory, stacks and operations where the profile kept these.

        sort_by: "cpu_time_total", "self_cpu_time_total", "count", "cpu_memory_usage", "flops" and the like; AttributeError for another.
        """
        events = [e for e in self if getattr(e, "cpu_parent", None) is None] if top_level_events_only else self
        averages = bool(self) and isinstance(self[0], FunctionEventAvg)
        rows = list(events) if averages else list(EventList(events).key_averages())
        if sort_by is not None:
            if sort_by not in _SORTS:
                raise AttributeError(f"table: cannot sort by {sort_by!r}; expected one of {', '.join(sorted(_SORTS))}")
            by = sort_by.replace("cuda_", "device_")
            rows.sort(key=lambda row: -getattr(row, by))
        total = self.self_cpu_time_total or 1.0
        columns = _columns(rows, max_src_column_width, max_name_column_width, max_shapes_column_width, total)
        titles = [title for title, _ in columns]
        shown = [[make(row) for _, make in columns] for row in rows[:row_limit]]
        widths = [max(len(line[i]) for line in [titles, *shown]) for i in range(len(titles))]
        rule = "  ".join("-" * width for width in widths)
        lines = [header] if header else []
        lines += [rule, _line(titles, widths), rule, *[_line(row, widths) for row in shown], rule]
        return "\n".join([*lines, f"Self CPU time total: {shown_time(self.self_cpu_time_total)}", ""])

    def export_chrome_trace(self, path: str | Path, metadata: Mapping[str, Any] | None = None) -> None:
        """Write the events as chrome://tracing (and Perfetto) read them, compressed where the name ends in .gz."""
        events = [
            {
                "name": e.name, "ph": "X", "ts": e.time_range.start, "dur": e.cpu_time_total, "tid": e.thread, "pid": "CPU functions",
                "cat": "user_annotation" if e.is_user_annotation else "cpu_op",
                "args": {"Input Dims": e.input_shapes} | ({"Call stack": ";".join(e.stack)} if e.stack else {}),
            }
            for e in self
        ]  # fmt: skip
        text = json.dumps({"traceEvents": events, "displayTimeUnit": "ms", **(metadata or {})})
        if str(path).endswith(".gz"):
            with gzip.open(path, "wt", encoding="utf-8") as file:
                file.write(text)
        else:
            Path(path).write_text(text, encoding="utf-8")

    def supported_export_stacks_metrics(self) -> list[str]:
        """What `export_stacks` may weigh stacks by."""
        return list(_STACK_METRICS)

    def export_stacks(self, path: str | Path, metric: str) -> None:
        """Write stacks, outermost frame first, with microseconds, as flame graph tools read them. ValueError for another metric."""
        if metric not in _STACK_METRICS:
            raise ValueError(f"metric should be one of: {list(_STACK_METRICS)}")
        spaces = str.maketrans(" ;\t\n", "____")
        by = "self_cpu_time_total" if metric == "self_cpu_time_total" else "self_device_time_total"
        lines = [
            f"{';'.join(frame.translate(spaces) for frame in reversed(event.stack))} {int(getattr(event, by))}\n"
            for event in self
            if event.stack and int(getattr(event, by)) > 0
        ]
        Path(path).write_text("".join(lines), encoding="utf-8")

    def __str__(self) -> str:
        return self.table()


def shown_time(us: float) -> str:
    """Microseconds with the unit that suits them."""
    return f"{us / 1e6:.3f}s" if us >= 1e6 else f"{us / 1e3:.3f}ms" if us >= 1e3 else f"{us:.3f}us"


def shown_memory(nbytes: int) -> str:
    """Bytes with the unit that suits them."""
    for size, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if abs(nbytes) >= size:
            return f"{nbytes / size:.2f} {unit}"
    return f"{nbytes} B"


def _cut(text: str, width: int) -> str:
    return text if width <= 0 or len(text) <= width else text[: width - 3] + "..."


def _columns(rows: list[Any], source: int, name: int, shapes: int, total: float) -> list[tuple[str, Any]]:
    """(title, what a row shows) of every column."""
    found: list[tuple[str, Any]] = [
        ("Name", lambda row: _cut(row.key, name)),
        ("Self CPU %", lambda row: f"{row.self_cpu_time_total / total:.2%}"),
        ("Self CPU", lambda row: row.self_cpu_time_total_str),
        ("CPU total %", lambda row: f"{row.cpu_time_total / total:.2%}"),
        ("CPU total", lambda row: row.cpu_time_total_str),
        ("CPU time avg", lambda row: row.cpu_time_str),
    ]
    if any(row.cpu_memory_usage for row in rows):
        found.append(("CPU Mem", lambda row: shown_memory(row.cpu_memory_usage)))
        found.append(("Self CPU Mem", lambda row: shown_memory(row.self_cpu_memory_usage)))
    found.append(("# of Calls", lambda row: str(row.count)))
    if any(row.input_shapes for row in rows):
        found.append(("Input Shapes", lambda row: _cut(str(row.input_shapes), shapes)))
    if any(row.stack for row in rows):
        found.append(("Source Location", lambda row: _cut(row.stack[0] if row.stack else "", source)))
    most = max((row.flops for row in rows), default=0)
    if most:
        size, unit = next((pair for pair in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "K")) if most >= pair[0]), (1, ""))
        found.append((f"Total {unit}FLOPs", lambda row: f"{row.flops / size:.3f}" if row.flops else "--"))
    return found


def _line(cells: Iterable[str], widths: list[int]) -> str:
    return "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


class MemRecordsAcc:
    """Records of memory, of which `(record, …)[0].start_ns()` is the time, by interval."""

    def __init__(self, mem_records: Sequence[Any]) -> None:
        self._records = sorted(mem_records, key=lambda record: record[0].start_ns())
        self._starts = [record[0].start_ns() for record in self._records]

    def in_interval(self, start_ns: int, end_ns: int) -> Iterator[Any]:
        """Those that start between two times, both included, in order."""
        yield from self._records[bisect.bisect_left(self._starts, start_ns) : bisect.bisect_right(self._starts, end_ns)]


__all__ = [
    "EventList",
    "FormattedTimesMixin",
    "FunctionEvent",
    "FunctionEventAvg",
    "Interval",
    "MemRecordsAcc",
    "StringTable",
]
