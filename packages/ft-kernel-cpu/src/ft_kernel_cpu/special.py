"""Special functions in a line or a loop: incomplete gamma, orthogonal polynomials, entropy, logit, x log(1 + y).

Error functions are in `erf`, the gamma family in `gamma`, Bessel functions in `bessel`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from .gamma import lgamma_array
from .passes import blend, in_doubles, number
from .table import kernel, store

Array = np.ndarray


@kernel("special_entr")
def entr(x: Array, *, out: Any) -> Array:
    """-x log x; 0 at 0, -inf below."""
    y = np.where(x == 0, x.dtype.type(0), -x * np.log(np.where(x > 0, x, 1)))
    return store(np.where(x < 0, x.dtype.type(-np.inf), y + x * 0), out)


@kernel("special_xlog1py")
def xlog1py(x: Array, y: Array, *, out: Any) -> Array:
    product = x * np.log1p(y)
    return store(np.where((x == 0) & ~np.isnan(y), product.dtype.type(0), product), out)


@kernel("logit")
def logit(x: Array, eps: float | None, *, out: Any) -> Array:
    if eps is not None:
        x = np.where(np.isnan(x), x, np.clip(x, number(eps, x.dtype), number(1 - eps, x.dtype)))
    return np.log(x / (1 - x), out=out)


# -- incomplete gamma functions: a power series below, Lentz's continued fraction above ----------------------------------


def _lower(a: Array, x: Array) -> Array:
    """P(a, x) by its series, for x < a + 1."""
    term = np.ones_like(x) / a
    total = term.copy()
    n = a.copy()
    for _ in range(600):
        n = n + 1
        term = term * (x / n)
        total = total + term
        if not (np.abs(term) > np.abs(total) * 1e-17).any():
            break
    return total * np.exp(a * np.log(x) - x - lgamma_array(a))


def _upper(a: Array, x: Array) -> Array:
    """Q(a, x) by Lentz's method on Legendre's continued fraction, for x >= a + 1."""
    tiny = 1e-300
    b = x + 1 - a
    c = np.full_like(x, 1 / tiny)
    d = 1 / np.where(b == 0, tiny, b)
    h = d.copy()
    for i in range(1, 600):
        an = -i * (i - a)
        b = b + 2
        d = an * d + b
        d = 1 / np.where(np.abs(d) < tiny, tiny, d)
        c = b + an / c
        c = np.where(np.abs(c) < tiny, tiny, c)
        step = d * c
        h = h * step
        if not (np.abs(step - 1) > 1e-16).any():
            break
    return h * np.exp(a * np.log(x) - x - lgamma_array(a))


def _incomplete(a: Array, x: Array, upper: bool) -> Array:
    y = np.full(a.shape, np.nan)
    usual = (a > 0) & (x > 0) & np.isfinite(a) & np.isfinite(x)
    below = np.flatnonzero(usual & (x < a + 1))
    above = np.flatnonzero(usual & (x >= a + 1))
    if below.size:
        p = _lower(a[below], x[below])
        y[below] = 1 - p if upper else p
    if above.size:
        q = _upper(a[above], x[above])
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
        return in_doubles(partial(_incomplete, upper=upper), (a, x), kind, out)


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
