"""What goes wrong in a worker is said in the loader and never waited for; and nothing outlives a walk, however it ends."""

import faulthandler
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ft_data as data
from ft_data import workers
from ft_dispatch import surface as torch

pytestmark = pytest.mark.usefixtures("nothing_left")

PROMPT = 3.0
"""Seconds within which a death is noticed, far from the five after which both sides look without having been told."""


class Acting(data.Dataset):
    """Does something at one index, and gives enough data at the others to need shared memory."""

    def __init__(self, act, at=3, length=8):
        self.act, self.at, self.length = act, at, length

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        if i == self.at:
            self.act()
        return torch.full((5000,), i)


def fail():
    raise ValueError("bad sample")


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def crash(signal_number):
    faulthandler.disable()  # pytest's would print the stack of the test
    os.kill(os.getpid(), signal_number)


def gone(processes):
    """Whether no process of these is left, after the moment that the kernel may need."""
    deadline = time.monotonic() + 5
    while any(process.is_alive() for process in processes) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not any(process.is_alive() for process in processes)


# ---- exceptions ----


def test_exception_comes_with_the_workers_traceback():
    walk = iter(data.DataLoader(Acting(fail, at=1), 2, num_workers=2))
    with pytest.raises(ValueError, match=r"^Caught ValueError in DataLoader worker process 0\.\nOriginal Traceback") as caught:
        next(walk)
    assert "in fail\n" in str(caught.value)
    assert str(caught.value).endswith("ValueError: bad sample\n")
    assert [batch[0, 0].item() for batch in walk] == [2, 4, 6]  # the walk goes on with the next batch, as torch's


def test_exception_of_the_init_function():
    with pytest.raises(ValueError, match="Caught ValueError in DataLoader worker process 0"):
        list(data.DataLoader(Acting(fail), num_workers=1, worker_init_fn=lambda worker_id: fail()))


def test_exception_that_cannot_travel():
    class Local(Exception):
        pass

    def raise_local():
        raise Local("here")

    with pytest.raises(RuntimeError, match=r"Caught \w+ in DataLoader worker process 0(.|\n)*Local: here"):
        list(data.DataLoader(Acting(raise_local, at=0), num_workers=1))


def test_batch_that_cannot_travel():
    loader = data.DataLoader(Acting(int), None, num_workers=1, collate_fn=lambda x: lambda: x)
    with pytest.raises(Exception, match=r"Caught \w+ in DataLoader worker process 0(.|\n)*in _pack"):
        list(loader)
    grown = data.DataLoader(Acting(int), None, num_workers=1, collate_fn=lambda x: torch.ones(2, requires_grad=True) * 2)
    with pytest.raises(RuntimeError, match="Cowardly refusing to serialize non-leaf tensor"):
        list(grown)


def test_stop_iteration_of_a_dataset_with_an_index_is_an_error():
    def stop():
        raise StopIteration

    with pytest.raises(StopIteration, match="Caught StopIteration in DataLoader worker process"):
        next(iter(data.DataLoader(Acting(stop, at=0), num_workers=1)))


# ---- deaths ----


@pytest.mark.parametrize(
    ("act", "how"),
    [
        (kill, "is killed by signal: Killed"),
        (lambda: os._exit(7), "exited unexpectedly with exit code 7"),
        (lambda: sys.exit(3), "exited unexpectedly with exit code 3"),
        (lambda: crash(signal.SIGBUS), "workers are out of shared memory"),
        (lambda: crash(signal.SIGSEGV), "is killed by signal: Segmentation fault"),
    ],
)
def test_dead_worker_is_reported(act, how):
    loader = data.DataLoader(Acting(act), 1, num_workers=2)
    walk = iter(loader)
    processes = list(walk._workers)
    began = time.monotonic()
    with pytest.raises(RuntimeError, match=r"^DataLoader worker \(pid\(s\) \d+\) exited unexpectedly$") as caught:
        list(walk)
    assert time.monotonic() - began < PROMPT
    assert str(processes[1].pid) in str(caught.value)
    assert how in str(caught.value.__cause__)
    assert gone(processes)  # though the exception is held, and with it the walk
    with pytest.raises(RuntimeError, match="shut down before its end"):
        next(walk)
    del walk, caught  # which removes what the dead worker never got to say


def test_worker_killed_while_idle_is_reported():
    walk = iter(data.DataLoader(Acting(int, length=100), 1, num_workers=2))
    next(walk)
    os.kill(walk._workers[1].pid, signal.SIGKILL)
    with pytest.raises(RuntimeError, match=rf"\(pid\(s\) {walk._workers[1].pid}\) exited unexpectedly"):
        list(walk)


def test_persistent_loader_hires_anew_after_a_death():
    loader = data.DataLoader(Acting(int), 4, num_workers=2, persistent_workers=True)
    assert len(list(loader)) == 2
    os.kill(loader._iterator._workers[0].pid, signal.SIGKILL)
    with pytest.raises(RuntimeError, match="exited unexpectedly"):
        list(loader)
    assert len(list(loader)) == 2


def test_death_is_reported_while_another_worker_is_busy():
    def act():
        kill() if data.get_worker_info().id else time.sleep(4)

    walk = iter(data.DataLoader(Each(act), 1, num_workers=2))
    began = time.monotonic()
    with pytest.raises(RuntimeError, match="exited unexpectedly"):
        next(walk)
    assert time.monotonic() - began < PROMPT


class Each(data.Dataset):
    """Does something at every index."""

    def __init__(self, act):
        self.act = act

    def __len__(self):
        return 100

    def __getitem__(self, i):
        self.act()
        return i


def test_iterable_dataset_that_cannot_begin():
    class Broken(data.IterableDataset):
        def __iter__(self):
            raise ValueError("no file")

    loader = data.DataLoader(Broken(), num_workers=1, persistent_workers=True)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"Caught ValueError in DataLoader worker process 0(.|\n)*no file"):
            next(iter(loader))


def test_walk_that_was_shut_down_by_hand():
    walk = iter(data.DataLoader(Acting(int), 1, num_workers=1))
    walk._shutdown_workers()
    with pytest.raises(RuntimeError, match="shut down before its end"):
        next(walk)


def test_timeout(monkeypatch):
    monkeypatch.setattr(workers, "STATUS_CHECK_SECONDS", 0.2)
    walk = iter(data.DataLoader(Acting(lambda: time.sleep(60), at=0), 1, num_workers=1, timeout=0.2))
    with pytest.raises(RuntimeError, match=r"DataLoader timed out after 0\.2 seconds"):
        next(walk)


# ---- leaks ----


def test_walk_that_ended_leaves_no_process():
    walk = iter(data.DataLoader(Acting(int), 1, num_workers=2))
    processes = list(walk._workers)
    assert len(list(walk)) == 8
    assert gone(processes)
    with pytest.raises(StopIteration):
        next(walk)


@pytest.mark.parametrize("taken", [0, 1, 5])
def test_walk_that_is_deleted_leaves_no_process(taken):
    walk = iter(data.DataLoader(Acting(int, length=50), 1, num_workers=2))
    processes = list(walk._workers)
    for _ in range(taken):
        next(walk)
    del walk
    assert gone(processes)


def test_worker_that_waits_for_room_in_its_pipe_stops_at_once():
    loader = data.DataLoader(range(10_000), 1, num_workers=2, prefetch_factor=100, collate_fn=lambda x: b"x" * 8000)
    walk = iter(loader)
    next(walk)
    time.sleep(0.3)  # both have filled their pipes by now
    processes, began = list(walk._workers), time.monotonic()
    del walk
    assert gone(processes)
    assert time.monotonic() - began < PROMPT


def test_persistent_workers_end_with_their_loader():
    loader = data.DataLoader(Acting(int), 1, num_workers=2, persistent_workers=True)
    list(loader)
    processes = list(loader._iterator._workers)
    assert all(process.is_alive() for process in processes)
    del loader
    assert gone(processes)


def test_break_and_exception_leave_no_process():
    loader = data.DataLoader(Acting(int), 1, num_workers=2)
    before = set(multiprocessing.active_children())
    for _ in loader:
        break
    with pytest.raises(ZeroDivisionError):
        [batch.shape[0] // 0 for batch in loader]
    gc.collect()
    assert gone(set(multiprocessing.active_children()) - before)


def test_interrupt_of_the_program_leaves_no_process():
    walk = iter(data.DataLoader(Acting(lambda: time.sleep(1), at=1), 1, num_workers=2))
    processes = list(walk._workers)
    next(walk)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    handler = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(walk)
    finally:
        signal.signal(signal.SIGALRM, handler)
    del walk
    assert gone(processes)


def test_worker_that_will_not_stop_is_ended(monkeypatch):
    monkeypatch.setattr(workers, "STATUS_CHECK_SECONDS", 0.2)

    def stubborn():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)

    walk = iter(data.DataLoader(Acting(stubborn, at=0), 1, num_workers=1))
    processes = list(walk._workers)
    time.sleep(0.1)
    del walk
    assert gone(processes)


def test_pipes_are_closed():
    def count():
        return len(list(Path("/proc/self/fd").iterdir()))

    loader = data.DataLoader(Acting(int), 1, num_workers=2)
    list(loader)
    before = count()
    for _ in range(3):
        list(loader)
    assert count() <= before


SCRIPT = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what it starts in the background
import ft_kernel_cpu
from ft_core.backend import backend_for; backend_for("cpu")
import ft_data as data
from ft_dispatch import surface as torch
class Slow(data.Dataset):
    def __len__(self): return 1000
    def __getitem__(self, i):
        time.sleep(0.001)
        return torch.full((50_000,), i)
import warnings; warnings.simplefilter("ignore")
walk = iter(data.DataLoader(Slow(), 1, num_workers=2, persistent_workers={persistent}))
next(walk)
print(os.getpid(), *[w.pid for w in walk._workers], flush=True)
{then}
"""


@pytest.mark.parametrize(
    ("then", "status", "persistent"),
    [
        ("sys.exit(0)", 0, False),
        ("sys.exit(0)", 0, True),
        ("raise ValueError('end')", 1, False),
        ("time.sleep(60)", -signal.SIGINT, False),
        ("time.sleep(60)", -signal.SIGTERM, False),
        ("time.sleep(60)", -signal.SIGKILL, False),
    ],
)
def test_program_that_ends_leaves_nothing(then, status, persistent):
    code = SCRIPT.format(then=then, persistent=persistent)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            parent, *pids = map(int, program.stdout.readline().split())
            if status < 0:
                program.send_signal(-status)
            _, said = program.communicate(timeout=30)
        finally:
            program.kill()
    assert program.returncode == status or (status == -signal.SIGINT and "KeyboardInterrupt" in said)
    assert "leaked" not in said or status in (-signal.SIGKILL, -signal.SIGTERM)  # the tracker speaks up where nobody could clean
    deadline = time.monotonic() + 10
    while [pid for pid in pids if Path(f"/proc/{pid}").exists()] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    while (left := sorted(Path("/dev/shm").glob(f"ft{parent:x}*"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
