"""An exception on its way to another process: its class and its traceback as text, raised again where it arrives."""

from __future__ import annotations

import sys
import traceback
from typing import Any, NoReturn

__all__ = ["ExceptionWrapper", "KeyErrorMessage"]


class KeyErrorMessage(str):
    """A text that a KeyError prints as it is: KeyError shows the repr of its argument, where a traceback is unreadable."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class ExceptionWrapper:
    """The exception being handled (or `exc_info`), without its frames: those would keep alive what they hold.

    where: the place to name in the message, such as "in DataLoader worker process 0".
    """

    def __init__(self, exc_info: Any = None, where: str = "in background") -> None:
        kind, value, trace = exc_info or sys.exc_info()
        self.exc_type: Any = kind
        self.exc_msg = "".join(traceback.format_exception(kind, value, trace))
        self.where = where

    def reraise(self) -> NoReturn:
        """Raise the exception's class with a text that ends in the original traceback; RuntimeError where the class takes no text."""
        message = f"Caught {self.exc_type.__name__} {self.where}.\nOriginal {self.exc_msg}"
        if self.exc_type is KeyError:
            message = KeyErrorMessage(message)
        elif getattr(self.exc_type, "message", None):
            raise self.exc_type(message=message)
        try:
            error = self.exc_type(message)
        except Exception:  # noqa: BLE001  # a constructor we know nothing about
            raise RuntimeError(message) from None
        try:
            raise error
        finally:
            del error  # or this frame and the traceback hold each other, and with them the walk and its workers
