"""Gap: tox cannot say "install this package, and of its siblings only those it declares, from this checkout, editable".

pip resolves our siblings among the paths of one call, so that call must name every declared sibling, transitively, and no other.
This script reads the pyprojects and prints the arguments (`--editable packages/ft-core ...`), or runs pip with them.

    python tools/siblings.py ft-nn --extra test             # print
    python tools/siblings.py ft-nn --extra test --install   # run this interpreter's pip
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_REQUIREMENT = re.compile(r"\s*(?P<name>[A-Za-z0-9._-]+)\s*(?:\[(?P<extras>[^\]]*)\])?(?P<rest>[^;]*)")


def projects(root: Path = ROOT) -> dict[str, dict]:
    """The `[project]` table of every distribution in the checkout, by name."""
    files = sorted(root.glob("packages/*/pyproject.toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8"))["project"] for file in files]
    return {table["name"]: table for table in tables}


def split(requirement: str) -> tuple[str, frozenset[str], str]:
    """("ft-core", extras, "==0.1.0") of a requirement: normalised name, extras, version part without the marker."""
    found = _REQUIREMENT.match(requirement)
    if found is None:
        raise ValueError(f"requirement: expected a name, got {requirement!r}")
    extras = frozenset(part.strip() for part in (found["extras"] or "").split(",") if part.strip())
    return re.sub(r"[-_.]+", "-", found["name"]).lower(), extras, found["rest"].strip()


def requirements(project: dict, extras: frozenset[str] = frozenset()) -> list[str]:
    """What a project asks for, with the given extras."""
    optional = project.get("optional-dependencies", {})
    unknown = extras - optional.keys()
    if unknown:
        raise ValueError(f"{project['name']}: no extra {', '.join(sorted(unknown))}; there are {', '.join(optional)}")
    return [*project.get("dependencies", []), *(line for extra in sorted(extras) for line in optional[extra])]


def closure(name: str, extras: frozenset[str], root: Path = ROOT) -> dict[str, frozenset[str]]:
    """`name` and all siblings it declares, directly or through one another, with the extras asked of each."""
    known = projects(root)
    if name not in known:
        raise ValueError(f"{name}: no such package; there are {', '.join(known)}")
    asked: dict[str, frozenset[str]] = {}
    waiting = [(name, extras)]
    while waiting:
        package, wanted = waiting.pop()
        if package in asked and wanted <= asked[package]:
            continue
        asked[package] = asked.get(package, frozenset()) | wanted
        for requirement in requirements(known[package], asked[package]):
            sibling, sibling_extras, _ = split(requirement)
            if sibling in known:
                waiting.append((sibling, sibling_extras))
    return asked


def pip_arguments(asked: dict[str, frozenset[str]], root: Path = ROOT) -> list[str]:
    """`--editable <path>[extras]` for each package."""
    arguments = []
    for name, extras in sorted(asked.items()):
        suffix = f"[{','.join(sorted(extras))}]" if extras else ""
        arguments += ["--editable", f"{root / 'packages' / name}{suffix}"]
    return arguments


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("package")
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--install", action="store_true")
    options = parser.parse_args(argv)
    try:
        arguments = pip_arguments(closure(options.package, frozenset(options.extra)))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if options.install:
        return subprocess.call([sys.executable, "-m", "pip", "install", *arguments])
    print(*arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
