"""`Tensor.grad_dtype`: the dtype of a leaf's gradient where it is not the leaf's own.

The engine brings every gradient to the dtype of what it is for (`arrival.fit`); a leaf with a `grad_dtype` stands in its table of leaves that
are looked after (`LEAF_HOOKS`), so that others pay nothing.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, dtype

from .hooks import leaf_hooks


def _get(t: Tensor) -> dtype | None:
    """The dtype that the gradient of this leaf has, its own unless another was set; None where any will do.

    Setting it: RuntimeError for a tensor that is no leaf, for what is no dtype, and where there is a gradient of another dtype.
    Source: torch.Tensor.grad_dtype.
    """
    if not t.is_leaf:
        raise RuntimeError("grad_dtype can only be accessed on leaf tensors.")
    held = getattr(t, "_extra", None) or {}
    return held.get("grad_dtype", t.dtype)  # type: ignore[no-any-return]


def _set(t: Tensor, value: Any) -> None:
    if not t.is_leaf:
        raise RuntimeError("grad_dtype can only be set on leaf tensors.")
    if value is not None and not isinstance(value, dtype):
        raise RuntimeError(f"grad_dtype must be a torch.dtype or None, but got {type(value).__name__}")
    grad = t._grad
    if grad is not None and value is not None and grad.dtype is not value:
        raise RuntimeError(
            f"Cannot set grad_dtype to '{value.scalar_name}' because there is already a gradient with dtype "
            f"'{grad.dtype.scalar_name.lower()}'. Please clear the gradient (.grad = None) before changing grad_dtype, or ensure the new "
            "grad_dtype matches the existing gradient's dtype."
        )
    extra = dict(getattr(t, "_extra", None) or {})
    if value is t.dtype:
        extra.pop("grad_dtype", None)
        getattr(t, "_hooks", {}).pop("dtype", None)
    else:
        extra["grad_dtype"] = leaf_hooks(t)["dtype"] = value
    t._extra = extra  # type: ignore[misc, attr-defined]  # a slot of Tensor's


grad_dtype = property(_get, _set, doc=_get.__doc__)
