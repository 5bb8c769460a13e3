"""Kernels that read or write at places that are data. Bounds are checked on the device before anything is written.

The check costs a launch and a wait for the flag. Torch's CUDA kernels assert on the device instead, which kills the process's
context; an IndexError that can be caught is worth the wait. `*_add` with floats adds in the order that threads arrive: not bit-
reproducible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .cast import cast, copy, filled
from .elementwise import evaluate
from .launch import BLOCK, Words, broadcast_strides, coalesce, grid_for
from .runtime import machine
from .source import STORAGE
from .table import kernel

WIDTHS = {1: "u8", 2: "u16", 4: "u32", 8: "u64", 16: "c128"}


def move(
    op: str,
    shape: tuple[int, ...],
    result: tuple[Any, Sequence[int]],
    source: tuple[Any, Sequence[int]],
    indices: Sequence[tuple[Any, Sequence[int], int, int]],
    *,
    write: bool = False,
    add: bool = False,
) -> None:
    """Copy elements over the iteration space `shape`.

    `result` and `source` are (array, byte strides over `shape`); each of `indices` is (int64 array, its strides, bytes per unit,
    length of the indexed dimension). Indices address the source, or the result where `write`. Raises IndexError before any write.
    """
    here = machine()
    count = int(np.prod(shape, dtype=np.int64))
    if count == 0:
        return
    if len(indices) > 4:
        raise NotImplementedError(f"{op}: at most 4 index tensors are supported on cuda; got {len(indices)}; index in two steps")
    words = Words()
    steps = [list(result[1]), list(source[1])] + [list(i[1]) for i in indices]
    sizes, merged = coalesce(shape, steps)
    words.put(0, count, len(sizes), *sizes)
    words.put(14, here.pointer(result[0]), here.pointer(source[0]), *(here.pointer(i[0]) for i in indices))
    for k, strides in enumerate(merged):
        words.put(20 + 12 * k, *strides)
    words.put(92, *(i[2] for i in indices))
    words.put(96, *(i[3] for i in indices))
    words.put(100, len(indices))
    _check(op, words, count, [i[3] for i in indices])
    item = result[0].dtype
    macros = [("FT_T0", STORAGE[item.name] if add else WIDTHS[item.itemsize])]
    macros += [("FT_WRITE", "1")] * write + [("FT_ADD", "1")] * add
    here.launch("index.cu", tuple(macros), "ft_index", grid_for(count), BLOCK, words.pack())


def _check(op: str, words: Words, count: int, lengths: list[int]) -> None:
    here = machine()
    flag = filled((1,), 0, "int32")
    words.put(101, here.pointer(flag))
    here.launch("index.cu", (("FT_T0", "u8"), ("FT_CHECK", "1")), "ft_index", grid_for(count), BLOCK, words.pack())
    fault = int(here.read(flag)[0])
    if fault:
        raise IndexError(
            f"{op}: index out of range: index tensor {fault - 1} has a value outside [-{lengths[fault - 1]}, {lengths[fault - 1]})"
        )


def _long(index: Any) -> Any:
    return index if index.dtype == np.int64 else cast(index, index.dtype.name, "int64")


def _replaced(steps: Sequence[int], dim: int, value: int) -> list[int]:
    return [value if d == dim else s for d, s in enumerate(steps)]


def _at_least_1d(array: Any) -> Any:
    return array.reshape(1) if array.ndim == 0 else array


@kernel("gather", half="native", inplace=())
def gather(self: Any, dim: int, index: Any, sparse_grad: bool = False, *, out: Any = None) -> Any:
    """out[i][j] = self[index[i][j]][j] along `dim`; the shape is the index's."""
    out = machine().empty(index.shape, self.dtype) if out is None else out
    x, places, target = _at_least_1d(self), _at_least_1d(_long(index)), _at_least_1d(out)
    dim %= x.ndim
    entry = (places, places.strides, x.strides[dim], x.shape[dim])
    move("gather", places.shape, (target, target.strides), (x, _replaced(x.strides, dim, 0)), [entry])
    return out


def _scatter(op: str, self: Any, dim: int, index: Any, source: Any, add: bool, out: Any) -> Any:
    places = _at_least_1d(_long(index))
    result = out if out is not None else machine().empty(self.shape, self.dtype)
    if result is not self:
        copy(self, result)
    target = _at_least_1d(result)
    dim %= target.ndim
    if machine().is_array(source):
        origin = _at_least_1d(source)
        steps = origin.strides
    else:
        origin, steps = filled((1,), source, self.dtype.name), (0,) * places.ndim
    entry = (places, places.strides, target.strides[dim], target.shape[dim])
    move(op, places.shape, (target, _replaced(target.strides, dim, 0)), (origin, steps), [entry], write=True, add=add)
    return result


@kernel("scatter.src", half="native")
def scatter(self: Any, dim: int, index: Any, src: Any, *, out: Any = None) -> Any:
    return _scatter("scatter", self, dim, index, src, False, out)


@kernel("scatter.value")
def scatter_value(self: Any, dim: int, index: Any, value: Any, *, out: Any = None) -> Any:
    return _scatter("scatter", self, dim, index, value, False, out)


@kernel("scatter_add")
def scatter_add(self: Any, dim: int, index: Any, src: Any, *, out: Any = None) -> Any:
    return _scatter("scatter_add", self, dim, index, src, True, out)


def _line(index: Any, ndim: int, dim: int) -> list[int]:
    """Strides of a 1-dim index array over an iteration space where it runs along `dim`."""
    return [index.strides[0] if d == dim else 0 for d in range(ndim)]


@kernel("index_select", half="native", inplace=())
def index_select(self: Any, dim: int, index: Any, *, out: Any = None) -> Any:
    """The slices of `self` at `index` (1-dim) along `dim`."""
    x, places = _at_least_1d(self), _at_least_1d(_long(index))
    dim %= x.ndim
    shape = (*x.shape[:dim], places.shape[0], *x.shape[dim + 1 :])
    result = machine().empty(shape if self.ndim else (), self.dtype) if out is None else out
    target = _at_least_1d(result)
    entry = (places, _line(places, x.ndim, dim), x.strides[dim], x.shape[dim])
    move("index_select", shape, (target, target.strides), (x, _replaced(x.strides, dim, 0)), [entry])
    return result


@kernel("index_add")
def index_add(self: Any, dim: int, index: Any, source: Any, alpha: Any = 1, *, out: Any = None) -> Any:
    """`self` with alpha * source[k] added to the slice at index[k] along `dim`."""
    result = out if out is not None else machine().empty(self.shape, self.dtype)
    name = self.dtype.name
    scaled = (
        source if not machine().is_array(alpha) and alpha == 1 else evaluate("a * b", (source, alpha), [name, name], None, name)
    )
    if result is not self:
        copy(self, result)
    target, origin, places = _at_least_1d(result), _at_least_1d(scaled), _at_least_1d(_long(index))
    dim %= target.ndim
    entry = (places, _line(places, target.ndim, dim), target.strides[dim], target.shape[dim])
    to = (target, _replaced(target.strides, dim, 0))
    move("index_add", origin.shape, to, (origin, origin.strides), [entry], write=True, add=True)
    return result


@kernel("embedding", half="native", inplace=())
def embedding(weight: Any, indices: Any, padding_idx: int = -1, *_: Any, out: Any = None) -> Any:
    """Row weight[i] for each i of `indices`; the shape is (*indices.shape, D)."""
    places = _long(indices)
    shape = (*places.shape, weight.shape[1])
    out = machine().empty(shape, weight.dtype) if out is None else out
    entry = (places, (*places.strides, 0), weight.strides[0], weight.shape[0])
    source = (weight, (0,) * places.ndim + (weight.strides[1],))
    move("embedding", shape, (out, out.strides), source, [entry])
    return out


class Advanced:
    """The iteration space of x[indices]: shape, x's strides over it, index entries. Bool masks become their positions."""

    __slots__ = ("entries", "shape", "strides")

    def __init__(self, x: Any, indices: Sequence[Any]) -> None:
        flat: list[Any] = []
        for index in indices:
            is_mask = index is not None and index.dtype.name in ("bool", "uint8")
            flat += machine().xp.nonzero(index) if is_mask else [index]
        flat += [None] * (x.ndim - len(flat))
        used = [d for d, index in enumerate(flat) if index is not None]
        places = [_long(flat[d]) for d in used]
        block = np.broadcast_shapes(*(p.shape for p in places))
        together = used == list(range(used[0], used[-1] + 1))
        front = used[0] if together else 0  # where the indexed block stands among the dimensions that stay
        rest = [d for d in range(x.ndim) if d not in used]
        before, after = rest[:front], rest[front:]
        self.shape = (*(x.shape[d] for d in before), *block, *(x.shape[d] for d in after))
        self.strides = [*(x.strides[d] for d in before), *(0 for _ in block), *(x.strides[d] for d in after)]
        self.entries = [
            (p, [0] * len(before) + list(broadcast_strides(p, block)) + [0] * len(after), x.strides[d], x.shape[d])
            for p, d in zip(places, used, strict=True)
        ]


@kernel("index.Tensor", half="native", inplace=())
def index(self: Any, indices: Sequence[Any], *, out: Any = None) -> Any:
    """self[indices], NumPy's rules; None stands for a dimension that is not indexed."""
    space = Advanced(self, indices)
    out = machine().empty(space.shape, self.dtype) if out is None else out
    move("index", space.shape, (out, out.strides), (self, space.strides), space.entries)
    return out


@kernel("index_put")
def index_put(self: Any, indices: Sequence[Any], values: Any, accumulate: bool = False, *, out: Any = None) -> Any:
    """`self` with `values` (broadcast) written, or added where `accumulate`, at [indices]."""
    result = out if out is not None else machine().empty(self.shape, self.dtype)
    if result is not self:
        copy(self, result)
    space = Advanced(result, indices)
    source = (values, broadcast_strides(values, space.shape))
    move("index_put", space.shape, (result, space.strides), source, space.entries, write=True, add=accumulate)
    return result


@kernel("nonzero", out=False, inplace=())
def nonzero(self: Any, *, out: Any = None) -> Any:
    """(n, ndim) int64 positions of the elements that are not zero, in order; waits for their number."""
    xp = machine().xp
    return xp.stack(xp.nonzero(self), axis=1).astype(np.int64, copy=False)
