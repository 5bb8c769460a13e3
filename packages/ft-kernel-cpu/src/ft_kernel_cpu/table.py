"""The CPU backend's kernel table and the helpers every kernel file shares.

A kernel is a plain function over NumPy arrays, attached to an op by its ATen name: `@kernel("softmax")`. The contract (order of
arguments, `out=`, dtypes, what is promised) is section 4 of docs/explanation/contracts.md. This module holds no kernel.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ft_core.backend import KernelTable

table = KernelTable()
kernel = table.kernel
ALLOC = ...  # NumPy's "allocate, and return an array even when it is 0-dim"


def store(result: np.ndarray | np.generic, out: Any) -> np.ndarray:
    """The result as an array of its own, or copied into `out` when the caller brought a destination."""
    if out is ALLOC:
        return result if result.__class__ is np.ndarray else np.asarray(result)
    np.copyto(out, result, casting="unsafe")
    return out
