"""One-hot vectors relaxed to the simplex (Gumbel-softmax): differentiable draws that approach corners as the temperature falls."""

from __future__ import annotations

from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from ._binary import CategoricalParameter
from .categorical import Categorical
from .transformed_distribution import TransformedDistribution
from .transforms import ExpTransform
from .utils import broadcast_all, clamp_probs

__all__ = ["ExpRelaxedCategorical", "RelaxedOneHotCategorical"]


class ExpRelaxedCategorical(CategoricalParameter):
    """The logarithm of a `RelaxedOneHotCategorical` draw.

    temperature: a positive tensor; probs or logits: batch_shape + (K,), exactly one of them (ValueError).
    Source: torch.distributions.ExpRelaxedCategorical; Maddison, Mnih and Teh 2017.
    """

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = constraints.real_vector  # a log-simplex, in truth
    has_rsample = True
    _names = ()

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        self._categorical = Categorical(probs, logits)
        self.temperature = temperature
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:], validate_args=validate_args)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        shape = self._extended_shape(sample_shape)
        u = clamp_probs(torch.rand(shape, dtype=self.logits.dtype, device=self.logits.device))
        scores = (self.logits - (-u.log()).log()) / self.temperature
        return scores - scores.logsumexp(dim=-1, keepdim=True)

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        count = self.event_shape[0]
        logits, value = broadcast_all(self.logits, value)
        log_scale = torch.full_like(self.temperature, float(count)).lgamma() + (count - 1) * self.temperature.log()
        score = logits - value.mul(self.temperature)
        return (score - score.logsumexp(dim=-1, keepdim=True)).sum(-1) + log_scale


class RelaxedOneHotCategorical(TransformedDistribution):
    """A point of the simplex that stands for a one-hot vector; near a corner for a low `temperature`.

    temperature: a positive tensor; probs or logits: batch_shape + (K,), exactly one of them (ValueError).
    Source: torch.distributions.RelaxedOneHotCategorical.
    """

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = constraints.simplex
    has_rsample = True
    _names = ()

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        base = ExpRelaxedCategorical(temperature, probs, logits, validate_args=validate_args)
        super().__init__(base, ExpTransform(), validate_args=validate_args)

    @property
    def temperature(self) -> Tensor:
        """The temperature."""
        return self.base_dist.temperature

    @property
    def logits(self) -> Tensor:
        """Normalized log probabilities: batch_shape + (K,)."""
        return self.base_dist.logits

    @property
    def probs(self) -> Tensor:
        """Probabilities: batch_shape + (K,)."""
        return self.base_dist.probs
