"""The benchmark runner's arithmetic, with made-up clocks and libraries: nothing here depends on how fast a machine is."""

import importlib
import json
import struct
import sys
import zlib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def benchmarks_on_path(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))


def part(name):
    return importlib.import_module(f"benchmarks.{name}")


def result(ours, theirs=(), **fields):
    return part("timing").Result("a row", "ladder", ours, theirs, **fields)


def clock(cost, log=None, name=""):
    """A timer whose statement takes `cost` seconds, whatever the machine does."""

    def timer(number):
        if log is not None:
            log.append((name, number))
        return cost * number

    return timer


def test_ratio_is_of_medians_and_of_minima():
    row = result([1.0, 3.0, 100.0], [6.0, 2.0, 7.0])
    assert row.ratio == 0.5
    assert row.best_ratio == 0.5
    assert result([4.0, 2.0, 2.0], [8.0, 8.0, 1.0]).best_ratio == 2.0


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [({"target": 0.5}, "met"), ({"target": 0.49}, "missed"), ({}, ""), ({"limit": 1.0}, "met"), ({"limit": 0.9}, "missed")],
)
def test_verdict_compares_with_the_target(fields, verdict):
    assert result([1.0], [2.0], **fields).verdict == verdict


def test_one_side_alone_has_no_ratio_and_no_verdict():
    row = result([1.0], target=0.5)
    assert (row.ratio, row.best_ratio, row.verdict) == (None, None, "")
    assert result([1.0], limit=2.0).verdict == "met"


@pytest.mark.parametrize(("cost", "number"), [(1e-6, 20_000), (1e-3, 20), (0.5, 1)])
def test_batch_takes_about_a_fiftieth_of_a_second(cost, number):
    assert part("timing").calls_per_batch(clock(cost)) == number


def test_sides_alternate_and_the_beginner_changes():
    log = []
    taken = part("timing").alternate([clock(1e-3, log, "ours"), clock(2e-3, log, "theirs")], rounds=3)
    assert taken == [pytest.approx([1e-3] * 3), pytest.approx([2e-3] * 3)]
    assert [name for name, _ in log[-6:]] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert set(log[-6:]) == {("ours", 20), ("theirs", 10)}
    with pytest.raises(ValueError, match="at least one round; got 0"):
        part("timing").alternate([], 0)


def test_statement_runs_as_often_as_asked():
    seen = []
    assert part("timing").timer_of("seen.append(1)", {"seen": seen})(7) >= 0
    assert len(seen) == 7


def test_no_round_begins_after_the_cap():
    taken = part("timing").alternate([clock(0.5), clock(0.25)], rounds=9, cap=1.0)
    assert taken == [[0.5, 0.5], [0.25, 0.25]]


def test_statement_is_timed_by_the_clock_it_is_given():
    ticks = iter(range(100))
    assert part("timing").timer_of("pass", {}, clock=lambda: next(ticks))(5) == 1


def test_what_runs_before_a_statement_is_not_timed():
    ticks = iter(range(100))
    names = {"seen": [], "tick": lambda: next(ticks)}
    timer = part("timing").timer_of("seen.append(1)", names, lambda: next(ticks), "seen.append(0); tick()")
    assert timer(3) == 3
    assert names["seen"] == [0, 1] * 3


@pytest.mark.parametrize(
    ("value", "text"), [(1.5, "1.5 s"), (0.01234, "12.3 ms"), (8.12e-7, "812 ns"), (9.999e-7, "1 µs"), (3.2e-9, "3.2 ns")]
)
def test_seconds_have_the_unit_that_suits_them(value, text):
    assert part("report").seconds(value) == text


def test_line_tells_ratio_target_and_verdict():
    report = part("report")
    assert report.line(result([1e-6], [2e-6], target=0.4)).split() == [
        "a",
        "row",
        "1",
        "µs",
        "2",
        "µs",
        "0.50",
        "0.50",
        "≤",
        "0.40",
        "missed",
    ]
    broken = result((), error="NameError: no such op")
    assert report.line(broken).endswith("does not run: NameError: no such op")
    assert report.summary([broken, result([1.0], [2.0], target=1)]) == "1 targets met, 0 missed, 1 rows did not run"


def test_json_holds_every_round(tmp_path):
    report = part("report")
    report.write_json(tmp_path / "b.json", [result([1.0, 2.0], [4.0, 4.0], target=0.5)], report.machine(1, {"torch": "2.13.0"}))
    found = json.loads((tmp_path / "b.json").read_text())
    assert found["machine"]["threads"] == 1
    (row,) = found["rows"]
    assert (row["ours"], row["torch"], row["ratio"], row["verdict"]) == ([1.0, 2.0], [4.0, 4.0], 0.375, "met")


def test_page_of_ratios_has_the_slowest_first():
    report = part("report")
    rows = [result([1.0], [2.0]), result([6.0], [1.0]), result((), error="KeyError: no")]
    page = report.markdown(rows, {**report.machine(1, {"torch": "2.13.0"}), "load": 0.5})
    assert "2 rows: 0 above 10, 1 above 5, 1 above 2, 1 above 1." in page
    assert [line.split("|")[4].strip() for line in page.splitlines() if line.startswith("| `")] == ["6.00", "0.50"]
    assert "* `a row`: KeyError: no" in page


# ---- rows ----


def test_sweep_names_only_what_is_there():
    ops, table = part("rows_ops"), part("ops_table")
    known = {"torch", "F", "_", "i", "range", *table.OPERANDS}
    rows = [r for r in part("row").ROWS.values() if r.group == ops.SWEEP]
    assert len(rows) > 700
    for text in [*(r.statement for r in rows), *table.OPERANDS.values()]:
        assert known.issuperset(ops.names_in(text)), text


def test_sweep_has_every_elementwise_op():
    from ft_dispatch.registry import OPS

    called = " ".join(r.statement for r in part("row").ROWS.values() if r.group == part("rows_ops").SWEEP)
    public = [o for o in OPS.values() if o.kind.name == "ELEMENTWISE" and "function" in o.variants and not o.base.startswith("_")]
    assert [o.base for o in public if f"torch.{o.base}(" not in called] == []


def test_operands_are_made_once_and_only_those_named():
    made = part("rows_ops").operands(__import__("frankentorch"), "torch.add(m, row)")
    assert set(made) == {"torch", "F", "m", "row", "x"}
    assert made["m"].sum().item() == (made["x"] > 0).sum().item()


def library(name="stand_in", cost=0.0):
    seeds = []
    return SimpleNamespace(__name__=name, manual_seed=seeds.append, seeds=seeds, cost=cost)


def test_both_sides_start_from_one_seed():
    row, run = part("row").Row("a row", "ladder", "n += 1", lambda torch: {"n": torch.cost}), part("run")
    sides = library(), library()
    assert run.measured(row, *sides, rounds=2).error.startswith("UnboundLocalError")
    assert sides[0].seeds == sides[1].seeds == [run.SEED]


def test_failed_check_is_the_rows_error():
    def check(names):
        raise AssertionError("the loss is 0")

    row = part("row").Row("a row", "training", "pass", lambda torch: {}, 0.8, check)
    made = part("run").measured(row, library(), None, rounds=1)
    assert made.error == "AssertionError: the loss is 0"
    assert not made.ours


def test_training_rows_refuse_a_loss_that_is_gone():
    training = part("rows_training")
    training.still_learning({"losses": [SimpleNamespace(item=lambda: 2.3)]})
    with pytest.raises(AssertionError, match=r"not above 0\.1"):
        training.still_learning({"losses": [SimpleNamespace(item=lambda: 1e-5)]})


def test_row_names_are_unique():
    row = part("row")
    enter = row.row("made up for a test", "pass", group="ladder")
    try:
        enter(lambda torch: {})
        with pytest.raises(ValueError, match="there already"):
            enter(lambda torch: {})
    finally:
        del row.ROWS["made up for a test"]


def test_options_choose_rows():
    run = part("run")
    ladder, only = run.arguments(["--ladder"]), run.arguments(["--only", "MATMUL"])
    assert run.wanted("add", "ladder", ladder)
    assert not run.wanted("matmul 64", "kernels", ladder)
    assert not run.wanted("import", "import", ladder)
    assert run.wanted("add", "ladder", run.arguments(["--ladder", "--calls"]))
    assert run.wanted("matmul 64", "kernels", only)
    assert not run.wanted("add", "ladder", only)
    with pytest.raises(SystemExit):
        run.arguments(["--threads", "0"])


def test_script_sees_the_library_it_is_given(tmp_path, monkeypatch):
    for name in ("made_up", "made_up.nn", "made_up.nn.functional"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    side = sys.modules["made_up"]
    side.nn, side.nn.functional = sys.modules["made_up.nn"], sys.modules["made_up.nn.functional"]
    script = tmp_path / "script.py"
    script.write_text("import math\nimport torch\nfrom torch import nn\nfrom torch.nn import functional as F\nimport torch.nn\n")
    names = part("sides").import_as(side, script)
    assert names["torch"] is side
    assert names["nn"] is side.nn
    assert names["F"] is side.nn.functional
    assert names["math"] is sys.modules["math"]


def test_import_row_alternates_after_a_first_import(monkeypatch):
    imports = part("imports")
    asked = []
    monkeypatch.setattr(
        imports, "once", lambda module, bytecode: asked.append(module) or {"frankentorch": 0.25, "torch": 1.0}[module]
    )
    row = imports.measure(True, times=2)
    assert asked == ["frankentorch", "torch"] * 3
    assert (row.ratio, row.verdict) == (0.25, "met")


def test_import_that_fails_is_the_rows_error(monkeypatch):
    imports = part("imports")
    monkeypatch.setattr(imports, "CODE", "raise ImportError('no {}')")
    assert imports.measure(False).error == "ImportError: no frankentorch"


def test_import_is_timed_with_bytecode_of_its_own(tmp_path, monkeypatch):
    imports = part("imports")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert imports.once("colorsys", str(tmp_path)) > 0
    assert list(tmp_path.rglob("colorsys*.pyc"))


def test_careful_calls_are_counted_and_routed_ones_are_not():
    import frankentorch as torch

    x = torch.ones(3)

    def routed():
        for _ in range(3):
            torch.add(x, x)

    roads = part("roads")
    routed()
    assert roads.careful_calls(routed) == {}
    assert roads.careful_calls(lambda: torch.add(x, x, out=torch.empty(3)))["add.Tensor"] == 1
    assert sys.getprofile() is None


# ---- the picture ----


def pixels(png):
    """Rows of RGB bytes of an unfiltered 8-bit PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, stream, width = 8, b"", 0
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width = struct.unpack(">I", body[:4])[0]
        stream += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, stride = zlib.decompress(stream), 3 * width + 1
    return [raw[i + 1 : i + stride] for i in range(0, len(raw), stride)]


def test_bar_reaches_from_one_to_the_ratio(tmp_path):
    plot = part("plot")
    plot.draw([result([1.0], [2.0], target=0.6), result((), error="gone")], tmp_path / "p.png")
    rows = pixels((tmp_path / "p.png").read_bytes())
    middle = rows[plot.TOP + 14]
    coloured = [x for x in range(len(middle) // 3) if tuple(middle[3 * x : 3 * x + 3]) == plot.MET]
    assert (coloured[0], coloured[-1]) == (plot.place(0.5), plot.place(1.0) - 1)
    assert plot.place(1e-9) == plot.place(plot.FLOOR)
    assert len(rows) == plot.TOP + plot.ROW + 12
