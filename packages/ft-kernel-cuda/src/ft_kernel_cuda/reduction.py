"""Kernels that fold dimensions: sums, products, means, truth, extremes with and without their index, and softmax.

Ties give the first index and NaN wins every comparison, as in torch. Sums run over a fixed tree (threads of a team, then chunks),
so the same call gives the same bits each time; float32 is added in float32, half types arrive as float32, integers in int64.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .launch import BLOCK, Words, coalesce
from .runtime import machine
from .source import STORAGE
from .table import array_dtype, kernel, name_of

MANY = 1 << 16  # threads that keep a device busy
SHORT = 64  # terms per thread below which a result is not cut into chunks
ACCUMULATORS = {"float16": "float32", "bfloat16": "float32"}
ACC_BYTES = 32  # the largest accumulator: a complex128 or a (value, index) pair, padded


def axes_of(ndim: int, dim: Any) -> tuple[int, ...]:
    """The axes to fold: None and () mean all of them."""
    if dim is None or (isinstance(dim, (tuple, list)) and len(dim) == 0):
        return tuple(range(ndim))
    dims = tuple(dim) if isinstance(dim, (tuple, list)) else (dim,)
    return tuple(d % ndim for d in dims) if ndim else ()


def kept_shape(shape: tuple[int, ...], axes: tuple[int, ...], keepdim: bool) -> tuple[int, ...]:
    """The result's shape."""
    if keepdim:
        return tuple(1 if d in axes else s for d, s in enumerate(shape))
    return tuple(s for d, s in enumerate(shape) if d not in axes)


def fold(x: Any, dim: Any, keepdim: bool, policy: str, result: str, out: Any, *, places: Any = None, mean: bool = False) -> Any:
    """Launch one reduction. `out` None allocates, False leaves the values out; `places` is an int64 array for indices, or None."""
    here, axes = machine(), axes_of(x.ndim, dim)
    shape = kept_shape(x.shape, axes, keepdim)
    if out is None:
        out = here.empty(shape, array_dtype(result))
    values = None if out is False else out
    target = values if values is not None else places
    if target.size == 0:
        return out
    rest = [d for d in range(x.ndim) if d not in axes]
    count = int(np.prod([x.shape[d] for d in axes], dtype=np.int64))
    words, inner = _packed(x, axes, rest, values, places, keepdim)
    team, chunks = geometry(target.size, count, inner)
    each = -(-count // chunks) if count else 1
    words.put(3, count, chunks, each)
    words.put(9, team)
    words.put(83, count)
    accumulator = STORAGE[result if result != "bool" else "int64"]
    macros = [("FT_POLICY", policy), ("FT_T0", STORAGE[x.dtype.name]), ("FT_R", STORAGE[result]), ("FT_ACC", accumulator)]
    if mean:
        macros.append(("FT_MEAN", "1"))
    partials = here.empty((target.size * chunks * ACC_BYTES,), np.uint8) if chunks > 1 else None
    if partials is not None:
        words.put(82, here.pointer(partials))
    _launch(macros, target.size * chunks, team, words)
    if partials is not None:
        words.put(3, chunks, 1, chunks)
        words.put(9, min(BLOCK, _power_of_two(chunks)))
        _launch([*macros, ("FT_COMBINE", "1")], target.size, words.values[9], words)
    return out


def _packed(x: Any, axes: tuple[int, ...], rest: list[int], values: Any, places: Any, keepdim: bool) -> tuple[Words, bool]:
    """The words that describe the operands, and whether the fastest dimension of `x` is a folded one."""
    here, words = machine(), Words()

    def steps(array: Any) -> list[int]:
        if array is None:
            return [0] * len(rest)
        return [array.strides[d if keepdim else k] for k, d in enumerate(rest)]

    sizes, (of_x, of_value, of_place) = coalesce(
        [x.shape[d] for d in rest], [[x.strides[d] for d in rest], steps(values), steps(places)]
    )
    folded, (inside,) = coalesce([x.shape[d] for d in axes], [[x.strides[d] for d in axes]])
    words.put(0, (values if values is not None else places).size, len(sizes), len(folded))
    words.put(
        6, here.pointer(x), here.pointer(values) if values is not None else 0, here.pointer(places) if places is not None else 0
    )
    for at, numbers in ((10, sizes), (22, folded), (34, of_x), (46, inside), (58, of_value), (70, of_place)):
        words.put(at, *numbers)
    fastest = min((abs(s) for s in of_x), default=1 << 62)
    return words, bool(inside) and min(abs(s) for s in inside) <= fastest


def geometry(results: int, count: int, inner: bool) -> tuple[int, int]:
    """(threads per result, chunks per result).

    `inner`: the folded dimension is the fastest, so that neighbours in a team read neighbours in memory.
    """
    team = 1 if results >= MANY and not inner else min(BLOCK, _power_of_two(max(count, 1)))
    idle = MANY // max(results * team, 1)
    chunks = max(1, min(idle, count // (team * SHORT), 1024))
    return team, chunks


def _power_of_two(n: int) -> int:
    return 1 << (n - 1).bit_length()


def _launch(macros: list[tuple[str, str]], tasks: int, team: int, words: Words) -> None:
    blocks = max(1, min(-(-tasks * team // BLOCK), 1 << 16))
    machine().launch("reduce.cu", tuple(macros), "ft_reduce", blocks, BLOCK, words.pack())


def sum_name(x: Any, dtype: Any) -> str:
    """The dtype that a sum or product of `x` has: `dtype` where given, int64 for bool and integers."""
    if dtype is not None:
        name = name_of(dtype)
        return ACCUMULATORS.get(name, name)  # half results are rounded once, by the dispatcher
    return "int64" if x.dtype.kind in "biu" else x.dtype.name


@kernel("sum")
def sum_(x: Any, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Sum", sum_name(x, dtype), out)


@kernel("sum.dim_IntList")
def sum_dim(x: Any, dim: Any, keepdim: bool, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Sum", sum_name(x, dtype), out)


@kernel("mean")
def mean(x: Any, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Sum", sum_name(x, dtype), out, mean=True)


@kernel("mean.dim")
def mean_dim(x: Any, dim: Any, keepdim: bool, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Sum", sum_name(x, dtype), out, mean=True)


@kernel("prod")
def prod(x: Any, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Prod", sum_name(x, dtype), out)


@kernel("prod.dim_int")
def prod_dim(x: Any, dim: int, keepdim: bool, dtype: Any, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Prod", sum_name(x, dtype), out)


@kernel("amax")
def amax(x: Any, dim: Any, keepdim: bool, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Extreme<1>", x.dtype.name, out)


@kernel("amin")
def amin(x: Any, dim: Any, keepdim: bool, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Extreme<-1>", x.dtype.name, out)


@kernel("max")
def max_(x: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Extreme<1>", x.dtype.name, out)


@kernel("min")
def min_(x: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Extreme<-1>", x.dtype.name, out)


def _with_places(x: Any, dim: int, keepdim: bool, policy: str, out: Any) -> tuple[Any, Any]:
    shape = kept_shape(x.shape, axes_of(x.ndim, dim), keepdim)
    values, places = out if out is not None else (None, None)
    places = machine().empty(shape, np.int64) if places is None else places
    return fold(x, dim, keepdim, policy, x.dtype.name, values, places=places), places


@kernel("max.dim")
def max_dim(x: Any, dim: int, keepdim: bool, *, out: Any = None) -> tuple[Any, Any]:
    return _with_places(x, dim, keepdim, "Extreme<1>", out)


@kernel("min.dim")
def min_dim(x: Any, dim: int, keepdim: bool, *, out: Any = None) -> tuple[Any, Any]:
    return _with_places(x, dim, keepdim, "Extreme<-1>", out)


def _places(x: Any, dim: int | None, keepdim: bool, policy: str, out: Any) -> Any:
    if out is None:
        out = machine().empty(kept_shape(x.shape, axes_of(x.ndim, dim), keepdim), np.int64)
    fold(x, dim, keepdim, policy, x.dtype.name, False, places=out)
    return out


@kernel("argmax")
def argmax(x: Any, dim: int | None, keepdim: bool, *, out: Any = None) -> Any:
    return _places(x, dim, keepdim, "Extreme<1>", out)


@kernel("argmin")
def argmin(x: Any, dim: int | None, keepdim: bool, *, out: Any = None) -> Any:
    return _places(x, dim, keepdim, "Extreme<-1>", out)


@kernel("all")
def all_(x: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "All", "bool", out)


@kernel("all.dims")
@kernel("all.dim")
def all_dim(x: Any, dim: Any, keepdim: bool, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "All", "bool", out)


@kernel("any")
def any_(x: Any, *, out: Any = None) -> Any:
    return fold(x, None, False, "Any", "bool", out)


@kernel("any.dims")
@kernel("any.dim")
def any_dim(x: Any, dim: Any, keepdim: bool, *, out: Any = None) -> Any:
    return fold(x, dim, keepdim, "Any", "bool", out)
