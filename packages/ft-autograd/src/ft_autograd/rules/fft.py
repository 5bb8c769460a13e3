"""Gradients of Fourier transforms: a transform is linear, and its adjoint is the transform the other way with the same scale."""

from ft_dispatch import surface as torch

from ..rule import real_only, transpose

_raw = torch.raw


real_only("_fft_r2c")


@transpose("_fft_c2c", wrt="self")
def c2c_self(g, dim, normalization, forward):
    return _raw._fft_c2c(g, dim, normalization, not forward)


@transpose("_fft_r2c", wrt="self")
def r2c_self(g, self_shape, dim, normalization, onesided):
    """The missing half of the spectrum has no cotangent: zeros stand for it."""
    last = dim[-1]
    if onesided and g.shape[last] != self_shape[last]:
        rest = list(g.shape)
        rest[last] = self_shape[last] - g.shape[last]
        g = torch.cat([g, torch.zeros(rest, dtype=g.dtype, device=g.device)], last)
    return _raw._fft_c2c(g, dim, normalization, False).real


@transpose("_fft_c2r", wrt="self")
def c2r_self(g, dim, normalization, last_dim_size):
    """Every bin that stands for two (all but the first and, of even sizes, the last) gets its cotangent twice."""
    last = dim[-1]
    found = _raw._fft_r2c(g, dim, normalization, True)
    bins = torch.arange(found.shape[last], device=g.device)
    twice = torch.logical_and(bins > 0, bins <= (last_dim_size - 1) // 2).to(g.dtype) + 1
    return found * twice.reshape((-1,) + (1,) * (found.ndim - 1 - last))
