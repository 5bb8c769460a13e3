"""Writes docs/reference/ from the op table, the hooks and the settings: `python docs/build_reference.py`; `--check` only compares.

Nothing on those pages is typed by hand. A page that is out of date is found by the tests, and by `--check`, which exits with
1 and names it.
"""

from __future__ import annotations

import argparse
import inspect
import sys
import textwrap
from pathlib import Path
from typing import Any

import frankentorch  # noqa: F401  # assembles the table: every family, kernel and rule is entered by importing this
from ft_autograd.rule import RULES
from ft_core import settings
from ft_core.plugin import spec
from ft_dispatch.memory import BUILTIN
from ft_dispatch.registry import BINDINGS, OPS, PACKETS
from ft_kernel_cpu.table import table as cpu_table

REFERENCE = Path(__file__).parent / "reference"
COMMAND = "python docs/build_reference.py"


OPS_INTRODUCTION = """\
# Ops

Generated from the op table by `{command}`; do not edit.

{overloads} overloads of {ops} ops in {families} families; the CPU has a kernel of its own for {kernels} of them.
{bindings} more public functions are plain Python over ops and stand at the end.

* *kind* gives the rules that nobody has to write: shapes, batching, forward mode. A *composite* op is only ever its decomposition.
* *CPU*: `kernel`; `derived`, where the decomposition runs; `view`, where no data is touched; `dispatcher`, which has it itself.
* *gradient*: the forms of its rules; `derived`, where the decomposition is recorded in pieces; `none`, where torch has none."""


def ops_page() -> str:
    """Every op: what it is and where each of its rules comes from, family by family."""
    families: dict[str, list[Any]] = {}
    for op in OPS.values():
        families.setdefault(op.family, []).append(op)
    own = sum(op.name in cpu_table for op in OPS.values())
    counts = {"overloads": len(OPS), "ops": len(PACKETS), "families": len(families), "kernels": own, "bindings": len(BINDINGS)}
    lines = [OPS_INTRODUCTION.format(command=COMMAND, **counts)]
    for family in sorted(families):
        lines += ["", f"## {family}", "", "| op | what it computes | kind | CPU | gradient |", "| --- | --- | --- | --- | --- |"]
        lines += [op_row(op) for op in sorted(families[family], key=lambda op: op.name)]
    lines += ["", "## Bindings", "", "| function | family | what it does |", "| --- | --- | --- |"]
    for name in sorted(BINDINGS):
        binding = BINDINGS[name]
        lines.append(f"| `{name}` | {binding.family} | {cell(first_line(binding.function))} |")
    return "\n".join(lines) + "\n"


def op_row(op: Any) -> str:
    """One op as a row; the signature is the schema without what follows the arrow."""
    return f"| `{cell(op.schema)}` | {cell(op.doc)} | {op.kind.name.lower()} | {on_cpu(op)} | {gradient(op)} |"


def on_cpu(op: Any) -> str:
    """How the CPU serves the op."""
    if op.name in cpu_table:
        return "kernel"
    if op.kind.name == "VIEW":
        return "view"
    if op.decomposition is not None:
        return "derived"
    return "dispatcher" if op.name in BUILTIN else "missing"


def gradient(op: Any) -> str:
    """How the op is differentiated."""
    rules = RULES.get(op.name)
    if rules is not None and rules.by_argument:
        forms = sorted({rule.form for rule in rules.by_argument.values()})
        return ", ".join(forms) + (" + jvp" if rules.jvp is not None else "")
    if not op.differentiable or not (op.tensor_at or op.lists_at):
        return "none"
    return "derived" if op.decomposition is not None else "missing"


def hooks_page() -> str:
    """Every hook of the extension API with its own docstring."""
    lines = ["# Hooks", "", f"Generated from `ft_core.plugin.spec` by `{COMMAND}`; do not edit.", "", inspect.getdoc(spec) or ""]
    for name in spec.HOOKS:
        function = getattr(spec, name)
        returns = str(inspect.signature(function).return_annotation)
        lines += ["", f"## {name}", "", f"Returns `{returns}`.", "", fenced_examples(inspect.getdoc(function) or "")]
    return "\n".join(lines) + "\n"


def fenced_examples(text: str) -> str:
    """A docstring as Markdown: indented blocks are fenced, as the fragments they are, and the version note becomes a sentence."""
    made: list[str] = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("    "):
            made.append("```python not-run: a fragment of a plugin's module\n" + textwrap.dedent(paragraph) + "\n```")
        else:
            made.append(paragraph.replace(".. versionadded:: ", "Since ") + ("." if paragraph.startswith("..") else ""))
    return "\n\n".join(made)


def settings_page() -> str:
    """Every environment variable."""
    return (
        f"# Settings\n\nGenerated from `ft_core.settings` by `{COMMAND}`; do not edit.\n\n{inspect.getdoc(settings.Settings)}\n\n"
        + (settings.describe())
    )


def first_line(function: Any) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(function) or "").partition("\n")[0]


def cell(text: str) -> str:
    """Text that may stand in a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


PAGES = {"ops.md": ops_page, "hooks.md": hooks_page, "settings.md": settings_page}


def main(argv: list[str] | None = None) -> int:
    """Write the pages, or with --check say which are out of date (1 if any is)."""
    parser = argparse.ArgumentParser(description="Write docs/reference/ from the tables.")
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args(argv).check
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    if check and stale:
        print(f"out of date: {', '.join(stale)}; run {COMMAND}", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
