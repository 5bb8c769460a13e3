"""Tables of tensors for the tests of formats, and what to compare them by: dtype, shape and bytes, so that NaN and -0.0 count."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np

import ft_kernel_cpu
from ft_core.backend import BACKENDS, register_backend
from ft_core.dtype import BY_NAME
from ft_core.meta import MetaBackend
from ft_serialize import rebuild

if "cpu" not in BACKENDS:
    register_backend(ft_kernel_cpu.backend)
if "meta" not in BACKENDS:
    register_backend(MetaBackend())

from ft_dispatch import surface as torch  # it needs a backend

SPECIAL = [float("nan"), float("inf"), -0.0, 1e-45, 3.5, -1.25]


def tensor(array: Any) -> Any:
    """A tensor over a copy of a NumPy array, ml_dtypes included."""
    array = np.asarray(array)
    buffer, view = rebuild.allocate(array.nbytes)
    view[:] = memoryview(np.ascontiguousarray(array).tobytes())
    return rebuild.from_storage(rebuild.storage_from_bytes(buffer), array.dtype.name, array.shape)


def facts(value: Any) -> tuple[Any, ...]:
    """What must survive a file: dtype, shape, bytes."""
    return value.dtype.name, tuple(value.shape), bytes(rebuild.content(value))


def table(*without: str) -> dict[str, Any]:
    """Tensors of many dtypes and shapes, those of the named dtypes left out."""
    rng = np.random.default_rng(7)
    floats = [np.float16, np.float32, np.float64, ml_dtypes.bfloat16, ml_dtypes.float8_e4m3fn, ml_dtypes.float8_e5m2]
    whole = [np.uint8, np.int8, np.int16, np.int32, np.int64, np.uint16, np.uint32, np.uint64]
    made = {np.dtype(kind).name: np.array(SPECIAL).astype(kind).reshape(2, 3) for kind in floats}
    made |= {np.dtype(kind).name: np.array([0, 1, 127]).astype(kind) for kind in whole}
    made |= {"bool": np.array([True, False]), "complex64": np.array([1 + 2j, -3j], np.complex64), "complex128": np.array([2.5j])}
    made |= {
        "weight": rng.standard_normal((5, 64)).astype(np.float32),
        "scalar": np.float32(1.5),
        "empty": np.empty((0, 3), np.float32),
    }
    tensors = {name: tensor(array) for name, array in made.items()}
    assert all(t.dtype is BY_NAME[t.dtype.name] for t in tensors.values())
    return {name: t for name, t in tensors.items() if t.dtype.name not in without}


LACKS = {
    "safetensors": ("complex128",),
    "gguf": ("bool", "complex64", "complex128", "uint8", "uint16", "uint32", "uint64", "float8_e4m3fn", "float8_e5m2"),
    "npz": (), "ftck": (), "pt": (), "msgpack": (),
}  # fmt: skip
"""Dtypes that a format has no word for."""

__all__ = ["LACKS", "facts", "table", "tensor", "torch"]


class Holder(torch.Tensor):
    """A tensor without memory that holds two others."""

    scale = None  # attributes of objects hide it

    @staticmethod
    def __new__(cls, first: Any, second: Any, requires_grad: bool = False) -> Any:
        return torch.Tensor._make_wrapper_subclass(
            cls, first.shape, dtype=first.dtype, device=first.device, requires_grad=requires_grad
        )

    def __init__(self, first: Any, second: Any, requires_grad: bool = False) -> None:
        self.first, self.second = first, second

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        def part(name: str) -> Any:
            return func(*(getattr(a, name) if isinstance(a, cls) else a for a in args), **(kwargs or {}))

        return cls(part("first"), part("second"))
