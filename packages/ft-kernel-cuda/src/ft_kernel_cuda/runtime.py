"""The device as the kernels see it: arrays, memory, streams, transfers and launches, behind one small class.

CuPy is imported on first use: the module imports on any machine, and `unavailable_reason` says why the device cannot be used.
Kernels reach the device only through `machine()`, so the tests can put a machine in its place that has NumPy arrays and runs the
same CUDA text compiled for the host.
"""

from __future__ import annotations

import threading
from functools import cached_property
from importlib import import_module, util
from typing import Any

import numpy as np

from . import cuda_rt, nvrtc
from .source import specialised

Macros = tuple[tuple[str, str], ...]


class Machine:
    """CuPy's arrays and streams, our own kernels."""

    def __init__(self) -> None:
        self._functions: dict[tuple[int, str, Macros], int] = {}
        self._thread = threading.local()

    @cached_property
    def xp(self) -> Any:
        """The array module."""
        return import_module("cupy")

    # ---- arrays ----

    def is_array(self, value: object) -> bool:
        return isinstance(value, self.xp.ndarray)

    def empty(self, shape: tuple[int, ...], dtype: Any) -> Any:
        return self.xp.empty(shape, dtype)

    def pointer(self, array: Any) -> int:
        return int(array.data.ptr)

    def view(self, root: Any, dtype: np.dtype, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Any:
        """An array over the memory of `root`; strides and offset in bytes."""
        return self.xp.ndarray(shape, dtype, root.data + offset, strides)

    def read(self, array: Any) -> np.ndarray:
        """The values on the host; waits for the current stream."""
        return self.xp.asnumpy(array)

    # ---- devices ----

    def device_count(self) -> int:
        return int(self.xp.cuda.runtime.getDeviceCount())

    def current_device(self) -> int:
        return int(self.xp.cuda.runtime.getDevice())

    def set_device(self, index: int) -> None:
        self.xp.cuda.runtime.setDevice(index)

    def synchronize(self, index: int | None) -> None:
        self.xp.cuda.Device(index).synchronize()

    def memory_info(self, index: int | None) -> tuple[int, int]:
        with self.xp.cuda.Device(index):
            free, total = self.xp.cuda.runtime.memGetInfo()
        return int(free), int(total)

    def properties(self, index: int) -> dict[str, Any]:
        """The device's name, compute capability, memory and multiprocessors, from the CUDA runtime."""
        told = self.xp.cuda.runtime.getDeviceProperties(index)
        name = told["name"]
        return {
            "name": name.decode() if isinstance(name, bytes) else str(name),
            "major": int(told["major"]),
            "minor": int(told["minor"]),
            "total_memory": int(told["totalGlobalMem"]),
            "multi_processor_count": int(told["multiProcessorCount"]),
        }

    def free(self) -> None:
        self.xp.get_default_memory_pool().free_all_blocks()
        self.xp.get_default_pinned_memory_pool().free_all_blocks()

    def resident_threads(self) -> int:
        """How many threads the device keeps at once; random kernels size their grid by it."""
        attributes = self.xp.cuda.Device().attributes
        return int(attributes["MultiProcessorCount"]) * int(attributes["MaxThreadsPerMultiProcessor"])

    # ---- launches ----

    def launch(self, file: str, macros: Macros, entry: str, grid: int, block: int, words: bytes) -> None:
        """Queue kernel `entry` of source/`file`, specialised by `macros`, on the current stream; compiled at its first use."""
        if not getattr(
            self._thread, "ready", False
        ):  # a new thread has no context until a runtime call makes the primary one current
            self.set_device(self.current_device())
            self._thread.ready = True
        key = (self.current_device(), file, macros)
        function = self._functions.get(key)
        if function is None:
            arch = f"sm_{self.xp.cuda.Device().compute_capability}"
            function = cuda_rt.load_function(nvrtc.cubin(specialised(file, macros), arch), entry)
            self._functions[key] = function
        cuda_rt.launch(function, grid, block, int(self.xp.cuda.get_current_stream().ptr), words)


_machine: list[Machine] = [Machine()]


def machine() -> Machine:
    """The machine that kernels run on."""
    return _machine[0]


def use_machine(other: Machine) -> Machine:
    """Put another machine in place (tests do) and return the one before."""
    before, _machine[0] = _machine[0], other
    return before


def unavailable_reason() -> str | None:
    """What is missing on this computer: a driver, CuPy, a device, NVRTC; None where the device can be used."""
    if cuda_rt.driver() is None:
        return "no NVIDIA driver is installed (libcuda was not found)"
    if util.find_spec("cupy") is None:
        return "CuPy is not installed; install cupy-cuda13x"
    try:
        count = machine().device_count()
    except (RuntimeError, ImportError, OSError) as error:  # CuPy's CUDARuntimeError is the first of these
        return f"the driver answers: {error}"
    if count == 0:
        return "the driver sees no device"
    return None if nvrtc.library() is not None else nvrtc.MISSING
