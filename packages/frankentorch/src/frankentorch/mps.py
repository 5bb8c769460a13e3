"""torch.mps: Apple's GPUs, which no package here serves: answers are "no" and 0 unless a plugin brings a backend for "mps"."""

from __future__ import annotations

from typing import NoReturn

from ._device_room import QUESTIONS, SEEDS, questions
from ._rooms import explain

globals().update(questions("mps"))

__all__ = [*QUESTIONS, *SEEDS]  # noqa: PLE0604 - strings, all of them


def __getattr__(name: str) -> NoReturn:
    raise AttributeError(explain(name, "torch.mps"), name=name)
