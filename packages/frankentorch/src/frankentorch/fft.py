"""torch.fft: discrete Fourier transforms; each is an op of the table under `fft.`."""

from __future__ import annotations

import sys

from ._rooms import fill

__all__ = fill(sys.modules[__name__], "fft")  # noqa: PLE0605 - a list of strings
