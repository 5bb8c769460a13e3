"""Kernels of statistics: variances, order statistics, counts and histograms.

A variance is two passes, the mean and then the squares of the differences, because one pass over squares loses every digit when the
mean is large. Order statistics follow torch: the lower median, NaN first, the smallest of the most frequent values.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ft_core.dtype import from_numpy

from .extreme import pick
from .passes import rows
from .reduction import axes_of, blocked_total, count, kept, total
from .table import ALLOC, kernel, store


def moments(x: np.ndarray, axes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Mean and sum of squared differences over `axes`, both with the axes kept at size one; the sum is real."""
    n = count(x, axes)
    mean = np.divide(total(x, axes, True), n, dtype=x.dtype, out=...)
    if x.dtype.kind == "c":
        d = x - mean
        return mean, total(d.real * d.real + d.imag * d.imag, axes, True)
    trailing = axes == tuple(range(x.ndim - len(axes), x.ndim))
    if not trailing or not x.flags.c_contiguous or x.size <= 4096:
        d = np.subtract(x, mean, out=...)
        return mean, total(np.multiply(d, d, out=d), axes, True)
    if len(axes) == x.ndim:
        center = mean.reshape(())

        def square(part: np.ndarray) -> np.ndarray:
            d = part - center
            return np.multiply(d, d, out=d)

        return mean, blocked_total(x, square, axes, True)
    flat, means = x.reshape(-1, n), mean.reshape(-1, 1)
    sums = np.empty(means.shape, x.dtype)
    for part in rows(*flat.shape):
        d = flat[part] - means[part]
        np.multiply(d, d, out=d)
        sums[part] = total(d, (1,), True)
    return mean, sums.reshape(mean.shape)


def _spread(x: np.ndarray, dim: Any, correction: Any, keepdim: bool) -> tuple[np.ndarray, np.ndarray]:
    axes = axes_of(x, dim)
    shape = kept(x.shape, axes, keepdim)
    mean, squares = moments(x, axes)
    # torch divides by max(n - correction, 0): one element gives NaN, fewer degrees of freedom than none give inf
    freedom = max(count(x, axes) - (1.0 if correction is None else float(correction)), 0.0)
    squares = np.divide(squares, np.asarray(freedom, squares.dtype), out=...)
    return squares.reshape(shape), mean.reshape(shape)


def _short_spread(root: bool) -> Any:
    """The same steps for so few numbers that looking for the best order of adding them costs more than adding them."""

    def choose(x: np.ndarray, dim: Any, correction: Any, keepdim: bool) -> Any:
        axes = axes_of(x, dim)
        if not 0 < x.size < 256 or not x.ndim or x.dtype.char not in "fd":
            return None
        n = count(x, axes)
        freedom = np.asarray(max(n - (1.0 if correction is None else float(correction)), 0.0), x.dtype)
        size, shape = np.asarray(n, x.dtype), kept(x.shape, axes, keepdim)
        added, divide, subtract, multiply = np.add.reduce, np.divide, np.subtract, np.multiply

        def short(x: np.ndarray, dim: Any, correction: Any, keepdim: bool, *, out: Any) -> np.ndarray:
            mean = added(x, axes, keepdims=True)
            d = subtract(x, divide(mean, size, mean))
            squares = added(multiply(d, d, d), axes, keepdims=keepdim, out=...)
            divide(squares, freedom, squares)
            if root:
                np.sqrt(squares, squares)
            return squares if out is ALLOC else store(squares.reshape(shape), out)

        return short

    return choose


@kernel("var.correction", short=_short_spread(False))
def var(x: np.ndarray, dim: Any, correction: Any, keepdim: bool, *, out: Any) -> np.ndarray:
    return store(_spread(x, dim, correction, keepdim)[0], out)


@kernel("std.correction", short=_short_spread(True))
def std(x: np.ndarray, dim: Any, correction: Any, keepdim: bool, *, out: Any) -> np.ndarray:
    return np.sqrt(_spread(x, dim, correction, keepdim)[0], out=out)


@kernel("var_mean.correction")
def var_mean(x: np.ndarray, dim: Any, correction: Any, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    squares, mean = _spread(x, dim, correction, keepdim)
    return store(squares, first), store(mean, second)


@kernel("std_mean.correction")
def std_mean(x: np.ndarray, dim: Any, correction: Any, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    squares, mean = _spread(x, dim, correction, keepdim)
    return np.sqrt(squares, out=first), store(mean, second)


def _median_places(x: np.ndarray, dim: int, ignore_nan: bool) -> np.ndarray:
    """Index along `dim`, kept at size one, of the lower median; of the first NaN where NaN is not ignored."""
    n = x.shape[dim]
    if x.dtype.kind != "f":
        return np.take(np.argpartition(x, (n - 1) // 2, axis=dim), [(n - 1) // 2], axis=dim)
    order = np.argsort(x, axis=dim, kind="stable")  # NaN sorts last
    bad = np.isnan(x)
    valid = n - np.count_nonzero(bad, axis=dim, keepdims=True)
    place = np.take_along_axis(order, np.maximum(valid - 1, 0) // 2, dim)
    if ignore_nan:
        return place
    return np.where(valid < n, np.argmax(bad, axis=dim, keepdims=True), place)


def _median(x: np.ndarray, ignore_nan: bool, out: Any) -> np.ndarray:
    flat = x.reshape(-1)
    if flat.size == 0:
        return store(np.asarray(np.nan if x.dtype.kind == "f" else np.iinfo(x.dtype).min, x.dtype), out)
    if x.dtype.kind == "f":
        bad = np.isnan(flat)
        if bad.any():
            if not ignore_nan or bad.all():
                return store(np.asarray(np.nan, x.dtype), out)
            flat = flat[~bad]
    place = (flat.size - 1) // 2
    return store(np.partition(flat, place)[place], out)


def _median_dim(x: np.ndarray, dim: int, keepdim: bool, ignore_nan: bool, out: Any) -> tuple[np.ndarray, np.ndarray]:
    if x.ndim == 0:
        first, second = (out, out) if out is ALLOC else out
        return store(x.copy(), first), store(np.zeros((), np.int64), second)
    return pick(x, _median_places(x, dim, ignore_nan), dim, keepdim, out)


@kernel("median")
def median(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _median(x, False, out)


@kernel("nanmedian")
def nanmedian(x: np.ndarray, *, out: Any) -> np.ndarray:
    return _median(x, True, out)


@kernel("median.dim")
def median_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _median_dim(x, dim, keepdim, False, out)


@kernel("nanmedian.dim")
def nanmedian_dim(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    return _median_dim(x, dim, keepdim, True, out)


@kernel("mode")
def mode(x: np.ndarray, dim: int, keepdim: bool, *, out: Any) -> tuple[np.ndarray, np.ndarray]:
    """The smallest of the most frequent values, and the last place where it stands."""
    if x.ndim == 0:
        first, second = (out, out) if out is ALLOC else out
        return store(x.copy(), first), store(np.zeros((), np.int64), second)
    order = np.argsort(x, axis=dim, kind="stable")
    y = np.moveaxis(np.take_along_axis(x, order, dim), dim, -1)  # (..., n) ascending
    n = y.shape[-1]
    place = np.arange(n)
    starts = np.ones(y.shape, bool)
    np.not_equal(y[..., 1:], y[..., :-1], out=starts[..., 1:])
    run = place - np.maximum.accumulate(np.where(starts, place, 0), axis=-1)  # length of the run so far, less one
    last = np.argmax(run, axis=-1)  # the first longest run ends here; the stable order makes it the last place of its value
    indices = np.take_along_axis(np.moveaxis(order, dim, -1), last[..., None], -1)
    return pick(x, np.moveaxis(indices, -1, dim), dim, keepdim, out)


@kernel("bincount")
def bincount(x: np.ndarray, weights: np.ndarray | None, minlength: int, *, out: Any) -> np.ndarray:
    if x.dtype.kind not in "iu":
        raise NotImplementedError(f"\"bincount_cpu\" not implemented for '{from_numpy(x.dtype).scalar_name}'")
    if x.ndim != 1 or (x.size and x.min() < 0):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    result = np.bincount(x, weights, minlength)
    if weights is not None and weights.dtype == np.float32:
        result = result.astype(np.float32)
    return store(result, out)


@kernel("histc")
def histc(x: np.ndarray, bins: int, low: Any, high: Any, *, out: Any) -> np.ndarray:
    lo, hi = float(low), float(high)
    if lo == hi and x.size:
        lo, hi = float(x.min()), float(x.max())
    if lo == hi:
        lo, hi = lo - 1, hi + 1
    if not (np.isfinite(lo) and np.isfinite(hi)):
        raise RuntimeError(f"range of [{lo}, {hi}] is not finite")
    flat = x.reshape(-1)
    inside = flat[(flat >= lo) & (flat <= hi)]
    step = x.dtype.type(hi - lo) if x.dtype.kind == "f" else hi - lo
    place = ((inside - x.dtype.type(lo)) * bins / step).astype(np.int64)
    counts = np.bincount(np.minimum(place, bins - 1), minlength=bins)
    return store(counts.astype(x.dtype), out)


def histogram_counts(x: np.ndarray, edges: np.ndarray, weight: np.ndarray | None, density: bool) -> np.ndarray:
    """Weighted counts of `x` in the half-open bins of `edges`; the last bin is closed."""
    flat = x.reshape(-1)
    place = np.searchsorted(edges, flat, side="right") - 1
    place[flat == edges[-1]] = len(edges) - 2
    inside = (place >= 0) & (place < len(edges) - 1)
    mass = None if weight is None else weight.reshape(-1)[inside]
    counts = np.bincount(place[inside], mass, len(edges) - 1).astype(x.dtype)
    if density:
        counts = counts / (counts.sum() * np.diff(edges))
    return counts


@kernel("histogram.bins_tensor")
def histogram_bins(
    x: np.ndarray, bins: np.ndarray, weight: np.ndarray | None, density: bool, *, out: Any
) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    return store(histogram_counts(x, bins, weight, density), first), store(bins.copy(), second)


@kernel("histogram.bin_ct")
def histogram_count(
    x: np.ndarray, bins: int, limits: tuple[float, float] | None, weight: np.ndarray | None, density: bool, *, out: Any
) -> tuple[np.ndarray, np.ndarray]:
    first, second = (out, out) if out is ALLOC else out
    lo, hi = limits or ((float(x.min()), float(x.max())) if x.size else (0.0, 1.0))
    if lo == hi:
        lo, hi = lo - 0.5, hi + 0.5
    edges = np.linspace(lo, hi, bins + 1, dtype=x.dtype)
    return store(histogram_counts(x, edges, weight, density), first), store(edges, second)
