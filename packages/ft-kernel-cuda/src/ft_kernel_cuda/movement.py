"""Kernels that move elements: each is a few strided copies between views of its input and its result.

They take any dtype as it is, half types included: what is copied are words of the same size.
"""

from __future__ import annotations

from typing import Any

from .cast import copy, filled
from .runtime import machine
from .table import kernel


def _slice(array: Any, dim: int, start: int, stop: int) -> Any:
    return array[(slice(None),) * dim + (slice(start, stop),)]


@kernel("cat", half="native")
def cat(tensors: list[Any], dim: int, *, out: Any = None) -> Any:
    """The arrays behind each other along `dim`; an empty 1-dim one is passed over, as torch does."""
    here = machine()
    parts = [t for t in tensors if not (t.ndim == 1 and t.shape[0] == 0)] or tensors[:1]
    dim %= parts[0].ndim
    if out is None:
        shape = list(parts[0].shape)
        shape[dim] = sum(p.shape[dim] for p in parts)
        out = here.empty(tuple(shape), parts[0].dtype)
    at = 0
    for part in parts:
        copy(part, _slice(out, dim, at, at + part.shape[dim]))
        at += part.shape[dim]
    return out


@kernel("flip", half="native", inplace=())
def flip(self: Any, dims: tuple[int, ...], *, out: Any = None) -> Any:
    axes = {d % self.ndim for d in dims} if self.ndim else set()
    turned = self[tuple(slice(None, None, -1) if d in axes else slice(None) for d in range(self.ndim))]
    return copy(turned, out if out is not None else machine().empty(self.shape, self.dtype))


@kernel("roll", half="native", inplace=())
def roll(self: Any, shifts: tuple[int, ...], dims: tuple[int, ...], *, out: Any = None) -> Any:
    """Elements moved by `shifts` along `dims`; without dims, along the flattened array."""
    here = machine()
    if not dims:
        flat = roll(self.reshape(-1), shifts, (0,)).reshape(self.shape)
        return flat if out is None else copy(flat, out)
    current = self
    for k, (shift, dim) in enumerate(zip(shifts, dims, strict=True)):
        target = out if out is not None and k == len(dims) - 1 else here.empty(self.shape, self.dtype)
        d = dim % self.ndim
        n = self.shape[d]
        cut = shift % n if n else 0
        copy(_slice(current, d, 0, n - cut), _slice(target, d, cut, n))
        copy(_slice(current, d, n - cut, n), _slice(target, d, 0, cut))
        current = target
    return current


@kernel("repeat", half="native", inplace=())
def repeat(self: Any, repeats: tuple[int, ...], *, out: Any = None) -> Any:
    """Copies of `self` side by side, `repeats[d]` along d; more repeats than dimensions add leading ones."""
    own = (1,) * (len(repeats) - self.ndim) + tuple(self.shape)
    shape = tuple(r * n for r, n in zip(repeats, own, strict=True))
    out = machine().empty(shape, self.dtype) if out is None else out
    if out.size:
        folded = out.reshape([k for pair in zip(repeats, own, strict=True) for k in pair])
        target = folded if out.flags.c_contiguous else machine().empty(folded.shape, self.dtype)
        copy(self.reshape([k for n in own for k in (1, n)]), target)
        if target is not folded:
            copy(target.reshape(shape), out)
    return out


@kernel("constant_pad_nd", inplace=())
def constant_pad_nd(self: Any, pad: tuple[int, ...], value: Any, *, out: Any = None) -> Any:
    """`self` with a border of `value`; `pad` holds (before, after) from the last dimension on, negative ones cut."""
    around = [(0, 0)] * self.ndim
    for k in range(len(pad) // 2):
        around[self.ndim - 1 - k] = (pad[2 * k], pad[2 * k + 1])
    shape = tuple(n + before + after for n, (before, after) in zip(self.shape, around, strict=True))
    out = filled(shape, value, self.dtype.name, out)
    inside = tuple(
        slice(max(before, 0), max(before, 0) + _common(n, pair))
        for n, pair in zip(self.shape, around, strict=True)
        for before in pair[:1]
    )
    source = tuple(slice(max(-b, 0), max(-b, 0) + _common(n, (b, a))) for n, (b, a) in zip(self.shape, around, strict=True))
    copy(self[source], out[inside])
    return out


def _common(n: int, pair: tuple[int, int]) -> int:
    return max(n + min(pair[0], 0) + min(pair[1], 0), 0)
