"""Distributions that torch computes in double precision from one uniform double and then casts: exponential, cauchy, geometric.

Same signature as all fills (`random_fill.py`). float64 results are made with the C library's functions, which torch calls; for the
narrower types NumPy's faster ones serve, whose last bit of 53 changes a float32 in about one draw of 10**9.
"""

from __future__ import annotations

import math

import numpy as np

from ft_core.generator import Generator

from .random_words import doubles, flat, libm, multiply_add, parts, store


def exponential(generator: Generator, out: np.ndarray, lambd: float = 1.0) -> np.ndarray:
    """-log1p(-u) / lambd into a float array; 2n words."""
    log1p = libm("log1p") if out.dtype == np.float64 else np.log1p
    with generator.lock:
        for part in parts(flat(out)):
            u = doubles(generator, part.size)
            store(log1p(np.negative(u, out=u)) * (-1.0 / lambd), part)
    return out


def cauchy(generator: Generator, out: np.ndarray, median: float = 0.0, sigma: float = 1.0) -> np.ndarray:
    """median + sigma * tan(pi * (u - 1/2)) into a float array; 2n words."""
    tan = libm("tan") if out.dtype == np.float64 else np.tan
    with generator.lock:
        for part in parts(flat(out)):
            u = doubles(generator, part.size)
            np.subtract(u, 0.5, out=u)
            store(multiply_add(tan(np.multiply(u, math.pi, out=u)), sigma, median), part)
    return out


def geometric(generator: Generator, out: np.ndarray, p: float) -> np.ndarray:
    """ceil(log(u) / log1p(-p)), the number of the first success, into an array of any real dtype; 2n words. 0 < p < 1."""
    scale = math.log1p(-p)
    with generator.lock:
        for part in parts(flat(out)):
            u = doubles(generator, part.size)
            np.log(u, out=u)
            np.divide(u, scale, out=u)
            store(np.ceil(u, out=u), part)
    return out
