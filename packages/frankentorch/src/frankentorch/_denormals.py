"""Denormal numbers on the CPU: whether arithmetic keeps them or takes them for zero."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys

_ENVIRONMENT = 32  # bytes of glibc's fenv_t on x86-64; the last four are the control word of the vector unit
_FLUSH = 0x8040  # its bits "flush to zero" and "denormals are zero"


def set_flush_denormal(mode: bool) -> bool:
    """Let this thread's float arithmetic take denormal numbers for zero, or keep them; whether this machine can.

    So on x86-64 under Linux; elsewhere nothing changes, and False says so. Source: torch.set_flush_denormal.
    """
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        return False
    library = ctypes.util.find_library("m")
    libm = ctypes.CDLL(library) if library else None
    if libm is None or not hasattr(libm, "fegetenv"):
        return False
    held = (ctypes.c_ubyte * _ENVIRONMENT)()
    if libm.fegetenv(held):
        return False
    word = int.from_bytes(bytes(held[-4:]), "little")
    held[-4:] = list((word | _FLUSH if mode else word & ~_FLUSH).to_bytes(4, "little"))
    return not libm.fesetenv(held)
