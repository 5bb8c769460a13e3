"""torch.linalg: functions of the op table under `linalg.`, and the exception of failed factorizations."""

from __future__ import annotations

import sys

from ft_core.errors import LinAlgError

from ._rooms import fill

__all__ = ["LinAlgError", *fill(sys.modules[__name__], "linalg")]  # noqa: PLE0604 - strings, all of them
