"""Gap: linters bound complexity, not length, and a file grows by a line at a time.

A file over 400 lines is told, over 800 fails; a function over 30 lines of body is nobody's affair, over 60 fails. Tests count.
Docstrings, comments and blank lines inside a function do not count as its body: explaining is free.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import guard

FILE_WARNS, FILE_FAILS, FUNCTION_FAILS = 400, 800, 60

EXEMPT: set[str] = set()
"""`path` or `path::function`, each with its reason in a comment."""


def code_lines(text: str) -> set[int]:
    """Numbers of the lines that hold code: not blank, not only a comment."""
    silent = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    }
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def bodies(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, range]]:
    """Each function with the lines of its body below the docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node, clean=False) is not None and len(node.body) > 1 else node.body[0]
            yield node, range(first.lineno, (node.end_lineno or first.lineno) + 1)


def find(root: Path) -> Iterator[guard.Row]:
    for path in [*guard.sources(root), *guard.tests(root), *sorted((root / "tools").glob("*.py"))]:
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        length = text.count("\n")
        if length > FILE_WARNS and name not in EXEMPT:
            advice = f"{length} lines; is there a concept in it that wants its own file? (fails over {FILE_FAILS})"
            yield guard.Row(path, 1, advice, warning=length <= FILE_FAILS)
        code = code_lines(text)
        for function, lines in bodies(ast.parse(text)):
            size = sum(line in code for line in lines)
            if size > FUNCTION_FAILS and f"{name}::{function.name}" not in EXEMPT:
                yield guard.Row(
                    path, function.lineno, f"{function.name}: {size} lines of body, over {FUNCTION_FAILS}; name its parts"
                )


if __name__ == "__main__":
    sys.exit(guard.run(find))
