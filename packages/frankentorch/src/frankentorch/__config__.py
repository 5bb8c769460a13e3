"""torch.__config__: what this installation is made of."""

from __future__ import annotations

import sys

import numpy as np

from ft_kernel_cpu.threads import get_num_threads

from .version import __version__

__all__ = ["parallel_info", "show"]


def show() -> str:
    """Libraries and their versions, one a line."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]  # type: ignore[index, call-overload]
    lines = [
        f"FrankenTorch {__version__}, in Python:",
        f"  - Python {sys.version.split()[0]}",
        f"  - NumPy {np.__version__}",
        f"  - BLAS: {blas.get('name', '?')} {blas.get('version', '')}".rstrip(),
        f"  - threads: {get_num_threads()}",
    ]
    return "\n".join(lines) + "\n"


def parallel_info() -> str:
    """How many threads operations use."""
    return f"FrankenTorch parallel info:\n\tget_num_threads() : {get_num_threads()}\n"
