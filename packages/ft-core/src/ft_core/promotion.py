"""Type promotion: the dtype in which operands meet.

Torch's rules, in two steps. `promote_types` joins two dtypes. `result_type` weighs operands first: tensors with dimensions decide,
0-dim tensors and Python numbers only count where they are of a higher category (bool < int < float < complex). The dispatcher asks
once per key, so nothing here is on a hot path.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from .dtype import (
    BOOL,
    COMPLEX,
    FLOAT,
    INT,
    OPAQUE,
    bool_,
    default_complex_dtype,
    dtype,
    float32,
    get_default_dtype,
    int16,
    int64,
    of_python,
)

_BAREBONES = frozenset({"uint16", "uint32", "uint64", *(f"uint{n}" for n in range(1, 8))})
"""Unsigned types that torch joins with floats only."""

_SUB_BYTE = frozenset({"float4_e2m1fn_x2", *(f"int{n}" for n in range(1, 8))})
_STANDARD_INTS = frozenset({"uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64"})


@lru_cache(4096)
def promote_types(a: dtype, b: dtype) -> dtype:
    """The smallest dtype torch lets both be cast to; RuntimeError where it joins none. Source: torch.promote_types."""
    if a is b:
        return of_python(a, "promote_types")
    if isinstance(a, type) or isinstance(b, type):
        return promote_types(of_python(a, "promote_types"), of_python(b, "promote_types"))
    _check_joinable(a, b)
    if a.name in _BAREBONES or b.name in _BAREBONES:
        # the other one is a float: _check_joinable has seen to that
        return a if a.is_floating_point else b
    if a.category != b.category:
        low, high = sorted((a, b), key=lambda kind: kind.category)
        return high if low.category != FLOAT else _joined_complex(low, high)
    if a.category == INT:
        return _joined_ints(a, b)
    if a.category == COMPLEX:
        return _joined_complex(a, b)
    return float32 if a.itemsize == b.itemsize else max(a, b, key=_width)  # float16 with bfloat16


def _check_joinable(a: dtype, b: dtype) -> None:
    if a.category == OPAQUE or b.category == OPAQUE:
        if any(kind.name.startswith("q") for kind in (a, b)):
            raise RuntimeError(
                "promoteTypes with quantized numbers is not handled yet; figure out what the correct rules should be, "
                f"offending types: {a.scalar_name} {b.scalar_name}"
            )
        raise RuntimeError(f"Promotion from {a.scalar_name} and {b.scalar_name} is unsupported.")
    if a.name.startswith("float8") or b.name.startswith("float8"):
        raise RuntimeError(f"Promotion for Float8 Types is not supported, attempted to promote {a.scalar_name} and {b.scalar_name}")
    if a.name in _BAREBONES or b.name in _BAREBONES:
        if not (a.is_floating_point or b.is_floating_point):
            raise RuntimeError(
                "Promotion for uint16, uint32, uint64 types is not supported, attempted to promote "
                f"{a.scalar_name} and {b.scalar_name}"
            )
    elif a.name in _SUB_BYTE or b.name in _SUB_BYTE:
        raise RuntimeError(f"Promotion from {a.scalar_name} and {b.scalar_name} is unsupported.")


def _width(kind: dtype) -> int:
    return kind.itemsize


def _joined_ints(a: dtype, b: dtype) -> dtype:
    if a.itemsize == b.itemsize:
        return int16  # uint8 with int8
    return max(a, b, key=_width)


def _joined_complex(a: dtype, b: dtype) -> dtype:
    return promote_types(a.to_real(), b.to_real()).to_complex()


def result_type(operands: Iterable[tuple[dtype, bool, bool]]) -> dtype:
    """The dtype an op computes in, from (dtype, is_zero_dim, is_number) of every operand.

    A number's dtype says only its category; which float or complex it is follows the default dtype. RuntimeError for types that
    cannot be joined, and without operands. Source: torch.result_type, "Type Promotion" in the documentation of tensor attributes.
    """
    with_dims = zero_dim = numbers = None
    for kind, is_zero_dim, is_number in operands:
        if is_number:
            numbers = _join(numbers, _number_kind(kind))
        elif is_zero_dim:
            zero_dim = _join(zero_dim, kind)
        else:
            with_dims = _join(with_dims, kind)
    joined = _outweigh(with_dims, _outweigh(zero_dim, numbers))
    if joined is None:
        raise RuntimeError("result_type: at least one tensor or number; got none")
    return joined


def _number_kind(kind: dtype) -> dtype:
    if kind.is_complex:
        return default_complex_dtype()
    return get_default_dtype() if kind.is_floating_point else kind


def _join(a: dtype | None, b: dtype) -> dtype:
    return b if a is None else promote_types(a, b)


def _outweigh(high: dtype | None, low: dtype | None) -> dtype | None:
    """The type of `high`, unless `low` is of a higher category; then as much of `low` as `high` does not decide."""
    if high is None or low is None:
        return low if high is None else high
    if high.is_complex:
        return high
    if high.is_floating_point:
        return high.to_complex() if low.is_complex else high
    if low.is_complex:
        return low  # uint16, uint32 and uint64 too, which promote_types does not join with complex types
    if high.category == BOOL or low.is_floating_point:
        return promote_types(high, low)
    return high


def number_dtype(number: Any) -> dtype:
    """The dtype of a Python number: bool, int64, or the default float or complex. TypeError for anything else.

    OverflowError for an int beyond 64 bits.
    """
    if isinstance(number, bool):
        return bool_
    if isinstance(number, int):
        if number >= 1 << 64:
            raise OverflowError("int too big to convert")
        if number < -(1 << 63):
            raise OverflowError("can't convert negative int to unsigned")
        return int64
    if isinstance(number, float):
        return get_default_dtype()
    if isinstance(number, complex):
        return default_complex_dtype()
    raise TypeError(f"number_dtype: a bool, int, float or complex; got {type(number).__name__}")


def can_cast(from_: dtype, to: dtype) -> bool:
    """Whether a result of dtype `from_` may be written to a tensor of dtype `to`: never to a lower category.

    Source: torch.can_cast.
    """
    if isinstance(from_, type) or isinstance(to, type):
        return can_cast(of_python(from_, "can_cast"), of_python(to, "can_cast"))
    if from_.is_complex and not to.is_complex:
        return False
    if from_.is_floating_point and to.name in _STANDARD_INTS:
        return False
    return to is not bool_ or from_ is bool_
