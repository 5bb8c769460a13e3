"""The four driver calls that start our own kernels, through ctypes: load a module, find a function, launch it, explain an error.

It is kept this thin so that memory, streams and BLAS can come from CuPy today and from another library tomorrow: what is passed
in are plain integers (addresses, a stream handle). The context is the current device's primary one, which CuPy has made current.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache


class CudaError(RuntimeError):
    """A CUDA driver call failed; the message has torch's prefix, "CUDA error: "."""


@cache
def driver() -> ctypes.CDLL | None:
    """The driver library, or None where no driver is installed."""
    try:
        return ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return None


def _check(status: int, call: str) -> None:
    if status:
        text = ctypes.c_char_p()
        _loaded().cuGetErrorString(status, ctypes.byref(text))
        raise CudaError(f"CUDA error: {(text.value or b'unknown').decode()} ({call})")


def _loaded() -> ctypes.CDLL:
    lib = driver()
    if lib is None:
        raise CudaError("CUDA error: no driver is installed (libcuda.so.1 was not found)")
    return lib


def load_function(image: bytes, name: str) -> int:
    """The handle of kernel `name` in a cubin, loaded into the current context for the rest of the process."""
    module, function = ctypes.c_void_p(), ctypes.c_void_p()
    _check(_loaded().cuModuleLoadData(ctypes.byref(module), image), "cuModuleLoadData")
    _check(_loaded().cuModuleGetFunction(ctypes.byref(function), module, name.encode()), "cuModuleGetFunction")
    return int(function.value or 0)


def launch(function: int, grid: int, block: int, stream: int, argument: bytes) -> None:
    """Queue one kernel, whose single parameter is the struct in `argument`. The driver copies it before this returns."""
    value = ctypes.create_string_buffer(argument, len(argument))
    parameters = (ctypes.c_void_p * 1)(ctypes.addressof(value))
    status = _loaded().cuLaunchKernel(
        ctypes.c_void_p(function), grid, 1, 1, block, 1, 1, 0, ctypes.c_void_p(stream), parameters, None
    )
    _check(status, "cuLaunchKernel")
