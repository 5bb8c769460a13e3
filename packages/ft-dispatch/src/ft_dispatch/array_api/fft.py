"""Fourier transforms: the standard's extension `fft`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor

from ..surface import PUBLIC

_ALONG, _MANY = "fft ifft rfft irfft hfft ihfft", "fftn ifftn rfftn irfftn"
__all__ = sorted([*_ALONG.split(), *_MANY.split(), "fftfreq", "fftshift", "ifftshift", "rfftfreq"])  # noqa: PLE0605 - a list of strings


def _along(name: str) -> Callable[..., Tensor]:
    transform = PUBLIC[f"fft.{name}"]

    def function(x: Tensor, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Tensor:
        return transform(x, n, axis, norm)  # type: ignore[no-any-return]

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`torch.fft.{name}` along one axis, of n elements."
    return function


def _many(name: str) -> Callable[..., Tensor]:
    transform = PUBLIC[f"fft.{name}"]

    def function(x: Tensor, /, *, s: Any = None, axes: Any = None, norm: str = "backward") -> Tensor:
        return transform(x, s, axes, norm)  # type: ignore[no-any-return]

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`torch.fft.{name}` along several axes, of sizes s."
    return function


for _name in _ALONG.split():
    globals()[_name] = _along(_name)
for _name in _MANY.split():
    globals()[_name] = _many(_name)


def fftfreq(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Tensor:
    """Frequencies of the places of `fft` over n samples d apart."""
    return PUBLIC["fft.fftfreq"](n, d, dtype=dtype, device=device)  # type: ignore[no-any-return]


def rfftfreq(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Tensor:
    """Frequencies of the places of `rfft` over n samples d apart."""
    return PUBLIC["fft.rfftfreq"](n, d, dtype=dtype, device=device)  # type: ignore[no-any-return]


def fftshift(x: Tensor, /, *, axes: Any = None) -> Tensor:
    """The zero frequency moved to the middle of each axis."""
    return PUBLIC["fft.fftshift"](x, axes)  # type: ignore[no-any-return]


def ifftshift(x: Tensor, /, *, axes: Any = None) -> Tensor:
    """The zero frequency moved back to the front."""
    return PUBLIC["fft.ifftshift"](x, axes)  # type: ignore[no-any-return]
