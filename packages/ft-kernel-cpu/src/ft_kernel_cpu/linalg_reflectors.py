"""Kernels of Householder reflections. Only geqrf needs one: NumPy has LAPACK's packed form under another name, transposed.

Products of reflections are matrix products (see the op table), which the decompositions write down as fast as a kernel could.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .linalg_factor import several
from .table import kernel

Array = np.ndarray


@kernel("geqrf", inplace=())
def geqrf(x: Array, *, out: Any) -> tuple[Array, ...]:
    """R over the vectors of the reflections, and their factors."""
    if 0 in x.shape[-2:]:
        return several((np.array(x), np.zeros((*x.shape[:-2], 0), x.dtype)), out)
    packed, tau = np.linalg.qr(x, "raw")
    return several((np.swapaxes(packed, -2, -1).astype(x.dtype, copy=False), tau.astype(x.dtype, copy=False)), out)
