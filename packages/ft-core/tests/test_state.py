"""What belongs to one thread: mode bits that are set for a block, and a place of their own for everything else."""

import threading
import warnings

import numpy as np
import pytest

from ft_core.keys import AUTOCAST, BELOW, INFERENCE, NOGRAD
from ft_core.state import TL, State, bits_set, grad_enabled


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(TL, "st", State())


def test_bits_are_set_and_cleared_for_a_block():
    TL.st.bits = AUTOCAST | BELOW
    with bits_set(on=NOGRAD, off=BELOW):
        assert TL.st.bits == AUTOCAST | NOGRAD
    assert TL.st.bits == AUTOCAST | BELOW


def test_blocks_nest_and_end_with_errors():
    block = bits_set(on=NOGRAD)
    with block:
        with block:
            assert TL.st.bits == NOGRAD
        assert TL.st.bits == NOGRAD
    assert TL.st.bits == 0
    with pytest.raises(KeyError), block:
        raise KeyError
    assert TL.st.bits == 0


def test_other_bits_that_change_inside_stay():
    TL.st.bits = AUTOCAST
    with bits_set(on=NOGRAD, off=BELOW):
        TL.st.bits |= INFERENCE | BELOW
        TL.st.bits &= ~AUTOCAST
    assert TL.st.bits == INFERENCE


@pytest.mark.parametrize(
    ("bits", "enabled"), [(0, True), (NOGRAD, False), (BELOW, False), (NOGRAD | BELOW, False), (AUTOCAST, True)]
)
def test_recording_is_on_unless_a_bit_says_no(bits, enabled):
    TL.st.bits = bits
    assert grad_enabled() is enabled


def test_threads_begin_without_modes_and_kernels_run_without_warnings():
    TL.st.bits = NOGRAD
    TL.st.data["mine"] = 1
    seen = []
    thread = threading.Thread(target=lambda: seen.append((TL.st.bits, TL.st.data, TL.st.tracer, TL.st.levels)))
    thread.start()
    thread.join()
    assert seen == [(0, {}, None, [])]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(TL.st.run(np.divide, 1.0, 0.0))
        assert np.geterr()["divide"] == "warn"
