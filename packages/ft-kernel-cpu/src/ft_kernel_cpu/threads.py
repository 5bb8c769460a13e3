"""A small pool for ranges large enough to be worth a second core, and the number of threads the CPU backend may use.

NumPy's loops release the interpreter lock, so plain threads serve. Handing a range over costs 55 to 80 microseconds (the lock
must change hands), which pays from about half a million elements of a memory-bound loop on: below `GRAIN` nothing is split.
Workers run in a context of their own in which NumPy's warnings are off. Kernels call `split`; nothing here knows what they
compute.
"""

from __future__ import annotations

import contextvars
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import numpy as np

from . import blas

GRAIN = 1 << 19  # elements a thread must get at least


class _Job:
    """One call of `split`: chunks are claimed one by one, by the workers and by the caller, which never waits for a sleeper."""

    def __init__(self, body: Callable[[int, int], None], n: int, step: int) -> None:
        self.body, self.n, self.step = body, n, step
        self.next = 0
        self.open = -(-n // step)
        self.lock = threading.Lock()
        self.done = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        while True:
            with self.lock:
                lo = self.next
                self.next = lo + self.step
            if lo >= self.n:
                return
            try:
                self.body(lo, min(lo + self.step, self.n))
            except BaseException as error:  # noqa: BLE001  # handed to the caller of split, which raises it
                self.error = error
            with self.lock:
                self.open -= 1
                if self.open == 0:
                    self.done.set()


class _Pool:
    def __init__(self) -> None:
        self.count = max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
        self.workers = 0
        self.deterministic = False
        self.jobs: SimpleQueue[_Job] = SimpleQueue()
        self.lock = threading.Lock()

    def grow(self, workers: int) -> None:
        with self.lock:
            while self.workers < workers:
                threading.Thread(target=self.serve, name=f"ft-cpu-{self.workers}", daemon=True).start()
                self.workers += 1

    def serve(self) -> None:
        context = contextvars.copy_context()
        context.run(np.seterr, all="ignore")
        _inside.busy = True
        while True:
            context.run(self.jobs.get().run)


_pool = _Pool()
_inside = threading.local()


def _after_fork() -> None:
    """A child has none of its parent's threads: begin with an empty pool."""
    count, deterministic = _pool.count, _pool.deterministic
    _pool.__init__()  # type: ignore[misc]
    _pool.count, _pool.deterministic = count, deterministic


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def get_num_threads() -> int:
    """How many threads a CPU op may use."""
    return _pool.count


def set_num_threads(count: int) -> None:
    """Allow `count` threads for one CPU op, NumPy's matrix products included. RuntimeError unless it is a positive int."""
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError(f"set_num_threads expects an int, but got {type(count).__name__}")
    if count < 1:
        raise RuntimeError("set_num_threads expects a positive integer")
    _pool.count = count
    blas.set_threads(1 if _pool.deterministic else count)


def set_deterministic(on: bool) -> None:
    """While on, matrix products use one thread whatever `set_num_threads` says: BLAS cuts them differently for each number of threads,
    and the bits follow the cut. `split` cuts only where results do not depend on it.
    """
    _pool.deterministic = on
    blas.set_threads(1 if on else _pool.count)


def split(body: Callable[[int, int], Any], n: int, weight: int = 1) -> None:
    """Run `body(lo, hi)` over ranges that cover [0, n): on several threads if each gets at least GRAIN elements, else in one call.

    weight: elements one step of the range stands for. The ranges do not depend on timing, so results do not either. Nested calls do
    not split. An exception in a range is raised here once all ranges are done.
    """
    threads = min(_pool.count, n * weight // GRAIN)
    if threads < 2 or getattr(_inside, "busy", False):
        body(0, n)
        return
    step = -(-n // threads)
    job = _Job(body, n, step)
    _pool.grow(threads - 1)
    for _ in range(threads - 1):
        _pool.jobs.put(job)
    _inside.busy = True
    try:
        job.run()
    finally:
        _inside.busy = False
    job.done.wait()
    if job.error is not None:
        raise job.error
