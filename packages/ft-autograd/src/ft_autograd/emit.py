"""Annotations for the profilers of NVIDIA and Intel, which a build without their libraries has no use for: torch's answers there."""

from __future__ import annotations


class emit_nvtx:
    """A context in which every op is a range for nvprof. AssertionError where it is entered enabled: there is no CUDA to annotate.

    Source: torch.autograd.profiler.emit_nvtx.
    """

    def __init__(self, enabled: bool = True, record_shapes: bool = False) -> None:
        self.enabled = enabled
        self.entered = False
        self.record_shapes = record_shapes

    def __enter__(self) -> emit_nvtx | None:
        if not self.enabled:
            return None
        if self.entered:
            raise RuntimeError("NVTX annotation context manager is not reentrant")
        self.entered = True
        raise AssertionError("Torch not compiled with CUDA enabled")

    def __exit__(self, *exc: object) -> None:
        """Nothing was begun."""


class emit_itt:
    """A context in which every op is a task for Intel's VTune. Nothing listens, so nothing is emitted; RuntimeError entered twice.

    Source: torch.autograd.profiler.emit_itt.
    """

    def __init__(self, enabled: bool = True, record_shapes: bool = False) -> None:
        self.enabled = enabled
        self.entered = False
        self.record_shapes = record_shapes

    def __enter__(self) -> emit_itt | None:
        if not self.enabled:
            return None
        if self.entered:
            raise RuntimeError("ITT annotation context manager is not reentrant")
        self.entered = True
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing was begun."""
