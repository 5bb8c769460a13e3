"""How a gamma or beta sample moves with its parameter: -(d cdf / d parameter) / pdf, over flat float64 arrays.

Torch's approximations, regime by regime: a Taylor series near the end of the support, an expansion about the mode for large
parameters, and a rational fit between. Each regime is computed only for its own elements.
Sources: Jankowiak and Obermeyer, Pathwise derivatives beyond the reparameterization trick, 2018; the fits are those of torch 2.13
(ATen/native/Distributions.h), relative error about 1e-3.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .gamma import digamma_array

Array = np.ndarray

# source: torch 2.13, standard_gamma_grad_one: powers of log(x / alpha) down, of log(alpha) across, numerator then denominator
_GAMMA_FIT = np.array(
    [
        [0.16009398, -0.094634809, 0.025146376, -0.0030648343, 1, 0.32668115, 0.10406089, 0.0014179084],
        [0.53487893, 0.1298071, 0.065735949, -0.0015649758, 0.16639465, 0.020070113, -0.0035938915, -0.00058392623],
        [0.040121004, -0.0065914022, -0.0026286047, -0.0013441777, 0.017050642, -0.0021309326, 0.00085092367, -1.5247877e-07],
    ]
)
# source: torch 2.13, dirichlet_grad_one: [numerator or denominator][power of u][power of a][power of b]
_BETA_FIT = np.array(
    [
        [
            [
                [1.003668233, -0.01061107488, -0.0657888334, 0.01201642863],
                [0.6336835991, -0.3557432599, 0.05486251648, -0.001465281033],
                [-0.03276231906, 0.004474107445, 0.002429354597, -0.0001557569013],
            ],
            [
                [0.221950385, -0.3187676331, 0.01799915743, 0.01074823814],
                [-0.2951249643, 0.06219954479, 0.01535556598, 0.001550077057],
                [0.02155310298, 0.004170831599, 0.001292462449, 6.976601077e-05],
            ],
            [
                [-0.05980841433, 0.008441916499, 0.01085618172, 0.002319392565],
                [0.02911413504, 0.01400243777, -0.002721828457, 0.000751041181],
                [0.005900514878, -0.001936558688, -9.495446725e-06, 5.385558597e-05],
            ],
        ],
        [
            [
                [1, -0.02924021934, -0.04438342661, 0.007285809825],
                [0.6357567472, -0.3473456711, 0.05454656494, -0.002407477521],
                [-0.03301322327, 0.004845219414, 0.00231480583, -0.0002307248149],
            ],
            [
                [0.5925320577, -0.1757678135, 0.01505928619, 0.000564515273],
                [0.1014815858, -0.06589186703, 0.01272886114, -0.0007316646956],
                [-0.007258481865, 0.001096195486, 0.0003934994223, -4.12701925e-05],
            ],
            [
                [0.06469649321, -0.0236701437, 0.002902096474, -5.896963079e-05],
                [0.001925008108, -0.002869809258, 0.0008000589141, -6.063713228e-05],
                [-0.0003477407336, 6.959756487e-05, 1.097287507e-05, -1.650964693e-06],
            ],
        ],
    ]
)


def _by_regime(regimes: Array, functions: tuple[Callable[..., Array], ...], *arrays: Array) -> Array:
    """Element i from functions[regimes[i]], each called once with its own elements."""
    result = np.empty(arrays[0].shape)
    for number, function in enumerate(functions):
        where = np.flatnonzero(regimes == number)
        if where.size:
            result[where] = function(*(a[where] for a in arrays))
    return result


def gamma_derivative(alpha: Array, x: Array) -> Array:
    """d x / d alpha for a sample x of Gamma(alpha, 1)."""
    large = alpha > 8
    central = (x >= np.float32(0.9) * alpha) & (x <= np.float32(1.1) * alpha)
    regimes = np.where(x < np.float32(0.8), 0, np.where(large & central, 1, np.where(large, 2, 3)))
    return _by_regime(regimes, (_gamma_small, _gamma_central, _gamma_tails, _gamma_fitted), alpha, x)


def _gamma_small(alpha: Array, x: Array) -> Array:
    """The cdf as x^alpha sum (-x)^i / i! / (alpha + i), differentiated term by term."""
    term, power = np.ones_like(x), alpha.copy()
    series, slope = 1 / power, 1 / (power * power)
    for i in range(1, 6):
        term *= -x / i
        power += 1
        series += term / power
        slope += term / (power * power)
    scaled = np.power(x, alpha)
    moved = (np.log(x) - digamma_array(alpha)) * (scaled * series) - scaled * slope
    result = -moved / (np.power(x, alpha - 1) * np.exp(-x))
    return np.where(np.isnan(result), 0.0, result)


def _gamma_central(alpha: Array, x: Array) -> Array:
    left = 1 + 24 * alpha * (1 + 12 * alpha)
    right = 1440 * alpha * alpha + 6 * x * (53 - 120 * x) - 65 * x * x / alpha + alpha * (107 + 3600 * x)
    return left * right / (1244160 * (alpha * alpha) * (alpha * alpha))


def _gamma_tails(alpha: Array, x: Array) -> Array:
    ratio, gap = np.log(x / alpha), alpha - x
    root = np.sqrt(8 * alpha)
    bend = np.power(-gap - alpha * ratio, -1.5)
    curve = ratio * (root / gap + np.where(x < alpha, -bend, bend)) - np.sqrt(2 / alpha) * (alpha + x) / (gap * gap)
    stirling = 1 + 1 / (12 * alpha) * (1 + 1 / (24 * alpha))
    return -stirling * x * curve / root


def _gamma_fitted(alpha: Array, x: Array) -> Array:
    u, v = np.log(x / alpha), np.log(alpha)
    c = [row[0] + u * (row[1] + u * row[2]) for row in _GAMMA_FIT.T]
    return np.exp(_cubic(c[:4], v) / _cubic(c[4:], v))


def _cubic(c: list[Array], v: Array) -> Array:
    return c[0] + v * (c[1] + v * (c[2] + v * c[3]))


def beta_derivative(x: Array, alpha: Array, total: Array) -> Array:
    """d x / d alpha over 1 - x for a sample x of Beta(alpha, total - alpha)."""
    beta = total - alpha
    boundary = total * x * (1 - x)
    middle = np.where((alpha > 6) & (beta > 6), 2, 3)
    regimes = np.where((x <= 0.5) & (boundary < 2.5), 0, np.where((x >= 0.5) & (boundary < 0.75), 1, middle))
    functions = (_beta_small, lambda x, a, b: -_beta_small_other(1 - x, b, a), _beta_large, _beta_fitted)
    return _by_regime(regimes, functions, x, alpha, beta)


def _beta_small(x: Array, alpha: Array, beta: Array) -> Array:
    """With respect to the exponent of x, by the series of the incomplete beta function about x = 0."""
    factor = digamma_array(alpha) - digamma_array(alpha + beta) - np.log(x)
    term = np.ones_like(x)
    series = term / alpha * (factor + 1 / alpha)
    for i in range(1, 11):
        term *= (i - beta) * x / i
        series += term / (alpha + i) * (factor + 1 / (alpha + i))
    result = x * np.power(1 - x, -beta) * series
    return np.where(np.isnan(result), 0.0, result)


def _beta_small_other(x: Array, alpha: Array, beta: Array) -> Array:
    """With respect to the exponent of 1 - x, by the same series."""
    factor = digamma_array(alpha + beta) - digamma_array(beta)
    term, falling, slope = np.ones_like(x), np.ones_like(x), np.zeros_like(x)
    series = factor / alpha
    for i in range(1, 9):
        term *= -x / i
        slope = slope * (beta - i) + falling
        falling = falling * (beta - i)
        series += term / (alpha + i) * (slope + factor * falling)
    result = -np.power(1 - x, 1 - beta) * series
    return np.where(np.isnan(result), 0.0, result)


def _beta_large(x: Array, alpha: Array, beta: Array) -> Array:
    total = alpha + beta
    mean = alpha / total
    near = np.abs(x - mean) <= 0.1 * np.sqrt(alpha * beta / (total + 1)) / total
    return _by_regime(np.where(near, 0, 1), (_beta_central, _beta_tails), x, alpha, beta)


def _beta_central(x: Array, alpha: Array, beta: Array) -> Array:
    """The expansion at x = mean, where the other one has a removable singularity."""
    total = alpha + beta
    b2 = beta * beta
    inner = 8 * (1 - x) * (135 * beta - 11)
    inner = (453 + 1620 * beta * (1 - x) - 455 * x) * beta + alpha * inner
    inner = 3 * (59 + 180 * beta - 90 * x) * b2 + alpha * inner
    inner = (43 + 20 * (16 + 27 * beta) * x) * b2 * beta + alpha * inner
    polynomial = 47 * x * b2 * b2 + alpha * inner
    above = (1 + 12 * alpha) * (1 + 12 * beta) / (total * total)
    return above / (1 - x) * polynomial / (12960 * alpha**3 * b2 * (1 + 12 * total))


def _beta_tails(x: Array, alpha: Array, beta: Array) -> Array:
    total = alpha + beta
    mean = alpha / total
    gap = alpha * (x - 1) + beta * x
    stirling = _stirling(alpha) * _stirling(beta) / _stirling(total)
    first = 2 * alpha * alpha * (x - 1) + alpha * beta * (x - 1) - x * beta * beta
    first = first / (np.sqrt(2 * alpha / beta) * np.power(total, 1.5) * gap * gap)
    ratio = np.log(alpha / (total * x))
    bend = np.power(beta * np.log(beta / (total * (1 - x))) + alpha * ratio, -1.5)
    slope = np.sqrt(8 * alpha * beta / total) / gap + np.where(x < mean, bend, -bend)
    return stirling * -x / np.sqrt(2 * alpha * beta / total) * (first + 0.5 * ratio * slope)


def _stirling(z: Array) -> Array:
    return 1 + 1 / (12 * z) + 1 / (288 * z * z)


def _beta_fitted(x: Array, alpha: Array, beta: Array) -> Array:
    """A rational correction of x (psi(total) - psi(alpha)) / beta."""
    total = alpha + beta
    u = np.log(x)
    a = np.log(alpha) - u
    b = np.log(total) - a
    powers = np.stack([np.ones_like(u), u, u * u]), np.stack([np.ones_like(a), a, a * a])
    p, q = (np.einsum("in,jn,ijk,kn->n", *powers, fit, b ** np.arange(4)[:, None]) for fit in _BETA_FIT)
    return p / q * x * (digamma_array(total) - digamma_array(alpha)) / beta
