"""Kernels of two tensors, and the ternary ones of the same kind (lerp, addcmul, clamp, where)."""

from __future__ import annotations

from typing import Any

from .elementwise import Elementwise, evaluate, rows
from .table import kernel

rows(
    {
        "atan2": "atan2(a, b)",
        "copysign.Tensor": "copysign(a, b)",
        "div.Tensor": "a / b",
        "floor_divide": "ft_floor_div(a, b)",
        "fmax": "ft_fmax(a, b)",
        "fmin": "ft_fmin(a, b)",
        "fmod.Tensor": "ft_rest(a, b)",
        "gcd": "ft_gcd(a, b)",
        "heaviside": "ft_heaviside(a, b)",
        "hypot": "hypot(a, b)",
        "lcm": "ft_lcm(a, b)",
        "logaddexp": "ft_logaddexp(a, b)",
        "logaddexp2": "is_inf(a) && a == b ? a : ft_max(a, b) + log2(1 + exp2(-ft_abs(a - b)))",
        "maximum": "ft_max(a, b)",
        "minimum": "ft_min(a, b)",
        "mul.Tensor": "a * b",
        "nextafter": "nextafter(a, b)",
        "pow.Scalar": "ft_pow(a, b)",
        "pow.Tensor_Scalar": "ft_pow(a, b)",
        "pow.Tensor_Tensor": "ft_pow(a, b)",
        "remainder.Tensor": "ft_modulo(a, b)",
        "xlogy.Tensor": "ft_xlogy(a, b)",
        "clamp_max": "ft_min(a, b)",
        "clamp_min": "ft_max(a, b)",
    },
    arity=2,
    complex_too=frozenset({"div.Tensor", "mul.Tensor"}),
)

rows(
    {
        "add.Tensor": "a + c * b",
        "sub.Tensor": "a - c * b",
        "rsub.Tensor": "b - c * a",
        "lerp.Scalar": "ft_abs(c) < (T)0.5 ? a + c * (b - a) : b - (b - a) * (1 - c)",
        "lerp.Tensor": "ft_abs(c) < (T)0.5 ? a + c * (b - a) : b - (b - a) * (1 - c)",
        "clamp.Tensor": "ft_min(ft_max(a, b), c)",
    },
    arity=3,
    complex_too=frozenset({"add.Tensor", "sub.Tensor", "rsub.Tensor"}),
)

rows({"addcmul": "a + d * (b * c)", "addcdiv": "a + d * (b / c)"}, arity=4, complex_too=frozenset({"addcmul", "addcdiv"}))

_TRUE, _TRUNC, _FLOOR = (Elementwise("div.Tensor_mode", e, 2) for e in ("a / b", "ft_trunc_div(a, b)", "ft_floor_div(a, b)"))


@kernel("div.Tensor_mode", inplace=(0, 1))
def div_mode(self: Any, other: Any, rounding_mode: str | None, *, out: Any = None) -> Any:
    """Quotient, rounded by `rounding_mode`: None, "trunc" or "floor"."""
    return {None: _TRUE, "trunc": _TRUNC, "floor": _FLOOR}[rounding_mode](self, other, out=out)


@kernel("clamp")
def clamp(self: Any, low: Any, high: Any, *, out: Any = None) -> Any:
    """Numbers below `low` and above `high` become these; NaN stays. Either may be None."""
    if low is None:
        return Elementwise("clamp", "ft_min(a, b)", 2)(self, high, out=out)
    if high is None:
        return Elementwise("clamp", "ft_max(a, b)", 2)(self, low, out=out)
    return Elementwise("clamp", "ft_min(ft_max(a, b), c)", 3)(self, low, high, out=out)


@kernel("where.self", inplace=(1, 2))
def where(condition: Any, self: Any, other: Any, *, out: Any = None) -> Any:
    """`self` where `condition` (bool), else `other`; the numbers' dtype is that of the arrays among the two."""
    name = next((x.dtype.name for x in (self, other) if hasattr(x, "dtype")), "float32")
    return evaluate("a ? b : c", (condition, self, other), ["bool", name, name], out, name)


@kernel("masked_fill.Scalar")
@kernel("masked_fill.Tensor")
def masked_fill(self: Any, mask: Any, value: Any, *, out: Any = None) -> Any:
    """`value` where `mask` (bool), else `self`."""
    name = self.dtype.name
    return evaluate("b ? c : a", (self, mask, value), [name, "bool", name], out, name)
