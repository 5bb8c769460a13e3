"""The walk that has its batches loaded by worker processes: hand out indices, collect batches, notice whoever dies.

Each worker has two pipes of its own, one for tasks and one for batches, so there is no lock that a killed worker could hold. Indices go
round the workers; up to `prefetch_factor` of them per worker are under way, and batches are handed on in the order of the indices (or,
with `in_order=False`, as they come). `Team` is what must not outlive a walk: it is shut down when the walk ends, is deleted, or the
interpreter exits.
"""

from __future__ import annotations

import itertools
import os
import secrets
import signal
import sys
import time
import warnings
import weakref
from collections.abc import Callable, Iterable
from multiprocessing import connection as pipes
from multiprocessing import get_context, resource_tracker
from pickle import PicklingError
from typing import Any, NoReturn

from ._utils.errors import ExceptionWrapper
from ._utils.worker import STATUS_CHECK_SECONDS, IterableEnd, Job, ResumeIteration, Task, worker_loop
from .iterators import _BaseDataLoaderIter
from .transport import Receiver

__all__ = ["Team", "_MultiProcessingDataLoaderIter"]


class _Name(str):
    """A process's name. It is the first thing that a child started afresh unpickles, before it runs the program's own file again.

    So it takes along the import finders that this process has and the child needs for that: those with a method `carry`, which installs
    them there (a script that says `import torch` and runs by another library's name has one).
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _named, (str(self), [finder.carry for finder in sys.meta_path if hasattr(finder, "carry")])


def _named(text: str, carried: list[Callable[[], Any]]) -> str:
    for install in carried:
        install()
    return text


class Team:
    """The processes of a walk and the pipes to them."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.owner = os.getpid()
        self.processes: list[Any] = []
        self.tasks: list[pipes.Connection] = []
        self.receivers: list[Receiver] = []
        self.token = f"ft{self.owner:x}{secrets.token_hex(3)}"  # short: macOS allows names of 31 characters

    def stem(self, worker_id: int) -> str:
        """The beginning of the names of a worker's segments."""
        return f"{self.token}w{worker_id}s"

    def hire(self, job: Job) -> None:
        """Start one more worker. Raises what pickling its job raises where the context starts processes afresh."""
        their_tasks, our_tasks = self.context.Pipe(duplex=False)
        our_results, their_results = self.context.Pipe(duplex=False)
        forks = self.context.get_start_method() == "fork"
        ours = [*self.tasks, *(r.connection for r in self.receivers), our_tasks, our_results] if forks else []
        name = _Name(f"DataLoader-{job.worker_id}")
        process = self.context.Process(target=worker_loop, name=name, args=(job, their_tasks, their_results, ours), daemon=True)
        try:
            process.start()
        except BaseException:
            our_tasks.close()
            our_results.close()
            raise
        finally:
            their_tasks.close()
            their_results.close()  # now the worker alone holds this end, and the pipe closes when it dies
        self.processes.append(process)
        self.tasks.append(our_tasks)
        self.receivers.append(Receiver(our_results, job.stem))

    def tell(self, worker_id: int, message: Any) -> None:
        """Send a task. A worker that is gone is found out where its answer is waited for."""
        try:
            self.tasks[worker_id].send(message)
        except OSError:
            pass

    def dismiss(self) -> None:
        """Ask all workers to stop, and wait for none."""
        for worker_id, tasks in enumerate(self.tasks):
            self.tell(worker_id, None)
            tasks.close()
        for receiver in self.receivers:
            receiver.connection.close()  # a worker may be waiting for room in this pipe

    def shut_down(self) -> None:
        """End all workers: ask, wait a moment, then insist. Does nothing in a forked child, whose team this is not."""
        if os.getpid() != self.owner:
            return
        self.dismiss()
        deadline = time.monotonic() + STATUS_CHECK_SECONDS
        for process in self.processes:
            process.join(max(0.0, deadline - time.monotonic()))
        for end in ("terminate", "kill"):
            for process in self.processes:
                if process.is_alive():
                    getattr(process, end)()
                    process.join(STATUS_CHECK_SECONDS)
        for receiver in self.receivers:
            receiver.close()
        self.tasks.clear()
        self.receivers.clear()


class _MultiProcessingDataLoaderIter(_BaseDataLoaderIter):
    """A walk over a `Team`. `_underway` maps the number of a task to the worker that has it."""

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self._prefetch_factor = loader.prefetch_factor
        self._in_order = loader.in_order
        if self._prefetch_factor <= 0:
            raise AssertionError(f"prefetch_factor must be greater than 0 with workers, got {self._prefetch_factor}")
        if os.name == "posix":
            resource_tracker.ensure_running()  # before the first fork, so that all share one
        self._team = Team(loader.multiprocessing_context or get_context())
        self._shutdown_workers = weakref.finalize(self, self._team.shut_down)
        self._dismissed = False
        self._hire(loader)
        self._workers = self._team.processes
        self._reset(loader, first_iter=True)

    def _hire(self, loader: Any) -> None:
        for worker_id in range(self._num_workers):
            job = Job(
                self._dataset_kind,
                self._dataset,
                self._auto_collation,
                self._collate_fn,
                self._drop_last,
                self._base_seed,
                loader.worker_init_fn,
                worker_id,
                self._num_workers,
                self._team.stem(worker_id),
                self._shared_seed,
            )
            try:
                self._team.hire(job)
            except (TypeError, AttributeError, PicklingError):
                self._shutdown_workers()
                warnings.warn(
                    "Got pickle error when attempting to start a worker Process. This start method pickles the dataset, collate_fn and "
                    "worker_init_fn: define them at the top of a module, or ask for multiprocessing_context='fork'.",
                    stacklevel=5,
                )
                raise
            except BaseException:
                self._shutdown_workers()
                raise

    def _reset(self, loader: Any, first_iter: bool = False) -> None:
        super()._reset(loader, first_iter)
        self._send_idx = 0  # the next task to hand out
        self._rcvd_idx = 0  # the next batch to hand on
        self._underway: dict[int, int] = {}
        self._workers_status = [True] * self._num_workers
        self._workers_num_tasks = [0] * self._num_workers
        self._cycle = itertools.cycle(range(self._num_workers))
        if not first_iter:
            self._resume()
        for _ in range(self._prefetch_factor * self._num_workers):
            self._try_put_index()

    def _has_workers(self) -> bool:
        """Whether the workers are still there to be asked; one that died and was not missed yet counts."""
        return self._shutdown_workers.alive and not self._dismissed

    def _resume(self) -> None:
        """Let persistent workers begin again; what an abandoned epoch left under way is thrown away."""
        for worker_id, receiver in enumerate(self._team.receivers):
            self._team.tell(worker_id, ResumeIteration(receiver.taken_along(), self._shared_seed))
        for worker_id in range(self._num_workers):
            while not isinstance(self._receive([worker_id])[2], ResumeIteration):
                pass

    # ---- handing out ----

    def _try_put_index(self) -> None:
        try:
            index = self._next_index()
        except StopIteration:
            return
        worker_id = self._next_worker()
        if worker_id is None:
            return
        given_back = self._team.receivers[worker_id].taken_along()
        self._team.tell(worker_id, Task(self._send_idx, index, given_back))
        self._underway[self._send_idx] = worker_id
        self._workers_num_tasks[worker_id] += 1
        self._send_idx += 1

    def _next_worker(self) -> int | None:
        """The next in turn who still works; out of order, only one who has not more than a fair share under way."""
        share = self._prefetch_factor * self._num_workers // max(1, sum(self._workers_status))
        for worker_id in itertools.islice(self._cycle, self._num_workers):
            if self._workers_status[worker_id] and (self._in_order or self._workers_num_tasks[worker_id] < share):
                return worker_id
        return None

    # ---- collecting ----

    def _next_data(self) -> Any:
        while True:
            if not self._still_due():
                if not self._persistent_workers:
                    self._shutdown_workers()
                raise StopIteration
            if not self._has_workers():
                raise RuntimeError(
                    "DataLoader: the workers of this walk were shut down before its end; begin another by iter(loader)"
                )
            worker_id, number, data = self._receive(self._awaited())
            self._underway.pop(number, None)
            if not isinstance(data, IterableEnd):
                return self._hand_on(worker_id, data)
            self._workers_status[worker_id] = False
            if not self._persistent_workers:
                self._team.tell(worker_id, None)
            self._try_put_index()

    def _still_due(self) -> bool:
        """Move on to the first task that will be answered; whether there is one. A worker at its end answers none of its others."""
        while self._rcvd_idx < self._send_idx:
            worker_id = self._underway.get(self._rcvd_idx)
            if worker_id is not None and self._workers_status[worker_id]:
                return True
            self._underway.pop(self._rcvd_idx, None)
            self._rcvd_idx += 1
        return False

    def _awaited(self) -> Iterable[int]:
        """Whose answer may come next. In order it is one worker's, since a worker answers its tasks in the order it got them."""
        if self._in_order:
            return (self._underway[self._rcvd_idx],)
        return {worker_id for worker_id in self._underway.values() if self._workers_status[worker_id]}

    def _receive(self, worker_ids: Iterable[int]) -> tuple[int, Any, Any]:
        """(worker, tag, data) of the first answer of one of these workers. RuntimeError where a worker died or the time is over."""
        sources = {self._team.receivers[worker_id].connection: worker_id for worker_id in worker_ids}
        sentinels = [process.sentinel for process, works in zip(self._workers, self._workers_status, strict=True) if works]
        deadline = time.monotonic() + self._timeout if self._timeout > 0 else float("inf")
        while True:
            patience = min(STATUS_CHECK_SECONDS, max(0.0, deadline - time.monotonic()))
            for source in pipes.wait([*sources, *sentinels], patience):
                if source in sources:
                    return self._read(sources[source])
            self._check_alive(sources.values())
            if time.monotonic() >= deadline:
                raise RuntimeError(f"DataLoader timed out after {self._timeout} seconds")

    def _read(self, worker_id: int) -> tuple[int, Any, Any]:
        try:
            return (worker_id, *self._team.receivers[worker_id].receive())
        except (EOFError, OSError):
            self._workers[worker_id].join(STATUS_CHECK_SECONDS)
            self._report([self._workers[worker_id]])

    def _check_alive(self, awaited: Iterable[int]) -> None:
        wanted = {*awaited, *itertools.compress(range(self._num_workers), self._workers_status)}
        dead = [self._workers[worker_id] for worker_id in sorted(wanted) if not self._workers[worker_id].is_alive()]
        if dead:
            self._report(dead)

    def _report(self, dead: list[Any]) -> NoReturn:
        """RuntimeError that names these processes, caused by one that says how the first of them ended."""
        self._team.dismiss()  # whoever holds on to the exception holds this walk, but no process
        self._dismissed = True
        pids = ", ".join(str(process.pid) for process in dead)
        raise RuntimeError(f"DataLoader worker (pid(s) {pids}) exited unexpectedly") from RuntimeError(_how_it_ended(dead[0]))

    def _hand_on(self, worker_id: int, data: Any) -> Any:
        self._workers_num_tasks[worker_id] -= 1
        self._try_put_index()
        if isinstance(data, ExceptionWrapper):
            data.reraise()
        return data


def _how_it_ended(process: Any) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return (
            f"DataLoader worker (pid {process.pid}) exited unexpectedly with exit code {code}. Details are lost due to multiprocessing. "
            "Rerunning with num_workers=0 may give better error trace."
        )
    text = f"DataLoader worker (pid {process.pid}) is killed by signal: {signal.strsignal(-code) or -code}. "
    if -code == getattr(signal, "SIGBUS", None):
        text += (
            "It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit "
            "(the size of /dev/shm; docker run --shm-size)."
        )
    return text
