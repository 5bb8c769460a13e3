"""Grad modes: no_grad, enable_grad, set_grad_enabled, inference_mode. Bits of the thread's state; contexts and decorators."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from ft_core.keys import INFERENCE, NOGRAD
from ft_core.state import TL

F = TypeVar("F", bound=Callable[..., Any])


class _Mode:
    """A context that sets and clears mode bits, usable as a decorator of functions, generators and classes' methods."""

    def __init__(self, on: int = 0, off: int = 0) -> None:
        self._on, self._off = on, off
        self._before: list[int] = []

    def clone(self) -> _Mode:
        """A fresh context of the same kind, for a decorated function that recurses."""
        made = object.__new__(type(self))
        _Mode.__init__(made, self._on, self._off)
        return made

    def __enter__(self) -> None:
        st = TL.st
        self._before.append(st.bits)
        off = self._off
        if st.bits & INFERENCE and not off & INFERENCE:
            off &= ~NOGRAD  # nothing is recorded in inference mode, whatever the grad mode
        st.bits = st.bits & ~off | self._on

    def __exit__(self, *exc: object) -> None:
        changed = self._on | self._off
        st = TL.st
        st.bits = st.bits & ~changed | self._before.pop() & changed

    def __call__(self, function: F) -> F:
        if inspect.isgeneratorfunction(function):
            return _around_generator(self, function)

        if inspect.isclass(function):
            warnings.warn(
                "Decorating classes is deprecated and will be disabled in future versions. You should only decorate functions or methods. "
                "To preserve the current behavior of class decoration, you can directly decorate the `__init__` method and nothing else.",
                FutureWarning,
                stacklevel=2,
            )

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self.clone():
                return function(*args, **kwargs)

        return wrapped  # type: ignore[return-value]


def _around_generator(mode: _Mode, function: F) -> F:
    """The mode holds while the generator's body runs, not while it is suspended."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with mode.clone():
            body = function(*args, **kwargs)
        resume, value = body.send, None
        while True:
            try:
                with mode.clone():
                    value = resume(value)
            except StopIteration as stop:
                return stop.value
            try:
                value, resume = (yield value), body.send
            except GeneratorExit:
                with mode.clone():
                    body.close()
                raise
            except BaseException as error:  # noqa: BLE001  # whatever it is, the body hears of it
                value, resume = error, body.throw

    return wrapped  # type: ignore[return-value]


class _Bare(_Mode):
    """A mode that also decorates without parentheses: `@torch.no_grad`."""

    def __new__(cls, function: Any = None) -> Any:
        made = object.__new__(cls)
        if callable(function):
            made.__init__()  # type: ignore[misc]
            return made(function)
        return made


class no_grad(_Bare):
    """Nothing is recorded inside: results have requires_grad False. Source: torch.no_grad."""

    def __init__(self, function: Any = None) -> None:
        super().__init__(on=NOGRAD)


class enable_grad(_Bare):
    """Recording is on inside, whatever is outside. Source: torch.enable_grad."""

    def __init__(self, function: Any = None) -> None:
        super().__init__(off=NOGRAD)


class set_grad_enabled(_Mode):
    """Recording on or off: as a function at once, as a context until its end. Source: torch.set_grad_enabled."""

    def __init__(self, mode: bool) -> None:
        if not isinstance(mode, bool):
            raise TypeError(f"set_grad_enabled(): argument 'enabled' (position 1) must be bool, not {type(mode).__name__}")
        super().__init__(*((0, NOGRAD) if mode else (NOGRAD, 0)))
        self.mode = mode
        self.__enter__()

    def __repr__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def __enter__(self) -> None:
        if not self._before:
            super().__enter__()

    def __call__(self, function: F) -> F:
        self.__exit__()
        return super().__call__(function)

    def clone(self) -> _Mode:
        return enable_grad() if self.mode else no_grad()


class inference_mode(_Mode):
    """No recording and no version counters inside; tensors made there cannot be saved for backward. Source: torch.inference_mode."""

    def __new__(cls, mode: Any = True) -> Any:
        made = object.__new__(cls)
        if callable(mode):
            inference_mode.__init__(made, True)
            return made(mode)
        return made

    def __init__(self, mode: bool = True) -> None:
        bits = INFERENCE | NOGRAD
        super().__init__(*((bits, 0) if mode else (0, bits)))


def is_grad_enabled() -> bool:
    """Whether this thread records."""
    return not TL.st.bits & NOGRAD


def is_inference_mode_enabled() -> bool:
    """Whether this thread is in inference mode."""
    return bool(TL.st.bits & INFERENCE)


def _set_grad_enabled(mode: bool) -> None:
    """Switch recording without a context (torch._C._set_grad_enabled)."""
    st = TL.st
    st.bits = st.bits & ~NOGRAD if mode else st.bits | NOGRAD
