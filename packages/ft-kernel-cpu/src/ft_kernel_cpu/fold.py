"""Sliding blocks as columns, and columns added back: tap (i, j) of all blocks at once is one strided slice of the padded image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .table import kernel, store

Array = np.ndarray
Ints = Sequence[int]


def _taps(
    padded: Ints, kernel_size: Ints, dilation: Ints, stride: Ints
) -> Iterator[tuple[tuple[int, int], tuple[Any, slice, slice]]]:
    """((i, j), index of that tap of all blocks in a padded image)."""
    counts = _counts(padded, kernel_size, dilation, stride)
    for i in range(kernel_size[0]):
        for j in range(kernel_size[1]):
            low = (i * dilation[0], j * dilation[1])
            high, wide = (slice(a, a + (n - 1) * s + 1, s) for a, n, s in zip(low, counts, stride, strict=True))
            yield (i, j), (Ellipsis, high, wide)


def _counts(padded: Ints, kernel_size: Ints, dilation: Ints, stride: Ints) -> tuple[int, ...]:
    each = zip(padded, kernel_size, dilation, stride, strict=True)
    return tuple((n - (d * (k - 1) + 1)) // s + 1 for n, k, d, s in each)


@kernel("im2col", half="native", inplace=())
def im2col(x: Array, kernel_size: Ints, dilation: Ints, padding: Ints, stride: Ints, *, out: Any) -> Array:
    """(…, C, H, W) to (…, C * kH * kW, L)."""
    lead = x.shape[:-2]
    if any(padding):
        x = np.pad(x, [(0, 0)] * len(lead) + [(p, p) for p in padding])
    counts = _counts(x.shape[-2:], kernel_size, dilation, stride)
    y = np.empty((*lead, *kernel_size, *counts), x.dtype)
    for (i, j), at in _taps(x.shape[-2:], kernel_size, dilation, stride):
        y[..., i, j, :, :] = x[at]
    return store(y.reshape((*lead[:-1], lead[-1] * kernel_size[0] * kernel_size[1], counts[0] * counts[1])), out)


@kernel("col2im", inplace=())
def col2im(x: Array, output_size: Ints, kernel_size: Ints, dilation: Ints, padding: Ints, stride: Ints, *, out: Any) -> Array:
    """(…, C * kH * kW, L) to (…, C, H, W)."""
    padded = tuple(n + 2 * p for n, p in zip(output_size, padding, strict=True))
    counts = _counts(padded, kernel_size, dilation, stride)
    lead = (*x.shape[:-2], x.shape[-2] // (kernel_size[0] * kernel_size[1]))
    blocks = x.reshape((*lead, *kernel_size, *counts))
    y = np.zeros((*lead, *padded), x.dtype)
    for (i, j), at in _taps(padded, kernel_size, dilation, stride):
        y[at] += blocks[..., i, j, :, :]
    inner: tuple[Any, ...] = (Ellipsis, *(slice(p, p + n) for p, n in zip(padding, output_size, strict=True)))
    return store(np.ascontiguousarray(y[inner]), out)
