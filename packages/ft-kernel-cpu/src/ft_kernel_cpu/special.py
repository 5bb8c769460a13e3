"""Special functions in a line or a loop: incomplete gamma, orthogonal polynomials, entropy, logit, x log(1 + y).

Error functions are in `erf`, the gamma family in `gamma`, Bessel functions in `bessel`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from .binary import times_logarithm
from .gamma import lgamma_array
from .passes import blend, in_doubles, narrow, number, wide
from .table import kernel, store

Array = np.ndarray


@kernel("special_entr")
def entr(x: Array, *, out: Any) -> Array:
    """-x log x; 0 at 0, -inf below."""
    y = np.where(x == 0, x.dtype.type(0), -x * np.log(np.where(x > 0, x, 1)))
    return store(np.where(x < 0, x.dtype.type(-np.inf), y + x * 0), out)


@kernel("special_xlog1py", half="native")
def xlog1py(x: Array, y: Array, *, out: Any) -> Array:
    return times_logarithm(x, y, np.log1p, out)


@kernel("logit", half="native")
def logit(x: Array, eps: float | None, *, out: Any) -> Array:
    one = x.dtype.type(1)
    if eps is not None:
        low = number(eps, x.dtype)
        x = np.where(np.isnan(x), x, np.minimum(np.maximum(x, low), one - low))
    odds = x / (one - x)
    return np.log(odds, out=out) if x.dtype.itemsize > 2 else store(narrow(np.log(wide(odds)), x.dtype), out)


# -- incomplete gamma functions: a power series below, Lentz's continued fraction above ----------------------------------


_ROUNDS, _STEPS = 80, 8  # after so many terms those that have converged are put aside


def _lower(a: Array, x: Array, enough: float) -> Array:
    """P(a, x) by its series, for x < a + 1."""
    found, live = np.empty_like(x), np.arange(x.size)
    n, y, term = a.copy(), x, 1 / a
    total = term.copy()
    for _ in range(_ROUNDS):
        for _ in range(_STEPS):
            n += 1
            term *= y
            term /= n
            total += term
        on = term > total * enough
        found[live[~on]] = total[~on]
        if not on.any():
            break
        live, n, y, term, total = live[on], n[on], y[on], term[on], total[on]
    else:
        found[live] = total
    return found * np.exp(a * np.log(x) - x - lgamma_array(a))


def _upper(a: Array, x: Array, enough: float) -> Array:
    """Q(a, x) by Lentz's method on Legendre's continued fraction, for x >= a + 1: its denominators are positive there."""
    found, live = np.empty_like(x), np.arange(x.size)
    shape, b = a, x + 1 - a
    c, d = np.full_like(x, 1e300), 1 / b
    h, i = d.copy(), 0.0
    for _ in range(_ROUNDS):
        for _ in range(_STEPS):
            i += 1
            an = (shape - i) * i
            b = b + 2
            d = 1 / (an * d + b)
            c = an / c + b
            step = c * d
            h *= step
        on = np.abs(step - 1) > enough
        found[live[~on]] = h[~on]
        if not on.any():
            break
        live, shape, b, c, d, h = live[on], shape[on], b[on], c[on], d[on], h[on]
    else:
        found[live] = h
    return found * np.exp(a * np.log(x) - x - lgamma_array(a))


def _incomplete(a: Array, x: Array, upper: bool, enough: float) -> Array:
    """P, or Q if `upper`; terms below `enough` of the whole are left out."""
    y = np.full(a.shape, np.nan)
    usual = (a > 0) & (x > 0) & np.isfinite(a) & np.isfinite(x)
    below = np.flatnonzero(usual & (x < a + 1))
    above = np.flatnonzero(usual & (x >= a + 1))
    if below.size:
        p = _lower(a[below], x[below], enough)
        y[below] = 1 - p if upper else p
    if above.size:
        q = _upper(a[above], x[above], enough)
        y[above] = q if upper else 1 - q
    y[(a > 0) & (x == 0)] = 1.0 if upper else 0.0
    y[(a == 0) & (x > 0)] = 0.0 if upper else 1.0
    y[np.isposinf(x) & (a >= 0) & np.isfinite(a)] = 0.0 if upper else 1.0
    y[np.isposinf(a) & (x >= 0) & np.isfinite(x)] = 1.0 if upper else 0.0
    return y


def _gamma_kernel(name: str, upper: bool) -> None:
    @kernel(name)
    def incomplete(a: Array, x: Array, *, out: Any) -> Array:
        kind = a.dtype if a.ndim >= x.ndim else x.dtype
        return in_doubles(partial(_incomplete, upper=upper, enough=3e-16 if kind == np.float64 else 1e-10), (a, x), kind, out)


_gamma_kernel("igamma", False)
_gamma_kernel("igammac", True)


# -- orthogonal polynomials by their three-term recurrences -----------------------------------------------------------------


def _recurrence(x: Array, n: Array, first: Callable[[Array], Array], step: Callable[[Array, Array, Array, int], Array]) -> Array:
    """p_n(x) for every element's own n: all run to the largest n, each keeps its value when its own is reached; n < 0 gives 0."""
    n = np.trunc(n)
    before, now = np.ones_like(x), first(x)
    y = np.where(n == 0, before, np.where(n == 1, now, 0))
    top = int(n.max()) if n.size and np.isfinite(n).all() else 0
    for k in range(1, top):
        before, now = now, step(x, now, before, k)
        blend(n == k + 1, now, y)
    return y


_DOUBLE = {"t": lambda x: x, "u": lambda x: 2 * x, "v": lambda x: 2 * x - 1, "w": lambda x: 2 * x + 1}


def _chebyshev(x: Array, now: Array, before: Array, k: int) -> Array:
    return 2 * x * now - before


def _polynomial_kernel(
    name: str, first: Callable[[Array], Array], step: Callable[..., Array], move: Callable[[Array], Array]
) -> None:
    @kernel(name)
    def polynomial(x: Array, n: Array, *, out: Any) -> Array:
        # in doubles, since each step takes a difference of large terms
        return in_doubles(lambda x, n: _recurrence(move(x), n, first, step), (x, n), x.dtype, out)


for _letter, _first in _DOUBLE.items():
    _polynomial_kernel(f"special_chebyshev_polynomial_{_letter}", _first, _chebyshev, lambda x: x)
    _polynomial_kernel(f"special_shifted_chebyshev_polynomial_{_letter}", _first, _chebyshev, lambda x: 2 * x - 1)
_polynomial_kernel("special_hermite_polynomial_h", lambda x: 2 * x, lambda x, p, q, k: 2 * (x * p - k * q), lambda x: x)
_polynomial_kernel("special_hermite_polynomial_he", lambda x: x, lambda x, p, q, k: x * p - k * q, lambda x: x)
_polynomial_kernel(
    "special_laguerre_polynomial_l", lambda x: 1 - x, lambda x, p, q, k: ((2 * k + 1 - x) * p - k * q) / (k + 1), lambda x: x
)
_polynomial_kernel(
    "special_legendre_polynomial_p", lambda x: x, lambda x, p, q, k: ((2 * k + 1) * x * p - k * q) / (k + 1), lambda x: x
)
