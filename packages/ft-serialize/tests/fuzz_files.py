"""Fuzzes every reader: `python fuzz_files.py --count 1000000 --jobs 2`; exits 1 and keeps the files if a promise was broken.

Promises, for any bytes: the file loads or CheckpointError is raised; nothing is executed, imported or opened; no call takes more than
five seconds; no more memory is allocated than the file's size and 64 MB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import time
import tracemalloc
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_beside import KINDS, folder
from fuzz_mutations import files, mutant
from serialize_tables import Holder

from ft_serialize import CheckpointError, all_formats, open_tensors, safe_globals

SECONDS = 5.0
SPARE = 64 << 20
FORBIDDEN = {
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "subprocess.Popen", "socket.connect", "exec", "compile", "import",
    "ctypes.dlopen", "open", "os.remove", "os.rename", "os.mkdir", "shutil.rmtree",
}  # fmt: skip


class Watch:
    """Notes forbidden audit events while it is armed. A hook cannot be removed, so one is installed for the process."""

    installed: Watch | None = None

    def __init__(self) -> None:
        self.armed = False
        self.may_read = ""  # a folder whose files may be opened for reading
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: Any) -> None:
        if self.armed and any(event == name or event.startswith(name + ".") for name in FORBIDDEN):
            if (
                event == "open"
                and self.may_read
                and str(arguments[0]).startswith(self.may_read)
                and not arguments[2] & os.O_ACCMODE
            ):
                return
            self.seen.append(f"{event} {arguments!r:.80}")

    @classmethod
    def get(cls) -> Watch:
        """The process's own."""
        cls.installed = cls.installed or cls()
        return cls.installed


def read(name: str, data: bytes) -> None:
    """Everything a user could ask of the file; one that stands beside others is in its place already."""
    if name in KINDS:
        folder().read(name)
        return
    with open_tensors(data, format=name) as file:
        for key in file:
            file[key]
        file.tree()


def broken_promise(name: str, data: bytes, watch: Watch, *, memory: bool = True) -> tuple[str, str]:
    """("loaded" or "refused", "") or ("broken", what): reads one file and looks at what happened."""
    watch.may_read = ""
    if name in KINDS:
        folder().put(name, data)
        watch.may_read = str(folder().path)
    if memory:
        tracemalloc.start()
    began = time.perf_counter()
    watch.armed = True
    try:
        read(name, data)
        outcome, what = "loaded", ""
    except CheckpointError as error:
        complete = error.file and str(error).startswith(error.file) and ";" in str(error)  # what stands behind it is advice
        outcome, what = "refused", "" if complete else f"an error without place or advice: {error}"
    except BaseException as error:  # noqa: BLE001  # which is what is looked for; a library's panic is no Exception
        outcome, what = "refused", f"raised {error!r:.200}"
    finally:
        watch.armed = False
        seconds = time.perf_counter() - began
        peak = tracemalloc.get_traced_memory()[1] if memory else 0
        tracemalloc.stop()
    if watch.seen:
        what = f"did {watch.seen.pop()}"
        watch.seen.clear()
    elif seconds > SECONDS:
        what = f"took {seconds:.1f} s"
    elif peak > len(data) + SPARE:
        what = f"allocated {peak} bytes for {len(data)}"
    return ("broken", what) if what else (outcome, "")


def run(count: int, seed: int, keep: Path | None = None) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Outcomes by format, and a line for each broken promise."""
    all_formats()  # installed plugins are looked for once, when a file names something unknown; not the mutants' doing either
    corpus, watch, rng = files(), Watch.get(), random.Random(seed)
    tally: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    with warnings.catch_warnings(), safe_globals([Holder]):
        warnings.simplefilter("ignore")  # zipfile on duplicate names, while mutants are made
        for name, honest in corpus.items():
            for data in honest:
                broken_promise(name, data, watch)  # imports and caches are not the mutants' doing
        for i in range(count):
            name, data = mutant(rng, corpus)
            outcome, what = broken_promise(name, data, watch)
            tally[name, outcome] += 1
            if what:
                broken.append(f"{name}, mutant {i} of seed {seed}: {what}")
                if keep is not None:
                    keep.mkdir(exist_ok=True)
                    (keep / f"{seed}-{i}.{name}").write_bytes(data)
    return tally, broken


def _job(job: tuple[int, int, Path]) -> tuple[Counter[tuple[str, str]], list[str]]:
    return run(*job)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="where files that broke a promise are put")
    options = parser.parse_args()
    part = 5000
    jobs = [(min(part, options.count - at), options.seed * 1_000_003 + at, options.keep) for at in range(0, options.count, part)]
    tally: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for found, lines in pool.imap_unordered(_job, jobs):
            tally += found
            broken += lines
            print(f"\r{sum(tally.values())} of {options.count}, {len(broken)} broken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for name in sorted({name for name, _ in tally}):
        print(f"{name}: {tally[name, 'loaded']} loaded, {tally[name, 'refused']} refused, {tally[name, 'broken']} broken")
    print("\n".join(broken[:50]))
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
