"""Several NumPy passes over one cache-sized slice at a time: the loops that activations, norms and special functions share.

A chain of ufuncs over a large array costs memory traffic, not arithmetic: each pass streams the whole array through the cache. The
helpers here run a chain on slices of `BLOCK` elements with scratch that stays in the cache. Kernels give a *body*, a function that
fills the slice `y` from the input slices; they never see layouts, destinations or in-place calls. No kernel lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np

from .table import ALLOC, store

BLOCK = 32768  # elements a slice: a chain's four or five float32 buffers of it stay in a second-level cache of 1 MiB


def destination(shape: tuple[int, ...], dtype: Any, out: Any) -> np.ndarray:
    """The caller's destination, or a new C-contiguous array."""
    return np.empty(shape, dtype) if out is ALLOC else out


def wide(x: np.ndarray) -> np.ndarray:
    """A half array (float16, bfloat16, fp8) in float32, where NumPy's loops are several times faster; any other as it is."""
    return x if x.dtype.kind in "biuc" or x.dtype.itemsize > 2 else x.astype(np.float32)


def narrow(y: np.ndarray, dtype: Any) -> np.ndarray:
    """`y` rounded to `dtype`: what torch's half kernels do between their steps."""
    return y if y.dtype == dtype else y.astype(dtype)


def number(value: Any, dtype: Any) -> np.ndarray:
    """A scalar parameter as a 0-dim array of `dtype`, which a ufunc takes five times faster than a Python number."""
    return np.asarray(value, dtype)


_BITS = {2: np.int16, 4: np.int32, 8: np.int64}


def _all_bits(mask: np.ndarray, kind: Any) -> np.ndarray:
    """A bool mask as integers of all bits or none: negative while it is bytes, which is a quarter of a pass."""
    return np.negative(mask.view(np.int8)).astype(kind)


def keep_where(x: np.ndarray, mask: np.ndarray, y: np.ndarray) -> None:
    """y = x where `mask`, else 0, for contiguous real floats. Bits.

    Because a product turns inf into NaN and a masked copy is slow.
    """
    kind = _BITS[x.itemsize]
    np.bitwise_and(x.view(kind), _all_bits(mask, kind), out=y.view(kind))


def pick(mask: np.ndarray, yes: Any, no: Any, y: np.ndarray) -> None:
    """y = the number `yes` where `mask`, else the number `no`, for contiguous real floats: bits again, since a random mask defeats `where`."""
    kind = _BITS[y.itemsize]
    high, low = np.array(yes, y.dtype).view(kind), np.array(no, y.dtype).view(kind)
    bits = y.view(kind)
    np.copyto(bits, np.negative(mask.view(np.int8)))
    np.bitwise_and(bits, high ^ low, out=bits)
    np.bitwise_xor(bits, low, out=bits)


def replace_where(mask: np.ndarray, number: Any, y: np.ndarray, x: np.ndarray | None = None) -> None:
    """y = `number` where `mask`, else x, or y itself where there is none; for contiguous real floats."""
    kind = _BITS[y.itemsize]
    value, bits = np.array(number, y.dtype).view(kind), y.view(kind)
    keep = np.subtract(mask.view(np.int8), 1).astype(kind)
    np.bitwise_xor(bits if x is None else x.view(kind), value, out=bits)
    np.bitwise_and(bits, keep, out=bits)
    np.bitwise_xor(bits, value, out=bits)


def blend(mask: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    """y = x where `mask`, in place, for contiguous real floats: `where` and masked copies take five to ten times as long if the mask is
    random.
    """
    kind = _BITS[y.itemsize]
    old, new = y.view(kind), x.view(kind)
    change = _all_bits(mask, kind)
    np.bitwise_and(change, old ^ new, out=change)
    np.bitwise_xor(old, change, out=old)


def sliced(
    body: Callable[..., None], arrays: Sequence[np.ndarray], *params: Any, out: Any, scratch: int = 0, dtype: Any = None
) -> np.ndarray:
    """Run `body(*slices, y, *scratch_slices, *params)` over all elements of the broadcast arrays.

    arrays: inputs of one dtype, any strides, broadcast against each other. out: `...` or the destination, which may be one of the
    inputs: the body then writes a scratch slice, so it may write `y` before its last read of an input. scratch: how many buffers it
    wants. dtype: of the result, where it is not the inputs'. Returns the destination.
    """
    first = arrays[0]
    shape, kind, n = first.shape, first.dtype if dtype is None else dtype, first.size
    if out is ALLOC and n <= BLOCK and all(a.shape == shape for a in arrays):  # one slice: nothing to cut, nothing to share
        dest = np.empty(shape, kind)
        body(*[a.reshape(-1) for a in arrays], dest.reshape(-1), *[np.empty(n, first.dtype) for _ in range(scratch)], *params)
        return dest
    shape = shape if len(arrays) == 1 else np.broadcast_shapes(*(a.shape for a in arrays))
    dest = destination(shape, kind, out)
    n = dest.size
    flat = [_flat(a, shape) for a in arrays]
    direct = dest.flags.c_contiguous
    fresh = out is ALLOC
    y = dest.reshape(-1) if direct else np.empty(n, kind)
    shared = not fresh and direct and any(np.may_share_memory(a, dest) for a in arrays)
    width = min(n, BLOCK)
    buffers = [np.empty(width, arrays[0].dtype) for _ in range(scratch)]
    bounce = np.empty(width, kind) if shared else None
    for lo in range(0, n, BLOCK):
        hi = min(lo + BLOCK, n)
        part = y[lo:hi] if bounce is None else bounce[: hi - lo]
        body(*(a[lo:hi] for a in flat), part, *(b[: hi - lo] for b in buffers), *params)
        if bounce is not None:
            y[lo:hi] = part
    if not direct:
        np.copyto(dest, y.reshape(shape))
    return dest


def _flat(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return (array if array.shape == shape else np.broadcast_to(array, shape)).reshape(-1)


DOUBLES = 8192  # elements of a slice where a function keeps a dozen arrays of doubles: 64 KiB each


def in_doubles(function: Callable[..., np.ndarray], arrays: Sequence[np.ndarray], dtype: Any, out: Any) -> np.ndarray:
    """`function(*slices)` of flat float64 slices, elementwise over the broadcast arrays, as `dtype`. Its temporaries stay in the cache."""
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    flat = [_flat(a, shape) for a in arrays]
    n = flat[0].size
    if out is ALLOC and n <= DOUBLES:
        return function(*(a.astype(np.float64) for a in flat)).astype(dtype, copy=False).reshape(shape)
    y = np.empty(n, dtype)
    for lo in range(0, n, DOUBLES):
        part = slice(lo, min(lo + DOUBLES, n))
        y[part] = function(*(a[part].astype(np.float64) for a in flat))
    return store(y.reshape(shape), out)


def rows(outer: int, length: int) -> Iterator[slice]:
    """Slices over `outer` rows of `length` elements, as many rows at a time as fit a cache-sized block (at least one)."""
    step = max(1, BLOCK // max(1, length))
    for lo in range(0, outer, step):
        yield slice(lo, min(lo + step, outer))


def folded(x: np.ndarray, dim: int) -> np.ndarray:
    """`x` as (outer, size of `dim`, inner), C-contiguous; a view wherever the layout allows one."""
    shape = x.shape or (1,)
    outer, inner = prod(shape[:dim]), prod(shape[dim + 1 :] if dim != -1 else ())
    return np.ascontiguousarray(x).reshape(outer, shape[dim], inner)
