"""The mandatory primitives: about sixty, and enough; the page in the documentation is fresh."""

from pathlib import Path

import pytest
from op_samples import Harvest, samples
from test_contracts_17 import detached

from ft_core import device
from ft_dispatch import primitives as table
from ft_dispatch.execute import decomposed
from ft_dispatch.kinds import COMPOSITE, CREATION, RANDOM, VIEW
from ft_dispatch.registry import OPS

PAGE = Path(__file__).parents[3] / "docs/reference/primitives.md"
NAMES = {op.name for op in table.mandatory()}
TRAINED_WITH = "unary binary compare activation softmax norm loss reduction matmul".split()


def test_there_are_about_sixty():
    assert 40 <= len(NAMES) <= 70
    assert {"add.Tensor", "mm", "exp", "where.self", "sum.dim_IntList"} <= NAMES


@pytest.mark.parametrize(
    "name",
    [op.name for op in OPS.values() if op.family in TRAINED_WITH and op.decomposition is not None and op.kind is not COMPOSITE],
)
def test_they_are_enough(name):
    """Taken apart as far as it goes, an op of the families that networks train with ends in mandatory primitives."""
    op, rare = OPS[name], table.RARE | {"bitwise_left_shift", "bitwise_right_shift", "erf", "erfinv", "lgamma"}
    assert samples().get(name), f"no sample for {name}: add one to op_samples.PROGRAMS"
    seen: set[str] = set()
    for args in samples()[name]:
        _take_apart(op, detached(args), seen, set())
    wanting = {n for n in seen - NAMES if OPS[n].base not in rare and OPS[n].kind not in (VIEW, CREATION, RANDOM)}
    assert not wanting, f"{name} needs {wanting}"


def _take_apart(op, args, seen, done):
    if op.name in done or op.kind in (VIEW, CREATION, RANDOM) or op.name in table.BUILTIN:
        return
    done.add(op.name)
    if op.decomposition is None:
        seen.add(op.name)
        return
    mode = Harvest()
    with mode:
        decomposed(op, args, device("cpu"))
    for inner, given in mode.calls:
        _take_apart(inner, given, seen, done)


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == table.page(), (
        "run python -m ft_dispatch.primitives --write docs/reference/primitives.md"
    )


def test_missing_names_what_a_table_lacks():
    assert table.missing(dict.fromkeys(NAMES - {"mm"})) == ["mm"]
