"""Kernels of Fourier transforms: numpy.fft, which keeps single precision single.

NumPy names a scale by the direction it belongs to; the op counts it, whichever way the transform runs.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from .table import ALLOC, kernel

Array = np.ndarray
Scale = Literal["backward", "ortho", "forward"]
AHEAD: tuple[Scale, Scale, Scale] = ("backward", "ortho", "forward")  # NumPy's name of scale 0, 1, 2 for a forward transform
BACK: tuple[Scale, Scale, Scale] = ("forward", "ortho", "backward")  # and for an inverse one


@kernel("_fft_c2c", inplace=())
def c2c(x: Array, dim: tuple[int, ...], normalization: int, forward: bool, *, out: Any) -> Array:
    """Complex to complex, either way."""
    into = None if out is ALLOC else out
    if forward:
        return np.fft.fftn(x, axes=dim, norm=AHEAD[normalization], out=into)
    return np.fft.ifftn(x, axes=dim, norm=BACK[normalization], out=into)


@kernel("_fft_r2c", inplace=())
def r2c(x: Array, dim: tuple[int, ...], normalization: int, onesided: bool, *, out: Any) -> Array:
    """Real to complex; half the spectrum along the last of `dim` if onesided."""
    if onesided:
        return np.fft.rfftn(x, axes=dim, norm=AHEAD[normalization], out=None if out is ALLOC else out)
    half = np.fft.rfftn(x, axes=dim, norm=AHEAD[normalization])
    return _mirrored(half, x.shape, tuple(d % x.ndim for d in dim), out)


def _mirrored(half: Array, shape: tuple[int, ...], dim: tuple[int, ...], out: Any) -> Array:
    """The whole spectrum of real numbers: place k of the missing half is the conjugate of place -k along all of `dim`."""
    y = np.empty(shape, half.dtype) if out is ALLOC else out
    last = dim[-1]
    lead = (slice(None),) * last
    kept, n = half.shape[last], shape[last]
    y[(*lead, slice(0, kept))] = half
    rest = half[(*lead, slice(n - kept, 0, -1))]
    for d in dim[:-1]:
        rest = rest.take(-np.arange(shape[d]) % shape[d], axis=d)
    np.conjugate(rest, out=y[(*lead, slice(kept, n))])
    return y


@kernel("_fft_c2r", inplace=())
def c2r(x: Array, dim: tuple[int, ...], normalization: int, last_dim_size: int, *, out: Any) -> Array:
    """Half a spectrum to real numbers, `last_dim_size` of them along the last of `dim`."""
    sizes = [x.shape[d] for d in dim[:-1]] + [last_dim_size]
    return np.fft.irfftn(x, s=sizes, axes=dim, norm=BACK[normalization], out=None if out is ALLOC else out)
