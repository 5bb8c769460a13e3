"""Gamma samples by tables, beside the loop that they replace: the same cubes, the same boosts, the same place in the stream."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core.generator import ENGINES, Generator
from ft_kernel_cpu import random_gamma, random_trials, random_words


def constants(shapes):
    shapes = np.array(shapes, np.float64)
    small = shapes < 1
    d = np.where(small, shapes + 1, shapes) - float(np.float32(1) / np.float32(3))
    with np.errstate(invalid="ignore"):  # negative shapes have no c
        return d, 1 / np.sqrt(9 * d), small


def loop(generator, shapes):
    """torch's loop as it is written, a word after the other."""
    draw = lambda: float(random_words.doubles(generator, 1)[0])  # noqa: E731
    kept, boosts, cubes = generator.normal, [], []
    for d, c, small in zip(*(a.tolist() for a in constants(shapes)), strict=True):
        boosts.append(draw() if small else 0.0)
        while True:
            y = 0.0
            while y <= 0:
                if kept is None:
                    angle = draw() * (2 * math.pi)
                    radius = math.sqrt(math.log1p(-draw()) * -2)
                    x, kept = radius * math.cos(angle), radius * math.sin(angle)
                else:
                    x, kept = kept, None
                y = 1 + c * x
            v, u, square = y * y * y, 1 - draw(), x * x
            if u < 1 - float(np.float32(0.0331)) * square * square or math.log(u) < 0.5 * square + d * (1 - v + math.log(v)):
                break
        cubes.append(v)
    generator.normal = kept
    return boosts, cubes


def agree(shapes, seed=0, kept=None, engine="mt19937"):
    here, there = (Generator(engine=engine).manual_seed(seed) for _ in range(2))
    here.normal = there.normal = kept
    boosts, cubes = random_gamma.accepted(here, *constants(shapes))
    expected = loop(there, shapes)
    return (
        np.array_equal(boosts, expected[0])
        and np.array_equal(cubes, expected[1], equal_nan=True)
        and here.normal == there.normal
        and here.words32(1) == there.words32(1)
    )


@pytest.fixture
def short(monkeypatch):
    """Tables of few words, made for few elements."""
    monkeypatch.setattr(random_gamma, "_STRETCH", 1 << 9)
    monkeypatch.setattr(random_gamma, "_FEW", 2)


SHAPES = st.floats(1e-5, 0.999) | st.floats(1, 8) | st.floats(8, 1e4) | st.sampled_from([1e-5, 0.5, 1.0, 1.5, 1e9, 1e13, 1e20])


@pytest.mark.usefixtures("short")
@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    shapes=st.lists(SHAPES, min_size=1, max_size=12),
    times=st.integers(1, 60),
    kept=st.none() | st.floats(-4, 4),
    engine=st.sampled_from(sorted(ENGINES)),
)
def test_gammas_are_the_loop(seed, shapes, times, kept, engine):
    assert agree(shapes * times, seed, kept, engine)


FAMILIES = {
    "one": lambda rng, n: np.ones(n),
    "half": lambda rng, n: np.full(n, 0.5),
    "tiny": lambda rng, n: np.full(n, 1e-5),
    "ten": lambda rng, n: np.full(n, 10.0),
    "above one": lambda rng, n: rng.uniform(1, 5, n),
    "below one": lambda rng, n: rng.uniform(1e-3, 1, n),
    "mixed": lambda rng, n: rng.uniform(0.01, 5, n),
    "all sizes": lambda rng, n: 10.0 ** rng.uniform(-5, 10, n),
    "huge": lambda rng, n: 10.0 ** rng.uniform(-5, 25, n),
    "ten and NaN": lambda rng, n: np.where(rng.random(n) < 0.01, np.nan, 10.0),
    "with NaN and negative ones": lambda rng, n: np.where(rng.random(n) < 0.01, rng.choice([np.nan, -0.1, np.inf], n), 2.0),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_many_gammas_are_the_loop(family):
    rng = np.random.default_rng(3)
    assert agree(FAMILIES[family](rng, 20_000), 7, 0.25)


@pytest.mark.usefixtures("short")
def test_the_place_is_right_whichever_element_is_the_last(monkeypatch):
    monkeypatch.setattr(random_trials, "_CLASSES", 1)  # wide ones, which leave much to the elements
    shapes = FAMILIES["mixed"](np.random.default_rng(9), 160)
    assert all(agree(shapes[:n], seed=2) for n in range(2, shapes.size))


def test_nothing_is_drawn_for_no_elements():
    assert agree([], kept=1.5)


def test_shapes_without_any_table_are_the_loop():
    assert agree([np.nan] * 2000)


@pytest.mark.parametrize("wrong", [("SQUEEZE", 0.02), ("_NEAR", -0.2)])
def test_a_wrong_decision_would_be_noticed(monkeypatch, wrong):
    monkeypatch.setattr(random_trials, *wrong)
    assert not agree(FAMILIES["mixed"](np.random.default_rng(3), 5_000))
