"""Kernels that make arrays from numbers: constants, ranges, identities, triangles. Values are computed from the element's index."""

from __future__ import annotations

from typing import Any

from .cast import filled
from .elementwise import evaluate
from .runtime import machine
from .table import array_dtype, kernel, name_of


def _name(dtype: Any, out: Any, default: str = "float32") -> str:
    if dtype is not None:
        return name_of(dtype)
    return out.dtype.name if out is not None else default


@kernel("empty.memory_format", half="native")
def empty(size: tuple[int, ...], dtype: Any, *_: Any, out: Any = None) -> Any:
    """An array with undefined contents."""
    return machine().empty(tuple(size), array_dtype(_name(dtype, out))) if out is None else out


@kernel("full", half="native")
def full(size: tuple[int, ...], fill_value: Any, dtype: Any, *_: Any, out: Any = None) -> Any:
    return filled(tuple(size), fill_value, _name(dtype, out), out)


@kernel("zeros", half="native")
def zeros(size: tuple[int, ...], dtype: Any, *_: Any, out: Any = None) -> Any:
    return filled(tuple(size), 0, _name(dtype, out), out)


@kernel("ones", half="native")
def ones(size: tuple[int, ...], dtype: Any, *_: Any, out: Any = None) -> Any:
    return filled(tuple(size), 1, _name(dtype, out), out)


@kernel("fill.Scalar")
@kernel("fill.Tensor")
def fill(self: Any, value: Any, *, out: Any = None) -> Any:
    """`value` (a number, or a 0-dim array) in the shape of `self`."""
    name = self.dtype.name
    return evaluate("a", (value,), [name], out, name, self.shape)


@kernel("arange.start_step")
def arange(start: Any, end: Any, step: Any, dtype: Any, *_: Any, out: Any = None) -> Any:
    """start + i * step for the ceil((end - start) / step) elements of [start, end); computed in int64 or float64."""
    whole = all(isinstance(v, int) for v in (start, end, step))
    count = -((start - end) // step) if whole else int(-((start - end) / step // 1)) if step else 0
    name, kind = _name(dtype, out, "int64" if whole else "float32"), "int64" if whole else "float64"
    return evaluate("a + (T)i * b", (start, step), [kind, kind], out, name, (max(int(count), 0),))


@kernel("linspace")
def linspace(start: Any, end: Any, steps: int, dtype: Any, *_: Any, out: Any = None) -> Any:
    """`steps` numbers from start to end, counted from the nearer end, so that both are met exactly."""
    step = (end - start) / (steps - 1) if steps > 1 else 0.0
    expression = "i < (i64)c / 2 || c < 2 ? a + (T)i * b : d - (c - 1 - (T)i) * b"
    numbers = (float(start), float(step), float(steps), float(end))
    return evaluate(expression, numbers, ["float64"] * 4, out, _name(dtype, out), (steps,))


@kernel("eye.m")
def eye(n: int, m: int, dtype: Any, *_: Any, out: Any = None) -> Any:
    return evaluate("i % b == i / b ? 1 : 0", (0, m), ["int64", "int64"], out, _name(dtype, out), (n, m))


def _triangle(self: Any, diagonal: int, keep: str, out: Any) -> Any:
    rows, columns = self.shape[-2:]
    expression = f"i % b - i / b % c {keep} d ? a : To<T>::from(0)"
    name = self.dtype.name
    return evaluate(expression, (self, columns, rows, diagonal), [name, "int64", "int64", "int64"], out, name)


@kernel("tril")
def tril(self: Any, diagonal: int, *, out: Any = None) -> Any:
    return _triangle(self, diagonal, "<=", out)


@kernel("triu")
def triu(self: Any, diagonal: int, *, out: Any = None) -> Any:
    return _triangle(self, diagonal, ">=", out)
