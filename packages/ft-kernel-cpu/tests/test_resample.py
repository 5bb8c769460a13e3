"""Resizing: places and weights of each filter, exactness on ramps, backwards as transposes, and torch itself as the oracle."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_kernel_cpu import resample as kernels
from ft_kernel_cpu.table import table

run = TL.st.run
FILTERS = (
    "upsample_linear1d",
    "upsample_bilinear2d",
    "upsample_trilinear3d",
    "upsample_bicubic2d",
    "_upsample_bilinear2d_aa",
    "_upsample_bicubic2d_aa",
)
NEAREST = tuple(f"{name}{n}d" for name in ("upsample_nearest", "_upsample_nearest_exact") for n in (1, 2, 3))


def dims(name):
    return int(name.removesuffix("_aa")[-2])


def arguments(name, align, scales):
    return ((align,) if name in FILTERS else ()) + scales


def test_nearest_takes_the_floor_and_exact_the_centre() -> None:
    assert kernels.nearest_taps(4, 6, None, False).places[:, 0].tolist() == [0, 0, 1, 2, 2, 3]
    assert kernels.nearest_taps(4, 2, None, True).places[:, 0].tolist() == [1, 3]


@pytest.mark.parametrize("maker", [kernels.linear_taps, kernels.cubic_taps, kernels.bilinear_aa_taps, kernels.bicubic_aa_taps])
@pytest.mark.parametrize(("size", "count"), [(5, 13), (13, 5), (4, 4), (1, 3), (9, 1)])
@pytest.mark.parametrize("align", [False, True])
def test_weights_sum_to_one_and_places_exist(maker, size, count, align) -> None:
    places, weights = maker(size, count, None, align, np.float64)
    np.testing.assert_allclose(weights.sum(1), 1, rtol=1e-12)
    assert places.min() >= 0
    assert places.max() < size
    assert (np.diff(places, axis=0) >= 0).all()  # the backward relies on it


def test_aligned_corners_keep_a_ramp_a_ramp() -> None:
    ramp = np.linspace(0, 1, 5).reshape(1, 1, 5)
    found = run(table["upsample_linear1d"].fn, ramp, (17,), True, None, out=...)
    np.testing.assert_allclose(found.reshape(-1), np.linspace(0, 1, 17), atol=1e-12)


@pytest.mark.parametrize("name", FILTERS + NEAREST)
@pytest.mark.parametrize("align", [False, True])
def test_backward_is_the_transpose(name, align, rng) -> None:
    n = dims(name)
    x = rng.standard_normal((2, 3, *(5, 4, 6)[:n]))
    sizes = (7, 3, 6)[:n]
    more = arguments(name, align, (None,) * n)
    y = run(table[name].fn, x, sizes, *more, out=...)
    g = rng.standard_normal(y.shape)
    back = run(table[f"{name}_backward"].fn, g, sizes, x.shape, *more, out=...)
    np.testing.assert_allclose((back * x).sum(), (g * y).sum(), rtol=1e-10)


@pytest.mark.oracle
@pytest.mark.parametrize("name", FILTERS + NEAREST)
@pytest.mark.parametrize("align", [False, True])
@pytest.mark.parametrize("factor", [None, 0.6, 1.7, 2.0])
def test_equals_torch(name, align, factor, rng) -> None:
    import torch

    n = dims(name)
    x = rng.standard_normal((2, 3, *(11, 8, 9)[:n])).astype(np.float32)
    sizes = (7, 13, 9)[:n] if factor is None else tuple(int(size * factor) for size in x.shape[2:])
    scales = (None,) * n if factor is None else (factor,) * n
    expected = getattr(torch.ops.aten, name)(torch.from_numpy(x), sizes, *arguments(name, align, scales)).numpy()
    found = run(table[name].fn, x, sizes, *arguments(name, align, scales), out=...)
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-5)


def test_pixels_are_rounded_to_whole_numbers_after_each_dim():
    x = torch.tensor([[[[0, 255, 10], [100, 3, 77]]]], dtype=torch.uint8)
    made = torch.raw.upsample_bilinear2d(x, (3, 4), False)
    assert made.dtype is torch.uint8
    assert made.flatten().tolist() == [0, 159, 163, 10, 50, 99, 97, 44, 100, 39, 31, 77]  # torch 2.13.0


@pytest.mark.oracle
@pytest.mark.parametrize("mode", ["bilinear", "bicubic"])
@pytest.mark.parametrize("antialias", [False, True])
@pytest.mark.parametrize("size", [(7, 5), (40, 33), (16, 20)])
def test_pixels_are_torchs(mode, antialias, size):
    theirs = pytest.importorskip("torch")
    x = np.random.default_rng(0).integers(0, 256, (2, 5, 16, 20), dtype=np.uint8)
    name = {("bilinear", False): "upsample_bilinear2d", ("bicubic", False): "upsample_bicubic2d"}.get(
        (mode, antialias), f"_upsample_{mode}2d_aa"
    )
    want = theirs.nn.functional.interpolate(theirs.from_numpy(x), size, mode=mode, align_corners=False, antialias=antialias)
    assert np.array_equal(getattr(torch.raw, name)(torch.from_numpy(x), size, False).numpy(), want.numpy())
