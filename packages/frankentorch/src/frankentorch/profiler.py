"""torch.profiler: the profiler of `torch.autograd.profiler` with a schedule of steps and what to do when a trace is ready."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from ft_autograd.absent import absent
from ft_autograd.profiler import EventList, record_function
from ft_autograd.profiler import profile as _profile
from ft_autograd.profiler_util import DeviceType, ProfilerActivity, kineto_available

__all__ = [
    "DeviceType",
    "ProfilerAction",
    "ProfilerActivity",
    "kineto_available",
    "profile",
    "record_function",
    "schedule",
    "supported_activities",
    "tensorboard_trace_handler",
]


class ProfilerAction(Enum):
    """What happens in a step: nothing, warming up (watched and forgotten), recording, recording the last step of a trace."""

    NONE = 0
    WARMUP = 1
    RECORD = 2
    RECORD_AND_SAVE = 3


def supported_activities() -> set[ProfilerActivity]:
    """What can be watched."""
    return {ProfilerActivity.CPU}


def schedule(
    *, wait: int, warmup: int, active: int, repeat: int = 0, skip_first: int = 0, skip_first_wait: int = 0
) -> Callable[[int], ProfilerAction]:
    """A function from a step's number to its action: after `skip_first` steps, cycles of wait, warmup and active steps.

    repeat: number of cycles, 0 for no end; skip_first_wait: not 0 where the first cycle begins with its warmup. ValueError for negative
    numbers or no active step.
    """
    if min(wait, warmup, repeat, skip_first) < 0 or active < 1:
        raise ValueError(
            f"schedule: expected wait, warmup, repeat, skip_first >= 0 and active >= 1; got {wait}, {warmup}, {repeat}, {skip_first} "
            f"and {active}"
        )

    def action(step: int) -> ProfilerAction:
        step -= skip_first
        cycle, place = divmod(step + (wait if skip_first_wait else 0), wait + warmup + active)
        if step < 0 or (repeat and cycle >= repeat) or place < wait:
            return ProfilerAction.NONE
        if place < wait + warmup:
            return ProfilerAction.WARMUP
        return ProfilerAction.RECORD_AND_SAVE if place == wait + warmup + active - 1 else ProfilerAction.RECORD

    return action


def tensorboard_trace_handler(dir_name: str, worker_name: str | None = None, use_gzip: bool = False) -> Callable[[profile], None]:
    """An `on_trace_ready` that writes each trace to `dir_name`, compressed with `use_gzip`."""

    def handle(prof: profile) -> None:
        Path(dir_name).mkdir(parents=True, exist_ok=True)
        worker = worker_name or f"{socket.gethostname()}_{os.getpid()}"
        prof.export_chrome_trace(Path(dir_name) / f"{worker}.{time.time_ns()}.pt.trace.json{'.gz' if use_gzip else ''}")

    return handle


class profile:
    """`with profile(schedule=…, on_trace_ready=…) as prof:` with `prof.step()` after each step; without a schedule all is recorded.

    record_shapes, profile_memory, with_stack and with_flops keep what `torch.autograd.profiler.profile` says of them. The other options
    are accepted: ops are timed on the calling thread whatever they say.
    """

    def __init__(
        self,
        *,
        activities: Iterable[ProfilerActivity] | None = None,
        schedule: Callable[[int], ProfilerAction] | None = None,
        on_trace_ready: Callable[[profile], Any] | None = None,
        record_shapes: bool = False,
        profile_memory: bool = False,
        with_stack: bool = False,
        with_flops: bool = False,
        with_modules: bool = False,
        experimental_config: Any = None,
        execution_trace_observer: Any = None,
        acc_events: bool = False,
        custom_trace_id_callback: Callable[[], str] | None = None,
    ) -> None:
        self.custom_trace_id_callback = custom_trace_id_callback
        self._kept = {"with_flops": with_flops, "profile_memory": profile_memory, "with_stack": with_stack}
        self._metadata: dict[str, Any] = {}
        self._trace_id: str | None = None
        self.activities = set(activities) if activities is not None else supported_activities()
        self.schedule = schedule or (lambda step: ProfilerAction.RECORD)
        self.on_trace_ready, self.record_shapes = on_trace_ready, record_shapes
        self.step_num = 0
        self.current_action = ProfilerAction.NONE
        self._running: Any = None
        self._events = EventList()

    def __enter__(self) -> profile:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin with step 0."""
        self._turn(self.schedule(self.step_num))

    def stop(self) -> None:
        """End; a trace that is being recorded is ready now."""
        recording = self.current_action in (ProfilerAction.RECORD, ProfilerAction.RECORD_AND_SAVE)
        self._pause(keep=recording)
        if recording and self.on_trace_ready is not None:
            self.on_trace_ready(self)
        self.current_action = ProfilerAction.NONE

    def step(self) -> None:
        """The next step begins."""
        saved = self.current_action is ProfilerAction.RECORD_AND_SAVE
        self.step_num += 1
        if saved:
            self._pause(keep=True)
            if self.on_trace_ready is not None:
                self.on_trace_ready(self)
        self._turn(self.schedule(self.step_num))

    def _turn(self, action: ProfilerAction) -> None:
        before, self.current_action = self.current_action, action
        if action is ProfilerAction.NONE:
            self._pause(keep=False)
        elif self._running is None or (before is ProfilerAction.WARMUP and action is not ProfilerAction.WARMUP):
            self._pause(keep=False)
            given: dict[str, Any] = {
                "record_shapes": self.record_shapes,
                "custom_trace_id_callback": self.custom_trace_id_callback,
                **self._kept,
            }
            self._running = _profile(**given)
            self._trace_id = self._running.trace_id
            self._running.__enter__()

    def _pause(self, *, keep: bool) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)
            if keep:
                self._events = self._running.function_events
            self._running = None

    def events(self) -> EventList:
        """The events of the last trace."""
        return self._events

    def key_averages(
        self, group_by_input_shape: bool = False, group_by_stack_n: int = 0, group_by_overload_name: bool = False
    ) -> EventList:
        """One row per op of the last trace. AssertionError before there was one."""
        if self._trace_id is None:
            raise AssertionError("Profiler must be initialized before getting key averages")
        return self._events.key_averages(group_by_input_shape, group_by_stack_n, group_by_overload_name)

    def export_chrome_trace(self, path: str | Path) -> None:
        """Write the last trace as chrome://tracing reads it, compressed where the name ends in .gz."""
        self._events.export_chrome_trace(path, self._metadata)

    def export_stacks(self, path: str | Path, metric: str = "self_cpu_time_total") -> None:
        """Write the stacks of the last trace's ops with their times, as flame graph tools read them. Needs with_stack."""
        self._events.export_stacks(path, metric)

    def add_metadata(self, key: str, value: str) -> None:
        """Text to be written with the trace."""
        self._metadata[key] = value

    def add_metadata_json(self, key: str, value: str) -> None:
        """A JSON value to be written with the trace. ValueError for what is no JSON."""
        self._metadata[key] = json.loads(value)

    preset_metadata_json = add_metadata_json

    def toggle_collection_dynamic(self, enable: bool, activities: Iterable[ProfilerActivity] = ()) -> None:
        """Stop collecting ops, or go on, while a step is recorded."""
        if self._running is not None:
            self._running.toggle_collection_dynamic(enable, activities)

    def get_trace_id(self) -> str | None:
        """What names the trace; None before one was begun."""
        return self._trace_id

    def set_custom_trace_id_callback(self, callback: Callable[[], str]) -> None:
        """Let `callback()` name the traces to come."""
        self.custom_trace_id_callback = callback


profiler = sys.modules[__name__]  # torch has these names in a module of that name, too
__getattr__ = absent(
    __name__, {"ExecutionTraceObserver": "it writes Kineto's execution traces", "itt": "it annotates traces of Intel's profilers"}
)
