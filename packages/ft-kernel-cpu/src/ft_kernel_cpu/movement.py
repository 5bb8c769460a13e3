"""Elements copied to other places: joining, turning, repeating, padding, diagonals, and views written backwards.

Nothing is computed here but the sums of `unfold_backward`, so every dtype is moved as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from .numbers import number_as
from .table import ALLOC, kernel, store

Array = np.ndarray


@kernel("cat", half="native", inplace=())
def cat(tensors: Sequence[Array], dim: int, *, out: Any) -> Array:
    if out is ALLOC and (dim or tensors[0].shape != (0,)):
        try:
            return np.concatenate(tensors, dim)
        except ValueError:  # an empty vector joins with anything
            pass
    if len(tensors) > 1:
        tensors = [t for t in tensors if t.shape != (0,)] or tensors[:1]
    if out is ALLOC:
        return np.concatenate(tensors, axis=dim)
    return np.concatenate(tensors, axis=dim, out=out, casting="unsafe")


@kernel("stack", half="native", inplace=())
def stack(tensors: Sequence[Array], dim: int, *, out: Any) -> Array:
    if (
        dim == 0 and tensors[0].ndim and out is ALLOC
    ):  # a batch of samples: three times as fast as np.stack, which makes a view of each
        return np.concatenate(tensors).reshape(len(tensors), *tensors[0].shape)
    if out is ALLOC:
        return np.stack(tensors, axis=dim)
    return np.stack(tensors, axis=dim, out=out, casting="unsafe")


def _copied(view: Array, out: Any) -> Array:
    """A view of an input as an array of its own."""
    return np.array(view, order="C") if out is ALLOC else store(view, out)


@kernel("flip", half="native", inplace=())
def flip(x: Array, dims: tuple[int, ...], *, out: Any) -> Array:
    return _copied(np.flip(x, dims) if x.ndim else x, out)


@kernel("roll", half="native", inplace=())
def roll(x: Array, shifts: tuple[int, ...], dims: tuple[int, ...], *, out: Any) -> Array:
    if not dims:
        return store(np.roll(x, shifts[0]), out)
    return store(np.roll(x, shifts, dims) if x.ndim else x.copy(), out)


@kernel("repeat", half="native", inplace=())
def repeat(x: Array, repeats: tuple[int, ...], *, out: Any) -> Array:
    return store(np.tile(x, repeats) if repeats else x.copy(), out)


@kernel("repeat_interleave.Tensor", half="native", inplace=())
def repeat_interleave(repeats: Array, output_size: int | None, *, out: Any) -> Array:
    if repeats.dtype not in (np.int64, np.int32):
        raise RuntimeError("repeats has to be Long or Int tensor")
    if repeats.ndim != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    if np.any(repeats < 0):
        raise RuntimeError("repeats can not be negative")
    made = np.repeat(np.arange(repeats.size, dtype=repeats.dtype), repeats)
    if output_size is not None and made.size != output_size:
        raise RuntimeError("allocated size does not match required size")
    return store(made, out)


@kernel("constant_pad_nd", half="native", inplace=())
def constant_pad_nd(x: Array, pad: tuple[int, ...], value: Any, *, out: Any) -> Array:
    shape, source, target = list(x.shape), [slice(None)] * x.ndim, [slice(None)] * x.ndim
    for i in range(len(pad) // 2):
        dim, low, high = x.ndim - 1 - i, pad[2 * i], pad[2 * i + 1]
        shape[dim] += low + high
        source[dim] = slice(max(-low, 0), max(x.shape[dim] - max(-high, 0), 0))
        target[dim] = slice(max(low, 0), max(shape[dim] - max(high, 0), 0))
    result = np.empty(shape, x.dtype) if out is ALLOC else out
    result[...] = number_as(value, x.dtype)
    result[tuple(target)] = x[tuple(source)]
    return result


@kernel("pixel_shuffle", half="native", inplace=())
def pixel_shuffle(x: Array, r: int, *, out: Any) -> Array:
    c, h, w = x.shape[-3:]
    parts = x.reshape(prod(x.shape[:-3]), c // (r * r), r, r, h, w).transpose(0, 1, 4, 2, 5, 3)
    return _copied(parts.reshape(*x.shape[:-3], c // (r * r), h * r, w * r), out)


@kernel("pixel_unshuffle", half="native", inplace=())
def pixel_unshuffle(x: Array, r: int, *, out: Any) -> Array:
    c, h, w = x.shape[-3:]
    parts = x.reshape(prod(x.shape[:-3]), c, h // r, r, w // r, r).transpose(0, 1, 3, 5, 2, 4)
    return _copied(parts.reshape(*x.shape[:-3], c * r * r, h // r, w // r), out)


@kernel("channel_shuffle", half="native", inplace=())
def channel_shuffle(x: Array, groups: int, *, out: Any) -> Array:
    dealt = x.reshape(x.shape[0], groups, x.shape[1] // groups, *x.shape[2:]).swapaxes(1, 2)
    return _copied(dealt.reshape(x.shape), out)


# -- views written backwards -------------------------------------------------------------------------------------------------


def _along(dim: int, part: Any) -> tuple[Any, ...]:
    return (slice(None),) * dim + (part,)


def _zeros(shape: tuple[int, ...], like: Array, out: Any) -> Array:
    if out is ALLOC:
        return np.zeros(shape, like.dtype)
    out[...] = 0
    return out


def _diagonal(x: Array, offset: int, dim1: int, dim2: int) -> Array:
    """A writable view of a diagonal; NumPy's own is read-only."""
    view = x.diagonal(offset, dim1, dim2)
    view.flags.writeable = True
    return view


@kernel("diagonal_backward", half="native", inplace=())
def diagonal_backward(g: Array, sizes: tuple[int, ...], offset: int, dim1: int, dim2: int, *, out: Any) -> Array:
    result = _zeros(sizes, g, out)
    _diagonal(result, offset, dim1, dim2)[...] = g
    return result


@kernel("unfold_backward", inplace=())
def unfold_backward(g: Array, sizes: tuple[int, ...], dim: int, size: int, step: int, *, out: Any) -> Array:
    if not sizes:
        return store(g.sum(), out)
    result = _zeros(sizes, g, out)
    windows = g.shape[dim]
    if windows < size:  # windows overlap or there are few of them: the shorter loop
        for i in range(windows):
            result[_along(dim, slice(i * step, i * step + size))] += np.moveaxis(g[_along(dim, i)], -1, dim)
        return result
    for i in range(size):
        result[_along(dim, slice(i, i + (windows - 1) * step + 1, step))] += g[..., i]
    return result


@kernel("diag_embed", half="native", inplace=())
def diag_embed(x: Array, offset: int, dim1: int, dim2: int, *, out: Any) -> Array:
    rank, n = x.ndim + 1, x.shape[-1] + abs(offset)
    shape = list(x.shape[:-1])
    for dim in sorted((dim1 % rank, dim2 % rank)):
        shape.insert(dim, n)
    result = _zeros(tuple(shape), x, out)
    _diagonal(result, offset, dim1 % rank, dim2 % rank)[...] = x
    return result
