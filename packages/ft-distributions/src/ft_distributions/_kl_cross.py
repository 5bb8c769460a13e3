"""Divergences between families of scalars, as cross entropy less entropy. Imported for what it registers.

-E_p[log q] needs few facts of p: a normal q its mean and variance, a gamma q its mean and mean logarithm, a Gumbel q its Laplace
transform. So there is one function per q, and a table of facts per p, instead of one formula per pair. Where q excludes values
that p has, the divergence is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from .bernoulli import Bernoulli
from .beta import Beta
from .binomial import Binomial
from .continuous_bernoulli import ContinuousBernoulli
from .exponential import Exponential
from .gamma import Gamma
from .gumbel import Gumbel
from .kl import register_kl
from .laplace import Laplace
from .normal import Normal
from .pareto import Pareto
from .poisson import Poisson
from .uniform import Uniform
from .utils import euler_constant


def _cross(q_type: type, *p_types: type) -> Callable[[Callable[..., Tensor]], Callable[..., Tensor]]:
    """Decorator: `function(p, q)` is the cross entropy -E_p[log q] for these p; registers the divergences."""

    def enter(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
        for p_type in p_types:
            register_kl(p_type, q_type)(lambda p, q: function(p, q) - p.entropy())
        return function

    return enter


# --- facts of p ---


def _x_log_x(x: Tensor) -> Tensor:
    return torch.xlogy(x, x)


def _mean_log_between(low: Tensor, high: Tensor) -> Tensor:
    """E log x for x uniform between low and high."""
    return (_x_log_x(high) - _x_log_x(low)) / (high - low) - 1


_MEAN_LOG: dict[type, Callable[[Any], Tensor]] = {
    Beta: lambda p: torch.digamma(p.concentration1) - torch.digamma(p.concentration1 + p.concentration0),
    Exponential: lambda p: -euler_constant - p.rate.log(),
    Gamma: lambda p: torch.digamma(p.concentration) - p.rate.log(),
    Pareto: lambda p: p.scale.log() + p.alpha.reciprocal(),
    Uniform: lambda p: _mean_log_between(p.low, p.high),
}
"""E log x."""


def _uniform_log_laplace(p: Any, t: Tensor) -> Tensor:
    return torch.log((torch.exp(-p.low * t) - torch.exp(-p.high * t)) / ((p.high - p.low) * t))


_LOG_LAPLACE: dict[type, Callable[[Any, Tensor], Tensor]] = {
    Exponential: lambda p, t: -torch.log1p(t / p.rate),
    Gamma: lambda p, t: -p.concentration * torch.log1p(t / p.rate),
    Gumbel: lambda p, t: torch.lgamma(1 + p.scale * t) - p.loc * t,
    Normal: lambda p, t: 0.5 * (p.scale * t).pow(2) - p.loc * t,
    Uniform: _uniform_log_laplace,
}
"""log E exp(-t x)."""


def _normal_distance(p: Any, point: Tensor) -> Tensor:
    away = p.loc - point
    z = away / p.scale
    return math.sqrt(2 / math.pi) * p.scale * torch.exp(-0.5 * z.pow(2)) + away * torch.erf(math.sqrt(0.5) * z)


def _laplace_distance(p: Any, point: Tensor) -> Tensor:
    away = (p.loc - point).abs()
    return away + p.scale * torch.exp(-away / p.scale)


_DISTANCE: dict[type, Callable[[Any, Tensor], Tensor]] = {Laplace: _laplace_distance, Normal: _normal_distance}
"""E |x - point|."""


def _of(table: dict[type, Callable[..., Tensor]], p: Any, *args: Any) -> Tensor:
    """A fact of p, whose class may derive from the one that has it."""
    return next(table[cls] for cls in type(p).__mro__ if cls in table)(p, *args)


# --- cross entropies with q ---


@_cross(Normal, Beta, ContinuousBernoulli, Exponential, Gamma, Gumbel, Laplace, Pareto, Uniform)
def _with_normal(p: Any, q: Any) -> Tensor:
    spread = p.variance + (p.mean - q.loc).pow(2)
    return 0.5 * math.log(2 * math.pi) + q.scale.log() + spread / (2 * q.scale.pow(2))


@_cross(Exponential, Beta, ContinuousBernoulli, Gamma, Pareto, Uniform)
def _with_exponential(p: Any, q: Any) -> Tensor:
    return _within(p, q.rate * p.mean - q.rate.log())


@_cross(Gamma, Beta, Exponential, Gamma, Pareto, Uniform)
def _with_gamma(p: Any, q: Any) -> Tensor:
    c, rate = q.concentration, q.rate
    return _within(p, torch.lgamma(c) - c * rate.log() - (c - 1) * _of(_MEAN_LOG, p) + rate * p.mean)


def _within(p: Any, value: Tensor) -> Tensor:
    """Infinite where a uniform p has negative values."""
    return torch.where(p.low < 0, math.inf, value) if isinstance(p, Uniform) else value


@_cross(Gumbel, Exponential, Gamma, Gumbel, Normal, Uniform)
def _with_gumbel(p: Any, q: Any) -> Tensor:
    rate = q.scale.reciprocal()
    return q.scale.log() + (p.mean - q.loc) * rate + torch.exp(q.loc * rate + _of(_LOG_LAPLACE, p, rate))


@_cross(Laplace, Laplace, Normal)
def _with_laplace(p: Any, q: Any) -> Tensor:
    return torch.log(2 * q.scale) + _of(_DISTANCE, p, q.loc) / q.scale


@_cross(Pareto, Pareto, Uniform)
def _with_pareto(p: Any, q: Any) -> Tensor:
    lowest = p.low if isinstance(p, Uniform) else p.scale
    value = (q.alpha + 1) * _of(_MEAN_LOG, p) - q.alpha.log() - q.alpha * q.scale.log()
    return torch.where(lowest < q.scale, math.inf, value)


@_cross(Beta, Beta, Uniform)
def _with_beta(p: Any, q: Any) -> Tensor:
    a, b = q.concentration1, q.concentration0
    log_beta = a.lgamma() + b.lgamma() - (a + b).lgamma()
    if isinstance(p, Uniform):
        value = log_beta - (a - 1) * _of(_MEAN_LOG, p) - (b - 1) * _mean_log_between(1 - p.high, 1 - p.low)
        return torch.where((p.high > 1) | (p.low < 0), math.inf, value)
    total = torch.digamma(p.concentration1 + p.concentration0)
    mean_logs = torch.digamma(p.concentration1) - total, torch.digamma(p.concentration0) - total
    return log_beta - (a - 1) * mean_logs[0] - (b - 1) * mean_logs[1]


@_cross(ContinuousBernoulli, Beta, Uniform)
def _with_continuous_bernoulli(p: Any, q: Any) -> Tensor:
    value = -p.mean * q.logits - torch.log1p(-q.probs) - q._cont_bern_log_norm()
    if isinstance(p, Uniform):  # torch counts an interval that touches a bound as outside
        return torch.where((p.high >= 1) | (p.low <= 0), math.inf, value)
    return value


@_cross(Uniform, Beta, ContinuousBernoulli)
def _with_uniform(p: Any, q: Any) -> Tensor:
    if isinstance(p, Beta):
        outside = (q.low > 0) | (q.high < 1)
    else:  # torch's test for this pair is the other way round
        outside = (q.low >= 0) | (q.high <= 1)
    return torch.where(outside, math.inf, (q.high - q.low).log())


@_cross(Poisson, Bernoulli)
def _with_poisson(p: Any, q: Any) -> Tensor:
    return q.rate - p.probs * q.rate.log()


# --- infinite, whatever the parameters ---

_SCALARS = ("rate", "concentration", "loc", "concentration1", "probs", "scale")


def _infinite(p: Any, q: Any) -> Tensor:
    return torch.full_like(next(getattr(p, name) for name in _SCALARS if hasattr(p, name)), math.inf)


_UNBOUNDED = {
    Beta: (Pareto,),
    ContinuousBernoulli: (Pareto,),
    Exponential: (Beta, ContinuousBernoulli, Pareto, Uniform),
    Gamma: (Beta, ContinuousBernoulli, Pareto, Uniform),
    Gumbel: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Laplace: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Normal: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Pareto: (Beta, ContinuousBernoulli, Uniform),
    Poisson: (Bernoulli, Binomial),
}

for _p, _others in _UNBOUNDED.items():
    for _q in _others:
        register_kl(_p, _q)(_infinite)
