"""Writes recorded.json: what torch answers to every line of sparse_expressions and plain_expressions, so that the suite needs no torch to ask.

`python packages/ft-dispatch/tests/recorded.py` (torch and our packages installed). An answer is the text that is printed; or, of an error,
`[class]`, or `[class, message]` where we say what torch says.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import plain_expressions
import sparse_expressions

FILE = Path(__file__).with_suffix(".json")
MODULE_OF = {group: module for module in (sparse_expressions, plain_expressions) for group in vars(module.GROUPS)}


def outcome(side, source, group):
    """What an expression prints on one side, or the exception it raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return repr(eval(source, {"torch": side, **MODULE_OF[group].names(side, group)}))  # a line of the tables
        except Exception as error:  # noqa: BLE001  # whatever either side raises is what is compared
            return error


def said(error):
    """The first line of an error's message."""
    return str(error).partition("\n")[0]


def lines():
    """(group, line) of every expression."""
    return [(group, line) for group, module in MODULE_OF.items() for line in getattr(module.GROUPS, group).strip().splitlines()]


def answers(torch, ours):
    """What torch answers, by group and line."""
    found = {group: {} for group in MODULE_OF}
    for group, line in lines():
        wanted = outcome(torch, line, group)
        if isinstance(wanted, Exception):
            mine = outcome(ours, line, group)
            wanted = [type(wanted).__name__, said(wanted)] if said(mine) == said(wanted) else [type(wanted).__name__]
        found[group][line] = wanted
    return found


if __name__ == "__main__":
    import torch

    import ft_autograd  # noqa: F401  # some expressions record
    import ft_kernel_cpu
    from ft_core.backend import BACKENDS, register_backend
    from ft_dispatch import surface

    if "cpu" not in BACKENDS:
        register_backend(ft_kernel_cpu.backend)
    FILE.write_text(json.dumps(answers(torch, surface), indent=1) + "\n", encoding="utf-8")
