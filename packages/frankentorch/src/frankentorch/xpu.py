"""torch.xpu: Intel GPUs, for which no backend is installed: the questions answer "no" and "0", as they do in a torch that is built without.

Source: https://docs.pytorch.org/docs/stable/xpu.html
"""

from __future__ import annotations

from typing import Any, NoReturn

__all__ = [
    "current_device", "device_count", "empty_cache", "init", "is_available", "is_bf16_supported", "is_initialized", "manual_seed",
    "manual_seed_all", "set_device", "synchronize",
]  # fmt: skip


def is_available() -> bool:
    """Whether XPU tensors can be made: no."""
    return False


def is_initialized() -> bool:
    """Whether they were: no."""
    return False


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Whether a device computes in bfloat16: there is none."""
    return False


def device_count() -> int:
    """How many devices there are: 0."""
    return 0


def empty_cache() -> None:
    """Nothing is cached."""


def manual_seed(seed: int) -> None:
    """There is no generator to seed."""


def manual_seed_all(seed: int) -> None:
    """There is no generator to seed."""


def init() -> NoReturn:
    """Raises torch's AssertionError: there is nothing to initialize."""
    raise AssertionError(
        "Torch not compiled with XPU enabled: FrankenTorch has no backend for it; guard with torch.xpu.is_available()"
    )


def current_device() -> int:
    """Raises torch's AssertionError: there is none."""
    init()


def set_device(device: Any) -> None:
    """Raises torch's AssertionError: there is none."""
    init()


def synchronize(device: Any = None) -> None:
    """Raises torch's AssertionError: there is nothing to wait for."""
    init()
