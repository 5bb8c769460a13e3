"""torch.cuda.amp.autocast_mode: torch.amp.autocast on CUDA under its old name."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from ft_core import dtype, float16
from ft_dispatch import autocast as _autocast

from ...amp import autocast_mode as _mode

__all__ = ["autocast", "custom_bwd", "custom_fwd"]


class autocast(_autocast.autocast):
    """`torch.amp.autocast("cuda", ...)`; deprecated, and says so. Arguments as there."""

    def __init__(self, enabled: bool = True, dtype: dtype = float16, cache_enabled: bool = True) -> None:
        warnings.warn(
            "`torch.cuda.amp.autocast(args...)` is deprecated. Please use `torch.amp.autocast('cuda', args...)` instead.",
            FutureWarning,
            stacklevel=2,
        )
        super().__init__("cuda", dtype=dtype, enabled=enabled, cache_enabled=cache_enabled)


def _warn(name: str) -> None:
    warnings.warn(
        f"`torch.cuda.amp.{name}(args...)` is deprecated. Please use `torch.amp.{name}(args..., device_type='cuda')` instead.",
        FutureWarning,
        stacklevel=3,
    )


def custom_fwd(fwd: Callable[..., Any] | None = None, *, cast_inputs: dtype | None = None) -> Any:
    """`torch.amp.custom_fwd(..., device_type="cuda")`; deprecated, and says so."""
    _warn("custom_fwd")
    return _mode.custom_fwd(fwd, device_type="cuda", cast_inputs=cast_inputs)


def custom_bwd(bwd: Callable[..., Any]) -> Any:
    """`torch.amp.custom_bwd(..., device_type="cuda")`; deprecated, and says so."""
    _warn("custom_bwd")
    return _mode.custom_bwd(bwd, device_type="cuda")
