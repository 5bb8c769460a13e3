"""The CUDA backend object: memory by CuPy, kernels by our own text, and an answer to why it cannot be used where it cannot.

bfloat16 and float8 live in raw uint16 and uint8 arrays that only our kernels read; crossing to the host reinterprets the same
bytes as ml_dtypes, so no value changes on the way.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from ft_core.backend import Backend, Conformance
from ft_core.dtype import BY_NAME

from . import runtime
from .cast import cast, copy, filled
from .random import Philox
from .table import RAW, array_dtype, name_of, table


class CudaBackend(Backend):
    """NVIDIA GPUs through CuPy and NVRTC. The object exists on any machine."""

    name = "CUDA"
    device_type = "cuda"
    aliasing = True
    ALLOC = None
    kernels = table
    conformance: ClassVar[Conformance] = Conformance.L1_PRIMITIVES

    @property
    def array_type(self) -> type:  # type: ignore[override]  # CuPy is imported when its class is first asked for
        return runtime.machine().xp.ndarray

    # ---- memory ----

    def allocate(self, shape: tuple[int, ...], dtype: Any) -> Any:
        return runtime.machine().empty(shape, array_dtype(name_of(dtype)))

    def from_host(self, array: np.ndarray, dtype: Any) -> Any:
        raw = np.ascontiguousarray(array).reshape(array.shape)
        return runtime.machine().xp.array(raw.view(array_dtype(name_of(dtype))), order="C")

    def to_host(self, array: Any, dtype: Any) -> np.ndarray:
        return runtime.machine().read(array).view(dtype.numpy)

    def copy_within(self, dst: Any, src: Any) -> None:
        copy(src, dst)

    def supports(self, dtype: Any) -> bool:
        try:
            return array_dtype(name_of(dtype)) is not None
        except TypeError:  # NumPy knows no such dtype: quantized and sub-byte ones
            return False

    def strided_view(self, root: Any, dtype: Any, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Any:
        kind = array_dtype(name_of(dtype))
        return runtime.machine().view(root, kind, shape, tuple(s * kind.itemsize for s in strides), offset * kind.itemsize)

    def cast(self, array: Any, source: Any, target: Any) -> Any:
        """A copy of `array`, which holds dtype `source`, as dtype `target`: the cast that knows bfloat16 from uint16."""
        return cast(array, name_of(source), name_of(target))

    def scalar(self, number: complex, dtype: Any) -> Any:
        """A 0-dim array; the number travels as a kernel's argument, so nothing waits for a transfer."""
        return filled((), number, name_of(dtype))

    def contiguous(self, array: Any, dtype: Any) -> Any:
        return array if array.flags.c_contiguous else copy(array)

    def root_of(self, array: Any) -> tuple[Any, int]:
        return array.reshape(-1).view(np.uint8), array.nbytes

    def data_ptr(self, root: Any) -> int:
        return runtime.machine().pointer(root)

    def dtype_of(self, array: Any) -> Any:
        """The array's dtype, or None for uint16 and uint8, which may be bfloat16 and float8."""
        name = array.dtype.name
        return None if name in RAW.values() else BY_NAME[name]

    def bytes_of(self, root: Any) -> np.ndarray:
        """A copy on the host; writes to it do not reach the device."""
        return runtime.machine().read(root)

    # ---- devices, queues, randomness ----

    def unavailable_reason(self) -> str | None:
        return runtime.unavailable_reason()

    def device_count(self) -> int:
        return 0 if self.unavailable_reason() else runtime.machine().device_count()

    def current_device(self) -> int:
        return runtime.machine().current_device()

    def set_device(self, index: int) -> None:
        super().set_device(index)
        runtime.machine().set_device(index)

    def synchronize(self, index: int | None = None) -> None:
        runtime.machine().synchronize(index)

    def stream(self, priority: int = 0) -> Any:
        """A CuPy stream that does not wait for the default one; `with stream:` makes it current."""
        return runtime.machine().xp.cuda.Stream(non_blocking=True, priority=priority)

    def event(self, timing: bool = False) -> Any:
        return runtime.machine().xp.cuda.Event(disable_timing=not timing)

    def generator(self, engine: str) -> Philox:
        """The state of a Philox stream. Raises ValueError for engines that run on the host only."""
        if engine != "philox":
            raise ValueError(f'generator: engine "philox" is the one on cuda; got {engine!r}')
        return Philox()

    def memory_info(self, index: int | None = None) -> tuple[int, int]:
        return runtime.machine().memory_info(index)

    def properties(self, index: int) -> dict[str, Any]:
        return runtime.machine().properties(index)

    def free(self) -> None:
        runtime.machine().free()
