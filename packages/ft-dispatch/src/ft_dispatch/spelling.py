"""NumPy's spelling of arguments, which torch accepts beside its own: `axis` for `dim`, `keepdims` for `keepdim`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

_TORCH_NAME = {"axis": "dim", "keepdims": "keepdim", "x": "input"}


def numpy_names(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator: `function` also under NumPy's argument names."""

    @wraps(function)
    def renamed(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            for theirs, ours in _TORCH_NAME.items():
                if theirs in kwargs:
                    kwargs[ours] = kwargs.pop(theirs)
        return function(*args, **kwargs)

    renamed.bare = function  # type: ignore[attr-defined]  # a call without keywords needs no look at them
    return renamed
