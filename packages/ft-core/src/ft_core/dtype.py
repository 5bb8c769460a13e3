"""`torch.dtype`: the element types, their aliases, and the default floating point type.

One object per type, so identity is equality; pickling and copying return the same object. The table at the end of the first section
is the only place that lists them. Types NumPy and ml_dtypes cannot hold (complex32, quantized, sub-byte) exist as names with
`numpy` None. Promotion between types is `promotion.py`; limits and precision are `typeinfo.py`.
"""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np

from . import upcalls
from .keys import DTYPE_BITS, DTYPE_OF

BOOL, INT, FLOAT, COMPLEX, OPAQUE = range(5)
"""Values of `dtype.category`, in the order of promotion; OPAQUE types (quantized, raw bits) are never promoted."""


class dtype:
    """An element type.

    Attributes:
        name: "float32".
        bit: its bit in `Tensor._k`.
        numpy: the `numpy.dtype` of host arrays (ml_dtypes for bfloat16 and float8), or None where there is none.
        itemsize: bytes of one element.
        is_floating_point, is_complex, is_signed: as in torch (`is_signed` raises RuntimeError for quantized and raw-bit types).
        category: BOOL, INT, FLOAT, COMPLEX or OPAQUE.
        opmath: the type kernels compute in: float32 for all floats narrower than it, complex64 for complex32, else itself.
        scalar_name: the name in torch's messages: "Float", "Long", "BFloat16".
        abbr: torch's short form, "f32".

    Source: torch.dtype.
    """

    __slots__ = (
        "__weakref__",
        "_signed",
        "abbr",
        "bit",
        "category",
        "is_complex",
        "is_floating_point",
        "itemsize",
        "name",
        "numpy",
        "opmath",
        "scalar_name",
    )

    name: str
    bit: int
    numpy: np.dtype[Any] | None
    itemsize: int
    is_floating_point: bool
    is_complex: bool
    category: int
    opmath: dtype
    scalar_name: str
    abbr: str
    _signed: bool

    def __new__(cls, *args: object, **kwargs: object) -> dtype:
        raise TypeError("cannot create 'torch.dtype' instances")

    @property
    def is_signed(self) -> bool:
        """Whether the type has a sign; RuntimeError for quantized and raw-bit types."""
        if self.category == OPAQUE:
            raise RuntimeError(
                "Bits types are undefined" if self.name.startswith("bits") else "isSignedType not supported for quantized types"
            )
        return self._signed

    def to_complex(self) -> dtype:
        """The complex type of this precision (complex64 for bfloat16); RuntimeError for types that are not floating point."""
        if self.is_complex:
            return self
        if self.name not in _COMPLEX_OF:
            raise RuntimeError(f"Unknown Complex ScalarType for {self.scalar_name}")
        return BY_NAME[_COMPLEX_OF[self.name]]

    def to_real(self) -> dtype:
        """The type of the real part; a type that is not complex is its own."""
        return BY_NAME[_REAL_OF[self.name]] if self.is_complex else self

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(dtype, name):
            raise AttributeError(f"attribute '{name}' of 'torch.dtype' objects is not writable")
        raise AttributeError(f"'torch.dtype' object has no attribute '{name}'")

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return by_name, (self.name,)


BY_NAME: dict[str, dtype] = {}
"""Every dtype under its name and torch's aliases ("float32", "float", "bool", "cfloat")."""

ALIASES = {
    "float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16",
    "chalf": "complex32", "cfloat": "complex64", "cdouble": "complex128", "bit": "uint1",
}  # fmt: skip

_COMPLEX_OF = {"float16": "complex32", "bfloat16": "complex64", "float32": "complex64", "float64": "complex128"}
_REAL_OF = {"complex32": "float16", "complex64": "float32", "complex128": "float64"}

# name, scalar name, abbreviation, bytes, category, signed, and what holds it on the host
_TABLE: tuple[tuple[str, str, str, int, int, bool, object], ...] = (
    ("bool", "Bool", "b8", 1, BOOL, False, np.bool_),
    ("uint8", "Byte", "u8", 1, INT, False, np.uint8),
    ("int8", "Char", "i8", 1, INT, True, np.int8),
    ("int16", "Short", "i16", 2, INT, True, np.int16),
    ("int32", "Int", "i32", 4, INT, True, np.int32),
    ("int64", "Long", "i64", 8, INT, True, np.int64),
    ("float16", "Half", "f16", 2, FLOAT, True, np.float16),
    ("bfloat16", "BFloat16", "bf16", 2, FLOAT, True, ml_dtypes.bfloat16),
    ("float32", "Float", "f32", 4, FLOAT, True, np.float32),
    ("float64", "Double", "f64", 8, FLOAT, True, np.float64),
    ("complex64", "ComplexFloat", "c64", 8, COMPLEX, True, np.complex64),
    ("complex128", "ComplexDouble", "c128", 16, COMPLEX, True, np.complex128),
    ("uint16", "UInt16", "u16", 2, INT, False, np.uint16),
    ("uint32", "UInt32", "u32", 4, INT, False, np.uint32),
    ("uint64", "UInt64", "u64", 8, INT, False, np.uint64),
    ("complex32", "ComplexHalf", "c32", 4, COMPLEX, True, None),
    ("float8_e4m3fn", "Float8_e4m3fn", "f8e4m3fn", 1, FLOAT, True, ml_dtypes.float8_e4m3fn),
    ("float8_e4m3fnuz", "Float8_e4m3fnuz", "f8e4m3fnuz", 1, FLOAT, True, ml_dtypes.float8_e4m3fnuz),
    ("float8_e5m2", "Float8_e5m2", "f8e5m2", 1, FLOAT, True, ml_dtypes.float8_e5m2),
    ("float8_e5m2fnuz", "Float8_e5m2fnuz", "f8e5m2fnuz", 1, FLOAT, True, ml_dtypes.float8_e5m2fnuz),
    ("float8_e8m0fnu", "Float8_e8m0fnu", "f8e8m0fnu", 1, FLOAT, False, ml_dtypes.float8_e8m0fnu),
    ("float4_e2m1fn_x2", "Float4_e2m1fn_x2", "f4e2m1fnx2", 1, FLOAT, True, None),
    ("quint8", "QUInt8", "quint8", 1, OPAQUE, False, None),
    ("qint8", "QInt8", "qint8", 1, OPAQUE, True, None),
    ("qint32", "QInt32", "qint32", 4, OPAQUE, True, None),
    ("quint4x2", "QUInt4x2", "quint4x2", 1, OPAQUE, False, None),
    ("quint2x4", "QUInt2x4", "quint2x4", 1, OPAQUE, False, None),
    ("bits8", "Bits8", "b8x1", 1, OPAQUE, False, None),
    ("bits16", "Bits16", "b16x1", 2, OPAQUE, False, None),
    ("bits1x8", "Bits1x8", "b1x8", 1, OPAQUE, False, None),
    ("bits2x4", "Bits2x4", "b2x4", 1, OPAQUE, False, None),
    ("bits4x2", "Bits4x2", "b4x2", 1, OPAQUE, False, None),
    *((f"uint{n}", f"UInt{n}", f"uint{n}", 1, INT, False, None) for n in range(1, 8)),
    *((f"int{n}", f"Int{n}", f"int{n}", 1, INT, True, None) for n in range(1, 8)),
)


def _define(name: str, scalar_name: str, abbr: str, itemsize: int, category: int, signed: bool, host: object) -> None:
    made = object.__new__(dtype)
    fields = {
        "name": name,
        "scalar_name": scalar_name,
        "abbr": abbr,
        "itemsize": itemsize,
        "category": category,
        "_signed": signed,
        "numpy": None if host is None else np.dtype(host),  # type: ignore[call-overload]
        "bit": DTYPE_BITS[name],
        "is_floating_point": category == FLOAT,
        "is_complex": category == COMPLEX,
        "opmath": made,
    }
    for field, value in fields.items():
        object.__setattr__(made, field, value)
    BY_NAME[name] = DTYPE_OF[made.bit] = made


for _row in _TABLE:
    _define(*_row)
BY_NAME.update({alias: BY_NAME[name] for alias, name in ALIASES.items()})
for _kind in DTYPE_OF.values():
    if _kind.is_floating_point and _kind.itemsize < 4:
        object.__setattr__(_kind, "opmath", BY_NAME["float32"])
object.__setattr__(BY_NAME["complex32"], "opmath", BY_NAME["complex64"])

bool_ = BY_NAME["bool"]  # the names `bool`, `int` and `float` stay Python's in this module
uint8, uint16, uint32, uint64 = (BY_NAME[n] for n in ("uint8", "uint16", "uint32", "uint64"))
int8, int16, int32, int64 = (BY_NAME[n] for n in ("int8", "int16", "int32", "int64"))
float16, bfloat16, float32, float64 = (BY_NAME[n] for n in ("float16", "bfloat16", "float32", "float64"))
complex32, complex64, complex128 = (BY_NAME[n] for n in ("complex32", "complex64", "complex128"))
float8_e4m3fn, float8_e4m3fnuz = BY_NAME["float8_e4m3fn"], BY_NAME["float8_e4m3fnuz"]
float8_e5m2, float8_e5m2fnuz, float8_e8m0fnu = (BY_NAME[n] for n in ("float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu"))


def by_name(name: str) -> dtype:
    """The dtype called `name` (or one of torch's aliases); KeyError for any other word."""
    return BY_NAME[name]


# -- NumPy -------------------------------------------------------------------------------------------------------------

_OF_NUMPY: dict[np.dtype[Any], dtype] = {kind.numpy: kind for kind in DTYPE_OF.values() if kind.numpy is not None}


def from_numpy(host: np.dtype[Any], *, extended: bool = False) -> dtype:
    """The dtype of arrays with NumPy dtype `host`, as `torch.from_numpy` decides.

    `extended` admits ml_dtypes' bfloat16 and float8, which torch refuses here and backends use as host dtypes.
    Raises TypeError for a dtype torch has no type for, ValueError for one whose bytes are in the other order.
    """
    found = _OF_NUMPY.get(host)
    if found is not None and (extended or host.type.__module__ == "numpy"):
        return found
    if not host.isnative and host.newbyteorder("=") in _OF_NUMPY:
        raise ValueError(
            "given numpy array has byte order different from the native byte order. "
            "Conversion between byte orders is currently not supported."
        )
    scalar = host.type
    raise TypeError(
        f"can't convert np.ndarray of type {scalar.__module__}.{scalar.__name__}. The only supported types are: float64, float32, "
        "float16, complex64, complex128, int64, int32, int16, int8, uint64, uint32, uint16, uint8, and bool."
    )


# -- the default type --------------------------------------------------------------------------------------------------

_default: dtype = float32


def get_default_dtype() -> dtype:
    """The dtype Python floats become. Source: torch.get_default_dtype."""
    return _default


def set_default_dtype(d: dtype) -> None:
    """Let Python floats become `d` in all threads; TypeError unless it is float16, bfloat16, float32 or float64.

    Source: torch.set_default_dtype.
    """
    global _default
    if not isinstance(d, dtype):
        raise TypeError("invalid dtype object: only floating-point types are supported as the default type")
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    if d not in (float16, bfloat16, float32, float64):
        raise TypeError(f"couldn't find storage object {d.scalar_name}Storage")
    if d is not _default:
        _default = d
        upcalls.default_dtype_changed()


def default_complex_dtype() -> dtype:
    """The dtype Python complex numbers become; it follows the default dtype. RuntimeError where that is bfloat16, as in torch."""
    if _default is bfloat16:
        raise RuntimeError("invalid default scalar type for complex")
    return _default.to_complex()


PYTHON: dict[type, dtype] = {
    bool: BY_NAME["bool"],
    int: BY_NAME["int64"],
    float: BY_NAME["float64"],
    complex: BY_NAME["complex128"],
}
"""Python's number types where a dtype is asked for: `torch.zeros(2, dtype=int)`. They do not follow the default dtype."""


def of_python(kind: object, name: str) -> dtype:
    """The dtype that a dtype or one of Python's number types stands for; TypeError for anything else. `name`: the function that asks."""
    if isinstance(kind, dtype):
        return kind
    found = PYTHON.get(kind) if isinstance(kind, type) else None
    if found is None:
        raise TypeError(f"{name}(): argument 'dtype' must be torch.dtype, not {type(kind).__name__}")
    return found
