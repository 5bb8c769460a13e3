"""The negative binomial distribution: successes before a number of failures."""

from __future__ import annotations

from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from ._binary import BinaryParameter
from .binomial import enter_counted
from .gamma import Gamma
from .utils import lazy_property

__all__ = ["NegativeBinomial"]


class NegativeBinomial(BinaryParameter):
    """Successes of probability `probs` before `total_count` failures: a Poisson count whose rate is gamma distributed.

    total_count >= 0, any real; probs in [0, 1) or logits, exactly one of them (ValueError).
    Source: torch.distributions.NegativeBinomial.
    """

    arg_constraints = {
        "total_count": constraints.greater_than_eq(0),
        "probs": constraints.half_open_interval(0.0, 1.0),
        "logits": constraints.real,
    }
    support = constraints.nonnegative_integer
    _names = ("total_count", "probs", "logits")
    total_count: Tensor

    def __init__(self, total_count: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        enter_counted(self, total_count, probs, logits, validate_args)

    @property
    def mean(self) -> Tensor:
        return self.total_count * torch.exp(self.logits)

    @property
    def mode(self) -> Tensor:
        return ((self.total_count - 1) * self.logits.exp()).floor().clamp(min=0.0)

    @property
    def variance(self) -> Tensor:
        return self.mean / torch.sigmoid(-self.logits)

    @lazy_property
    def _gamma(self) -> Gamma:
        return Gamma(self.total_count, torch.exp(-self.logits), validate_args=False)  # a count of 0 is not gamma's to refuse

    def sample(self, sample_shape: Any = ()) -> Tensor:
        with torch.no_grad():
            return torch.poisson(self._gamma.sample(sample_shape))

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        n = self.total_count
        unnormalized = n * torch.log_sigmoid(-self.logits) + value * torch.log_sigmoid(self.logits)
        normalizer = torch.lgamma(1.0 + value) + torch.lgamma(n) - torch.lgamma(n + value)
        return unnormalized - normalizer.masked_fill(n + value == 0.0, 0.0)
