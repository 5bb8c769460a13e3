"""Kernels of activations and their backwards, in the form their ops save: the input, or the output where that is enough."""

from __future__ import annotations

from typing import Any

from .elementwise import Elementwise, rows
from .table import kernel

_ERF = "(T)0.5 * a * (1 + erf(a * (T)0.7071067811865476))"
_TANH = "(T)0.5 * a * (1 + tanh((T)0.7978845608028654 * (a + (T)0.044715 * a * a * a)))"  # sqrt(2 / pi); source: Hendrycks, Gimpel

rows({"silu": "a * ft_sigmoid(a)", "mish": "a * tanh(log1p(exp(-ft_abs(a))) + ft_max(a, (T)0))"}, arity=1)

rows(
    {
        "leaky_relu": "a > 0 ? a : a * b",
        "sigmoid_backward": "a * (1 - b) * b",
        "silu_backward": "a * ft_sigmoid(b) * (1 + b * (1 - ft_sigmoid(b)))",
        "tanh_backward": "a * (1 - b * b)",
    },
    arity=2,
)

rows(
    {
        "hardtanh": "ft_min(ft_max(a, b), c)",
        "softplus": "a * b > c ? a : log1p(exp(a * b)) / b",
        "threshold": "a <= b ? c : a",
        "threshold_backward": "b <= c ? (T)0 : a",
    },
    arity=3,
)

rows({"elu": "a > 0 ? a * c : expm1(a * d) * b * c"}, arity=4)

_GELU = {"none": Elementwise("gelu", _ERF, 1), "tanh": Elementwise("gelu", _TANH, 1)}


@kernel("gelu")
def gelu(self: Any, approximate: str, *, out: Any = None) -> Any:
    """x Phi(x), exactly (`approximate` "none") or by tanh."""
    return _GELU[approximate](self, out=out)
