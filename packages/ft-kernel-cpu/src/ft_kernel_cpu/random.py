"""Kernels of the RANDOM ops: each finds its generator and hands the destination to the fill of `random_fill`.

A tensor that is not contiguous arrives with a contiguous destination that is copied into it afterwards. torch draws for such a
tensor in the order in which its elements lie in memory, so the fill runs over a scratch array with the dimensions in that
order. `normal` draws by another algorithm there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ft_core.generator import Generator, default_generator

from . import random_fill as fills
from .table import kernel, store

Array = np.ndarray


def _random(name: str) -> Any:
    return kernel(name, half="native")


def _filled(x: Array, out: Array, fill: Callable[..., Any], generator: Generator | None, *params: Any, **named: Any) -> Array:
    """`out` filled in the order in which `x`, the tensor behind it, lies in memory."""
    source = default_generator if generator is None else generator
    if x.flags.c_contiguous:
        fill(source, out, *params, **named)
        return out
    order = _memory_order(x)
    scratch = np.empty([x.shape[d] for d in order], out.dtype)
    fill(source, scratch, *params, **named)
    return store(scratch.transpose(np.argsort(order)), out)


def _memory_order(x: Array) -> list[int]:
    """Dimensions from the outermost in memory to the innermost."""
    return sorted(range(x.ndim), key=lambda d: -x.strides[d])


@_random("uniform")
def uniform(x: Array, low: float, high: float, generator: Generator | None, *, out: Array) -> Array:
    if x.flags.c_contiguous and x.dtype.kind == "f":
        return fills.uniform(generator or default_generator, out, low, high)
    return _filled(x, out, _uniform, generator, low, high)


def _uniform(source: Generator, out: Array, low: float, high: float) -> None:
    fills.uniform(source, _parts(out), low, high)


def _parts(out: Array) -> Array:
    """The parts of complex numbers as a row of real ones."""
    if out.dtype.kind != "c":
        return out
    return out.reshape(-1).view(np.float32 if out.dtype == np.complex64 else np.float64)


@_random("normal_functional")
def normal(x: Array, mean: float, std: float, generator: Generator | None, *, out: Array) -> Array:
    if x.flags.c_contiguous and x.dtype.kind == "f":
        return fills.normal(generator or default_generator, out, mean, std)
    return _filled(x, out, _normal, generator, mean, std, None if x.flags.c_contiguous else False)


def _normal(source: Generator, out: Array, mean: float, std: float, blocks: bool | None) -> None:
    if out.dtype.kind == "c":
        std /= math.sqrt(2.0)  # the variance is shared by the two parts, the mean is that of each
    fills.normal(source, _parts(out), mean, std, blocks=blocks)


@_random("log_normal")
def log_normal(x: Array, mean: float, std: float, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.log_normal, generator, mean, std)


@_random("exponential")
def exponential(x: Array, lambd: float, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.exponential, generator, lambd)


@_random("cauchy")
def cauchy(x: Array, median: float, sigma: float, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.cauchy, generator, median, sigma)


@_random("geometric")
def geometric(x: Array, p: float, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.geometric, generator, p)


@_random("random")
def random(x: Array, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.random, generator)


@_random("random.from")
def random_from(x: Array, low: int, high: int | None, generator: Generator | None, *, out: Array) -> Array:
    if high is None and low == -(2**63):
        return _filled(x, out, fills.random_full_range, generator)
    return _filled(x, out, fills.randint, generator, low, _top(out.dtype) if high is None else high)


def _top(kind: np.dtype) -> int:
    """One more than the largest integer drawn where no upper bound is given."""
    if kind.kind == "b":
        return 2
    if kind.kind in "iu":
        return int(np.iinfo(kind).max) + 1
    digits = {"float64": 53, "float32": 24, "float16": 11, "bfloat16": 8}[kind.name]
    return (1 << digits) + 1


@_random("bernoulli.p")
def bernoulli_p(x: Array, p: float, generator: Generator | None, *, out: Array) -> Array:
    return _filled(x, out, fills.bernoulli, generator, p)


def _chances(p: Array) -> Array:
    if not np.all((p >= 0) & (p <= 1)):
        raise RuntimeError("Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (each probability lies in [0, 1])")
    return p


@_random("bernoulli.Tensor")
def bernoulli_tensor(x: Array, p: Array, generator: Generator | None, *, out: Array) -> Array:
    chances = np.broadcast_to(_chances(p), x.shape)
    return _filled(x, out, fills.bernoulli_tensor, generator, chances.transpose(_memory_order(x)))


@_random("bernoulli")
def bernoulli(p: Array, generator: Generator | None, *, out: Array) -> Array:
    return _filled(out, out, fills.bernoulli_tensor, generator, _chances(p))


@_random("randperm.generator")
def randperm(n: int, generator: Generator | None, dtype: Any, layout: Any, device: Any, pin_memory: Any, *, out: Array) -> Array:
    return _filled(out, out, fills.randperm, generator, n)


@_random("multinomial")
def multinomial(weights: Array, num_samples: int, replacement: bool, generator: Generator | None, *, out: Any) -> Array:
    if not np.all(np.isfinite(weights)) or np.any(weights < 0):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if weights.size and np.any(weights.sum(axis=-1, dtype=np.float64) <= 0):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    result = np.empty((*weights.shape[:-1], num_samples), np.int64)
    _filled(result, result, fills.multinomial, generator, np.ascontiguousarray(weights), replacement)
    return store(result, out)
