"""Functions of torch.sparse: products, sums and softmax of sparse tensors, with the gradients that namespace promises.

Source: torch.sparse (2.13).
"""

from ft_core import int64

from ..registry import OPS, binding
from . import sparse as s
from ._sparse_bindings import WORDS, coalesce, empty_coo


@binding("sparse_mm", method=False, function=False, python="sparse.mm", aliases="_sparse_mm")
def sparse_mm(mat1, mat2, reduce=None):
    """mat1 @ mat2 where at least one may be sparse; the gradient of a sparse one is sparse, with values where it has some.

    `reduce` ("sum", "mean", "amax", "amin"; CSR times dense): how products of a row come together. Source: torch.sparse.mm.
    """
    if reduce is not None:
        return s.mm_reduce.wrapper(mat1, mat2, reduce)[0]
    if s.is_sparse(mat1) and s.is_sparse(mat2):
        return s.sparse_matmul.wrapper(mat1, mat2)
    if not s.is_sparse(mat1) and not s.is_sparse(mat2):
        return OPS["mm"].wrapper(mat1, mat2)
    if mat1.ndim != 2 or mat2.ndim != 2 or mat1.shape[1] != mat2.shape[0]:
        return OPS["mm"].wrapper(mat1, mat2)  # it has the words
    zero = (mat2 if s.is_sparse(mat1) else mat1).new_zeros((mat1.shape[0], mat2.shape[1]))
    if s.is_sparse(mat1):
        return s.sparse_addmm.wrapper(zero, mat1, mat2, beta=0, alpha=1)
    return s.sparse_addmm.wrapper(zero.t(), mat2.transpose(0, 1), mat1.transpose(0, 1), beta=0, alpha=1).transpose(0, 1)


@binding("sparse_addmm", method=False, function=False, python="sparse.addmm")
def sparse_addmm(input, mat1, mat2, *, beta=1, alpha=1):
    """beta input + alpha mat1 @ mat2 with a sparse mat1, whose gradient is sparse. Source: torch.sparse.addmm."""
    if not s.is_sparse(mat1):
        return OPS["addmm"].wrapper(input, mat1, mat2, beta=beta, alpha=alpha)
    return s.sparse_addmm.wrapper(input, mat1, mat2, beta=beta, alpha=alpha)


@binding("sparse_sum", method=False, function=False, python="sparse.sum")
def sparse_sum(input, dim=None, dtype=None):
    """Summed over all dimensions, or over some; the gradient is sparse. Source: torch.sparse.sum."""
    t = input if dtype is None else input.to(dtype)
    if dim is None:
        return coalesce(t).values().sum()
    return s.sparse_sum.wrapper(t, (dim,) if isinstance(dim, int) else tuple(dim))


def _soft(name, op):
    def function(input, dim, *, dtype=None):
        return op.wrapper(input if dtype is None else input.to(dtype), dim, False)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{name} over the elements of a COO tensor that are there. Source: torch.sparse.{name}."
    binding(f"sparse_{name}", method=False, function=False, python=f"sparse.{name}")(function)


_soft("softmax", s.sparse_softmax)
_soft("log_softmax", s.sparse_log_softmax)


@binding("sparse_spdiags", method=False, function=False, python="sparse.spdiags")
def spdiags(diagonals, offsets, shape, layout=None):
    """A sparse matrix with the rows of `diagonals` (or one) on the diagonals named by `offsets`. Source: torch.sparse.spdiags."""
    rows = diagonals.unsqueeze(0) if diagonals.ndim == 1 else diagonals
    places = offsets.unsqueeze(0) if offsets.ndim == 0 else offsets
    if len(shape) != 2:
        raise RuntimeError("Output shape must be 2d")
    if rows.ndim != 2:
        raise RuntimeError("Diagonals must be vector or matrix")
    if places.ndim != 1:
        raise RuntimeError("Offsets must be scalar or vector")
    if places.dtype is not int64:
        raise RuntimeError(f"Offset Tensor must have dtype Long but got {places.dtype.scalar_name}")
    if rows.shape[0] != places.shape[0]:
        raise RuntimeError(f"Number of diagonals ({rows.shape[0]}) does not match the number of offsets ({places.shape[0]})")
    if layout is not None and layout.name not in ("sparse_coo", "sparse_csc", "sparse_csr"):
        raise RuntimeError(f"Only output layouts (Sparse, SparseCsc, SparseCsr) are supported, got {WORDS.get(layout.name)}")
    if places.unique().shape[0] != places.shape[0]:
        raise RuntimeError("Offset tensor contains duplicate values")
    return s.spdiags.wrapper(rows, places, tuple(shape), layout)


@binding("spmm", method=False)
def spmm(input, mat2):
    """The product of two matrices, the first one sparse or not. Source: torch.spmm, another name of torch.mm."""
    return OPS["mm"].wrapper(input, mat2)


@binding("smm")
def smm(input, mat):
    """The product of a sparse and a dense matrix, sparse. Source: torch.smm."""
    zero = empty_coo((input.shape[0], mat.shape[1]), input.dtype, input.device)
    return s.sspaddmm.wrapper(zero, input, mat)
