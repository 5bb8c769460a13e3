"""torch.utils: trees of containers, hook handles, DLPack, and what the packages beside this one bring under torch's name."""

from . import _python_dispatch, _pytree, checkpoint, dlpack, hooks

__all__ = ["_python_dispatch", "_pytree", "checkpoint", "dlpack", "hooks", "set_module"]


def set_module(obj: object, mod: str) -> None:
    """Set the module under which an object is shown. TypeError unless `mod` is a string."""
    if not isinstance(mod, str):
        raise TypeError("The mod argument should be a string")
    obj.__module__ = mod
