"""torch.nn.parallel: one process, one batch spread over the accelerators there are.

Without an accelerator `DataParallel` is the module it wraps, and what moves tensors between devices refuses, as torch does on a
machine that has only a CPU. Source: torch.nn.parallel (2.13).
"""

from __future__ import annotations

from ..absent import not_built
from . import comm, scatter_gather
from .data_parallel import DataParallel, data_parallel
from .distributed import DistributedDataParallel
from .parallel_apply import parallel_apply
from .replicate import replicate
from .scatter_gather import gather, scatter

__all__ = [
    "DataParallel", "DistributedDataParallel", "comm", "data_parallel", "gather", "parallel_apply", "replicate", "scatter", "scatter_gather",
]  # fmt: skip

__getattr__ = not_built(
    "torch.nn.parallel",
    "DistributedDataParallelCPU",
    "it needs torch.distributed; DataParallel works in one process",
)
