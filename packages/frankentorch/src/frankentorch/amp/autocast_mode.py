"""torch.amp.autocast_mode: regions, and decorators by which custom autograd functions take part in them."""

from __future__ import annotations

import functools
from collections import abc
from collections.abc import Callable
from typing import Any

from ft_core import Tensor, device, dtype, float64
from ft_dispatch.autocast import autocast, autocast_decorator
from ft_dispatch.autocast_state import SUPPORTED, get_autocast_dtype, is_autocast_enabled

__all__ = ["autocast", "autocast_decorator", "custom_bwd", "custom_fwd", "is_autocast_available"]


def is_autocast_available(device_type: str) -> bool:
    """Whether there is an autocast for a device type. RuntimeError for a string that names no device."""
    return device(device_type).type in SUPPORTED


def _cast(value: Any, device_type: str, dtype: dtype) -> Any:
    """Floating tensors of the device type in nested containers cast to `dtype`; float64, strings and arrays stay as they are."""
    if isinstance(value, Tensor):
        eligible = value.is_floating_point() and value.device.type == device_type and value.dtype is not float64
        return value.to(dtype) if eligible else value
    if isinstance(value, abc.Mapping):
        return {_cast(k, device_type, dtype): _cast(v, device_type, dtype) for k, v in value.items()}
    if isinstance(value, (str, bytes)) or hasattr(value, "__array_interface__") or not isinstance(value, abc.Iterable):
        return value
    each = (_cast(v, device_type, dtype) for v in value)
    return type(value)(each) if isinstance(value, (list, tuple)) else each  # type: ignore[call-arg]


def _check(device_type: Any) -> None:
    if not isinstance(device_type, str):
        raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")


def custom_fwd(fwd: Callable[..., Any] | None = None, *, device_type: str, cast_inputs: dtype | None = None) -> Any:
    """Decorator of the `forward` of an autograd Function: notes autocast for `custom_bwd`, or casts the inputs and switches it off.

    With `cast_inputs`, inside a region, floating inputs are cast to that dtype and forward runs with autocast off; outside a region it
    does nothing. ValueError where `device_type` is no string. Source: torch.amp.custom_fwd.
    """
    _check(device_type)
    if fwd is None:
        return functools.partial(custom_fwd, device_type=device_type, cast_inputs=cast_inputs)

    @functools.wraps(fwd)
    def decorate_fwd(*args: Any, **kwargs: Any) -> Any:
        ctx = args[0]
        ctx._dtype = get_autocast_dtype(device_type)
        inside = is_autocast_enabled(device_type)
        ctx._fwd_used_autocast = inside and cast_inputs is None
        if cast_inputs is None or not inside:
            return fwd(*args, **kwargs)
        with autocast(device_type=device_type, enabled=False):
            return fwd(*_cast(args, device_type, cast_inputs), **_cast(kwargs, device_type, cast_inputs))

    return decorate_fwd


def custom_bwd(bwd: Callable[..., Any] | None = None, *, device_type: str) -> Any:
    """Decorator of the `backward` of an autograd Function: it runs under the autocast its forward ran under.

    ValueError where `device_type` is no string. Source: torch.amp.custom_bwd.
    """
    _check(device_type)
    if bwd is None:
        return functools.partial(custom_bwd, device_type=device_type)

    @functools.wraps(bwd)
    def decorate_bwd(*args: Any, **kwargs: Any) -> Any:
        with autocast(device_type=device_type, enabled=args[0]._fwd_used_autocast, dtype=args[0]._dtype):
            return bwd(*args, **kwargs)

    return decorate_bwd
