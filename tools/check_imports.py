"""Gap: tox installs a declared sibling's own siblings too, so an import of an undeclared package still works there.

Every top-level name imported in a package's `src/` must be the standard library, the package itself, or one of its declared
dependencies (an extra counts: what is optional is imported late). For `tests/` the [test] extra counts, and the oracles.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import guard
import siblings

MODULES = {"cupy-cuda13x": {"cupy", "cupyx", "cupy_backends"}, "nvidia-cudnn-frontend": {"cudnn"}, "pytest-xdist": {"xdist"}}
"""Distributions whose modules are not called as they are."""

ORACLES = {"torch", "numpy", "scipy", "mpmath", "expecttest", "safetensors", "ml_dtypes"}
"""What tests may compare with; a test that needs one which is absent says so by its marker."""

EXEMPT = {
    # the demo is a script for torch: it runs under the alias or with the real thing
    "packages/frankentorch/src/frankentorch/examples/char_gpt.py",
    # the proof of every gradient draws on the samples beside ft-dispatch's tests, which no distribution carries
    "packages/ft-autograd/tests/table_samples.py",
}


def modules_of(distribution: str) -> set[str]:
    """The top-level modules that a declared dependency brings."""
    return MODULES.get(distribution, {distribution.replace("-", "_")})


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, top-level name) of each absolute import, those inside functions and `if TYPE_CHECKING` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.partition(".")[0]


def find(root: Path) -> Iterator[guard.Row]:
    for name, project in siblings.projects(root).items():
        package = root / "packages" / name
        everything = frozenset(project.get("optional-dependencies", {}))
        own = {name.replace("-", "_"), *sys.stdlib_module_names}
        declared = {extras: allowed(project, own, extras) for extras in (everything - {"test"}, everything)}
        for path in [*guard.sources(root, generated=True), *guard.tests(root)]:
            if not path.is_relative_to(package) or path.relative_to(root).as_posix() in EXEMPT:
                continue
            in_src = path.is_relative_to(package / "src")
            permitted = declared[everything - {"test"}] if in_src else declared[everything] | ORACLES | local(path)
            for line, module in imported(guard.parse(path)):
                if module not in permitted:
                    yield guard.Row(path, line, f"{name} imports {module} without declaring it; add it to {name}/pyproject.toml")


def allowed(project: dict, own: set[str], extras: frozenset[str]) -> set[str]:
    """Every top-level name that a package may import with these extras."""
    return own.union(*(modules_of(siblings.split(line)[0]) for line in siblings.requirements(project, extras)))


def local(path: Path) -> set[str]:
    """Names of the modules beside a test."""
    return {neighbour.stem for neighbour in path.parent.iterdir()}


if __name__ == "__main__":
    sys.exit(guard.run(find))
