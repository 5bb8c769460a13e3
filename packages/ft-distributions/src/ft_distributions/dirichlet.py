"""The Dirichlet distribution over the simplex."""

from __future__ import annotations

from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from .exp_family import ExponentialFamily
from .utils import one_hot

__all__ = ["Dirichlet"]


class Dirichlet(ExponentialFamily):
    """Density ∝ ∏ x_i^(concentration_i - 1) over vectors of K shares that sum to 1.

    concentration: positive, batch_shape + (K,). ValueError for a 0-dim tensor. Draws are differentiable by their pathwise
    derivative. Source: torch.distributions.Dirichlet.
    """

    arg_constraints = {"concentration": constraints.independent(constraints.positive, 1)}
    support = constraints.simplex
    has_rsample = True
    _names = ()

    def __init__(self, concentration: Tensor, validate_args: bool | None = None) -> None:
        if concentration.dim() < 1:
            raise ValueError("`concentration` parameter must be at least one-dimensional.")
        self.concentration = concentration
        super().__init__(concentration.shape[:-1], concentration.shape[-1:], validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        new.concentration = self.concentration.expand((*batch_shape, *self.event_shape))
        return new._settle(self, batch_shape, self.event_shape)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return torch._sample_dirichlet(self.concentration.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        c = self.concentration
        return torch.xlogy(c - 1.0, value).sum(-1) + torch.lgamma(c.sum(-1)) - torch.lgamma(c).sum(-1)

    @property
    def mean(self) -> Tensor:
        return self.concentration / self.concentration.sum(-1, True)

    @property
    def mode(self) -> Tensor:
        weights = (self.concentration - 1).clamp(min=0.0)
        mode = weights / weights.sum(-1, True)
        cornered = (self.concentration < 1).all(-1, keepdim=True)  # 0 / 0: the mass is in the corners, the first one stands for all
        return torch.where(cornered, one_hot(mode.argmax(-1), mode.shape[-1], mode), mode)

    @property
    def variance(self) -> Tensor:
        total = self.concentration.sum(-1, True)
        return self.concentration * (total - self.concentration) / (total.pow(2) * (total + 1))

    def entropy(self) -> Tensor:
        c, total = self.concentration, self.concentration.sum(-1)
        log_beta = torch.lgamma(c).sum(-1) - torch.lgamma(total)
        return log_beta - (c.size(-1) - total) * torch.digamma(total) - ((c - 1.0) * torch.digamma(c)).sum(-1)

    @property
    def _natural_params(self) -> tuple[Tensor]:
        return (self.concentration,)

    def _log_normalizer(self, x: Tensor) -> Tensor:  # type: ignore[override]  # as many as the family has
        return x.lgamma().sum(-1) - torch.lgamma(x.sum(-1))
