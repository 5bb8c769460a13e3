"""torch.masked: reductions and normalisations that pass over what a mask leaves out; functions of the op table under `masked.`."""

from __future__ import annotations

import sys

from ._rooms import fill

__all__ = fill(sys.modules[__name__], "masked")  # noqa: PLE0605 - a list of strings
