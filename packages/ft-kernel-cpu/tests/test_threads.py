"""The pool: every element once, errors out of workers, limits, and no NumPy warnings from other threads."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from ft_kernel_cpu import threads


@pytest.fixture
def three_threads():
    before = threads.get_num_threads()
    threads.set_num_threads(3)
    yield
    threads.set_num_threads(before)


def test_split_covers_the_range_once(three_threads) -> None:
    n = 3 * threads.GRAIN + 7
    seen, workers = np.zeros(n, np.int8), set()

    def body(lo, hi):
        workers.add(threading.get_ident())
        seen[lo:hi] += 1
        np.log(-np.ones(1))  # a warning here would be an error

    with np.errstate(all="ignore"):
        threads.split(body, n)
    assert (seen == 1).all()


def test_small_ranges_stay_in_one_call(three_threads) -> None:
    calls = []
    threads.split(lambda lo, hi: calls.append((lo, hi)), threads.GRAIN)
    assert calls == [(0, threads.GRAIN)]


def test_nested_splits_do_not_split(three_threads) -> None:
    calls = []

    def outer(lo, hi):
        threads.split(lambda a, b: calls.append((a, b)), 4 * threads.GRAIN)

    threads.split(outer, 3 * threads.GRAIN)
    assert calls == [(0, 4 * threads.GRAIN)] * 3


def test_an_error_in_a_range_is_raised_here(three_threads) -> None:
    def body(lo, hi):
        if lo:
            raise ZeroDivisionError("in a worker")

    with pytest.raises(ZeroDivisionError, match="in a worker"):
        threads.split(body, 4 * threads.GRAIN)


@pytest.mark.parametrize(("count", "error"), [(0, RuntimeError), (-1, RuntimeError), (1.5, TypeError), (True, TypeError)])
def test_set_num_threads_refuses(count, error) -> None:
    with pytest.raises(error, match="set_num_threads expects"):
        threads.set_num_threads(count)
