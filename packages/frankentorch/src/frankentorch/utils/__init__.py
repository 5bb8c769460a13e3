"""torch.utils: trees of containers, hook handles, DLPack, and what the packages beside this one bring under torch's name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ft_core.swap import swap_tensors

from . import _python_dispatch, _pytree, checkpoint, dlpack, hooks

if TYPE_CHECKING:
    import ft_data as data

__all__ = ["_python_dispatch", "_pytree", "checkpoint", "data", "dlpack", "hooks", "set_module", "swap_tensors"]


def __getattr__(name: str) -> Any:
    """`data`, on first use: it brings multiprocessing, which a program without a loader should not pay for."""
    if name == "data":
        return importlib.import_module(f"{__name__}.data")
    raise AttributeError(f"module 'torch.utils' has no attribute {name!r}", name=name)


def set_module(obj: object, mod: str) -> None:
    """Set the module under which an object is shown. TypeError unless `mod` is a string."""
    if not isinstance(mod, str):
        raise TypeError("The mod argument should be a string")
    obj.__module__ = mod
