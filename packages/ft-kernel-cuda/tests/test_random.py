"""Philox: the published test vectors, torch's stepping of the offset, and refusal of a host generator."""

import numpy as np
import pytest

from ft_kernel_cuda.random import Philox, draw, state_of


def test_philox_gives_the_published_words(host):
    state = Philox(0)
    got = int(draw((1,), "int64", "Integers64", state, (0, 0, 0), 2)[0]) % 2**64
    assert got == 0x6627E8D5E169C58D  # source: Random123's known answers for philox4x32-10
    assert state.offset == 4


def test_second_word_pair_belongs_to_the_second_element_of_a_thread(host):
    both = draw((257,), "int64", "Integers64", Philox(0), (0, 0, 0), 2).view(np.uint64)
    assert int(both[0]) == 0x6627E8D5E169C58D
    assert len(set(both.tolist())) == 257


@pytest.mark.parametrize(("count", "width", "offset"), [(1, 4, 4), (1024 * 4, 4, 4), (1024 * 4 + 1, 4, 8), (1024 * 4, 2, 8)])
def test_offset_grows_by_whole_steps_of_the_grid(host, count, width, offset):
    state = Philox(3)
    draw((count,), "float32" if width == 4 else "float64", "Uniform", state, (0.0, 1.0), width)
    assert state.offset == offset


def test_a_split_stream_continues(host):
    state = Philox(5)
    draw((8,), "float32", "Uniform", state, (0.0, 1.0), 4)
    later = draw((8,), "float32", "Uniform", state, (0.0, 1.0), 4)
    np.testing.assert_array_equal(draw((8,), "float32", "Uniform", Philox(5, 4), (0.0, 1.0), 4), later)


def test_host_generator_is_refused():
    with pytest.raises(RuntimeError, match="Expected a 'cuda' device type for generator"):
        state_of(object())
