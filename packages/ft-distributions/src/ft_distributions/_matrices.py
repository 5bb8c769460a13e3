"""What the multivariate families share: batched triangular solves, and three ways to state a covariance."""

from __future__ import annotations

from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

MATRICES = ("covariance_matrix", "precision_matrix", "scale_tril")


def batch_mv(matrix: Tensor, vector: Tensor) -> Tensor:
    """Matrix times vector, batch by batch: (*, n, m), (*, m) -> (*, n)."""
    return torch.matmul(matrix, vector.unsqueeze(-1)).squeeze(-1)


def half_log_det(factor: Tensor) -> Tensor:
    """log det of a triangular factor, half of that of its product: (*, n, n) -> (*)."""
    return factor.diagonal(dim1=-2, dim2=-1).log().sum(-1)


def batch_mahalanobis(factor: Tensor, x: Tensor) -> Tensor:
    """|L⁻¹ x|² for lower triangular L: (*, n, n) and (*, n), which broadcast, -> (*)."""
    solved = torch.linalg.solve_triangular(factor, x.unsqueeze(-1), upper=False)
    return solved.squeeze(-1).pow(2).sum(-1)


def precision_to_scale_tril(precision: Tensor) -> Tensor:
    """The lower triangular L with L Lᵀ = precision⁻¹, by a Cholesky factor taken from the other corner: (*, n, n)."""
    flipped = torch.linalg.cholesky(torch.flip(precision, (-2, -1)))
    inverse = torch.flip(flipped, (-2, -1)).mT
    identity = torch.eye(precision.shape[-1], dtype=precision.dtype, device=precision.device)
    return torch.linalg.solve_triangular(inverse, identity.expand(precision.shape), upper=False)


def factor_of(name: str, matrix: Tensor) -> Tensor:
    """The lower triangular factor of the covariance that a matrix of this name states."""
    if name == "scale_tril":
        return matrix
    return torch.linalg.cholesky(matrix) if name == "covariance_matrix" else precision_to_scale_tril(matrix)


def stated(**matrices: Any) -> list[tuple[str, Any]]:
    """The matrices that are given, by name."""
    return [(name, matrix) for name, matrix in matrices.items() if matrix is not None]


def expand_held(new: Any, old: Any, shape: Any) -> None:
    """Expand those of the three matrices that `old` holds."""
    for name in MATRICES:
        if name in old.__dict__:
            setattr(new, name, old.__dict__[name].expand(shape))
