"""torch.special: special functions; each is an op of the table under `special.`."""

from __future__ import annotations

import sys

from ._rooms import fill

__all__ = fill(sys.modules[__name__], "special")  # noqa: PLE0605 - a list of strings
