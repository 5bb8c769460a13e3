"""The BLAS inside NumPy's own wheel, reached by ctypes: what NumPy's API does not offer of it.

NumPy multiplies into a fresh or equal-shaped destination; it cannot accumulate (`beta=1`), nor take a slice with a foreign row
length in place. Convolution needs both. The wheel carries OpenBLAS under a private name; builds that link another library
(Accelerate, a distribution's BLAS) lack it, and then the same calls run on `np.matmul`. Everything here works on flat buffers
with offsets, in elements.
"""

from __future__ import annotations

import ctypes
import glob
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

_ROW_MAJOR, _PLAIN, _TRANSPOSED = 101, 111, 112  # CBLAS_LAYOUT and CBLAS_TRANSPOSE of the reference cblas.h


class Operand(NamedTuple):
    """A matrix inside a flat buffer: element (i, j) is `flat[offset + i * ld + j]`."""

    flat: np.ndarray
    address: int
    offset: int
    ld: int

    def at(self, offset: int, ld: int | None = None) -> Operand:
        """Another matrix of the same buffer."""
        return Operand(self.flat, self.address, offset, self.ld if ld is None else ld)


def address(array: Any) -> int:
    """Where a C-contiguous array begins. `array.ctypes.data` takes three times as long, and is asked only of what may not be written."""
    try:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))
    except (TypeError, ValueError):  # read-only; without elements
        return int(array.ctypes.data)


def operand(array: np.ndarray, ld: int) -> Operand:
    """The buffer of a C-contiguous array as an operand at offset 0."""
    return Operand(array.reshape(-1), address(array), 0, ld)


def _library() -> ctypes.CDLL | None:
    """NumPy's OpenBLAS, or None where this NumPy was built against another one."""
    here = os.path.dirname(np.__file__)
    for folder in (os.path.join(here, os.pardir, "numpy.libs"), os.path.join(here, ".dylibs"), os.path.join(here, ".libs")):
        for path in sorted(glob.glob(os.path.join(folder, "*openblas*"))):
            try:
                return ctypes.CDLL(path)
            except OSError:
                continue
    return None


_blas = _library()


def routine(name: str, result: Any, *arguments: Any) -> Callable[..., Any] | None:
    """A function of the library under its C or Fortran name ("cblas_sgemm", "sgetrf_"); None where the library is not at hand."""
    found = getattr(_blas, f"scipy_{name}64_", None) if _blas is not None else None
    if found is not None:
        found.restype = result
        found.argtypes = arguments
    return found


def _gemm_of(name: str, real: Any) -> Callable[..., Any] | None:
    i32, i64, pointer = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
    return routine(name, None, i32, i32, i32, i64, i64, i64, real, pointer, i64, pointer, i64, real, pointer, i64)


_GEMM = {
    np.dtype(np.float32): _gemm_of("cblas_sgemm", ctypes.c_float),
    np.dtype(np.float64): _gemm_of("cblas_dgemm", ctypes.c_double),
}
_set_threads = routine("openblas_set_num_threads", None, ctypes.c_int)
_get_threads = routine("openblas_get_num_threads", ctypes.c_int)


def set_threads(count: int) -> None:
    """How many threads NumPy's matrix products use from now on; without effect where the library is not at hand."""
    if _set_threads is not None:
        _set_threads(count)


def get_threads() -> int:
    """How many threads NumPy's matrix products use; 1 where the library is not at hand."""
    return int(_get_threads()) if _get_threads is not None else 1


def matrix(x: Operand, rows: int, columns: int) -> np.ndarray:
    """An operand as a 2-d array over the same memory."""
    size = x.flat.itemsize
    return np.ndarray((rows, columns), x.flat.dtype, x.flat, x.offset * size, (x.ld * size, size))


def gemm(a: Operand, b: Operand, c: Operand, mnk: tuple[int, int, int], *, add: bool, ta: bool = False, tb: bool = False) -> None:
    """`c = op(a) @ op(b)` or, with `add`, `c += op(a) @ op(b)`; op transposes under `ta`, `tb`.

    mnk: rows and columns of c, length of the shared dimension. All operands have one dtype; c is disjoint from a and b.
    """
    m, n, k = mnk
    function = _GEMM.get(c.flat.dtype)
    if function is None or min(mnk) == 0:
        _gemm_numpy(a, b, c, mnk, add, ta, tb)
        return
    size = c.flat.itemsize
    function(
        _ROW_MAJOR, _TRANSPOSED if ta else _PLAIN, _TRANSPOSED if tb else _PLAIN, m, n, k,
        1.0, a.address + a.offset * size, a.ld, b.address + b.offset * size, b.ld,
        1.0 if add else 0.0, c.address + c.offset * size, c.ld,
    )  # fmt: skip


def _gemm_numpy(a: Operand, b: Operand, c: Operand, mnk: tuple[int, int, int], add: bool, ta: bool, tb: bool) -> None:
    m, n, k = mnk
    left = matrix(a, k, m).T if ta else matrix(a, m, k)
    right = matrix(b, n, k).T if tb else matrix(b, k, n)
    target = matrix(c, m, n)
    if add:
        target += left @ right
    else:
        target[...] = left @ right
