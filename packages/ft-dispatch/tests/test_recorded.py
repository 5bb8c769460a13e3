"""Against what torch answered: the lines of sparse_expressions and plain_expressions, in every suite; test_layouts_oracle asks torch again."""

from __future__ import annotations

import builtins
import json

import pytest
from recorded import FILE, lines, outcome, said

import ft_autograd  # noqa: F401  # some expressions record
from ft_dispatch import surface as torch

ANSWERS = json.loads(FILE.read_text(encoding="utf-8"))


def agree(found, wanted):
    """Equal texts, or an exception of the recorded class (ours may be more special) with the recorded words, if there are any."""
    if isinstance(wanted, str) or not isinstance(found, Exception):
        return found == wanted
    kind = getattr(builtins, wanted[0])
    return (isinstance(found, kind) or issubclass(kind, type(found))) and said(found) in (wanted[1:] or [said(found)])


def test_the_comparison_sees_a_difference():
    assert agree("tensor(1)", "tensor(1)")
    assert not agree("tensor(1)", "tensor(2)")
    assert not agree("tensor(1)", ["RuntimeError"])
    assert not agree(RuntimeError("no"), "tensor(1)")
    assert not agree(TypeError("no"), ["RuntimeError"])
    assert agree(NotImplementedError("no"), ["RuntimeError"])
    assert agree(RuntimeError("no"), ["RuntimeError", "no"])
    assert not agree(RuntimeError("yes"), ["RuntimeError", "no"])


def test_every_line_has_an_answer():
    assert [(group, line) for group, found in ANSWERS.items() for line in found] == list(dict.fromkeys(lines()))


@pytest.mark.parametrize(("group", "source"), lines(), ids=[f"{g}-{s}" for g, s in lines()])
def test_it_answers_what_torch_answered(group, source):
    found = outcome(torch, source, group)
    assert agree(found, ANSWERS[group][source]), found
