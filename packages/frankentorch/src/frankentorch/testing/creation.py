"""`make_tensor`: a tensor of random values for tests."""

from __future__ import annotations

import math
from typing import Any

from ft_core import Tensor, device, dtype
from ft_dispatch import surface

__all__ = ["make_tensor"]


def make_tensor(
    *shape: Any,
    dtype: dtype,
    device: str | device,
    low: float | None = None,
    high: float | None = None,
    requires_grad: bool = False,
    noncontiguous: bool = False,
    exclude_zero: bool = False,
    memory_format: Any = None,
) -> Tensor:
    """A tensor of `shape` with values drawn evenly from [low, high).

    Defaults: [-9, 9] for floats and complex, [-9, 10) for integers, [0, 10) for uint8, {0, 1} for bool. noncontiguous: every second
    element of a larger tensor. exclude_zero: zeros become the smallest positive value. ValueError for an empty range, or where both
    memory layouts are asked for. Source: torch.testing.make_tensor.
    """
    sizes = tuple(shape[0]) if len(shape) == 1 and not isinstance(shape[0], int) else shape
    if noncontiguous and memory_format is not None:
        raise ValueError("The parameters `noncontiguous` and `memory_format` are mutually exclusive, but got both.")
    if requires_grad and not (dtype.is_floating_point or dtype.is_complex):
        raise ValueError(f"`requires_grad=True` is not supported for boolean and integral dtypes, but got dtype={dtype}")
    made = _values(_doubled(sizes) if noncontiguous else sizes, dtype, device, low, high)
    if noncontiguous and made.numel() > 1:
        made = made[..., ::2]
    elif memory_format is not None:
        made = made.clone(memory_format=memory_format)
    if exclude_zero:
        made[made == 0] = surface.finfo(dtype).tiny if dtype.is_floating_point or dtype.is_complex else 1
    return made.requires_grad_() if requires_grad else made


def _doubled(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return (*sizes[:-1], 2 * sizes[-1]) if sizes and 0 not in sizes and _count(sizes) > 1 else sizes


def _count(sizes: tuple[int, ...]) -> int:
    n = 1
    for size in sizes:
        n *= size
    return n


def _values(sizes: tuple[int, ...], dtype: dtype, device: Any, low: float | None, high: float | None) -> Tensor:
    bottom: float
    top: float
    if dtype is surface.bool:
        bottom, top = 0, 2
    elif dtype is surface.uint8:
        bottom, top = 0, 10
    else:
        bottom, top = -9, 9 if dtype.is_floating_point or dtype.is_complex else 10
    bottom, top = bottom if low is None else low, top if high is None else high
    if math.isnan(bottom) or math.isnan(top):
        raise ValueError(f"`low` and `high` cannot be NaN, but got low={low} and high={high if high is not None else top}")
    if bottom >= top:
        raise ValueError(f"`low` must be less than `high`, but got {bottom} >= {top}")
    if dtype.is_complex:
        real = surface.float64 if dtype is surface.complex128 else surface.float32
        pair = surface.empty((*sizes, 2), dtype=real, device=device).uniform_(bottom, top)
        return surface.view_as_complex(pair).to(dtype)
    if dtype.is_floating_point:
        wide = dtype if dtype.itemsize > 2 else surface.float32
        return surface.empty(sizes, dtype=wide, device=device).uniform_(bottom, top).to(dtype)
    return surface.randint(int(bottom), int(top), sizes, device=device, dtype=dtype)
