"""torch.signal.windows: functions of the op table under `signal.windows.`."""

from __future__ import annotations

import sys

from .._rooms import fill

__all__ = fill(sys.modules[__name__], "signal.windows")  # noqa: PLE0605 - a list of strings
