"""What the table of cases cannot hold: pathwise gradients by finite differences, vmap, caches, validation, registration."""

from __future__ import annotations

import copy
import pickle

import pytest

import ft_distributions as d
from ft_autograd import gradcheck
from ft_autograd.func import vmap
from ft_dispatch import surface as torch

F64 = torch.float64


def numbers(*values):
    return torch.tensor(values, dtype=F64)


@pytest.mark.parametrize(
    ("build", "parameters"),
    [
        (lambda a: d.Normal(a, 2.0), [numbers(0.5, -1.0)]),
        (d.Laplace, [numbers(0.5), numbers(1.5)]),
        (lambda a: d.Wishart(numbers(5.0)[0], scale_tril=a.tril()), [numbers(1.2, 0.0, 0.3, 0.9).reshape(2, 2)]),
        (lambda a: d.RelaxedOneHotCategorical(numbers(0.7), logits=a), [numbers(0.2, 0.6, 0.2)]),
    ],
    ids=["Normal", "Laplace", "Wishart", "RelaxedOneHotCategorical"],
)
def test_rsample_moves_as_finite_differences_say(build, parameters):
    def draw(*values):
        torch.manual_seed(3)
        return build(*values).rsample((2,))

    assert gradcheck(draw, [p.requires_grad_() for p in parameters])


@pytest.mark.parametrize("concentration", [0.4, 1.5, 6.0, 30.0])
def test_gamma_moves_along_its_quantile(concentration):
    """d x / d a = -(d cdf / d a) / pdf, by a central difference; the fit behind it is good to 1e-3."""
    a = numbers(concentration).requires_grad_()
    x = d.Gamma(a, 1.0).rsample((20,))
    x.sum().backward()
    step, value = 1e-5, x.detach()
    high, low = (d.Gamma(numbers(concentration + h), 1.0).cdf(value) for h in (step, -step))
    expected = -(high - low) / (2 * step) / d.Gamma(a.detach(), 1.0).log_prob(value).exp()
    assert torch.allclose(a.grad, expected.sum(0), rtol=2e-3)


def test_wishart_draws_are_positive_definite_and_have_their_mean():
    torch.manual_seed(0)
    w = d.Wishart(numbers(6.0, 9.0), numbers(2.0, 0.3, 0.3, 1.0).reshape(2, 2))
    x = w.sample((4000,))
    assert w.support.check(x).all()
    assert torch.allclose(x.mean(0), w.mean, rtol=0.1, atol=0.2)


def test_log_prob_batches():
    x = torch.linspace(0.1, 0.9, 4, dtype=F64)
    beta = d.Beta(numbers(2.0)[0], numbers(3.0)[0], validate_args=False)
    assert torch.equal(vmap(beta.log_prob)(x), beta.log_prob(x))


def test_parameters_given_lazily_are_computed_once():
    coin = d.Bernoulli(logits=numbers(0.3).requires_grad_())
    assert "probs" not in coin.__dict__
    with torch.no_grad():
        probs = coin.probs
    assert coin.__dict__["probs"] is probs
    assert probs.requires_grad


def test_repr_names_the_parameters():
    assert repr(d.Normal(0.0, torch.ones(3))) == "Normal(loc: torch.Size([3]), scale: torch.Size([3]))"
    assert repr(d.Bernoulli(0.5)) == "Bernoulli(probs: 0.5)"
    assert repr(d.Independent(d.Normal(torch.zeros(2), 1.0), 1)).endswith(", 1)")


@pytest.mark.parametrize("made", [d.Gamma(2.0, 3.0), d.LogNormal(0.0, 1.0), d.MultivariateNormal(torch.zeros(2), torch.eye(2))])
def test_distributions_are_copied_and_pickled(made):
    for twin in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        torch.manual_seed(1)
        ours = twin.sample()
        torch.manual_seed(1)
        assert torch.equal(ours, made.sample())


def test_a_subclass_with_its_own_constructor_must_bring_expand():
    class Shifted(d.Normal):
        def __init__(self, shift):
            super().__init__(shift, 1.0)

    with pytest.raises(NotImplementedError, match="Subclass Shifted of Normal that defines a custom __init__"):
        Shifted(torch.zeros(2)).expand((3, 2))


def test_validation_can_be_turned_off():
    with pytest.raises(ValueError, match="to satisfy the constraint GreaterThan"):
        d.Normal(0.0, -1.0)
    assert d.Normal(0.0, -1.0, validate_args=False).log_prob(torch.tensor(0.0)).isnan()
    d.Distribution.set_default_validate_args(False)
    try:
        d.Normal(0.0, -1.0)
    finally:
        d.Distribution.set_default_validate_args(True)


def test_a_distribution_without_constraints_is_warned_of():
    class Bare(d.Distribution):
        pass

    with pytest.warns(UserWarning, match="does not define `arg_constraints`"):
        Bare()


def test_sample_n_is_deprecated():
    with pytest.warns(FutureWarning, match="sample_n"):
        assert d.Normal(0.0, 1.0).sample_n(3).shape == (3,)


def test_a_divergence_can_be_registered_and_ambiguity_is_reported():
    class Left(d.Cauchy):
        pass

    class Right(d.Cauchy):
        pass

    registry = dict(d.kl._KL_REGISTRY)
    try:
        d.register_kl(Left, d.Cauchy)(lambda p, q: "left")
        assert d.kl_divergence(Left(0.0, 1.0), Right(0.0, 1.0)) == "left"
        d.register_kl(d.Cauchy, Right)(lambda p, q: "right")
        with pytest.warns(RuntimeWarning, match="Ambiguous kl_divergence"):
            d.kl_divergence(Left(0.0, 1.0), Right(0.0, 1.0))
        with pytest.raises(TypeError, match="type_q"):
            d.register_kl(Left, 3)
    finally:
        d.kl._KL_REGISTRY.clear()
        d.kl._KL_REGISTRY.update(registry)
        d.kl._KL_MEMOIZE.clear()


def test_bregman_entropy_equals_the_closed_form():
    for family in (d.Normal(0.5, 2.0), d.Gamma(2.0, 3.0), d.Exponential(0.7), d.Bernoulli(0.3)):
        assert torch.allclose(d.ExponentialFamily.entropy(family), family.entropy())


def test_a_cached_transform_returns_what_it_saw():
    transform = d.ExpTransform(cache_size=1)
    x = torch.randn(3)
    y = transform(x)
    assert transform(x) is y
    assert transform.inv(y) is x
    assert transform.inv.inv is transform


def test_transforms_are_equal_by_value():
    assert d.AffineTransform(1.0, 2.0) == d.AffineTransform(1.0, 2.0)
    assert d.AffineTransform(1.0, 2.0) != d.AffineTransform(torch.tensor(1.0), 3.0)
    assert d.ComposeTransform([d.ExpTransform()]) == d.ComposeTransform([d.ExpTransform()])
    assert d.ExpTransform().inv == d.ExpTransform().inv != d.TanhTransform().inv


def test_a_transform_with_its_own_constructor_must_bring_with_cache():
    class Doubled(d.ExpTransform):
        def __init__(self, factor):
            super().__init__()
            self.factor = factor

    with pytest.raises(NotImplementedError, match="with_cache is not implemented"):
        Doubled(2).with_cache()
