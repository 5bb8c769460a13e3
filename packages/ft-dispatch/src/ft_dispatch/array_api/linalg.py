"""Linear algebra: the standard's extension `linalg`."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import surface as torch
from ..surface import PUBLIC
from ._manipulation import matmul as matmul
from ._manipulation import matrix_transpose as matrix_transpose
from ._manipulation import tensordot as tensordot
from ._manipulation import vecdot as vecdot
from ._promotion import alike
from ._reductions import sum

__all__ = [
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eigh",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "matrix_transpose",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "trace",
    "vecdot",
    "vector_norm",
]


def cholesky(x: Tensor, /, *, upper: bool = False) -> Tensor:
    """Triangular factor of positive definite matrices, lower unless told."""
    return PUBLIC["linalg.cholesky"](x, upper=upper)  # type: ignore[no-any-return]


def cross(x1: Tensor, x2: Tensor, /, *, axis: int = -1) -> Tensor:
    """Cross product along an axis of size 3 in both; the others broadcast. ValueError for another size."""
    for x in (x1, x2):
        if x.shape[axis] != 3:
            raise ValueError(f"cross: expected axis {axis} to be of size 3, but it is of size {x.shape[axis]}")
    return PUBLIC["linalg.cross"](*torch.broadcast_tensors(*alike(x1, x2)), dim=axis)  # type: ignore[no-any-return]


def det(x: Tensor, /) -> Tensor:
    """Determinant of square matrices."""
    return PUBLIC["linalg.det"](x)  # type: ignore[no-any-return]


def diagonal(x: Tensor, /, *, offset: int = 0) -> Tensor:
    """Diagonals of matrices along a new last axis."""
    return PUBLIC["linalg.diagonal"](x, offset=offset)  # type: ignore[no-any-return]


def eigh(x: Tensor, /) -> Any:
    """(eigenvalues, eigenvectors) of Hermitian matrices."""
    return PUBLIC["linalg.eigh"](x)


def eigvalsh(x: Tensor, /) -> Tensor:
    """Eigenvalues of Hermitian matrices."""
    return PUBLIC["linalg.eigvalsh"](x)  # type: ignore[no-any-return]


def inv(x: Tensor, /) -> Tensor:
    """Inverse of square matrices."""
    return PUBLIC["linalg.inv"](x)  # type: ignore[no-any-return]


def matrix_norm(x: Tensor, /, *, keepdims: bool = False, ord: Any = "fro") -> Tensor:
    """Norm of matrices."""
    return PUBLIC["linalg.matrix_norm"](x, ord, (-2, -1), keepdims)  # type: ignore[no-any-return]


def matrix_power(x: Tensor, n: int, /) -> Tensor:
    """n-th power of square matrices."""
    return PUBLIC["linalg.matrix_power"](x, n)  # type: ignore[no-any-return]


def matrix_rank(x: Tensor, /, *, rtol: Any = None) -> Tensor:
    """How many singular values exceed rtol times the largest."""
    return PUBLIC["linalg.matrix_rank"](x, rtol=rtol)  # type: ignore[no-any-return]


def outer(x1: Tensor, x2: Tensor, /) -> Tensor:
    """All products of two vectors."""
    return torch.outer(*alike(x1, x2))  # type: ignore[no-any-return]


def pinv(x: Tensor, /, *, rtol: Any = None) -> Tensor:
    """Pseudo-inverse of matrices."""
    return PUBLIC["linalg.pinv"](x, rtol=rtol)  # type: ignore[no-any-return]


def qr(x: Tensor, /, *, mode: str = "reduced") -> Any:
    """(Q, R) of matrices, mode "reduced" or "complete"."""
    return PUBLIC["linalg.qr"](x, mode)


def slogdet(x: Tensor, /) -> Any:
    """(sign, log |det|) of square matrices."""
    return PUBLIC["linalg.slogdet"](x)


def solve(x1: Tensor, x2: Tensor, /) -> Tensor:
    """y with x1 y = x2; x2 is a vector where it has one axis, matrices otherwise."""
    a, b = alike(x1, x2)
    if b.ndim == 1:
        return PUBLIC["linalg.solve"](a, b.unsqueeze(-1)).squeeze(-1)  # type: ignore[no-any-return]
    lead = torch.broadcast_shapes(tuple(a.shape[:-2]), tuple(b.shape[:-2]))
    return PUBLIC["linalg.solve"](a, b.expand((*lead, *b.shape[-2:])))  # type: ignore[no-any-return]


def svd(x: Tensor, /, *, full_matrices: bool = True) -> Any:
    """(U, S, Vh) of matrices."""
    return PUBLIC["linalg.svd"](x, full_matrices)


def svdvals(x: Tensor, /) -> Tensor:
    """Singular values of matrices, largest first."""
    return PUBLIC["linalg.svdvals"](x)  # type: ignore[no-any-return]


def trace(x: Tensor, /, *, offset: int = 0, dtype: Any = None) -> Tensor:
    """Sum of the diagonals of matrices; integers become int64, unsigned ones uint64."""
    return sum(diagonal(x, offset=offset), axis=-1, dtype=dtype)


def vector_norm(x: Tensor, /, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Tensor:
    """Norm along axes (all)."""
    return PUBLIC["linalg.vector_norm"](x, ord, axis, keepdims)  # type: ignore[no-any-return]
