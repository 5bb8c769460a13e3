"""Calls that trip users of the tensor surface: wrong arguments, old forms, odd dtypes. Torch 2.13's answers are in `data/surface_probes.json`.

A result must be equal to the letter. An exception must be of torch's type and begin with its words, but for the lists of overloads that torch's
parser prints. With `-m oracle` the recorded answers are asked of torch again.
"""

import ast
import json
import warnings
from pathlib import Path

import numpy as np
import pytest

import frankentorch as torch

PROBES = json.loads((Path(__file__).parent / "data" / "surface_probes.json").read_text(encoding="utf-8"))

LIST_OF_OVERLOADS = "received an invalid combination of arguments"


def ask(source, lib):
    """The repr of the last expression, or the exception as the file writes it: its type and the first line of its text."""
    scope = {"torch": lib, "np": np, "nn": lib.nn, "F": lib.nn.functional}
    lib.manual_seed(0)
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, "<probe>", "exec"), scope)
            return repr(None if last is None else eval(compile(ast.Expression(last.value), "<probe>", "eval"), scope))
    except Exception as error:  # noqa: BLE001  # exceptions are answers
        return f"!! {type(error).__module__}.{type(error).__qualname__}: {str(error).splitlines()[0]}"


def agrees(answer, expected):
    """Equal results, or exceptions of one type whose text begins as torch's."""
    if not expected.startswith("!! "):
        return answer == expected
    kind, _, text = expected.partition(": ")
    return answer.startswith(f"{kind}: ") and (LIST_OF_OVERLOADS in text or answer.partition(": ")[2].startswith(text))


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["src"][:60])
def test_answers_as_torch(probe):
    answer = ask(probe["src"], torch)
    assert agrees(answer, probe["out"]), answer


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("tensor(1)", "tensor(2)"),
        ("tensor(1)", "!! builtins.TypeError: no"),
        ("!! builtins.TypeError: no", "tensor(1)"),
        ("!! builtins.TypeError: no", "!! builtins.ValueError: no"),
        ("!! builtins.TypeError: yes", "!! builtins.TypeError: no"),
    ],
)
def test_a_wrong_answer_does_not_agree(answer, expected):
    assert not agrees(answer, expected)


@pytest.mark.oracle
def test_the_recorded_answers_are_torchs():
    real = pytest.importorskip("torch", "2.13")
    assert {p["src"]: ask(p["src"], real) for p in PROBES} == {p["src"]: p["out"] for p in PROBES}


def test_what_is_refused_draws_no_number():
    torch.manual_seed(0)
    expected = torch.rand(2)
    torch.manual_seed(0)
    for call in (lambda: torch.rand(2, seed=3), lambda: torch.randint(5, (2,), seed=3), lambda: torch.ones(2).uniform_(high=3)):
        with pytest.raises(TypeError):
            call()
    assert torch.equal(torch.rand(2), expected)
