"""torch.cpu.amp.autocast_mode: torch.amp.autocast on CPU under its old name."""

from __future__ import annotations

import warnings

from ft_core import bfloat16, dtype
from ft_dispatch import autocast as _autocast

__all__ = ["autocast"]


class autocast(_autocast.autocast):
    """`torch.amp.autocast("cpu", ...)`; deprecated, and says so. Arguments as there."""

    def __init__(self, enabled: bool = True, dtype: dtype = bfloat16, cache_enabled: bool = True) -> None:
        warnings.warn(
            "`torch.cpu.amp.autocast(args...)` is deprecated. Please use `torch.amp.autocast('cpu', args...)` instead.",
            FutureWarning,
            stacklevel=2,
        )
        super().__init__("cpu", dtype=dtype, enabled=enabled, cache_enabled=cache_enabled)
