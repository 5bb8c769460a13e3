"""Gap: ruff's rules ask for a docstring everywhere or nowhere; we want one on what is public and none as ceremony.

Every module opens with a docstring. Public functions and classes at module level have one, and so do public methods of public
classes that are more than one statement, unless they override a documented method (of ours, or torch's `forward` and its like).
Functions whose name another text documents (kernels, gradient rules, decompositions: the op's record does) are free.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import guard

DOCUMENTED_ELSEWHERE = {
    "kernel",
    "local",
    "transpose",
    "vjp",
    "jvp",
    "linear",
    "decompose",
    "meta",
    "binding",
    "overload",
    "put",
    "impl",
    "layout_rule",
    "write_rule",
    "composite_rule",
}
"""Decorators: what stands below one of them is the implementation of a record that carries the documentation."""

INHERITED = {"forward", "extra_repr", "reset_parameters", "step", "get_lr", "backward", "setup_context"}
"""Methods whose contract is torch's own, whatever class they stand in."""

FREE_PACKAGES = {"ft_kernel_cpu", "ft_kernel_cuda", "rules"}
"""Folders whose functions are implementations named after ops; their modules and classes are not free."""

EXEMPT: set[str] = {
    # a script in the style of its readers, who write no docstring over main()
    "packages/frankentorch/src/frankentorch/examples/char_gpt.py",
}


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """Last names of a definition's decorators: `table.kernel("add")` gives "kernel"."""
    names = set()
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return names


def public(name: str) -> bool:
    """Whether a name is meant for others, by torch's and our convention alike."""
    return not name.startswith("_")


def names_of_bases(node: ast.ClassDef) -> set[str]:
    """Last names of a class's bases."""
    return {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}


def contracts(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """Class name to the methods it documents, its bases' included: what a subclass may override in silence."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    documented: dict[str, set[str]] = {}
    for node in classes:
        own = {method.name for method in node.body if isinstance(method, ast.FunctionDef) and ast.get_docstring(method)}
        documented.setdefault(node.name, set()).update(own)
    for _ in range(4):  # no hierarchy of ours is deeper
        for node in classes:
            documented[node.name].update(*(documented.get(base, set()) for base in names_of_bases(node)))
    return documented


def missing(
    body: list[ast.stmt], free: bool, inherited: dict[str, set[str]], inside: ast.ClassDef | None = None
) -> Iterator[tuple[int, str]]:
    """(line, name) of each public definition in `body` that owes its reader a docstring."""
    prefix = f"{inside.name}." if inside else ""
    for node in body:
        if isinstance(node, ast.ClassDef) and public(node.name):
            if ast.get_docstring(node) is None:
                yield node.lineno, f"class {prefix}{node.name}"
            yield from missing(node.body, free, inherited, node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and public(node.name) and not free:
            overrides = inside is not None and any(node.name in inherited.get(base, ()) for base in names_of_bases(inside))
            owes = ast.get_docstring(node) is None and not overrides and not excused(node, method=inside is not None)
            yield from [(node.lineno, f"function {prefix}{node.name}")] * owes


def excused(node: ast.FunctionDef | ast.AsyncFunctionDef, *, method: bool) -> bool:
    """Whether a definition's contract stands elsewhere, or the definition is shorter than its contract would be."""
    names = decorators(node)
    if names & DOCUMENTED_ELSEWHERE:
        return True
    return method and (len(node.body) == 1 or node.name in INHERITED or bool(names & {"property", "setter", "cached_property"}))


def find(root: Path) -> Iterator[guard.Row]:
    paths = [*guard.sources(root), *sorted((root / "tools").glob("*.py"))]
    trees = {path: guard.parse(path) for path in paths if path.relative_to(root).as_posix() not in EXEMPT}
    inherited = contracts(trees.values())
    for path, tree in trees.items():
        if ast.get_docstring(tree) is None:
            yield guard.Row(path, 1, "no module docstring; say what lives here and why it is separate")
        for line, name in missing(tree.body, bool(FREE_PACKAGES & set(path.parts)), inherited):
            if name not in {"function main", "function find"}:  # a script's module docstring is theirs
                yield guard.Row(path, line, f"{name}: public without a docstring; state shapes, dtypes, errors, or make it private")
    for path in guard.tests(root):
        if ast.get_docstring(guard.parse(path)) is None:
            yield guard.Row(path, 1, "no module docstring; say which truth is tested here")


if __name__ == "__main__":
    sys.exit(guard.run(find))
