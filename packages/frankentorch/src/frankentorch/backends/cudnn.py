"""torch.backends.cudnn: its switches. `is_available` and `version` say whether a CUDA device and cuDNN's frontend are there."""

from __future__ import annotations

from importlib import import_module

from ._switches import flags_of

__all__ = ["allow_tf32", "benchmark", "benchmark_limit", "deterministic", "enabled", "flags", "is_available", "version"]

enabled = True
benchmark = False
benchmark_limit = 10
deterministic = False
allow_tf32 = True

flags = flags_of(globals(), ("enabled", "benchmark", "benchmark_limit", "deterministic", "allow_tf32"))


def version() -> int | None:
    """cuDNN's version number, or None where it is not installed."""
    try:
        frontend = import_module("cudnn")  # NVIDIA's, which ft-kernel-cuda[cudnn] brings
    except ImportError:
        return None
    return int(frontend.backend_version())


def is_available() -> bool:
    """Whether convolutions and attention on CUDA can use it."""
    from .. import cuda

    return cuda.is_available() and version() is not None
