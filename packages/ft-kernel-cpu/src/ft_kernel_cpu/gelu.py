"""GELU, exact and by tanh, and its backward: the activation that transformers spend their time in.

In float32 the exact form is one quotient, x / (1 + exp(-L)), where L is the logit of the normal distribution's integral, a polynomial; the
tail left of 0 loses nothing, where x (1 + erf) / 2 would cancel. float64 goes through erf. Apart from `activation` for its length.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .erf import erf_into, exp_minus_half_square
from .fitted import constants, horner
from .passes import number, sliced
from .table import kernel

Array = np.ndarray
_TANH_SCALE = math.sqrt(2 / math.pi)
_TANH_CUBE = 0.044715  # source: Hendrycks & Gimpel 2016, the tanh form of GELU


# -log(Phi(x) / Phi(-x)) / x in powers of x^2, Phi the normal distribution's integral; source: weighted least squares with Lawson's
# iteration on [0, 6.5] against SciPy's log_ndtr (tests/fit_gelu.py). Error of float32 GELU: 2e-7 relative right of 0, 1e-6 left of it.
# The last term is negative, so beyond the range the exponential only runs to 0 or infinity, as it should.
_MINUS_LOGIT = (
    -1.5957693201030227,
    -0.07266720327028932,
    6.555831439837741e-05,
    0.00011064105708616724,
    -7.955984966131381e-06,
    2.67809265864288e-07,
    -3.6287348106043773e-09,
)
_MINUS_LOGIT32 = constants(_MINUS_LOGIT, np.float32)


def _inverse_phi(x: Array, y: Array, t: Array) -> None:
    """y = 1 / Phi(x) in float32, the normal distribution's integral."""
    np.multiply(x, x, out=t)
    horner(_MINUS_LOGIT32, t, y)
    y *= x
    np.exp(y, out=y)
    y += 1


def _gelu(x: Array, y: Array, t: Array) -> None:
    if x.dtype == np.float32:
        _inverse_phi(x, y, t)
        np.divide(x, y, out=y)
        return
    np.multiply(x, number(math.sqrt(0.5), x.dtype), out=t)
    erf_into(t, y)
    y += 1
    np.multiply(x, number(0.5, x.dtype), out=t)
    y *= t


def _gelu_tanh(x: Array, y: Array, t: Array) -> None:
    np.multiply(x, x, out=t)
    t *= number(_TANH_SCALE * _TANH_CUBE, x.dtype)
    t += number(_TANH_SCALE, x.dtype)
    t *= x
    np.tanh(t, out=t)
    t += 1
    np.multiply(x, number(0.5, x.dtype), out=y)
    y *= t


@kernel("gelu")
def gelu(x: Array, approximate: str, *, out: Any) -> Array:
    if approximate not in ("none", "tanh"):  # the op's check sees the first call of a route only
        raise RuntimeError("approximate argument must be either none or tanh.")
    return sliced(_gelu_tanh if approximate == "tanh" else _gelu, (x,), out=out, scratch=1)


def _gelu_backward(g: Array, x: Array, y: Array, t: Array, u: Array) -> None:
    if x.dtype == np.float32:
        _inverse_phi(x, u, t)
        np.reciprocal(u, out=u)
    else:
        np.multiply(x, number(math.sqrt(0.5), x.dtype), out=t)
        erf_into(t, u)
        u += 1
        u *= number(0.5, x.dtype)
    exp_minus_half_square(x, t)
    t *= x
    t *= number(1 / math.sqrt(2 * math.pi), x.dtype)
    t += u
    np.multiply(g, t, out=y)


def _gelu_tanh_backward(g: Array, x: Array, y: Array, t: Array, u: Array) -> None:
    np.multiply(x, x, out=t)
    np.multiply(t, number(_TANH_SCALE * _TANH_CUBE, x.dtype), out=u)
    u += number(_TANH_SCALE, x.dtype)
    u *= x
    np.tanh(u, out=u)  # tanh of the inner polynomial
    t *= number(3 * _TANH_SCALE * _TANH_CUBE, x.dtype)
    t += number(_TANH_SCALE, x.dtype)
    t *= x  # x times the inner derivative
    np.multiply(u, u, out=y)
    np.subtract(1, y, out=y)
    t *= y
    t += u
    t += 1
    t *= number(0.5, x.dtype)
    np.multiply(g, t, out=y)


@kernel("gelu_backward")
def gelu_backward(g: Array, x: Array, approximate: str, *, out: Any) -> Array:
    return sliced(_gelu_tanh_backward if approximate == "tanh" else _gelu_backward, (g, x), out=out, scratch=2)
