"""One table for all tests: every family with parameters, every transform with an input, every pair that has a divergence.

`observe_*` computes what can be asked of a case, with torch or with ours, as plain lists; an exception becomes its type's name.
`recorded.json` holds torch 2.13's answers: `python distribution_cases.py` writes it where torch is installed.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from error_cases import ERRORS, refused

RECORDED = Path(__file__).with_name("recorded.json")
SEED = 11


@dataclass(frozen=True)
class Library:
    """torch or ours: `d` is the distributions module, `t` the flat namespace, `dtype` that of parameters."""

    d: Any
    t: Any
    dtype: str = "float64"

    def __call__(self, *values: Any) -> Any:
        """A tensor of these values (one nested list, or numbers)."""
        data = values[0] if len(values) == 1 else list(values)
        return self.t.tensor(data, dtype=getattr(self.t, self.dtype))


SPD = [[2.0, 0.3, 0.1], [0.3, 1.5, 0.2], [0.1, 0.2, 1.0]]
TRIL = [[1.2, 0.0, 0.0], [0.3, 0.9, 0.0], [-0.4, 0.2, 1.1]]

CASES: dict[str, Callable[[Library], Any]] = {
    "Bernoulli-probs": lambda m: m.d.Bernoulli(m(0.2, 0.5, 0.9)),
    "Bernoulli-logits": lambda m: m.d.Bernoulli(logits=m([[-1.0], [0.7]])),
    "Beta": lambda m: m.d.Beta(m(0.5, 2.0, 9.0), m(1.5, 0.7, 8.0)),
    "Binomial": lambda m: m.d.Binomial(30, m(0.2, 0.5, 0.9)),
    "Binomial-counts": lambda m: m.d.Binomial(m(3.0, 40.0, 0.0), logits=m(0.2, -0.5, 0.9)),
    "Categorical": lambda m: m.d.Categorical(m([[1.0, 2.0, 3.0], [0.2, 0.2, 0.6]])),
    "Categorical-logits": lambda m: m.d.Categorical(logits=m(0.5, -1.0, 0.1)),
    "Cauchy": lambda m: m.d.Cauchy(m(0.5, -1.0), m(1.0, 2.5)),
    "Chi2": lambda m: m.d.Chi2(m(0.7, 3.0, 11.0)),
    "ContinuousBernoulli": lambda m: m.d.ContinuousBernoulli(m(0.2, 0.5, 0.4995, 0.9)),
    "ContinuousBernoulli-logits": lambda m: m.d.ContinuousBernoulli(logits=m(-0.7, 2.0)),
    "Dirichlet": lambda m: m.d.Dirichlet(m([[0.3, 0.4, 0.2], [3.0, 1.5, 7.0]])),
    "Exponential": lambda m: m.d.Exponential(m(0.7, 3.0)),
    "FisherSnedecor": lambda m: m.d.FisherSnedecor(m(1.5, 5.0, 3.0), m(1.5, 3.0, 9.0)),
    "Gamma": lambda m: m.d.Gamma(m(0.3, 2.5, 20.0), m(1.5, 0.5, 2.0)),
    "Gamma-numbers-single": lambda m: m.d.Gamma(2.0, 3.0),
    "GeneralizedPareto-single": lambda m: m.d.GeneralizedPareto(m(0.5, -1.0, 0.0), m(1.0, 2.5, 1.5), m(0.3, 0.0, -0.4)),
    "Geometric": lambda m: m.d.Geometric(m(0.2, 1.0, 0.7)),
    "Geometric-logits": lambda m: m.d.Geometric(logits=m(0.2, -1.0)),
    "Gumbel": lambda m: m.d.Gumbel(m(0.5, -1.0), m(1.0, 2.5)),
    "HalfCauchy": lambda m: m.d.HalfCauchy(m(1.0, 2.5)),
    "HalfNormal": lambda m: m.d.HalfNormal(m(1.0, 2.5)),
    "Independent": lambda m: m.d.Independent(m.d.Normal(m([[0.5, -1.0, 2.0]]), m([[1.0, 2.5, 0.3]])), 1),
    "InverseGamma": lambda m: m.d.InverseGamma(m(0.7, 2.5, 5.0), m(1.5, 0.5, 2.0)),
    "Kumaraswamy": lambda m: m.d.Kumaraswamy(m(0.5, 2.0), m(1.5, 3.0)),
    "LKJCholesky": lambda m: m.d.LKJCholesky(3, m(0.5, 2.0)),
    "Laplace": lambda m: m.d.Laplace(m(0.5, -1.0), m(1.0, 2.5)),
    "LogNormal": lambda m: m.d.LogNormal(m(0.5, -1.0), m(1.0, 0.5)),
    "LogisticNormal": lambda m: m.d.LogisticNormal(m([[0.5, -1.0]]), m([[1.0, 0.5]])),
    "LogitRelaxedBernoulli": lambda m: m.d.relaxed_bernoulli.LogitRelaxedBernoulli(m(0.7), m(0.2, 0.6)),
    "ExpRelaxedCategorical": lambda m: m.d.relaxed_categorical.ExpRelaxedCategorical(m(0.7), m(0.2, 0.6, 0.2)),
    "LowRankMultivariateNormal": lambda m: m.d.LowRankMultivariateNormal(
        m([[0.5, -1.0, 0.2], [0.0, 1.0, 2.0]]), m([[1.0], [0.5], [-0.3]]), m(0.4, 1.0, 0.2)
    ),
    "MixtureSameFamily": lambda m: m.d.MixtureSameFamily(
        m.d.Categorical(m([[0.3, 0.7], [0.5, 0.5]])), m.d.Normal(m([[0.5, -1.0], [1.0, 4.0]]), m([[1.0, 2.5], [0.3, 0.5]]))
    ),
    "MixtureSameFamily-vectors": lambda m: m.d.MixtureSameFamily(
        m.d.Categorical(m(0.3, 0.7)), m.d.Independent(m.d.Normal(m([[0.5, -1.0], [1.0, 4.0]]), m([[1.0, 2.5], [0.3, 0.5]])), 1)
    ),
    "Multinomial-single": lambda m: m.d.Multinomial(7, m(0.2, 0.5, 0.3)),
    "MultivariateNormal-tril": lambda m: m.d.MultivariateNormal(m([[0.5, -1.0, 0.2], [0.0, 1.0, 2.0]]), scale_tril=m(TRIL)),
    "MultivariateNormal-covariance": lambda m: m.d.MultivariateNormal(m(0.5, -1.0, 0.2), m([SPD, TRIL_TRILT])),
    "MultivariateNormal-precision": lambda m: m.d.MultivariateNormal(m(0.5, -1.0, 0.2), precision_matrix=m(SPD)),
    "NegativeBinomial": lambda m: m.d.NegativeBinomial(m(3.0, 7.5), m(0.2, 0.6)),
    "Normal": lambda m: m.d.Normal(m(0.5, -1.0), m(1.0, 2.5)),
    "Normal-numbers-single": lambda m: m.d.Normal(0.5, 2.0),
    "OneHotCategorical": lambda m: m.d.OneHotCategorical(m([[1.0, 2.0, 3.0], [0.2, 0.2, 0.6]])),
    "OneHotCategoricalStraightThrough": lambda m: m.d.OneHotCategoricalStraightThrough(m(1.0, 2.0, 3.0)),
    "Pareto": lambda m: m.d.Pareto(m(0.5, 1.0, 2.0), m(0.7, 1.5, 3.0)),
    "Poisson": lambda m: m.d.Poisson(m(0.5, 4.0, 35.0)),
    "RelaxedBernoulli": lambda m: m.d.RelaxedBernoulli(m(0.7), m(0.2, 0.6)),
    "RelaxedOneHotCategorical": lambda m: m.d.RelaxedOneHotCategorical(m(0.7), m([[0.2, 0.6, 0.2], [0.1, 0.1, 0.8]])),
    "StudentT": lambda m: m.d.StudentT(m(0.8, 1.5, 5.0), m(0.5, -1.0, 0.0), m(1.0, 2.5, 1.0)),
    "TransformedDistribution": lambda m: m.d.TransformedDistribution(
        m.d.Normal(m(0.5, -1.0), m(1.0, 2.5)), [m.d.AffineTransform(1.0, -2.0), m.d.SigmoidTransform()]
    ),
    "Uniform": lambda m: m.d.Uniform(m(0.5, -1.0), m(1.0, 2.5)),
    "VonMises": lambda m: m.d.VonMises(m(0.5, -1.0), m(1.0, 7.5)),
    "Weibull": lambda m: m.d.Weibull(m(0.5, 1.0), m(1.5, 2.5)),
    "Wishart": lambda m: m.d.Wishart(m(4.0), m(SPD)),
    "Wishart-batch": lambda m: m.d.Wishart(m(4.0, 7.5), scale_tril=m(TRIL)),
}  # fmt: skip
TRIL_TRILT = [[1.44, 0.36, -0.48], [0.36, 0.9, 0.06], [-0.48, 0.06, 1.41]]

TRANSFORMS: dict[str, tuple[Callable[[Library], Any], Any]] = {
    "Abs": (lambda m: m.d.AbsTransform(), [-1.0, 0.5]),
    "Affine": (lambda m: m.d.AffineTransform(0.5, -2.0), [-1.0, 0.5]),
    "Affine-tensors": (lambda m: m.d.AffineTransform(m(0.5, 1.0), m(2.0, -3.0), event_dim=1), [[-1.0, 0.5], [2.0, 3.0]]),
    "Cat": (lambda m: m.d.CatTransform([m.d.ExpTransform(), m.d.TanhTransform()], 0, [2, 1]), [-1.0, 0.5, 0.2]),
    "Cat-vectors": (
        lambda m: m.d.CatTransform([m.d.ExpTransform(), m.d.AffineTransform(0.0, m(2.0, 3.0), 1)], -2, [1, 2]),
        [[-1.0, 0.5], [0.2, 1.0], [0.4, 0.6]],
    ),
    "Compose": (lambda m: m.d.ComposeTransform([m.d.ExpTransform(), m.d.AffineTransform(1.0, 3.0)]), [-1.0, 0.5]),
    "Compose-vectors": (
        lambda m: m.d.ComposeTransform([m.d.AffineTransform(1.0, 3.0), m.d.StickBreakingTransform()]), [[-1.0, 0.5], [0.1, 0.2]],
    ),
    "CorrCholesky": (lambda m: m.d.CorrCholeskyTransform(), [[-1.0, 0.5, 0.2], [0.1, 0.3, 2.0]]),
    "CumulativeDistribution": (lambda m: m.d.CumulativeDistributionTransform(m.d.Normal(m(0.5), m(2.0))), [-1.0, 0.5]),
    "Exp": (lambda m: m.d.ExpTransform(), [-1.0, 0.5]),
    "Exp-inverse": (lambda m: m.d.ExpTransform().inv, [1.0, 0.5]),
    "Independent": (lambda m: m.d.IndependentTransform(m.d.ExpTransform(), 1), [[-1.0, 0.5], [0.1, 0.2]]),
    "LowerCholesky": (lambda m: m.d.LowerCholeskyTransform(), SPD),
    "PositiveDefinite": (lambda m: m.d.PositiveDefiniteTransform(), SPD),
    "Power": (lambda m: m.d.PowerTransform(m(2.0, -1.5)), [1.3, 0.5]),
    "Reshape": (lambda m: m.d.ReshapeTransform((4,), (2, 2)), [[1.0, 2.0, 3.0, 4.0]]),
    "Sigmoid": (lambda m: m.d.SigmoidTransform(), [-1.0, 0.5, 800.0]),
    "Softmax": (lambda m: m.d.SoftmaxTransform(), [-1.0, 0.5, 0.2]),
    "Softplus": (lambda m: m.d.SoftplusTransform(), [-1.0, 0.5, 30.0]),
    "Stack": (lambda m: m.d.StackTransform([m.d.ExpTransform(), m.d.TanhTransform()], 1), [[-1.0, 0.5], [0.1, 0.2]]),
    "StickBreaking": (lambda m: m.d.StickBreakingTransform(), [[-1.0, 0.5], [0.1, 0.2]]),
    "Tanh": (lambda m: m.d.TanhTransform(), [-1.0, 0.5]),
    "identity": (lambda m: m.d.identity_transform, [-1.0, 0.5]),
}  # fmt: skip

CONSTRAINTS: dict[str, Callable[[Any, Library], Any]] = {
    "real": lambda c, m: c.real,
    "real_vector": lambda c, m: c.real_vector,
    "positive": lambda c, m: c.positive,
    "nonnegative": lambda c, m: c.nonnegative,
    "greater_than": lambda c, m: c.greater_than(m(0.5)),
    "greater_than_eq": lambda c, m: c.greater_than_eq(-1.0),
    "less_than": lambda c, m: c.less_than(2.0),
    "unit_interval": lambda c, m: c.unit_interval,
    "interval": lambda c, m: c.interval(-1.0, 2.0),
    "half_open_interval": lambda c, m: c.half_open_interval(-1.0, 2.0),
    "boolean": lambda c, m: c.boolean,
    "nonnegative_integer": lambda c, m: c.nonnegative_integer,
    "positive_integer": lambda c, m: c.positive_integer,
    "integer_interval": lambda c, m: c.integer_interval(0, 2),
    "one_hot": lambda c, m: c.one_hot,
    "simplex": lambda c, m: c.simplex,
    "multinomial": lambda c, m: c.multinomial(2),
    "lower_triangular": lambda c, m: c.lower_triangular,
    "lower_cholesky": lambda c, m: c.lower_cholesky,
    "corr_cholesky": lambda c, m: c.corr_cholesky,
    "square": lambda c, m: c.square,
    "symmetric": lambda c, m: c.symmetric,
    "positive_semidefinite": lambda c, m: c.positive_semidefinite,
    "positive_definite": lambda c, m: c.positive_definite,
    "independent": lambda c, m: c.independent(c.positive, 1),
    "cat": lambda c, m: c.cat([c.positive, c.real], 0, [1, 2]),
    "stack": lambda c, m: c.stack([c.positive, c.real, c.unit_interval], 0),
    "dependent": lambda c, m: c.dependent,
    "mixture": lambda c, m: c.MixtureSameFamilyConstraint(c.positive),
}

GRADIENTS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "Beta": (lambda d, a, b: d.Beta(a, b), ([0.3, 2.0, 9.0, 40.0], [1.5, 0.7, 8.0, 30.0])),
    "Cauchy": (lambda d, a, b: d.Cauchy(a, b), ([0.5, -1.0], [1.0, 2.5])),
    "Chi2": (lambda d, a: d.Chi2(a), ([0.7, 3.0, 31.0],)),
    "ContinuousBernoulli": (lambda d, a: d.ContinuousBernoulli(a), ([0.2, 0.4995, 0.9],)),
    "Dirichlet": (lambda d, a: d.Dirichlet(a), ([[0.3, 0.4, 0.2], [3.0, 1.5, 7.0], [20.0, 30.0, 9.0]],)),
    "Exponential": (lambda d, a: d.Exponential(a), ([0.7, 3.0],)),
    "FisherSnedecor": (lambda d, a, b: d.FisherSnedecor(a, b), ([1.5, 5.0], [3.0, 9.0])),
    "Gamma": (lambda d, a, b: d.Gamma(a, b), ([0.3, 2.5, 20.0, 90.0], [1.5, 0.5, 2.0, 1.0])),
    "Gumbel": (lambda d, a, b: d.Gumbel(a, b), ([0.5, -1.0], [1.0, 2.5])),
    "HalfNormal": (lambda d, a: d.HalfNormal(a), ([1.0, 2.5],)),
    "InverseGamma": (lambda d, a, b: d.InverseGamma(a, b), ([0.7, 2.5], [1.5, 0.5])),
    "Kumaraswamy": (lambda d, a, b: d.Kumaraswamy(a, b), ([0.5, 2.0], [1.5, 3.0])),
    "Laplace": (lambda d, a, b: d.Laplace(a, b), ([0.5, -1.0], [1.0, 2.5])),
    "LogNormal": (lambda d, a, b: d.LogNormal(a, b), ([0.5, -1.0], [1.0, 0.5])),
    "LowRankMultivariateNormal": (
        lambda d, a, b, c: d.LowRankMultivariateNormal(a, b, c), ([0.5, -1.0, 0.2], [[1.0], [0.5], [-0.3]], [0.4, 1.0, 0.2]),
    ),
    "MultivariateNormal": (lambda d, a, b: d.MultivariateNormal(a, b), ([0.5, -1.0, 0.2], SPD)),
    "Normal": (lambda d, a, b: d.Normal(a, b), ([0.5, -1.0], [1.0, 2.5])),
    "Pareto": (lambda d, a, b: d.Pareto(a, b), ([0.5, 1.0], [0.7, 1.5])),
    "RelaxedBernoulli": (lambda d, a, b: d.RelaxedBernoulli(a, b), ([0.7], [0.2, 0.6])),
    "RelaxedOneHotCategorical": (lambda d, a, b: d.RelaxedOneHotCategorical(a, b), ([0.7], [0.2, 0.6, 0.2])),
    "StudentT": (lambda d, a, b, c: d.StudentT(a, b, c), ([1.5, 5.0], [0.5, -1.0], [1.0, 2.5])),
    "Uniform": (lambda d, a, b: d.Uniform(a, b), ([0.5, -1.0], [1.0, 2.5])),
    "Weibull": (lambda d, a, b: d.Weibull(a, b), ([0.5, 1.0], [1.5, 2.5])),
}  # fmt: skip
"""Families with pathwise gradients, by their parameters."""

VALUES = (
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
    [[0.5, 0.25, 0.25], [-1.0, 2.0, 1.0], [float("nan"), 0.1, float("inf")]],
    SPD,
    TRIL,
    [[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.0, 0.6, 0.8]],
    [[1.0, 2.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
)

SCALARS: dict[str, Callable[[Library], Any]] = {
    name: CASES[name]
    for name in (
        "Bernoulli-probs Beta Binomial Categorical Cauchy ContinuousBernoulli Dirichlet Exponential Gamma Geometric Gumbel HalfNormal "
        "Independent Laplace LogNormal LowRankMultivariateNormal MultivariateNormal-tril Normal OneHotCategorical Pareto Poisson "
        "TransformedDistribution Uniform Chi2 Wishart"
    ).split()
}
OTHERS: dict[str, Callable[[Library], Any]] = {
    "Bernoulli": lambda m: m.d.Bernoulli(m(0.1, 1.0, 0.0)),
    "Beta": lambda m: m.d.Beta(m(2.5), m(1.2)),
    "Binomial": lambda m: m.d.Binomial(m(30.0), m(0.3)),
    "Categorical": lambda m: m.d.Categorical(m([0.0, 1.0, 3.0])),
    "Cauchy": lambda m: m.d.Cauchy(m(1.5), m(0.7)),
    "ContinuousBernoulli": lambda m: m.d.ContinuousBernoulli(m(0.3)),
    "Dirichlet": lambda m: m.d.Dirichlet(m(1.3, 0.4, 2.2)),
    "Exponential": lambda m: m.d.Exponential(m(1.7)),
    "Gamma": lambda m: m.d.Gamma(m(1.7), m(0.4)),
    "Geometric": lambda m: m.d.Geometric(m(0.4)),
    "Gumbel": lambda m: m.d.Gumbel(m(-0.3), m(1.4)),
    "HalfNormal": lambda m: m.d.HalfNormal(m(1.3)),
    "Independent": lambda m: m.d.Independent(m.d.Normal(m([[0.0, -1.0, 1.0]]), m([[1.0, 2.0, 0.5]])), 1),
    "Laplace": lambda m: m.d.Laplace(m(-0.3), m(1.4)),
    "LogNormal": lambda m: m.d.LogNormal(m(0.2), m(0.8)),
    "LowRankMultivariateNormal": lambda m: m.d.LowRankMultivariateNormal(m(0.1, -0.2, 0.3), m([[0.5], [1.0], [0.2]]), m(1.0, 0.7, 0.9)),
    "MultivariateNormal": lambda m: m.d.MultivariateNormal(m(0.3, 0.1, -0.2), m(SPD)),
    "Normal": lambda m: m.d.Normal(m(0.2), m(1.8)),
    "OneHotCategorical": lambda m: m.d.OneHotCategorical(m([0.1, 1.0, 3.0])),
    "Pareto": lambda m: m.d.Pareto(m(0.4), m(2.5)),
    "Poisson": lambda m: m.d.Poisson(m(3.0)),
    "TransformedDistribution": lambda m: m.d.TransformedDistribution(
        m.d.Normal(m(0.1), m(2.0)), [m.d.AffineTransform(1.0, -2.0), m.d.SigmoidTransform()]
    ),
    "Uniform": lambda m: m.d.Uniform(m(0.2), m(0.9)),
    "Uniform-wide": lambda m: m.d.Uniform(m(-3.0), m(4.0)),
    "Chi2": lambda m: m.d.Chi2(m(2.0)),
    "Wishart": lambda m: m.d.Wishart(m(5.0), scale_tril=m(TRIL)),
}  # fmt: skip


def plain(value: Any) -> Any:
    """A result as JSON has it: lists of numbers with their shape, text, or None."""
    if hasattr(value, "detach"):
        return {"shape": list(value.shape), "data": _numbers(value.detach().reshape(-1).tolist())}
    return value


def _numbers(values: list[Any]) -> list[Any]:
    return [v if isinstance(v, (bool, int)) or math.isfinite(v) else str(v) for v in values]


def asked(function: Callable[[], Any]) -> Any:
    """What a call gives, or the name of what it raises."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return plain(function())
    except (NotImplementedError, ValueError, AttributeError) as error:
        return type(error).__name__


def seeded(m: Library, function: Callable[[], Any]) -> Any:
    """A draw from the start of the stream, and where it leaves the stream."""
    m.t.manual_seed(SEED)
    drawn = asked(function)
    return [drawn, plain(m.t.rand(1, dtype=m.t.float64))]


def library(d: Any, t: Any, name: str) -> Library:
    """The library for a case. Those called single are in float32: torch has the generalized Pareto only there, and computes a part of
    the multinomial entropy there whatever the dtype; numbers as parameters become the default dtype.
    """
    return Library(d, t, "float32" if name.endswith("-single") else "float64")


def observe(build: Callable[[Library], Any], m: Library, points: Any = None) -> dict[str, Any]:
    """All that can be asked of a distribution; `points` are values of its support, its own draw by default."""
    d = build(m)
    m.t.manual_seed(SEED)
    x = d.sample((2,)) if points is None else m(points)
    u = m.t.tensor([[0.3], [0.8]], dtype=getattr(m.t, m.dtype))
    seen: dict[str, Any] = {"points": x.tolist(), "batch_shape": list(d.batch_shape), "event_shape": list(d.event_shape)}
    seen |= {name: asked(lambda name=name: getattr(d, name)) for name in ("mean", "mode", "variance", "stddev", "has_rsample")}
    seen |= {name: asked(getattr(d, name)) for name in ("entropy", "perplexity", "enumerate_support")}
    seen |= {name: asked(lambda name=name: getattr(d, name)(x)) for name in ("log_prob", "cdf")}
    seen["icdf"] = asked(lambda: d.icdf(u.reshape(2, *(1,) * max(1, len(d.batch_shape)))))
    seen["sample"] = seeded(m, d.sample)
    seen["samples"] = seeded(m, lambda: d.sample((3, 2)))
    wide = d.expand((2, *d.batch_shape))
    seen["expanded"] = [list(wide.batch_shape), asked(lambda: wide.log_prob(x)), seeded(m, wide.sample), asked(lambda: wide.mean)]
    seen["repr"] = repr(build(m))
    seen["support"] = asked(lambda: type(d.support).__name__)
    return seen


def observe_gradient(entry: tuple[Callable[..., Any], tuple[Any, ...]], m: Library) -> dict[str, Any]:
    """Draws from the seed, the pathwise gradients of a function of them, and the gradients of a log probability and an entropy."""
    build, values = entry
    seen: dict[str, Any] = {}
    for name in ("rsample", "log_prob", "entropy"):
        parameters = [m(v).requires_grad_() for v in values]
        d = build(m.d, *parameters)
        m.t.manual_seed(SEED)
        try:
            value = d.rsample((5,))
            result = value.sin() if name == "rsample" else d.log_prob(value.detach()) if name == "log_prob" else d.entropy()
        except NotImplementedError:
            continue
        result.sum().backward()
        seen[name] = [plain(result), [None if p.grad is None else plain(p.grad) for p in parameters]]
    return seen


def observe_transform(entry: tuple[Callable[[Library], Any], Any], m: Library) -> dict[str, Any]:
    """Both directions of a transform, its Jacobian, shapes, sign and kind."""
    transform, x = entry[0](m), m(entry[1])
    y = transform(x)
    return {
        "forward": plain(y),
        "inverse": asked(lambda: transform.inv(y)),
        "jacobian": asked(lambda: transform.log_abs_det_jacobian(x, y)),
        "inverse_jacobian": asked(lambda: transform.inv.log_abs_det_jacobian(y, x)),
        "shapes": [list(transform.forward_shape(x.shape)), list(transform.inverse_shape(y.shape))],
        "sign": asked(lambda: transform.sign),
        "bijective": transform.bijective,
        "dims": [asked(lambda: transform.domain.event_dim), asked(lambda: transform.codomain.event_dim)],
        "repr": repr(transform),
        "cached": asked(lambda: transform.with_cache().inv(transform.with_cache()(x))),
    }


def observe_constraint(build: Callable[[Any, Library], Any], m: Library) -> dict[str, Any]:
    """What a constraint accepts, what it is, and which transforms lead to it."""
    constraint = build(m.d.constraints, m)
    x = m(VALUES[2])
    seen = {
        "checks": [asked(lambda value=value: constraint.check(m(value))) for value in VALUES],
        "event_dim": asked(lambda: constraint.event_dim),
        "is_discrete": asked(lambda: constraint.is_discrete),
        "repr": repr(constraint).replace(", dtype=torch.float64", ""),
    }
    for registry in ("biject_to", "transform_to"):
        seen[registry] = asked(lambda registry=registry: getattr(m.d, registry)(constraint)(x))
    return seen


def observe_divergences(build: Callable[[Library], Any], m: Library) -> dict[str, Any]:
    """KL(p ‖ q) against every q of OTHERS."""
    p = build(m)
    return {name: asked(lambda q=q: m.d.kl_divergence(p, q(m))) for name, q in OTHERS.items()}


def record(d: Any, t: Any) -> dict[str, Any]:
    """Everything, as the table has it."""
    m = Library(d, t)
    return {
        "distributions": {name: observe(build, library(d, t, name)) for name, build in CASES.items()},
        "transforms": {name: observe_transform(entry, m) for name, entry in TRANSFORMS.items()},
        "constraints": {name: observe_constraint(build, m) for name, build in CONSTRAINTS.items()},
        "gradients": {name: observe_gradient(entry, m) for name, entry in GRADIENTS.items()},
        "errors": {name: refused(build, m) for name, build in ERRORS.items()},
        "divergences": {name: observe_divergences(build, m) for name, build in SCALARS.items()},
    }


if __name__ == "__main__":
    import torch

    RECORDED.write_text(json.dumps(record(torch.distributions, torch), separators=(",", ":")).replace('},"', '},\n"') + "\n")
