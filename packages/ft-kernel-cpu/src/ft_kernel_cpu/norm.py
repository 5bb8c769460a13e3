"""Kernels of layer, group, batch and RMS normalisation, forward and backward.

Statistics are two-pass (the mean, then squares of differences), rows are handled while they are in the cache. What the backward
reads (mean and reciprocal deviation) is an output of the forward; batch norm's new running statistics are outputs too, and nothing
here writes an input.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .passes import rows
from .reduction import row_dot, row_sum, total, weighted_columns, weighted_rows
from .table import ALLOC, kernel, store

Array = np.ndarray
Mask = tuple[bool, ...] | list[bool]


def _each(out: Any, n: int) -> tuple[Any, ...]:
    return (ALLOC,) * n if out is ALLOC else tuple(out)


def _fill(values: list[Array | None], out: Any) -> tuple[Any, ...]:
    """Store each value into its destination; None stays None."""
    return tuple(None if v is None else store(v, d) for v, d in zip(values, _each(out, len(values)), strict=True))


def _tiled(vector: Array | None, x: Array) -> Array | None:
    """The vector repeated for every row of the first part of x: a product with it is one flat loop, twice as fast as a broadcast."""
    first = next(rows(*x.shape), slice(0, 0))
    return None if vector is None else np.tile(vector, (min(first.stop, len(x)), 1))


def _normalise_rows(x: Array, weight: Array | None, bias: Array | None, eps: float) -> tuple[Array, Array, Array]:
    """(y, mean, rstd) of rows: x (R, D), weight and bias (D,), mean and rstd (R, 1)."""
    y = np.empty_like(x)
    mean, rstd = np.empty((len(x), 1), x.dtype), np.empty((len(x), 1), x.dtype)
    scale = x.dtype.type(1 / x.shape[1]) if x.shape[1] else x.dtype.type(np.nan)
    weight, bias = _tiled(weight, x), _tiled(bias, x)
    for part in rows(*x.shape):
        a, b = x[part], y[part]
        center = np.multiply(row_sum(a), scale, out=mean[part])
        np.subtract(a, center, out=b)
        spread = row_dot(b, b) * scale
        spread += x.dtype.type(eps)
        r = np.reciprocal(np.sqrt(spread), out=rstd[part])
        b *= r
        if weight is not None:
            b *= weight[: len(a)]
        if bias is not None:
            b += bias[: len(a)]
    return y, mean, rstd


def _rows_backward(g: Array, x: Array, mean: Array, rstd: Array, weight: Array | None, mask: Mask) -> tuple[Any, Any, Any]:
    """Gradients of the rows, of weight and of bias (those asked for), in one walk over cache-sized parts.

    Rows: rstd * (h - mean(h) - xhat * mean(h * xhat)) with h = g * weight; weight: sum of g * xhat; bias: sum of g. With c the centred
    row, xhat = rstd * c is never formed: its factors go into the sums, which are products with a vector.
    """
    dx = np.empty_like(x) if mask[0] else None
    dw, db = np.zeros(x.shape[1], x.dtype), np.zeros(x.shape[1], x.dtype)
    scale = x.dtype.type(1 / max(1, x.shape[1]))
    tiles = _tiled(weight, x)
    products = np.empty_like(x[next(rows(*x.shape), slice(0, 0))])
    for part in rows(*x.shape):
        a, r = g[part], rstd[part]
        centred = x[part] - mean[part]
        product = np.multiply(a, centred, out=products[: len(a)])
        if mask[2]:
            db += weighted_columns(a, None)
        if mask[1]:
            dw += weighted_columns(product, r)
        if dx is None:
            continue
        h = dx[part]
        if tiles is None:
            np.copyto(h, a)
        else:
            np.multiply(a, tiles[: len(a)], out=h)
        shift = weighted_rows(a, weight) * scale
        centred *= weighted_rows(product, weight) * scale * r * r
        h -= centred
        h -= shift
        h *= r
    return dx, dw if mask[1] else None, db if mask[2] else None


def _two(x: Array, last: int) -> Array:
    """`x` as rows of its last `last` dimensions."""
    width = math.prod(x.shape[x.ndim - last :])
    return np.ascontiguousarray(x).reshape(math.prod(x.shape[: x.ndim - last]), width)


def _vector(x: Array | None, dtype: Any) -> Array | None:
    return None if x is None else np.ascontiguousarray(x, dtype).reshape(-1)


def _short_layer_norm(x: Array, shape: tuple[int, ...], weight: Array | None, bias: Array | None, eps: float) -> Any:
    """The same steps for so few contiguous rows that parts, tiles and checks would cost more than the work."""
    width = x.shape[-1] if x.ndim else 0
    vectors = [v for v in (weight, bias) if v is not None]
    if len(shape) != 1 or not 0 < x.size <= 2048 or x.dtype.kind != "f" or any(v.dtype != x.dtype for v in vectors):
        return None
    ones, scale, small, kept = np.ones(width, x.dtype), x.dtype.type(1 / width), x.dtype.type(eps), (*x.shape[:-1], 1)
    vecdot, multiply, subtract, add = np.vecdot, np.multiply, np.subtract, np.add

    def short(
        x: Array, shape: tuple[int, ...], weight: Array | None, bias: Array | None, eps: float, *, out: Any
    ) -> tuple[Any, ...]:
        mean = vecdot(x, ones, out=...).reshape(kept)
        multiply(mean, scale, mean)
        y = subtract(x, mean)
        spread = vecdot(y, y, out=...).reshape(kept)
        multiply(spread, scale, spread)
        add(spread, small, spread)
        rstd = np.reciprocal(np.sqrt(spread, spread), spread)
        multiply(y, rstd, y)
        if weight is not None:
            multiply(y, weight, y)
        if bias is not None:
            add(y, bias, y)
        return (y, mean, rstd) if out is ALLOC else _fill([y, mean, rstd], out)

    return short


@kernel("native_layer_norm", inplace=(), short=_short_layer_norm)
def layer_norm(
    x: Array, shape: tuple[int, ...], weight: Array | None, bias: Array | None, eps: float, *, out: Any
) -> tuple[Any, ...]:
    flat = _two(x, len(shape))
    y, mean, rstd = _normalise_rows(flat, _vector(weight, x.dtype), _vector(bias, x.dtype), eps)
    kept = x.shape[: x.ndim - len(shape)] + (1,) * len(shape)
    return _fill([y.reshape(x.shape), mean.reshape(kept), rstd.reshape(kept)], out)


@kernel("native_layer_norm_backward", inplace=())
def layer_norm_backward(
    g: Array,
    x: Array,
    shape: tuple[int, ...],
    mean: Array,
    rstd: Array,
    weight: Array | None,
    bias: Array | None,
    mask: Mask,
    *,
    out: Any,
) -> tuple[Any, ...]:
    flat, grad = _two(x, len(shape)), _two(g, len(shape))
    mean, rstd = mean.reshape(-1, 1).astype(x.dtype, copy=False), rstd.reshape(-1, 1).astype(x.dtype, copy=False)
    asked = (mask[0], mask[1] and weight is not None, mask[2])
    dx, dw, db = _rows_backward(grad, flat, mean, rstd, _vector(weight, x.dtype), asked)
    dx = None if dx is None else dx.reshape(x.shape)
    dw, db = (None if v is None else v.reshape(shape) for v in (dw, db))
    return _fill([dx, dw, db], out)


@kernel("_fused_rms_norm", inplace=())
def rms_norm(x: Array, shape: tuple[int, ...], weight: Array | None, eps: float | None, *, out: Any) -> tuple[Any, ...]:
    flat = _two(x, len(shape))
    w = _vector(weight, x.dtype)
    y, rstd = np.empty_like(flat), np.empty((len(flat), 1), x.dtype)
    tiny = x.dtype.type(np.finfo(x.dtype).eps if eps is None else eps)
    for part in rows(*flat.shape):
        a, b = flat[part], y[part]
        power = row_dot(a, a) / x.dtype.type(max(1, flat.shape[1]))
        power += tiny
        np.multiply(a, np.reciprocal(np.sqrt(power), out=rstd[part]), out=b)
        if w is not None:
            b *= w
    return _fill([y.reshape(x.shape), rstd.reshape(x.shape[: x.ndim - len(shape)] + (1,) * len(shape))], out)


@kernel("_fused_rms_norm_backward", inplace=())
def rms_norm_backward(
    g: Array, x: Array, shape: tuple[int, ...], rstd: Array, weight: Array | None, mask: Mask, *, out: Any
) -> tuple[Any, ...]:
    flat, grad = _two(x, len(shape)), _two(g, len(shape))
    hat = flat * rstd.reshape(-1, 1).astype(x.dtype, copy=False)
    dx = dw = None
    if mask[0]:
        h = grad if weight is None else grad * _vector(weight, x.dtype)
        tilt = row_dot(h, hat) / x.dtype.type(max(1, flat.shape[1]))
        dx = ((h - hat * tilt) * rstd.reshape(-1, 1).astype(x.dtype, copy=False)).reshape(x.shape)
    if mask[1] and weight is not None:
        dw = total(hat * grad, (0,)).reshape(shape)
    return _fill([dx, dw], out)


# -- group norm: rows are (sample, group), the affine map is per channel ------------------------------------------------


@kernel("native_group_norm", inplace=())
def group_norm(
    x: Array, weight: Array | None, bias: Array | None, N: int, C: int, HxW: int, group: int, eps: float, *, out: Any
) -> tuple[Any, ...]:
    flat = np.ascontiguousarray(x).reshape(N * group, -1) if x.size else np.empty((N * group, 0), x.dtype)
    y, mean, rstd = _normalise_rows(flat, None, None, eps)
    channels = y.reshape(N, C, HxW)
    if weight is not None:
        channels *= weight.reshape(1, C, 1)
    if bias is not None:
        channels += bias.reshape(1, C, 1)
    return _fill([y.reshape(x.shape), mean.reshape(N, group), rstd.reshape(N, group)], out)


@kernel("native_group_norm_backward", inplace=())
def group_norm_backward(
    g: Array,
    x: Array,
    mean: Array,
    rstd: Array,
    weight: Array | None,
    N: int,
    C: int,
    HxW: int,
    group: int,
    mask: Mask,
    *,
    out: Any,
) -> tuple[Any, ...]:
    channels = np.ascontiguousarray(g).reshape(N, C, HxW)
    flat = np.ascontiguousarray(x).reshape(N * group, -1) if x.size else np.empty((N * group, 0), x.dtype)
    m, r = mean.reshape(-1, 1).astype(x.dtype, copy=False), rstd.reshape(-1, 1).astype(x.dtype, copy=False)
    dx = dw = db = None
    if mask[0]:
        scaled = channels if weight is None else channels * weight.reshape(1, C, 1)
        dx = _rows_backward(scaled.reshape(flat.shape), flat, m, r, None, (True, False, False))[0].reshape(x.shape)
    if mask[1]:
        hat = ((flat - m) * r).reshape(N, C, HxW)
        hat *= channels
        dw = total(hat, (0, 2))
    if mask[2]:
        db = total(channels, (0, 2))
    return _fill([dx, dw, db], out)


# -- batch norm: statistics per channel over the samples and places -----------------------------------------------------


def _channels(x: Array) -> Array:
    """`x` as (N, C, places)."""
    return np.ascontiguousarray(x).reshape(x.shape[0], x.shape[1], math.prod(x.shape[2:]))


def _per(x: Array) -> Array:
    """A vector of channels, ready to broadcast against (N, C, places)."""
    return x.reshape(1, -1, 1)


FEW = 64  # samples that are added one by one


def _channel_sums(x: Array, y: Array | None = None) -> Array:
    """Per channel: the sum of x (N, C, places), or of x * y. Products with a vector, over whichever of samples and places is long."""
    if x.shape[2] >= 8:
        sums = (row_sum(x) if y is None else row_dot(x, y))[..., 0]
        return weighted_columns(sums, None) if len(x) <= FEW else total(sums, (0,))
    products = x if y is None else x * y
    if x.shape[2] == 0 or len(x) > FEW:
        return total(products, (0, 2))
    sums = weighted_columns(products.reshape(len(x), -1), None)
    return sums if x.shape[2] == 1 else sums.reshape(x.shape[1], -1).sum(axis=1)


def _batch_statistics(x: Array) -> tuple[Array, Array, int]:
    """Mean and sum of squared differences of each channel, and how many elements each is made of."""
    n = x.shape[0] * x.shape[2]
    mean, squares = np.zeros(x.shape[1], x.dtype), np.zeros(x.shape[1], x.dtype)
    parts = list(rows(x.shape[0], x.shape[1] * x.shape[2]))
    if len(parts) <= FEW:
        for part in parts:
            mean += _channel_sums(x[part])
    else:
        mean += total(x, (0, 2))
    mean /= x.dtype.type(n)
    for part in parts:
        d = x[part] - _per(mean)
        squares += _channel_sums(d, d)
    return mean, squares, n


def _affine(x: Array, mean: Array, invstd: Array, weight: Array | None, bias: Array | None) -> Array:
    scale = invstd if weight is None else invstd * weight
    y = np.empty_like(x)
    for part in rows(x.shape[0], x.shape[1] * x.shape[2]):
        b = np.subtract(x[part], _per(mean), out=y[part])
        b *= _per(scale)
        if bias is not None:
            b += _per(bias)
    return y


def _batch_norm(x: Array, weight: Array | None, bias: Array | None, eps: float) -> tuple[Array, Array, Array, Array, int]:
    """(y, mean, reciprocal deviation, variance, count). bfloat16 statistics are rounded at each step and used as they are kept, as in
    torch; float16 ones are kept, not used, rounded.
    """
    kind = x.dtype if weight is None else weight.dtype
    flat = _channels(_wide(x))
    mean, squares, n = _batch_statistics(flat)

    def kept(values: Array) -> Array:
        return values.astype(kind).astype(np.float32) if kind.kind == "V" else values

    var = kept(kept(squares) / flat.dtype.type(n))
    mean, invstd = kept(mean), kept(np.reciprocal(np.sqrt(var + flat.dtype.type(eps))))
    y = _affine(flat, mean, invstd, _wide(weight), _wide(bias)).reshape(x.shape)
    return y.astype(x.dtype, copy=False), mean.astype(kind, copy=False), invstd.astype(kind, copy=False), var, n


def _wide(x: Any) -> Any:
    """A half type in float32; anything else as it is."""
    return x if x is None or x.dtype.itemsize > 2 else x.astype(np.float32)


@kernel("_native_batch_norm_legit.no_stats", inplace=(), half="native")
def batch_norm_no_stats(
    x: Array, weight: Array | None, bias: Array | None, training: bool, momentum: float, eps: float, *, out: Any
) -> tuple[Any, ...]:
    y, mean, invstd, _, _ = _batch_norm(x, weight, bias, eps)
    return _fill([y, mean, invstd], out)


def _short_batch_norm(
    x: Array,
    weight: Array | None,
    bias: Array | None,
    running_mean: Array,
    running_var: Array,
    training: bool,
    momentum: float,
    eps: float,
) -> Any:
    """The same steps in training where samples are so few that parts and checks would cost more than the work."""
    vectors = [v for v in (weight, bias, running_mean, running_var) if v is not None]
    plain = x.dtype.char in "fd" and x.flags.c_contiguous and all(v.dtype == x.dtype for v in vectors)
    if not training or not plain or not 0 < x.size <= 2048 or x.ndim < 2:
        return None
    cut, per, kind = (x.shape[0], x.shape[1], math.prod(x.shape[2:])), (x.shape[1], 1), x.dtype.type
    n = x.size // x.shape[1]
    count, small, new, old = kind(n), kind(eps), kind(momentum), kind(1 - momentum)
    spread = kind(n / max(1, n - 1)) * new
    added, subtract, multiply, divide, add = np.add.reduce, np.subtract, np.multiply, np.divide, np.add

    def short(x: Array, weight: Any, bias: Any, running_mean: Any, running_var: Any, *params: Any, out: Any) -> tuple[Any, ...]:
        flat = x.reshape(cut)
        mean = added(flat, (0, 2))
        divide(mean, count, mean)
        y = subtract(flat, mean.reshape(per))
        var = added(multiply(y, y), (0, 2))
        divide(var, count, var)
        invstd = add(var, small)
        np.reciprocal(np.sqrt(invstd, invstd), invstd)
        multiply(y, (invstd if weight is None else multiply(invstd, weight)).reshape(per), y)
        if bias is not None:
            add(y, bias.reshape(per), y)
        moved = running_mean * old + mean * new, running_var * old + var * spread
        found = (y.reshape(x.shape), mean, invstd, *moved)
        return found if out is ALLOC else _fill(list(found), out)

    return short


@kernel("_native_batch_norm_legit_functional", inplace=(), half="native", short=_short_batch_norm)
def batch_norm_functional(
    x: Array,
    weight: Array | None,
    bias: Array | None,
    running_mean: Array,
    running_var: Array,
    training: bool,
    momentum: float,
    eps: float,
    *,
    out: Any,
) -> tuple[Any, ...]:
    """Outputs: y, the batch's mean and reciprocal deviation (empty in evaluation), and the new running mean and variance."""
    kinds = running_mean.dtype, running_var.dtype
    running_mean, running_var = _wide(running_mean), _wide(running_var)
    if not training:
        invstd = np.reciprocal(np.sqrt(running_var + running_var.dtype.type(eps)))
        y = (
            _affine(_channels(_wide(x)), running_mean, invstd, _wide(weight), _wide(bias))
            .reshape(x.shape)
            .astype(x.dtype, copy=False)
        )
        none = np.empty(0, x.dtype if weight is None else weight.dtype)
        return _fill([y, none, none.copy(), running_mean.astype(kinds[0]), running_var.astype(kinds[1])], out)
    y, mean, invstd, var, n = _batch_norm(x, weight, bias, eps)
    number = running_mean.dtype.type
    new, old = number(momentum), number(1 - momentum)
    moved = running_mean * old + _wide(mean) * new, running_var * old + var * number(n / max(1, n - 1)) * new
    return _fill([y, mean, invstd, *(v.astype(kind, copy=False) for v, kind in zip(moved, kinds, strict=True))], out)


def _batch_sums(x: Array, g: Array, mean: Array) -> tuple[Array, Array]:
    """Per channel: the sum of g * (x - mean), and the sum of g."""
    tilt, shift = np.zeros(x.shape[1], x.dtype), np.zeros(x.shape[1], x.dtype)
    for part in rows(x.shape[0], x.shape[1] * x.shape[2]):
        tilt += _channel_sums(x[part] - _per(mean), g[part])
        shift += _channel_sums(g[part])
    return tilt, shift


@kernel("native_batch_norm_backward", inplace=())
def batch_norm_backward(
    g: Array,
    x: Array,
    weight: Array | None,
    running_mean: Array | None,
    running_var: Array | None,
    save_mean: Array | None,
    save_invstd: Array | None,
    train: bool,
    eps: float,
    mask: Mask,
    *,
    out: Any,
) -> tuple[Any, ...]:
    flat, grad = _channels(x), _channels(g)
    mean: Any = save_mean if train else running_mean
    invstd: Any = save_invstd
    if not train:
        var: Any = running_var
        invstd = np.reciprocal(np.sqrt(var + var.dtype.type(eps)))
    dw, db = _batch_sums(flat, grad, mean)
    dw = dw * invstd
    dx = None
    if mask[0]:
        n = x.dtype.type(max(1, flat.shape[0] * flat.shape[2]))
        scale = invstd if weight is None else invstd * weight
        dx = np.empty_like(flat)
        for part in rows(flat.shape[0], flat.shape[1] * flat.shape[2]):
            r = dx[part]
            if train:  # scale * (g - hat * mean(g * hat) - mean(g))
                np.subtract(flat[part], _per(mean), out=r)
                r *= _per(invstd * dw / n)
                np.subtract(grad[part], r, out=r)
                r -= _per(db / n)
                r *= _per(scale)
            else:
                np.multiply(grad[part], _per(scale), out=r)
        dx = dx.reshape(x.shape)
    return _fill([dx, dw if mask[1] else None, db if mask[2] else None], out)
