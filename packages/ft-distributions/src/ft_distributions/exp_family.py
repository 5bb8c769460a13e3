"""Exponential families: density exp(<t(x), theta> - F(theta) + k(x)). F, the log normalizer, gives entropy and divergences by its
gradient alone, as Bregman divergences; families with closed forms override them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_autograd import grad
from ft_dispatch.surface import Tensor

from .distribution import Distribution
from .utils import _sum_rightmost

__all__ = ["ExponentialFamily"]


class ExponentialFamily(Distribution):
    """A family that states `_natural_params`, `_log_normalizer(*params)` and the mean of its carrier measure k.

    Source: torch.distributions.ExponentialFamily; Nielsen and Nock, Entropies and cross-entropies of exponential families, 2010.
    """

    if TYPE_CHECKING:  # class attributes in most families
        _natural_params: Any
        _mean_carrier_measure: Any
    else:

        @property
        def _natural_params(self):
            raise NotImplementedError

        @property
        def _mean_carrier_measure(self):
            raise NotImplementedError

    def _log_normalizer(self, *natural_params: Tensor) -> Tensor:
        raise NotImplementedError

    def _normalizer_and_slopes(self) -> tuple[list[Tensor], Tensor, Any]:
        """Natural parameters cut from their history, F there, and dF by each, itself differentiable."""
        natural = [p.detach().requires_grad_() for p in self._natural_params]
        normalizer = self._log_normalizer(*natural)
        return natural, normalizer, grad(normalizer.sum(), natural, create_graph=True)

    def entropy(self) -> Tensor:
        natural, normalizer, slopes = self._normalizer_and_slopes()
        result = normalizer - self._mean_carrier_measure
        for theta, slope in zip(natural, slopes, strict=True):
            term = theta * slope
            result = result - _sum_rightmost(term, term.ndim - len(self._batch_shape))
        return result
