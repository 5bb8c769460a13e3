"""Kernels that reduce axes: sums, means, products, truth, counts, norms. Extremes are in `extreme`.

NumPy adds pairwise only along the fastest axis; a long sum over a slow axis drifts by a per cent. `total` is the one place that
adds: it walks the axes in memory order and folds long slow ones, so every sum here stays within a few units of the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from ft_core import get_default_dtype

from .passes import BLOCK, keep_where, sliced
from .table import ALLOC, kernel, store

FOLD = 48  # longest chain of dependent additions; 96 would double the drift for 3 % of speed
WIDE = 4096  # from here on the fastest axis, too, is folded: adding rows is twice as fast as NumPy's pairwise loop
STRETCH = 1024  # elements of one product with itself
Dims = tuple[int, ...] | None


def axes_of(x: np.ndarray, dim: Any) -> tuple[int, ...]:
    """The axes to reduce: None and () mean all of them."""
    if dim is None or dim == ():
        return tuple(range(x.ndim))
    return dim if isinstance(dim, tuple) else tuple(dim) if isinstance(dim, list) else (dim,)


def count(x: np.ndarray, axes: tuple[int, ...]) -> int:
    """How many elements one result is made of."""
    n = 1
    for axis in axes:
        n *= x.shape[axis] if x.ndim else 1
    return n


def kept(shape: tuple[int, ...], axes: tuple[int, ...], keepdim: bool) -> tuple[int, ...]:
    """The result's shape."""
    if keepdim:
        return tuple(1 if i in axes else s for i, s in enumerate(shape))
    return tuple(s for i, s in enumerate(shape) if i not in axes)


def total(x: np.ndarray, dim: Any = None, keepdim: bool = False, out: Any = ALLOC) -> np.ndarray:
    """Sum over `dim` in x's own dtype; relative error about 1e-7 in float32 for a million equal terms along any axis."""
    if dim is None and keepdim is False and x.size < 256:  # too short to lose precision, and common in small nets
        return np.add.reduce(x, axis=None, dtype=x.dtype, out=out)
    axes = axes_of(x, dim)
    if x.ndim == 0:
        return store(x.copy(), out)
    rowwise = x.flags.c_contiguous and axes == tuple(range(x.ndim - len(axes), x.ndim)) and count(x, axes) < WIDE
    if x.dtype.kind not in "fc" or x.size < 256 or rowwise:
        return np.add.reduce(x, axis=axes, keepdims=keepdim, dtype=x.dtype, out=out)
    order = sorted(range(x.ndim), key=lambda i: -abs(x.strides[i]))
    y = x.transpose(order)
    places = [i for i, axis in enumerate(order) if axis in axes]
    while places:
        y, places = _drop_last(y, places)
    rest = [axis for axis in order if axis not in axes]
    y = y.transpose(np.argsort(rest)) if rest else y
    return store(y.reshape(kept(x.shape, axes, keepdim)), out)


def _drop_last(y: np.ndarray, places: list[int]) -> tuple[np.ndarray, list[int]]:
    """Sum the last axis in `places` away, together with neighbours where they are contiguous with it."""
    last = places[-1]
    first = len(places) - 1
    while first > 0 and places[first - 1] == places[first] - 1:
        first -= 1
    start = places[first]
    if start != last and y.flags.c_contiguous:
        y = y.reshape(*y.shape[:start], -1, *y.shape[last + 1 :])
        places, last = places[: first + 1], start
    return _fold(y, last, WIDE if last == y.ndim - 1 else FOLD), places[:-1]


def _fold(y: np.ndarray, axis: int, short: int) -> np.ndarray:
    """Sum an axis in chains of at most FOLD vector additions, until at most `short` terms are left for NumPy."""
    while y.shape[axis] > short:
        n = y.shape[axis]
        chunk = -(-n // FOLD)
        whole = n // chunk
        lead = (slice(None),) * axis
        body = y[(*lead, slice(0, whole * chunk))].reshape(*y.shape[:axis], whole, chunk, *y.shape[axis + 1 :])
        part = np.add.reduce(body, axis=axis, out=...)
        rest = n - whole * chunk
        if rest:
            part[(*lead, slice(0, rest))] += y[(*lead, slice(whole * chunk, n))]
        y = part
    return np.add.reduce(y, axis=axis, out=...)


def accumulated(x: np.ndarray, dtype: Any) -> np.ndarray:
    """`x` in the dtype a sum or product of it has: `dtype` where given (half types in float32), int64 for bool and integers."""
    if dtype is not None:
        kind = dtype.numpy
        wanted = np.dtype(np.float32) if kind.kind == "V" or (kind.itemsize < 4 and kind.kind not in "iub") else kind
        return x if x.dtype == wanted else x.astype(wanted)
    return x.astype(np.int64) if x.dtype.kind in "iub" and x.dtype != np.int64 else x


def row_dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Sum of a * b along the last axis, kept: one pass and no temporary while rows are short enough for plain SIMD sums."""
    if a.shape[-1] <= WIDE and a.dtype.kind == "f":
        return np.vecdot(a, b)[..., None]
    return total(a * b, (a.ndim - 1,), True)


def row_sum(x: np.ndarray) -> np.ndarray:
    """Sum along the last axis, kept."""
    if x.shape[-1] <= WIDE and x.dtype.kind == "f":
        return np.vecdot(x, _ones(x.shape[-1], x.dtype))[..., None]
    return total(x, (x.ndim - 1,), True)


def weighted_rows(x: np.ndarray, weight: np.ndarray | None) -> np.ndarray:
    """Sum along the last axis of a matrix, its elements times `weight`, kept."""
    if weight is None:
        return row_sum(x)
    return row_dot(x, weight) if x.shape[1] > WIDE or x.dtype.kind != "f" else np.dot(x, weight)[:, None]


def weighted_columns(x: np.ndarray, weight: np.ndarray | None) -> np.ndarray:
    """Sum along the first axis of a matrix of a few hundred rows, each times its `weight` (rows, 1): one product with a vector."""
    factors = _ones(len(x), x.dtype) if weight is None else weight.reshape(-1)
    return np.dot(factors, x) if len(x) <= WIDE else total(x if weight is None else x * weight, (0,))


@lru_cache(maxsize=64)
def _ones(n: int, dtype: np.dtype) -> np.ndarray:
    ones = np.ones(n, dtype)
    ones.setflags(write=False)
    return ones


def blocked_total(x: np.ndarray, term: Callable[[np.ndarray], np.ndarray], dim: Any, keepdim: bool, out: Any = ALLOC) -> np.ndarray:
    """Sum of `term(slice)` where `term` is elementwise: a full reduction of a contiguous array never writes the terms to memory."""
    axes = axes_of(x, dim)
    if len(axes) < x.ndim or x.size <= BLOCK or not x.flags.c_contiguous:
        return total(term(x), axes, keepdim, out)
    flat = x.reshape(-1)
    parts = np.array([np.add.reduce(term(flat[lo : lo + BLOCK])) for lo in range(0, flat.size, BLOCK)])
    return store(np.add.reduce(parts, out=...).reshape(kept(x.shape, axes, keepdim)), out)


def _square_sum(x: np.ndarray) -> Any:
    """Sum of squares of a row: products of stretches with themselves, which write nothing, then their sum."""
    n = x.size // STRETCH * STRETCH
    body = x[:n].reshape(-1, STRETCH)
    return np.add.reduce(np.vecdot(body, body)) + np.vecdot(x[n:], x[n:])


def _short_sum(x: np.ndarray, dtype: Any) -> Any:
    """All of a few floats: the ufunc itself, whose second parameter, the axis, is None where `dtype` is."""
    return np.add.reduce if dtype is None and x.dtype.kind in "fc" and x.size < 256 else None


def _short_sum_dim(x: np.ndarray, dim: Dims, keepdim: bool, dtype: Any) -> Any:
    if dtype is not None or x.dtype.kind not in "fc" or x.size >= 256 or x.ndim == 0:
        return None
    reduce, axes = np.add.reduce, axes_of(x, dim)
    return lambda x, dim, keepdim, dtype, *, out: reduce(x, axes, keepdims=keepdim, out=out)


def _summed(x: np.ndarray, dim: Any, keepdim: bool, dtype: Any, out: Any) -> np.ndarray:
    """Sum in the dtype that `accumulated` says; narrow integers are widened as they are added, so without a wide copy of them all."""
    if x.dtype.kind in "iub" and x.itemsize < 8 and x.ndim and (dtype is None or dtype.numpy == np.int64):
        return np.add.reduce(x, axis=axes_of(x, dim), keepdims=keepdim, dtype=np.int64, out=out)
    return total(accumulated(x, dtype), dim, keepdim, out)


@kernel("sum", short=_short_sum)
def sum_(x: np.ndarray, dtype: Any, *, out: Any) -> np.ndarray:
    return _summed(x, None, False, dtype, out)


@kernel("sum.dim_IntList", short=_short_sum_dim)
def sum_dim(x: np.ndarray, dim: Dims, keepdim: bool, dtype: Any, *, out: Any) -> np.ndarray:
    return _summed(x, dim, keepdim, dtype, out)


@kernel("nansum")
def nansum(x: np.ndarray, dim: Dims, keepdim: bool, dtype: Any, *, out: Any) -> np.ndarray:
    y = accumulated(x, dtype)
    if y.dtype.kind not in "fc":
        return sum_dim(x, dim, keepdim, dtype, out=out)
    if y.dtype.char in "fd":
        sums = total(y, dim, keepdim)
        if np.isnan(sums).any():  # most often there is none, and the plain sum is the answer
            sums = total(sliced(lambda x, z: keep_where(x, x == x, z), (y,), out=ALLOC), dim, keepdim)
        return store(sums, out)
    return total(np.where(np.isnan(y), y.dtype.type(0), y), dim, keepdim, out)


@kernel("mean")
def mean(x: np.ndarray, dtype: Any, *, out: Any) -> np.ndarray:
    return mean_dim(x, None, False, dtype, out=out)


@kernel("mean.dim")
def mean_dim(x: np.ndarray, dim: Dims, keepdim: bool, dtype: Any, *, out: Any) -> np.ndarray:
    y = accumulated(x, dtype)
    axes = axes_of(y, dim)
    sums = total(y, axes, keepdim, out)
    return np.divide(sums, np.asarray(count(y, axes), sums.dtype), out=sums)


@kernel("prod")
def prod(x: np.ndarray, dtype: Any, *, out: Any) -> np.ndarray:
    return np.multiply.reduce(_shortened(accumulated(x, dtype).reshape(-1)), axis=None, out=out)


def _shortened(y: np.ndarray) -> np.ndarray:
    """y with its last dim multiplied together until a few are left, in pieces side by side: NumPy multiplies a row one by one."""
    while y.shape[-1] >= 128 and y.dtype.kind != "b":
        width = y.shape[-1] // 10
        rest = y[..., 10 * width :]
        y = np.multiply.reduce(y[..., : 10 * width].reshape(*y.shape[:-1], 10, width), axis=-2)
        if rest.shape[-1]:
            y[..., : rest.shape[-1]] *= rest
    return y


@kernel("prod.dim_int")
def prod_dim(x: np.ndarray, dim: int, keepdim: bool, dtype: Any, *, out: Any) -> np.ndarray:
    y = accumulated(x, dtype)
    if y.ndim and dim % y.ndim == y.ndim - 1:
        y = _shortened(y)
    return (
        store(y, out)
        if y.ndim == 0 and y is not x
        else np.multiply.reduce(y, axis=axes_of(y, dim) if y.ndim else (), keepdims=keepdim, out=out)
    )


def _truth(ufunc: np.ufunc, x: np.ndarray, dim: Any, keepdim: bool, out: Any) -> np.ndarray:
    result = ufunc.reduce(x, axis=axes_of(x, dim) if x.ndim else None, keepdims=keepdim and x.ndim > 0)
    return store(result.astype(np.uint8) if x.dtype == np.uint8 else result, out)  # torch: uint8 in, uint8 out


@kernel("all")
def all_(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _truth(np.logical_and, x, None, False, out)


@kernel("any")
def any_(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _truth(np.logical_or, x, None, False, out)


@kernel("all.dim")
def all_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> np.ndarray:
    return _truth(np.logical_and, x, dim, keepdim, out)


@kernel("any.dim")
def any_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> np.ndarray:
    return _truth(np.logical_or, x, dim, keepdim, out)


def _truth_dims(ufunc: np.ufunc, x: np.ndarray, dim: Dims, keepdim: bool, out: Any) -> np.ndarray:
    if dim != ():
        return _truth(ufunc, x, dim, keepdim, out)
    return store(x != 0 if x.dtype != np.uint8 else (x != 0).astype(np.uint8), out)  # here () reduces nothing, None everything


@kernel("all.dims")
def all_dims(x: np.ndarray, dim: Dims, keepdim: bool, *, out: Any) -> np.ndarray:
    return _truth_dims(np.logical_and, x, dim, keepdim, out)


@kernel("any.dims")
def any_dims(x: np.ndarray, dim: Dims, keepdim: bool, *, out: Any) -> np.ndarray:
    return _truth_dims(np.logical_or, x, dim, keepdim, out)


@kernel("count_nonzero")
@kernel("count_nonzero.dim_IntList")
def count_nonzero(x: np.ndarray, dim: Any, *, out: Any) -> np.ndarray:
    return store(np.count_nonzero(x, axis=axes_of(x, dim)) if x.ndim else np.asarray(int(x != 0)), out)


def _half_logsumexp(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """The axes kept at size one; rounded after every step, as torch does, which adds a half type's exponentials up by its other ops."""

    def step(y: np.ndarray) -> np.ndarray:
        return y.astype(x.dtype).astype(np.float32)

    wide = x.astype(np.float32)
    top = np.maximum.reduce(wide, axis=axes, keepdims=True, out=...)
    top[np.isinf(top)] = 0
    sums = step(total(step(np.exp(step(wide - top))), axes, True))
    return (step(np.log(sums)) + top).astype(x.dtype)


@kernel("logsumexp", half="native")
def logsumexp(x: np.ndarray, dim: Dims, keepdim: bool, *, out: Any) -> np.ndarray:
    axes = axes_of(x, dim)
    if x.dtype.kind in "iub":
        x = x.astype(get_default_dtype().numpy)  # the dtype of the result, which a route takes as it comes
    if count(x, axes) == 0:
        return store(np.full(kept(x.shape, axes, keepdim), -np.inf, x.dtype), out)
    if x.ndim == 0:
        x, axes = x.reshape(1), (0,)
        return store(logsumexp(x, axes, False, out=...), out)
    if x.dtype.itemsize <= 2:
        return store(_half_logsumexp(x, axes).reshape(kept(x.shape, axes, keepdim)), out)
    # Complex numbers have no order: the real part alone decides the scale.
    top = np.maximum.reduce(x.real, axis=axes, keepdims=True, out=...)
    top[np.isinf(top)] = 0
    y = np.subtract(x, top, out=...)
    np.exp(y, out=y)
    sums = np.log(total(y, axes, True))
    sums += top
    return store(sums.reshape(kept(x.shape, axes, keepdim)), out)


@kernel("linalg_vector_norm")
def linalg_vector_norm(x: np.ndarray, order: Any, dim: Dims, keepdim: bool, dtype: Any, *, out: Any) -> np.ndarray:
    if dtype is not None:
        x = accumulated(x, dtype)
    p = float(order)
    axes = axes_of(x, dim)
    if x.dtype.kind == "c":
        x = np.abs(x)
    if p == np.inf or p == -np.inf:
        ufunc, start = (np.maximum, None) if p > 0 else (np.minimum, None)
        return (
            store(np.abs(x), out)
            if x.ndim == 0
            else ufunc.reduce(np.abs(x), axis=axes, keepdims=keepdim, initial=0 if x.size == 0 and p > 0 else start, out=out)
        )
    if p == 0:
        return store(
            np.asarray(np.count_nonzero(x, axis=axes, keepdims=keepdim), x.dtype) if x.ndim else (x != 0).astype(x.dtype), out
        )
    if p == 1:
        return blocked_total(x, np.abs, axes, keepdim, out)
    if p == 2 and x.size > 4 * STRETCH and len(axes) == x.ndim and x.flags.c_contiguous and x.dtype.kind == "f":
        return store(np.sqrt(_square_sum(x.reshape(-1))).reshape(kept(x.shape, axes, keepdim)), out)
    if p == 2:
        sums = blocked_total(x, np.square, axes, keepdim, out)
        return np.sqrt(sums, out=sums)
    power = np.asarray(p, x.dtype)
    sums = blocked_total(x, lambda part: np.abs(part) ** power, axes, keepdim, out)
    return np.power(sums, np.asarray(1 / p, x.dtype), out=sums)
