"""Windows: symmetric or one period, and their refusals."""

from __future__ import annotations

import math

import pytest

from ft_core import float64, int64, sparse_coo
from ft_dispatch import surface as torch

SIGNAL = {name: torch.PUBLIC[f"signal.windows.{name}"] for name in ("hann", "kaiser", "gaussian", "general_cosine", "exponential")}


def test_a_periodic_window_is_the_longer_one_without_its_end() -> None:
    whole = torch.hann_window(9, periodic=False, dtype=float64)
    assert torch.hann_window(8, dtype=float64).tolist() == whole.tolist()[:8]
    assert whole.tolist() == pytest.approx([0.5 - 0.5 * math.cos(2 * math.pi * i / 8) for i in range(9)])


def test_a_triangle_has_its_peak_in_the_middle() -> None:
    assert torch.bartlett_window(5, periodic=False).tolist() == [0, 0.5, 1, 0.5, 0]


@pytest.mark.parametrize("make", [torch.hann_window, torch.kaiser_window, torch.blackman_window, SIGNAL["hann"], SIGNAL["kaiser"]])
def test_short_windows(make) -> None:
    assert make(0).shape == (0,)
    assert make(1).tolist() == [1]


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: torch.hann_window(-1), RuntimeError, "hann_window requires non-negative window_length, got window_length=-1"),
        (lambda: torch.hann_window(3, dtype=int64), RuntimeError, "hann_window expects floating point dtypes"),
        (lambda: torch.hann_window(3, layout=sparse_coo), RuntimeError, "hann_window is not implemented for sparse types"),
        (lambda: SIGNAL["hann"](3, layout=sparse_coo), ValueError, "hann is implemented for strided tensors only"),
        (lambda: SIGNAL["hann"](-1), ValueError, "hann requires non-negative window length, got M=-1"),
        (lambda: SIGNAL["gaussian"](3, std=0), ValueError, "Standard deviation must be positive, got: 0 instead."),
        (lambda: SIGNAL["exponential"](3, center=1), ValueError, "Center must be None for symmetric windows"),
        (lambda: SIGNAL["general_cosine"](3, a=[]), ValueError, "Coefficients cannot be empty"),
    ],
)
def test_refusals(make, error, text) -> None:
    with pytest.raises(error, match=text):
        make()
