"""Running sums and products along one dimension, by CuPy's scans: CUB along a contiguous dimension."""

from __future__ import annotations

from typing import Any

from .launch import store
from .reduction import sum_name
from .runtime import machine
from .table import array_dtype, kernel


def _scan(scan: Any, x: Any, dim: int, dtype: Any, out: Any) -> Any:
    kind = array_dtype(sum_name(x, dtype))
    if x.ndim == 0:
        return store(x.astype(kind), out)
    return store(scan(x, axis=dim, dtype=kind), out)


@kernel("cumsum")
def cumsum(x: Any, dim: int, dtype: Any, *, out: Any = None) -> Any:
    return _scan(machine().xp.cumsum, x, dim, dtype, out)


@kernel("cumprod")
def cumprod(x: Any, dim: int, dtype: Any, *, out: Any = None) -> Any:
    return _scan(machine().xp.cumprod, x, dim, dtype, out)
