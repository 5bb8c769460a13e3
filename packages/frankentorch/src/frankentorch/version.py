"""torch.version: the torch whose behaviour is matched, and our own version.

`__version__` compares with strings and tuples, as torch's does: `torch.__version__ >= (2, 1)`.
"""

from __future__ import annotations

import re
from typing import Any

from .alias import TORCH_VERSION

__all__ = ["TorchVersion", "__version__", "cuda", "debug", "git_version", "hip", "xpu"]


def _release(value: Any) -> tuple[int, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(int(part) for part in value)
    numbers = re.match(r"\d+(?:\.\d+)*", str(value))
    if numbers is None:
        raise ValueError(f"TorchVersion: a version starts with numbers and dots; got {value!r}")
    return tuple(int(part) for part in numbers[0].split("."))


class TorchVersion(str):
    """A version that is a string and compares by its release numbers."""

    __slots__ = ()

    def _pair(self, other: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        mine, theirs = _release(str(self)), _release(other)
        width = max(len(mine), len(theirs))
        return mine + (0,) * (width - len(mine)), theirs + (0,) * (width - len(theirs))

    def __lt__(self, other: Any) -> bool:
        mine, theirs = self._pair(other)
        return mine < theirs

    def __le__(self, other: Any) -> bool:
        mine, theirs = self._pair(other)
        return mine <= theirs

    def __gt__(self, other: Any) -> bool:
        mine, theirs = self._pair(other)
        return mine > theirs

    def __ge__(self, other: Any) -> bool:
        mine, theirs = self._pair(other)
        return mine >= theirs


__version__ = TorchVersion(f"{TORCH_VERSION}+frankentorch")
debug = False
cuda: str | None = None
"""The CUDA version torch was built with: none, since kernels are compiled on the user's machine."""
hip: str | None = None
xpu: str | None = None
git_version = "frankentorch"
