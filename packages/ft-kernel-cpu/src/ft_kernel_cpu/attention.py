"""Scaled dot-product attention in blocks that stay in the cache, and its backward.

One block is some heads times some queries against all their keys, its scores at most `SCORES` elements; no score outlives its
block. The forward leaves the log of each row's sum of exponents, from which the backward makes the probabilities again. A row
whose keys are all masked gives zeros. The scores are kept transposed (keys by queries): NumPy reduces over a slow axis several
times faster.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from .table import ALLOC, kernel, store

Array = np.ndarray
SCORES = 1 << 16  # elements of one block: 256 KiB of float32
ROWS = 128  # queries of one block once a head alone is too large


def blocks(batch: int, heads: int, queries: int, keys: int) -> Iterator[tuple[slice, slice, slice]]:
    """Slices over batch, heads and queries that cover everything, each with at most about SCORES scores."""
    head = queries * keys
    if head * heads <= SCORES:
        step = max(1, SCORES // max(1, head * heads))
        for b in range(0, batch, step):
            yield slice(b, b + step), slice(0, heads), slice(0, queries)
        return
    wide = max(1, SCORES // max(1, head))
    tall = queries if head <= SCORES else max(1, min(queries, max(ROWS, SCORES // keys)))
    for b in range(batch):
        for h in range(0, heads, wide):
            for t in range(0, queries, tall):
                yield slice(b, b + 1), slice(h, h + wide), slice(t, t + tall)


def _part(mask: Array | None, shape: tuple[int, ...], b: slice, h: slice, t: slice) -> Array | None:
    """The mask of one block, transposed as the scores are: (batch, heads, keys, queries)."""
    if mask is None:
        return None
    return np.broadcast_to(mask, shape)[b, h, t].swapaxes(-1, -2)


def _future(queries: slice, count: int, keys: int) -> Array:
    """(keys, queries): True where the key lies behind the query."""
    last = min(queries.stop, count)
    return np.arange(keys)[:, None] > np.arange(queries.start, last)[None, :]


class _Problem:
    """What forward and backward share: shapes, the scaled scores of a block."""

    def __init__(self, q: Array, k: Array, causal: bool, mask: Array | None, scale: float | None) -> None:
        self.q, self.k, self.causal, self.mask = q, k, causal, mask
        self.shape = (*q.shape[:3], k.shape[2])
        self.scale = q.dtype.type(1 / math.sqrt(q.shape[-1]) if scale is None else scale)

    def blocks(self) -> Iterator[tuple[slice, slice, slice]]:
        return blocks(*self.shape)

    def scores(self, b: slice, h: slice, t: slice) -> Array:
        """(batch, heads, keys, queries), masked with -inf."""
        s = np.matmul(self.k[b, h], (self.q[b, h, t] * self.scale).swapaxes(-1, -2))
        part = _part(self.mask, self.shape, b, h, t)
        if part is not None:
            s += part
        if self.causal:
            np.copyto(s, -np.inf, where=_future(t, self.shape[2], self.shape[3]))
        return s


def _wide(half: Any) -> Any:
    """The dtype a half type is computed in."""
    return np.promote_types(half, np.float32) if half.kind == "f" else np.dtype(np.float32)


def _as_operand(x: Array, half: Any) -> Array:
    """x with the precision of `half`: torch's matrix units take probabilities of half types in that type."""
    return x if half == x.dtype else x.astype(half).astype(x.dtype)


@kernel("_scaled_dot_product_flash_attention_for_cpu", inplace=(), half="native")
def attention(
    q: Array, k: Array, v: Array, dropout_p: float, is_causal: bool, attn_mask: Array | None, scale: float | None, *, out: Any
) -> tuple[Array, Array]:
    """softmax(q k^T * scale + mask) v for (batch, heads, length, width); also the rows' log-sum-exp (batch, heads, queries).

    dropout_p must be 0: with dropout the composite takes the road that draws its mask.
    """
    half = q.dtype
    wide = _wide(half)
    q, k, v = (t.astype(wide, copy=False) for t in (q, k, v))
    problem = _Problem(q, k, is_causal, None if attn_mask is None else attn_mask.astype(wide, copy=False), scale)
    batch, heads, queries, _ = problem.shape
    result = np.empty((batch, heads, queries, v.shape[3]), q.dtype)
    lse = np.empty((batch, heads, queries), q.dtype)
    masked = is_causal or attn_mask is not None
    for b, h, t in problem.blocks():
        s = problem.scores(b, h, t)
        top = np.maximum.reduce(s, axis=-2, keepdims=True)
        if masked:
            top[np.isneginf(top)] = 0
        np.subtract(s, top, out=s)
        np.exp(s, out=s)
        total = np.add.reduce(s, axis=-2, keepdims=True)
        lse[b, h, t] = (top + np.log(total))[:, :, 0]
        if masked:
            total[total == 0] = 1
        y = np.matmul(_as_operand(s, half).swapaxes(-1, -2), v[b, h])
        np.divide(y, total.swapaxes(-1, -2), out=result[b, h, t])
    result = result.astype(half, copy=False)
    if out is ALLOC:
        return result, lse
    return store(result, out[0]), store(lse, out[1])


@kernel("_scaled_dot_product_flash_attention_for_cpu_backward", inplace=(), out=False, half="native")
def attention_backward(
    g: Array,
    q: Array,
    k: Array,
    v: Array,
    result: Array,
    lse: Array,
    dropout_p: float,
    is_causal: bool,
    attn_mask: Array | None,
    scale: float | None,
    *,
    out: Any,
) -> tuple[Array, Array, Array]:
    """Gradients of q, k and v: p = exp(scores - lse); ds = p * (g v^T - sum(g * result)); dq = ds k, dk = ds^T q, dv = p^T g.

    Half types are computed in float32, but p and ds are rounded before the products, as torch's matrix units take them.
    """
    half = q.dtype
    wide = _wide(half)
    g, q, k, v, result, lse = (t.astype(wide, copy=False) for t in (g, q, k, v, result, lse))
    problem = _Problem(q, k, is_causal, None if attn_mask is None else attn_mask.astype(wide, copy=False), scale)
    dq = np.empty(q.shape, q.dtype)
    dk, dv = np.zeros(k.shape, k.dtype), np.zeros(v.shape, v.dtype)
    delta = np.einsum("bhtd,bhtd->bht", g, result)[:, :, None]
    base = np.where(np.isfinite(lse), lse, 0)[:, :, None]
    for b, h, t in problem.blocks():
        p = problem.scores(b, h, t)
        p -= base[b, h, :, t]
        np.exp(p, out=p)
        gt = g[b, h, t]
        dv[b, h] += np.matmul(_as_operand(p, half), gt)
        ds = np.matmul(v[b, h], gt.swapaxes(-1, -2))
        ds -= delta[b, h, :, t]
        ds *= p
        ds = _as_operand(ds, half)
        dk[b, h] += np.matmul(ds, q[b, h, t])
        np.matmul(ds.swapaxes(-1, -2), k[b, h], out=dq[b, h, t])
    dq *= problem.scale
    dk *= problem.scale
    return dq.astype(half, copy=False), dk.astype(half, copy=False), dv.astype(half, copy=False)


@kernel("_safe_softmax", inplace=())
def safe_softmax(x: Array, dim: int, dtype: Any, *, out: Any) -> Array:
    """softmax along `dim`; a slice that is all -inf gives zeros."""
    if dtype is not None:
        x = x.astype(dtype.opmath.numpy, copy=False)
    if x.ndim == 0:
        return store(np.ones((), x.dtype), out)
    x = np.ascontiguousarray(x)
    top = np.maximum.reduce(x, axis=dim, keepdims=True)
    top = np.where(np.isneginf(top), np.zeros((), x.dtype), top)
    y = np.exp(x - top)
    total = np.add.reduce(y, axis=dim, keepdims=True)
    y /= np.where(total == 0, np.ones((), x.dtype), total)
    return store(y, out)
