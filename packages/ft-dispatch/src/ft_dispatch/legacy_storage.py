"""The classes of torch's deprecated storages, `torch.FloatStorage` and its like, and the methods that lead to them.

Source: https://docs.pytorch.org/docs/stable/storage.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import BY_NAME, Tensor, UntypedStorage

from .registry import binding
from .typed_storage import DTYPES, TypedStorage, filled, warn_once

__all__ = ["LEGACY", "legacy_class"]

CONVERSIONS = {
    "bfloat16": "bfloat16", "bool": "bool", "byte": "uint8", "char": "int8", "complex_double": "complex128",
    "complex_float": "complex64", "double": "float64", "float": "float32", "float8_e4m3fn": "float8_e4m3fn",
    "float8_e4m3fnuz": "float8_e4m3fnuz", "float8_e5m2": "float8_e5m2", "float8_e5m2fnuz": "float8_e5m2fnuz", "half": "float16",
    "int": "int32", "long": "int64", "short": "int16",
}  # fmt: skip


class _Legacy(type):
    """Classes that stand for a dtype: calling one makes a TypedStorage, isinstance asks for dtype and device."""

    dtype: Any
    on_cuda: bool

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, TypedStorage) and instance.dtype is cls.dtype and instance.is_cuda is cls.on_cuda

    def __call__(cls, *args: Any, wrap_storage: Any = None, **kwargs: Any) -> TypedStorage:
        forms = (
            f"{cls}.__new__ received an invalid combination of arguments. Expected one of:\n * no arguments\n * (int size)\n"
            " * (Sequence data)\n * (*, UntypedStorage wrap_storage)"
        )
        if kwargs:
            raise RuntimeError(f"{forms}\nKeyword argument '{next(iter(kwargs))}' cannot be specified")
        if len(args) > 1 or (args and wrap_storage is not None):
            raise RuntimeError(f"{forms}\nToo many positional arguments")
        if wrap_storage is not None and not isinstance(wrap_storage, UntypedStorage):
            raise TypeError(f"{forms}\nArgument 'wrap_storage' must be UntypedStorage, but got {type(wrap_storage)}")
        if args and isinstance(args[0], UntypedStorage):
            raise TypeError(f"{forms}\nArgument type not recognized: {type(args[0])}")
        warn_once()
        storage = filled(args, cls.dtype, "cuda" if cls.on_cuda else "cpu") if wrap_storage is None else wrap_storage
        return TypedStorage(wrap_storage=storage, dtype=cls.dtype, _internal=True)

    def __repr__(cls) -> str:
        return f"<class '{cls.__module__}.{cls.__name__}'>"


def legacy_class(name: str, *, on_cuda: bool = False) -> Any:
    """The class `torch.<name>` or `torch.cuda.<name>`; KeyError for a name that is none of the legacy classes."""
    module = "torch.cuda" if on_cuda else "torch"
    doc = f"A storage of {DTYPES[name]} elements (deprecated): made from a size, from data, or around `wrap_storage=`."
    return _Legacy(
        name, (TypedStorage,), {"dtype": BY_NAME[DTYPES[name]], "on_cuda": on_cuda, "__doc__": doc, "__module__": module}
    )


LEGACY: dict[str, Any] = {name: legacy_class(name) for name in DTYPES}
"""The legacy classes of the CPU by name."""
_CONVERTED: dict[str, str] = {kind: name for name, kind in DTYPES.items()}


# -- methods of tensors and of storages of bytes -----------------------------------------------------------------------------


@binding("storage", function=False)
def storage(self: Tensor) -> TypedStorage:
    """The tensor's memory as a storage of elements (deprecated: use `untyped_storage`). Source: torch.Tensor.storage."""
    warn_once()
    return TypedStorage(wrap_storage=self.untyped_storage(), dtype=self.dtype, _internal=True)


@binding("storage_type", function=False)
def storage_type(self: Tensor) -> Any:
    """The legacy class of storages of the tensor's dtype (deprecated). Source: torch.Tensor.storage_type."""
    warn_once()
    return LEGACY[_CONVERTED[self.dtype.name]]


def _conversion(name: str, kind: str) -> Callable[[Any], TypedStorage]:
    def convert(self: Any) -> TypedStorage:
        warn_once()
        if isinstance(self, TypedStorage):
            return self._converted(BY_NAME[kind])
        return TypedStorage(wrap_storage=self, dtype=BY_NAME["uint8"], _internal=True)._converted(BY_NAME[kind])

    convert.__name__, convert.__qualname__ = name, f"TypedStorage.{name}"
    convert.__doc__ = f"The elements (of a storage of bytes, the bytes) as {kind}, in memory of their own."
    return convert


for _name, _kind in CONVERSIONS.items():
    setattr(TypedStorage, _name, _conversion(_name, _kind))
    setattr(UntypedStorage, _name, _conversion(_name, _kind))


def _type_of(self: UntypedStorage, dtype: Any = None, non_blocking: bool = False) -> Any:
    """`torch.storage.UntypedStorage`; with a dtype or the name of a legacy class, the bytes converted to it."""
    if dtype is None:
        return "torch.cuda.UntypedStorage" if self.is_cuda else "torch.storage.UntypedStorage"
    return TypedStorage(wrap_storage=self, dtype=BY_NAME["uint8"], _internal=True).type(dtype)


UntypedStorage.type = _type_of  # type: ignore[attr-defined]
