"""`torch.finfo` and `torch.iinfo`: limits and precision of a dtype.

The numbers come from NumPy and ml_dtypes, whose dtypes the backends compute with; torch's C++ limits are the same. Apart from
`dtype.py` because few programs ask.
"""

from __future__ import annotations

import math
from typing import Any

import ml_dtypes
import numpy as np

from .dtype import INT, PYTHON, bool_, dtype, get_default_dtype

_DEFAULT: Any = object()
_QUANTIZED = {"quint8": np.uint8, "qint8": np.int8, "qint32": np.int32, "quint4x2": np.uint8, "quint2x4": np.uint8}
"""The integers that quantized types store; torch tells their limits, and not their name."""


class _Info:
    """What the two share: built from a dtype, compared by it, unhashable as torch's."""

    __slots__ = ("_kind", "bits", "max", "min")

    _kind: dtype
    bits: int

    @property
    def dtype(self) -> str:
        """The dtype's name, without "torch."; NotImplementedError for quantized types."""
        if self._kind.name in _QUANTIZED:
            raise NotImplementedError(f"\"dtype\" not implemented for '{self._kind.scalar_name}'")
        return self._kind.name

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._kind is other._kind

    __hash__ = None  # type: ignore[assignment]


class finfo(_Info):
    """Limits of a floating point dtype; of a complex dtype those of its parts; without an argument those of the default dtype.

    Attributes: bits, eps, max, min, tiny (also smallest_normal), resolution, dtype (a str). Raises TypeError for other dtypes.
    Source: torch.finfo.
    """

    __slots__ = ("eps", "resolution", "smallest_normal", "tiny")

    def __init__(self, type: Any = _DEFAULT) -> None:
        kind = get_default_dtype() if type is _DEFAULT else _checked("finfo", type)
        if not (kind.is_floating_point or kind.is_complex):
            raise TypeError("torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'")
        kind = kind.to_real()
        if kind.numpy is None:
            raise TypeError(f"torch.finfo(): no limits are defined for {kind}")
        info = ml_dtypes.finfo(kind.numpy)
        self._kind = kind
        self.bits = kind.itemsize * 8
        self.max, self.min, self.eps = float(info.max), float(info.min), float(info.eps)
        self.tiny = self.smallest_normal = float(info.smallest_normal)
        # the decimal digits that survive a round trip: C++'s digits10, from the bits of the significand
        self.resolution = float(f"1e-{int(-math.log2(self.eps) * math.log10(2))}")
        if kind.name == "float8_e5m2fnuz":
            self.eps /= 2  # torch says 0.125, though 1.25 is the next number after 1; programs compare with torch's

    def __repr__(self) -> str:
        fields = ("resolution", "min", "max", "eps", "smallest_normal", "tiny")
        return f"finfo({', '.join(f'{name}={getattr(self, name):g}' for name in fields)}, dtype={self.dtype})"


class iinfo(_Info):
    """Limits of an integer dtype: bits, min, max, dtype (a str). Raises TypeError for other dtypes. Source: torch.iinfo."""

    __slots__ = ()

    def __init__(self, type: dtype) -> None:
        kind = _checked("iinfo", type)
        if kind is bool_:
            raise TypeError("torch.bool is not supported by torch.iinfo")
        host = _QUANTIZED.get(kind.name, kind.numpy if kind.category == INT else None)
        if host is None:
            raise TypeError("torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'")
        info = np.iinfo(host)
        self._kind = kind
        self.bits, self.min, self.max = info.bits, int(info.min), int(info.max)

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"


def _checked(name: str, kind: Any) -> dtype:
    if kind.__class__ is type and kind in PYTHON:
        return PYTHON[kind]
    if not isinstance(kind, dtype):
        raise TypeError(f"{name}(): argument 'type' (position 1) must be torch.dtype, not {type(kind).__name__}")
    return kind
