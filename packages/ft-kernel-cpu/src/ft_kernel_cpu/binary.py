"""Elementwise arithmetic of two arrays of one dtype. Where NumPy's answer is not torch's, the comment says how."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from . import division
from .numbers import number_as
from .passes import BLOCK, blend, narrow, sliced, wide
from .table import ALLOC, kernel, store

Array = np.ndarray

for _name, _ufunc in {
    "atan2": np.arctan2, "copysign.Tensor": np.copysign, "fmax": np.fmax, "fmin": np.fmin, "gcd": np.gcd, "hypot": np.hypot,
    "lcm": np.lcm, "maximum": np.maximum, "minimum": np.minimum,
}.items():  # fmt: skip
    kernel(_name)(_ufunc)

kernel("mul.Tensor", half="exact")(np.multiply)
kernel("div.Tensor", half="exact")(np.true_divide)


@kernel("heaviside")
def heaviside(x: Array, values: Array, *, out: Any) -> Array:
    if x.dtype.kind == "f":
        return np.heaviside(x, values, out=out)
    return store(np.where(x == 0, values, x > 0).astype(x.dtype, copy=False), out)  # NumPy's gives float64 for integers


def _alpha(alpha: Any, kind: np.dtype) -> np.ndarray:
    """`alpha` as a number of `kind`. RuntimeError for one of a wider category."""
    if isinstance(alpha, float) and kind.kind in "iu":
        raise RuntimeError("For integral input tensors, argument alpha must not be a floating point number.")
    if isinstance(alpha, complex) and kind.kind in "iuf":
        raise RuntimeError("For non-complex input tensors, argument alpha must not be a complex number.")
    return number_as(alpha, kind)


@kernel("add.Tensor", leaf=np.add, half="rounded")
def add(x: Array, y: Array, alpha: complex, *, out: Any) -> Array:
    return np.add(x, y if alpha == 1 else np.multiply(y, _alpha(alpha, y.dtype)), out=out)


@kernel("sub.Tensor", leaf=np.subtract, half="rounded")
def sub(x: Array, y: Array, alpha: complex, *, out: Any) -> Array:
    return np.subtract(x, y if alpha == 1 else np.multiply(y, _alpha(alpha, y.dtype)), out=out)


def _reversed_subtract(x: Array, y: Array, *, out: Any) -> Array:
    return np.subtract(y, x, out=out)


@kernel("rsub.Tensor", leaf=_reversed_subtract, half="rounded")
def rsub(x: Array, y: Array, alpha: complex, *, out: Any) -> Array:
    return np.subtract(y, x if alpha == 1 else np.multiply(x, _alpha(alpha, x.dtype)), out=out)


@kernel("logaddexp")
def logaddexp(x: Array, y: Array, *, out: Any) -> Array:
    return store(complex_log_add_exp(x, y), out) if x.dtype.kind == "c" else division.log_add_exp(x, y, out, two=False)


@kernel("logaddexp2")
def logaddexp2(x: Array, y: Array, *, out: Any) -> Array:
    if x.dtype.kind == "c":
        log2 = x.dtype.type(np.log(2))
        return store(complex_log_add_exp(x * log2, y * log2) / log2, out)
    return division.log_add_exp(x, y, out, two=True)


@kernel("nextafter")
def nextafter(x: Array, y: Array, *, out: Any) -> Array:
    return division.nextafter(x, y, out)


def complex_log_add_exp(x: Array, y: Array) -> Array:
    """log(exp(x) + exp(y)) from the term with the larger real part, whose branch the result keeps."""
    ahead = x.real >= y.real
    high, low = np.where(ahead, x, y), np.where(ahead, y, x)
    gap = np.where(np.isneginf(high.real), -np.inf, low - high)  # -inf - -inf would be NaN
    found = high + np.log1p(np.exp(gap))
    even = np.isposinf(high.real) & np.isposinf(low.real)
    return np.where(even, np.log(np.exp(x) + np.exp(y)), found)


@kernel("addcmul")
def addcmul(x: Array, a: Array, b: Array, value: complex, *, out: Any) -> Array:
    if _large(x, a, b):
        return sliced(partial(_added, np.multiply, value), (x, a, b), out=out, scratch=1)
    product = np.multiply(a, b)
    if value != 1:
        product *= number_as(value, x.dtype) if x.dtype.kind in "iu" else value
    return np.add(x, product, out=out)


def _large(x: Array, a: Array, b: Array) -> bool:
    """Whether a temporary would not stay in the cache: its fresh pages cost more than the arithmetic."""
    return x.size > 4096 and x.dtype.kind == "f" and x.shape == a.shape == b.shape


def _added(ufunc: np.ufunc, value: Any, x: Array, a: Array, b: Array, y: Array, term: Array) -> None:
    """x + value * ufunc(a, b)."""
    ufunc(a, b, out=term)
    if value != 1:
        term *= value
    np.add(x, term, out=y)


@kernel("addcdiv")
def addcdiv(x: Array, a: Array, b: Array, value: complex, *, out: Any) -> Array:
    if x.dtype.kind in "biu":
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division "
            "of tensor1 and tensor2. Use (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype), or convert to float first."
        )
    if _large(x, a, b):
        return sliced(partial(_added, np.divide, value), (x, a, b), out=out, scratch=1)
    quotient = np.divide(a, b)
    if value != 1:
        quotient *= value
    return np.add(x, quotient, out=out)


@kernel("lerp.Tensor")
def lerp(x: Array, end: Array, weight: Array, *, out: Any) -> Array:
    if x.dtype.kind == "c":
        step = np.subtract(end, x)
        return store(np.where(np.abs(weight) < 0.5, x + weight * step, end - step * (1 - weight)), out)
    if weight.size == 1:
        if x.size <= BLOCK and x.shape == end.shape:
            step = np.empty(x.shape, x.dtype)
            _lerp_by(x, end, step, step, weight.reshape(()))
            return store(step, out)
        return sliced(_lerp_by, (x, end), weight.reshape(()), out=out, scratch=1)
    return sliced(_lerp, (x, end, weight), out=out, scratch=3)


def _lerp_by(x: Array, end: Array, y: Array, step: Array, weight: Array) -> None:
    np.subtract(end, x, out=step)
    near = abs(weight) < 0.5
    step *= weight if near else weight - weight.dtype.type(1)
    np.add(step, x if near else end, out=y)


def _lerp(x: Array, end: Array, weight: Array, y: Array, step: Array, part: Array, start: Array) -> None:
    """Two forms, so that weight 1 gives `end` exactly (torch's formula): x + w step, and end + (w - 1) step for weights from 1/2 on."""
    np.subtract(end, x, out=step)
    far = (weight >= 0.5) | (weight <= -0.5)
    np.subtract(weight, far, out=part)
    part *= step
    start[...] = x
    blend(far, end, start)
    np.add(start, part, out=y)


def _refuse_zero(y: Array) -> None:
    if y.dtype.kind in "iu" and not np.all(y):
        raise RuntimeError("ZeroDivisionError")


@kernel("div.Tensor_mode", half="exact")
def div_mode(x: Array, y: Array, rounding_mode: str | None, *, out: Any) -> Array:
    if rounding_mode not in (None, "trunc", "floor"):  # the op's check sees the first call of a route only
        raise RuntimeError(f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{rounding_mode}'")
    if rounding_mode == "floor":
        return floor_divide(x, y, out=out)
    if rounding_mode is None:
        return store(np.true_divide(x, y), out)
    if x.dtype.kind in "fc":
        return np.trunc(np.divide(x, y), out=out)
    _refuse_zero(y)
    quotient = np.floor_divide(x, y)
    inexact = (np.remainder(x, y) != 0) & ((x < 0) != (y < 0))
    return np.add(quotient, inexact, out=out, casting="unsafe")


@kernel("floor_divide", half="exact")
def floor_divide(x: Array, y: Array, *, out: Any) -> Array:
    if x.dtype.kind != "f":
        _refuse_zero(y)
        return np.floor_divide(x, y, out=out)
    return division.floor_divide(x, y, out)


@kernel("fmod.Tensor", half="rounded")
def fmod(x: Array, y: Array, *, out: Any) -> Array:
    _refuse_zero(y)
    return division.fmod(x, y, out) if x.dtype.kind == "f" else np.fmod(x, y, out=out)


@kernel("remainder.Tensor", half="rounded")
def remainder(x: Array, y: Array, *, out: Any) -> Array:
    _refuse_zero(y)
    return division.remainder(x, y, out) if x.dtype.kind == "f" else np.remainder(x, y, out=out)


@kernel("ldexp.Tensor", half="native")  # torch rounds the power to the half type before it multiplies
def ldexp(x: Array, y: Array, *, out: Any) -> Array:
    if x.dtype.kind == "c" or x.dtype.itemsize > 2:
        return np.multiply(x, np.exp2(y), out=out)
    return np.multiply(x, narrow(np.exp2(wide(y)), y.dtype), out=out)  # torch rounds the power before it multiplies


def _single_power(x: Array, exponent: Array, out: Any) -> Array:
    """x ** exponent in float32 by way of float64, in NumPy's own small buffers: its float32 loop errs by a whole unit of the last place,
    torch's by 0.6, and a gradient that sums powers which cancel shows it.
    """
    if out is ALLOC:
        out = np.empty(np.broadcast_shapes(x.shape, exponent.shape), x.dtype)
    return np.power(x, exponent, out=out, dtype=np.float64, casting="same_kind")


def _squared_first(x: Array, *, out: Any) -> Array:
    return np.multiply(np.square(x), x, out=out)


def _one_over_root(x: Array, *, out: Any) -> Array:
    y = np.array(narrow(np.reciprocal(np.sqrt(wide(x))), x.dtype), order="C")
    left = x.size % 64
    if left and x.dtype.kind == "V":  # what fills no two vectors goes through torch's scalar loop, which rounds the root as well
        ends = narrow(np.sqrt(wide(np.ascontiguousarray(x).reshape(-1)[-left:])), x.dtype)
        y.reshape(-1)[-left:] = narrow(np.reciprocal(wide(ends)), x.dtype)
    return store(y, out)


def _one_over_square(x: Array, *, out: Any) -> Array:
    return np.reciprocal(np.square(x), out=out)


_BY_NUMBER: dict[float, Any] = {
    2: np.square,
    0.5: np.sqrt,
    -1: np.reciprocal,
    3: _squared_first,
    -2: _one_over_square,
    -0.5: _one_over_root,
}
"""Powers that torch computes otherwise; bfloat16 rounds after each step there, float16 takes the power in float32."""


@kernel("pow.Tensor_Tensor", half="native")
def pow(x: Array, exponent: Array, *, out: Any) -> Array:
    if x.dtype.kind not in "iu":
        if exponent.ndim == 0 and x.dtype.kind not in "cb" and x.dtype != np.float16:
            special = _BY_NUMBER.get(float(exponent))
            if special is not None:
                return special(x, out=out)
        if exponent.ndim and x.dtype == np.float32:
            return _single_power(x, exponent, out)
        if x.dtype.kind not in "cb" and x.dtype.itemsize <= 2:
            return store(narrow(np.power(wide(x), wide(exponent)), x.dtype), out)
        return np.power(x, exponent, out=out)
    if x.dtype.kind == "i" and np.any(exponent < 0):
        return store(_negative_powers(x, exponent), out)
    return np.power(x, exponent, out=out)


def _negative_powers(x: Array, exponent: Array) -> Array:
    """Integer powers with negative exponents: 1 for 1, +-1 for -1, else 0, as torch answers for tensor exponents."""
    positive = np.power(x, np.maximum(exponent, 0))
    units = np.where(x == 1, 1, np.where(x == -1, np.where(exponent % 2 == 0, 1, -1), 0))
    return np.where(exponent < 0, units, positive).astype(x.dtype)


def times_logarithm(x: Array, y: Array, logarithm: np.ufunc, out: Any) -> Array:
    """x logarithm(y), 0 where x is 0. Half types are rounded before the product, too, as torch's are."""
    product = np.multiply(x, narrow(logarithm(wide(y)), y.dtype))
    return store(np.where((x == 0) & ~np.isnan(y), product.dtype.type(0), product), out)


@kernel("xlogy.Tensor", half="native")
def xlogy(x: Array, y: Array, *, out: Any) -> Array:
    return times_logarithm(x, y, np.log, out)
