"""Profiles count every op of a block, forward and backward, nest ranges, and are written as tables and Chrome traces."""

import json

import pytest

from ft_autograd.profiler import profile, record_function
from ft_dispatch import surface as torch


def step():
    x = torch.ones(4, 4).requires_grad_()
    with record_function("forward"):
        y = (x @ x).tanh().sum()
    with record_function("backward"):
        y.backward()


def test_ops_are_counted_and_timed():
    with profile(record_shapes=True) as prof:
        step()
    rows = {row.key: row for row in prof.key_averages()}
    assert rows["aten::mm"].count == 1
    assert rows["aten::tanh_backward"].count == 1
    (mm,) = [event for event in prof.function_events if event.name == "aten::mm"]
    assert mm.input_shapes == [[4, 4], [4, 4]]
    assert mm.cpu_parent.name == "forward"
    assert 0 < mm.cpu_time_total <= mm.cpu_parent.cpu_time_total


def test_self_time_leaves_the_children_out():
    with profile() as prof:
        step()
    outer = [event for event in prof.function_events if event.cpu_parent is None]
    assert [event.name for event in outer] == ["forward", "backward"] or {"forward", "backward"} <= {e.name for e in outer}
    total = sum(event.cpu_time_total for event in outer)
    assert prof.self_cpu_time_total == pytest.approx(total)
    assert prof.total_average().self_cpu_time_total == pytest.approx(total)


def test_a_range_in_itself_counts_once():
    @record_function("again")
    def nested(n):
        torch.ones(2).exp()
        if n:
            nested(n - 1)

    with profile() as prof:
        nested(3)
    (row,) = [row for row in prof.key_averages() if row.key == "again"]
    (first, *_) = [event for event in prof.function_events if event.name == "again"]
    assert row.count == 4
    assert row.cpu_time_total == pytest.approx(first.cpu_time_total)


def test_the_table():
    with profile() as prof:
        step()
    text = prof.key_averages().table(sort_by="self_cpu_time_total", row_limit=3, header="a step")
    lines = text.splitlines()
    assert lines[0] == "a step"
    assert [word in lines[2] for word in ("Name", "Self CPU", "# of Calls")] == [True] * 3
    assert len(lines) == 9
    assert lines[-1].startswith("Self CPU time total: ")
    with pytest.raises(AttributeError, match="cannot sort by 'colour'"):
        prof.table(sort_by="colour")


def test_grouped_by_shapes():
    with profile(record_shapes=True) as prof:
        torch.ones(2).exp()
        torch.ones(3).exp()
    rows = [row for row in prof.key_averages(group_by_input_shape=True) if row.key == "aten::exp"]
    assert sorted(row.input_shapes for row in rows) == [[[2]], [[3]]]


def test_chrome_trace(tmp_path):
    with profile() as prof:
        step()
    prof.export_chrome_trace(tmp_path / "trace.json")
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    assert {"forward", "backward", "aten::mm"} <= {event["name"] for event in events}
    assert all(event["ph"] == "X" and event["dur"] >= 0 for event in events)


def test_outside_nothing_is_recorded():
    with profile() as prof:
        pass
    step()
    assert prof.function_events == []
    with profile(enabled=False) as off:
        step()
    assert off.function_events == []
    with prof, pytest.raises(RuntimeError, match="not reentrant"), prof:
        pass


def test_operations_memory_and_stacks(tmp_path):
    a, b, c = torch.ones(3, 4), torch.ones(4, 5), torch.ones(3, 5)
    with profile(with_flops=True, profile_memory=True, with_stack=True) as prof:
        torch.mm(a, b)
        torch.addmm(c, a, b)
        a + a
        a.view(12)
        a.mul_(2)
    rows = {row.key: row for row in prof.key_averages()}
    assert [rows[f"aten::{name}"].flops for name in ("mm", "addmm", "add")] == [120, 120, 12]
    assert [rows[f"aten::{name}"].cpu_memory_usage for name in ("mm", "add", "view", "mul_")] == [60, 48, 0, 0]
    assert prof.total_average().flops == 252
    shown = prof.key_averages(group_by_stack_n=1).table(sort_by="flops")
    assert all(title in shown for title in ("Self CPU Mem", "Source Location", "Total FLOPs"))
    assert all("test_profiler.py(" in event.stack[0] for event in prof.function_events)
    prof.export_stacks(tmp_path / "stacks", "self_cpu_time_total")
    assert "test_operations_memory_and_stacks" in (tmp_path / "stacks").read_text()
    with pytest.raises(ValueError, match="metric should be one of"):
        prof.export_stacks(tmp_path / "stacks", "colour")


def test_collection_can_pause_and_metadata_is_written(tmp_path):
    with profile(custom_trace_id_callback=lambda: "mine") as prof:
        torch.ones(2).exp()
        prof.toggle_collection_dynamic(False)
        torch.ones(2).sin()
        prof.toggle_collection_dynamic(True)
        torch.ones(2).cos()
        prof.add_metadata("who", "me")
        prof.add_metadata_json("which", "[1]")
    seen = {event.name for event in prof.function_events}
    assert {"aten::exp", "aten::cos"} <= seen
    assert "aten::sin" not in seen
    prof.export_chrome_trace(tmp_path / "trace.json")
    written = json.loads((tmp_path / "trace.json").read_text())
    assert (written["who"], written["which"], prof.trace_id) == ("me", [1], "mine")
