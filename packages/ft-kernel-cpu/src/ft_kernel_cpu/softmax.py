"""Kernels of softmax, log_softmax and their backwards: every pass over a few rows while they are in the cache.

A row is one slice along `dim`. The maximum is subtracted first, so nothing overflows; a row that is all -inf gives NaN, as in
torch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .passes import BLOCK, folded
from .reduction import row_dot, row_sum, total
from .table import ALLOC, kernel, store

Array = np.ndarray


def _blocks(outer: int, length: int, inner: int) -> Iterator[tuple[slice, slice, slice]]:
    """Index tuples that cut (outer, length, inner) into cache-sized parts holding whole rows; none where rows have no elements."""
    if not length:
        return
    wide = max(1, min(inner, 2 * BLOCK // max(1, length)))
    tall = max(1, 2 * BLOCK // max(1, length * wide)) if wide == inner else 1
    for lo in range(0, outer, tall):
        for left in range(0, inner, wide):
            yield slice(lo, lo + tall), slice(None), slice(left, left + wide)


def _buffer(x: Array, out: Any) -> Array:
    """A contiguous array for the result: the destination itself where it is one."""
    return out if out is not ALLOC and out.flags.c_contiguous else np.empty(x.shape, x.dtype)


def _add(x: Array) -> Array:
    """Sum over axis 1, kept, of (outer, length, inner)."""
    return row_sum(x[:, :, 0])[:, :, None] if x.shape[2] == 1 else total(x, (1,), True)


def _few_rows(x: Array, dim: int) -> bool:
    """Whether the rows along `dim` are contiguous and so few that blocks, checks and buffers would cost more than the work."""
    few = 0 < x.size <= 2048 and x.ndim > 0 and dim in (-1, x.ndim - 1)
    return few and x.dtype.kind == "f" and x.flags.c_contiguous


def _short_softmax(x: Array, dim: int, half_to_float: bool) -> Any:
    if not _few_rows(x, dim):
        return None
    highest, added, subtract, exp, divide = np.maximum.reduce, np.add.reduce, np.subtract, np.exp, np.divide

    def short(x: Array, dim: int, half_to_float: bool, *, out: Any) -> Array:
        y = subtract(x, highest(x, -1, keepdims=True), out=out)
        exp(y, y)
        return divide(y, added(y, -1, keepdims=True), y)

    return short


def _short_log_softmax(x: Array, dim: int, half_to_float: bool) -> Any:
    if not _few_rows(x, dim):
        return None
    highest, added, subtract, exp, log = np.maximum.reduce, np.add.reduce, np.subtract, np.exp, np.log

    def short(x: Array, dim: int, half_to_float: bool, *, out: Any) -> Array:
        y = subtract(x, highest(x, -1, keepdims=True), out=out)
        sums = added(exp(y), -1, keepdims=True)
        return subtract(y, log(sums, sums), y)

    return short


def _short_softmax_backward(g: Array, y: Array, dim: int, input_dtype: Any) -> Any:
    if not _few_rows(g, dim) or g.shape != y.shape or not y.flags.c_contiguous:
        return None
    added, subtract, multiply = np.add.reduce, np.subtract, np.multiply

    def short(g: Array, y: Array, dim: int, input_dtype: Any, *, out: Any) -> Array:
        r = subtract(g, added(multiply(g, y), -1, keepdims=True), out=out)
        return multiply(r, y, r)

    return short


def _short_log_softmax_backward(g: Array, y: Array, dim: int, input_dtype: Any) -> Any:
    if not _few_rows(g, dim) or g.shape != y.shape or not y.flags.c_contiguous:
        return None
    added, subtract, multiply, exp = np.add.reduce, np.subtract, np.multiply, np.exp

    def short(g: Array, y: Array, dim: int, input_dtype: Any, *, out: Any) -> Array:
        r = exp(y)
        return subtract(g, multiply(r, added(g, -1, keepdims=True), r), out=out)

    return short


@kernel("_softmax", inplace=(), short=_short_softmax)
def softmax(x: Array, dim: int, half_to_float: bool, *, out: Any) -> Array:
    source = folded(x, dim) if x.ndim else x.reshape(1, 1, 1)
    y = _buffer(x, out)
    flat = y.reshape(source.shape)
    for part in _blocks(*source.shape):
        a, b = source[part], flat[part]
        np.subtract(a, np.maximum.reduce(a, axis=1, keepdims=True), out=b)
        np.exp(b, out=b)
        np.divide(b, _add(b), out=b)
    return y if y is out or out is ALLOC else store(y, out)


@kernel("_log_softmax", inplace=(), short=_short_log_softmax)
def log_softmax(x: Array, dim: int, half_to_float: bool, *, out: Any) -> Array:
    source = folded(x, dim) if x.ndim else x.reshape(1, 1, 1)
    y = _buffer(x, out)
    flat = y.reshape(source.shape)
    for part in _blocks(*source.shape):
        a, b = source[part], flat[part]
        np.subtract(a, np.maximum.reduce(a, axis=1, keepdims=True), out=b)
        sums = _add(np.exp(b))
        np.subtract(b, np.log(sums, out=sums), out=b)
    return y if y is out or out is ALLOC else store(y, out)


@kernel("_softmax_backward_data", inplace=(), short=_short_softmax_backward)
def softmax_backward(g: Array, y: Array, dim: int, input_dtype: Any, *, out: Any) -> Array:
    """y * (g - sum(g * y))"""
    grad, value = (folded(g, dim), folded(y, dim)) if g.ndim else (g.reshape(1, 1, 1), y.reshape(1, 1, 1))
    result = np.empty(grad.shape, grad.dtype)
    for part in _blocks(*grad.shape):
        a, b, r = grad[part], value[part], result[part]
        if a.shape[2] == 1:
            dot = row_dot(a[:, :, 0], b[:, :, 0])[:, :, None]
        else:
            dot = _add(np.multiply(a, b, out=r))
        np.subtract(a, dot, out=r)
        r *= b
    return store(result.reshape(g.shape), out)


@kernel("_log_softmax_backward_data", inplace=(), short=_short_log_softmax_backward)
def log_softmax_backward(g: Array, y: Array, dim: int, input_dtype: Any, *, out: Any) -> Array:
    """g - exp(y) * sum(g)"""
    grad, value = (folded(g, dim), folded(y, dim)) if g.ndim else (g.reshape(1, 1, 1), y.reshape(1, 1, 1))
    result = np.empty(grad.shape, grad.dtype)
    for part in _blocks(*grad.shape):
        a, b, r = grad[part], value[part], result[part]
        np.exp(b, out=r)
        r *= _add(a)
        np.subtract(a, r, out=r)
    return store(result.reshape(g.shape), out)
