"""The CPU backend: NumPy arrays, NumPy memory, and the kernel table of this package.

Memory belongs to the ndarray that owns it; there is no pool (DECISIONS 6). bfloat16 and the float8 types are ml_dtypes' NumPy dtypes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ft_core.backend import Backend, Conformance
from ft_core.dtype import float16, float32, from_numpy
from ft_core.shapes import contiguous_strides

from . import halves, threads
from .table import ALLOC, table

if TYPE_CHECKING:
    from ft_core.dtype import dtype


def _too_large(shape: tuple[int, ...], dtype: dtype) -> RuntimeError:
    """What torch raises for memory that cannot be had, or counted."""
    nbytes = math.prod(shape) * dtype.itemsize
    if nbytes >= 1 << 63:
        return RuntimeError(f"Storage size calculation overflowed with sizes={list(shape)}")
    return RuntimeError(
        f"DefaultCPUAllocator: can't allocate memory: you tried to allocate {nbytes} bytes, for sizes {list(shape)} of {dtype}"
    )


_LARGEST = 65504.0
"""What every floating point type of at most 32 bits holds, but for the eight-bit ones."""


class CpuBackend(Backend):
    """NumPy on the host; the tiers above it (JIT, oneDNN) add kernels to the same table."""

    name: ClassVar[str] = "NumPy"
    device_type: ClassVar[str] = "cpu"
    array_type = np.ndarray
    aliasing: ClassVar[bool] = True
    conformance = Conformance.L5_SPEED
    ALLOC = ALLOC
    kernels = table

    def allocate(self, shape: tuple[int, ...], dtype: dtype) -> np.ndarray:
        try:
            return np.empty(shape, dtype.numpy)
        except (MemoryError, ValueError) as error:
            raise _too_large(shape, dtype) from error

    def from_host(self, array: np.ndarray, dtype: dtype) -> np.ndarray:
        return np.array(array, dtype.numpy, order="C", copy=True)

    def to_host(self, array: np.ndarray, dtype: dtype) -> np.ndarray:
        return array

    def copy_within(self, dst: np.ndarray, src: np.ndarray) -> None:
        np.copyto(dst, src, casting="unsafe")

    def set_deterministic(self, on: bool) -> None:
        threads.set_deterministic(on)

    def supports(self, dtype: dtype) -> bool:
        return dtype.numpy is not None

    def strided_view(
        self, root: np.ndarray, dtype: dtype, shape: tuple[int, ...], strides: tuple[int, ...], offset: int
    ) -> np.ndarray:
        size = dtype.itemsize
        if 0 in shape:  # no element to place, so no bounds to keep
            return np.empty(shape, dtype.numpy)
        return np.ndarray(shape, dtype.numpy, root, offset * size, [s * size for s in strides])

    def placing(self, dtype: dtype, shape: tuple[int, ...], strides: tuple[int, ...]) -> Callable[[np.ndarray, int], np.ndarray]:
        if 0 in shape:
            return super().placing(dtype, shape, strides)
        array, kind, size = np.ndarray, dtype.numpy, dtype.itemsize
        steps = tuple([s * size for s in strides])
        return lambda root, offset: array(shape, kind, root, offset * size, steps)

    def set_num_threads(self, count: int) -> None:
        threads.set_num_threads(count)

    def cast(self, array: np.ndarray, source: dtype, target: dtype) -> np.ndarray:
        """A copy in another dtype, as C casts: floats truncate towards zero, integers wrap, the imaginary part is dropped.

        A bool says whether a number is not 0.
        """
        if source.is_complex and not target.is_complex:
            if target.category == 0:
                return array != 0
            array = array.real
        if array.size >= halves.LEAST and array.flags.c_contiguous:
            if source is float32 and target is float16:
                return halves.narrowed(array)
            if source is float16 and target is float32:
                return halves.widened(array)
        if source.is_floating_point and (target.itemsize < source.itemsize or not target.is_floating_point):
            with np.errstate(all="ignore"):  # what does not fit becomes what C makes of it, without a word
                return array.astype(target.numpy)
        return array.astype(target.numpy)

    def caster(self, source: dtype, target: dtype) -> Callable[[np.ndarray], np.ndarray]:
        if source.itemsize == 2 or target.itemsize == 2 or (source.is_complex and not target.is_complex):
            return super().caster(source, target)
        kind = target.numpy
        return lambda array: array.astype(kind)  # within a call of the dispatcher NumPy has no warnings to give

    def scalar(self, number: Any, dtype: dtype) -> np.ndarray:
        if number.__class__ is int and not -(2**63) <= number < 2**64:
            raise OverflowError("int too big to convert")
        try:
            if dtype.itemsize < 8 and dtype.category == 2 and not -_LARGEST <= number <= _LARGEST:
                with np.errstate(over="ignore"):  # infinity, without a word
                    return np.array(number, dtype.numpy)
            return np.array(number, dtype.numpy)
        except OverflowError:  # torch wraps integers that do not fit
            return np.array(number & 0xFFFFFFFFFFFFFFFF, np.uint64).astype(dtype.numpy)
        except TypeError:
            return np.array(number).astype(dtype.numpy)

    def empty_strided(self, shape: tuple[int, ...], strides: tuple[int, ...], dtype: dtype) -> np.ndarray:
        if 0 in shape or strides == contiguous_strides(shape):
            return np.empty(shape, dtype.numpy)
        extent = 1
        for n, step in zip(shape, strides, strict=True):
            extent += (n - 1) * step
        return self.strided_view(np.empty(extent * dtype.itemsize, np.uint8), dtype, shape, strides, 0)

    def contiguous(self, array: np.ndarray, dtype: dtype) -> np.ndarray:
        return array if array.flags.c_contiguous else array.copy(order="C")

    def root_of(self, array: np.ndarray) -> tuple[np.ndarray, int]:
        if not array.flags.c_contiguous:  # made by `empty_strided`, over a flat buffer that it alone owns
            base: Any = array.base
            if base is None:  # a result of NumPy's in another order of memory: the elements as they lie
                base = array.transpose(np.argsort([-step for step in array.strides], kind="stable")).reshape(-1)
            return base, base.nbytes
        # ml_dtypes arrays do not export the buffer protocol, so their memory is named as bytes
        if array.dtype.kind == "V" or array.dtype.num >= 256:
            return array.reshape(-1).view(np.uint8), array.nbytes
        return array, array.nbytes

    def data_ptr(self, root: np.ndarray) -> int:
        return root.ctypes.data

    def bytes_of(self, root: np.ndarray) -> np.ndarray:
        return root.reshape(-1).view(np.uint8)

    def dtype_of(self, array: Any) -> dtype:
        return from_numpy(array.dtype, extended=True)


backend = CpuBackend()
