"""COO matrices multiplied: with dense ones by `_coo_mm`, with each other by joining their coordinates. Source: torch.sparse (2.13)."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import surface as torch
from ..layouts import COO, layout_rule
from ..ops.sparse import coo, coo_merge, coo_mm, coordinates, keys_of
from .coo import coalesced, parts, running, transpose


def _flat(t: Tensor) -> tuple[Tensor, Tensor]:
    """Coordinates and values of a COO matrix with two sparse dimensions. RuntimeError for another."""
    indices, values, rank = parts(t)
    if rank != 2 or t.ndim != 2:
        raise RuntimeError(f"addmm: matrices expected, got {rank}D tensor with {t.ndim - rank} dense dimensions")
    return indices, values


def spmm(sparse: Tensor, dense: Tensor) -> Tensor:
    """COO (n, k) @ dense (k, m): dense (n, m)."""
    indices, values = _flat(sparse)
    _same_dtype(sparse, dense)
    return coo_mm(indices[0].contiguous(), indices[1].contiguous(), values.resolve_conj(), dense.resolve_conj(), sparse._a.shape[0])


def _same_dtype(a: Tensor, b: Tensor) -> None:
    if a.dtype is not b.dtype:
        raise RuntimeError(
            f"addmm: expected mat1 and mat2 to have the same dtype, but got: {a.dtype.scalar_name} and {b.dtype.scalar_name}"
        )


def product(a: Tensor, b: Tensor) -> Tensor:
    """a @ b, sparse if both are."""
    if a._k & COO and b._k & COO:
        return spspmm(a, b)
    return spmm(a, b) if a._k & COO else spmm(transpose(b, 0, 1), a.t()).t()


def _check(a: Tensor, b: Tensor) -> None:
    if a.ndim != 2 or b.ndim != 2:
        raise RuntimeError(f"addmm: matrices expected, got {a.ndim}D and {b.ndim}D tensors")
    if a._a.shape[1] != b._a.shape[0]:
        if a._k & COO and not b._k & COO:
            raise RuntimeError(f"addmm: Argument #3 (dense): Expected dim 0 size {a._a.shape[1]}, got {b._a.shape[0]}")
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({a._a.shape[0]}x{a._a.shape[1]} and {b._a.shape[0]}x{b._a.shape[1]})"
        )


@layout_rule("mm", "sparse_coo")
def mm(self: Tensor, mat2: Tensor) -> Tensor:
    _check(self, mat2)
    return product(self, mat2)


@layout_rule("_mm_nt", "sparse_coo")
def mm_nt(self: Tensor, mat2: Tensor) -> Tensor:
    return mm(self, mat2.t())


@layout_rule("_mm_tn", "sparse_coo")
def mm_tn(self: Tensor, mat2: Tensor) -> Tensor:
    return mm(self.t(), mat2)


@layout_rule("_sparse_sparse_matmul", "sparse_coo")
def spspmm(self: Tensor, other: Tensor) -> Tensor:
    """Every element (i, k) of the left meets row k of the right; pairs with one (i, j) add up."""
    _check(self, other)
    _same_dtype(self, other)
    (left, mine), (right, its) = _flat(self), _flat(coalesced(other))
    shape = (self._a.shape[0], other._a.shape[1])
    rows = right[0].contiguous()
    cols = left[1].contiguous()
    lo, hi = torch.searchsorted(rows, cols), torch.searchsorted(rows, cols, right=True)
    times = hi - lo
    held = torch.repeat_interleave(torch.arange(cols.shape[0], device=cols.device), times)
    partner = running(lo, times)
    places = torch.stack([left[0].index_select(0, held), right[1].index_select(0, partner)])
    keys, sums = coo_merge(keys_of(places, shape), mine.index_select(0, held) * its.index_select(0, partner))
    return coo(coordinates(keys, shape), sums, shape, True)


@layout_rule("addmm", "sparse_coo")
def addmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    if mat1._k & COO and mat2._k & COO:
        names = [("Sparse" if t._k & COO else "Strided") for t in (mat1, mat2)]
        raise RuntimeError(
            "addmm_sparse_dense: expected either 'mat1' to have sparse layout and 'mat2' to have strided layout, got 'mat1' with "
            f"layout {names[0]} and 'mat2' with layout {names[1]}"
        )
    if self._k & COO:
        raise NotImplementedError(
            f"Could not run 'aten::addmm' with arguments from the 'SparseCPU' backend: 'self' must be dense, got {self.layout}"
        )
    _check(mat1, mat2)
    made = product(mat1, mat2)
    made = made if alpha == 1 else made * alpha
    return made if beta == 0 else (self if beta == 1 else self * beta) + made


@layout_rule("_sparse_addmm", "sparse_coo")
def sparse_addmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    return addmm(self, mat1, mat2, beta, alpha)


@layout_rule("mv", "sparse_coo")
def mv(self: Tensor, vec: Tensor) -> Tensor:
    if vec._k & COO or not self._k & COO:
        raise NotImplementedError("Could not run 'aten::mv' with arguments from the 'SparseCPU' backend: the vector must be dense")
    if self.ndim != 2 or vec.ndim != 1:
        raise RuntimeError(f"mv: two tensor dim should be 2 and 1, but got SparseTensor Dim: {self.ndim} Tensor Dim: {vec.ndim}")
    if self._a.shape[1] != vec.shape[0]:
        raise RuntimeError("mv: expected self.size(-1) == vec.size(-1)")
    return spmm(self, vec.unsqueeze(1)).squeeze(1)


@layout_rule("addmv", "sparse_coo")
def addmv(self: Tensor, mat: Tensor, vec: Tensor, beta: Any, alpha: Any) -> Tensor:
    made = mv(mat, vec)
    made = made if alpha == 1 else made * alpha
    return made if beta == 0 else (self if beta == 1 else self * beta) + made


@layout_rule("bmm", "sparse_coo")
def bmm(self: Tensor, mat2: Tensor) -> Tensor:
    if mat2._k & COO:
        raise RuntimeError("bmm_sparse: Tensor 'mat2' must be dense")
    if self._a.indices.shape[0] != 3 or mat2.ndim != 3:
        raise RuntimeError(f"bmm_sparse: Tensor 'self' must be 3D but got {self.ndim}D, 'mat2' 3D but got {mat2.ndim}D")
    n, rows, inner = self._a.shape
    if mat2.shape[0] != n or mat2.shape[1] != inner:
        raise RuntimeError(
            f"bmm_sparse: 'self' and 'mat2' must have sizes that go together, got {list(self._a.shape)} and {list(mat2.shape)}"
        )
    indices, values, _ = parts(self)
    width = mat2.shape[2]
    # one product of a block diagonal matrix
    made = coo_mm(
        indices[0] * rows + indices[1], indices[0] * inner + indices[2], values, mat2.reshape((n * inner, width)), n * rows
    )
    return made.view((n, rows, width))


@layout_rule("hspmm", "sparse_coo")
def hspmm(mat1: Tensor, mat2: Tensor) -> Tensor:
    _check(mat1, mat2)
    indices, values = _flat(coalesced(mat1))
    shape = (mat1._a.shape[0], mat2.shape[1])
    rows, place = torch.unique_consecutive(indices[0].contiguous(), return_inverse=True)
    made = coo_mm(place, indices[1].contiguous(), values, mat2, rows.shape[0])
    return coo(rows.unsqueeze(0), made, shape, False)


@layout_rule("sspaddmm", "sparse_coo")
def sspaddmm(self: Tensor, mat1: Tensor, mat2: Tensor, beta: Any, alpha: Any) -> Tensor:
    if mat2._k & COO or not self._k & mat1._k & COO:
        raise RuntimeError("sspaddmm: Argument #1, #2: expected sparse tensors, and a dense one as argument #3")
    _check(mat1, mat2)
    rows = hspmm(mat1, mat2)
    if rows._a.shape != self._a.shape:
        raise RuntimeError(f"sspaddmm: Argument #1: Expected size {list(rows._a.shape)}, got {list(self._a.shape)}")
    width = mat2.shape[1]
    n = rows._a.indices.shape[1]
    cols = torch.arange(width, device=mat2.device).repeat(n)
    places = torch.stack([torch.repeat_interleave(rows._a.indices[0], width), cols])
    full = coo(places, rows._a.values.reshape(-1) * alpha, rows._a.shape)
    return coo(
        torch.cat([self._a.indices, places], 1),
        torch.cat([self._a.values * beta, full._a.values.to(self.dtype)]),
        self._a.shape,
    )
