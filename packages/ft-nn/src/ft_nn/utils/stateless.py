"""The older home of functional_call, which still works and says where it lives now. Source: torch.nn.utils.stateless (2.13)."""

from __future__ import annotations

import warnings
from typing import Any

from . import substitution

__all__ = ["functional_call"]


def functional_call(
    module: Any,
    parameters_and_buffers: dict[str, Any],
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """:func:`torch.func.functional_call` under its older name, with a FutureWarning."""
    warnings.warn(
        "`torch.nn.utils.stateless.functional_call` is deprecated as of PyTorch 2.0 and will be removed in a future version of PyTorch. "
        "Please use `torch.func.functional_call` instead which is a drop-in replacement.",
        FutureWarning,
        stacklevel=2,
    )
    return substitution.functional_call(module, parameters_and_buffers, args, kwargs, tie_weights=tie_weights, strict=strict)
