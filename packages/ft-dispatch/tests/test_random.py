"""Random ops: seeds and states, checks before a word is drawn, and torch's numbers where torch is installed."""

from __future__ import annotations

import pytest

from ft_core import Generator, bfloat16, float64, int64
from ft_core import bool as bool_
from ft_dispatch import surface as torch


def test_a_seed_repeats_and_a_state_restores() -> None:
    torch.manual_seed(5)
    state = torch.get_rng_state()
    first = torch.randn(7).tolist()
    assert torch.initial_seed() == 5
    torch.set_rng_state(state)
    assert torch.randn(7).tolist() == first
    other = Generator()
    other.set_state(state)
    assert torch.randn(7, generator=other).tolist() == first
    assert state.shape == (5056,)


def test_no_word_is_drawn_where_a_bound_is_refused() -> None:
    before = torch.get_rng_state()
    x = torch.ones(3)
    for fill in (lambda: x.uniform_(1, 0), lambda: x.normal_(0, -1), lambda: x.random_(3, 3), lambda: x.bernoulli_(2.0)):
        with pytest.raises(RuntimeError):
            fill()
    assert x.tolist() == [1, 1, 1]
    assert torch.get_rng_state().tolist() == before.tolist()


@pytest.mark.parametrize(
    ("fill", "error", "text"),
    [
        (
            lambda: torch.zeros(3).uniform_(1, 0),
            RuntimeError,
            r"uniform_ expects to return a \[from, to\) range, but found from=1 > to=0",
        ),
        (
            lambda: torch.zeros(3, dtype=int64).uniform_(),
            NotImplementedError,
            "\"check_uniform_bounds\" not implemented for 'Long'",
        ),
        (lambda: torch.zeros(3).exponential_(-1), RuntimeError, "exponential_ expects lambda > 0.0, but found lambda=-1"),
        (lambda: torch.zeros(3).geometric_(1), RuntimeError, r"geometric_ expects p to be in \(0, 1\), but got p=1"),
        (lambda: torch.zeros(3, dtype=bool_).random_(0, 3), RuntimeError, "to - 1 is out of bounds for bool"),
        (lambda: torch.randint(5, 2, (2,)), RuntimeError, "random_ expects 'from' to be less than 'to', but got from=5 >= to=2"),
        (lambda: torch.randint(3.0, (2,)), TypeError, "must be int, not float"),
        (lambda: torch.rand(-1), RuntimeError, "Trying to create tensor with negative dimension -1"),
        (lambda: torch.multinomial(torch.tensor([0.0, 1]), 3), RuntimeError, "without replacement"),
        (lambda: torch.multinomial(torch.tensor([0.0, -1]), 1), RuntimeError, "probability tensor contains either"),
        (lambda: torch.zeros(3, 1).expand(3, 4).uniform_(), RuntimeError, "refers to a single memory location"),
        (lambda: torch.set_rng_state(torch.zeros(3)), TypeError, "RNG state must be a torch.ByteTensor"),
    ],
)
def test_refusals(fill, error, text) -> None:
    with pytest.raises(error, match=text):
        fill()


def test_new_tensors_follow_what_they_are_like() -> None:
    x = torch.zeros(4, 5, dtype=bfloat16).t()
    assert torch.rand_like(x).stride() == x.stride()
    assert torch.rand_like(x).dtype is bfloat16
    assert torch.randn_like(x, dtype=float64).dtype is float64
    assert torch.randint_like(x, 3).dtype is bfloat16
    assert torch.rand(2, requires_grad=True).requires_grad


DRAWS = {
    "rand": lambda t: t.rand(3, 40),
    "rand bfloat16": lambda t: t.rand(20, dtype=t.bfloat16).float(),
    "few normals": lambda t: t.randn(5),
    "normals": lambda t: t.randn(37, dtype=t.float64),
    "complex normals": lambda t: t.randn(20, dtype=t.complex64),
    "a permuted tensor": lambda t: t.zeros(6, 4, 2).permute(1, 2, 0).uniform_(-1, 3),
    "normals in a permuted tensor": lambda t: t.zeros(6, 4).t().normal_(2, 3),
    "randint": lambda t: t.randint(3, 10, (20,)),
    "wide randint": lambda t: t.randint(-(2**62), 2**62, (20,)),
    "randperm": lambda t: t.randperm(1000),
    "random_": lambda t: t.zeros(20, dtype=t.uint8).random_(),
    "random_ from": lambda t: t.zeros(20, dtype=t.int64).random_(3, None),
    "bernoulli": lambda t: t.zeros(20).bernoulli_(0.3),
    "bernoulli of tensors": lambda t: t.zeros(6, 4).t().bernoulli_(t.rand(4, 6)),
    "exponential": lambda t: t.zeros(20).exponential_(3),
    "cauchy": lambda t: t.zeros(20).cauchy_(1, 2),
    "log_normal": lambda t: t.zeros(20).log_normal_(),
    "geometric": lambda t: t.zeros(20, dtype=t.int64).geometric_(0.3),
    "multinomial": lambda t: t.multinomial(t.rand(4, 6), 3),
    "multinomial with replacement": lambda t: t.multinomial(t.rand(4, 6), 20, True),
    "normal of tensors": lambda t: t.normal(t.arange(20.0), t.rand(20)),
    "normal of a mean": lambda t: t.normal(t.arange(20.0), 2.0),
    "normal of deviations": lambda t: t.normal(1.0, t.rand(20)),
}


@pytest.mark.oracle
@pytest.mark.parametrize("name", DRAWS)
def test_draws_and_the_stream_after_them_equal_torch(name) -> None:
    oracle = pytest.importorskip("torch")
    for side in (oracle, torch):
        side.manual_seed(3)
    assert DRAWS[name](torch).tolist() == DRAWS[name](oracle).tolist()
    assert torch.get_rng_state().tolist() == oracle.get_rng_state().tolist()
