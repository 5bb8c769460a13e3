"""The old tensor types: `torch.FloatTensor(2, 3)`, `isinstance(x, torch.LongTensor)`. Names for a dtype on the CPU; tensors are
Tensors."""

from __future__ import annotations

from typing import Any

import ft_core
from ft_core import Tensor

from .constructor import construct

NAMES = {
    "BFloat16Tensor": "bfloat16",
    "BoolTensor": "bool",
    "ByteTensor": "uint8",
    "CharTensor": "int8",
    "DoubleTensor": "float64",
    "FloatTensor": "float32",
    "HalfTensor": "float16",
    "IntTensor": "int32",
    "LongTensor": "int64",
    "ShortTensor": "int16",
}


class _TensorType(type):
    """Classes that stand for a dtype: calling one makes a Tensor, isinstance asks for dtype and device."""

    dtype: ft_core.dtype

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is cls.dtype and instance.is_cpu

    def __call__(cls, *args: Any, **kwargs: Any) -> Tensor:
        return construct(cls.dtype, args, kwargs)

    def __repr__(cls) -> str:
        return f"<class 'torch.{cls.__name__}'>"


def _make(name: str, dtype: str) -> _TensorType:
    doc = f"A {dtype} tensor on the CPU, made from sizes (undefined contents) or from data."
    return _TensorType(name, (), {"dtype": getattr(ft_core, dtype), "__doc__": doc, "__module__": "torch"})


TYPES = {name: _make(name, dtype) for name, dtype in NAMES.items()}
"""The classes by name."""
globals().update(TYPES)

__all__ = sorted(NAMES)  # noqa: PLE0605 - a list of strings
