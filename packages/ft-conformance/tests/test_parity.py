"""The parity page says what was measured: agreeing, differing and missing entries are counted apart."""

from ft_conformance import facade, parity
from ft_conformance.parity import Measured, Row, from_reports, page
from ft_conformance.store import Case, Fixtures, StoredTensor, Writer

ROWS = Measured(
    "a test",
    [Row("add", "binary", 4), Row("sub", "binary", 4, 1, "float32: value: a | b"), Row("fancy", "", missing=True)],
)


def test_page_counts_each_kind():
    text = page(ROWS)
    assert "**1 of 3 entries agree in every case, 1 differ somewhere, 1 are not built.**" in text
    assert "| binary | 2 | 1 | 1 | 8 | 1 |" in text
    assert "| sub | 4 | 1 | float32: value: a \\| b |" in text
    assert "`fancy`" in text


def test_oracle_reports_are_put_together_by_op():
    common = {"family": "binary", "missing": "", "unconvertible": 0}
    data = {
        "torch": "2.13.0",
        "reports": [
            {"op": "add", "dtype": "float32", "status": "pass", "cases": 3, "failures": {}, "first": "", **common},
            {"op": "add", "dtype": "int64", "status": "fail", "cases": 2, "failures": {"value": 2}, "first": "x", **common},
            {"op": "gone", "dtype": "int64", "status": "missing", "cases": 0, "failures": {}, "first": "", **common},
        ],
    }
    add, gone = from_reports(data).rows
    assert (add.cases, add.differ, add.first) == (5, 2, "int64: x")
    assert gone.missing


def test_fixtures_are_measured_not_assumed(tmp_path, monkeypatch):
    one, two = (StoredTensor("int64", (), (), bytes([n]) + bytes(7)) for n in (1, 2))
    writer = Writer("2.13.0")
    for op, call, result in (("right", "clone", one), ("wrong", "clone", two), ("raises", "mm", one), ("gone", "no_such", one)):
        writer.add(Case(op, call, "int64", (one,), {}, result))
    writer.write(tmp_path / "f.npz")
    rows = {row.op: row for row in parity.from_fixtures(Fixtures(tmp_path / "f.npz")).rows}
    assert rows["right"].cases == 1
    assert rows["right"].differ == 0
    assert "value" in rows["wrong"].first
    assert "raised" in rows["raises"].first
    assert rows["gone"].missing


def test_command_writes_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(parity, "from_fixtures", lambda: ROWS)
    assert parity.main(["--out", str(tmp_path / "P.md")]) == 0
    assert (tmp_path / "P.md").read_text() == page(ROWS)
    assert "1 of 3" in capsys.readouterr().out


def test_families_know_the_public_names():
    known = facade.families()
    assert known["add"] == "binary"
    assert known["absolute"] == "unary"
    assert known["nn.functional.gelu"] == "activation"
