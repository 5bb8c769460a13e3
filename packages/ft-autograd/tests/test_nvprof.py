"""Traces of nvprof: a small SQLite file with two ranges, one inside the other, and the kernels they launched."""

import sqlite3

import pytest

from ft_autograd import profiler, profiler_legacy
from ft_autograd.library import triton_op, wrap_triton
from ft_dispatch import surface as torch

TABLES = """
CREATE TABLE StringTable (_id_ INTEGER, value TEXT);
CREATE TABLE CUPTI_ACTIVITY_KIND_MARKER (id INTEGER, name INTEGER, timestamp INTEGER);
CREATE TABLE CUPTI_ACTIVITY_KIND_RUNTIME (_id_ INTEGER, cbid INTEGER, start INTEGER, end INTEGER, correlationId INTEGER);
CREATE TABLE CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL (start INTEGER, end INTEGER, name INTEGER, correlationId INTEGER);
INSERT INTO StringTable VALUES (1, 'outer'), (2, 'aten::mm'), (3, 'gemm');
INSERT INTO CUPTI_ACTIVITY_KIND_MARKER VALUES (8, 2, 20), (8, 0, 60), (7, 1, 10), (7, 0, 100);
INSERT INTO CUPTI_ACTIVITY_KIND_RUNTIME VALUES (1, 211, 30, 35, 5), (2, 211, 70, 75, 6);
INSERT INTO CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL VALUES (40, 55, 3, 5), (80, 90, 3, 6);
"""


def trace(folder, *more):
    path = folder / "trace.nvvp"
    with sqlite3.connect(path) as made:
        made.executescript(TABLES)
        for line in more:
            made.execute(line)
    made.close()
    return path


def test_ranges_and_their_kernels(tmp_path):
    events = profiler.load_nvprof(trace(tmp_path))
    assert [(e.name, e.time_range.start, e.time_range.end, e.thread) for e in events] == [
        ("outer", 10, 100, 0),
        ("aten::mm", 20, 60, 0),
    ]
    assert [[tuple(k) for k in e.kernels] for e in events] == [[(3, 0, 15), (3, 0, 10)], [(3, 0, 15)]]
    assert "aten::mm" in events.table()
    assert [e.name for e in profiler.parse_nvprof_trace(tmp_path / "trace.nvvp")] == ["outer", "aten::mm"]


def test_bad_traces(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        profiler.load_nvprof(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "text").write_text("no database, and long enough not to be taken for an empty one" * 10)
    with pytest.raises(sqlite3.DatabaseError):
        profiler.load_nvprof(tmp_path / "text")
    with pytest.raises(RuntimeError, match=r"duplicate key: \(7,\)"):
        profiler.load_nvprof(trace(tmp_path, "INSERT INTO CUPTI_ACTIVITY_KIND_MARKER VALUES (7, 1, 11)"))


def test_kernels_that_nobody_launched(tmp_path):
    path = trace(tmp_path, "UPDATE CUPTI_ACTIVITY_KIND_RUNTIME SET cbid = 13 WHERE _id_ = 2")
    with pytest.raises(AssertionError, match="Expected cbid to be 211, but got 13"):
        profiler.load_nvprof(path)


def test_the_older_name_of_the_profiler():
    with profiler_legacy.profile(record_shapes=True, use_cuda=False) as old:
        torch.ones(2, 3).exp()
    assert "aten::exp" in [event.name for event in old.function_events]


def test_names_of_triton():
    @triton_op("tests_of_triton::twice", mutates_args=())
    def twice(x: torch.Tensor) -> torch.Tensor:
        return x * 2

    assert twice(torch.ones(2)).tolist() == [2.0, 2.0]
    with pytest.raises(RuntimeError, match=r"only works on functions annotated with triton.jit"):
        wrap_triton(lambda x: x)
    jitted = type("JITFunction", (), {"__module__": "triton.runtime.jit"})()
    assert wrap_triton(jitted) is jitted
