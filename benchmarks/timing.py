"""How two sides are timed against each other, and what is said about the result.

A machine is never as quiet as one wishes, so absolute times of two separate runs do not compare. Here both sides run in one
process, in short batches that alternate, and whoever goes first changes each round: what disturbs one disturbs the other. The
ratio is that of the medians; the minima stand beside it, since they say what the code costs when nothing interferes.
"""

from __future__ import annotations

import gc
import statistics
import time
import timeit
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

BATCH_SECONDS = 0.02
"""How long one batch of calls should take: long against the clock's resolution, short against a scheduler's."""

WALL = time.perf_counter
OWN = time.thread_time
"""The calling thread's own processor time: for small calls on one thread, where what others take of a shared machine is not the call's."""

Timer = Callable[[int], float]
"""Runs a statement the given number of times and returns the seconds that took."""


@dataclass(frozen=True)
class Result:
    """Seconds per call of each round on both sides, and what should be reached. Empty `theirs`: nothing to compare with."""

    name: str
    group: str
    ours: Sequence[float] = ()
    theirs: Sequence[float] = ()
    target: float | None = None
    limit: float | None = None
    error: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Our median over theirs; None where one side is missing."""
        if not self.ours or not self.theirs:
            return None
        return statistics.median(self.ours) / statistics.median(self.theirs)

    @property
    def best_ratio(self) -> float | None:
        """Our minimum over theirs; None where one side is missing."""
        if not self.ours or not self.theirs:
            return None
        return min(self.ours) / min(self.theirs)

    @property
    def verdict(self) -> str:
        """Met or missed, against `target` (a ratio) or `limit` (seconds); empty where there is neither or nothing was measured."""
        if self.limit is not None and self.ours:
            return "met" if statistics.median(self.ours) <= self.limit else "missed"
        if self.target is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.target else "missed"


def calls_per_batch(timer: Timer, seconds: float = BATCH_SECONDS) -> int:
    """How many calls fill about `seconds`; at least one. Also the warm-up: routes are found and caches filled here."""
    taken, number = timer(1), 1
    if taken >= 10 * seconds:  # so long a call needs no warm-up: what is found and filled is lost in it
        return 1
    while True:
        taken = timer(number)
        if taken >= seconds / 4:
            return max(1, round(number * seconds / taken))
        number *= 4


def alternate(
    sides: Sequence[Timer], rounds: int, clock_batches: float = BATCH_SECONDS, cap: float | None = None
) -> list[list[float]]:
    """Seconds per call of each side in each round; the side that begins changes. ValueError for fewer than one round.

    cap: once the rounds have taken so many seconds, no further one begins.
    """
    if rounds < 1:
        raise ValueError(f"alternate: at least one round; got {rounds}")
    numbers = [calls_per_batch(side, clock_batches) for side in sides]
    taken: list[list[float]] = [[] for _ in sides]
    spent = 0.0
    for turn in range(rounds):
        if cap is not None and spent >= cap:
            break
        for step in range(len(sides)):
            i = (turn + step) % len(sides)
            seconds = sides[i](numbers[i])
            spent += seconds
            taken[i].append(seconds / numbers[i])
    return taken


def timer_of(statement: str, names: dict[str, Any], clock: Callable[[], float] = WALL, before: str = "") -> Timer:
    """A timer of one statement, compiled in place so that no call of ours is measured; the garbage collector stays on.

    before: a statement that runs before each call and is not timed.
    """
    timer = timeit.Timer(statement, f"gc.enable()\n{before}", clock, {**names, "gc": gc})
    return (lambda number: sum(timer.timeit(1) for _ in range(number))) if before else timer.timeit
