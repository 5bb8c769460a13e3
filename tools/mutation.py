"""Gap: coverage says which lines ran, not whether a test would notice that they are wrong.

`python tools/mutation.py --sample 300` changes one operator, constant, condition, return value or call at a time in ft-core, ft-dispatch and the
engine of ft-autograd, and runs the tests that reach the changed function. All happens in forks of one process that has collected the tests and
seen once which test calls which function; a change is a function's code exchanged. Exit 1 below --least (80 % killed).
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "packages"
TARGETS = (
    *sorted((PACKAGES / "ft-core/src/ft_core").rglob("*.py")),
    *[p for p in sorted((PACKAGES / "ft-dispatch/src/ft_dispatch").rglob("*.py")) if not {"generated", "ops"} & set(p.parts)],
    *[
        PACKAGES / "ft-autograd/src/ft_autograd" / f"{name}.py"
        for name in ("engine", "reach", "arrival", "node", "backward", "record", "views")
    ],
)
TESTS = tuple(str(PACKAGES / name / "tests") for name in ("ft-core", "ft-dispatch", "ft-autograd"))
BUDGET = 15.0
"""Seconds of tests that may try to kill one mutant; each test file has its turn, so a survivor has seen every file that reaches it."""
SLOW = 2.0
"""Seconds from which on a test is left out."""


@dataclass
class Mutation:
    """A pytest plugin that takes the place of the test loop."""

    sample: int
    seed: int
    jobs: int
    targets: Sequence[Path]
    reached: dict[tuple[str, str, int], list[Any]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[Any, float] = field(default_factory=dict)
    verdicts: list[tuple[str, Mutant]] = field(default_factory=list)
    width: dict[Any, int] = field(default_factory=dict)
    retry: frozenset[tuple[str, int, str, str]] | None = None
    alive: dict[tuple[str, str, int], FunctionType] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Note what the op table holds before anything has been called."""
        import ft_autograd  # noqa: F401, PLC0415  # it attaches to records; they are complete after it
        from ft_dispatch.registry import OPS  # noqa: PLC0415

        self.records = {name: dict(vars(op)) for name, op in OPS.items()}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test reaches what, then try the sample."""
        self.learn(session.items)
        self.keep_steady()
        chance = random.Random(self.seed)
        everything = [m for path in self.targets for m in mutants(path) if self.place(m) in self.reached]
        if self.retry is not None:
            everything = [m for m in everything if (str(m.path), m.line, m.before, m.after) in self.retry]
        chosen = chance.sample(everything, min(self.sample, len(everything)))
        print(f"\n{len(everything)} mutants in functions that some test reaches; trying {len(chosen)}", flush=True)
        self.alive = {self.key(f.__code__): f for f in gc.get_objects() if isinstance(f, FunctionType)}
        self.try_all(chosen)
        return True

    @staticmethod
    def key(code: CodeType) -> tuple[str, str, int]:
        """What a function is known by before and after its code is exchanged."""
        return code.co_filename, code.co_qualname, code.co_firstlineno

    @staticmethod
    def place(mutant: Mutant) -> tuple[str, str, int]:
        """The key of the function a mutant is of."""
        return str(mutant.path), mutant.function, mutant.first

    def learn(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once; note the target functions it calls."""
        files = {str(path) for path in self.targets}
        for item, following in zip(items, [*items[1:], None], strict=True):
            seen: set[tuple[str, str, int]] = set()

            def note(frame: FrameType, event: str, arg: Any, seen: set[tuple[str, str, int]] = seen) -> None:
                if frame.f_code.co_filename in files:
                    seen.add(self.key(frame.f_code))

            start = time.perf_counter()
            sys.settrace(note)
            try:
                reports = runtestprotocol(item, nextitem=following, log=False)
            finally:
                sys.settrace(None)
            taken = time.perf_counter() - start
            if all(report.passed for report in reports) and taken < SLOW:
                self.seconds[item] = taken
                self.width[item] = len(seen)
                for place in seen:
                    self.reached[place].append(item)

    def keep_steady(self) -> None:
        """Leave out tests that fail when they run again in a fork where nothing was changed: they would kill every mutant."""
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            with os.fdopen(theirs, "w") as told:
                self.silence()
                self.forget()
                for item in self.seconds:
                    start = time.perf_counter()
                    failed = any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))
                    told.write(f"{-1.0 if failed else time.perf_counter() - start}\n")
            os._exit(0)
        os.close(theirs)
        with os.fdopen(ours) as heard:
            again = dict(zip(self.seconds, map(float, heard), strict=True))
        os.waitpid(child, 0)
        self.seconds = {item: taken for item, taken in again.items() if taken >= 0}
        for place, items in list(self.reached.items()):
            self.reached[place] = [item for item in items if item in self.seconds]
            if not self.reached[place]:
                del self.reached[place]
        print(f"\n{len(self.seconds)} tests take part, {len(again) - len(self.seconds)} fail when run twice", flush=True)

    def chosen_tests(self, reached: Sequence[pytest.Item]) -> list[pytest.Item]:
        """Tests for one mutant within the budget: of every file the one that reaches the fewest functions, then the second of each, and so on."""
        rank: dict[Path, int] = defaultdict(int)
        turns = []
        for item in sorted(reached, key=self.width.__getitem__):
            turns.append((rank[item.path], self.width[item], len(turns), item))
            rank[item.path] += 1
        left, found = BUDGET, []
        for *_, item in sorted(turns, key=lambda turn: turn[:3]):
            if left <= 0:
                break
            left -= self.seconds[item]
            found.append(item)
        return found

    def try_all(self, chosen: Sequence[Mutant]) -> None:
        """Each mutant in a fork of its own, `jobs` at a time."""
        running: dict[int, tuple[Mutant, float]] = {}
        waiting = list(reversed(chosen))
        while waiting or running:
            while waiting and len(running) < self.jobs:
                mutant = waiting.pop()
                tests = self.chosen_tests(self.reached[self.place(mutant)])
                child = os.fork()
                if child == 0:
                    self.child(mutant, tests)
                running[child] = mutant, time.perf_counter() + 20 + 5 * sum(self.seconds[t] for t in tests)
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                mutant, _ = running.pop(child)
                self.note("survived" if os.waitstatus_to_exitcode(status) == 0 else "killed", mutant)
                continue
            for child, (mutant, deadline) in list(running.items()):
                if time.perf_counter() > deadline:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    del running[child]
                    self.note("timed out", mutant)
            time.sleep(0.02)

    def child(self, mutant: Mutant, tests: Iterable[pytest.Item]) -> None:
        """Exchange the code and run until something fails; the exit status tells."""
        self.silence()
        try:
            self.alive[self.place(mutant)].__code__ = mutant.make()
            self.forget()
            for test in tests:
                if any(report.failed for report in runtestprotocol(test, nextitem=None, log=False)):
                    os._exit(1)
            os._exit(0)
        except BaseException:  # noqa: BLE001  # whatever escapes was caused by the mutant
            os._exit(1)

    @staticmethod
    def silence() -> None:
        """What a child prints is nobody's business."""
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)

    def forget(self) -> None:
        """Empty what was remembered while learning: cached results, what ops found out about themselves, and the routes that let a call
        pass by the code that found them.
        """
        from ft_dispatch.registry import OPS, forget_routes  # noqa: PLC0415  # only where there is something to forget

        forget_routes()
        for key, op in OPS.items():
            before = self.records.get(key, dict(vars(op)))
            vars(op).clear()
            vars(op).update(before)
        for cached in gc.get_objects():
            if isinstance(cached, functools._lru_cache_wrapper) and getattr(cached, "__module__", "").startswith("ft_"):
                cached.cache_clear()

    def note(self, verdict: str, mutant: Mutant) -> None:
        """Keep a verdict; survivors are told at once."""
        self.verdicts.append((verdict, mutant))
        if verdict == "survived":
            print(f"survived  {mutant}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; prints the score of each package and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=300, help="how many mutants to try (default 300)")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--least", type=float, default=0.8, help="share that must be killed")
    parser.add_argument("--json", type=Path, help="write every verdict to this file")
    parser.add_argument("--retry", type=Path, help="try only what survived according to this file")
    parser.add_argument("--tests", nargs="*", default=TESTS)
    parser.add_argument("--files", nargs="*", type=Path, default=TARGETS)
    options = parser.parse_args(argv)
    plugin = Mutation(options.sample, options.seed, options.jobs, [path.resolve() for path in options.files])
    arguments = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-o",
        "addopts=--import-mode=importlib",
        "-m",
        "not oracle and not slow",
    ]
    code = pytest.main([*arguments, *options.tests], plugins=[plugin])
    if not plugin.verdicts:
        return int(code) or 1
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for verdict, mutant in plugin.verdicts:
        part = mutant.path.relative_to(PACKAGES).parts[0] if mutant.path.is_relative_to(PACKAGES) else "other"
        for name in (part, "all"):
            counts[name][0] += verdict != "survived"
            counts[name][1] += 1
    for name, (killed, tried) in counts.items():
        print(f"{name:14} {killed:4} of {tried:4} killed  {killed / tried:.0%}")
    if options.json:
        rows = [
            {"verdict": v, "file": str(m.path), "line": m.line, "before": m.before, "after": m.after} for v, m in plugin.verdicts
        ]
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    killed, tried = counts["all"]
    return int(killed / tried < options.least)


if __name__ == "__main__":
    sys.exit(main())
