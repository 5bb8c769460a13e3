"""`Timer`: how long a statement takes. Source: https://docs.pytorch.org/docs/stable/benchmark_utils.html"""

from __future__ import annotations

import textwrap
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, NoReturn

from ft_kernel_cpu.threads import get_num_threads, set_num_threads

from .measurement import Measurement, TaskSpec

__all__ = ["Timer", "timer"]

timer = perf_counter


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = get_num_threads()
    set_num_threads(count)
    try:
        yield
    finally:
        set_num_threads(before)


class Timer:
    """Times a statement: warmed up, with a fixed number of threads, and repeated until the answer is worth something.

    Args:
        stmt, setup: Python; the setup runs once before each series of runs. global_setup: for C++ only.
        timer: the clock. globals: names the statement may use; `torch` is there already.
        label, sub_label, description, env: how `Compare` shall call it.
        num_threads: of operations on tensors. language: "python", the only one.

    Raises: ValueError for another language or a global setup, which only C++ has.
    """

    def __init__(
        self,
        stmt: str = "pass",
        setup: str = "pass",
        global_setup: str = "",
        timer: Callable[[], float] = timer,
        globals: dict[str, Any] | None = None,
        label: str | None = None,
        sub_label: str | None = None,
        description: str | None = None,
        env: str | None = None,
        num_threads: int = 1,
        language: str = "python",
    ) -> None:
        if not isinstance(stmt, str):
            raise ValueError("Currently only a `str` stmt is supported.")
        if str(language).lower() not in ("py", "python", "language.python"):
            raise ValueError(f"Timer: statements are Python here, got language {language!r}")
        if global_setup:
            raise ValueError(
                f"global_setup is C++ only, got `{global_setup}`. Most likely this code can simply be moved to `setup`."
            )
        import frankentorch

        names = {"torch": frankentorch, **(globals or {})}
        stmt, setup = (textwrap.dedent(text).lstrip("\n").rstrip() for text in (stmt, setup))
        self._clock = timer
        self._timer = timeit.Timer(stmt, setup, timer, names)
        self._task_spec = TaskSpec(stmt, setup, global_setup, label, sub_label, description, env, num_threads)

    def _run(self, number: int) -> float:
        return max(self._timer.timeit(number), 1e-9)

    def timeit(self, number: int = 1_000_000) -> Measurement:
        """The statement run `number` times, after a warm-up, as one measurement."""
        with _threads(self._task_spec.num_threads):
            self._run(max(number // 100, 2))
            return Measurement(number, [self._run(number)], self._task_spec)

    def repeat(self, repeat: int = -1, number: int = -1) -> NoReturn:
        """NotImplementedError, as in torch: use `blocked_autorange`."""
        raise NotImplementedError("See `Timer.blocked_autorange.`")

    def autorange(self, callback: Callable[..., NoReturn] | None = None) -> NoReturn:
        """NotImplementedError, as in torch: use `blocked_autorange`."""
        raise NotImplementedError("See `Timer.blocked_autorange.`")

    def collect_callgrind(self, *args: Any, **kwargs: Any) -> NoReturn:
        """NotImplementedError: instructions of a Python framework are those of the interpreter."""
        raise NotImplementedError("Timer.collect_callgrind counts torch's C++ instructions; use blocked_autorange for times")

    def _block_size(self, min_run_time: float) -> int:
        """How many runs make the clock and the loop cost less than a thousandth."""
        overhead = sorted(max(timeit.Timer("pass", timer=self._clock).timeit(0), 0.0) for _ in range(5))[2]
        number = 1
        while True:
            taken = self._run(number)
            if (overhead / taken <= 1e-4 and taken >= min_run_time / 1000) or taken > min_run_time:
                return number
            number *= 10

    def blocked_autorange(self, callback: Callable[[int, float], NoReturn] | None = None, min_run_time: float = 0.2) -> Measurement:
        """Blocks of runs, as many as fill `min_run_time` seconds, each long enough that the clock does not matter.

        Args:
            callback: called with the size and the seconds of each block.
        """
        with _threads(self._task_spec.num_threads):
            number = self._block_size(min_run_time)
            taken: list[float] = []
            while sum(taken) < min_run_time:
                taken.append(self._run(number))
                if callback is not None:
                    callback(number, taken[-1])
        return Measurement(number, taken, self._task_spec)

    def adaptive_autorange(
        self,
        threshold: float = 0.1,
        *,
        min_run_time: float = 0.01,
        max_run_time: float = 10.0,
        callback: Callable[[int, float], NoReturn] | None = None,
    ) -> Measurement:
        """Blocks of runs until the middle half of their times lies within `threshold` of the median, or `max_run_time` is over."""
        with _threads(self._task_spec.num_threads):
            number = self._block_size(0.05)
            taken: list[float] = []
            while True:
                taken.append(self._run(number))
                if callback is not None:
                    callback(number, taken[-1])
                found = Measurement(number, taken, self._task_spec)
                steady = len(taken) > 3 and sum(taken) > min_run_time and found.meets_confidence(threshold)
                if steady or sum(taken) >= max_run_time:
                    return found
