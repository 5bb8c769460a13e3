"""The half-normal distribution."""

from __future__ import annotations

import math
from typing import Any

from ft_dispatch.surface import Tensor

from ._folded import Folded
from .normal import Normal

__all__ = ["HalfNormal"]


class HalfNormal(Folded):
    """|x| of a normal number of mean 0 and deviation `scale`, a positive number or tensor. Source: torch.distributions.HalfNormal."""

    _names = ()

    def __init__(self, scale: Any, validate_args: bool | None = None) -> None:
        super().__init__(Normal(0, scale, validate_args=False), validate_args)

    @property
    def mean(self) -> Tensor:
        return self.scale * math.sqrt(2 / math.pi)

    @property
    def variance(self) -> Tensor:
        return self.scale.pow(2) * (1 - 2 / math.pi)
