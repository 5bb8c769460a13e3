"""The kit's pytest plugin: which device is asked, up to which level, who answers, and what is written about it.

python -m pytest -p ft_conformance.plugin --pyargs ft_conformance --ft-device=abacus --ft-json=report.json
python -m pytest -p ft_conformance.plugin --pyargs ft_conformance --oracle=torch --family=reduction
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

LEVELS = ("memory", "primitives", "table", "gradients", "compile", "fused ops")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("ft_conformance", "FrankenTorch's conformance kit")
    group.addoption("--ft-device", default="cpu", help="the device under test (default: cpu)")
    group.addoption("--ft-level", type=int, default=None, help="ask up to this level; default: what the backend declares")
    group.addoption("--ft-expected", type=Path, default=None, help="known differences, `L2/op: reason` a line; strict")
    group.addoption("--ft-json", type=Path, default=None, help="write what came out to this file")
    group.addoption(
        "--oracle", choices=("fixtures", "torch"), default="fixtures", help="who answers: recorded fixtures, or a torch"
    )
    group.addoption("--family", action="append", default=[], help="only ops of this family of the op table; repeatable")
    group.addoption("--op", action="append", default=[], help="only this op; repeatable")


class Rows:
    """Outcomes by level, gathered from reports wherever the tests ran."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One row per check and mode."""
        about = dict(report.user_properties)
        if "ft_check" in about and (report.when == "call" or report.outcome == "skipped"):
            row = {"check": about["ft_check"], "mode": about["ft_mode"], "outcome": report.outcome}
            if report.failed:
                row["difference"] = str(report.longrepr).rsplit("\nE  ", 1)[-1].strip()[:400]
            self.rows.append(row)

    def table(self, declared: str) -> list[str]:
        """Lines of a table: level, passed, failed."""
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            counts[int(row["check"][1])][row["outcome"] != "passed"] += 1
        lines = [f"{'level':14} {'passed':>7} {'failed':>7}"]
        for level, (passed, failed) in sorted(counts.items()):
            lines.append(f"L{level} {LEVELS[level]:11} {passed:7} {failed:7}")
        kept = next((level - 1 for level in sorted(counts) if counts[level][1]), max(counts))
        lines.append(f"declared: {declared}; kept: {f'L{kept}' if kept >= 0 else 'none'}")
        return lines


def pytest_configure(config: pytest.Config) -> None:
    """Gather rows in the process that reports."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Rows(), "ft_rows")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table, and the file."""
    rows: Any = config.pluginmanager.get_plugin("ft_rows")
    if rows is None or not rows.rows:
        return
    from .levels import Target  # noqa: PLC0415  # the product loads only where checks ran

    name = config.getoption("--ft-device")
    declared = f"L{int(Target(name).level)}"
    terminalreporter.section(f"conformance of {name}")
    for line in rows.table(declared):
        terminalreporter.write_line(line)
    path = config.getoption("--ft-json")
    if path is not None:
        path.write_text(json.dumps({"device": name, "declared": declared, "checks": rows.rows}, indent=1), encoding="utf-8")
