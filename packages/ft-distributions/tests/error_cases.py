"""Calls that must be refused, with torch's type and the beginning of torch's sentence. Recorded with the table of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Library = Any
SPD = [[2.0, 0.3, 0.1], [0.3, 1.5, 0.2], [0.1, 0.2, 1.0]]

ERRORS: dict[str, Callable[[Library], Any]] = {
    "both": lambda m: m.d.Bernoulli(m(0.5), m(0.5)),
    "neither": lambda m: m.d.Categorical(),
    "probability": lambda m: m.d.Bernoulli(m(0.5, 1.5)),
    "scale": lambda m: m.d.Normal(m(0.0), m(-1.0)),
    "nan": lambda m: m.d.Normal(m(float("nan")), m(1.0)),
    "simplex": lambda m: m.d.Categorical(m(-0.5, 1.5)),
    "uniform": lambda m: m.d.Uniform(m(1.0), m(0.0)),
    "geometric-zero": lambda m: m.d.Geometric(m(0.0, 0.5)),
    "no tensor": lambda m: m.d.Normal("a", 1.0),
    "shapes": lambda m: m.d.MultivariateNormal(m(0.0, 0.0), m([[1.0, 0.0], [0.0, -1.0]])),
    "two matrices": lambda m: m.d.MultivariateNormal(m(0.0), m([[1.0]]), m([[1.0]])),
    "vector loc": lambda m: m.d.MultivariateNormal(m(0.0).reshape(()), m([[1.0]])),
    "low rank": lambda m: m.d.LowRankMultivariateNormal(m(0.0, 1.0), m([[1.0]]), m(1.0, 1.0)),
    "low df": lambda m: m.d.Wishart(m(1.5), m(SPD)),
    "flat dirichlet": lambda m: m.d.Dirichlet(m(1.0).reshape(())),
    "lkj": lambda m: m.d.LKJCholesky(1),
    "counts": lambda m: m.d.Multinomial(m(2.0), m(0.5, 0.5)),
    "mixture": lambda m: m.d.MixtureSameFamily(m.d.Normal(m(0.0), m(1.0)), m.d.Normal(m([0.0]), m([1.0]))),
    "mixture-components": lambda m: m.d.MixtureSameFamily(m.d.Categorical(m(0.5, 0.5)), m.d.Normal(m(0.0, 1.0, 2.0), m(1.0, 1.0, 1.0))),
    "independent": lambda m: m.d.Independent(m.d.Normal(m(0.0), m(1.0)), 2),
    "value-type": lambda m: m.d.Normal(m(0.0), m(1.0)).log_prob(0.5),
    "value-shape": lambda m: m.d.Normal(m(0.0, 1.0), m(1.0, 1.0)).log_prob(m(1.0, 2.0, 3.0)),
    "value-event": lambda m: m.d.Dirichlet(m(1.0, 1.0)).log_prob(m(0.2, 0.3, 0.5)),
    "value-support": lambda m: m.d.Exponential(m(1.0)).log_prob(m(-1.0)),
    "value-integer": lambda m: m.d.Poisson(m(1.0)).log_prob(m(0.5)),
    "value-cdf": lambda m: m.d.Uniform(m(0.0), m(1.0)).cdf(m(2.0)),
    "kl-missing": lambda m: m.d.kl_divergence(m.d.Normal(m(0.0), m(1.0)), m.d.Cauchy(m(0.0), m(1.0))),
    "kl-families": lambda m: m.d.kl_divergence(m.d.Bernoulli(m(0.5)), m.d.Normal(m(0.0), m(1.0))),
    "kl-binomials": lambda m: m.d.kl_divergence(m.d.Binomial(m(3.0), m(0.5)), m.d.Binomial(m(4.0), m(0.5))),
    "cache": lambda m: m.d.ExpTransform(cache_size=2),
    "reshape": lambda m: m.d.ReshapeTransform((2,), (3,)),
    "cat-lengths": lambda m: m.d.CatTransform([m.d.ExpTransform()], 0, [1, 2]),
    "stack-size": lambda m: m.d.StackTransform([m.d.ExpTransform()], 0)(m(1.0, 2.0)),
    "corr-size": lambda m: m.d.CorrCholeskyTransform()(m(1.0, 2.0)),
    "few dims": lambda m: m.d.IndependentTransform(m.d.ExpTransform(), 2)(m(1.0, 2.0)),
    "transforms": lambda m: m.d.TransformedDistribution(m.d.Normal(m(0.0), m(1.0)), "exp"),
    "registry": lambda m: m.d.biject_to(m.d.constraints.symmetric),
    "registry-type": lambda m: m.d.biject_to.register(int, lambda c: None),
    "dependent": lambda m: m.d.constraints.dependent.check(m(1.0)),
    "dependent-dims": lambda m: m.d.constraints.dependent.event_dim,
    "independent-constraint": lambda m: m.d.constraints.independent(1, 1),
    "no mode": lambda m: m.d.Multinomial(2, m(0.5, 0.5)).mode,
    "default": lambda m: m.d.Distribution.set_default_validate_args(3),
    "enumerate": lambda m: m.d.Binomial(m(3.0, 4.0), m(0.5)).enumerate_support(),
    "enumerate-product": lambda m: m.d.Independent(m.d.Bernoulli(m(0.5, 0.5)), 1).enumerate_support(),
}  # fmt: skip


def refused(build: Callable[[Library], Any], m: Library) -> list[str]:
    """Type and message of what a bad call raises."""
    try:
        build(m)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is compared
        return [type(error).__name__, str(error)]
    return ["nothing", ""]
