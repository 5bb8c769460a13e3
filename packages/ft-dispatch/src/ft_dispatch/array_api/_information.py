"""What dtypes are, how they promote, and what this namespace can do."""

from __future__ import annotations

from typing import Any, NamedTuple

from ft_core import Tensor, default_device, get_default_dtype
from ft_core import can_cast as _can_cast
from ft_core import device as _device
from ft_core import finfo as _finfo
from ft_core import iinfo as _iinfo
from ft_core.backend import BACKENDS
from ft_core.dtype import BY_NAME, FLOAT, dtype

from ._promotion import joined

__all__ = ["astype", "can_cast", "finfo", "iinfo", "isdtype", "result_type"]

_SIGNED, _UNSIGNED = "int8 int16 int32 int64".split(), "uint8 uint16 uint32 uint64".split()
_REAL, _COMPLEX = "float32 float64".split(), "complex64 complex128".split()
_KINDS = {
    "bool": ["bool"],
    "signed integer": _SIGNED,
    "unsigned integer": _UNSIGNED,
    "integral": _SIGNED + _UNSIGNED,
    "real floating": _REAL,
    "complex floating": _COMPLEX,
    "numeric": _SIGNED + _UNSIGNED + _REAL + _COMPLEX,
}


def astype(x: Tensor, dtype: Any, /, *, copy: bool = True, device: Any = None) -> Tensor:
    """x in another dtype; a copy even of the same unless copy=False."""
    return x.to(device=x.device if device is None else device, dtype=dtype, copy=copy)  # type: ignore[no-any-return]


def isdtype(dtype: Any, kind: Any) -> bool:
    """Whether a dtype is of a kind: a dtype, a word ("integral", "real floating", …) or a tuple of these. ValueError for other words."""
    if isinstance(kind, tuple):
        return any(isdtype(dtype, one) for one in kind)
    if isinstance(kind, str):
        if kind not in _KINDS:
            raise ValueError(f"isdtype: expected one of {', '.join(_KINDS)}, but got {kind!r}")
        return dtype.name in _KINDS[kind] or (kind in ("real floating", "numeric") and dtype.is_floating_point)
    return dtype is kind


class Finfo(NamedTuple):
    """What `finfo` returns; torch's has the dtype by name."""

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: dtype


class Iinfo(NamedTuple):
    """What `iinfo` returns; torch's has the dtype by name."""

    bits: int
    max: int
    min: int
    dtype: dtype


def finfo(type: Any, /) -> Finfo:
    """Limits of a floating dtype, or of an array's; of a complex one those of its parts."""
    kind = type.dtype if isinstance(type, Tensor) else type
    kind = kind.to_real() if kind.is_complex else kind
    found = _finfo(kind)
    return Finfo(found.bits, found.eps, found.max, found.min, found.smallest_normal, kind)


def iinfo(type: Any, /) -> Iinfo:
    """Limits of an integer dtype, or of an array's."""
    kind = type.dtype if isinstance(type, Tensor) else type
    found = _iinfo(kind)
    return Iinfo(found.bits, found.max, found.min, kind)


def can_cast(from_: Any, to: Any, /) -> bool:
    """Whether promotion leads from one dtype (or an array's) to another."""
    source = from_.dtype if isinstance(from_, Tensor) else from_
    try:
        return joined(source, to) is to
    except (RuntimeError, TypeError):
        return _can_cast(source, to) and source is to


def result_type(*arrays_and_dtypes: Any) -> Any:
    """The dtype that arrays, dtypes and Python numbers promote to, whatever their ranks. ValueError for numbers alone."""
    kinds = [v.dtype if isinstance(v, Tensor) else v for v in arrays_and_dtypes if isinstance(v, (Tensor, dtype))]
    if not kinds:
        raise ValueError("result_type: expected at least one array or dtype beside Python numbers")
    found = kinds[0]
    for kind in kinds[1:]:
        found = joined(found, kind)
    for number in arrays_and_dtypes:
        if isinstance(number, complex) and not found.is_complex:
            found = (found if found.is_floating_point else get_default_dtype()).to_complex()
        elif isinstance(number, float) and found.category < FLOAT:
            found = get_default_dtype()
        elif isinstance(number, int) and not isinstance(number, bool) and found.name == "bool":
            found = BY_NAME["int64"]
    return found


class __array_namespace_info__:  # the standard's name
    """What this namespace can do: capabilities, devices, dtypes."""

    def capabilities(self) -> dict[str, Any]:
        """Boolean indexing and sizes that depend on data are there; ranks go up to 64."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> Any:
        """Where new arrays go unless told."""
        return default_device() or _device("cpu")

    def devices(self) -> list[Any]:
        """Devices that arrays can be on now."""
        return [_device(name) for name in BACKENDS]

    def default_dtypes(self, *, device: Any = None) -> dict[str, Any]:
        """dtypes of new arrays unless told."""
        real = get_default_dtype()
        return {
            "real floating": real,
            "complex floating": real.to_complex(),
            "integral": BY_NAME["int64"],
            "indexing": BY_NAME["int64"],
        }

    def dtypes(self, *, device: Any = None, kind: Any = None) -> dict[str, Any]:
        """The standard's dtypes by name, all or those of a kind (a word of `isdtype`, or a tuple of words)."""
        words = ("bool", "numeric") if kind is None else (kind,) if isinstance(kind, str) else tuple(kind)
        names = [name for word in words for name in _KINDS[word]]
        return {name: BY_NAME[name] for name in names}
