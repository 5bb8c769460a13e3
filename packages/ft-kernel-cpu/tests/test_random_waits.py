"""Binomial counts by rows of waits beside the loop that they replace, and links beside one step after the other."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core.generator import ENGINES, Generator
from ft_kernel_cpu import random_waits, random_words
from ft_kernel_cpu.random_replay import Ahead


def loop(generator, n, misses, which):
    """torch's loop as it is written, a word after the other."""
    draw = lambda: float(random_words.doubles(generator, 1)[0])  # noqa: E731
    counts = []
    for left, k in zip(n, which, strict=True):
        count, wait = 0, math.log(draw()) / misses[k]
        while wait <= left:
            left, count = left - math.ceil(wait), count + 1
            wait = math.log(draw()) / misses[k]
        counts.append(count)
    return counts


def agree(n, chances, which, seed=0, engine="mt19937"):
    here, there = (Generator(engine=engine).manual_seed(seed) for _ in range(2))
    misses = np.log1p(-np.array(chances))
    with Ahead(here) as ahead:
        found = random_waits.counts(ahead, np.array(n, np.int64), misses, np.array(which, np.int64))
    return found.tolist() == loop(there, n, misses.tolist(), which) and here.words32(1) == there.words32(1)


@settings(deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    elements=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), max_size=60),
    chances=st.lists(st.floats(1e-4, 0.5), min_size=3, max_size=3),
    engine=st.sampled_from(sorted(ENGINES)),
)
def test_counts_are_the_loop(seed, elements, chances, engine):
    n, which = [n for n, _ in elements], [k for _, k in elements]
    assert agree(n, chances, which, seed, engine)


@pytest.mark.parametrize("stretch", [4, 64, 1 << 13])
@pytest.mark.parametrize(("n", "chance"), [(1, 0.5), (12, 0.3), (10**6, 4e-6), (10**11, 1e-11)])
def test_equal_counts_in_stretches_are_the_loop(monkeypatch, stretch, n, chance):
    monkeypatch.setattr(random_waits, "_STRETCH", stretch)
    assert agree([n] * 500, [chance], [0] * 500)
    assert agree([*[n] * 500, n + 1], [chance], [0] * 501)


def test_another_count_would_be_noticed():
    here, there = Generator().manual_seed(1), Generator().manual_seed(1)
    with Ahead(here) as ahead:
        found = random_waits.counts(ahead, np.full(300, 5), np.log1p(-np.array([0.3])), np.zeros(300, np.int64))
    assert found.tolist() != loop(there, [5] * 300, [math.log1p(-0.31)], [0] * 300)


def test_few_values_are_numbered():
    values, which = random_waits.few(np.array([0.5, 0.25, 0.5, 0.125]))
    assert values.tolist() == [0.5, 0.25, 0.125]
    assert which.tolist() == [0, 1, 0, 2]
    assert random_waits.few(np.arange(5.0)) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=200), st.integers(0, 300))
def test_links_are_followed_to_the_end_of_the_table(steps, count):
    links, places = np.arange(len(steps)) + steps, [0]
    while len(places) <= count and links[places[-1]] < links.size:
        places.append(int(links[places[-1]]))
    assert random_waits.followed(links, 0, count).tolist() == places
