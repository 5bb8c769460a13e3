"""Norms of matrices and condition numbers; norms of vectors are reductions."""

from math import inf

from ft_core.promotion import promote_types

from ..registry import binding
from ..views import owned
from ._given import given
from .linalg_factor import check_kind, check_matrix, check_square, linalg_svd_op
from .linalg_solve import linalg_inv_ex
from .reduction import linalg_vector_norm

_SPECTRAL, _SUMS = ("nuc", 2, -2), (1, -1, inf, -inf)


def _room(name):
    """A binding reached as `torch.linalg.<name>` only."""
    return binding(f"_linalg_public_{name}", method=False, function=False, python=f"linalg.{name}")


def _dims_of(A, ord, dim, dtype):
    """The two dims from 0; what torch refuses, in its order: order, matrix, precision (only singular values need LAPACK), dims, dtype."""
    name = "linalg.matrix_norm"
    if ord not in ("fro", *_SPECTRAL, *_SUMS):
        raise RuntimeError(f"{name}: Order {ord} not supported.")
    if A.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor A must have at least 2 dimensions.")
    check_kind(name, A, low=ord not in _SPECTRAL)
    if len(dim) != 2:
        raise RuntimeError(f"{name}: dim must be a 2-tuple. Got {', '.join(map(str, dim))}")
    for d in dim:
        if not -A.ndim <= d < A.ndim:
            raise IndexError(f"Dimension out of range (expected to be in range of [{-A.ndim}, {A.ndim - 1}], but got {d})")
    found = tuple(d % A.ndim for d in dim)
    if found[0] == found[1]:
        raise RuntimeError(f"{name}: dims must be different. Got ({dim[0]}, {dim[1]})")
    if dtype is not None and dtype.category < 2:
        raise RuntimeError(f"{name}: dtype should be floating point or complex, but got {dtype.scalar_name}")
    if dtype is not None and promote_types(A.dtype, dtype) is not dtype:
        raise RuntimeError(
            f"{name}: the dtype of the input ({A.dtype.scalar_name}) should be convertible without narrowing to the specified dtype "
            f"({dtype.scalar_name})"
        )
    return found


def _end(values, dim, largest):
    """The largest (smallest) along a dim; the largest of none is 0."""
    if largest and values.shape[dim] == 0:
        return values.sum(dim)
    return (values.amax if largest else values.amin)(dim)


@binding("linalg_matrix_norm", method=False, function=False, python="linalg.matrix_norm")
def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None, out=None):
    """Norm of the matrices in two dims: "fro", "nuc", inf, -inf, 1, -1, 2, -2, computed in `dtype` if given.

    Real, of the other dims' shape, or with ones in place of the two under keepdim. RuntimeError for another order, for integers, and
    for half precision where singular values are asked for. Source: torch.linalg.matrix_norm.
    """
    dim = _dims_of(A, ord, dim, dtype)
    A = A if dtype is None else A.to(dtype)
    if ord == "fro":
        return linalg_vector_norm.wrapper(A, 2, dim, keepdim, out=out)
    if ord in _SPECTRAL:
        values = linalg_svd_op(A.movedim(dim, (-2, -1)), False, False)[1]
        found = values.sum(-1) if ord == "nuc" else _end(values, -1, ord > 0)
    else:
        over, along = dim if abs(ord) == 1 else dim[::-1]
        found = _end(A.abs().sum(over, keepdim=True), along, ord > 0).squeeze(over - (along < over))
    if keepdim:
        for d in sorted(dim):
            found = found.unsqueeze(d)
    return given(out, owned(found))


@_room("norm")
def norm_of(A, ord=None, dim=None, keepdim=False, *, dtype=None, out=None):
    """Vector norm for one dim (or no `ord`), matrix norm for two."""
    dims = (dim,) if isinstance(dim, int) else dim
    rank = A.ndim if dims is None else len(dims)
    if ord is not None and dims is None and rank > 2:
        raise RuntimeError(f"linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {A.ndim}D.")
    if isinstance(ord, str) or (ord is not None and rank == 2):
        return matrix_norm(A, ord, (-2, -1) if dims is None else dims, keepdim, dtype=dtype, out=out)
    return linalg_vector_norm.wrapper(A, 2 if ord is None else ord, dims, keepdim, dtype=dtype, out=out)


@_room("cond")
def cond(A, p=None, *, out=None):
    """Condition number in a matrix norm; the 2-norm by default."""
    check_matrix("linalg.cond", A)
    if p in (None, 2, -2):
        values = linalg_svd_op(A, False, False)[1]
        ends = values.select(-1, 0), values.select(-1, -1)
        return given(out, ends[1] / ends[0] if p == -2 else ends[0] / ends[1], cast=True)
    check_square(f"linalg.cond(ord={p})", A)
    inverted, info = linalg_inv_ex(A)
    found = matrix_norm(A, p) * matrix_norm(inverted, p)
    return given(out, found.where(info == 0, inf), cast=True)
