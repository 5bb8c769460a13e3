"""ft_kernel_cpu: the CPU backend of FrankenTorch. NumPy tier always; JIT and oneDNN tiers where their libraries are installed.

The door is `plugin`, which registers the backend; kernels stand in the file of their op's family.
"""

from __future__ import annotations

import os
from importlib import import_module

from ft_core.plugin import impl

from .backend import CpuBackend, backend

__all__ = ["CpuBackend", "backend", "ft_backends"]

_NOT_FAMILIES = frozenset({"__init__", "backend", "table", "blas", "threads", "random_fill"})

for _file in sorted(os.listdir(__path__[0])):
    if _file.endswith(".py") and _file[:-3] not in _NOT_FAMILIES and _file[0] != "_":
        import_module(f"{__name__}.{_file[:-3]}")


@impl
def ft_backends() -> list[CpuBackend]:
    """The CPU backend."""
    return [backend]
