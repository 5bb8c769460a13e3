"""The chi-squared distribution, a gamma distribution."""

from __future__ import annotations

from typing import Any

from ft_dispatch.surface import Tensor

from . import constraints
from .gamma import Gamma

__all__ = ["Chi2"]


class Chi2(Gamma):
    """The sum of `df` squared standard normal numbers: Gamma(df / 2, 1 / 2).

    df: a positive number or tensor. Source: torch.distributions.Chi2.
    """

    arg_constraints = {"df": constraints.positive}
    _names = ("concentration", "rate")

    def __init__(self, df: Any, validate_args: bool | None = None) -> None:
        super().__init__(0.5 * df, 0.5, validate_args=validate_args)

    @property
    def df(self) -> Tensor:
        """Degrees of freedom: batch_shape."""
        return self.concentration * 2
