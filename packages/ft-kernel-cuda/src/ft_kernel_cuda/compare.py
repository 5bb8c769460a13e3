"""Kernels whose result is bool: comparisons, logic, tests for NaN and infinity.

Operands arrive in one dtype; NaN compares unequal to everything, itself included.
"""

from __future__ import annotations

from .elementwise import rows

_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}

rows(
    {f"{name}.Tensor": f"a {sign} b" for name, sign in _SIGNS.items()}
    | {
        f"logical_{word}": f"To<bool>::from(a) {sign} To<bool>::from(b)"
        for word, sign in (("and", "&&"), ("or", "||"), ("xor", "!="))
    },
    arity=2,
    result="bool",
    complex_too=frozenset({"eq.Tensor", "ne.Tensor", "logical_and", "logical_or", "logical_xor"}),
)

rows(
    {
        "isfinite": "!is_nan(a) && !is_inf(a)",
        "isinf": "is_inf(a)",
        "isnan": "is_nan(a)",
        "isneginf": "is_inf(a) && a < 0",
        "isposinf": "is_inf(a) && a > 0",
        "logical_not": "!To<bool>::from(a)",
        "signbit": "a < 0 || (a == 0 && !Is<T>::integer && 1 / To<float>::from(a) < 0)",
    },
    arity=1,
    result="bool",
    complex_too=frozenset({"isfinite", "isinf", "isnan", "logical_not"}),
)
