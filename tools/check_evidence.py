"""Gap: recorded evidence (fixtures, the parity report, benchmark baselines) can rot on a disk or in a merge, and nothing would notice.

Each such file carries a sidecar, `<file>.repair`, that finds damage and undoes it. This guard scrubs them without changing anything; after
evidence was recorded anew, `python tools/check_evidence.py --write` protects it again, and `frankentorch scrub FILE` repairs damage.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import guard

EVIDENCE = ("PARITY.md", "packages/ft-conformance/src/ft_conformance/data/*.npz", "benchmarks/*.json")
OVERHEAD = 0.1


def evidence(root: Path) -> Iterator[Path]:
    """The files that must survive."""
    for pattern in EVIDENCE:
        yield from sorted(root.glob(pattern))


def find(root: Path) -> Iterator[guard.Row]:
    from ft_serialize import scrub  # noqa: PLC0415  # a checkout without evidence needs no library
    from ft_serialize.repair import SUFFIX  # noqa: PLC0415

    for path in evidence(root):
        if not Path(f"{path}{SUFFIX}").is_file():
            yield guard.Row(path, 1, "has no sidecar; run python tools/check_evidence.py --write")
            continue
        report = scrub(path, repair=False)
        if report.status != "sound":
            what = "frankentorch scrub it if it is damaged, python tools/check_evidence.py --write if it was recorded anew"
            yield guard.Row(path, 1, f"is not what its sidecar says: {report.detail}; {what}")


def write(root: Path) -> int:
    """Protect every file whose sidecar is missing or of another state."""
    from ft_serialize import protect, scrub  # noqa: PLC0415
    from ft_serialize.repair import SUFFIX  # noqa: PLC0415

    for path in evidence(root):
        if not Path(f"{path}{SUFFIX}").is_file() or scrub(path, repair=False).status != "sound":
            print(protect(path, OVERHEAD))
    return 0


if __name__ == "__main__":
    sys.exit(write(guard.ROOT) if sys.argv[1:] == ["--write"] else guard.run(find))
