"""The rule of one iterator per pipe: a new walk through an IterDataPipe ends the one before, and says so to whoever goes on with it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

_FEEDBACK = (
    "\nFor feedback regarding this single iterator per IterDataPipe constraint, feel free to comment on this issue: "
    "https://github.com/pytorch/data/issues/45."
)


def _described(pipe: Any) -> str:
    """The pipe as `Class(argument=value)`, with those arguments of its constructor that it kept under their names."""
    given = sorted(name for name in inspect.signature(type(pipe)).parameters if hasattr(pipe, name))
    shown = {name: getattr(pipe, name) for name in given}
    values = {name: v.__name__ if inspect.isfunction(v) else repr(v) for name, v in shown.items()}
    return f"{type(pipe).__name__}({', '.join(f'{name}={value}' for name, value in values.items())})"


def _begin(pipe: Any) -> int:
    """Make the walk that begins now the valid one; its number."""
    if pipe._is_child_datapipe:
        return pipe._set_main_datapipe_valid_iterator_id()  # type: ignore[no-any-return]
    pipe._valid_iterator_id = 0 if pipe._valid_iterator_id is None else pipe._valid_iterator_id + 1
    pipe.reset()
    return pipe._valid_iterator_id  # type: ignore[no-any-return]


def _check(pipe: Any, number: int) -> None:
    """RuntimeError where another walk began since this one."""
    if pipe._is_child_datapipe:
        if not pipe._check_valid_iterator_id(number):
            raise RuntimeError(
                "This iterator has been invalidated, because a new iterator has been created from one of the ChildDataPipes of "
                f"{_described(pipe.main_datapipe)}.{_FEEDBACK}"
            )
    elif pipe._valid_iterator_id != number:
        raise RuntimeError(
            "This iterator has been invalidated because another iterator has been created from the same IterDataPipe: "
            f"{_described(pipe)}\nThis may be caused by multiple references to the same IterDataPipe. We recommend using `.fork()` if "
            f"that is necessary.{_FEEDBACK}"
        )


class _Walk:
    """An iterator that asks before each step whether it is still the valid one."""

    def __init__(self, inner: Iterator[Any], pipe: Any, number: int) -> None:
        self.inner, self.pipe, self.number = inner, pipe, number

    def __iter__(self) -> _Walk:
        return self

    def __next__(self) -> Any:
        _check(self.pipe, self.number)
        value = next(self.inner)
        self.pipe._number_of_samples_yielded += 1
        return value

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def _explained(error: Exception, pipe: Any) -> None:
    """Add to an exception's message which pipe it passed first."""
    text = error.args[0] if error.args and isinstance(error.args[0], str) else None
    if text is None:
        error.args = (f"\nThis exception is thrown by __iter__ of {_described(pipe)}",)
    elif "thrown by __iter__ of" not in text and "single iterator per IterDataPipe constraint" not in text:
        error.args = (f"{text}\nThis exception is thrown by __iter__ of {_described(pipe)}", *error.args[1:])


def single_iterator(function: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Any]:
    """An `__iter__` under the rule. A generator function begins its walk with the first element, any other at once, as in torch."""
    if not inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def begun(self: Any) -> _Walk:
            inner = function(self)
            return _Walk(inner, self, _begin(self))

        return begun

    @functools.wraps(function)
    def generated(self: Any) -> Iterator[Any]:
        inner = function(self)
        number = _begin(self)
        try:
            for value in inner:
                self._number_of_samples_yielded += 1
                yield value
                _check(self, number)
        except Exception as error:
            _explained(error, self)
            raise

    return generated
