"""The multivariate normal distribution whose covariance is a low-rank matrix plus a diagonal."""

from __future__ import annotations

import math
from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from ._matrices import batch_mahalanobis, batch_mv, half_log_det
from .distribution import Distribution
from .utils import _standard_normal, lazy_property

__all__ = ["LowRankMultivariateNormal"]


def _with_identity(matrix: Tensor) -> Tensor:
    """matrix + I."""
    return matrix + torch.eye(matrix.shape[-1], dtype=matrix.dtype, device=matrix.device)


def lowrank_log_det(factor: Tensor, diagonal: Tensor, capacitance: Tensor) -> Tensor:
    """log det of W Wᵀ + D by the matrix determinant lemma, `capacitance` being the factor of I + Wᵀ D⁻¹ W: (*)."""
    return 2 * half_log_det(capacitance) + diagonal.log().sum(-1)


def lowrank_mahalanobis(factor: Tensor, diagonal: Tensor, x: Tensor, capacitance: Tensor) -> Tensor:
    """xᵀ (W Wᵀ + D)⁻¹ x by the Woodbury formula: (*)."""
    projected = batch_mv(factor.mT / diagonal.unsqueeze(-2), x)
    return (x.pow(2) / diagonal).sum(-1) - batch_mahalanobis(capacitance, projected)


class LowRankMultivariateNormal(Distribution):
    """N(loc, W Wᵀ + diag(d)) over vectors of length n, in time linear in n.

    loc: batch_shape + (n,); cov_factor W: batch_shape + (n, rank); cov_diag d > 0: batch_shape + (n,). Raises ValueError where
    shapes do not fit. Source: torch.distributions.LowRankMultivariateNormal.
    """

    arg_constraints = {
        "loc": constraints.real_vector,
        "cov_factor": constraints.independent(constraints.real, 2),
        "cov_diag": constraints.independent(constraints.positive, 1),
    }
    support = constraints.real_vector
    has_rsample = True
    _names = ()

    def __init__(self, loc: Tensor, cov_factor: Tensor, cov_diag: Tensor, validate_args: bool | None = None) -> None:
        if loc.dim() < 1:
            raise ValueError("loc must be at least one-dimensional.")
        event_shape = loc.shape[-1:]
        if cov_factor.dim() < 2:
            raise ValueError("cov_factor must be at least two-dimensional, with optional leading batch dimensions")
        if cov_factor.shape[-2:-1] != event_shape:
            raise ValueError(f"cov_factor must be a batch of matrices with shape {event_shape[0]} x m")
        if cov_diag.shape[-1:] != event_shape:
            raise ValueError(f"cov_diag must be a batch of vectors with shape {event_shape}")
        try:
            batch_shape = torch.broadcast_shapes(loc.shape[:-1], cov_factor.shape[:-2], cov_diag.shape[:-1])
        except RuntimeError as error:
            raise ValueError(
                f"Incompatible batch shapes: loc {loc.shape}, cov_factor {cov_factor.shape}, cov_diag {cov_diag.shape}"
            ) from error
        self.loc = loc.expand((*batch_shape, -1))
        self.cov_factor = cov_factor.expand((*batch_shape, -1, -1))
        self.cov_diag = cov_diag.expand((*batch_shape, -1))
        self._unbroadcasted_cov_factor = cov_factor
        self._unbroadcasted_cov_diag = cov_diag
        weighted = cov_factor.mT / cov_diag.unsqueeze(-2)
        self._capacitance_tril = torch.linalg.cholesky(_with_identity(weighted @ cov_factor))
        super().__init__(batch_shape, event_shape, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        shape = (*batch_shape, *self.event_shape)
        new.loc = self.loc.expand(shape)
        new.cov_diag = self.cov_diag.expand(shape)
        new.cov_factor = self.cov_factor.expand((*shape, self.cov_factor.shape[-1]))
        for name in ("_unbroadcasted_cov_factor", "_unbroadcasted_cov_diag", "_capacitance_tril"):
            setattr(new, name, getattr(self, name))
        return new._settle(self, batch_shape, self.event_shape)

    def _parts(self) -> tuple[Tensor, Tensor, Tensor]:
        """W, d and the capacitance's factor, before broadcasting."""
        return self._unbroadcasted_cov_factor, self._unbroadcasted_cov_diag, self._capacitance_tril

    def _whole(self, matrix: Tensor) -> Tensor:
        return matrix.expand(self._batch_shape + self._event_shape + self._event_shape)

    @property
    def mean(self) -> Tensor:
        return self.loc

    mode = mean

    @lazy_property
    def variance(self) -> Tensor:  # type: ignore[override]  # computed once
        """The diagonal of the covariance: batch_shape + (n,)."""
        factor, diagonal, _ = self._parts()
        return (factor.pow(2).sum(-1) + diagonal).expand(self._batch_shape + self._event_shape)

    @lazy_property
    def scale_tril(self) -> Tensor:
        """The lower triangular factor of the covariance: batch_shape + (n, n)."""
        factor, diagonal, _ = self._parts()
        root = diagonal.sqrt().unsqueeze(-1)
        scaled = factor / root
        return self._whole(root * torch.linalg.cholesky(_with_identity(scaled @ scaled.mT)))

    @lazy_property
    def covariance_matrix(self) -> Tensor:
        """The covariance: batch_shape + (n, n)."""
        factor, diagonal, _ = self._parts()
        return self._whole(factor @ factor.mT + torch.diag_embed(diagonal))

    @lazy_property
    def precision_matrix(self) -> Tensor:
        """The inverse of the covariance: batch_shape + (n, n)."""
        factor, diagonal, capacitance = self._parts()
        a = torch.linalg.solve_triangular(capacitance, factor.mT / diagonal.unsqueeze(-2), upper=False)
        return self._whole(torch.diag_embed(diagonal.reciprocal()) - a.mT @ a)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        factor, diagonal, _ = self._parts()
        shape = self._extended_shape(sample_shape)
        low = _standard_normal(shape[:-1] + factor.shape[-1:], self.loc.dtype, self.loc.device)
        full = _standard_normal(shape, self.loc.dtype, self.loc.device)
        return self.loc + batch_mv(factor, low) + diagonal.sqrt() * full

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        factor, diagonal, capacitance = self._parts()
        distance = lowrank_mahalanobis(factor, diagonal, value - self.loc, capacitance)
        spread = lowrank_log_det(factor, diagonal, capacitance)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + spread + distance)

    def entropy(self) -> Tensor:
        spread = lowrank_log_det(*self._parts())
        return (0.5 * (self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + spread)).expand(self._batch_shape)
