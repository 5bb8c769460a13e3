"""torch.jit as it is under PYTORCH_JIT=0: scripting is off, marks are kept as they are, and decorated functions run as Python."""

from __future__ import annotations

from typing import Any, Final, TypeVar

T = TypeVar("T")

__all__ = [
    "Attribute",
    "Final",
    "annotate",
    "export",
    "ignore",
    "is_scripting",
    "is_tracing",
    "isinstance",
    "script",
    "script_if_tracing",
    "unused",
]

_isinstance = isinstance


class Attribute(tuple):
    """A value with its declared type, for scripted modules."""

    __slots__ = ()

    def __new__(cls, value: Any, type: Any) -> Attribute:
        return tuple.__new__(cls, (value, type))

    value = property(lambda self: self[0], doc="The value.")
    type = property(lambda self: self[1], doc="Its declared type.")


def is_scripting() -> bool:
    """Whether this code is being scripted: no."""
    return False


def is_tracing() -> bool:
    """Whether this code is being traced by torch.jit: no."""
    return False


def script(obj: T, *unused: Any, **options: Any) -> T:
    """`obj` itself: what torch returns when PYTORCH_JIT=0."""
    return obj


def script_if_tracing(fn: T) -> T:
    """`fn` itself, since nothing is traced."""
    return fn


def ignore(drop: Any = False, **options: Any) -> Any:
    """Mark a function as left out of scripting; usable with and without arguments."""
    return drop if callable(drop) else lambda function: function


def unused(fn: T) -> T:
    """Mark a function as not callable from scripts."""
    return fn


def export(fn: T) -> T:
    """Mark a method as an entry point of a script."""
    return fn


def annotate(the_type: Any, the_value: T) -> T:
    """The value; the type is for scripts."""
    return the_value


def isinstance(obj: Any, target_type: Any) -> bool:
    """Python's isinstance; generic types are tested by their origin."""
    targets = target_type if _isinstance(target_type, (tuple, list)) else (target_type,)
    return _isinstance(obj, tuple(getattr(t, "__origin__", t) for t in targets))
