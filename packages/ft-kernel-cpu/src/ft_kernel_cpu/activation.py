"""Kernels of activation functions and of torch's named backwards of them.

Each is a short chain of in-place ufuncs over cache-sized slices (`passes.sliced`). Where a formula would overflow or cancel, the
kernel uses the form that does not: sigmoids take exp of minus the magnitude, softplus goes through log1p. NaN stays NaN everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .passes import keep_where, narrow, number, pick, replace_where, sliced, wide
from .table import ALLOC, kernel, store

Array = np.ndarray


def sigmoid_into(x: Array, y: Array) -> None:
    """y = 1 / (1 + exp(-x)); exp overflows to inf and the quotient to the right 0."""
    np.negative(x, out=y)
    np.exp(y, out=y)
    np.add(y, 1, out=y)
    np.reciprocal(y, out=y)


@kernel("relu")
def relu(x: Array, *, out: Any) -> Array:
    if x.size >= 4096 and x.dtype.kind == "f":  # clip's loop is three times faster than maximum's with a number
        return np.clip(x, number(0, x.dtype), number(np.inf, x.dtype), out=out)
    return np.maximum(x, number(0, x.dtype), out=out)


@kernel("threshold")
def threshold(x: Array, limit: Any, value: Any, *, out: Any) -> Array:
    def body(x: Array, y: Array) -> None:
        replace_where(x <= limit, value, y, x)

    if x.dtype.kind != "f":
        return store(np.where(x <= limit, value, x).astype(x.dtype, copy=False), out)
    return sliced(body, (x,), out=out)


@kernel("threshold_backward")
def threshold_backward(g: Array, x: Array, limit: Any, *, out: Any) -> Array:
    return sliced(lambda g, x, y: keep_where(g, ~(x <= limit), y), (g, x), out=out)


def _silu(x: Array, y: Array, t: Array) -> None:
    np.negative(x, out=t)
    np.exp(t, out=t)
    t += 1
    np.divide(x, t, out=y)


@kernel("silu")
def silu(x: Array, *, out: Any) -> Array:
    return sliced(_silu, (x,), out=out, scratch=1)


def _silu_backward(g: Array, x: Array, y: Array, t: Array) -> None:
    sigmoid_into(x, t)
    np.subtract(1, t, out=y)
    y *= x
    y += 1
    y *= t
    y *= g


@kernel("silu_backward")
def silu_backward(g: Array, x: Array, *, out: Any) -> Array:
    return sliced(_silu_backward, (g, x), out=out, scratch=1)


def _softplus_into(x: Array, y: Array, t: Array) -> None:
    """y = log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|))."""
    np.abs(x, out=t)
    np.negative(t, out=t)
    np.exp(t, out=t)
    np.log1p(t, out=t)
    np.maximum(x, 0, out=y)
    y += t


def _mish(x: Array, y: Array, t: Array) -> None:
    _softplus_into(x, y, t)
    np.tanh(y, out=y)
    y *= x


@kernel("mish")
def mish(x: Array, *, out: Any) -> Array:
    return sliced(_mish, (x,), out=out, scratch=1)


def _mish_backward(g: Array, x: Array, y: Array, t: Array, u: Array) -> None:
    _softplus_into(x, u, t)
    np.tanh(u, out=u)
    sigmoid_into(x, t)
    t *= x
    np.multiply(u, u, out=y)
    np.subtract(1, y, out=y)
    y *= t
    y += u
    y *= g


@kernel("mish_backward")
def mish_backward(g: Array, x: Array, *, out: Any) -> Array:
    return sliced(_mish_backward, (g, x), out=out, scratch=2)


@kernel("softplus")
def softplus(x: Array, beta: Any, limit: Any, *, out: Any) -> Array:
    def body(x: Array, y: Array, t: Array, u: Array) -> None:
        np.multiply(x, beta, out=u)
        _softplus_into(u, y, t)
        y /= beta
        np.putmask(y, u > limit, x)

    return sliced(body, (x,), out=out, scratch=2)


@kernel("softplus_backward")
def softplus_backward(g: Array, x: Array, beta: Any, limit: Any, *, out: Any) -> Array:
    def body(g: Array, x: Array, y: Array, t: Array) -> None:
        np.multiply(x, beta, out=t)
        high = t > limit
        sigmoid_into(t, y)
        y *= g
        np.putmask(y, high, g)

    return sliced(body, (g, x), out=out, scratch=1)


@kernel("elu")
def elu(x: Array, alpha: Any, scale: Any, input_scale: Any, *, out: Any) -> Array:
    negative = number(float(alpha) * float(scale), x.dtype)

    def body(x: Array, y: Array, t: Array) -> None:
        np.minimum(x, 0, out=t)
        t *= input_scale
        np.expm1(t, out=t)
        t *= negative
        np.maximum(x, 0, out=y)
        y *= scale
        y += t

    return sliced(body, (x,), out=out, scratch=1)


@kernel("elu_backward")
def elu_backward(g: Array, alpha: Any, scale: Any, input_scale: Any, is_result: bool, x: Array, *, out: Any) -> Array:
    negative = number(float(alpha) * float(scale), x.dtype)
    inner = number(input_scale, x.dtype)

    def body(g: Array, x: Array, y: Array, t: Array) -> None:
        if is_result:
            np.add(x, negative, out=t)
        else:
            np.multiply(x, inner, out=t)
            np.exp(t, out=t)
            t *= negative
        t *= inner
        replace_where(x > 0, scale, t)
        np.multiply(g, t, out=y)

    return sliced(body, (g, x), out=out, scratch=1)


@kernel("celu")
def celu(x: Array, alpha: Any, *, out: Any) -> Array:
    if alpha == 0:  # the op's check sees the first call of a route only
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")
    return elu(x, alpha, 1.0, 1.0 / float(alpha), out=out)


def _larger_of_slopes(x: Array, y: Array, slope: Any) -> None:
    np.multiply(x, slope, out=y)
    np.maximum(x, y, out=y)


@kernel("leaky_relu")
def leaky_relu(x: Array, slope: Any, *, out: Any) -> Array:
    if 0 < slope <= 1:
        return sliced(_larger_of_slopes, (x,), slope, out=out)

    def body(x: Array, y: Array, t: Array) -> None:
        np.minimum(x, 0, out=t)
        t *= slope
        np.maximum(x, 0, out=y)
        y += t

    return sliced(body, (x,), out=out, scratch=1)


@kernel("leaky_relu_backward")
def leaky_relu_backward(g: Array, x: Array, slope: Any, self_is_result: bool, *, out: Any) -> Array:
    def body(g: Array, x: Array, y: Array) -> None:
        pick(x > 0, 1, slope, y)
        y *= g

    return sliced(body, (g, x), out=out)


@kernel("_prelu_kernel")
def prelu(x: Array, weight: Array, *, out: Any) -> Array:
    weight = weight[
        tuple([slice(0, 1) if step == 0 else slice(None) for step in weight.strides])
    ]  # as it was before it was expanded
    if not np.isfinite(weight).all():  # 0 times infinity
        return store(np.where(x > 0, x, weight * x), out)
    low = np.asarray(np.clip(x, number(-np.inf, x.dtype), number(0, x.dtype)))  # NumPy gives a number for 0-dim
    fits = np.broadcast_shapes(low.shape, weight.shape) == low.shape
    low = np.multiply(low, weight, out=low if fits else ALLOC)
    high = np.clip(x, number(0, x.dtype), number(np.inf, x.dtype))
    return np.add(high, low, out=out)


@kernel("_prelu_kernel_backward")
def prelu_backward(g: Array, x: Array, weight: Array, *, out: Any) -> tuple[Array, Array]:
    first, second = (out, out) if out is ALLOC else out
    high = x > 0
    return store(np.where(high, g, weight * g), first), store(np.where(high, g.dtype.type(0), x * g), second)


@kernel("hardtanh")
def hardtanh(x: Array, low: Any, high: Any, *, out: Any) -> Array:
    return np.clip(x, number(low, x.dtype), number(high, x.dtype), out=out)


@kernel("hardtanh_backward")
def hardtanh_backward(g: Array, x: Array, low: Any, high: Any, *, out: Any) -> Array:
    return sliced(lambda g, x, y: keep_where(g, (x > low) & (x < high), y), (g, x), out=out)


def _hardsigmoid(x: Array, y: Array) -> None:
    np.add(x, 3, out=y)
    np.clip(y, 0, 6, out=y)
    y /= 6


@kernel("hardsigmoid")
def hardsigmoid(x: Array, *, out: Any) -> Array:
    return sliced(_hardsigmoid, (x,), out=out)


@kernel("hardsigmoid_backward")
def hardsigmoid_backward(g: Array, x: Array, *, out: Any) -> Array:
    sixth = number(1 / 6, g.dtype)
    return sliced(lambda g, x, y: keep_where(g * sixth, np.abs(x) < 3, y), (g, x), out=out)


def _hardswish(x: Array, y: Array) -> None:
    np.add(x, 3, out=y)
    np.clip(y, 0, 6, out=y)
    y *= x
    y /= 6


@kernel("hardswish")
def hardswish(x: Array, *, out: Any) -> Array:
    return sliced(_hardswish, (x,), out=out)


def _hardswish_backward(g: Array, x: Array, y: Array, t: Array) -> None:
    np.divide(x, 3, out=t)
    t += number(0.5, t.dtype)
    replace_where(x <= -3, 0, t)
    replace_where(x >= 3, 1, t)
    np.multiply(g, t, out=y)


@kernel("hardswish_backward")
def hardswish_backward(g: Array, x: Array, *, out: Any) -> Array:
    return sliced(_hardswish_backward, (g, x), out=out, scratch=1)


def _softshrink(x: Array, y: Array, t: Array, width: Any) -> None:
    np.clip(x, np.negative(width), width, out=t)
    np.subtract(x, t, out=y)


@kernel("softshrink")
def softshrink(x: Array, width: Any, *, out: Any) -> Array:
    if not width >= 0:
        raise RuntimeError(f"lambda must be in range [0, max of the input dtype] for input dtype {x.dtype}, but found {width}")
    return sliced(_softshrink, (x,), number(width, x.dtype), out=out, scratch=1)


@kernel("hardshrink", half="native")
def hardshrink(x: Array, width: Any, *, out: Any) -> Array:
    if x.dtype != np.float32 or not 0 <= width < np.inf:
        width = number(width, x.dtype)
        return sliced(lambda x, y: keep_where(x, ~(np.abs(x) <= width), y), (x,), out=out)
    limit = np.float32(width).view(np.int32)  # bits of positive floats are ordered as the floats are, and NaN above all

    def body(x: Array, y: Array) -> None:
        bits = x.view(np.int32)
        beyond = np.bitwise_and(bits, np.int32(0x7FFFFFFF))
        np.subtract(limit, beyond, out=beyond)
        np.right_shift(beyond, 31, out=beyond)
        np.bitwise_and(bits, beyond, out=y.view(np.int32))

    return sliced(body, (x,), out=out)


@kernel("softshrink_backward", half="native")
@kernel("hardshrink_backward", half="native")
def shrink_backward(g: Array, x: Array, width: Any, *, out: Any) -> Array:
    width = number(width, x.dtype)
    return sliced(lambda g, x, y: keep_where(g, np.abs(x) > width, y), (g, x), out=out)


@kernel("log_sigmoid_forward")
def log_sigmoid_forward(x: Array, *, out: Any) -> tuple[Array, Array]:
    """min(x, 0) - log1p(exp(-|x|)); the second output is that exponential, which the backward reads."""
    first, second = (out, out) if out is ALLOC else out
    buffer = np.exp(np.negative(np.abs(x), out=...), out=second)
    return np.subtract(np.minimum(x, 0, out=...), np.log1p(buffer), out=first), buffer


@kernel("log_sigmoid_backward", half="native")
def log_sigmoid_backward(g: Array, x: Array, buffer: Array, *, out: Any) -> Array:
    # The derivative is sigmoid(-x): the buffer holds exp(-|x|), which a backend may also have left empty.
    z = np.exp(-np.abs(wide(x)))
    if x.dtype.itemsize > 2:
        return np.multiply(g, np.where(x < 0, 1, z) / (1 + z), out=out)
    z = wide(narrow(z, x.dtype))
    return store(narrow(wide(g) * (np.where(x < 0, 1, z) / (1 + z)), x.dtype), out)


@kernel("glu")
def glu(x: Array, dim: int, *, out: Any) -> Array:
    a, b = np.split(x, 2, axis=dim)
    return sliced(_glu, (a, b), out=out, scratch=1)


def _glu(a: Array, b: Array, y: Array, t: Array) -> None:
    sigmoid_into(b, t)
    np.multiply(a, t, out=y)


@kernel("glu_backward", half="native")
def glu_backward(g: Array, x: Array, dim: int, *, out: Any) -> Array:
    a, b = np.split(x, 2, axis=dim)
    s = narrow(sliced(sigmoid_into, (wide(b),), out=ALLOC), x.dtype)
    first = g * s
    if x.dtype.itemsize > 2:
        second = first * a * (1 - s)
    else:
        slope = wide(s)
        second = narrow((1 - slope) * slope * wide(g) * wide(a), x.dtype)
    return store(np.concatenate((first, second), axis=dim), out)


@kernel("rrelu_with_noise_backward")
def rrelu_with_noise_backward(
    g: Array, x: Array, noise: Array, lower: Any, upper: Any, training: bool, self_is_result: bool, *, out: Any
) -> Array:
    low, high = float(lower), float(upper)
    if training and high - low > 1e-6:
        return np.multiply(g, noise, out=out)
    return leaky_relu_backward(g, x, number((low + high) / 2, x.dtype), self_is_result, out=out)
