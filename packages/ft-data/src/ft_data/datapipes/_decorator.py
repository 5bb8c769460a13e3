"""Decorators of pipes: a name as a method, who may be random where determinism is asked for, and what types flow."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from .datapipe import IterDataPipe, MapDataPipe

__all__ = [
    "argument_validation", "functional_datapipe", "guaranteed_datapipes_determinism", "non_deterministic", "runtime_validation",
    "runtime_validation_disabled",
]  # fmt: skip

_determinism = False
_runtime_validation_enabled = True


class functional_datapipe:
    """Decorator of a pipe's class: `pipe.<name>(...)` makes one over `pipe`. Any other class is left as it is, as torch leaves it."""

    def __init__(self, name: str, enable_df_api_tracing: bool = False) -> None:
        self.name = name
        self.enable_df_api_tracing = enable_df_api_tracing

    def __call__(self, cls: Any) -> Any:
        kind = cls.cls if isinstance(cls, non_deterministic) else getattr(getattr(cls, "__self__", None), "cls", cls)
        if isinstance(kind, type) and issubclass(kind, IterDataPipe):
            IterDataPipe.register_datapipe_as_function(self.name, cls)
        elif isinstance(kind, type) and issubclass(kind, MapDataPipe):
            MapDataPipe.register_datapipe_as_function(self.name, cls)
        return cls


class guaranteed_datapipes_determinism:
    """Inside, pipes that are marked as not deterministic are refused. In force from its creation on, as in torch."""

    def __init__(self) -> None:
        global _determinism
        self.prev = _determinism
        _determinism = True

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exc: object) -> None:
        global _determinism
        _determinism = self.prev


class non_deterministic:
    """Decorator of an IterDataPipe whose order is not fixed, plain or with a function of its arguments that says whether.

    Making one under `guaranteed_datapipes_determinism` is a TypeError, and so is decorating anything else, or a function that returns
    no bool.
    """

    cls: type[IterDataPipe[Any]] | None = None

    def __init__(self, arg: Any) -> None:
        if isinstance(arg, type):
            if not issubclass(arg, IterDataPipe):
                raise TypeError(f"Only `IterDataPipe` can be decorated with `non_deterministic`, but {arg.__name__} is found")
            self.cls = arg
        elif callable(arg):
            self.deterministic_fn: Callable[..., bool] = arg
        else:
            raise TypeError(f"{arg} can not be decorated by non_deterministic")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.cls is not None:
            _refuse(self.cls, "")
            return self.cls(*args, **kwargs)
        if not (isinstance(args[0], type) and issubclass(args[0], IterDataPipe)):
            raise TypeError(f"Only `IterDataPipe` can be decorated, but {args[0].__name__} is found")
        self.cls = args[0]
        return self.deterministic_wrapper_fn

    def deterministic_wrapper_fn(self, *args: Any, **kwargs: Any) -> IterDataPipe[Any]:
        """Make the pipe, if these arguments leave its order fixed or nobody minds."""
        answer = self.deterministic_fn(*args, **kwargs)
        if not isinstance(answer, bool):
            raise TypeError(
                f"deterministic_fn of `non_deterministic` decorator is required to return a boolean value, but {type(answer)} is found"
            )
        if answer:
            _refuse(self.cls, " with the inputs")
        return self.cls(*args, **kwargs)  # type: ignore[misc]


def _refuse(cls: Any, when: str) -> None:
    if _determinism:
        raise TypeError(
            f"{cls.__name__} is non-deterministic{when}, but you set 'guaranteed_datapipes_determinism'. You can turn off determinism "
            "for this DataPipe if that is acceptable for your application"
        )


# -- types of what flows ---------------------------------------------------------------------------------------------------
# torch 2.13 gives no pipe a `type`: whoever wants these two sets one, with `issubtype(other)` and `issubtype_of_instance(sample)`.
# A pipe without is an AttributeError there and here.


def argument_validation(f: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator: an argument whose hint is a pipe's class must be an IterDataPipe, and its `type` a subtype of the hint's.

    The decorated function raises TypeError where it is not. Source: torch.utils.data.argument_validation.
    """
    signature, hints = inspect.signature(f), get_type_hints(f)
    pipes = {name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, (IterDataPipe, MapDataPipe))}

    @functools.wraps(f)
    def checked(*args: Any, **kwargs: Any) -> Any:
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            if name not in pipes:
                continue
            if not isinstance(value, IterDataPipe):
                raise TypeError(f"Expected argument '{name}' as a IterDataPipe, but found {type(value)}")
            wanted: Any = pipes[name]
            if not value.type.issubtype(wanted.type):
                raise TypeError(f"Expected type of argument '{name}' as a subtype of hint {wanted.type}, but found {value.type}")
        return f(*args, **kwargs)

    return checked


class runtime_validation_disabled:
    """Inside, `runtime_validation` lets every sample pass. In force from its creation on, as in torch."""

    def __init__(self) -> None:
        global _runtime_validation_enabled
        self.prev = _runtime_validation_enabled
        _runtime_validation_enabled = False

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exc: object) -> None:
        global _runtime_validation_enabled
        _runtime_validation_enabled = self.prev


def runtime_validation(f: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator of a pipe's `__iter__`: RuntimeError at the first sample that is not of the pipe's `type`; TypeError for another method.

    Source: torch.utils.data.runtime_validation.
    """
    if f.__name__ != "__iter__":
        raise TypeError(f"Can not decorate function {f.__name__} with 'runtime_validation'")

    @functools.wraps(f)
    def checked(self: Any) -> Iterator[Any]:
        if not _runtime_validation_enabled:
            yield from f(self)
            return
        for sample in f(self):
            if not self.type.issubtype_of_instance(sample):
                raise RuntimeError(f"Expected an instance as subtype of {self.type}, but found {sample}({type(sample)})")
            yield sample

    return checked
