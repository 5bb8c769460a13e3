"""Filling new memory: the destination is always given and decides the dtype."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from .numbers import number_as
from .table import ALLOC, kernel, store

Array = np.ndarray
_SURE = 2**53  # below it a number is finite in every float type that is looked at, and an int is a double


@kernel("full", half="native")
def full(size: Any, value: Any, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array) -> Array:
    return _filled(out, value)


def _filled(out: Array, value: Any) -> Array:
    if out.dtype.char in "fd" and (value.__class__ is float or value.__class__ is int) and -_SURE < value < _SURE:
        out.fill(value)
    else:
        out[...] = number_as(value, out.dtype)
    return out


@kernel("fill.Scalar", half="native")
def fill(x: Array, value: Any, *, out: Any) -> Array:
    return _filled(np.empty_like(x, order="C") if out is ALLOC else out, value)


@kernel("copy", half="native")
def copy(x: Array, source: Array, non_blocking: bool, *, out: Any) -> Array:
    target = np.empty(x.shape, x.dtype) if out is ALLOC else out
    if source.dtype.kind == "c" and target.dtype.kind != "c":
        source = source.real
    np.copyto(target, source, casting="unsafe")
    return target


def _short_expand(x: Array, size: Any, implicit: bool) -> Any:
    """A few floats as a product with ones: one ufunc makes and fills the result."""
    shape = np.broadcast_shapes(x.shape, tuple(1 if n == -1 else n for n in size))
    if x.dtype.kind != "f" or prod(shape) > 4096:
        return None
    ones, multiply = np.ones(shape, x.dtype), np.multiply
    return lambda x, size, implicit, *, out: multiply(x, ones, out=out)


@kernel("expand_copy", half="native", inplace=(), short=_short_expand)
def expand_copy(x: Array, size: Any, implicit: bool, *, out: Any) -> Array:
    if out is ALLOC:
        lead = len(size) - x.ndim
        out = np.empty(tuple([x.shape[i - lead] if n == -1 else n for i, n in enumerate(size)]), x.dtype)
    out[...] = x
    return out


@kernel("arange.start_step", half="native")
def arange(start: Any, end: Any, step: Any, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array) -> Array:
    # start + i * step in the accumulation type, as torch computes it: NumPy's own arange takes end into account
    n = out.shape[0]
    if out.dtype.kind in "iu" and type(start) is type(step) is int and abs(start) + abs(step) * n < 2**63:
        return store(np.arange(start, start + step * n, step, dtype=np.int64), out)
    wide: Any = np.int64 if out.dtype.kind in "iu" else np.float64
    return store(np.arange(n, dtype=wide) * wide(step) + wide(start), out)


@kernel("linspace", half="native")
def linspace(start: Any, end: Any, steps: int, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array) -> Array:
    return _linspace(start, end, steps, out)


def _linspace(start: Any, end: Any, steps: int, out: Array) -> Array:
    """Counted from both ends to the middle, so that both ends are exact (torch's algorithm); integers cut off both ends first."""
    if out.dtype.kind in "iu":
        start, end = int(start), int(end)
    if steps == 1:
        out[0] = start
        return out
    kind = out.dtype
    work = kind.type if kind.kind in "fc" and kind.itemsize >= 4 and kind.num < 256 else np.float32
    if kind.kind in "iu":
        work = np.float64
    step = work((end - start) / (steps - 1)) if kind.kind not in "iu" else work(end - start) / work(steps - 1)
    i = np.arange(steps)
    half = steps // 2
    rising = work(start) + step * i[:half].astype(work)
    falling = work(end) - step * (steps - 1 - i[half:]).astype(work)
    out[:half] = rising
    out[half:] = falling
    return out


@kernel("logspace", half="native")
def logspace(
    start: Any, end: Any, steps: int, base: float, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array
) -> Array:
    work = np.complex128 if out.dtype.kind == "c" else np.float64 if out.dtype == np.float64 else np.float32
    if out.dtype.kind in "iu":
        start, end = int(start), int(end)
    exponents = _linspace(start, end, steps, np.empty(steps, work))
    return store(np.power(work(base), exponents), out)


@kernel("eye.m", half="native")
def eye(n: int, m: int, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array) -> Array:
    out[...] = 0
    np.fill_diagonal(out, 1)
    return out
