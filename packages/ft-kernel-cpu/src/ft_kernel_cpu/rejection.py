"""Kernels of the family `rejection`: the draws of `random_rejection` behind their ops, and the pathwise derivatives.

Draws go through elements in row-major order whatever the strides of the parameters, as torch's do. The derivatives are torch's
approximations, computed in float64; the regimes and the fitted coefficients are in `pathwise`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ft_core.generator import Generator, default_generator

from . import random_rejection as fills
from .pathwise import beta_derivative, gamma_derivative
from .table import ALLOC, kernel, store

Array = np.ndarray


def _destination(out: Any, like: Array) -> Array:
    return np.empty(like.shape, like.dtype) if out is ALLOC else out


@kernel("_standard_gamma")
def _standard_gamma(alpha: Array, generator: Generator | None, *, out: Any) -> Array:
    return fills.standard_gamma(generator or default_generator, _destination(out, alpha), alpha)


@kernel("_sample_dirichlet")
def _sample_dirichlet(alpha: Array, generator: Generator | None, *, out: Any) -> Array:
    return fills.dirichlet(generator or default_generator, _destination(out, alpha), alpha)


@kernel("poisson", half="native")
def poisson(rate: Array, generator: Generator | None, *, out: Any) -> Array:
    return fills.poisson(generator or default_generator, _destination(out, rate), rate)


@kernel("binomial")
def binomial(count: Array, prob: Array, generator: Generator | None, *, out: Any) -> Array:
    shape = np.broadcast_shapes(count.shape, prob.shape)
    result = np.empty(shape, count.dtype) if out is ALLOC else out
    return fills.binomial(generator or default_generator, result, count, prob)


def _elementwise(derivative: Any, arrays: tuple[Array, ...], out: Any) -> Array:
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    flat = [np.broadcast_to(a, shape).reshape(-1).astype(np.float64) for a in arrays]
    return store(derivative(*flat).reshape(shape).astype(arrays[0].dtype), out)


@kernel("_standard_gamma_grad")
def _standard_gamma_grad(alpha: Array, sample: Array, *, out: Any) -> Array:
    return _elementwise(gamma_derivative, (alpha, sample), out)


@kernel("_dirichlet_grad")
def _dirichlet_grad(x: Array, alpha: Array, total: Array, *, out: Any) -> Array:
    return _elementwise(beta_derivative, (x, alpha, total), out)
