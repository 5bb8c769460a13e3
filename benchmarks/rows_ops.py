"""The sweep: every op of the table that takes tensors, forward, at about a million elements. `python -m benchmarks.run --sweep`.

Elementwise ops, reductions and scans are read off the op table, so a new one is measured without being named here; what the kind does
not say stands in `ops_statements`. No row has a target of its own: whatever takes more than `LIMIT` times torch's time belongs into
docs/performance.md with its reason.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import Any

import ft_dispatch.surface  # noqa: F401  # fills the table
from ft_dispatch.registry import OPS
from ft_dispatch.schema import NO_DEFAULT

from .ops_statements import FAMILIES
from .ops_table import OPERANDS, SPECIAL_ARGUMENTS
from .row import Names, row

SWEEP = "sweep"
LIMIT = 5.0
DERIVED = ("ELEMENTWISE", "REDUCTION", "SCAN")


def operands(torch: Any, statement: str) -> Names:
    """`torch`, `F`, and what the statement names, each operand made once and in the order of its first mention."""
    made: Names = {"torch": torch, "F": torch.nn.functional}

    def make(text: str) -> None:
        for name in names_in(text):
            if name in OPERANDS and name not in made:
                make(OPERANDS[name])
                with torch.no_grad():
                    made[name] = eval(OPERANDS[name], made)  # text of our own table
                made.pop("__builtins__", None)

    make(statement)
    return made


def names_in(text: str) -> list[str]:
    """Identifiers of a piece of Python, in order."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    return [node.id for node in sorted(found, key=lambda node: node.col_offset)]


def arguments_of(name: str, record: Any) -> str:
    """Operands that suit the record's parameters; empty where it needs more than tensors."""
    tensors = len(record.tensor_at)
    if name in SPECIAL_ARGUMENTS:
        return SPECIAL_ARGUMENTS[name]
    if any(p.default is NO_DEFAULT for i, p in enumerate(record.params) if i not in record.tensor_at):
        return "x, 1" if [p.name for p in record.params[:2]] == ["self", "dim"] else ""
    if "polynomial" in name:
        return "v, degree"
    if name.startswith(("bitwise", "gcd", "lcm")):
        return ", ".join(("n", "n2", "n")[:tensors])
    if name.startswith("logical"):
        return ", ".join(("m", "m2", "m")[:tensors])
    return ", ".join(("x", "y", "w")[:tensors])


def derived() -> Iterator[str]:
    """A statement for each public record whose kind says what its arguments look like."""
    for record in OPS.values():
        if record.kind.name not in DERIVED or not (record.python or "function" in record.variants):
            continue
        path = record.base if "function" in record.variants else record.python.split()[0]
        given = arguments_of(path.rpartition(".")[2], record)
        if given:
            yield f"torch.{path}({given})"


def enter() -> None:
    """Make the rows; once, when the sweep is asked for."""
    written = {line: family for family, text in FAMILIES.items() for line in text.split("\n") if line}
    for statement in dict.fromkeys((*derived(), *written)):
        row(f"1M {statement}", statement, group=SWEEP)(functools.partial(operands, statement=statement))


enter()
