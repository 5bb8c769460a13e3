"""How the standard joins dtypes: as torch does, and wider unsigned integers with other integers too, where torch refuses."""

from __future__ import annotations

from functools import reduce
from typing import Any

from ft_core import Tensor
from ft_core.dtype import BY_NAME, FLOAT
from ft_core.promotion import promote_types

from .. import surface as torch


def _bits(kind: Any) -> int:
    return int(kind.itemsize) * 8


def joined(a: Any, b: Any) -> Any:
    """The dtype two dtypes promote to. TypeError where no integer dtype holds both, RuntimeError where torch joins them to nothing else."""
    if a is b:
        return a
    kinds = {kind.name[:3] for kind in (a, b)}
    if kinds <= {"uin", "int"}:
        unsigned, other = sorted((a, b), key=lambda kind: (kind.name[0] != "u", _bits(kind)))
        if kinds == {"uin"}:
            return other
        wide = max(2 * _bits(unsigned), _bits(other))
        if wide > 64:
            raise TypeError(f"{a} and {b} have no common dtype: no integer dtype holds both; convert one of them")
        return BY_NAME[f"int{wide}"]
    return promote_types(a, b)


def alike(a: Any, b: Any) -> tuple[Any, Any]:
    """Two operands as arrays in their common dtype, which ranks do not touch; a Python number follows the array beside it.

    A float beside integers, or a complex number beside real ones, follows torch. TypeError for two numbers.
    """
    if not isinstance(a, Tensor) and not isinstance(b, Tensor):
        raise TypeError(f"expected at least one array, but got {type(a).__name__} and {type(b).__name__}")
    if not isinstance(a, Tensor):
        return _number(a, b), b
    if not isinstance(b, Tensor):
        return a, _number(b, a)
    if a.dtype is not b.dtype:
        kind = joined(a.dtype, b.dtype)
        return a.to(kind), b.to(kind)
    return a, b


def all_alike(arrays: Any) -> list[Tensor]:
    """Any number of arrays in their common dtype."""
    arrays = list(arrays)
    kind = reduce(joined, [x.dtype for x in arrays]) if arrays else None
    return [x.to(kind) for x in arrays]


def _number(number: Any, beside: Tensor) -> Any:
    """A number as an array without axes: in the dtype of `beside` if that is of its kind or above."""
    kind = beside.dtype
    if isinstance(number, complex):
        fits = kind.is_complex
    elif isinstance(number, float):
        fits = kind.category >= FLOAT
    else:
        fits = isinstance(number, bool) or kind.name != "bool"
    return torch.asarray(number, dtype=kind if fits else None, device=beside.device)
