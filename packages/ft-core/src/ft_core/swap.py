"""Two tensors exchange what they are: class, attributes, data, gradient and history, while each stays the object it was.

For holders that must keep an object and give it other content, of another dtype or on another device.
"""

from __future__ import annotations

import weakref
from typing import Any

from .tensor import Tensor

_SLOTS = tuple(name for name in vars(Tensor)["__slots__"] if name not in ("__dict__", "__weakref__"))


def _content(tensor: Tensor) -> tuple[type, dict[str, Any], dict[str, Any]]:
    return type(tensor), tensor.__dict__, {name: getattr(tensor, name) for name in _SLOTS if hasattr(tensor, name)}


def _become(tensor: Any, content: tuple[type, dict[str, Any], dict[str, Any]]) -> None:
    tensor.__class__, tensor.__dict__, slots = content
    for name in _SLOTS:
        if name in slots:
            setattr(tensor, name, slots[name])
        elif hasattr(tensor, name):
            delattr(tensor, name)


def swap_tensors(t1: Tensor, t2: Tensor) -> None:
    """Exchange the contents of two tensors. Source: torch.utils.swap_tensors.

    Raises ``RuntimeError`` where one is weakly referenced, or a class adds slots that the other lacks; nothing is exchanged then.
    """
    for name, tensor in (("t1", t1), ("t2", t2)):
        if weakref.getweakrefs(tensor):
            raise RuntimeError(f"Cannot swap {name} because it has weakref associated with it")
    first, second = _content(t1), _content(t2)
    try:
        _become(t1, second)
    except TypeError as error:
        raise RuntimeError("Cannot swap t1 and t2 if they have different slots") from error
    _become(t2, first)
