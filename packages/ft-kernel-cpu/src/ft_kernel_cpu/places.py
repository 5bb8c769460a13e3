"""Where the taps of windows lie, as one index: for inputs so small that walking tap by tap costs more than the work.

Pooling and convolution of a few thousand elements gather all windows by one `take` and reduce them by one call. The index depends on
shapes only, so it is made once for a call's memo (`short=` in the kernel table).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

Ints = Sequence[int]
SMALL = 1 << 12  # elements of an input, and entries of an index, up to which calls cost more than elements


def window_places(sizes: Ints, outs: Ints, k: Ints, stride: Ints, padding: Ints, dilation: Ints) -> np.ndarray:
    """Offset in a plane of `sizes` of each tap of each window, -1 outside: int64[prod(k), prod(outs)], both in row-major order."""
    flat, inside = np.zeros((1, 1), np.int64), np.ones((1, 1), np.bool_)
    for n, o, w, s, p, d in zip(sizes, outs, k, stride, padding, dilation, strict=True):
        at = np.arange(w)[:, None] * d + np.arange(o) * s - p
        here = (at >= 0) & (at < n)
        shape = len(flat) * w, flat.shape[1] * o
        flat = (flat[:, None, :, None] * n + at[None, :, None, :]).reshape(shape)
        inside = (inside[:, None, :, None] & here[None, :, None, :]).reshape(shape)
    return np.where(inside, flat, -1)


def fits(x: np.ndarray, k: Ints, outs: Ints) -> bool:
    """Whether the windows of `x` are few enough for one index, and `x` is such that its planes are views."""
    return 0 < x.size <= SMALL and 0 < prod(k) * prod(outs) <= SMALL and x.flags.c_contiguous and x.dtype.char in "fd"
