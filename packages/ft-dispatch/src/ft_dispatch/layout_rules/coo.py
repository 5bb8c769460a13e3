"""COO tensors: taking apart, converting, copying, and moving elements. Source: torch.sparse (2.13), checks and messages.

A rule gets its arguments in canonical form and returns a new tensor; components that do not change are shared, since a record is
never changed (see `ft_core.payload`).
"""

from __future__ import annotations

from math import prod
from typing import Any

from ft_core import Tensor
from ft_core.payload import Coo

from .. import surface as torch
from ..canonical import wrap_dim
from ..layouts import COO, component, composite_rule, layout_rule, replace, write_rule
from ..ops.sparse import coo, coo_merge, coordinates, keys_of, over


def parts(t: Tensor) -> tuple[Tensor, Tensor, int]:
    """(indices, values, how many dimensions are sparse)."""
    record = t._a
    return record.indices, record.values, record.indices._a.shape[0]


def sizes_of_sparse(t: Tensor) -> tuple[int, ...]:
    """Sizes of the sparse dimensions."""
    return t._a.shape[: t._a.indices._a.shape[0]]


def with_values(t: Tensor, values: Tensor) -> Tensor:
    """Other values at the same coordinates."""
    return coo(t._a.indices, values, t._a.shape, t._a.coalesced)


def coalesced(t: Tensor) -> Tensor:
    """`t` with its coordinates sorted and unique; itself if they are."""
    return t if t._a.coalesced else coalesce(t)


@layout_rule("_coalesce", "sparse_coo")
def coalesce(self: Tensor) -> Tensor:
    indices, values, rank = parts(self)
    sizes = self._a.shape[:rank]
    if indices._a.shape[1] < 2:
        return coo(indices.clone(), values.clone(), self._a.shape, True)
    keys, sums = coo_merge(keys_of(indices, sizes), values.contiguous())
    return coo(coordinates(keys, sizes), sums, self._a.shape, True)


@layout_rule("values", "sparse_coo")
def values_of(self: Tensor) -> Tensor:
    return component(self._a.values)


@layout_rule("_to_dense", "sparse_coo")
def to_dense(self: Tensor, dtype: Any, masked_grad: Any) -> Tensor:
    if dtype is not None:
        raise RuntimeError("dtype argument is not supported by sparse_to_dense")
    return added_to(self._a.values.new_zeros(self._a.shape), self)


def added_to(dense: Tensor, t: Tensor, alpha: Any = 1) -> Tensor:
    """Add a COO tensor to a dense contiguous one of its shape, in place."""
    indices, values, rank = parts(t)
    n = indices._a.shape[1]
    if n and dense.numel():
        rows, inner = t._a.shape[:rank], t._a.shape[rank:]
        values = values if alpha == 1 else values * alpha
        flat = dense.view((prod(rows), prod(inner)))
        flat.index_add_(0, keys_of(indices, rows), values.to(dense.dtype).reshape((n, prod(inner))))
    return dense


@layout_rule("_to_sparse", "sparse_coo")
def to_sparse(self: Tensor, layout: Any, blocksize: Any, dense_dim: Any) -> Tensor:
    if layout is None or layout.name == "sparse_coo":
        return self
    from .compressed import from_coo  # noqa: PLC0415  # the two modules convert to each other

    return from_coo(self, layout.name, blocksize)


@layout_rule("_to_sparse.sparse_dim", "sparse_coo")
def to_sparse_dim(self: Tensor, sparse_dim: int) -> Tensor:
    if sparse_dim != self._a.indices._a.shape[0]:
        raise RuntimeError(
            "sparse_coo_to_sparse: conversion from Sparse to Sparse with sparse_dim argument !=self.sparse_dim() is not supported"
        )
    return self


def _compressed(order: str) -> None:
    def convert(self: Tensor, *given: Any) -> Tensor:
        from .compressed import from_coo  # noqa: PLC0415

        return from_coo(self, f"sparse_{order}", given[0] if len(given) == 2 else None)

    layout_rule(f"_to_sparse_{order}", "sparse_coo")(convert)


for _order in ("csr", "csc", "bsr", "bsc"):
    _compressed(_order)


@layout_rule("clone", "sparse_coo")
def clone(self: Tensor, memory_format: Any) -> Tensor:
    if memory_format is not None and memory_format is not torch.preserve_format:
        raise RuntimeError("unsupported memory format option " + memory_format.name.partition("_")[0].title())
    record = self._a
    return coo(record.indices.clone(), record.values.clone(), record.shape, record.coalesced)


@layout_rule("alias", "sparse_coo")
def alias(self: Tensor) -> Tensor:
    return over(Coo(self._a.indices, self._a.values, self._a.shape, self._a.coalesced), self._a.values)


@layout_rule("_to_copy", "sparse_coo")
def to_copy(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, non_blocking: bool, memory_format: Any) -> Tensor:
    record = self._a
    indices, values = record.indices, record.values
    moved = values.to(device=device or values.device, dtype=dtype or values.dtype, copy=True)
    return coo(indices.to(device=moved.device, copy=True), moved, record.shape, record.coalesced)


@write_rule("copy", "sparse_coo")
def copy(x: Tensor, src: Tensor, non_blocking: bool) -> None:
    if not x._k & src._k & COO:
        words = [f"torch.{'sparse.' if t._k & COO else ''}{t.dtype.scalar_name}Tensor" for t in (x, src)]
        raise RuntimeError(
            f"copy_() between dense and sparse Tensors is not implemented! Found self type = {words[0]} and src type = {words[1]}"
        )
    replace(x, to_copy(src, x.dtype, None, x.device, None, False, None))


def empty(shape: tuple[int, ...], sparse_dim: int, like: Tensor) -> Tensor:
    """A COO tensor without elements; `like` is dense and gives dtype and device."""
    indices = like.new_empty((sparse_dim, 0), dtype=torch.int64)
    return coo(indices, like.new_empty((0, *shape[sparse_dim:])), tuple(shape), True)


@layout_rule("empty_like", "sparse_coo")
def empty_like(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, memory_format: Any) -> Tensor:
    like = self._a.values.new_empty((0,), dtype=dtype or self.dtype, device=device or self.device)
    if layout is not None and layout.name == "strided":
        return like.new_empty(self._a.shape)
    return empty(self._a.shape, self._a.indices._a.shape[0], like)


@layout_rule("full_like", "sparse_coo")
def full_like(self: Tensor, fill_value: Any, dtype: Any, layout: Any, device: Any, pin_memory: Any, memory_format: Any) -> Tensor:
    made = empty_like(self, dtype, layout, device, pin_memory, memory_format)
    return made.fill_(fill_value)


@write_rule("fill.Scalar", "sparse_coo")
def fill(x: Tensor, value: Any) -> None:
    if value != 0:
        raise NotImplementedError(
            "Could not run 'aten::fill_.Scalar' with arguments from the 'SparseCPU' backend: a sparse tensor can only be filled with 0"
        )
    replace(x, empty(x._a.shape, x._a.indices._a.shape[0], x._a.values))


# -- sizes and dimensions ----------------------------------------------------------------------------------------------------------


@layout_rule("permute", "sparse_coo")
def permute(self: Tensor, dims: tuple[int, ...]) -> Tensor:
    indices, values, rank = parts(self)
    shape = self._a.shape
    if len(dims) != len(shape):
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of "
            f"dimensions i.e. input.dim() = {len(shape)} is not equal to len(dims) = {len(dims)}"
        )
    dims = tuple(d % len(shape) for d in dims)
    if len(set(dims)) != len(dims):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    outer, inner = dims[:rank], dims[rank:]
    if any(d >= rank for d in outer):
        raise RuntimeError("sparse transpose: transposed dimensions must be sparse Got sparse_dim: "
                           f"{rank}, d0: {outer[0]}, d1: {inner[0]}")  # fmt: skip
    turned = indices if outer == tuple(range(rank)) else indices.index_select(0, torch.tensor(list(outer), device=indices.device))
    values = values.permute((0, *[d - rank + 1 for d in inner])) if inner else values
    same = outer == tuple(range(rank))
    return coo(turned, values, tuple(shape[d] for d in dims), self._a.coalesced and same)


@layout_rule("transpose.int", "sparse_coo")
def transpose(self: Tensor, dim0: int, dim1: int) -> Tensor:
    rank, dims = self._a.indices._a.shape[0], list(range(self.ndim))
    if dim0 != dim1 and (dim0 < rank) != (dim1 < rank):
        raise RuntimeError(f"sparse transpose: transposed dimensions must be sparse Got sparse_dim: {rank}, d0: {dim0}, d1: {dim1}")
    if dims:
        dims[dim0], dims[dim1] = dims[dim1], dims[dim0]
    return permute(self, tuple(dims))


@layout_rule("t", "sparse_coo")
def t(self: Tensor) -> Tensor:
    rank = self._a.indices._a.shape[0]
    if rank > 2 or self.ndim > rank:
        raise RuntimeError(
            f"t() expects a tensor with <= 2 sparse and 0 dense dimensions, but got {rank} sparse and {self.ndim - rank} dense dimensions"
        )
    return self if self.ndim < 2 else transpose(self, 0, 1)


@layout_rule("unsqueeze", "sparse_coo")
def unsqueeze(self: Tensor, dim: int) -> Tensor:
    indices, values, rank = parts(self)
    shape = (*self._a.shape[:dim], 1, *self._a.shape[dim:])
    if dim <= rank:
        row = indices.new_zeros((1, indices._a.shape[1]))
        return coo(torch.cat([indices[:dim], row, indices[dim:]]), values, shape)
    return coo(indices, values.unsqueeze(dim - rank + 1), shape)


def _kept(self: Tensor, held: Tensor, indices: Tensor, shape: tuple[int, ...], coalesced: bool) -> Tensor:
    """The elements at positions `held`, with other coordinates."""
    return coo(indices, self._a.values.index_select(0, held), shape, coalesced)


def _without(indices: Tensor, dim: int) -> Tensor:
    return torch.cat([indices[:dim], indices[dim + 1 :]])


@layout_rule("select.int", "sparse_coo")
def select(self: Tensor, dim: int, index: int) -> Tensor:
    indices, values, rank = parts(self)
    shape = self._a.shape
    if not shape:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    if not -shape[dim] <= index < shape[dim]:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(shape)} at dimension {dim}")
    index = index % shape[dim]
    left = (*shape[:dim], *shape[dim + 1 :])
    if dim >= rank:
        return coo(indices, values.select(dim - rank + 1, index), left, self._a.coalesced)
    held = (indices[dim] == index).nonzero().reshape(-1)
    if rank == 1:
        return values.index_select(0, held).sum(0)
    return _kept(self, held, _without(indices, dim).index_select(1, held), left, self._a.coalesced)


@layout_rule("unbind.int", "sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc")
def unbind(self: Tensor, dim: int) -> tuple[Tensor, ...]:
    return tuple([self.select(dim, i) for i in range(self._a.shape[dim])])


def narrow_copy(self: Tensor, dim: int, start: int, length: int) -> Tensor:
    """A range of one dimension; what lies in it is told by comparing coordinates."""
    indices, values, rank = parts(self)
    shape = self._a.shape
    dim = wrap_dim(dim, len(shape))
    if length < 0 or not 0 <= start <= shape[dim] or start + length > shape[dim]:
        raise RuntimeError(f"Invalid range to narrow. range(start, start+length) must be a subset of range(0, {shape[dim]}).")
    left = (*shape[:dim], length, *shape[dim + 1 :])
    if dim >= rank:
        return coo(indices, values.narrow(dim - rank + 1, start, length).clone(), left, self._a.coalesced)
    held = ((indices[dim] >= start) & (indices[dim] < start + length)).nonzero().reshape(-1)
    taken = indices.index_select(1, held)
    taken[dim] -= start
    return _kept(self, held, taken, left, self._a.coalesced)


@layout_rule("index_select", "sparse_coo")
def index_select(self: Tensor, dim: int, index: Tensor) -> Tensor:
    indices, values, rank = parts(self)
    shape = self._a.shape
    if index.ndim != 1 or index.dtype not in (torch.int32, torch.int64):
        raise IndexError("index_select() argument index must be 1-D long-tensor.")
    n, size = index.shape[0], shape[dim]
    left = (*shape[:dim], n, *shape[dim + 1 :])
    index = index.to(torch.int64)
    if n:
        wrong = ((index < -size) | (index >= size)).nonzero().reshape(-1)
        if wrong.shape[0]:
            raise IndexError(
                f"index_select(): index contains {index[wrong[0]].item()} that is out of range for tensor of size {list(shape)} at dimension {dim}"
            )
    index = torch.where(index < 0, index + size, index)
    if dim >= rank:
        return coo(indices, values.index_select(dim - rank + 1, index), left, self._a.coalesced)
    # all pairs (place in index, element) that agree, from both sorted by what they must agree in
    order = index.argsort(stable=True)
    sought, found = index.index_select(0, order), indices[dim].contiguous()
    lo, hi = torch.searchsorted(sought, found), torch.searchsorted(sought, found, right=True)
    times = hi - lo
    held = torch.repeat_interleave(torch.arange(found.shape[0], device=found.device), times)
    place = order.index_select(0, running(lo, times))
    taken = indices.index_select(1, held)
    taken[dim] = place
    arranged = place.argsort(stable=True) if dim == 0 else keys_of(taken, left[:rank]).argsort(stable=True)
    return _kept(self, held.index_select(0, arranged), taken.index_select(1, arranged), left, False)


def running(lo: Tensor, times: Tensor) -> Tensor:
    """lo[i], lo[i] + 1, … of length times[i], one after the other."""
    total = times.cumsum(0)
    start = torch.repeat_interleave(lo - (total - times), times)
    return start + torch.arange(start.shape[0], device=start.device)


@composite_rule("reshape", "sparse_coo")
def reshape(self: Tensor, shape: Any) -> Tensor:
    raise RuntimeError("reshape is not implemented for sparse tensors")


@layout_rule("expand", "sparse_coo")
def expand(self: Tensor, size: Any, implicit: bool) -> Tensor:
    raise RuntimeError("expand is unsupported for Sparse tensors")


@layout_rule("cat", "sparse_coo")
def cat(tensors: tuple[Tensor, ...], dim: int) -> Tensor:
    for i, each in enumerate(tensors):
        if not each._k & COO:
            raise RuntimeError(f"Concatenating sparse tensors, but a dense tensor was found at position {i}.")
    first = tensors[0]
    rank, shape = first._a.indices._a.shape[0], first._a.shape
    for i, each in enumerate(tensors):
        if each._a.indices._a.shape[0] != rank:
            raise RuntimeError(
                "All tensors must have the same number of sparse and dense dimensions: "
                f"{rank}, {len(shape) - rank}, but tensor at position {i} has {each._a.indices._a.shape[0]}, {each.ndim - rank}."
            )
        if each.ndim != len(shape) or any(a != b for d, (a, b) in enumerate(zip(each._a.shape, shape, strict=True)) if d != dim):
            raise RuntimeError(
                f"All tensors must have the same shape: {list(shape)} (except in the concatenating dimension), but found shape: "
                f"{list(each._a.shape)} at position {i}."
            )
    indices, values, at = [], [], 0
    total = sum(each._a.shape[dim] for each in tensors)
    for each in tensors:
        held, mine = each._a.indices, each._a.values
        if dim < rank:
            if at:
                held = held.clone()
                held[dim] += at
        else:
            wide = list(mine.shape)
            wide[dim - rank + 1] = total
            padded = mine.new_zeros(wide)
            padded.narrow(dim - rank + 1, at, each._a.shape[dim]).copy_(mine)
            mine = padded
        indices.append(held)
        values.append(mine)
        at += each._a.shape[dim]
    return coo(torch.cat(indices, 1), torch.cat(values), (*shape[:dim], total, *shape[dim + 1 :]))


@layout_rule("stack", "sparse_coo")
def stack(tensors: tuple[Tensor, ...], dim: int) -> Tensor:
    return cat(tuple(each.unsqueeze(dim) for each in tensors), dim)


@layout_rule("_sparse_broadcast_to", "sparse_coo")
def broadcast_to(self: Tensor, size: tuple[int, ...]) -> Tensor:
    indices, values, rank = parts(self)
    shape = self._a.shape
    lead = len(size) - len(shape)
    wide, inner = tuple(size[: lead + rank]), tuple(size[lead + rank :])
    values = values.expand((values.shape[0], *inner)) if inner else values
    rows = [indices.new_zeros((indices.shape[1],))] * lead + [indices[d] for d in range(rank)]
    own = (1,) * lead + shape[:rank]
    times = prod(n for n, mine in zip(wide, own, strict=True) if n != mine)
    if times == 1:
        return coo(torch.stack(rows) if rows else indices, values, tuple(size), self._a.coalesced)
    free = [d for d, (n, mine) in enumerate(zip(wide, own, strict=True)) if n != mine]
    extra = coordinates(torch.arange(times, device=indices.device), tuple(wide[d] for d in free))
    count = indices.shape[1]
    full = [row.repeat(times) for row in rows]
    for i, d in enumerate(free):
        full[d] = torch.repeat_interleave(extra[i], count)
    made = coo(torch.stack(full), values.repeat((times, *[1] * (values.ndim - 1))), tuple(size))
    return coalesce(made) if self._a.coalesced else made
