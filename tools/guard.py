"""Gap: the guard scripts beside this file would each walk the tree, print rows and choose an exit status in their own way.

What they share: which files belong to us, how a finding looks (`path:line  what is wrong; what to do`), and the exit status.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, order=True)
class Row:
    """A finding; a warning is printed and does not fail the run."""

    path: Path
    line: int
    text: str
    warning: bool = False


def sources(root: Path, *, generated: bool = False) -> Iterator[Path]:
    """Every Python file under `packages/*/src`, in order; what a program wrote only if asked for."""
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        if not path.is_symlink() and (generated or "generated" not in path.parts):
            yield path


def tests(root: Path) -> Iterator[Path]:
    """Every Python file under `packages/*/tests`, in order."""
    yield from sorted(root.glob("packages/*/tests/**/*.py"))


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def run(find: Callable[[Path], Iterator[Row]], argv: list[str] | None = None) -> int:
    """Print the rows that `find(root)` yields and return 1 if one of them is a failure; `argv` may name another root."""
    argv = sys.argv[1:] if argv is None else argv
    root = Path(argv[0]).resolve() if argv else ROOT
    rows = sorted(find(root))
    for row in rows:
        where = row.path.relative_to(root) if row.path.is_relative_to(root) else row.path
        print(f"{'warning' if row.warning else 'error'}  {where}:{row.line}  {row.text}")
    failures = sum(not row.warning for row in rows)
    print(f"{Path(find.__code__.co_filename).stem}: {failures} errors, {len(rows) - failures} warnings")
    return 1 if failures else 0
