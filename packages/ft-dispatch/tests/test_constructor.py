"""`torch.Tensor(...)`, its old relatives and subclasses; numbers that do not fit the dtype they are asked in."""

import copy
import pickle

import numpy as np
import pytest

from ft_core import Parameter, Size, Tensor
from ft_dispatch import legacy_types
from ft_dispatch import surface as torch

X = torch.ones(2, 3)
SHAPES = [
    ((), (0,)),
    ((2, 3), (2, 3)),
    ((5,), (5,)),
    ((Size([2, 3]),), (2, 3)),
    ((np.int64(2), 3), (2, 3)),
    ((torch.tensor(2), 3), (2, 3)),
]
DATA = [
    ([2, 3], [2.0, 3.0]),
    ((2, 3), [2.0, 3.0]),
    ([[1, 2], [3, 4]], [[1.0, 2.0], [3.0, 4.0]]),
    (np.array([1, 2]), [1.0, 2.0]),
    (range(3), [0.0, 1.0, 2.0]),
    ([torch.tensor(1.0), torch.ones(1)], [1.0, 1.0]),
    ([True, False], [1.0, 0.0]),
    (memoryview(b"ab"), [97.0, 98.0]),
    ([], []),
]
REFUSED = [
    ((5.0,), {}, TypeError, r"data must be a sequence \(got float\)"),
    ((True,), {}, TypeError, r"data must be a sequence \(got bool\)"),
    ((None,), {}, TypeError, r"data must be a sequence \(got NoneType\)"),
    (({1: 2},), {}, TypeError, r"data must be a sequence \(got dict\)"),
    ((np.float32(3),), {}, TypeError, r"data must be a sequence \(got numpy.float32\)"),
    (("a",), {}, TypeError, "invalid data type 'str'"),
    ((b"a",), {}, TypeError, "invalid data type 'bytes'"),
    ((-1,), {}, RuntimeError, "negative dimension -1"),
    ((2, 2.5), {}, TypeError, "object at pos 2.*tuple of ints,but got float"),
    ((True, 2), {}, TypeError, r"invalid combination of arguments - got \(bool, int\)"),
    (([1],), {"dtype": torch.int64}, TypeError, r"invalid combination of arguments - got \(list, dtype=dtype\)"),
    ((2,), {"device": "meta"}, RuntimeError, "expects device type: cpu but device type: meta was passed"),
    (([1j],), {}, TypeError, "must be real number, not complex"),
    (([X, X],), {}, ValueError, "only one element tensors"),
]


@pytest.mark.parametrize(("args", "shape"), SHAPES)
def test_ints_are_sizes(args, shape) -> None:
    for made in (Tensor(*args), legacy_types.TYPES["FloatTensor"](*args), X.new(*args)):
        assert type(made) is Tensor
        assert tuple(made.shape) == shape
        assert made.dtype is torch.float32
        assert not made.requires_grad


@pytest.mark.parametrize(("data", "values"), DATA)
def test_a_sequence_is_data(data, values) -> None:
    assert Tensor(data).tolist() == values
    assert Tensor(data).dtype is torch.float32
    assert torch.ones(1, dtype=torch.float64).new(data).dtype is torch.float64


@pytest.mark.parametrize(("args", "kwargs", "error", "text"), REFUSED)
def test_anything_else_is_refused(args, kwargs, error, text) -> None:
    with pytest.raises(error, match=text):
        Tensor(*args, **kwargs)


def test_keywords_and_the_default_dtype() -> None:
    assert Tensor(size=(2, 3)).shape == (2, 3)
    assert Tensor(data=[1, 2]).tolist() == [1.0, 2.0]
    assert Tensor([1], device="cpu").tolist() == [1.0]
    torch.set_default_dtype(torch.float64)
    try:
        assert Tensor(2).dtype is Tensor([1]).dtype is torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_tensor_is_itself_again_and_a_storage_is_shared() -> None:
    same = Tensor(X)
    assert same is not X
    assert same.data_ptr() == X.data_ptr()
    assert Tensor(torch.ones(2, dtype=torch.int64)).dtype is torch.int64
    assert Tensor(X.untyped_storage()).tolist() == [1.0] * 6
    with pytest.raises(TypeError, match=r"dtype torch.int64 on cpu, but got one of torch.float32"):
        legacy_types.TYPES["LongTensor"](X)
    with pytest.raises(TypeError, match=r"dtype torch.float32 on cpu, but got one of torch.int64"):
        X.new(torch.ones(1, dtype=torch.int64))


class Plain(Tensor):
    pass


class Tagged(Tensor):
    def __new__(cls, data, tag):
        made = super().__new__(cls, data)
        made.tag = tag
        return made


class Made(Tensor):
    @staticmethod
    def __new__(cls, data, *rest):
        return Tensor._make_subclass(cls, data)


class Counted(Tensor):
    def __init__(self, *args) -> None:
        self.count = len(args)


def test_subclasses_are_built_like_it() -> None:
    assert type(Plain(2, 3)) is Plain
    assert Plain([1, 2]).tolist() == [1.0, 2.0]
    assert type(Plain(X)) is Plain
    assert Tagged([1.0], "t").tag == "t"
    assert type(Made(X, 1)) is Made
    assert Counted(2, 3).count == 2
    assert type(Tensor.__new__(Plain, [1, 2])) is Plain
    assert type(Plain([1.0, 2.0]) + 1) is Plain


class Slotted(Tensor):
    __slots__ = ("more",)


def test_a_subclass_may_have_slots() -> None:
    made = torch.arange(4.0)[1:].as_subclass(Slotted)
    made.more = 3
    assert type(made) is Slotted
    assert (made.tolist(), made.more) == ([1.0, 2.0, 3.0], 3)
    assert type(Slotted([1.0])) is Slotted


def test_make_subclass() -> None:
    x = torch.ones(2, requires_grad=True)
    made = Tensor._make_subclass(Plain, x)
    assert made.data_ptr() == x.data_ptr()
    assert not made.requires_grad
    assert Tensor._make_subclass(Plain, x, True).requires_grad
    assert type(Tensor._make_subclass(Plain, Made(x))) is Plain
    with pytest.raises(TypeError, match="must be Tensor, not int"):
        Tensor._make_subclass(Plain, 3)


def test_parameters_copies_and_pickles() -> None:
    assert tuple(Parameter().shape) == (0,)
    assert Parameter(Tensor(2, 2)).requires_grad
    x = Tensor([1.0, 2.0])
    for made in (copy.copy(x), copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
        assert made.tolist() == [1.0, 2.0]


FITS = [
    ([300], torch.uint8, RuntimeError, "type uint8 without overflow"),
    (300, torch.uint8, RuntimeError, "type uint8 without overflow"),
    ([-256], torch.uint8, RuntimeError, "type uint8 without overflow"),
    ([255.5], torch.uint8, RuntimeError, "type uint8 without overflow"),
    ([-1.5], torch.uint8, RuntimeError, "type uint8 without overflow"),
    ([128], torch.int8, RuntimeError, "type int8 without overflow"),
    ([-129], torch.int8, RuntimeError, "type int8 without overflow"),
    ([2**31], torch.int32, RuntimeError, "type int32 without overflow"),
    ([float("nan")], torch.int64, RuntimeError, "type int64 without overflow"),
    ([float("inf")], torch.int32, RuntimeError, "type int32 without overflow"),
    ([1e30], torch.int64, RuntimeError, "type int64 without overflow"),
    ([2**63], None, ValueError, "Overflow when unpacking long long"),
    (2**64, None, ValueError, "Overflow when unpacking long long"),
    ([-1], torch.uint64, OverflowError, "can't convert negative int to unsigned"),
    ([2**64], torch.uint64, OverflowError, "int too big to convert"),
    ([1j], torch.float32, TypeError, "must be real number, not complex"),
    (1j, torch.float32, TypeError, "must be real number, not complex"),
    ([1j], torch.int32, TypeError, "'complex' object cannot be interpreted as an integer"),
    ({}, None, RuntimeError, "Could not infer dtype of dict"),
    (b"ab", None, TypeError, "invalid data type 'bytes'"),
    ([torch.ones(3, dtype=torch.int64)], None, TypeError, "only integer tensors of a single element"),
    ([torch.ones(2), [1.0, 2.0]], None, ValueError, "only one element tensors"),
]


@pytest.mark.parametrize(("data", "dtype", "error", "text"), FITS)
@pytest.mark.parametrize("make", [torch.tensor, torch.as_tensor], ids=["tensor", "as_tensor"])
def test_what_does_not_fit_is_refused(make, data, dtype, error, text) -> None:
    with pytest.raises(error, match=text):
        make(data, dtype=dtype)


@pytest.mark.parametrize(
    ("data", "dtype", "values"),
    [
        ([-255], torch.uint8, [1]),
        ([1e39], torch.float32, [float("inf")]),
        ([2**70], torch.float64, [2.0**70]),
        ([2**64 - 1], torch.uint64, [2**64 - 1]),
        ([256, 0], torch.bool, [True, False]),
        ([1j], torch.bool, [True]),
        ([1.5], torch.int64, [1]),
        ([[1.0, 2.0], torch.ones(2)], None, [[1.0, 2.0], [1.0, 1.0]]),
        (np.array([300]), torch.uint8, [44]),
    ],
)
def test_what_fits_is_converted(data, dtype, values) -> None:
    assert torch.tensor(data, dtype=dtype).tolist() == values


def test_memory_that_cannot_be_had() -> None:
    with pytest.raises(RuntimeError, match=r"overflowed with sizes=\[4611686018427387904, 4\]"):
        torch.empty(2**62, 4)
    with pytest.raises(RuntimeError, match="can't allocate memory: you tried to allocate 140737488355328 bytes"):
        torch.zeros(2**45)
