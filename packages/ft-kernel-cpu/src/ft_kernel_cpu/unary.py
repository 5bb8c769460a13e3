"""Elementwise functions of one array. Most are NumPy's own ufuncs; the rest says where torch's answer differs from NumPy's."""

from __future__ import annotations

from typing import Any

import numpy as np

from ft_core.dtype import from_numpy

from .passes import narrow, sliced, wide
from .table import ALLOC, kernel, store

Array = np.ndarray

for _name, _ufunc in {
    "abs": np.absolute, "acos": np.arccos, "acosh": np.arccosh, "asin": np.arcsin, "asinh": np.arcsinh, "atan": np.arctan,
    "atanh": np.arctanh, "cos": np.cos, "cosh": np.cosh, "exp": np.exp, "expm1": np.expm1, "log": np.log, "log10": np.log10,
    "log1p": np.log1p, "log2": np.log2, "neg": np.negative, "signbit": np.signbit, "sin": np.sin, "sinh": np.sinh, "sqrt": np.sqrt,
    "square": np.square, "tan": np.tan, "tanh": np.tanh, "exp2": np.exp2, "reciprocal": np.reciprocal,
}.items():  # fmt: skip
    kernel(_name)(_ufunc)


@kernel("conj_physical")
def conj_physical(x: Array, *, out: Any) -> Array:
    if x.dtype.kind == "b":  # np.conjugate makes bool int8
        return x.copy() if out is ALLOC else store(x, out)
    return np.conjugate(x, out=out)


@kernel("angle")
def angle(x: Array, *, out: Any) -> Array:
    if np.iscomplexobj(x):
        return store(np.angle(x), out)
    return sliced(_angle, (x,), out=out)


_PI_BITS = {kind: np.array(np.pi, kind).view(bits) for kind, bits in ((np.float32, np.int32), (np.float64, np.int64))}


def _angle(x: Array, y: Array) -> None:
    lost = np.isnan(np.dot(x, x))  # in one pass: squares add up to NaN only if one is NaN
    if x.dtype.type not in _PI_BITS:
        np.multiply(x < 0, y.dtype.type(np.pi), out=y)
        np.copyto(y, x, where=np.isnan(x))
        return
    values = x.copy() if lost else x
    np.add(x, 0, out=y)  # -0 is 0
    bits = y.view(_PI_BITS[x.dtype.type].dtype)
    np.right_shift(bits, 8 * x.itemsize - 1, out=bits)
    np.bitwise_and(bits, _PI_BITS[x.dtype.type], out=bits)
    if lost:
        np.copyto(y, values, where=np.isnan(values))  # NaN stays NaN, unlike np.angle


def _rounding(ufunc: np.ufunc) -> Any:
    def rounded(x: Array, *, out: Any) -> Array:
        return np.positive(x, out=out) if x.dtype.kind in "iu" else ufunc(x, out=out)

    return rounded


for _name, _ufunc in {"ceil": np.ceil, "floor": np.floor, "trunc": np.trunc}.items():
    kernel(_name)(_rounding(_ufunc))


@kernel("round.decimals")
def round_decimals(x: Array, decimals: int, *, out: Any) -> Array:
    if x.dtype.kind in "iu":
        if decimals:
            raise NotImplementedError(f"\"round_cpu\" not implemented for '{from_numpy(x.dtype).scalar_name}'")
        return np.positive(x, out=out)
    if decimals == 0:
        return np.rint(x, out=out)
    scale = x.dtype.type(10.0 ** abs(decimals))
    scaled = np.rint(x * scale if decimals > 0 else x / scale)
    return (np.divide if decimals > 0 else np.multiply)(scaled, scale, out=out)


@kernel("rsqrt")
def rsqrt(x: Array, *, out: Any) -> Array:
    return np.reciprocal(np.sqrt(x, out=out), out=out)


@kernel("frac")
def frac(x: Array, *, out: Any) -> Array:
    return np.subtract(x, np.trunc(x), out=out)


@kernel("sgn")
def sgn(x: Array, *, out: Any) -> Array:
    return sign(x, out=out) if x.dtype.kind != "c" else np.sign(x, out=out)


@kernel("sign")
def sign(x: Array, *, out: Any) -> Array:
    if x.dtype.kind == "b":
        return store(x, out) if out is not ALLOC else x.copy()
    if x.dtype.kind != "f":
        return np.sign(x, out=out)
    return np.subtract((x > 0).view(np.int8), (x < 0).view(np.int8), out=out, dtype=x.dtype)  # torch: the sign of NaN is 0


@kernel("sigmoid")
def sigmoid(x: Array, *, out: Any) -> Array:
    if x.dtype.kind == "c":
        return np.reciprocal(1 + np.exp(-x), out=out)
    # exp overflows to inf for very negative x, and 1 / inf is the right 0
    result = np.negative(x, out=out)
    np.exp(result, out=result)
    np.add(result, 1, out=result)
    return np.reciprocal(result, out=result)


@kernel("sinc")
def sinc(x: Array, *, out: Any) -> Array:
    scaled = x * x.dtype.type(np.pi)
    safe = np.where(scaled == 0, scaled.dtype.type(1), scaled)
    return store(np.where(scaled == 0, scaled.dtype.type(1), np.sin(safe) / safe), out)


@kernel("nan_to_num")
def nan_to_num(x: Array, nan: float | None, posinf: float | None, neginf: float | None, *, out: Any) -> Array:
    if x.dtype.kind in "biu":
        return store(x, out) if out is not ALLOC else x.copy()
    if x.dtype.char not in "fd":
        return store(np.nan_to_num(x, nan=0.0 if nan is None else nan, posinf=posinf, neginf=neginf), out)
    largest = np.finfo(x.dtype).max
    lost, low, high = 0.0 if nan is None else nan, -largest if neginf is None else neginf, largest if posinf is None else posinf

    def body(x: Array, y: Array) -> None:
        odd = np.flatnonzero(~np.isfinite(x))
        values = x[odd]
        np.copyto(y, x)
        if odd.size:
            y[odd] = np.where(np.isnan(values), lost, np.where(values > 0, high, low))

    return sliced(body, (x,), out=out)


@kernel("sigmoid_backward", half="native")
def sigmoid_backward(g: Array, y: Array, *, out: Any) -> Array:
    if y.dtype == np.float16:
        return np.multiply(g * (y.dtype.type(1) - y), y, out=out)  # torch rounds it after each step, and bfloat16 once
    if y.dtype.itemsize <= 2:
        return store(narrow(sigmoid_backward(wide(g), wide(y), out=ALLOC), y.dtype), out)
    y = np.conjugate(y) if y.dtype.kind == "c" else y
    slope = np.subtract(1, y, out=ALLOC)
    np.multiply(slope, y, out=slope)
    return np.multiply(slope, g, out=out)


@kernel("tanh_backward")
def tanh_backward(g: Array, y: Array, *, out: Any) -> Array:
    y = np.conjugate(y) if y.dtype.kind == "c" else y
    slope = np.multiply(y, y, out=ALLOC)
    np.subtract(1, slope, out=slope)
    return np.multiply(slope, g, out=out)
