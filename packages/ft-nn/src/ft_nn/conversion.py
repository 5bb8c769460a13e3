"""torch.__future__: what becomes of a parameter object when its module is moved, cast or loaded.

By default the object stays and its data changes. Either switch holds for the process. Source: torch.__future__ (2.13).
"""

from __future__ import annotations

__all__ = [
    "get_overwrite_module_params_on_conversion",
    "get_swap_module_params_on_conversion",
    "set_overwrite_module_params_on_conversion",
    "set_swap_module_params_on_conversion",
]

_on = {"overwrite": False, "swap": False}


def set_overwrite_module_params_on_conversion(value: bool) -> None:
    """Whether moving and casting a module make new parameters instead of changing the data of the old ones."""
    _on["overwrite"] = value


def get_overwrite_module_params_on_conversion() -> bool:
    """Whether moving and casting a module make new parameters."""
    return _on["overwrite"]


def set_swap_module_params_on_conversion(value: bool) -> None:
    """Whether moving, casting and loading exchange the contents of old and new parameters (:func:`ft_core.swap.swap_tensors`).

    The object stays even where device or class change. It goes before the other switch.
    """
    _on["swap"] = value


def get_swap_module_params_on_conversion() -> bool:
    """Whether moving, casting and loading exchange contents."""
    return _on["swap"]
