"""The Wishart distribution over positive definite matrices."""

from __future__ import annotations

import math
import warnings
from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from ._matrices import expand_held, factor_of, half_log_det, stated
from .chi2 import Chi2
from .exp_family import ExponentialFamily
from .utils import Number, lazy_property

__all__ = ["Wishart"]


class Wishart(ExponentialFamily):
    """The scatter matrix of `df` normal vectors of the given covariance: p × p, positive definite.

    df > p - 1: a number or batch_shape (ValueError). Exactly one of covariance_matrix, precision_matrix and scale_tril:
    batch_shape + (p, p) (AssertionError). Draws by Bartlett's decomposition. Source: torch.distributions.Wishart.
    """

    support = constraints.positive_definite
    has_rsample = True
    _mean_carrier_measure = 0
    _names = ()

    def __init__(
        self,
        df: Any,
        covariance_matrix: Tensor | None = None,
        precision_matrix: Tensor | None = None,
        scale_tril: Tensor | None = None,
        validate_args: bool | None = None,
    ) -> None:
        given = stated(covariance_matrix=covariance_matrix, precision_matrix=precision_matrix, scale_tril=scale_tril)
        if len(given) != 1:
            raise AssertionError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        ((name, matrix),) = given
        if matrix.dim() < 2:
            raise ValueError("scale_tril must be at least two-dimensional, with optional leading batch dimensions")
        batch_shape, size = matrix.shape[:-2], matrix.shape[-1]
        if isinstance(df, Number):
            self.df = torch.tensor(df, dtype=matrix.dtype, device=matrix.device)
        else:
            batch_shape = torch.broadcast_shapes(batch_shape, df.shape)
            self.df = df.expand(batch_shape)
        if self.df.le(size - 1).any():
            raise ValueError(f"Value of df={df} expected to be greater than ndim - 1 = {size - 1}.")
        setattr(self, name, matrix.expand((*batch_shape, -1, -1)))
        if self.df.lt(size).any():
            warnings.warn(
                "Low df values detected. Singular samples are highly likely to occur for ndim - 1 < df < ndim.", stacklevel=2
            )
        super().__init__(batch_shape, matrix.shape[-2:], validate_args=validate_args)
        self._unbroadcasted_scale_tril = factor_of(name, matrix)
        self._dist_chi2 = self._chi2()

    @property
    def arg_constraints(self) -> dict[str, Any]:  # type: ignore[override]  # a class attribute where it is constant
        return {
            "covariance_matrix": constraints.positive_definite,
            "precision_matrix": constraints.positive_definite,
            "scale_tril": constraints.lower_cholesky,
            "df": constraints.greater_than(self.event_shape[-1] - 1),
        }

    def _chi2(self) -> Chi2:
        """Squares of the diagonal of Bartlett's factor: df, df - 1, … degrees of freedom."""
        factor = self._unbroadcasted_scale_tril
        less = torch.arange(self._event_shape[-1], dtype=factor.dtype, device=factor.device)
        return Chi2(df=self.df.unsqueeze(-1) - less.expand((*self._batch_shape, -1)))

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        shape = (*batch_shape, *self.event_shape)
        new._unbroadcasted_scale_tril = self._unbroadcasted_scale_tril.expand(shape)
        new.df = self.df.expand(batch_shape)
        expand_held(new, self, shape)
        new._settle(self, batch_shape, self.event_shape)
        new._dist_chi2 = new._chi2()
        return new

    def _whole(self, matrix: Tensor) -> Tensor:
        return matrix.expand(self._batch_shape + self._event_shape)

    @lazy_property
    def scale_tril(self) -> Tensor:
        """The lower triangular factor of the covariance: batch_shape + (p, p)."""
        return self._whole(self._unbroadcasted_scale_tril)

    @lazy_property
    def covariance_matrix(self) -> Tensor:
        """The covariance of the vectors: batch_shape + (p, p)."""
        return self._whole(self._unbroadcasted_scale_tril @ self._unbroadcasted_scale_tril.mT)

    @lazy_property
    def precision_matrix(self) -> Tensor:
        """The inverse of the covariance: batch_shape + (p, p)."""
        return self._whole(torch.cholesky_inverse(self._unbroadcasted_scale_tril))

    def _per_matrix(self, numbers: Tensor) -> Tensor:
        return numbers.expand(self._batch_shape)[..., None, None]

    @property
    def mean(self) -> Tensor:
        return self._per_matrix(self.df) * self.covariance_matrix

    @property
    def mode(self) -> Tensor:
        factor = self.df - self._event_shape[-1] - 1
        return self._per_matrix(factor.masked_fill(factor <= 0, math.nan)) * self.covariance_matrix

    @property
    def variance(self) -> Tensor:
        covariance = self.covariance_matrix
        diagonal = covariance.diagonal(dim1=-2, dim2=-1)
        return self._per_matrix(self.df) * (covariance.pow(2) + diagonal.unsqueeze(-1) * diagonal.unsqueeze(-2))

    def _bartlett(self, sample_shape: Any) -> Tensor:
        """L A Aᵀ Lᵀ with chi on the diagonal of A and normal numbers below: sample_shape + batch_shape + (p, p)."""
        p = self._event_shape[-1]
        chi = self._dist_chi2.rsample(sample_shape).sqrt()
        noise = chi.clamp(min=torch.finfo(chi.dtype).eps).diag_embed()
        below = torch.randn((*sample_shape, *self._batch_shape, p * (p - 1) // 2), dtype=chi.dtype, device=chi.device)
        i, j = torch.tril_indices(p, p, offset=-1)
        noise[..., i, j] = below
        factor = self._unbroadcasted_scale_tril @ noise
        return factor @ factor.mT

    def rsample(self, sample_shape: Any = (), max_try_correction: int = 10) -> Tensor:
        """As `Distribution.rsample`; draws outside the support are replaced, at most `max_try_correction` times.

        torch asks its check the wrong way round, so that it draws every regular sample a second time: for torch's numbers the first
        round here does the same. What is singular after that is drawn anew, with a warning.
        """
        sample = self._bartlett(tuple(sample_shape))
        again = self._regular(sample)
        for _ in range(max_try_correction):
            if not again.any():
                break
            sample, again = self._redrawn(sample, again)
        singular = ~self._regular(sample)
        if singular.any():
            warnings.warn("Singular sample detected.", stacklevel=2)
            for _ in range(max_try_correction):
                sample, singular = self._redrawn(sample, singular)
                if not singular.any():
                    break
        return sample

    def _redrawn(self, sample: Tensor, again: Tensor) -> tuple[Tensor, Tensor]:
        """The samples with those of `again` drawn anew, and which of these are singular: sample_shape."""
        fresh = self._bartlett((int(again.sum()),))
        sample[again] = fresh
        singular = again.clone()
        singular[again] = ~self._regular(fresh)
        return sample, singular

    def _regular(self, sample: Tensor) -> Tensor:
        """Per draw of the whole batch, whether one of its matrices is positive definite: sample_shape."""
        good = self.support.check(sample)
        return good.flatten(good.ndim - len(self._batch_shape)).any(-1) if self._batch_shape else good

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        nu, p, factor = self.df, self._event_shape[-1], self._unbroadcasted_scale_tril
        trace = torch.cholesky_solve(value, factor).diagonal(dim1=-2, dim2=-1).sum(-1)
        spread = nu * (p * math.log(2) / 2 + half_log_det(factor)) + torch.mvlgamma(nu / 2, p=p)
        return (nu - p - 1) / 2 * torch.linalg.slogdet(value)[1] - trace / 2 - spread

    def entropy(self) -> Tensor:
        nu, p = self.df, self._event_shape[-1]
        steps = torch.arange(p, dtype=nu.dtype, device=nu.device) / 2
        digammas = torch.digamma((nu / 2).unsqueeze(-1) - steps).sum(-1)
        spread = (p + 1) * (p * math.log(2) / 2 + half_log_det(self._unbroadcasted_scale_tril))
        return spread + torch.mvlgamma(nu / 2, p=p) - (nu - p - 1) / 2 * digammas + nu * p / 2

    @property
    def _natural_params(self) -> tuple[Tensor, Tensor]:
        return -self.precision_matrix / 2, (self.df - self._event_shape[-1] - 1) / 2

    def _log_normalizer(self, x: Tensor, y: Tensor) -> Tensor:  # type: ignore[override]  # as many as the family has
        p = self._event_shape[-1]
        half = y + (p + 1) / 2
        return half * (-torch.linalg.slogdet(-2 * x)[1] + math.log(2) * p) + torch.mvlgamma(half, p=p)
