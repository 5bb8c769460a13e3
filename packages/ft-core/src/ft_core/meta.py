"""The "meta" device: arrays that have a shape, a dtype and strides, and no data.

It has no kernels: for a meta tensor the dispatcher runs an op's meta rule and stops there. It lives in ft-core because shapes,
dtypes and strides are all it knows, and is registered by whoever assembles the product, like any other backend.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from .backend import Backend, Conformance, KernelTable
from .shapes import contiguous_strides

if TYPE_CHECKING:
    import numpy

    from .dtype import dtype as DType


class MetaArray:
    """An array without its data. `element_strides` None means C-contiguous; `strides` are bytes, as NumPy's and CuPy's are."""

    __slots__ = ("dtype", "element_strides", "itemsize", "shape")

    def __init__(self, shape: tuple[int, ...], element_strides: tuple[int, ...] | None, itemsize: int, dtype: Any) -> None:
        self.shape, self.element_strides, self.itemsize, self.dtype = tuple(shape), element_strides, itemsize, dtype

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return prod(self.shape)

    @property
    def nbytes(self) -> int:
        return self.size * self.itemsize

    @property
    def strides(self) -> tuple[int, ...]:
        steps = self.element_strides if self.element_strides is not None else contiguous_strides(self.shape)
        return tuple(s * self.itemsize for s in steps)

    def __repr__(self) -> str:
        return f"MetaArray({self.shape}, {self.dtype})"


class MetaBackend(Backend):
    """Shapes only: allocating is free, copying does nothing, and reading a value is torch's error."""

    name = "meta"
    device_type = "meta"
    array_type = MetaArray
    aliasing = True
    conformance = Conformance.L0_MEMORY

    def __init__(self) -> None:
        self.kernels = KernelTable()

    def allocate(self, shape: tuple[int, ...], dtype: DType) -> MetaArray:
        return MetaArray(shape, None, dtype.itemsize, dtype)

    def from_host(self, array: numpy.ndarray, dtype: DType) -> MetaArray:
        return MetaArray(array.shape, None, dtype.itemsize, dtype)

    def to_host(self, array: MetaArray, dtype: DType) -> numpy.ndarray:
        raise NotImplementedError("Cannot copy out of meta tensor; no data!")

    def copy_within(self, dst: MetaArray, src: MetaArray) -> None:
        if dst.shape != src.shape:
            raise RuntimeError(
                f"copy: source and destination of one shape are expected; got {src.shape} into {dst.shape}; expand one"
            )

    def supports(self, dtype: DType) -> bool:
        return True

    def strided_view(
        self, root: MetaArray, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...], offset: int
    ) -> MetaArray:
        return MetaArray(shape, None if strides == contiguous_strides(shape) else strides, dtype.itemsize, dtype)
