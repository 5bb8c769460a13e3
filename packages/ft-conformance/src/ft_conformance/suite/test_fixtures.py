"""Every recorded case of every op that is built here, in strict and in hardened mode: values, dtypes, shapes, strides, gradients.

Ops that torch has and we lack are not tests; `python -m ft_conformance.parity` lists them.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ft_conformance import facade
from ft_conformance.facade import Missing, resolve
from ft_conformance.replay import replay
from ft_conformance.store import Fixtures
from ft_dispatch.mode import mode as set_mode


@cache
def ours() -> Any:
    """Our namespace, made once."""
    return facade.make()


@cache
def fixtures() -> Fixtures:
    """The recorded cases, read once."""
    return Fixtures()


@cache
def expected() -> dict[str, str]:
    """Ops known to differ, each with its reason; strict: an op that agrees after all fails until its line is removed."""
    lines = (Path(__file__).parent / "expected_failures.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def built(op: str) -> bool:
    """Whether we have every function that the op's cases call."""
    try:
        for call in fixtures().calls(op):
            resolve(ours(), call)
    except Missing:
        return False
    return True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per op and mode; `--family` and `--op` narrow them."""
    if "op" not in metafunc.fixturenames:
        return
    names = [op for op in fixtures().ops() if built(op)]
    wanted = metafunc.config.getoption("--op", default=[])
    families = metafunc.config.getoption("--family", default=[])
    if wanted:
        names = [op for op in names if op in wanted]
    if families:
        known = facade.families()
        names = [op for op in names if known.get(op) in families]
    metafunc.parametrize("op", names)


@pytest.fixture(params=["strict", "hardened"])
def mode(request: pytest.FixtureRequest) -> Any:
    """Both modes give the same results on valid input."""
    with set_mode(request.param):
        yield request.param


def test_op_answers_as_recorded(op: str, mode: str) -> None:
    """Every case of one op: torch's dtype, shape, strides, values and gradients."""
    wrong = []
    for number, case in enumerate(fixtures().cases(op)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found: Any = replay(case, ours())
            except Exception as error:  # noqa: BLE001  # a case that raises is a difference like others
                found = f"raised {type(error).__name__}: {error}"
        if found is not None:
            wrong.append(f"case {number} ({case.dtype}): {found}")
    if op in expected():
        assert wrong, f"{op} agrees by now; remove its line ({expected()[op]!r}) from expected_failures.txt"
        return
    assert not wrong, f"{op}: {len(wrong)} of {len(fixtures().cases(op))} cases differ\n" + "\n".join(wrong[:5])
