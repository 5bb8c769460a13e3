"""Discrete Fourier transforms: three ops (complex to complex, real to half, half to real) and torch.fft's functions over them.

An op's `normalization` is 0 for none, 1 for 1 / sqrt(n), 2 for 1 / n, whichever way it runs; the names "backward", "ortho" and
"forward" are turned into it here. Sizes given by `n` and `s` pad with zeros or trim before the transform.
"""

from math import inf

from ft_core import Tensor
from ft_core.dtype import get_default_dtype
from ft_core.layout import ordered_strides

from ..kinds import OPAQUE
from ..op import op
from ..registry import binding
from ._given import given
from .reduction import scalar_type

fft_c2c = op(
    "_fft_c2c(Tensor self, SymInt[] dim, int normalization, bool forward) -> Tensor",
    "Fourier transform of complex numbers, either way.",
    kind=OPAQUE,
    variants="",
)
fft_r2c = op(
    "_fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor",
    "Fourier transform of real numbers; half of it (along the last dim given) if onesided.",
    kind=OPAQUE,
    variants="",
)
fft_c2r = op(
    "_fft_c2r(Tensor self, int[] dim, int normalization, SymInt last_dim_size) -> Tensor",
    "Inverse transform of a half spectrum to real numbers.",
    kind=OPAQUE,
    variants="",
)


def _far_first(dims, strides):
    return sorted(dims, key=lambda d: -strides[d])


def _pass(shape, strides, dims):
    """Strides of a transform's result: the dims in the order in which it ran go innermost, the others keep their own order."""
    return ordered_strides(shape, [*_far_first((d for d in range(len(shape)) if d not in dims), strides), *dims])


@fft_c2c.meta
def _(self, dim, normalization, forward):
    shape, strides = tuple(self.shape), self.stride()
    return [(shape, self.dtype, _pass(shape, strides, _far_first(dim, strides)))]


@fft_r2c.meta
def _(self, dim, normalization, onesided):
    shape = list(self.shape)
    if onesided:
        shape[dim[-1]] = shape[dim[-1]] // 2 + 1
    strides = self.stride()
    return [(tuple(shape), self.dtype.to_complex(), _pass(shape, strides, [*_far_first(dim[:-1], strides), dim[-1]]))]


@fft_c2r.meta
def _(self, dim, normalization, last_dim_size):
    shape, strides = list(self.shape), self.stride()
    if len(dim) > 1:  # all but the last are a complex transform of their own
        strides = _pass(shape, strides, _far_first(dim[:-1], strides))
    shape[dim[-1]] = last_dim_size
    return [(tuple(shape), self.dtype.to_real(), _pass(shape, strides, dim[-1:]))]


# -- arguments as users write them ------------------------------------------------------------------------------------------------


def _scale(norm, forward):
    if norm not in (None, "forward", "backward", "ortho"):
        raise RuntimeError(f'Invalid normalization mode: "{norm}"')
    if norm == "ortho":
        return 1
    return 2 if (norm == "forward") == forward else 0


def _numbers(x, want_complex):
    """x in floating point: integers become the default type; half types are not what FFT libraries have."""
    if x.dtype.category < 2:
        x = x.to(get_default_dtype())
    if x.dtype.itemsize < 4:
        raise RuntimeError(f"Unsupported dtype {scalar_type(x.dtype)}")
    return x.to(x.dtype.to_complex()) if want_complex else x


def _real(name, x):
    if x.dtype.is_complex:
        raise RuntimeError(f"{name} expects a real input tensor, but got {scalar_type(x.dtype)}")
    return _numbers(x, False)


def _wrapped(x, dim):
    if not -x.ndim <= dim < x.ndim:
        limit = max(x.ndim, 1)
        raise IndexError(f"Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], but got {dim})")
    return dim % x.ndim


def _dims(x, s, dim):
    """(dims, sizes) of an n-dimensional transform; a size of -1 keeps the input's."""
    s = (s,) if isinstance(s, int) else s
    dim = (dim,) if isinstance(dim, int) else dim
    if dim is None:
        if s is not None and len(s) > x.ndim:
            raise RuntimeError(f"Got shape with {len(s)} values but input tensor only has {x.ndim} dimensions.")
        dims = tuple(range(x.ndim - (x.ndim if s is None else len(s)), x.ndim))
    else:
        dims = tuple(_wrapped(x, d) for d in dim)
        if len(set(dims)) != len(dims):
            raise RuntimeError("FFT dims must be unique")
        if s is not None and len(s) != len(dims):
            raise RuntimeError("When given, dim and shape arguments must have the same length")
    sizes = [x.shape[d] if s is None or s[i] == -1 else s[i] for i, d in enumerate(dims)]
    return dims, sizes


def _resized(x, dims, sizes):
    """x trimmed or padded with zeros to `sizes` along `dims`."""
    for d, n in zip(dims, sizes, strict=True):
        if n < 1:
            raise RuntimeError(f"Invalid number of data points ({n}) specified")
        if n < x.shape[d]:
            x = x.narrow(d, 0, n)
    pad = [0] * (2 * x.ndim)
    for d, n in zip(dims, sizes, strict=True):
        pad[2 * (x.ndim - 1 - d) + 1] = n - x.shape[d]
    if not any(pad):
        return x
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface.constant_pad_nd(x, pad)


def _complex_to_complex(x, s, dim, norm, forward):
    x = _numbers(x, True)
    dims, sizes = _dims(x, s, dim)
    x = _resized(x, dims, sizes)
    return fft_c2c(x, dims, _scale(norm, forward), forward) if dims else x.clone()


def _real_to_half(name, x, s, dim, norm, forward):
    x = _real(name, x)
    dims, sizes = _dims(x, s, dim)
    if not dims:
        raise RuntimeError(f"{name} must transform at least one axis")
    x, scale = _resized(x, dims, sizes), _scale(norm, forward)
    if forward:
        return fft_r2c(x, dims, scale, True)
    found = fft_r2c(x, dims[-1:], scale, True).conj_physical()  # which keeps strides, as the rest of the transform must find them
    return fft_c2c(found, dims[:-1], scale, False) if len(dims) > 1 else found


def _half_to_real(name, x, s, dim, norm, forward):
    x = _numbers(x, True)
    dims, sizes = _dims(x, s, dim)
    if not dims:
        raise RuntimeError(f"{name} must transform at least one axis")
    last = (s[-1] if isinstance(s, (tuple, list)) else s) if s is not None else -1
    n = 2 * (x.shape[dims[-1]] - 1) if last == -1 else last
    if n < 1:
        raise RuntimeError(f"Invalid number of data points ({n}) specified")
    sizes[-1] = n // 2 + 1
    x = _resized(x, dims, sizes)
    return fft_c2r(x.conj_physical() if forward else x, dims, _scale(norm, forward), n)


def _real_destination(one, out):
    if one in ("hfft", "irfft") and isinstance(out, Tensor) and not out.dtype.is_floating_point:
        raise RuntimeError(f"{one} expects a floating point output tensor, but got {scalar_type(out.dtype)}")


def _family(one, made, doc):
    """Three bindings: `one` along a dim, `one`2 over two dims, `one`n over any."""

    def along(input, n=None, dim=-1, norm=None, *, out=None):
        if not isinstance(input, Tensor):
            raise TypeError(f"fft_{one}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
        conjugated = one == "ihfft" or (
            one == "ifft" and not input.is_complex()
        )  # torch writes the conjugate: pointwise, so as it is
        _real_destination(one, out)
        return given(out, made(input, None if n is None else (n,), (dim,), norm), lies=conjugated, cast=not conjugated)

    def two(input, s=None, dim=(-2, -1), norm=None, *, out=None):
        _real_destination(one, out)
        return given(out, made(input, s, dim, norm), cast=True)

    def many(input, s=None, dim=None, norm=None, *, out=None):
        _real_destination(one, out)
        return given(out, made(input, s, dim, norm), cast=True)

    for function, suffix, where in ((along, "", "one dim"), (two, "2", "two dims"), (many, "n", "some or all dims")):
        function.__name__ = function.__qualname__ = f"fft_{one}{suffix}"
        function.__doc__ = f"{doc} along {where}; `norm` is backward, ortho or forward."
        binding(f"fft_{one}{suffix}", method=False, function=False, python=f"fft.{one}{suffix}")(function)


_family("fft", lambda x, s, d, norm: _complex_to_complex(x, s, d, norm, True), "Fourier transform")
_family("ifft", lambda x, s, d, norm: _complex_to_complex(x, s, d, norm, False), "Inverse Fourier transform")
_family("rfft", lambda x, s, d, norm: _real_to_half("rfft", x, s, d, norm, True), "Half of the transform of real numbers")
_family("irfft", lambda x, s, d, norm: _half_to_real("irfft", x, s, d, norm, False), "Real inverse transform of a half spectrum")
_family("hfft", lambda x, s, d, norm: _half_to_real("hfft", x, s, d, norm, True), "Transform of half a Hermitian signal")
_family(
    "ihfft", lambda x, s, d, norm: _real_to_half("ihfft", x, s, d, norm, False), "Half of the inverse transform of real numbers"
)


def _shift(x, dim, back):
    dims = tuple(range(x.ndim)) if dim is None else (dim,) if isinstance(dim, int) else tuple(dim)
    return x.roll([(x.shape[d] + back) // 2 for d in dims], dims)


@binding("fft_fftshift", method=False, function=False, python="fft.fftshift")
def fftshift(input, dim=None):
    """The zero frequency moved to the middle of each dim."""
    return _shift(input, dim, 0)


@binding("fft_ifftshift", method=False, function=False, python="fft.ifftshift")
def ifftshift(input, dim=None):
    """The zero frequency moved back to the front: undoes fftshift."""
    return _shift(input, dim, 1)


def _per(length):
    return 1.0 / length if length else inf


@binding("fft_fftfreq", method=False, function=False, python="fft.fftfreq")
def fftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """Frequencies of the n bins, in cycles per unit of the sample spacing d; negative ones last."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    found = surface.arange(n, dtype=dtype or get_default_dtype(), device=device)
    found = surface.where(found < (n + 1) // 2, found, found - n) * _per(n * d)
    return given(out, found.requires_grad_(requires_grad))


@binding("fft_rfftfreq", method=False, function=False, python="fft.rfftfreq")
def rfftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """Frequencies of the n // 2 + 1 bins of rfft."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    found = surface.arange(n // 2 + 1, dtype=dtype or get_default_dtype(), device=device) * _per(n * d)
    return given(out, found.requires_grad_(requires_grad))


from . import _spectrogram  # noqa: E402, F401  # attaches stft and istft
