"""Kernels of one operand: a line of C++ for each. Integer dtypes reach only those that torch computes in integers."""

from __future__ import annotations

from .elementwise import rows

_PLAIN = (  # the C++ name is torch's
    "exp exp2 expm1 log log2 log10 log1p sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh "
    "erf erfc lgamma ceil floor trunc"
)

rows(
    {name: f"{name}(a)" for name in _PLAIN.split()}
    | {
        "conj_physical": "ft_conj(a)",
        "deg2rad": "a * (T)0.017453292519943295",
        "erfinv": "erfinv(a)",
        "frac": "a - trunc(a)",
        "i0": "cyl_bessel_i0(a)",
        "neg": "-a",
        "rad2deg": "a * (T)57.29577951308232",
        "reciprocal": "To<T>::from(1) / a",
        "relu": "is_nan(a) ? a : (a < (T)0 ? (T)0 : a)",
        "round": "rint(a)",
        "rsqrt": "1 / sqrt(a)",
        "sgn": "ft_sign(a)",
        "sigmoid": "ft_sigmoid(a)",
        "sign": "ft_sign(a)",
        "sinc": "a == 0 ? (T)1 : sinpi(a) / (a * (T)3.14159265358979323846)",
        "square": "a * a",
    },
    arity=1,
    complex_too=frozenset({"exp", "log", "sqrt", "conj_physical", "neg", "reciprocal", "square"}),
)

rows({"abs": "ft_abs(a)", "angle": "ft_angle(a)"}, arity=1, result="real", complex_too=frozenset({"abs", "angle"}))
