"""The CUDA backend's kernel table, and the mapping between array dtypes and the storage types of the CUDA text.

bfloat16 and float8 have no CuPy dtype: their arrays are raw uint16 and uint8. A kernel called through the table takes an array
for what its dtype says; whoever knows better (the backend's `cast`, a planner through `Kernel.native`) passes storage names
along.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ft_core.backend import KernelTable

table = KernelTable()
kernel = table.kernel
ALLOC = None

RAW = {"bfloat16": "uint16", "float8_e4m3fn": "uint8", "float8_e5m2": "uint8"}


def name_of(dtype: Any) -> str:
    """The name of an `ft_core.dtype` ("bfloat16") as used by `source.STORAGE`."""
    return str(dtype).rpartition(".")[2]


def array_dtype(name: str) -> np.dtype:
    """The dtype of the arrays that hold dtype `name`."""
    return np.dtype(RAW.get(name, name))
