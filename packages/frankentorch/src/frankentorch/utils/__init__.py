"""torch.utils: trees of containers, hook handles, DLPack, and what the packages beside this one bring under torch's name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ft_core.swap import swap_tensors

from . import _python_dispatch, _pytree, checkpoint, dlpack, hooks

if TYPE_CHECKING:
    import ft_data as data

    from . import benchmark, collect_env, deterministic, flop_counter, model_zoo, module_tracker, serialization, weak

__all__ = [
    "_python_dispatch",
    "_pytree",
    "benchmark",
    "checkpoint",
    "collect_env",
    "data",
    "deterministic",
    "dlpack",
    "flop_counter",
    "hooks",
    "model_zoo",
    "module_tracker",
    "serialization",
    "set_module",
    "swap_tensors",
    "weak",
]

_LATER = (
    "_foreach_utils", "benchmark", "collect_env", "data", "deterministic", "flop_counter", "model_zoo", "module_tracker", "serialization",
    "weak",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """What not every program needs, on first use: `data` brings multiprocessing, which a program without a loader should not pay for."""
    if name in _LATER:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'torch.utils' has no attribute {name!r}", name=name)


def set_module(obj: object, mod: str) -> None:
    """Set the module under which an object is shown. TypeError unless `mod` is a string."""
    if not isinstance(mod, str):
        raise TypeError("The mod argument should be a string")
    obj.__module__ = mod
