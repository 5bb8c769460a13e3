"""Gap: wheels built in the checkout pick up what an earlier build left in `build/`, modules long deleted among it, and no licence.

Each package is copied to a temporary folder without leftovers, gets the LICENSE, and is built there under plain isolation.

    python tools/build_wheels.py dist                  # the wheels of this checkout, as rehearsals install them
    python tools/build_wheels.py dist --install        # and install them here, all in one pip call
    python tools/build_wheels.py dist --release        # for an index: without the label `+checkout`
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LABEL = "+checkout"
LEFTOVERS = shutil.ignore_patterns("build", "dist", "*.egg-info", "__pycache__", "tests")


def prepare(target: Path, *, release: bool, root: Path = ROOT) -> list[Path]:
    """Copy every package into `target`, ready to build; with `release`, versions and pins lose the label. The copies' folders."""
    copies = []
    for pyproject in sorted(root.glob("packages/*/pyproject.toml")):
        copy = target / pyproject.parent.name
        shutil.copytree(pyproject.parent, copy, ignore=LEFTOVERS)
        shutil.copy(root / "LICENSE", copy)
        if release:
            text = (copy / "pyproject.toml").read_text(encoding="utf-8")
            (copy / "pyproject.toml").write_text(text.replace(LABEL, ""), encoding="utf-8")
        copies.append(copy)
    return copies


def build(out: Path, *, release: bool) -> list[Path]:
    """Build a wheel of every package into `out`, which holds nothing else afterwards; the wheels' paths."""
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        copies = prepare(Path(folder), release=release)
        pip("wheel", "--no-deps", "--wheel-dir", str(out), *map(str, copies))
    return sorted(out.glob("*.whl"))


def pip(*arguments: str) -> None:
    """Run this interpreter's pip; CalledProcessError where it fails."""
    subprocess.run([sys.executable, "-m", "pip", arguments[0], "--quiet", *arguments[1:]], check=True)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out", type=Path, help="folder for the wheels; what it held is removed")
    parser.add_argument("--install", action="store_true", help="install them into this environment")
    parser.add_argument("--release", action="store_true", help=f"strip {LABEL} from versions and pins")
    options = parser.parse_args(argv)
    wheels = build(options.out, release=options.release)
    if options.install:
        # everything requirements.txt brings: readers of GGUF and repairs are tested, too
        pip("install", *[f"{wheel}[full]" if Path(wheel).name.startswith("frankentorch-") else str(wheel) for wheel in wheels])
    print(*wheels, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
