"""Functions of each element, or of pairs of elements that broadcast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_core.dtype import FLOAT

from .. import surface as torch
from ._promotion import alike

_ONE = {
    **{
        name: name
        for name in (
            "acos acosh asin asinh atan atanh ceil cos cosh exp floor isfinite isinf isnan log log1p log2 log10 logical_not "
            "positive real reciprocal round sin signbit sinh sqrt square tan tanh trunc"
        ).split()
    },
    "abs": "abs",
    "bitwise_invert": "bitwise_not",
    "conj": "conj_physical",
    "imag": "imag",
    "negative": "neg",
}
_TWO = {
    **{
        name: name
        for name in (
            "add atan2 bitwise_and bitwise_or bitwise_xor copysign divide hypot logaddexp logical_and logical_or logical_xor "
            "maximum minimum multiply nextafter pow subtract"
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
__all__ = sorted([*_ONE, *_TWO, "clip", "expm1", "floor_divide", "remainder", "sign"])  # noqa: PLE0605 - a list of strings


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


def sign(x: Tensor, /) -> Tensor:
    """Signs of real numbers, NaN for NaN; complex numbers over their modulus."""
    found = torch.sgn(x)
    return torch.where(torch.isnan(x), x, found) if x.is_floating_point() else found  # type: ignore[no-any-return]


def expm1(x: Tensor, /) -> Tensor:
    """exp(x) - 1, without the loss near zero; of complex numbers with infinite or NaN parts by the standard's table, not torch's NaN."""
    made = torch.expm1(x)
    return torch.where(torch.isfinite(x), made, torch.exp(x) - 1) if x.is_complex() else made  # type: ignore[no-any-return]


def floor_divide(x1: Tensor, x2: Tensor, /) -> Tensor:
    """Quotients rounded down; the exact quotient where one of the numbers is infinite, as the standard says and torch's `//` does not."""
    a, b = alike(x1, x2)
    made = torch.floor_divide(a, b)
    if made.dtype.category < FLOAT:
        return made  # type: ignore[no-any-return]
    return torch.where(torch.isinf(a) | torch.isinf(b), torch.divide(a, b), made)  # type: ignore[no-any-return]


def remainder(x1: Tensor, x2: Tensor, /) -> Tensor:
    """What is left of x1 after whole multiples of x2, with the sign of x2, a zero's too (torch's `%` gives a zero x1's sign)."""
    a, b = alike(x1, x2)
    made = torch.remainder(a, b)
    if made.dtype.category < FLOAT:
        return made  # type: ignore[no-any-return]
    return torch.where(made == 0, torch.copysign(made, b), made)  # type: ignore[no-any-return]


def clip(x: Tensor, /, min: Any = None, max: Any = None) -> Tensor:
    """Not below `min` (a number or an array), not above `max`, in x's dtype."""
    if min is None and max is None:
        return x.clone()
    bounds = [b.to(x.dtype) if isinstance(b, Tensor) else b for b in (min, max)]
    return torch.clamp(x, *bounds).to(x.dtype)  # type: ignore[no-any-return]
