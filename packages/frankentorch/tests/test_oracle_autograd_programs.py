"""Short programs about autograd, torch.func, checkpoints, profiles, users' ops, overrides and trees: ours print what torch's print.

`data/autograd_programs.txt` holds them under "### name". What a program prints, warns and raises is compared as text, but for module names,
addresses and white space. A program that torch answers with an error is about the error's type and the beginning of its message.
"""

import contextlib
import importlib
import io
import re
import warnings
from pathlib import Path

import pytest

pytestmark = pytest.mark.oracle
SOURCE = (Path(__file__).parent / "data" / "autograd_programs.txt").read_text(encoding="utf-8")
PROGRAMS = dict(part.split("\n", 1) for part in SOURCE.split("### ")[1:])
SHOWN = 200  # characters of an error's message that are compared
OWN_AFFAIRS = ("DeprecationWarning", "ResourceWarning")
PACKAGES = {"ft_autograd": "torch.autograd", "ft_core": "torch", "ft_dispatch": "torch", "frankentorch": "torch"}


def translated(program):
    """The program as it is for frankentorch."""
    program = re.sub(r"^(\s*)import torch\.(\S+) as", r"\1import frankentorch.\2 as", program, flags=re.MULTILINE)
    return re.sub(r"\bfrom torch\b", "from frankentorch", program)


def said(package, name, program):
    """What the program prints, warns and raises, with ours called as torch's is."""
    torch = importlib.import_module(package)
    torch.manual_seed(0)
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            exec(compile(program, name, "exec"), {"torch": torch, "__name__": "program"})
        except Exception as error:  # noqa: BLE001  # what it is, is compared
            printed.write(f"\n{type(error).__name__}: {str(error)[:SHOWN]}")
    lines = [f"{w.category.__name__}: {str(w.message)[:90]}" for w in caught if w.category.__name__ not in OWN_AFFAIRS]
    text = "\n".join([printed.getvalue(), *lines])
    for theirs, shown in PACKAGES.items():
        text = text.replace(theirs, shown)
    return re.sub(r"\s+", " ", re.sub(r"0x[0-9a-f]+", "0x", text)).strip()


@pytest.mark.parametrize("name", PROGRAMS)
def test_ours_say_what_torch_says(name):
    pytest.importorskip("torch")
    assert said("frankentorch", name, translated(PROGRAMS[name])) == said("torch", name, PROGRAMS[name])


def test_a_difference_is_found():
    pytest.importorskip("torch")
    program = "print(torch.__name__.startswith('f'))"
    assert said("frankentorch", "x", translated(program)) != said("torch", "x", program)
    assert said("torch", "x", "1 / 0") == "ZeroDivisionError: division by zero"
