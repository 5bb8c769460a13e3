"""Two hundred questions to torch 2.13 whose answers trip a drop-in, asked of `import frankentorch as torch`.

`data/semantics_probes.json` holds each as source, exact result (the repr of its last line, or "!! module.Type: text" for an
exception) and category. Results must be equal to the letter, exceptions in type. What differs on purpose is in DIFFERS with its
reason, and in docs/exceptions.md; a probe listed there that agrees after all fails, too.
"""

import ast
import copy
import io
import json
import pickle
import re
import warnings
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

import frankentorch as torch

PROBES = json.loads((Path(__file__).parent / "data" / "semantics_probes.json").read_text(encoding="utf-8"))

ADDRESS = r"at 0x[0-9a-f]+"

DIFFERS: dict[str, str] = {
    "hash(torch.tensor(1))==hash(torch.tensor(1))": "a hash is an address; the second tensor may be made where the first one was",
    "torch.Tensor.__torch_dispatch__": "it is a Python function, no built-in",
    "torch._C._disabled_torch_function_impl": "it is a Python function, no built-in",
}

SAME_TYPE = {"torch._C._LinAlgError": "ft_core.errors.LinAlgError"}
"""Exception types that are one under two names: `torch.linalg.LinAlgError`."""


def ask(source: str) -> str:
    """The repr of the last expression, or the exception as the file writes it."""
    scope = {
        "torch": torch,
        "np": np,
        "nn": torch.nn,
        "F": torch.nn.functional,
        "copy": copy,
        "pickle": pickle,
        "io": io,
        "zipfile": zipfile,
    }
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, "<probe>", "exec"), scope)
        return repr(None if last is None else eval(compile(ast.Expression(last.value), "<probe>", "eval"), scope))
    except Exception as error:  # noqa: BLE001  # exceptions are answers
        return f"!! {type(error).__module__}.{type(error).__qualname__}: {error}"


def agrees(answer: str, expected: str) -> bool:
    """Equal results, or exceptions of one type."""
    if expected.startswith("!! "):
        kind = expected[3:].partition(": ")[0]
        return answer.startswith(f"!! {SAME_TYPE.get(kind, kind)}:")
    if expected.startswith("OrderedDict("):  # CPython 3.12 writes these as dicts
        return eval(answer, {"OrderedDict": OrderedDict}) == eval(expected, {"OrderedDict": OrderedDict})
    return re.sub(ADDRESS, "at", answer) == re.sub(ADDRESS, "at", expected)


@pytest.fixture(autouse=True)
def _torch_as_new():
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: f"{probe['cat']}-{probe['src'][:60]!r}")
def test_probe_answers_as_torch(probe):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = ask(probe["src"])
    if probe["src"] in DIFFERS:
        assert not agrees(answer, probe["result"]), f"agrees by now; remove it from DIFFERS: {probe['src']}"
        return
    assert agrees(answer, probe["result"]), f"{probe['src']}\n torch: {probe['result']}\n ours:  {answer}"


def test_judge_refuses_wrong_answers():
    assert agrees("2", "2")
    assert not agrees("2.", "2")
    assert agrees("!! builtins.TypeError: other words", "!! builtins.TypeError: words")
    assert not agrees("!! builtins.ValueError: words", "!! builtins.TypeError: words")
    assert not agrees("tensor(1)", "!! builtins.TypeError: words")


def test_every_exception_is_documented():
    page = (Path(__file__).parents[3] / "docs" / "exceptions.md").read_text(encoding="utf-8")
    for source, reason in DIFFERS.items():
        assert reason, f"no reason for {source}"
        assert source.splitlines()[0] in page, f"docs/exceptions.md does not show {source}"
