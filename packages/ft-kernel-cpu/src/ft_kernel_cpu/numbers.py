"""Python numbers on their way into an array's dtype: torch refuses those that do not fit, NumPy wraps, saturates or drops parts.

Bool takes any number, unsigned integers take negative ones down to minus their largest, floats take infinities and NaN.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

import ml_dtypes
import numpy as np

_C_NAMES = {"int32": "int", "float32": "float", "float64": "double", "float16": "c10::Half", "bfloat16": "c10::BFloat16"}
_INTS = {kind: (int(np.iinfo(kind).min), int(np.iinfo(kind).max)) for kind in map(np.dtype, "bhilqBHILQ")}
_LARGEST = {
    kind: float(ml_dtypes.finfo(kind).max) for kind in map(np.dtype, (np.float16, ml_dtypes.bfloat16, np.float32, np.float64))
}


def number_as(value: Any, kind: np.dtype) -> np.ndarray:
    """`value` (a number or a one-element array) as a 0-dim array of `kind`. RuntimeError, in torch's words, where it does not fit."""
    if value.__class__ is np.ndarray:
        if value.dtype == kind:
            return value.reshape(())
        value = value.item()
    if value.__class__ is complex and kind.kind not in "cb":
        if value.imag:
            raise _overflow(kind)
        value = value.real
    if kind in _INTS:
        return np.array(_integer(value, kind)).astype(kind)
    largest = _LARGEST.get(kind)
    if largest is not None and not -largest <= value <= largest and isfinite(value):
        raise _overflow(kind)
    return np.array(bool(value) if kind.kind == "b" else value, kind)


def _integer(value: Any, kind: np.dtype) -> int:
    lowest, highest = _INTS[kind]
    if not isinstance(value, float):
        least = -highest if kind.kind == "u" else lowest
        if not least <= value <= highest:
            raise _overflow(kind)
        return value + highest + 1 if value < lowest else int(value)
    if not (isfinite(value) and lowest <= value <= highest):
        raise _overflow(kind)
    return int(value)


def _overflow(kind: np.dtype) -> RuntimeError:
    return RuntimeError(f"value cannot be converted to type {_C_NAMES.get(kind.name, f'{kind.name}_t')} without overflow")
