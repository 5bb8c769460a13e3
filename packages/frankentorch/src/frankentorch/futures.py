"""torch.futures: results that are not there yet, without a thread of their own: whoever makes the result sets it.

Source: https://docs.pytorch.org/docs/stable/futures.html
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

__all__ = ["Future", "collect_all", "wait_all"]

T = TypeVar("T")
S = TypeVar("S")


class Future(Generic[T]):
    """A value that will be set. `devices` is accepted for torch's sake: values on the CPU are there when they are set."""

    def __init__(self, *, devices: list[Any] | None = None) -> None:
        self._condition = threading.Condition()
        self._done = False
        self._value: Any = None
        self._error: BaseException | None = None
        self._callbacks: list[Callable[[Future[T]], Any]] = []

    def done(self) -> bool:
        """Whether it has a value or an exception."""
        return self._done

    def wait(self) -> T:
        """The value, when it is there; its exception is raised."""
        with self._condition:
            self._condition.wait_for(lambda: self._done)
        return self.value()

    def value(self) -> T:
        """The value. RuntimeError where it is not there yet; its exception is raised."""
        if not self._done:
            raise RuntimeError("Future: value() was called before it was done; wait() for it")
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[no-any-return]

    def set_result(self, result: T) -> None:
        """Give it its value and run the callbacks. RuntimeError where it has one."""
        self._finish(result, None)

    def set_exception(self, result: BaseException) -> None:
        """Let whoever waits raise this. TypeError for what is no exception."""
        if not isinstance(result, BaseException):
            raise TypeError(f"{result} is of type {type(result)}, not an Exception.")
        self._finish(None, result)

    def _finish(self, value: Any, error: BaseException | None) -> None:
        with self._condition:
            if self._done:
                raise RuntimeError(
                    "Future can only be marked completed once; attempting to mark a completed Future as completed again"
                )
            self._value, self._error, self._done = value, error, True
            callbacks, self._callbacks = self._callbacks, []
            self._condition.notify_all()
        for callback in callbacks:
            callback(self)

    def add_done_callback(self, callback: Callable[[Future[T]], None]) -> None:
        """Call `callback(self)` when it is done, at once where it is. What it raises at a later time is not seen by who set the result."""
        if not self._add(_quiet(callback)):
            callback(self)

    def then(self, callback: Callable[[Future[T]], S]) -> Future[S]:
        """The future of `callback(self)`, which is called when this one is done; what it raises is that future's exception."""
        made: Future[S] = Future()

        def run(done: Future[T]) -> None:
            try:
                result = callback(done)
            except Exception as error:  # noqa: BLE001  # which the other future is for
                made.set_exception(error)
            else:
                made.set_result(result)

        if not self._add(run):
            run(self)
        return made

    def _add(self, callback: Callable[[Future[T]], Any]) -> bool:
        """Keep a callback for later; False where it is late already."""
        with self._condition:
            if not self._done:
                self._callbacks.append(callback)
            return not self._done


def _quiet(callback: Callable[[Future[T]], None]) -> Callable[[Future[T]], None]:
    def call(done: Future[T]) -> None:
        import sys

        try:
            callback(done)
        except Exception:  # noqa: BLE001  # there is nobody to raise it to
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]

    return call


def collect_all(futures: list[Future[Any]]) -> Future[list[Future[Any]]]:
    """A future of the list of futures, done when all of them are, however they ended."""
    made: Future[list[Future[Any]]] = Future()
    left, lock = [len(futures)], threading.Lock()

    def one(_: Future[Any]) -> None:
        with lock:
            left[0] -= 1
            last = not left[0]
        if last:
            made.set_result(list(futures))

    if not futures:
        made.set_result([])
    for future in futures:
        future.add_done_callback(one)
    return made


def wait_all(futures: list[Future[Any]]) -> list[Any]:
    """The values of all, in order, when all are done; the exception of the first that has one is raised."""
    return [future.wait() for future in collect_all(futures).wait()]
