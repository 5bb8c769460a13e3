"""The parity page says what was measured: green entries, gaps and missing ones apart, and a page that is out of date is noticed."""

import json
from pathlib import Path

from ft_conformance import facade, parity

COMMON = {"family": "binary", "missing": "", "unconvertible": 0}
REPORTS = {
    "torch": "2.13.0",
    "limit": None,
    "reports": [
        {"op": "add", "dtype": "float32", "status": "pass", "cases": 3, "failures": {}, "first": "", **COMMON},
        {"op": "add", "dtype": "errors", "status": "pass", "cases": 1, "failures": {}, "first": "", **COMMON},
        {"op": "sub", "dtype": "float32", "status": "pass", "cases": 3, "failures": {}, "first": "", **COMMON},
        {
            "op": "sub",
            "dtype": "int64",
            "status": "fail",
            "cases": 2,
            "failures": {"value": 1, "out": 1},
            "first": "a | b",
            **COMMON,
        },
        {"op": "gone", "dtype": "int64", "status": "missing", "cases": 0, "failures": {}, "first": "", **COMMON},
    ],
}
KIT = {
    "device": "cpu",
    "declared": "L5",
    "checks": [
        {"check": "L2/exp", "mode": "strict", "outcome": "passed"},
        {"check": "L2/log", "mode": "strict", "outcome": "failed"},
    ],
}
KEPT = parity.measured(REPORTS, KIT, {"torch.fft": {"names": 3, "ops": 1, "absent": ["ihfft"]}}, ["add"])
ROOT = Path(__file__).parents[3]


def test_page_counts_each_kind():
    text = parity.page(KEPT)
    assert "**1 of 3 entries are green in every case and dtype, 1 have a gap, 1 are missing.**" in text
    assert "| binary | 3 | 1 | 1 | 1 | 8 | 2 |" in text
    assert "| sub | out= 1, value 1 | int64: a \\| b |" in text
    assert "Missing: `gone`." in text
    assert "| L2 strict | 1 | 1 |" in text
    assert "| torch.fft | 3 | 1 | 1 | 1 | ihfft |" in text
    assert "| sub | binary | gap | 3 | 2/2 |  |" in text


def test_a_wrong_error_type_is_a_gap():
    wrong = {"op": "add", "dtype": "errors", "status": "fail", "cases": 1, "failures": {"error": 1}, "first": "x", **COMMON}
    row = parity.measured({**REPORTS, "reports": [REPORTS["reports"][0], wrong]}, None, None, [])["ops"]["add"]
    assert parity.status(row) == "gap"


def test_command_writes_the_page_and_keeps_the_measurement(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(parity, "KEPT", tmp_path / "kept.json")
    (tmp_path / "r.json").write_text(json.dumps(REPORTS))
    assert parity.main(["--json", str(tmp_path / "r.json"), "--out", str(tmp_path / "P.md")]) == 0
    text = (tmp_path / "P.md").read_text()
    assert "1 of 3" in capsys.readouterr().out
    assert parity.main(["--out", str(tmp_path / "again.md")]) == 0
    assert (tmp_path / "again.md").read_text() == text


def test_the_page_is_the_last_measurement_and_the_table_is_the_measured_one():
    kept = json.loads(parity.KEPT.read_text(encoding="utf-8"))
    advice = "run `nox -s parity`, which measures again"
    assert kept["table"] == parity.op_names(), f"ops came or went since the last measurement: {advice}"
    if (ROOT / "PARITY.md").exists():
        assert (ROOT / "PARITY.md").read_text(encoding="utf-8") == parity.page(kept), (
            f"PARITY.md is not of the last measurement: {advice}"
        )


def test_families_know_the_public_names():
    known = facade.families()
    assert known["add"] == "binary"
    assert known["absolute"] == "unary"
    assert known["nn.functional.gelu"] == "activation"
