"""torch.autograd.profiler: what ran, how often and how long, as a table and as a Chrome trace.

A profile is a dispatch mode: it sees every op below autograd, those of backward too, and the ranges that `record_function` opens. Events
nest, so an event's self time is what its children do not account for.
"""

from __future__ import annotations

import functools
import json
import math
import traceback
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from ft_core import Tensor
from ft_core.state import TL
from ft_dispatch.modes import TorchDispatchMode

from .emit import emit_itt, emit_nvtx
from .nvprof import load_nvprof, parse_nvprof_trace
from .profiler_util import EventList, FunctionEvent, FunctionEventAvg, Interval, MemRecordsAcc, ProfilerActivity, kineto_available

_ACTIVE = "profiler"


class EnforceUnique:
    """Remembers keys; `see` of one that was seen is an error."""

    def __init__(self) -> None:
        self.seen: set[tuple[Any, ...]] = set()

    def see(self, *key: Any) -> None:
        """Note a key. RuntimeError if it was noted before."""
        if key in self.seen:
            raise RuntimeError(f"duplicate key: {key}")
        self.seen.add(key)


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

    enabled=False does nothing; record_shapes keeps the shapes of inputs, with_stack where an op was called, profile_memory the bytes of
    its results, with_flops the operations of products, convolutions, sums and multiplications (shapes with them). `function_events` is
    the list, after the block. RuntimeError for a profile inside itself. Source: torch.autograd.profiler.profile.
    """

    def __init__(
        self,
        enabled: bool = True,
        *,
        record_shapes: bool = False,
        with_flops: bool = False,
        profile_memory: bool = False,
        with_stack: bool = False,
        use_cpu: bool = True,
        custom_trace_id_callback: Callable[[], str] | None = None,
        **unused: Any,
    ) -> None:
        self.enabled, self.record_shapes = enabled, record_shapes or with_flops
        self.with_flops, self.profile_memory, self.with_stack = with_flops, profile_memory, with_stack
        self.collecting = True
        self.metadata: dict[str, Any] = {}
        self.trace_id = uuid.uuid4().hex.upper() if custom_trace_id_callback is None else custom_trace_id_callback()
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
        if not self.collecting:
            return func(*args, **(kwargs or {}))
        shapes = [list(a.shape) for a in args if isinstance(a, Tensor)] if self.record_shapes else []
        event = self.begin(func.name().partition(".")[0], shapes)
        event.overload_name = func.name().partition(".")[2]
        if self.with_stack:
            event.stack = _stack()
        try:
            out = func(*args, **(kwargs or {}))
        finally:
            self.end(event)
        if self.with_flops:
            event.flops = _operations(event.name, args, out)
        if self.profile_memory:
            event.self_cpu_memory_usage = _new_bytes(args, out)
        return out

    def toggle_collection_dynamic(self, enabled: bool, activities: Any = None) -> None:
        """Stop collecting ops, or go on, within the block."""
        self.collecting = enabled

    def add_metadata(self, key: str, value: str) -> None:
        """Text to be written with the trace."""
        self.metadata[key] = value

    def add_metadata_json(self, key: str, value: str) -> None:
        """A JSON value to be written with the trace."""
        self.metadata[key] = json.loads(value)

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

    def key_averages(
        self, group_by_input_shape: bool = False, group_by_stack_n: int = 0, group_by_overload_name: bool = False
    ) -> EventList:
        """One row per op."""
        return self.function_events.key_averages(group_by_input_shape, group_by_stack_n, group_by_overload_name)

    def total_average(self) -> FunctionEventAvg:
        """Everything together."""
        return self.function_events.total_average()

    def table(self, sort_by: str | None = None, row_limit: int = 100, **options: Any) -> str:
        """The table of all ops."""
        return self.function_events.table(sort_by, row_limit, **options)

    def export_chrome_trace(self, path: str | Path) -> None:
        """Write a Chrome trace, compressed where the name ends in .gz."""
        self.function_events.export_chrome_trace(path, self.metadata)

    def export_stacks(self, path: str | Path, metric: str = "self_cpu_time_total") -> None:
        """Write the stacks of ops with their times, as flame graph tools read them. Needs with_stack."""
        self.function_events.export_stacks(path, metric)

    @property
    def self_cpu_time_total(self) -> float:
        """Microseconds in all ops."""
        return self.function_events.self_cpu_time_total

    def __repr__(self) -> str:
        return repr(self.function_events) if self.function_events else "<unfinished torch.autograd.profile>"


def _stack() -> list[str]:
    """Where the program called the op: `file(line): function`, innermost first, without frames of this assembly's packages."""
    frames = [f for f in traceback.extract_stack() if "/ft_" not in f.filename and "/frankentorch/" not in f.filename]
    return [f"{f.filename}({f.lineno}): {f.name}" for f in reversed(frames)]


def _operations(name: str, args: tuple[Any, ...], out: Any) -> int:
    """Floating point operations of one op, as torch counts them; 0 for ops it does not count."""
    base = name.removeprefix("aten::")
    shapes = [tuple(a.shape) for a in args if isinstance(a, Tensor)]
    if base in ("mm", "bmm") and len(shapes) == 2:
        return 2 * math.prod(shapes[0]) * shapes[1][-1]
    if base in ("addmm", "baddbmm") and len(shapes) == 3:
        return 2 * math.prod(shapes[1]) * shapes[2][-1]
    if base in ("convolution", "conv2d") and len(shapes) >= 2 and isinstance(out, Tensor):
        return 2 * math.prod(out.shape) * math.prod(shapes[1][1:])
    return math.prod(out.shape) if base in ("add", "mul") and isinstance(out, Tensor) else 0


def _new_bytes(args: tuple[Any, ...], out: Any) -> int:
    """Bytes of results that are neither arguments nor views of them."""
    given = {id(a) for a in args} | {id(a._storage) for a in args if isinstance(a, Tensor) and a._storage is not None}
    outs = [out] if isinstance(out, Tensor) else [t for t in out if isinstance(t, Tensor)] if isinstance(out, (list, tuple)) else []
    return sum(t.nbytes for t in outs if id(t) not in given and (t._storage is None or id(t._storage) not in given))


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
    "ProfilerActivity",
    "emit_itt",
    "emit_nvtx",
    "kineto_available",
    "load_nvprof",
    "parse_nvprof_trace",
    "profile",
    "record_function",
]
