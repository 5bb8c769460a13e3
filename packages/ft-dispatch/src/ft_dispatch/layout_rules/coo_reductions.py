"""COO tensors: sums over dimensions, norms, and softmax over the elements that are there. Source: torch.sparse (2.13)."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import surface as torch
from ..canonical import wrap_dim
from ..layouts import COO, layout_rule
from ..ops.sparse import coo, keys_of
from .coo import coalesce, coalesced, parts, with_values
from .coo_arithmetic import sparse_mask


@layout_rule("sum", "sparse_coo")
def sum_all(self: Tensor, dtype: Any) -> Tensor:
    return self._a.values.sum(dtype=dtype)


def _dims(self: Tensor, dim: Any) -> tuple[int, ...]:
    dims = (dim,) if isinstance(dim, int) else tuple(dim)
    found: list[int] = []
    for d in dims:
        d = wrap_dim(d, self.ndim)
        if d in found:
            raise RuntimeError(f"dim {d} appears multiple times in the list of dims")
        found.append(d)
    return tuple(found)


def summed(self: Tensor, dims: tuple[int, ...], dtype: Any) -> Tensor:
    """Summed over `dims`; dense where no sparse dimension is left."""
    indices, values, rank = parts(self)
    inner = [d - rank + 1 for d in dims if d >= rank]
    outer = [d for d in dims if d < rank]
    kind = dtype or (torch.int64 if values.dtype.category < 2 else values.dtype)
    values = values.sum(inner, dtype=kind) if inner else values.to(kind)
    left = tuple(n for d, n in enumerate(self._a.shape) if d not in dims)
    if len(outer) == rank and rank:
        return values.sum(0)
    if not outer:
        return coo(indices, values, left, self._a.coalesced)
    return coalesce(coo(torch.stack([indices[d] for d in range(rank) if d not in outer]), values, left))


@layout_rule("sum.dim_IntList", "sparse_coo")
def sum_dim(self: Tensor, dim: Any, keepdim: bool, dtype: Any) -> Tensor:
    dims = _dims(self, tuple(range(self.ndim)) if dim is None else dim)
    if not dims:
        return self if dtype is None else self.to(dtype)
    made = summed(coalesced(self), dims, dtype)
    for d in sorted(dims) if keepdim else ():
        made = made.unsqueeze(d)
    return made


@layout_rule("_sparse_sum.dim", "sparse_coo")
def sparse_sum(self: Tensor, dim: Any) -> Tensor:
    dims = _dims(self, dim)
    if not self._a.indices.shape[1]:
        raise RuntimeError(
            "_sparse_sum: sparse tensor self._nnz() == 0, please call torch.sparse.sum(self, dim) with a nonempty tensor"
        )
    return summed(coalesced(self), dims, self.dtype)


@layout_rule("_sparse_sum_backward", "sparse_coo")
def sparse_sum_backward(grad: Tensor, self: Tensor, dim: tuple[int, ...]) -> Tensor:
    """The cotangent's values at the coordinates of self, which is coalesced first."""
    dims = _dims(self, dim)
    held = coalesced(self)
    indices, values, rank = parts(held)
    outer = [d for d in dims if d < rank]
    if not grad._k & COO:
        g = grad
        for d in sorted(d - rank for d in dims if d >= rank):
            g = g.unsqueeze(d)
        return with_values(held, g.unsqueeze(0).expand(values.shape).clone())
    g = coalesced(grad)
    rows = [indices[d] for d in range(rank) if d not in outer]
    sizes = tuple(n for d, n in enumerate(self._a.shape[:rank]) if d not in outer)
    mask = coo(torch.stack(rows), values.new_zeros((indices.shape[1], *g._a.values.shape[1:])), g._a.shape)
    taken = sparse_mask(g, mask)._a.values if sizes else g._a.values
    for d in sorted(d - rank + 1 for d in dims if d >= rank):
        taken = taken.unsqueeze(d)
    return with_values(held, taken.expand(values.shape).clone())


@layout_rule("linalg_vector_norm", "sparse_coo")
def norm(self: Tensor, ord: Any, dim: Any, keepdim: bool, dtype: Any) -> Tensor:
    if dim is not None and len(_dims(self, dim)) not in (0, self.ndim):
        raise RuntimeError(
            "norm_sparse currently only supports full reductions, so 'dim' must either be empty or contain all dimensions of the input"
        )
    if keepdim:
        raise RuntimeError("norm_sparse currently does not support keepdim=True")
    return torch.linalg.vector_norm(coalesced(self)._a.values, ord, dtype=dtype)


@layout_rule("any", "sparse_coo")
def any_all(self: Tensor) -> Tensor:
    return coalesced(self)._a.values.any()


# -- softmax ------------------------------------------------------------------------------------------------------------------------------


def _pools(t: Tensor, dim: int) -> tuple[Tensor, int]:
    """For each element the number of the line along `dim` it lies in, and how many lines there are."""
    indices, _, rank = parts(t)
    rows = torch.cat([indices[:dim], indices[dim + 1 :]])
    sizes = t._a.shape[:dim] + t._a.shape[dim + 1 : rank]
    lines, place = torch.unique(keys_of(rows, sizes), return_inverse=True)
    return place, lines.shape[0]


def _total(values: Tensor, place: Tensor, n: int) -> Tensor:
    return values.new_zeros((n, *values.shape[1:])).index_add(0, place, values).index_select(0, place)


def _softmax(self: Tensor, dim: int, log: bool) -> Tensor:
    t = coalesced(self)
    _, values, rank = parts(t)
    if dim >= rank:
        return with_values(t, values.log_softmax(dim - rank + 1) if log else values.softmax(dim - rank + 1))
    place, n = _pools(t, dim)
    at = place.reshape((-1, *[1] * (values.ndim - 1))).expand(values.shape)
    top = values.new_full((n, *values.shape[1:]), float("-inf")).scatter_reduce(0, at, values, "amax")
    shifted = values - top.index_select(0, place)
    total = _total(shifted.exp(), place, n)
    return with_values(t, shifted - total.log() if log else shifted.exp() / total)


@layout_rule("_sparse_softmax", "sparse_coo")
def sparse_softmax(self: Tensor, dim: int, half_to_float: bool) -> Tensor:
    return _softmax(self, dim, False)


@layout_rule("_sparse_log_softmax", "sparse_coo")
def sparse_log_softmax(self: Tensor, dim: int, half_to_float: bool) -> Tensor:
    return _softmax(self, dim, True)


def _softmax_backward(grad: Tensor, output: Tensor, dim: int, log: bool) -> Tensor:
    out = coalesced(output)
    _, y, rank = parts(out)
    g = coalesced(sparse_mask(grad, out))._a.values
    if dim >= rank:
        at = dim - rank + 1
        return with_values(out, g - y.exp() * g.sum(at, True) if log else y * (g - (g * y).sum(at, True)))
    place, n = _pools(out, dim)
    if log:
        return with_values(out, g - y.exp() * _total(g, place, n))
    return with_values(out, y * (g - _total(g * y, place, n)))


@layout_rule("_sparse_softmax_backward_data", "sparse_coo")
def sparse_softmax_backward(grad_output: Tensor, output: Tensor, dim: int, self: Tensor) -> Tensor:
    return _softmax_backward(grad_output, output, dim, False)


@layout_rule("_sparse_log_softmax_backward_data", "sparse_coo")
def sparse_log_softmax_backward(grad_output: Tensor, output: Tensor, dim: int, self: Tensor) -> Tensor:
    return _softmax_backward(grad_output, output, dim, True)
