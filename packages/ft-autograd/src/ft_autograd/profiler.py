"""torch.autograd.profiler: what ran, how often and how long, as a table and as a Chrome trace.

A profile is a dispatch mode: it sees every op below autograd, those of backward too, and the ranges that `record_function` opens. Events
nest, so an event's self time is what its children do not account for.
"""

from __future__ import annotations

import bisect
import functools
import json
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any, NamedTuple

from ft_core import Tensor
from ft_core.state import TL
from ft_dispatch.modes import TorchDispatchMode

from .absent import absent

_ACTIVE = "profiler"
_COLUMNS = ("Name", "Self CPU %", "Self CPU", "CPU total %", "CPU total", "CPU time avg", "# of Calls")
_SORTS = {
    "cpu_time": "cpu_time", "cpu_time_total": "cpu_time_total", "self_cpu_time_total": "self_cpu_time_total", "count": "count",
}  # fmt: skip


class Interval(NamedTuple):
    """Start and end in microseconds since the profile began."""

    start: float
    end: float

    def elapsed_us(self) -> float:
        """Its length."""
        return self.end - self.start


class FunctionEvent:
    """One op or range: `name`, `time_range`, `cpu_parent`, `cpu_children`, `input_shapes`, `thread`."""

    def __init__(self, id: int, name: str, start: float, parent: FunctionEvent | None, shapes: list[Any], user: bool) -> None:
        self.id, self.name, self.key = id, name, name
        self.time_range = Interval(start, start)
        self.cpu_parent = parent
        self.cpu_children: list[FunctionEvent] = []
        self.input_shapes = shapes
        self.thread = threading.get_ident()
        self.is_user_annotation = user
        self.count = 1
        if parent is not None:
            parent.cpu_children.append(self)

    @property
    def cpu_time_total(self) -> float:
        """Microseconds, children included."""
        return self.time_range.elapsed_us()

    @property
    def self_cpu_time_total(self) -> float:
        """Microseconds without the children's."""
        return self.cpu_time_total - sum(child.cpu_time_total for child in self.cpu_children)

    cpu_time = cpu_time_total

    def __repr__(self) -> str:
        return f"<FunctionEvent id={self.id} name={self.name} cpu_time={self.cpu_time_total:.3f}us thread={self.thread}>"


class FunctionEventAvg:
    """All events of one key: their number and times."""

    def __init__(self, key: str, input_shapes: Any = None) -> None:
        self.key, self.input_shapes = key, input_shapes
        self.count = 0
        self.cpu_time_total = self.self_cpu_time_total = 0.0

    @property
    def cpu_time(self) -> float:
        """Microseconds per call."""
        return self.cpu_time_total / self.count if self.count else 0.0

    def add(self, event: FunctionEvent) -> None:
        """Count an event in. One inside another of its name adds no total: that time is in the outer one's already."""
        self.count += 1
        self.self_cpu_time_total += event.self_cpu_time_total
        outer = event.cpu_parent
        while outer is not None and outer.name != event.name:
            outer = outer.cpu_parent
        if outer is None:
            self.cpu_time_total += event.cpu_time_total

    def __repr__(self) -> str:
        return f"<FunctionEventAvg key={self.key} count={self.count} self_cpu_time={self.self_cpu_time_total:.3f}us cpu_time={self.cpu_time:.3f}us>"


class EventList(list[Any]):
    """Events, or averages of them."""

    def key_averages(self, group_by_input_shape: bool = False, group_by_stack_n: int = 0) -> EventList:
        """One FunctionEventAvg per name (and shapes of inputs)."""
        found: dict[Any, FunctionEventAvg] = {}
        for event in self:
            shapes = str(event.input_shapes) if group_by_input_shape else ""
            key = (event.name, shapes)
            if key not in found:
                found[key] = FunctionEventAvg(event.name, event.input_shapes if group_by_input_shape else None)
            found[key].add(event)
        return EventList(found.values())

    def total_average(self) -> FunctionEventAvg:
        """Everything together."""
        total = FunctionEventAvg("Total")
        for event in self:
            total.count += event.count
            total.self_cpu_time_total += event.self_cpu_time_total
            total.cpu_time_total += event.self_cpu_time_total
        return total

    @property
    def self_cpu_time_total(self) -> float:
        """Microseconds in all events, none counted twice."""
        return sum(event.self_cpu_time_total for event in self)

    def table(
        self,
        sort_by: str | None = None,
        row_limit: int = 100,
        max_name_column_width: int = 55,
        header: str | None = None,
        **unused: Any,
    ) -> str:
        """The events as text. sort_by: "cpu_time_total", "self_cpu_time_total", "cpu_time" or "count"; ValueError for another."""
        rows = list(self) if self and isinstance(self[0], FunctionEventAvg) else list(self.key_averages())
        if sort_by is not None:
            if sort_by not in _SORTS:
                raise ValueError(f"table: cannot sort by {sort_by!r}; expected one of {', '.join(_SORTS)}")
            rows.sort(key=lambda row: -getattr(row, _SORTS[sort_by]))
        total = self.self_cpu_time_total or 1.0
        shown = [_row(row, total, max_name_column_width) for row in rows[:row_limit]]
        widths = [max(len(line[i]) for line in [_COLUMNS, *shown]) for i in range(len(_COLUMNS))]
        rule = "  ".join("-" * width for width in widths)
        lines = [header] if header else []
        lines += [rule, _line(_COLUMNS, widths), rule, *[_line(row, widths) for row in shown], rule]
        return "\n".join([*lines, f"Self CPU time total: {_time(self.self_cpu_time_total)}", ""])

    def export_chrome_trace(self, path: str | Path) -> None:
        """Write the events as chrome://tracing (and Perfetto) read them."""
        events = [
            {
                "name": e.name, "ph": "X", "ts": e.time_range.start, "dur": e.cpu_time_total, "tid": e.thread, "pid": "CPU functions",
                "cat": "user_annotation" if e.is_user_annotation else "cpu_op", "args": {"Input Dims": e.input_shapes},
            }
            for e in self
        ]  # fmt: skip
        Path(path).write_text(json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}), encoding="utf-8")

    def __str__(self) -> str:
        return self.table()


def _time(us: float) -> str:
    return f"{us / 1e6:.3f}s" if us >= 1e6 else f"{us / 1e3:.3f}ms" if us >= 1e3 else f"{us:.3f}us"


def _row(row: Any, total: float, width: int) -> tuple[str, ...]:
    name = row.key if len(row.key) <= width else row.key[: width - 3] + "..."
    return (
        name, f"{row.self_cpu_time_total / total:.2%}", _time(row.self_cpu_time_total), f"{row.cpu_time_total / total:.2%}",
        _time(row.cpu_time_total), _time(row.cpu_time), str(row.count),
    )  # fmt: skip


def _line(cells: Iterable[str], widths: list[int]) -> str:
    return "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


class EnforceUnique:
    """Remembers keys; `see` of one that was seen is an error."""

    def __init__(self) -> None:
        self.seen: set[tuple[Any, ...]] = set()

    def see(self, *key: Any) -> None:
        """Note a key. RuntimeError if it was noted before."""
        if key in self.seen:
            raise RuntimeError(f"duplicate key: {key}")
        self.seen.add(key)


class MemRecordsAcc:
    """Records of memory, of which `(record, …)[0].start_ns()` is the time, by interval."""

    def __init__(self, mem_records: Sequence[Any]) -> None:
        self._records = sorted(mem_records, key=lambda record: record[0].start_ns())
        self._starts = [record[0].start_ns() for record in self._records]

    def in_interval(self, start_ns: int, end_ns: int) -> Iterator[Any]:
        """Those that start between two times, both included, in order."""
        yield from self._records[bisect.bisect_left(self._starts, start_ns) : bisect.bisect_right(self._starts, end_ns)]


class KinetoStepTracker:
    """Steps of a program counted by whoever takes them (a profiler, an optimizer): the program's step is the highest count."""

    _current_step = 0
    _step_dict: dict[str, int] = {}

    @classmethod
    def init_step_count(cls, requester: str) -> None:
        """Count for `requester` from the current step on."""
        cls._step_dict[requester] = cls._current_step

    @classmethod
    def erase_step_count(cls, requester: str) -> bool:
        """Forget its count; whether there was one."""
        return cls._step_dict.pop(requester, None) is not None

    @classmethod
    def increment_step(cls, requester: str) -> int:
        """`requester` took a step. Returns the program's; a warning where that rises by more than one."""
        cls._step_dict[requester] = cls._step_dict.get(requester, cls._current_step) + 1
        highest = max(cls._step_dict.values())
        if highest > cls._current_step + 1:
            warnings.warn(
                f"Profiler step count has increased more than 1 - current_step = {cls._current_step} step dict =  {cls._step_dict}",
                stacklevel=2,
            )
        cls._current_step = max(highest, cls._current_step)
        return cls._current_step

    @classmethod
    def current_step(cls) -> int:
        """The program's step."""
        return cls._current_step


class profile(TorchDispatchMode):
    """A context that times every op of this thread: `with profile() as prof: step(); print(prof.key_averages().table())`.

    enabled=False does nothing; record_shapes keeps the shapes of inputs. `function_events` is the list, after the block. RuntimeError
    for a profile inside itself. Source: torch.autograd.profiler.profile.
    """

    def __init__(self, enabled: bool = True, *, record_shapes: bool = False, use_cpu: bool = True, **unused: Any) -> None:
        self.enabled, self.record_shapes = enabled, record_shapes
        self.function_events = EventList()
        self._stack: list[FunctionEvent] = []
        self._began = 0
        self._entered = False

    def __enter__(self) -> profile:
        if self._entered:
            raise RuntimeError("Profiler context manager is not reentrant")
        self._entered = True
        if self.enabled:
            self._began = self._began or perf_counter_ns()
            self._outer = TL.st.data.get(_ACTIVE)
            TL.st.data[_ACTIVE] = self
            super().__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._entered = False
        if self.enabled:
            super().__exit__(*exc)
            TL.st.data[_ACTIVE] = self._outer

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        shapes = [list(a.shape) for a in args if isinstance(a, Tensor)] if self.record_shapes else []
        event = self.begin(func.name().partition(".")[0], shapes)
        try:
            return func(*args, **(kwargs or {}))
        finally:
            self.end(event)

    def begin(self, name: str, shapes: list[Any], user: bool = False) -> FunctionEvent:
        """Open an event inside the one that is open."""
        parent = self._stack[-1] if self._stack else None
        event = FunctionEvent(len(self.function_events), name, (perf_counter_ns() - self._began) / 1e3, parent, shapes, user)
        self.function_events.append(event)
        self._stack.append(event)
        return event

    def end(self, event: FunctionEvent) -> None:
        """Close it, and with it what was left open inside."""
        now = (perf_counter_ns() - self._began) / 1e3
        while self._stack:
            last = self._stack.pop()
            last.time_range = Interval(last.time_range.start, now)
            if last is event:
                return

    def key_averages(self, group_by_input_shape: bool = False, group_by_stack_n: int = 0) -> EventList:
        """One row per op."""
        return self.function_events.key_averages(group_by_input_shape, group_by_stack_n)

    def total_average(self) -> FunctionEventAvg:
        """Everything together."""
        return self.function_events.total_average()

    def table(self, sort_by: str | None = None, row_limit: int = 100, **options: Any) -> str:
        """The table of all ops."""
        return self.function_events.table(sort_by, row_limit, **options)

    def export_chrome_trace(self, path: str | Path) -> None:
        """Write a Chrome trace."""
        self.function_events.export_chrome_trace(path)

    @property
    def self_cpu_time_total(self) -> float:
        """Microseconds in all ops."""
        return self.function_events.self_cpu_time_total

    def __repr__(self) -> str:
        return repr(self.function_events) if self.function_events else "<unfinished torch.autograd.profile>"


class record_function:
    """A named range in the profile that is active, as a context or a decorator; nothing where none is."""

    def __init__(self, name: str, args: str | None = None) -> None:
        self.name, self.args = name, args

    def __enter__(self) -> record_function:
        self._profile: profile | None = TL.st.data.get(_ACTIVE)
        self._event = None if self._profile is None else self._profile.begin(self.name, [], user=True)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._profile is not None and self._event is not None:
            self._profile.end(self._event)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with record_function(self.name, self.args):
                return function(*args, **kwargs)

        return wrapped


__all__ = [
    "EnforceUnique",
    "EventList",
    "FunctionEvent",
    "FunctionEventAvg",
    "Interval",
    "KinetoStepTracker",
    "MemRecordsAcc",
    "profile",
    "record_function",
]

_NVIDIA = "it annotates or reads traces of NVIDIA's profilers"
_ABSENT = dict.fromkeys(("emit_nvtx", "load_nvprof", "parse_nvprof_trace"), _NVIDIA)
__getattr__ = absent(__name__, {**_ABSENT, "emit_itt": "it annotates traces of Intel's profilers"})
