"""The half-Cauchy distribution."""

from __future__ import annotations

import math
from typing import Any

from ft_dispatch.surface import Tensor

from ._folded import Folded
from .cauchy import Cauchy

__all__ = ["HalfCauchy"]


class HalfCauchy(Folded):
    """|x| of a Cauchy number around 0 with `scale`, a positive number or tensor. Source: torch.distributions.HalfCauchy."""

    _names = ()

    def __init__(self, scale: Any, validate_args: bool | None = None) -> None:
        super().__init__(Cauchy(0, scale, validate_args=False), validate_args)

    @property
    def mean(self) -> Tensor:
        return self.scale.new_full(self._extended_shape(), math.inf)

    @property
    def variance(self) -> Tensor:
        return self.base_dist.variance
