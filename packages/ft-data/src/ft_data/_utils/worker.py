"""What runs in a worker process: seed everything, then load what the loader asks for until it hangs up.

A thread reads the tasks, so that the loader never waits for a worker that is busy, and a worker learns at once when it is to stop. An
exception goes back as data, with its traceback; whatever else ends the process, the loader notices by the pipe that closes.
"""

from __future__ import annotations

import os
import queue
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import numpy as np

from ft_core.backend import backend_for
from ft_dispatch import surface as torch

from ..datapipes.datapipe import IterDataPipe, MapDataPipe
from ..graph_settings import apply_random_seed, apply_sharding
from ..transport import Sender
from .errors import ExceptionWrapper
from .fetch import _DatasetKind

__all__ = ["WorkerInfo", "get_worker_info"]

STATUS_CHECK_SECONDS = 5.0
"""How often both sides look whether the other process is still there, in case no pipe told them."""


@dataclass(frozen=True, slots=True)
class WorkerInfo:
    """Which worker this is: `id` of `num_workers`, its `seed`, and its own copy of the `dataset`. Source: torch's class."""

    id: int
    num_workers: int
    seed: int
    dataset: Any
    rng: Any = None
    worker_method: str | None = "multiprocessing"


_worker_info: WorkerInfo | None = None


def get_worker_info() -> WorkerInfo | None:
    """In a worker process of a DataLoader what it is, elsewhere None. Source: torch.utils.data.get_worker_info."""
    return _worker_info


class Task(NamedTuple):
    """One item of the index sampler, its place in the order, and the segments the loader has done with."""

    number: int
    index: Any
    given_back: list[int]


class ResumeIteration(NamedTuple):
    """The word between two epochs of persistent workers; sent back when all before it has been answered."""

    given_back: list[int]
    shared_seed: int | None = None  # of pipelines


class IterableEnd(NamedTuple):
    """The answer of a worker whose part of an iterable dataset has come to its end."""

    worker_id: int


@dataclass(frozen=True)
class Job:
    """What a worker needs to know before its first task."""

    kind: int  # of the dataset, in the words of _DatasetKind
    dataset: Any
    auto_collation: bool
    collate_fn: Callable[[Any], Any]
    drop_last: bool
    base_seed: int
    init_fn: Callable[[int], Any] | None
    worker_id: int
    num_workers: int
    stem: str
    shared_seed: int | None = None  # of pipelines

    def seed_pipes(self, seed: int | None) -> None:
        """Seed the random pipes of a pipeline as every other worker does."""
        if seed is not None:
            apply_random_seed(self.dataset, torch.Generator().manual_seed(seed))

    def fetcher(self) -> Any:
        """A fetcher at the beginning of the dataset."""
        return _DatasetKind.create_fetcher(self.kind, self.dataset, self.auto_collation, self.collate_fn, self.drop_last)

    @property
    def where(self) -> str:
        """The place that an exception's message names."""
        return f"in DataLoader worker process {self.worker_id}"


class Inbox:
    """The tasks of a worker in order; iteration ends when the loader hangs up, says None, or is gone."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.parent = os.getppid()
        self.stopped = False
        self._waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="ft-data-tasks", daemon=True).start()

    def _read(self) -> None:
        try:
            while True:
                while not self.connection.poll(STATUS_CHECK_SECONDS):
                    if os.getppid() != self.parent:  # siblings may still hold the pipe of a loader that was killed
                        raise EOFError
                message = self.connection.recv()
                if message is None:
                    break
                self._waiting.put(message)
        except (EOFError, OSError):
            pass
        self.stopped = True
        self._waiting.put(None)

    def __iter__(self) -> Iterator[Any]:
        while (message := self._waiting.get()) is not None and not self.stopped:
            yield message


def seed_everything(base_seed: int, worker_id: int) -> int:
    """Seed this worker's `random`, `torch` and `numpy.random` as torch does; the seed of the first two.

    NumPy's legacy generator and `random` are one algorithm: equal seeds would give them equal streams, so NumPy's is hashed.
    """
    seed = base_seed + worker_id
    random.seed(seed)
    torch.manual_seed(seed)
    words = [worker_id, base_seed & 0xFFFFFFFF, base_seed >> 32, 0]
    np.random.seed(np.random.SeedSequence(words).generate_state(4))  # noqa: NPY002  # the generator that programs call
    return seed


def worker_loop(job: Job, tasks: Connection, results: Connection, inherited: list[Connection]) -> None:
    """The body of a worker process. inherited: the loader's ends of pipes that a fork brought along, to be closed here."""
    global _worker_info
    for connection in inherited:
        connection.close()
    try:
        backend_for("cpu").set_num_threads(1)  # one core per worker, as torch
        seed = seed_everything(job.base_seed, job.worker_id)
        _worker_info = WorkerInfo(job.worker_id, job.num_workers, seed, job.dataset)
        job.seed_pipes(job.shared_seed)
        _serve(job, Inbox(tasks), results)
    except (KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        pass  # an interrupt reaches the loader, too, which says so; and a loader that hung up wants no answer


def _serve(job: Job, inbox: Inbox, results: Connection) -> None:
    sender = Sender(results, job.stem)
    fetcher, failure = _begin(job, True)
    ended = False
    for message in inbox:
        sender.take_back(message.given_back)
        if isinstance(message, ResumeIteration):
            sender.send(None, message)
            job.seed_pipes(message.shared_seed)
            (fetcher, failure), ended = _begin(job, False), False
        elif not ended:
            data = failure or _load(job, fetcher, message.index)
            ended = isinstance(data, IterableEnd)
            _answer(sender, job, message.number, data)


def _begin(job: Job, first: bool) -> tuple[Any, ExceptionWrapper | None]:
    """A fetcher at the beginning of the dataset, or why there is none: every batch that is asked for will say so."""
    try:
        if first and isinstance(job.dataset, (IterDataPipe, MapDataPipe)):
            apply_sharding(job.dataset, job.num_workers, job.worker_id)
        if first and job.init_fn is not None:
            job.init_fn(job.worker_id)
        return job.fetcher(), None
    except Exception:  # noqa: BLE001  # raised again in the loader
        return None, ExceptionWrapper(where=job.where)


def _load(job: Job, fetcher: Any, index: Any) -> Any:
    """A batch, or what there is to say instead."""
    try:
        return fetcher.fetch(index)
    except Exception as error:  # noqa: BLE001  # raised again in the loader
        if job.kind == _DatasetKind.Iterable and isinstance(error, StopIteration):
            return IterableEnd(job.worker_id)
        return ExceptionWrapper(where=job.where)


def _answer(sender: Sender, job: Job, number: int, data: Any) -> None:
    try:
        sender.send(number, data)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception:  # noqa: BLE001  # a batch, or an exception, that cannot be pickled
        failure = ExceptionWrapper(where=job.where)
        if isinstance(data, ExceptionWrapper):  # a class that cannot travel: its text can
            failure = data
            failure.exc_type = RuntimeError
        sender.send(number, failure)
