"""torch.profiler: schedules decide which steps are recorded, and traces are handed over when they are ready."""

import json

import pytest

import frankentorch as torch
from frankentorch.profiler import ProfilerAction, ProfilerActivity, profile, record_function, schedule, tensorboard_trace_handler

NONE, WARMUP, RECORD, SAVE = ProfilerAction


def test_a_schedule():
    plan = schedule(wait=1, warmup=1, active=2, repeat=2, skip_first=1)
    assert [plan(i) for i in range(11)] == [NONE, NONE, WARMUP, RECORD, SAVE, NONE, WARMUP, RECORD, SAVE, NONE, NONE]
    with pytest.raises(ValueError, match="active >= 1"):
        schedule(wait=1, warmup=1, active=0)
    early = schedule(wait=5, warmup=1, active=1, skip_first=1, skip_first_wait=1)
    assert [early(step).name for step in range(5)] == ["NONE", "WARMUP", "RECORD_AND_SAVE", "NONE", "NONE"]


def test_everything_is_recorded_without_one():
    with profile(activities=[ProfilerActivity.CPU], record_shapes=True) as prof, record_function("sums"):
        torch.ones(3).exp().sum()
    assert {"aten::exp", "aten::sum", "sums"} <= {row.key for row in prof.key_averages()}
    assert "aten::exp" in prof.key_averages().table(sort_by="cpu_time_total")


def test_only_active_steps_are_in_a_trace():
    ready = []
    with profile(schedule=schedule(wait=1, warmup=1, active=2), on_trace_ready=lambda p: ready.append(p.events())) as prof:
        for i in range(8):
            with record_function(f"step {i}"):
                torch.ones(2).exp()
            prof.step()
    assert [[e.name for e in events if e.name.startswith("step")] for events in ready] == [
        ["step 2", "step 3"],
        ["step 6", "step 7"],
    ]


def test_traces_for_tensorboard(tmp_path):
    with profile(on_trace_ready=tensorboard_trace_handler(str(tmp_path / "logs"), "one")):
        torch.ones(2).exp()
    (path,) = (tmp_path / "logs").glob("one.*.pt.trace.json")
    assert "aten::exp" in {event["name"] for event in json.loads(path.read_text())["traceEvents"]}
    with pytest.raises(ValueError, match="use_gzip=False"):
        tensorboard_trace_handler("logs", use_gzip=True)
