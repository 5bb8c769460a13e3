"""torch.nn.attention: which ways scaled_dot_product_attention may take, and causal masks that are never materialised.

On the CPU two backends exist: FLASH_ATTENTION, the kernel in cache-sized blocks, and MATH, the formula. `flex_attention` is a
module of its own, loaded when it is imported. Source: torch.nn.attention (2.13).
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from enum import Enum
from typing import Any

from ft_dispatch.ops.attention import BACKENDS

from . import bias

__all__ = [
    "WARN_FOR_UNFUSED_KERNELS",
    "SDPBackend",
    "bias",
    "sdpa_kernel",
]

WARN_FOR_UNFUSED_KERNELS = False
"""Kept for programs that set it: a causal bias never has to fall back here."""


class SDPBackend(Enum):
    """The ways of scaled_dot_product_attention."""

    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4

    def __int__(self) -> int:
        return self.value


_NAMES = {
    SDPBackend.CUDNN_ATTENTION: "cudnn",
    SDPBackend.FLASH_ATTENTION: "flash",
    SDPBackend.EFFICIENT_ATTENTION: "mem_efficient",
    SDPBackend.MATH: "math",
    SDPBackend.OVERRIDEABLE: "overrideable",
}


@contextlib.contextmanager
def sdpa_kernel(backends: list[SDPBackend] | SDPBackend, set_priority: bool = False) -> Iterator[dict[str, object]]:
    """Let scaled_dot_product_attention take only these ways within the block.

    ``set_priority`` asks to try them in the order given; the fused way is tried first in any case where it is allowed. Raises
    ``AssertionError`` for anything but backends, and attention itself ``RuntimeError`` where none of them can serve a call.
    """
    if not isinstance(backends, (list, SDPBackend)):
        raise AssertionError(
            f"Backend must be an instance of SDPBackend or a list of SDPBackend instances, got {type(backends).__name__}"
        )
    allowed = [backends] if isinstance(backends, SDPBackend) else backends
    before = dict(BACKENDS)
    BACKENDS.update({name: backend in allowed for backend, name in _NAMES.items()})
    try:
        yield {}
    finally:
        BACKENDS.update(before)


_REGISTRY = frozenset(f"{verb}_flash_attention_impl" for verb in ("activate", "current", "register", "restore")) | {
    "list_flash_attention_impls"
}


def __getattr__(name: str) -> Any:
    """flex_attention, and the functions of `registry`, imported when they are asked for: both cost more than all the rest."""
    if name == "flex_attention":
        return importlib.import_module(f"{__name__}.flex_attention")
    if name in _REGISTRY:
        return getattr(importlib.import_module(f"{__name__}.registry"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_REGISTRY})
