"""Packing of launches: merged dimensions, broadcast strides, numbers in words, the geometry of reductions."""

import struct

import numpy as np
import pytest

from ft_kernel_cuda import reduction
from ft_kernel_cuda.launch import MAX_DIMS, Words, broadcast_strides, coalesce, grid_for
from ft_kernel_cuda.reduction import MANY, fold, geometry


def test_coalesce_merges_what_lies_behind_each_other_in_all_operands():
    assert coalesce((2, 3, 4), [(48, 16, 4), (48, 16, 4)]) == ([24], [[4], [4]])
    assert coalesce((2, 3, 4), [(48, 16, 4), (16, 0, 4)]) == ([2, 3, 4], [[48, 16, 4], [16, 0, 4]])
    assert coalesce((5, 1, 4), [(16, 99, 4)]) == ([20], [[4]])
    assert coalesce((), [()]) == ([], [[]])


def test_coalesce_refuses_more_dimensions_than_a_launch_holds():
    strides = [tuple(4**d * 3 for d in range(MAX_DIMS + 1))]
    with pytest.raises(RuntimeError, match=r"at most 12 dimensions.*got 13; call contiguous"):
        coalesce((2,) * (MAX_DIMS + 1), strides)


def test_broadcast_strides_are_zero_where_expanded():
    assert broadcast_strides(np.empty((3, 1), np.float32), (2, 3, 4)) == (0, 4, 0)


@pytest.mark.parametrize("value", [1.5, -3, 2**63, float("inf"), 1 - 2j, True])
def test_numbers_travel_exactly(value):
    words = Words()
    words.put_number(80, value)
    first, second = struct.unpack_from("<dq", words.pack(), 80 * 8)
    if isinstance(value, complex):
        assert (first, struct.unpack_from("<d", words.pack(), 81 * 8)[0]) == (value.real, value.imag)
    else:
        assert first == value
        assert second == (0 if value == float("inf") else int(value) if value < 2**63 else -(2**63))


def test_grid_is_bounded():
    assert (grid_for(0), grid_for(256), grid_for(257), grid_for(2**40)) == (1, 1, 2, 2**16)


def test_geometry_uses_chunks_only_where_threads_would_idle():
    assert geometry(1, 1 << 24, inner=True) == (256, 256)
    assert geometry(MANY, 100, inner=False) == (1, 1)
    assert geometry(10, 5, inner=True) == (8, 1)


def test_chunked_sum_and_extremes_agree_with_numpy(host):
    x = np.random.default_rng(0).standard_normal(70000).astype(np.float32)
    chunks_of = geometry(1, x.size, inner=True)[1]
    assert chunks_of > 1
    magnitude = np.abs(x).sum(dtype=np.float64)
    np.testing.assert_allclose(fold(x, None, False, "Sum", "float32", None), x.sum(dtype=np.float64), rtol=0, atol=1e-8 * magnitude)
    places = np.empty((), np.int64)
    assert fold(x, None, False, "Extreme<1>", "float32", None, places=places) == x.max()
    assert places == x.argmax()


def test_long_float_sums_do_not_drift(host):
    for shape, dim in (((300000, 3), 0), ((3, 300000), 1), ((1000, 400), None)):
        x = np.full(shape, 0.1, np.float32)
        got = fold(x, dim, False, "Sum", "float32", None)
        np.testing.assert_allclose(got, np.float64(np.float32(0.1)) * (x.size / got.size), rtol=1e-6)


def test_one_thread_alone_does_not_drift(host, monkeypatch):
    monkeypatch.setattr(reduction, "geometry", lambda *_: (1, 1))
    x = np.full((1000000,), 0.1, np.float32)
    np.testing.assert_allclose(fold(x, None, False, "Sum", "float32", None), x.sum(dtype=np.float64), rtol=2e-6)
