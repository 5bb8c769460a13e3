"""NumPy's samplers over given uniforms, words handed back, and Poisson counts beside the loop they replace."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core.generator import ENGINES, Generator
from ft_kernel_cpu import random_replay, random_words


def counts_one_by_one(generator, rates):
    """torch's loop as it is written: products of uniforms below a rate of 10, Hörmann's transformed rejection from there."""
    draw = lambda: float(random_words.doubles(generator, 1)[0])  # noqa: E731
    counts = []
    for rate in rates.tolist():
        if rate < 10:
            floor, product, k = math.exp(-rate), draw(), 0
            while product > floor:
                product, k = product * draw(), k + 1
        else:
            b = 0.931 + 2.53 * math.sqrt(rate)
            a = -0.059 + 0.02483 * b
            while True:
                u, v = draw() - 0.5, draw()
                us = 0.5 - abs(u)
                k = math.floor((2 * a / us + b) * u + rate + 0.43) if us else -1
                if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
                    break
                if k < 0 or (us < 0.013 and v > us):
                    continue
                height = math.log(v) + math.log(1.1239 + 1.1328 / (b - 3.4)) - math.log(a / (us * us) + b)
                if height <= -rate + k * math.log(rate) - math.lgamma(k + 1):
                    break
        counts.append(k)
    return counts


@settings(deadline=None)  # the first example makes the replay, on a machine that may be busy
@given(
    seed=st.integers(0, 2**32 - 1),
    rates=st.lists(st.floats(1e-3, 9.99) | st.floats(10, 200) | st.just(3.0), max_size=60),
    engine=st.sampled_from(sorted(ENGINES)),
)
def test_poisson_is_torchs_loop(seed, rates, engine):
    here, there = (Generator(engine=engine).manual_seed(seed) for _ in range(2))
    rates = np.array(rates, np.float64)
    assert random_replay.poisson(here, rates).tolist() == counts_one_by_one(there, rates)
    assert here.words32(1) == there.words32(1)


def test_poisson_in_several_rounds_is_torchs_loop():
    here, there = Generator().manual_seed(1), Generator().manual_seed(1)
    rates = np.random.default_rng(0).uniform(0.01, 30, 9000)
    assert random_replay.poisson(here, rates).tolist() == counts_one_by_one(there, rates)
    assert here.words32(1) == there.words32(1)


def test_poisson_that_takes_more_than_was_drawn_is_done_again(monkeypatch):
    monkeypatch.setattr(random_replay, "_drawn_ahead", lambda rates: 1)
    here, there = Generator().manual_seed(2), Generator().manual_seed(2)
    rates = np.random.default_rng(0).uniform(0.01, 30, 200)
    assert random_replay.poisson(here, rates).tolist() == counts_one_by_one(there, rates)
    assert here.words32(1) == there.words32(1)


def given_words(n):
    return np.random.default_rng(3).integers(0, 1 << 53, n)


def test_replay_hands_out_the_doubles_that_were_loaded():
    machine, words = random_replay.Replay(), given_words(2000)
    machine.load(words, 3)
    assert np.array_equal(machine.stream.random(2003), [*(words * 2.0**-53), 0.25, 0.25, 0.25])
    assert machine.used() == 2003


def test_replay_without_a_reader_that_reads_on_is_slow_and_right(monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(random_replay.Replay, "_reads_on", lambda self: next(answers))
    machine, words = random_replay.Replay(), given_words(700)
    machine.load(words)
    assert np.array_equal(machine.stream.random(700), words * 2.0**-53)
    assert machine.used() == 700
    rows = [np.arange(50), np.arange(50)]
    picks = np.random.default_rng(0).integers(0, np.arange(50, 1, -1)).astype(np.uint32)
    for each, row in zip((machine, random_replay.replay()), rows, strict=True):
        each.shuffle(row, picks)
    assert np.array_equal(*rows)
    assert not np.array_equal(rows[0], np.arange(50))


def test_replay_that_reads_nothing_right_says_so(monkeypatch):
    monkeypatch.setattr(random_replay.Replay, "_reads_on", lambda self: False)
    with pytest.raises(RuntimeError, match="no replay"):
        random_replay.Replay()


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=8), st.sampled_from(sorted(ENGINES)))
def test_what_was_drawn_ahead_and_not_used_is_handed_back(steps, engine):
    here, there = (Generator(engine=engine).manual_seed(11) for _ in range(2))
    with random_replay.Ahead(here) as ahead:
        for have, use in steps:
            words = ahead.have(have)
            count = min(use, words.size)
            assert np.array_equal(words[:count], there.words64(count, 53))
            ahead.use(count)
    assert here.words32(1) == there.words32(1)
