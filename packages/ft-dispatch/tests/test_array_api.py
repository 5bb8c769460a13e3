"""The array API standard: NumPy 2 follows it, too, so the same program runs on both namespaces and must give the same."""

from __future__ import annotations

import numpy as np
import pytest

from ft_dispatch import surface as torch

xp = torch.tensor([0.0]).__array_namespace__()
A = [[3.0, 1.0, 2.0], [2.0, 4.0, 1.0]]
ONE = (
    "abs acosh asinh atan ceil cos cosh exp expm1 floor isfinite isinf isnan log log1p log2 log10 negative positive reciprocal round "
    "sign signbit sin sinh sqrt square tan tanh trunc"
).split()
PART = "acos asin atanh".split()
WHOLE = "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift".split()
TRUTH = "logical_and logical_or logical_xor".split()
TWO = (
    "add atan2 copysign divide equal floor_divide greater greater_equal hypot less less_equal logaddexp maximum minimum multiply "
    "nextafter not_equal pow remainder subtract"
).split()


def same(program):
    """Compare what `program(namespace, make)` gives on both sides, values and shapes."""
    theirs, ours = program(np, np.asarray), program(xp, xp.asarray)
    theirs, ours = ((v,) if not isinstance(v, (tuple, list)) else v for v in (theirs, ours))
    assert len(theirs) == len(ours)
    for want, got in zip(theirs, ours, strict=True):
        want = np.asarray(want)
        assert want.shape == tuple(got.shape)
        np.testing.assert_allclose(np.asarray(got.tolist()), want, rtol=2e-6, atol=1e-6)


def test_the_comparison_sees_a_wrong_answer():
    with pytest.raises(AssertionError):
        same(lambda m, a: m.sin(a(A)) if m is np else m.cos(a(A)))
    with pytest.raises(AssertionError):
        same(lambda m, a: m.sum(a(A), axis=0) if m is np else m.sum(a(A), axis=0, keepdims=True))


def test_every_name_of_the_list_is_there():
    assert len(set(xp.__all__)) == len(xp.__all__) > 150
    assert [name for name in xp.__all__ if not hasattr(xp, name)] == []
    assert [name for name in xp.linalg.__all__ + xp.fft.__all__ if not (hasattr(xp.linalg, name) or hasattr(xp.fft, name))] == []


@pytest.mark.parametrize("name", ONE)
def test_functions_of_one_element(name):
    same(lambda m, a: getattr(m, name)(a(A)))


@pytest.mark.parametrize("name", PART)
def test_functions_of_a_part_of_the_line(name):
    same(lambda m, a: getattr(m, name)(a([0.1, -0.5, 0.9])))


@pytest.mark.parametrize("name", TWO)
def test_functions_of_two_elements(name):
    if name == "nextafter":  # the neighbour depends on the width, which asarray gives torch's default
        found = xp.nextafter(xp.asarray([1.0]), xp.asarray([2.0]))
        assert found.tolist() == [float(np.nextafter(np.float32(1), np.float32(2)))]
        return
    same(lambda m, a: getattr(m, name)(a(A), a([1.5, 2.0, 2.0])))


@pytest.mark.parametrize("name", WHOLE)
def test_functions_of_integers(name):
    same(lambda m, a: getattr(m, name)(a([1, 6, 5]), a([3, 2, 1])))


@pytest.mark.parametrize("name", TRUTH)
def test_functions_of_truth(name):
    same(lambda m, a: getattr(m, name)(a([True, False, True]), a([True, True, False])))


def test_inverted_bits_and_parts_of_complex_numbers():
    same(lambda m, a: (m.bitwise_invert(a([1, -4])), m.logical_not(a([True, False]))))
    same(lambda m, a: (m.conj(a([1 + 2j])).imag, m.real(a([1 + 2j])), m.imag(a([1 + 2j])), m.sign(a([3 + 4j]))))


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 1), ()])
@pytest.mark.parametrize("name", "sum prod mean var std max min all any".split())
def test_reductions(name, axis, keepdims):
    same(lambda m, a: getattr(m, name)(a(A), axis=axis, keepdims=keepdims))


def test_variance_with_a_correction():
    same(lambda m, a: m.var(a(A), axis=1, correction=1) if m is xp else np.var(a(A), axis=1, ddof=1))


@pytest.mark.parametrize("axis", [None, 0, 1])
def test_functions_with_or_without_an_axis(axis):
    same(lambda m, a: (m.argmax(a(A), axis=axis), m.argmin(a(A), axis=axis), m.count_nonzero(a(A), axis=axis)))
    same(lambda m, a: (m.roll(a(A), 1, axis=axis), m.flip(a(A), axis=axis), m.repeat(a(A), 2, axis=axis)))
    same(lambda m, a: m.concat([a(A), a(A)], axis=axis))


def test_running_sums_and_order():
    same(lambda m, a: m.cumulative_sum(a(A), axis=1, include_initial=True))
    same(lambda m, a: m.cumulative_prod(a(A), axis=0))
    same(lambda m, a: m.cumulative_sum(a([1, 2, 3])))
    same(lambda m, a: m.diff(a(A), axis=1, prepend=a([[0.0], [0.0]])))
    same(lambda m, a: (m.sort(a(A), axis=0), m.argsort(a(A), axis=1)))
    assert xp.sort(xp.asarray([1, 3, 2]), descending=True).tolist() == [3, 2, 1]
    assert xp.argsort(xp.asarray([1, 3, 1]), descending=True).tolist() == [1, 0, 2]


def test_distinct_elements():
    same(lambda m, a: tuple(m.unique_all(a([3, 1, 3, 2]))))
    same(lambda m, a: tuple(m.unique_counts(a([3, 1, 3, 2]))))
    same(lambda m, a: tuple(m.unique_inverse(a([[3, 1], [3, 2]]))))
    assert xp.unique_values(xp.asarray([3, 1, 3, 2])).tolist() == [1, 2, 3]  # NumPy leaves them in any order


def test_places():
    same(lambda m, a: m.take(a(A), a([0, -1]), axis=1))
    same(lambda m, a: m.take_along_axis(a(A), a([[0], [2]]), axis=1))
    same(lambda m, a: m.nonzero(a([[0, 1], [2, 0]])))
    same(lambda m, a: m.searchsorted(a([1.0, 2.0, 3.0]), a([2.0, 2.5]), side="right"))
    same(lambda m, a: m.where(a([True, False]), a([1.0, 2.0]), a([3.0, 4.0])))


def test_shapes():
    same(lambda m, a: m.broadcast_arrays(a([1, 2]), a([[3], [4]])))
    same(lambda m, a: m.broadcast_to(a([1, 2]), (3, 2)))
    same(lambda m, a: (m.expand_dims(a(A), axis=1), m.squeeze(a([[1, 2]]), axis=0), m.moveaxis(a([A]), 0, 2)))
    same(lambda m, a: (m.permute_dims(a([A]), (2, 0, 1)), m.matrix_transpose(a(A)), m.tile(a(A), (2, 1)), m.reshape(a(A), (3, 2))))
    same(lambda m, a: m.stack([a(A), a(A)], axis=-1))
    assert [t.tolist() for t in xp.unstack(xp.asarray([[1, 2], [3, 4]]), axis=1)] == [[1, 3], [2, 4]]


def test_new_arrays():
    same(lambda m, a: (m.arange(5, 1), m.arange(1, 5, 2), m.arange(3), m.linspace(0, 1, 5, endpoint=False), m.linspace(0, 1, 5)))
    same(lambda m, a: (m.eye(3, 4, k=1), m.eye(2), m.eye(3, k=-1), m.zeros((2, 3)), m.ones(2), m.full((2,), 7), m.full(3, 1.5)))
    same(lambda m, a: (m.zeros_like(a(A)), m.ones_like(a(A)), m.full_like(a(A), 2), m.tril(a(A), k=-1), m.triu(a(A), k=1)))
    same(lambda m, a: m.meshgrid(a([1, 2]), a([3, 4, 5])))
    assert xp.empty((2, 3)).shape == xp.empty_like(xp.asarray(A)).shape == (2, 3)


def test_products():
    same(lambda m, a: (m.vecdot(a([1 + 2j, 3]), a([2j, 1])), m.tensordot(a(A), a([[1.0], [2.0], [3.0]]), axes=1)))
    same(lambda m, a: m.matmul(a(A), a([1.0, 2.0, 3.0])))
    same(lambda m, a: (m.linalg.outer(a([1.0, 2.0]), a([3.0, 4.0])), m.linalg.cross(a([1.0, 2.0, 3.0]), a([0.0, 1.0, 0.0]))))


def test_linear_algebra():
    square = [[3.0, 1.0], [1.0, 4.0]]
    for name in "cholesky det inv eigvalsh svdvals matrix_rank pinv slogdet".split():
        same(lambda m, a, name=name: getattr(m.linalg, name)(a(square)))
    same(lambda m, a: (m.linalg.solve(a(square), a([1.0, 2.0])), m.linalg.matrix_power(a(square), 3)))
    same(lambda m, a: (m.linalg.matrix_norm(a(A), keepdims=True), m.linalg.vector_norm(a(A), axis=1), m.linalg.vector_norm(a(A))))
    same(lambda m, a: (m.linalg.diagonal(a([square]), offset=1), m.linalg.trace(a([square]))))
    same(lambda m, a: [abs(v) for v in m.linalg.qr(a(square))])
    values, vectors = xp.linalg.eigh(xp.asarray(square))
    assert torch.allclose(vectors * values @ vectors.mT, xp.asarray(square), atol=1e-5)
    u, s, vh = xp.linalg.svd(xp.asarray(A), full_matrices=False)
    assert torch.allclose(u * s @ vh, xp.asarray(A), atol=1e-5)


@pytest.mark.parametrize("name", "fft ifft rfft irfft hfft ihfft".split())
def test_transforms_along_an_axis(name):
    same(lambda m, a: getattr(m.fft, name)(a(A), axis=1))


def test_transforms_along_axes():
    for name in "fftn ifftn rfftn irfftn".split():
        same(lambda m, a, name=name: getattr(m.fft, name)(a(A), axes=(0, 1)))
    same(lambda m, a: (m.fft.fftfreq(4, d=0.5), m.fft.rfftfreq(5), m.fft.fftshift(a([1, 2, 3])), m.fft.ifftshift(a([1, 2, 3]))))


def test_promotion_does_not_ask_for_ranks():
    wide, narrow = xp.asarray(1, dtype=xp.int64), xp.asarray([1], dtype=xp.int8)
    assert xp.add(wide, narrow).dtype is xp.int64  # torch.add keeps int8
    assert xp.where(xp.asarray([True]), wide, narrow).dtype is xp.int64
    assert xp.result_type(wide, narrow) is xp.int64
    assert xp.result_type(xp.int8, 1) is xp.int8
    assert xp.result_type(xp.int8, 1.0) is xp.float32
    assert xp.result_type(xp.float64, 1j) is xp.complex128
    assert xp.result_type(xp.bool, 1) is xp.int64
    with pytest.raises(ValueError, match="at least one array or dtype"):
        xp.result_type(1, 2.0)


def test_dtypes():
    assert xp.isdtype(xp.float32, "real floating")
    assert xp.isdtype(xp.uint8, ("bool", "unsigned integer"))
    assert not xp.isdtype(xp.int8, "unsigned integer")
    assert xp.isdtype(xp.int8, xp.int8)
    with pytest.raises(ValueError, match="expected one of"):
        xp.isdtype(xp.int8, "number")
    assert xp.can_cast(xp.int8, xp.int16)
    assert not xp.can_cast(xp.int16, xp.int8)
    assert xp.finfo(xp.complex64).bits == 32
    assert xp.iinfo(xp.asarray([1], dtype=xp.int16)).max == 32767
    assert xp.astype(xp.asarray([1.5]), xp.int64).tolist() == [1]
    x = xp.asarray([1.0])
    assert xp.astype(x, x.dtype, copy=False) is x
    assert xp.astype(x, x.dtype) is not x


def test_what_it_says_of_itself():
    info = xp.__array_namespace_info__()
    assert info.capabilities()["boolean indexing"]
    assert info.default_dtypes()["real floating"] is xp.float32
    assert "uint16" in info.dtypes(kind="integral")
    assert set(info.dtypes(kind=("bool", "real floating"))) == {"bool", "float32", "float64"}
    assert info.default_device() in info.devices()
    assert torch.ones(1).__array_namespace__(api_version="2023.12") is xp
    with pytest.raises(ValueError, match="expected one of the versions"):
        torch.ones(1).__array_namespace__(api_version="2019.01")


def test_copies_and_refusals():
    x = xp.asarray(A)
    assert xp.asarray(x, copy=False) is x
    assert xp.asarray(x, copy=True) is not x
    assert xp.reshape(x, (3, 2), copy=True).data_ptr() != x.data_ptr()
    for wrong, message in (
        (lambda: xp.asarray([1], copy=False), "copy=False"),
        (lambda: xp.reshape(x.mT, (6,), copy=False), "without a copy"),
        (lambda: xp.squeeze(x, axis=0), "of size 1"),
        (lambda: xp.nonzero(xp.asarray(1)), "at least one axis"),
        (lambda: xp.take(x, xp.asarray([0])), "expected an axis"),
        (lambda: xp.cumulative_sum(x), "expected an axis"),
    ):
        with pytest.raises(ValueError, match=message):
            wrong()


def test_arrays_of_other_libraries():
    held = np.arange(3.0)
    made = xp.from_dlpack(held)
    held[0] = 5
    assert made.tolist() == [5, 1, 2]
    assert xp.from_dlpack(held, copy=True).tolist() == [5, 1, 2]


def test_bounds():
    same(lambda m, a: m.clip(a(A), 1.5, a([2.0, 3.0, 3.0])))
    assert xp.clip(xp.asarray(A)).tolist() == A


@pytest.mark.parametrize("name", TWO)
def test_a_number_stands_for_an_array_of_the_other_ones_dtype(name):
    function = getattr(xp, name)
    x = xp.asarray([1.0, 2.0], dtype=xp.float32)
    for got, want in ((function(x, 2.0), function(x, xp.full_like(x, 2.0))), (function(2, x), function(xp.full_like(x, 2.0), x))):
        assert got.dtype is want.dtype
        assert got.tolist() == want.tolist()


@pytest.mark.parametrize("name", ["sum", "prod", "cumulative_sum", "cumulative_prod"])
@pytest.mark.parametrize("kind", ["uint8", "uint16", "uint32", "uint64"])
def test_unsigned_integers_stay_unsigned(name, kind):
    made = getattr(xp, name)(xp.asarray([200, 100], dtype=getattr(xp, kind)), axis=0)
    assert made.dtype is xp.uint64
    assert (made if made.ndim == 0 else made[-1]).item() == (300 if "sum" in name else 20000)


def test_an_array_goes_to_a_device():
    x = xp.asarray([1.0])
    assert x.to_device("cpu") is x
    assert x.to_device("meta").device.type == "meta"
    with pytest.raises(ValueError, match="stream"):
        x.to_device("cpu", stream=1)
