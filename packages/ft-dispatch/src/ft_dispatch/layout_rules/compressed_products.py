"""CSR, CSC, BSR and BSC: sums and products, of two such tensors and with dense ones. Source: torch.sparse (2.13).

A product with a dense matrix is `_coo_mm` over the elements; CSR lists them by rows, so nothing is sorted there.
"""

from __future__ import annotations

from math import prod
from typing import Any

from ft_core import Tensor
from ft_core.shapes import broadcast_shapes

from .. import surface as torch
from ..layouts import COMPRESSED, COO, SPARSE, layout_rule, missing
from ..meta import common_dtype
from ..ops._sparse_bindings import word_of
from ..ops.sparse import coo_mm
from ..registry import OPS
from .compressed import ALL, back, elements, same_places, single, to_coo, transpose, with_values

MIXED = " ".join(f"sparse_coo+{name}" for name in ALL.split())
PAIRS = " ".join(f"{a}+{b}" for i, a in enumerate(ALL.split()) for b in ALL.split()[i + 1 :])


def _plain(t: Any) -> Any:
    """A compressed tensor as COO, anything else as it is."""
    return to_coo(t) if isinstance(t, Tensor) and t._k & COMPRESSED else t


# -- elementwise ------------------------------------------------------------------------------------------------------------------------


@layout_rule("add.Tensor", ALL)
def add(self: Any, other: Any, alpha: Any) -> Tensor:
    both = [isinstance(t, Tensor) and bool(t._k & COMPRESSED) for t in (self, other)]
    if not all(both):
        dense, sparse, scale = (self, other, alpha) if both[1] else (other, self, 1)
        if not isinstance(dense, Tensor):
            raise RuntimeError("add(sparse_csr, number) is not supported; add a dense tensor of the same size")
        if both[0] and alpha != 1:
            dense = dense * alpha
        return OPS["add.Tensor"](dense, to_coo(sparse), alpha=scale)
    if self._a.shape != other._a.shape:
        raise RuntimeError("torch.add: Expected input tensors to have the same shape")
    if same_places(self, other):
        kind = common_dtype([self, other])
        return with_values(self, OPS["add.Tensor"](self._a.values.to(kind), other._a.values.to(kind), alpha=alpha))
    return back(OPS["add.Tensor"](to_coo(self), to_coo(other), alpha=alpha), self)


@layout_rule("mul.Tensor", ALL)
def mul(self: Any, other: Any) -> Tensor:
    both = [isinstance(t, Tensor) and bool(t._k & COMPRESSED) for t in (self, other)]
    sparse, factor = (self, other) if both[0] else (other, self)
    if not isinstance(factor, Tensor) or (factor.ndim == 0 and not all(both)):
        return with_values(sparse, OPS["mul.Tensor"](sparse._a.values, factor))
    if all(both):
        if same_places(self, other):
            return with_values(self, self._a.values * other._a.values)
        return back(OPS["mul.Tensor"](to_coo(self), to_coo(other)), self)
    shape = broadcast_shapes(sparse._a.shape, factor._a.shape)
    if shape != sparse._a.shape:
        raise RuntimeError(f"mul: a {word_of(sparse)} tensor of size {list(sparse._a.shape)} does not broadcast to {list(shape)}")
    return with_values(sparse, sparse._a.values * taken_at(factor.expand(shape), sparse))


def taken_at(dense: Tensor, t: Tensor) -> Tensor:
    """The values, in the shape of t's values, that a dense tensor of t's shape has at t's places."""
    r = t._a
    rank = r.compressed.ndim - 1
    batch, row, col, _ = single(t)
    flat = dense.reshape((prod(r.shape[:rank]), *r.shape[rank:]))
    return flat[batch, row, col].reshape(r.values.shape)


@layout_rule("sparse_mask", ALL)
def sparse_mask(self: Tensor, mask: Tensor) -> Tensor:
    if not mask._k & COMPRESSED:
        raise RuntimeError(f"sparse_mask: a mask of layout {self.layout} is expected, got {mask.layout}")
    if self._a.shape != mask._a.shape:
        raise RuntimeError(
            f"sparse_mask(): operands have incompatible sizes; self has size {list(self._a.shape)} but mask has size {list(mask._a.shape)}"
        )
    if not self._k & SPARSE:
        return with_values(mask, taken_at(self, mask))
    if same_places(self, mask):
        return self
    return back(to_coo(self).sparse_mask(to_coo(mask)), mask)


@layout_rule("sparse_mask", PAIRS)
def sparse_mask_of_two(self: Tensor, mask: Tensor) -> Tensor:
    return with_values(mask, taken_at(to_coo(self).to_dense(), mask))


@layout_rule("sparse_mask", MIXED)
def sparse_mask_mixed(self: Tensor, mask: Tensor) -> Tensor:
    if mask._k & COO:
        return to_coo(self).sparse_mask(mask)
    return with_values(mask, taken_at(self.to_dense(), mask))


# -- sums -------------------------------------------------------------------------------------------------------------------------------


@layout_rule("sum", ALL)
def sum_all(self: Tensor, dtype: Any) -> Tensor:
    return self._a.values.sum(dtype=dtype)


@layout_rule("sum.dim_IntList", ALL)
def sum_dim(self: Tensor, dim: Any, keepdim: bool, dtype: Any) -> Tensor:
    dims = tuple(range(self.ndim)) if dim is None else tuple(d % self.ndim for d in dim)
    if self.layout.name != "sparse_csr":
        missing(OPS["sum.dim_IntList"], self._k)
    if not keepdim:
        raise RuntimeError("reduction operations on CSR tensors with keepdim=False is unsupported")
    if self._a.compressed.ndim > 1 or self._a.values.ndim > 1:
        raise RuntimeError("reduction operations on batched CSR tensors, and on those with dense dimensions, are unsupported")
    made = to_coo(self)
    if sorted(dims) == [0, 1]:
        return made._a.values.sum(dtype=dtype).reshape((1, 1)).to_sparse_csr()
    rows, cols = made._a.shape
    summed = made.sum(dims, dtype=dtype).coalesce()
    places = summed._a.indices
    zero = torch.zeros_like(places)
    shape = (1, cols) if dims == (0,) else (rows, 1)
    pair = torch.cat([zero, places] if dims == (0,) else [places, zero])
    return torch.sparse_coo_tensor(pair, summed._a.values, shape, is_coalesced=True).to_sparse_csr()


# -- products -----------------------------------------------------------------------------------------------------------------------------


def _check(a: Tensor, b: Tensor) -> None:
    if a.ndim != 2 or b.ndim != 2:
        raise RuntimeError(f"mm: matrices expected, got {a.ndim}D and {b.ndim}D tensors")
    if a._a.shape[1] != b._a.shape[0]:
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({a._a.shape[0]}x{a._a.shape[1]} and {b._a.shape[0]}x{b._a.shape[1]})"
        )


def spmm(sparse: Tensor, dense: Tensor) -> Tensor:
    """A compressed matrix times a dense one: dense."""
    _, row, col, values = single(sparse)
    if values.ndim != 1 or sparse._a.compressed.ndim != 1:
        raise RuntimeError("mm: a compressed tensor with batch or dense dimensions is not a matrix")
    return coo_mm(row.contiguous(), col.contiguous(), values.resolve_conj(), dense.resolve_conj(), sparse._a.shape[0])


def product(a: Tensor, b: Tensor) -> Tensor:
    """a @ b, sparse if both are: in CSR, in CSC if both are CSC, in blocks if the left one is."""
    sparse = [bool(t._k & SPARSE) for t in (a, b)]
    if all(sparse):
        made = OPS["mm"](_plain(a), _plain(b))
        orders = {t.layout.name for t in (a, b)}
        return made.to_sparse_csc() if orders == {"sparse_csc"} else made.to_sparse_csr()
    return spmm(a, b) if sparse[0] else spmm(transpose(b, 0, 1), a.t()).t()


@layout_rule("mm", f"{ALL} {PAIRS} {MIXED}")
def mm(self: Tensor, mat2: Tensor) -> Tensor:
    _check(self, mat2)
    return product(self, mat2)


@layout_rule("_sparse_sparse_matmul", f"{ALL} {PAIRS} {MIXED}")
def sparse_matmul(self: Tensor, other: Tensor) -> Tensor:
    return mm(self, other)


@layout_rule("_mm_nt", ALL)
def mm_nt(self: Tensor, mat2: Tensor) -> Tensor:
    return mm(self, mat2.t())


@layout_rule("_mm_tn", ALL)
def mm_tn(self: Tensor, mat2: Tensor) -> Tensor:
    return mm(self.t(), mat2)


@layout_rule("addmm", ALL)
def addmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    _check(mat1, mat2)
    made = product(mat1, mat2)
    made = made if alpha == 1 else made * alpha
    return made if beta == 0 else (self if beta == 1 else self * beta) + made


@layout_rule("_sparse_addmm", ALL)
def sparse_addmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    return addmm(self, mat1, mat2, beta, alpha)


@layout_rule("mv", ALL)
def mv(self: Tensor, vec: Tensor) -> Tensor:
    if vec._k & SPARSE or self.ndim != 2 or vec.ndim != 1 or self._a.shape[1] != vec.shape[0]:
        raise RuntimeError(f"size mismatch, got input ({'x'.join(map(str, self._a.shape))}), vec ({'x'.join(map(str, vec.shape))})")
    return spmm(self, vec.unsqueeze(1)).squeeze(1)


@layout_rule("addmv", ALL)
def addmv(self: Tensor, mat: Tensor, vec: Tensor, beta: Any, alpha: Any) -> Tensor:
    made = mv(mat, vec)
    made = made if alpha == 1 else made * alpha
    return made if beta == 0 else (self if beta == 1 else self * beta) + made


@layout_rule("sparse_sampled_addmm", "sparse_csr")
def sampled_addmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    """Only the products that are asked for are made: row of mat1 times column of mat2, for every place of self."""
    if not self._k & COMPRESSED:
        missing(OPS["sparse_sampled_addmm"], self._k)
    if mat1._k & SPARSE or mat2._k & SPARSE:
        raise RuntimeError("sampled_addmm: Expected mat1 and mat2 to have strided layout")
    for at, what, held, wanted in (
        (-2, "mat1.shape[-2]", mat1.shape[-2], self._a.shape[-2]),
        (-1, "mat2.shape[-1]", mat2.shape[-1], self._a.shape[-1]),
    ):
        if held != wanted:
            raise RuntimeError(f"sampled_addmm: self.shape[{at}] must match {what}")
    if mat1.shape[-1] != mat2.shape[-2]:
        raise RuntimeError(
            f"sampled_addmm: mat1 and mat2 shapes cannot be multiplied ({mat1.shape[-2]}x{mat1.shape[-1]} and "
            f"{mat2.shape[-2]}x{mat2.shape[-1]})"
        )
    batch, row, col, _ = elements(self)
    batches = prod(self._a.shape[:-2])
    left = mat1.reshape((batches, *mat1.shape[-2:]))[batch, row]
    right = mat2.mT.reshape((batches, mat2.shape[-1], mat2.shape[-2]))[batch, col]
    made = (left * right).sum(-1).reshape(self._a.values.shape)
    made = made if alpha == 1 else made * alpha
    return with_values(self, made if beta == 0 else self._a.values * beta + made)


@layout_rule("_sparse_mm_reduce_impl", "sparse_csr")
def mm_reduce(self: Tensor, other: Tensor, reduce: str) -> tuple[Tensor, Tensor]:
    """Rows of other, weighted, reduced over the elements of each row of self; and, for amax and amin, which element each came from."""
    if reduce not in ("sum", "mean", "amax", "amin"):
        raise RuntimeError(f"sparse_mm_reduce: reduce type of {reduce} has not been enabled.")
    if other._k & SPARSE:
        raise RuntimeError("sparse_mm_reduce: Expected other to have strided layout")
    _check(self, other)
    crow = self._a.compressed.to(torch.int64)
    counts = crow.diff()
    none = crow.new_empty((0,))
    if reduce in ("sum", "mean"):
        made = spmm(self, other)
        if reduce == "mean":
            made = made / counts.clamp(min=1).to(made.dtype).unsqueeze(1)
        return made, none
    _, row, col, values = elements(self)
    taken = other.index_select(0, col) * values.unsqueeze(1)
    start = other.new_full((self._a.shape[0], other.shape[1]), float("-inf") if reduce == "amax" else float("inf"))
    at = row.unsqueeze(1).expand(taken.shape)
    best = start.scatter_reduce(0, at, taken, reduce)
    held = taken == best.index_select(0, row)
    nnz = row.shape[0]
    place = torch.arange(nnz, device=row.device).unsqueeze(1).expand(taken.shape)
    first = torch.full(start.shape, nnz, dtype=torch.int64, device=row.device)
    first = first.scatter_reduce(0, at, torch.where(held, place, nnz), "amin")
    empty = (counts == 0).unsqueeze(1)
    return torch.where(empty, 0.0, best).to(other.dtype), first


@layout_rule("_sparse_mm_reduce_impl_backward", "sparse_csr")
def mm_reduce_backward(
    self: Tensor, grad_out: Tensor, weight: Tensor, reduce: str, arg_out: Tensor, output_mask: Any
) -> tuple[Any, Any]:
    """(gradient of the CSR matrix, of the dense one)."""
    crow = self._a.compressed.to(torch.int64)
    _, row, col, values = elements(self)
    g = grad_out
    if reduce == "mean":
        g = g / crow.diff().clamp(min=1).to(g.dtype).unsqueeze(1)
    spread = g.index_select(0, row)
    if reduce in ("amax", "amin"):
        place = torch.arange(row.shape[0], device=row.device).unsqueeze(1)
        spread = torch.where(arg_out.index_select(0, row) == place, spread, 0.0).to(g.dtype)
    left = None
    if output_mask[0]:
        wide = g.dtype.opmath  # one dot product an element, rounded once
        left = with_values(self, (spread.to(wide) * weight.index_select(0, col).to(wide)).sum(1).to(g.dtype))
    if not output_mask[1]:
        return left, None
    right = weight.new_zeros(weight.shape).index_add(0, col, spread * values.unsqueeze(1))
    return left, right
