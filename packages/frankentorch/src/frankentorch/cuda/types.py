"""The old tensor types on CUDA: `isinstance(x, torch.cuda.FloatTensor)`. Names for a dtype on a device; tensors are Tensors."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface
from ft_dispatch.legacy_types import NAMES, TYPES

from . import _device as _questions


class _CudaType(type):
    """Classes that stand for a dtype on CUDA: calling one makes a Tensor there, isinstance asks for dtype and device."""

    dtype: Any
    on_cpu: Any

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is cls.dtype and instance.is_cuda

    def __call__(cls, *args: Any, **kwargs: Any) -> Tensor:
        if not _questions.is_available():
            raise TypeError(f"type torch.cuda.{cls.__name__} not available. Torch not compiled with CUDA enabled.")
        return surface.to(cls.on_cpu(*args, **kwargs), "cuda")

    def __repr__(cls) -> str:
        return f"<class 'torch.cuda.{cls.__name__}'>"


def _make(name: str) -> _CudaType:
    dtype = TYPES[name].dtype
    doc = f"A tensor of {dtype} on CUDA, made from sizes (undefined contents) or from data."
    return _CudaType(name, (), {"dtype": dtype, "on_cpu": TYPES[name], "__doc__": doc, "__module__": "torch.cuda"})


CUDA_TYPES = {name: _make(name) for name in NAMES}
"""The classes by name."""
