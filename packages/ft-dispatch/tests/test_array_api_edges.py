"""Where the array API standard and torch part: joins of unsigned integers, numbers beside arrays, infinities, signed zeros, complex sets."""

import math

import pytest

from ft_dispatch import surface as torch

xp = torch.tensor([0.0]).__array_namespace__()
INF, NAN = math.inf, math.nan
JOINS = {
    ("uint8", "uint16"): "uint16", ("uint32", "uint8"): "uint32", ("uint64", "uint16"): "uint64", ("uint8", "int8"): "int16",
    ("int8", "uint16"): "int32", ("uint16", "int64"): "int64", ("int32", "uint32"): "int64", ("uint8", "int32"): "int32",
    ("float32", "float64"): "float64", ("complex64", "float64"): "complex128",
}  # fmt: skip


@pytest.mark.parametrize("pair", JOINS)
def test_dtypes_join_as_the_standard_says(pair):
    a, b = (getattr(xp, name) for name in pair)
    wanted = getattr(xp, JOINS[pair])
    assert xp.result_type(a, b) is xp.result_type(b, a) is wanted
    assert xp.can_cast(a, wanted)
    assert xp.can_cast(b, wanted)
    made = xp.add(xp.ones(2, dtype=a), xp.asarray(2, dtype=b))  # ranks do not matter
    assert made.dtype is wanted
    assert made.tolist() == [3, 3]


def test_joins_that_no_dtype_holds():
    assert not xp.can_cast(xp.uint16, xp.uint8)
    assert not xp.can_cast(xp.uint64, xp.int64)
    with pytest.raises(TypeError, match="no integer dtype holds both"):
        xp.add(xp.ones(1, dtype=xp.uint64), xp.ones(1, dtype=xp.int8))


@pytest.mark.parametrize("name", "atan2 copysign hypot logaddexp maximum minimum nextafter equal greater less_equal pow".split())
def test_numbers_on_either_side_follow_the_array(name):
    function = getattr(xp, name)
    for kind in (xp.float32, xp.float64):
        x = xp.asarray([1.0, 2.0], dtype=kind)
        for number in (2, 2.0):
            beside = xp.full_like(x, 2)
            for made, wanted in ((function(x, number), function(x, beside)), (function(number, x), function(beside, x))):
                assert made.dtype is wanted.dtype
                assert made.tolist() == wanted.tolist()
    with pytest.raises(TypeError, match="at least one array"):
        function(1.0, 2.0)


def test_numbers_keep_small_integers_and_truths():
    assert xp.add(xp.asarray([1], dtype=xp.int8), 1).dtype is xp.int8
    assert xp.logical_and(True, xp.asarray([True, False])).tolist() == [True, False]
    assert xp.multiply(xp.asarray([1.0]), 2j).dtype is xp.complex64
    assert xp.multiply(xp.asarray([2]), 1.5).tolist() == [3.0]
    assert xp.where(xp.asarray([True, False]), xp.asarray([1], dtype=xp.int8), 0).dtype is xp.int8


def test_limits_carry_dtypes():
    assert xp.finfo(xp.complex64).dtype is xp.float32
    assert xp.finfo(xp.ones(1, dtype=xp.float64)).dtype is xp.float64
    assert xp.finfo(xp.float32)[:5] == (32, 2.0**-23, (2 - 2.0**-23) * 2.0**127, -(2 - 2.0**-23) * 2.0**127, 2.0**-126)
    assert xp.iinfo(xp.uint16) == (16, 65535, 0, xp.uint16)


@pytest.mark.parametrize(
    ("name", "a", "b", "wanted"),
    [
        ("floor_divide", INF, 2.0, INF), ("floor_divide", INF, -2.0, -INF), ("floor_divide", -INF, 2.0, -INF),
        ("floor_divide", 1.0, -INF, -0.0), ("floor_divide", -1.0, INF, -0.0), ("floor_divide", INF, INF, NAN),
        ("floor_divide", 7.0, -2.0, -4.0), ("remainder", -0.0, 2.0, 0.0), ("remainder", 0.0, -2.0, -0.0), ("remainder", 4.0, -2.0, -0.0),
        ("remainder", -1.0, 3.0, 2.0),
    ],
)  # fmt: skip
def test_quotients_at_the_edges(name, a, b, wanted):
    made = getattr(xp, name)(xp.asarray(a), xp.asarray(b)).item()
    assert (made, math.copysign(1, made)) == (wanted, math.copysign(1, wanted)) or (math.isnan(made) and math.isnan(wanted))
    assert getattr(xp, name)(xp.asarray([7]), xp.asarray([-2])).tolist() == [{"floor_divide": -4, "remainder": -1}[name]]


def test_signs_and_exponentials():
    assert math.isnan(xp.sign(xp.asarray(NAN)).item())
    assert xp.sign(xp.asarray([-3.0, 0.0])).tolist() == [-1.0, 0.0]
    assert xp.sign(xp.asarray([3 + 4j])).tolist() == pytest.approx([0.6 + 0.8j])
    for z, real, imag in [
        (complex(INF, 0), INF, 0.0), (complex(-INF, INF), -1.0, 0.0), (complex(INF, NAN), INF, NAN), (complex(NAN, 0), NAN, 0.0),
    ]:  # fmt: skip
        made = xp.expm1(xp.asarray(z)).item()
        assert (str(made.real), str(made.imag)) == (str(real), str(imag))
    assert xp.expm1(xp.asarray(1e-9 + 0j, dtype=xp.complex128)).item().real == pytest.approx(1e-9, rel=1e-12)


def test_sums_of_unsigned_integers():
    x = xp.asarray([[200, 100]], dtype=xp.uint8)
    for made in (xp.sum(x), xp.prod(x), xp.cumulative_sum(x, axis=1), xp.cumulative_prod(x, axis=1), xp.sum(x[0, 0])):
        assert made.dtype is xp.uint64
    assert (xp.sum(x).item(), xp.prod(x).item()) == (300, 20000)
    assert xp.sum(x, dtype=xp.uint8).dtype is xp.uint8
    assert xp.sum(xp.asarray([1], dtype=xp.int8)).dtype is xp.int64
    assert xp.linalg.trace(xp.asarray([[200, 1], [2, 100]], dtype=xp.uint8)).item() == 300
    assert xp.linalg.trace(x[:, :1]).dtype is xp.uint64


def test_joined_arrays_have_one_dtype():
    a, b = xp.asarray([1], dtype=xp.uint16), xp.asarray([2], dtype=xp.int8)
    for made in (xp.concat([a, b]), xp.stack([a, b])):
        assert made.dtype is xp.int32
        assert made.flatten().tolist() == [1, 2]


def test_spread_of_one_number():
    assert xp.var(xp.asarray(3.0)).item() == xp.std(xp.asarray(3.0)).item() == 0.0
    assert math.isnan(xp.var(xp.asarray(NAN)).item())
    assert math.isnan(xp.std(xp.asarray(INF)).item())


def test_sets_of_complex_numbers():
    x = xp.asarray([[2 + 1j, 1j, 2 + 1j], [complex(NAN, 0), 1j, 2 - 1j]], dtype=xp.complex128)
    values, indices, inverse, counts = xp.unique_all(x)
    assert values[:3].tolist() == [1j, 2 - 1j, 2 + 1j]
    assert (indices.tolist(), inverse.tolist(), counts.tolist()) == ([1, 5, 0, 3], [[2, 0, 2], [3, 0, 1]], [2, 1, 2, 1])
    assert xp.unique_values(x)[:3].tolist() == values[:3].tolist()
    assert xp.unique_counts(x).counts.tolist() == counts.tolist()
    assert xp.unique_inverse(x).inverse_indices.tolist() == inverse.tolist()
    assert xp.unique_all(xp.zeros(0, dtype=xp.complex64)).counts.tolist() == []


def test_products_that_do_not_fit():
    assert xp.vecdot(xp.ones((2, 3), dtype=xp.uint8), xp.ones(3, dtype=xp.uint8)).dtype is xp.uint8
    assert xp.linalg.cross(xp.ones((2, 1, 3)), xp.ones((4, 3))).shape == (2, 4, 3)
    with pytest.raises(ValueError, match="one size along axis -1, but got 3 and 1"):
        xp.vecdot(xp.ones(3), xp.ones(1))
    with pytest.raises(ValueError, match="axis -1 to be of size 3, but it is of size 1"):
        xp.linalg.cross(xp.ones(3), xp.ones(1))


def test_places_and_counts():
    x = xp.asarray([1.0, 2.0])
    assert x.to_device("cpu") is x
    assert x.to_device(torch.device("meta")).device.type == "meta"
    with pytest.raises(ValueError, match="expected stream to be None"):
        x.to_device("cpu", stream=1)
    assert xp.repeat(x, xp.asarray([1, 2], dtype=xp.uint8)).tolist() == [1.0, 2.0, 2.0]
    assert xp.arange(1.0, 0, 1).dtype is xp.arange(0, 3, 1.0).dtype is xp.float32
    assert xp.arange(1, 0, 1).dtype is xp.int64
    assert xp.expand_dims(x, 1).shape == xp.expand_dims(x, axis=1).shape == (2, 1)
