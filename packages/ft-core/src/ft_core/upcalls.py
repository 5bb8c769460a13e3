"""Calls from the data model up to packages that ft_core may not import, filled in when those packages register.

`Tensor.requires_grad` of a view asks autograd to re-read the base; `Tensor.backward` runs an engine; `deepcopy` clones. ft_core holds
none of that: it calls `upcalls.<name>`, and until a package fills the slot the call says what to install.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _missing(name: str, package: str) -> Callable[..., Any]:
    def missing(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(f"{name}: this needs {package}, which is not loaded; install and import {package} (or frankentorch)")

    return missing


refresh_view: Callable[..., Any] = lambda tensor: None  # noqa: E731  # without autograd no view ever goes stale
backward: Callable[..., Any] = _missing("Tensor.backward", "ft-autograd")
register_hook: Callable[..., Any] = _missing("Tensor.register_hook", "ft-autograd")
retain_grad: Callable[..., Any] = _missing("Tensor.retain_grad", "ft-autograd")
accumulate_node: Callable[..., Any] = _missing("AccumulateGrad", "ft-autograd")
clone: Callable[..., Any] = _missing("Tensor.clone", "ft-dispatch")
detach: Callable[..., Any] = _missing("Tensor.detach", "ft-dispatch")
getitem: Callable[..., Any] = _missing("Tensor.__getitem__", "ft-dispatch")
torch_function: Callable[..., Any] = _missing("__torch_function__", "ft-dispatch")
construct: Callable[..., Any] = _missing("Tensor()", "ft-dispatch")
empty_tensor: Callable[..., Any] = _missing("Parameter()", "ft-dispatch")
wrapped_item: Callable[..., Any] = _missing("item() of a tensor without memory", "ft-dispatch")
refresh_alias: Callable[..., Any] = lambda tensor: None  # noqa: E731  # filled with the first view on a backend without aliasing
default_dtype_changed: Callable[[], None] = lambda: None  # noqa: E731  # whoever keeps what follows from the default dtype forgets it
observe: Callable[..., Any] | None = None  # called before data leaves a traced or level tensor; None when nothing is active


def fill(**slots: Callable[..., Any]) -> None:
    """Fill slots by name; TypeError for a name that is none."""
    known = globals()
    for name, function in slots.items():
        if name not in known:
            raise TypeError(f"ft_core.upcalls has no slot {name!r}")
        known[name] = function
