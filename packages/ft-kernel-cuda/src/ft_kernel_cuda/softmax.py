"""Kernels of softmax and log_softmax and their backwards.

A block of threads has one row; it reads the row three times (largest, sum, result), the later ones from the cache.
"""

from __future__ import annotations

from typing import Any

from .launch import BLOCK, Words, coalesce
from .runtime import machine
from .source import STORAGE
from .table import kernel


def _rows(x: Any, y: Any, dim: int, log: bool, out: Any) -> Any:
    """Launch over `x` (or the gradient) and, for a backward, the output `y`, along `dim`."""
    here = machine()
    out = here.empty(x.shape, x.dtype) if out is None else out
    if out.size == 0:
        return out
    arrays = (out, x, y if y is not None else x)
    dim = dim % x.ndim if x.ndim else 0
    rest = [d for d in range(x.ndim) if d != dim]
    sizes, steps = coalesce([x.shape[d] for d in rest], [[a.strides[d] for d in rest] for a in arrays])
    length = x.shape[dim] if x.ndim else 1
    words = Words()
    words.put(0, x.size // length, len(sizes), length, *sizes)
    words.put(15, *(here.pointer(a) for a in arrays))
    for k, (array, step) in enumerate(zip(arrays, steps, strict=True)):
        words.put(18 + 12 * k, *step)
        words.put(54 + k, array.strides[dim] if x.ndim else 0)
    storage = STORAGE[x.dtype.name]
    macros = [("FT_T0", storage), ("FT_R", storage), ("FT_LOG", str(int(log)))]
    if y is not None:
        macros.append(("FT_BACKWARD", "1"))
    threads = min(BLOCK, max(32, 1 << (length - 1).bit_length()))
    here.launch("softmax.cu", tuple(macros), "ft_softmax", min(words.values[0], 1 << 16), threads, words.pack())
    return out


@kernel("_softmax")
def softmax(x: Any, dim: int, half_to_float: bool, *, out: Any = None) -> Any:
    return _rows(x, None, dim, False, out)


@kernel("_log_softmax")
def log_softmax(x: Any, dim: int, half_to_float: bool, *, out: Any = None) -> Any:
    return _rows(x, None, dim, True, out)


@kernel("_softmax_backward_data")
def softmax_backward(grad: Any, output: Any, dim: int, input_dtype: Any, *, out: Any = None) -> Any:
    return _rows(grad, output, dim, False, out)


@kernel("_log_softmax_backward_data")
def log_softmax_backward(grad: Any, output: Any, dim: int, input_dtype: Any, *, out: Any = None) -> Any:
    return _rows(grad, output, dim, True, out)
