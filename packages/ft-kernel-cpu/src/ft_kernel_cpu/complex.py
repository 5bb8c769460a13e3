"""Complex numbers made from parts. Both parts arrive cast to the complex type, so their real halves are read."""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import ALLOC, kernel

Array = np.ndarray


def _made(real: Array, imag: Array, kind: np.dtype, out: Any) -> Array:
    result = np.empty(np.broadcast_shapes(real.shape, imag.shape), kind) if out is ALLOC else out
    result.real = real
    result.imag = imag
    return result


@kernel("complex", inplace=())
def complex_(real: Array, imag: Array, *, out: Any) -> Array:
    return _made(real.real, imag.real, real.dtype, out)


@kernel("polar", inplace=())
def polar(modulus: Array, angle: Array, *, out: Any) -> Array:
    r, turn = modulus.real, angle.real
    return _made(r * np.cos(turn), r * np.sin(turn), modulus.dtype, out)
