"""The LKJ distribution over Cholesky factors of correlation matrices."""

from __future__ import annotations

import math
from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from .beta import Beta
from .distribution import Distribution
from .utils import broadcast_all

__all__ = ["LKJCholesky"]


class LKJCholesky(Distribution):
    """Factors L of correlation matrices M = L Lᵀ of size `dim`, with M of density ∝ det(M)^(concentration - 1).

    dim: at least 2 (ValueError); concentration: a positive number or tensor, 1 for the uniform distribution. Draws by the onion
    method. Source: torch.distributions.LKJCholesky; Lewandowski, Kurowicka and Joe 2009.
    """

    arg_constraints = {"concentration": constraints.positive}
    support = constraints.corr_cholesky
    _names = ()

    def __init__(self, dim: int, concentration: Any = 1.0, validate_args: bool | None = None) -> None:
        if dim < 2:
            raise ValueError(f"Expected dim to be an integer greater than or equal to 2. Found dim={dim}.")
        self.dim = dim
        (self.concentration,) = broadcast_all(concentration)
        c = self.concentration
        offset = torch.cat([c.new_zeros((1,)), torch.arange(dim - 1, dtype=c.dtype, device=c.device)])
        self._beta = Beta(offset + 0.5, (c + 0.5 * (dim - 2)).unsqueeze(-1) - 0.5 * offset)
        super().__init__(c.shape, (dim, dim), validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        new.dim = self.dim
        new.concentration = self.concentration.expand(batch_shape)
        new._beta = self._beta.expand((*batch_shape, self.dim))
        return new._settle(self, batch_shape, self.event_shape)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        with torch.no_grad():
            squared = self._beta.sample(sample_shape).unsqueeze(-1)
            normal = torch.randn(self._extended_shape(sample_shape), dtype=squared.dtype, device=squared.device).tril(-1)
            direction = normal / normal.norm(dim=-1, keepdim=True)
            direction[..., 0, :].fill_(0.0)  # the first row is 0 / 0
            below = torch.sqrt(squared) * direction
            left_over = (1 - (below**2).sum(-1)).clamp(min=torch.finfo(below.dtype).tiny)
            return below + torch.diag_embed(left_over.sqrt())

    def log_prob(self, value: Tensor) -> Tensor:
        self._check(value)
        c, less = self.concentration, self.dim - 1
        order = 2 * (c - 1).unsqueeze(-1) + self.dim - torch.arange(2, self.dim + 1, device=c.device)
        unnormalized = (order * value.diagonal(dim1=-1, dim2=-2)[..., 1:].log()).sum(-1)
        alpha = c + 0.5 * less
        normalizer = 0.5 * less * math.log(math.pi) + torch.mvlgamma(alpha - 0.5, less) - torch.lgamma(alpha) * less
        return unnormalized - normalizer
