"""The kit's pytest plugin: `--oracle=torch` asks an installed torch instead of the recorded fixtures, `--family` and `--op`
narrow it.

python -m pytest -p ft_conformance.plugin --pyargs ft_conformance --oracle=torch --family=reduction
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("ft_conformance", "FrankenTorch's conformance kit")
    group.addoption(
        "--oracle", choices=("fixtures", "torch"), default="fixtures", help="who answers: recorded fixtures, or a torch"
    )
    group.addoption("--family", action="append", default=[], help="only ops of this family of the op table; repeatable")
    group.addoption("--op", action="append", default=[], help="only this op; repeatable")
