"""Copies and casts between all dtypes, strided on both sides; the one place that knows which raw arrays are bfloat16 or float8."""

from __future__ import annotations

from typing import Any

from .elementwise import evaluate
from .table import kernel, name_of

HALF = ("float16", "bfloat16", "float8_e4m3fn", "float8_e5m2")


def cast(array: Any, source: str, target: str, out: Any = None) -> Any:
    """`array`, which holds dtype `source` (a name), as dtype `target`: rounded to nearest even.

    Complex to real drops the imaginary part, anything to bool asks whether it differs from zero.
    """
    if source == target:
        return copy(array, out)
    return evaluate("a", (array,), [source], out, target)


def copy(array: Any, out: Any = None, shape: tuple[int, ...] | None = None) -> Any:
    """A bit-exact copy, broadcast to `out`'s shape or `shape`: moved as unsigned words, so NaN payloads survive."""
    words = {1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64"}.get(array.dtype.itemsize, array.dtype.name)
    shape = out.shape if out is not None else shape
    if out is None:
        result = evaluate("a", (array.view(words),), [words], None, words, shape or array.shape)
        return result.view(array.dtype)
    evaluate("a", (array.view(words),), [words], out.view(words), words, shape)
    return out


@kernel("clone", half="native")
def clone(self: Any, *_: Any, out: Any = None) -> Any:
    return copy(self, out)


@kernel("copy")
def copy_from(self: Any, source: Any, non_blocking: bool = False, *, out: Any = None) -> Any:
    """`source`, broadcast to the shape of `self` and cast to its dtype."""
    target = self.dtype.name if out is None else out.dtype.name
    return evaluate("a", (source,), [source.dtype.name], out, target, self.shape)


@kernel("_to_copy")
def to_copy(self: Any, dtype: Any, *_: Any, out: Any = None) -> Any:
    """`self` as `dtype`; the array is taken for what its own dtype says."""
    target = self.dtype.name if dtype is None else name_of(dtype)
    return cast(self, self.dtype.name, target, out)


def filled(shape: tuple[int, ...], value: Any, name: str, out: Any = None) -> Any:
    """An array of dtype `name` with one number everywhere."""
    return evaluate("a", (value,), ["float32" if name in HALF else name], out, name, shape)
