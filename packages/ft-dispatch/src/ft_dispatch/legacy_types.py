"""The old tensor types: `torch.FloatTensor(2, 3)`, `isinstance(x, torch.LongTensor)`, `torch.sparse.FloatTensor(indices, values)`.

Names for a dtype, and a layout, on the CPU; tensors are Tensors.
"""

from __future__ import annotations

from typing import Any

import ft_core
from ft_core import Tensor, notices
from ft_core.layout import layout, sparse_coo, strided

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
    layout: layout
    is_sparse: bool

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is cls.dtype and instance.layout is cls.layout and instance.is_cpu

    def __call__(cls, *args: Any, **kwargs: Any) -> Tensor:
        return (_sparse if cls.is_sparse else construct)(cls.dtype, args, kwargs)

    def __repr__(cls) -> str:
        return f"<class '{cls.__module__}.{cls.__name__}'>"


def _sparse(kind: ft_core.dtype, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor:
    """A COO tensor from (indices, values, size), (indices, values), sizes or nothing. TypeError for anything else."""
    from .surface import sparse_coo_tensor  # noqa: PLC0415  # the whole op table

    where = kwargs.pop("device", None)
    made_of = tuple(isinstance(arg, Tensor) for arg in args)
    form: tuple[Any, ...]
    if not kwargs and made_of[:2] == (True, True) and (len(args) == 2 or (len(args) == 3 and isinstance(args[2], (tuple, list)))):
        form, kind = args, args[1].dtype  # as torch: the values' dtype, whatever the class is called
        spelled, instead = ("indices, values, shape" if len(args) == 3 else "indices, values"), "indices, values, "
        instead += "shape, " if len(args) == 3 else ""
    elif not kwargs and (all(type(n) is int for n in args) or (len(args) == 1 and isinstance(args[0], ft_core.Size))):
        size = (args if not args or type(args[0]) is int else args[0]) or (0,)
        form = (tuple(size),)
        spelled, instead = ("shape" if args else ""), ("shape, " if args else "(0,), ")
    elif len(args) == 1 and isinstance(args[0], (tuple, list)):
        raise TypeError(
            "torch.sparse.SparseTensor(sequence) only accepts sizes.  Please use torch.sparse_coo_tensor() or construct a strided tensor "
            "and convert it to sparse via to_sparse."
        )
    else:
        got = ", ".join([type(arg).__name__ for arg in args] + [f"{name}=" for name in kwargs])
        raise TypeError(
            f"new() received an invalid combination of arguments - got ({got}), but expected (Tensor indices, Tensor values), the same "
            "and a tuple of ints, ints, or nothing"
        )
    notices.once(
        f"torch.sparse.SparseTensor({spelled}{', ' if spelled else ''}*, device=) is deprecated.  Please use "
        f"torch.sparse_coo_tensor({instead}dtype=, device=)."
    )
    return sparse_coo_tensor(*form, dtype=kind, device=where)  # type: ignore[no-any-return]


def _make(name: str, dtype: str, sparse: bool) -> _TensorType:
    doc = f"A {dtype} tensor on the CPU, made from sizes (undefined contents) or from data."
    if sparse:
        doc = f"A sparse COO {dtype} tensor on the CPU, made from indices and values, or empty from sizes."
    facts = {"dtype": getattr(ft_core, dtype), "layout": sparse_coo if sparse else strided, "is_sparse": sparse}
    return _TensorType(name, (), {**facts, "__doc__": doc, "__module__": "torch.sparse" if sparse else "torch"})


TYPES = {name: _make(name, dtype, False) for name, dtype in NAMES.items()}
"""The classes by name."""
SPARSE_TYPES = {name: _make(name, dtype, True) for name, dtype in NAMES.items() if dtype != "bool"}
"""Those of `torch.sparse`."""
globals().update(TYPES)

__all__ = sorted(NAMES)  # noqa: PLE0605 - a list of strings
