"""Draws by rejection: torch's numbers and torch's place in the stream, and derivatives beside finite differences.

`RECORDED` holds digests of torch 2.13's draws; the oracle test draws anew with other seeds.
"""

import hashlib

import numpy as np
import pytest

from ft_core.generator import Generator
from ft_kernel_cpu import pathwise, random_rejection

N = 3000


def parameters(dtype):
    """Every branch of every algorithm: shapes on both sides of 1, rates of 10, means of 10, probabilities of 1/2."""
    rng = np.random.default_rng(5)
    shapes = (rng.integers(1, 512, N) / 64 * rng.choice([0.125, 1, 8], N)).astype(dtype)  # exact in float32, on any machine
    shapes[7] = 0
    return {
        "standard_gamma": (shapes,),
        "dirichlet": (shapes[9:].reshape(-1, 3),),
        "poisson": ((shapes * 3).astype(dtype),),
        "poisson-equal": (np.full(N, 12.5, dtype),),
        "binomial-equal": (np.full(N, 64, dtype), np.full(N, 0.75, dtype)),
        "binomial": (rng.integers(0, 200, N).astype(dtype), (rng.integers(0, 257, N) / 256).astype(dtype)),
    }


TORCHS = {
    "standard_gamma": "_standard_gamma",
    "dirichlet": "_sample_dirichlet",
    "poisson": "poisson",
    "poisson-equal": "poisson",
    "binomial": "binomial",
    "binomial-equal": "binomial",
}
RECORDED = {
    "standard_gamma": "4061bb629b70e30c",
    "dirichlet": "bf1c21a29c4eb8bb",
    "poisson": "5ff86b03c88ca2b9",
    "poisson-equal": "c41ee3748fa0dd59",
    "binomial": "02872ba719f62399",
    "binomial-equal": "a4a16e3d60767cb3",
}


def drawn(name, dtype, seed):
    """The draws, and the stream's next word."""
    generator = Generator().manual_seed(seed)
    arrays = parameters(dtype)[name]
    out = np.empty(arrays[0].shape, dtype)
    getattr(random_rejection, name.partition("-")[0])(generator, out, *arrays)
    return out, int(generator.words32(1)[0])


def torchs(torch, name, dtype, seed):
    """The same of torch."""
    torch.manual_seed(seed)
    out = getattr(torch, TORCHS[name])(*map(torch.from_numpy, parameters(dtype)[name])).numpy()
    return out, int(Generator().set_state_bytes(torch.get_rng_state().numpy()).words32(1)[0])


def digest(out, word):
    return hashlib.sha256(out.tobytes() + word.to_bytes(8, "little")).hexdigest()[:16]


@pytest.mark.parametrize("name", TORCHS)
def test_draws_are_torchs(name):
    assert digest(*drawn(name, np.float32, 5)) == RECORDED[name]


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", TORCHS)
def test_draws_equal_torch(name, dtype):
    torch = pytest.importorskip("torch")
    for seed in (5, 6):
        expected, torchs_word = torchs(torch, name, dtype, seed)
        out, word = drawn(name, dtype, seed)
        if name in ("standard_gamma", "dirichlet") and dtype is np.float64:  # NumPy's pow may miss the C library's last bit
            assert np.allclose(out, expected, rtol=1e-15, atol=0)
        else:
            assert np.array_equal(out, expected)
        assert word == torchs_word
    if dtype is np.float32:
        assert digest(*torchs(torch, name, dtype, 5)) == RECORDED[name]


def test_poisson_refuses_a_negative_rate():
    with pytest.raises(RuntimeError, match="invalid Poisson rate"):
        random_rejection.poisson(Generator(), np.empty(2), np.array([1.0, -1.0]))
    with pytest.raises(RuntimeError, match="invalid Poisson rate"):
        random_rejection.poisson(Generator(), np.empty(1), np.array([np.nan]))


def test_certain_outcomes_take_nothing_from_the_stream():
    generator, fresh = Generator().manual_seed(1), Generator().manual_seed(1)
    counts, chances = np.array([5.0, 5.0, 0.0, 5.0]), np.array([0.0, 1.0, 0.5, np.nan])
    out = random_rejection.binomial(generator, np.empty(4), counts, chances)
    assert np.array_equal(out, [0, 5, 0, np.nan], equal_nan=True)
    random_rejection.poisson(generator, out, np.zeros(4))
    assert np.array_equal(out, np.zeros(4))
    random_rejection.standard_gamma(generator, out, np.zeros(4))
    assert np.array_equal(out, np.full(4, np.finfo(np.float64).tiny))
    assert generator.words32(1) == fresh.words32(1)


def test_draws_have_their_moments():
    generator = Generator().manual_seed(2)
    gammas = random_rejection.standard_gamma(generator, np.empty(20_000), np.full(20_000, 0.6))
    assert abs(gammas.mean() - 0.6) < 0.02
    assert abs(gammas.var() - 0.6) < 0.05
    counts = random_rejection.binomial(generator, np.empty(20_000), np.full(20_000, 60.0), np.full(20_000, 0.7))
    assert abs(counts.mean() - 42) < 0.1
    assert abs(counts.var() - 12.6) < 0.5
    shares = random_rejection.dirichlet(generator, np.empty((20_000, 2)), np.full((20_000, 2), [1.0, 3.0]))
    assert np.allclose(shares.sum(1), 1)
    assert abs(shares[:, 0].mean() - 0.25) < 0.01


@pytest.mark.parametrize(("alpha", "beta"), [(0.4, 2.0), (2.0, 0.3), (3.0, 4.0), (20.0, 30.0), (1.0, 1.0)])
def test_beta_derivative_moves_along_the_quantile(alpha, beta):
    """-(d cdf / d alpha) / pdf, the cdf by the trapezoidal rule in the logit of x; the fits are good to about 1e-3."""

    def cdf(x, a):
        t = np.linspace(-60, np.log(x / (1 - x)), 8_001)
        log_y, log_rest = -np.logaddexp(0, -t), -np.logaddexp(0, t)
        density = np.exp(a * log_y + beta * log_rest)
        everywhere = np.linspace(-60, 60, 8_001)
        whole = np.exp(-a * np.logaddexp(0, -everywhere) - beta * np.logaddexp(0, everywhere))
        return np.trapezoid(density, t) / np.trapezoid(whole, everywhere), np.trapezoid(whole, everywhere)

    for x in (0.1, 0.3, 0.5, 0.7, 0.95):
        high, low = cdf(x, alpha * 1.0001)[0], cdf(x, alpha * 0.9999)[0]
        pdf = x ** (alpha - 1) * (1 - x) ** (beta - 1) / cdf(x, alpha)[1]
        if pdf < 1e-6:
            continue
        expected = -(high - low) / (2e-4 * alpha) / pdf / (1 - x)
        ours = pathwise.beta_derivative(*(np.array([v]) for v in (x, alpha, alpha + beta)))[0]
        assert abs(ours - expected) <= 5e-3 * abs(expected), (x, ours, expected)


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.0])
def test_gammas_in_pieces_are_the_gammas_at_once(shape):
    """A normal sample kept between calls serves the next one, and no draw is taken that torch does not take."""
    whole, pieces = Generator().manual_seed(4), Generator().manual_seed(4)
    expected = random_rejection.standard_gamma(whole, np.empty(60), np.full(60, shape))
    found = [random_rejection.standard_gamma(pieces, np.empty(n), np.full(n, shape)) for n in (1,) * 20 + (7, 33)]
    assert np.array_equal(np.concatenate(found), expected)
    assert pieces.words32(1) == whole.words32(1)
