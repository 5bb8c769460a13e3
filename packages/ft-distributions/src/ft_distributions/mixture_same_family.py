"""A mixture of distributions of one family."""

from __future__ import annotations

from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from .categorical import Categorical
from .distribution import Distribution

__all__ = ["MixtureSameFamily"]


class MixtureSameFamily(Distribution):
    """A component of `component_distribution`, whose last batch dimension counts K of them, drawn by `mixture_distribution`.

    mixture_distribution: a Categorical over K; component_distribution: any Distribution with batch_shape + (K,). Raises ValueError
    for other types and where shapes do not fit. Source: torch.distributions.MixtureSameFamily.
    """

    arg_constraints: dict[str, Any] = {}
    has_rsample = False
    _names = ()

    def __init__(self, mixture_distribution: Any, component_distribution: Any, validate_args: bool | None = None) -> None:
        if not isinstance(mixture_distribution, Categorical):
            raise ValueError(" The Mixture distribution needs to be an  instance of torch.distributions.Categorical")
        if not isinstance(component_distribution, Distribution):
            raise ValueError("The Component distribution needs to be an instance of torch.distributions.Distribution")
        self._mixture_distribution = mixture_distribution
        self._component_distribution = component_distribution
        weights_batch, batch = mixture_distribution.batch_shape, component_distribution.batch_shape[:-1]
        for size1, size2 in zip(reversed(weights_batch), reversed(batch), strict=False):
            if size1 != 1 and size2 != 1 and size1 != size2:
                raise ValueError(
                    f"`mixture_distribution.batch_shape` ({weights_batch}) is not compatible with "
                    f"`component_distribution.batch_shape`({batch})"
                )
        count, components = mixture_distribution.logits.shape[-1], component_distribution.batch_shape[-1]
        if count != components:
            raise ValueError(
                f"`mixture_distribution component` ({count}) does not equal `component_distribution.batch_shape[-1]` ({components})"
            )
        self._num_component = count
        self._event_ndims = len(component_distribution.event_shape)
        super().__init__(batch, component_distribution.event_shape, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        new._component_distribution = self._component_distribution.expand((*batch_shape, self._num_component))
        new._mixture_distribution = self._mixture_distribution.expand(batch_shape)
        new._num_component = self._num_component
        new._event_ndims = self._event_ndims
        return new._settle(self, batch_shape, self.event_shape)

    @constraints.dependent_property
    def support(self) -> Any:
        return constraints.MixtureSameFamilyConstraint(self._component_distribution.support)

    @property
    def mixture_distribution(self) -> Categorical:
        """Which component is drawn."""
        return self._mixture_distribution

    @property
    def component_distribution(self) -> Distribution:
        """The components, along the last batch dimension."""
        return self._component_distribution

    def _weights(self) -> Tensor:
        """Probabilities of the components with dimensions for the event: (*, K, 1, …)."""
        probs = self._mixture_distribution.probs
        batch = probs.shape[:-1]
        missing = 0 if len(batch) == 1 else len(self.batch_shape) - len(batch)
        return probs.reshape((*batch, *(1,) * missing, probs.shape[-1], *(1,) * self._event_ndims))

    def _pad(self, x: Tensor) -> Tensor:
        """A dimension for the components, before the event."""
        return x.unsqueeze(-1 - self._event_ndims)

    def _mixed(self, values: Tensor) -> Tensor:
        return (self._weights() * values).sum(-1 - self._event_ndims)

    @property
    def mean(self) -> Tensor:
        return self._mixed(self._component_distribution.mean)

    @property
    def variance(self) -> Tensor:
        parts = self._component_distribution
        return self._mixed(parts.variance) + self._mixed((parts.mean - self._pad(self.mean)).pow(2.0))

    def cdf(self, value: Tensor) -> Tensor:
        return (self._component_distribution.cdf(self._pad(value)) * self._mixture_distribution.probs).sum(-1)

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        each = self._component_distribution.log_prob(self._pad(value))
        return torch.logsumexp(each + torch.log_softmax(self._mixture_distribution.logits, dim=-1), dim=-1)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        with torch.no_grad():
            dim = len(sample_shape) + len(self.batch_shape)
            chosen = self._mixture_distribution.sample(sample_shape)
            each = self._component_distribution.sample(sample_shape)
            chosen = chosen.reshape((*chosen.shape, 1, *(1,) * self._event_ndims))
            return torch.gather(each, dim, chosen.expand((*chosen.shape[: dim + 1], *self.event_shape))).squeeze(dim)

    def __repr__(self) -> str:
        return f"MixtureSameFamily(\n  {self._mixture_distribution},\n  {self._component_distribution})"
