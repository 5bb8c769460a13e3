"""Movement kernels against NumPy, into destinations of the dispatcher's choice."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_kernel_cpu import movement as kernels

run = TL.st.run
X = np.arange(24.0).reshape(2, 3, 4)
CALLS = {
    "cat": (kernels.cat, ([X, X[:, :1]], 1)),
    "stack": (kernels.stack, ([X, X + 1], 2)),
    "flip": (kernels.flip, (X, (0, 2))),
    "roll": (kernels.roll, (X, (1, -2), (0, 2))),
    "repeat": (kernels.repeat, (X, (2, 1, 1, 3))),
    "pad": (kernels.constant_pad_nd, (X, (1, -1, 0, 2), 7)),
    "pixel_shuffle": (kernels.pixel_shuffle, (X.reshape(1, 4, 2, 3), 2)),
    "channel_shuffle": (kernels.channel_shuffle, (X.reshape(1, 6, 4), 3)),
    "diag_embed": (kernels.diag_embed, (X, -1, 1, -1)),
    "unfold_backward": (kernels.unfold_backward, (X, (2, 10), 1, 4, 3)),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_destination_holds_what_a_new_array_would(name) -> None:
    function, args = CALLS[name]
    made = run(function, *args, out=...)
    out = np.full(made.shape, -1.0)
    assert run(function, *args, out=out) is out
    np.testing.assert_array_equal(out, made)
    assert not np.shares_memory(made, X)


@pytest.mark.parametrize(("size", "step"), [(2, 1), (4, 3), (3, 3), (5, 2)])
def test_windows_add_up_where_they_overlap(size, step) -> None:
    length = 11
    windows = (length - size) // step + 1
    g = np.random.default_rng(0).standard_normal((2, windows, size))
    expected = np.zeros((2, length))
    for i in range(windows):
        expected[:, i * step : i * step + size] += g[:, i]
    np.testing.assert_allclose(run(kernels.unfold_backward, g, (2, length), 1, size, step, out=...), expected)


def test_pixels_come_back() -> None:
    x = X.reshape(1, 4, 2, 3)
    np.testing.assert_array_equal(run(kernels.pixel_unshuffle, run(kernels.pixel_shuffle, x, 2, out=...), 2, out=...), x)
