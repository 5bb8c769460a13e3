"""Functions of each element, or of pairs of elements that broadcast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_core.promotion import promote_types

from .. import surface as torch

_ONE = {
    **{
        name: name
        for name in (
            "acos acosh asin asinh atan atanh ceil cos cosh exp expm1 floor isfinite isinf isnan log log1p log2 log10 logical_not "
            "positive real reciprocal round sin signbit sinh sqrt square tan tanh trunc"
        ).split()
    },
    "abs": "abs",
    "bitwise_invert": "bitwise_not",
    "conj": "conj_physical",
    "imag": "imag",
    "negative": "neg",
    "sign": "sgn",
}
_TWO = {
    **{
        name: name
        for name in (
            "add atan2 bitwise_and bitwise_or bitwise_xor copysign divide floor_divide hypot logaddexp logical_and logical_or logical_xor "
            "maximum minimum multiply nextafter pow remainder subtract"
        ).split()
    },
    "bitwise_left_shift": "bitwise_left_shift",
    "bitwise_right_shift": "bitwise_right_shift",
    "equal": "eq",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
    "not_equal": "ne",
}
__all__ = sorted([*_ONE, *_TWO, "clip"])  # noqa: PLE0605 - a list of strings


def alike(a: Any, b: Any) -> tuple[Any, Any]:
    """Two operands in their common dtype, which ranks do not touch; a Python number becomes an array of the other operand's dtype.

    One of a higher kind (1.5 beside integers), which the standard leaves open, follows torch.
    """
    if isinstance(a, Tensor) and not isinstance(b, Tensor):
        b = _beside(a, b)
    elif isinstance(b, Tensor) and not isinstance(a, Tensor):
        a = _beside(b, a)
    if isinstance(a, Tensor) and isinstance(b, Tensor) and a.dtype is not b.dtype:
        kind = promote_types(a.dtype, b.dtype)
        return a.to(kind), b.to(kind)
    return a, b


def _beside(x: Tensor, number: Any) -> Any:
    kinds = {bool: 0, int: 1, float: 2, complex: 3}
    if kinds.get(type(number), 4) > x.dtype.category:
        return number
    return torch.tensor(number, dtype=x.dtype, device=x.device)


def _one(name: str, theirs: str) -> Callable[..., Tensor]:
    op = getattr(torch, theirs)

    def function(x: Tensor, /) -> Tensor:
        return op(x)  # type: ignore[no-any-return]

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`{theirs}` of each element; shape and dtype as the standard's `{name}` has them."
    return function


def _two(name: str, theirs: str) -> Callable[..., Tensor]:
    op = getattr(torch, theirs)

    def function(x1: Tensor, x2: Tensor, /) -> Tensor:
        return op(*alike(x1, x2))  # type: ignore[no-any-return]

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`{theirs}` of pairs of elements, which broadcast and promote; the standard's `{name}`."
    return function


for _name, _theirs in _ONE.items():
    globals()[_name] = _one(_name, _theirs)
for _name, _theirs in _TWO.items():
    globals()[_name] = _two(_name, _theirs)


def clip(x: Tensor, /, min: Any = None, max: Any = None) -> Tensor:
    """Not below `min` (a number or an array), not above `max`, in x's dtype."""
    if min is None and max is None:
        return x.clone()
    bounds = [b.to(x.dtype) if isinstance(b, Tensor) else b for b in (min, max)]
    return torch.clamp(x, *bounds).to(x.dtype)  # type: ignore[no-any-return]
