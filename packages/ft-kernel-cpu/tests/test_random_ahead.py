"""Normals worked out ahead are those of the words that come, whatever happens to the stream in between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_core.generator import Generator
from ft_kernel_cpu import random_fill as fill
from ft_kernel_cpu.random_normal import _few, pairs

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("normal"), st.sampled_from([16, 25, 32, 100, 512])),
        st.tuples(st.just("scaled"), st.sampled_from([16, 32])),
        st.tuples(st.just("uniform"), st.integers(0, 40)),
        st.tuples(st.just("few"), st.integers(0, 9)),
        st.tuples(st.just("seed"), st.integers(0, 5)),
        st.tuples(st.just("back"), st.just(0)),
    ),
    max_size=30,
)


def run(steps, ahead):
    """All numbers of a program of draws, and the state it ends in; without `ahead` nothing is kept from call to call."""
    generator, found, place = Generator().manual_seed(1), [], None
    for kind, n in steps:
        if not ahead:
            generator.ahead = None
        out = np.empty(n, np.float32)
        if kind == "normal" or kind == "few":
            found.append(fill.normal(generator, out))
        elif kind == "scaled":
            found.append(fill.normal(generator, out, 1.5, 2.5))
        elif kind == "uniform":
            found.append(fill.uniform(generator, out))
        elif kind == "seed":
            generator.manual_seed(n)
        elif place is None:
            place = generator.get_state_bytes()
        else:
            generator.set_state_bytes(place)
    return [a.tolist() for a in found], generator.get_state_bytes().tolist()


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_what_is_kept_changes_no_number_and_no_state(steps):
    assert run(steps, True) == run(steps, False)


def test_calls_that_follow_each_other_are_served_from_one_run():
    generator = Generator().manual_seed(3)
    for _ in range(5):
        fill.normal(generator, np.empty(32, np.float32))
    assert generator.ahead.at == 3  # the second call found out that they do
    wrong = generator.ahead.values.copy()
    generator.ahead.values[3] += 1
    assert fill.normal(generator, np.empty(32, np.float32)).tolist() != wrong[3].tolist()  # it is these that are handed out


@pytest.mark.parametrize("count", range(10))
@pytest.mark.parametrize("kept", [None, 0.25])
def test_a_few_by_pythons_floats(count, kept):
    one, other = Generator().manual_seed(count), Generator().manual_seed(count)
    one.normal = other.normal = kept
    assert _few(one, count) == pairs(other, count).tolist()
    assert one.normal == other.normal
    assert one.get_state_bytes().tolist() == other.get_state_bytes().tolist()
