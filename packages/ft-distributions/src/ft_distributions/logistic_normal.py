"""The logistic-normal distribution over the simplex."""

from __future__ import annotations

from typing import Any

from ft_dispatch.surface import Tensor

from . import constraints
from .normal import Normal
from .transformed_distribution import TransformedDistribution
from .transforms import StickBreakingTransform

__all__ = ["LogisticNormal"]


class LogisticNormal(TransformedDistribution):
    """A normal vector of length K broken into the K + 1 parts of a stick.

    loc, scale: batch_shape + (K,), or numbers for K = 1; scale > 0. Source: torch.distributions.LogisticNormal.
    """

    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.simplex
    has_rsample = True
    _names = ()

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        base = Normal(loc, scale, validate_args=validate_args)
        base = base if base.batch_shape else base.expand([1])
        super().__init__(base, StickBreakingTransform(), validate_args=validate_args)

    @property
    def loc(self) -> Tensor:
        """Mean of the normal vector: batch_shape + (K,)."""
        return self.base_dist.base_dist.loc

    @property
    def scale(self) -> Tensor:
        """Deviation of the normal vector: batch_shape + (K,)."""
        return self.base_dist.base_dist.scale
