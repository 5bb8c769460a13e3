"""`--oracle=torch`: every op of an installed torch's database, live, with gradients. One test per op that is built here."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ft_conformance import facade
from ft_conformance.oracle import DTYPES, load_oracle, reports, select
from ft_conformance.oracle_cases import OracleRun


@cache
def _run() -> tuple[OracleRun, list[Any]]:
    torch, database = load_oracle()
    return OracleRun(torch, facade.make(), facade.families(), grad=True), database


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per entry of torch's database whose family we have; none without `--oracle=torch`."""
    if "entry" not in metafunc.fixturenames:
        return
    config = metafunc.config
    chosen: list[Any] = []
    if config.getoption("--oracle", default="fixtures") == "torch":
        run, database = _run()
        asked = config.getoption("--op"), config.getoption("--family")
        chosen = [info for info in select(run, database, *asked) if run.family(info)]
    metafunc.parametrize(
        "entry", chosen, ids=lambda info: f"{info.name}{'.' + info.variant_test_name if info.variant_test_name else ''}"
    )


def test_op_agrees_with_live_torch(entry: Any) -> None:
    """Every sample of one entry in every dtype, its in-place form, gradients and error inputs."""
    run, _ = _run()
    wrong = [f"{r.dtype}: {r.failures} {r.first}" for r in reports(run, iter([entry]), DTYPES) if r.status == "fail"]
    assert not wrong, "\n".join(wrong)
