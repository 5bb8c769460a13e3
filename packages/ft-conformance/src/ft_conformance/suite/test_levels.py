"""Every check of the levels a device declares, in strict and in hardened mode. `--ft-device`, `--ft-level`, `--op` and `--family` choose.

Ops that torch has and we lack are not tests; `python -m ft_conformance.parity` lists them.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ft_conformance import facade
from ft_conformance.levels import Check, Target, checks
from ft_dispatch.mode import mode as set_mode


@cache
def target(name: str) -> Target:
    """The device under test, made once."""
    return Target(name)


@cache
def expected(path: Path) -> dict[str, str]:
    """Checks known to fail, each with its reason; strict: one that passes after all is a failure until its line is removed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per check and mode."""
    if "check" not in metafunc.fixturenames:
        return
    asked = metafunc.config.getoption
    device = target(asked("--ft-device", default="cpu"))
    level = asked("--ft-level", default=None)
    level = int(device.level) if level is None else level
    chosen = [check for check in checks(device) if int(check.level) <= level]
    ops, families = asked("--op", default=[]), asked("--family", default=[])
    if ops:
        chosen = [check for check in chosen if check.name in ops]
    if families:
        known = facade.families()
        chosen = [check for check in chosen if known.get(check.name) in families]
    metafunc.parametrize("check", chosen, ids=lambda check: check.id)


@pytest.fixture(params=["strict", "hardened"])
def mode(request: pytest.FixtureRequest) -> Any:
    """Both modes give the same results on valid input."""
    with set_mode(request.param):
        yield request.param


def test_check(check: Check, mode: str, request: pytest.FixtureRequest, record_property: Any) -> None:
    """The device does what this check asks."""
    record_property("ft_check", check.id)
    record_property("ft_mode", mode)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            wrong = check.run()
        except Exception as error:  # noqa: BLE001  # a check that raises is a difference like others
            wrong = f"raised {type(error).__name__}: {error}"
    given = request.config.getoption("--ft-expected", default=None)
    named = request.config.getoption("--ft-device", default="cpu")
    if given is None and named == "cpu":
        given = Path(__file__).parent / "expected_failures.txt"
    known = {} if given is None else expected(given)
    if check.id in known:
        assert wrong, f"{check.id} passes by now; remove its line ({known[check.id]!r}) from {given.name}"
        return
    assert not wrong, f"{check.id}: {wrong}"
