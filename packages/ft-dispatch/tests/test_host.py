"""From Python data to tensors: what dtype, shape and numbers each kind of data gives, whose memory it is, and in which words it is refused."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import ft_autograd
from ft_core import Tensor
from ft_core.meta import MetaArray
from ft_dispatch import surface as torch
from ft_dispatch.host import build, infer, shape_of


class Line:
    """A sequence that is neither list nor tuple."""

    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]


class Counted:
    def __len__(self):
        return 1


class Indexed:
    def __getitem__(self, i):
        raise IndexError


f32, f64, i64, u8, b1, c64, c128 = (
    torch.float32,
    torch.float64,
    torch.int64,
    torch.uint8,
    torch.bool,
    torch.complex64,
    torch.complex128,
)

MADE = [
    ("a bool", True, b1, (), True),
    ("an int", 3, i64, (), 3),
    ("a float", 2.5, f32, (), 2.5),
    ("a complex number", 1 + 2j, c64, (), 1 + 2j),
    ("no items", [], f32, (0,), []),
    ("lists without items", [[], []], f32, (2, 0), [[], []]),
    ("bools", [True, False], b1, (2,), [True, False]),
    ("ints", [1, 2], i64, (2,), [1, 2]),
    ("floats", (1.0, 2.5), f32, (2,), [1.0, 2.5]),
    ("complex numbers", [1j, 2j], c64, (2,), [1j, 2j]),
    ("bools and ints", [True, 2], i64, (2,), [1, 2]),
    ("ints and floats", [1, 2.5], f32, (2,), [1.0, 2.5]),
    ("floats and complex numbers", [1.5, 1j], c64, (2,), [1.5, 1j]),
    ("lists of lists", [[1, 2, 3], [4, 5, 6]], i64, (2, 3), [[1, 2, 3], [4, 5, 6]]),
    ("lists of tuples, mixed", [(1, 2.0), (3, 4)], f32, (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
    ("a NumPy scalar", np.float64(2.5), f64, (), 2.5),
    ("a NumPy bool", np.bool_(True), b1, (), True),
    ("NumPy scalars", [np.uint8(1), np.uint8(2)], u8, (2,), [1, 2]),
    ("NumPy scalars and numbers", [np.int8(1), 2.5], f32, (2,), [1.0, 2.5]),
    ("an array", np.array([[1, 2]], np.uint8), u8, (1, 2), [[1, 2]]),
    ("a 0-dim array", np.array(2.5), f64, (), 2.5),
    ("a list of arrays", [np.array([1.0, 2.0]), np.array([3.0, 4.0])], f64, (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
    ("a list of 0-dim arrays", [np.array(1.0), np.array(2.0)], f64, (2,), [1.0, 2.0]),
    ("a list of 0-dim tensors", [torch.tensor(1), torch.tensor(2)], i64, (2,), [1, 2]),
    ("tensors of one number in lists", [[torch.ones(1)], [2]], f32, (2, 1), [[1.0], [2.0]]),
    ("0-dim arrays in lists", [[np.array(1.0), 2], [3, 4]], f64, (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
    ("tensors in lists", [[torch.tensor(1.0), 2], [3, 4]], f32, (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
    ("another sequence", Line(1, 2, 3), i64, (3,), [1, 2, 3]),
    ("another sequence of lists", Line([1.5], [2.5]), f32, (2, 1), [[1.5], [2.5]]),
    ("a range", range(3), i64, (3,), [0, 1, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "shape", "numbers"), [row[1:] for row in MADE], ids=[row[0] for row in MADE])
def test_data_becomes(data, kind, shape, numbers):
    for made in (torch.tensor(data), torch.as_tensor(data)):
        assert (made.dtype, tuple(made.shape), made.tolist()) == (kind, shape, numbers)
    assert infer(data) is kind
    assert shape_of(data) == shape
    asked = torch.tensor(data, dtype=c128)
    assert asked.dtype is c128
    assert asked.shape == shape


REFUSED = [
    ("a word", "ab", TypeError, r"^new\(\): invalid data type 'str'$"),
    ("a word in a list", ["ab"], ValueError, r"^too many dimensions 'str'$"),
    ("nothing", None, RuntimeError, "^Could not infer dtype of NoneType$"),
    ("an object", object(), RuntimeError, "^Could not infer dtype of object$"),
    ("what has a length and no items", Counted(), RuntimeError, "^Could not infer dtype of Counted$"),
    ("what has items and no length", Indexed(), RuntimeError, "^Could not infer dtype of Indexed$"),
    (
        "tensors of several numbers",
        [torch.ones(2), torch.ones(2)],
        ValueError,
        "^only one element tensors can be converted to Python scalars$",
    ),
    ("a dictionary", {1: 2}, RuntimeError, "^Could not infer dtype of dict$"),
    ("nothing in a list", [1, None], RuntimeError, "^Could not infer dtype of NoneType$"),
    ("lists of other lengths", [[1, 2], [3]], ValueError, r"^expected sequence of length 2 at dim 1 \(got 1\)$"),
    ("a number among lists", [[1, 2], 3], TypeError, r"^expected sequence of length 2 at dim 1 \(got int\)$"),
    ("a list among numbers", [1, [2]], TypeError, "^must be real number, not list$"),
    ("objects of NumPy", np.array([object()]), TypeError, "can't convert np.ndarray of type numpy.object_"),
]


@pytest.mark.parametrize(("data", "kind", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_data_is_refused(data, kind, words):
    with pytest.raises(kind, match=words):
        torch.tensor(data)


def test_ragged_lists_below_the_second_dim_are_refused():
    with pytest.raises(ValueError, match=r"at dim 1 \(got 3\)"):
        torch.tensor([[1, 2], [3, 4, 5]])
    for data in ([[[1, 2]], [3]], [np.ones((1, 2)), np.ones(1)]):
        with pytest.raises(TypeError, match=r"^expected sequence of length 2 at dim 2 \(got (int|float64)\)$"):
            torch.tensor(data)
    for data in ([[[1, 2], [3, 4]], [[1, 2], [3]]], [[[1, 2], [3]], [[1, 2], [3, 4]]], [np.ones((2, 2)), [[1, 2], [3]]]):
        with pytest.raises(ValueError, match=r"^expected sequence of length 2 at dim 2 \(got 1\)$"):
            torch.tensor(data)
    with pytest.raises(ValueError, match=r"^expected sequence of length 3 at dim 2 \(got 4\)$"):
        torch.tensor([np.ones((2, 3)), np.ones((2, 4))])
    with pytest.raises(TypeError, match="must be real number, not list"):
        torch.tensor([[1, 2], [3, [4]]])


@pytest.mark.parametrize(("default", "number"), [(f64, c128), (f32, c64), (torch.float16, c64)])
def test_numbers_follow_the_default_dtype(default, number):
    before = torch.get_default_dtype()
    torch.set_default_dtype(default)
    try:
        assert torch.tensor([1.5, 2]).dtype is default
        assert torch.tensor([]).dtype is default
        assert infer(1j) is number
        assert torch.scalar_tensor(3).dtype is default
    finally:
        torch.set_default_dtype(before)


def test_a_complex_array_read_as_real_keeps_the_real_part():
    assert torch.tensor(np.array([1 + 2j]), dtype=f32).tolist() == [1.0]
    assert torch.tensor(np.array([1 + 2j]), dtype=c64).tolist() == [1 + 2j]


# -- whose memory -----------------------------------------------------------------------------------------------------------------------


def shares(made, array):
    """Whether a write to the array is seen in the tensor."""
    before = made.tolist()
    array[...] = 7
    return made.tolist() != before


def array():
    return np.arange(6.0).reshape(2, 3)


def test_tensor_copies_and_the_others_share():
    for make, shared in ((torch.tensor, False), (torch.as_tensor, True), (torch.from_numpy, True), (torch.asarray, True)):
        a = array()
        assert shares(make(a), a) is shared
    a = array()
    assert not shares(torch.as_tensor(a, dtype=f32), a)
    assert not shares(torch.asarray(a, copy=True), a)
    assert shares(torch.asarray(a, copy=False), a) is False or a[0, 0] == 7


def test_as_tensor_gives_a_tensor_back():
    x = torch.ones(2)
    assert torch.as_tensor(x) is x
    assert torch.as_tensor(x, f64).dtype is f64
    assert torch.as_tensor(x, device="meta").device.type == "meta"
    assert torch.as_tensor(np.ones(2), device="meta").device.type == "meta"
    assert torch.as_tensor([1.0], device="meta").device.type == "meta"


def test_asarray():
    x = torch.ones(2)
    assert torch.asarray(x) is x
    assert torch.asarray(x, copy=True) is not x
    assert torch.asarray(x, copy=True).data_ptr() != x.data_ptr()
    assert torch.asarray(x, dtype=f64, copy=True).tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match=r"^can't alias arbitrary sequence objects$"):
        torch.asarray([1.0], copy=False)
    leaf = torch.ones(2).requires_grad_()
    assert torch.asarray(leaf) is leaf
    assert not torch.asarray(leaf, requires_grad=False).requires_grad
    assert torch.asarray([1.0], requires_grad=True).requires_grad
    assert torch.asarray(leaf, requires_grad=True).requires_grad


def test_strides_of_arrays_are_kept():
    a = np.arange(12, dtype=np.int32).reshape(3, 4)
    for part in (a.T, a[:, ::2], a[1:], np.broadcast_to(a[0], (2, 4))):
        made = torch.from_numpy(part)
        assert made.tolist() == part.tolist()
        assert made.stride() == tuple(s // 4 for s in part.strides)
        assert made.storage_offset() == 0
    assert torch.from_numpy(a[:, :0]).stride() == (1, 1)
    assert torch.from_numpy(a[:, ::2]).untyped_storage().nbytes() == 44
    assert torch.from_numpy(a[:0]).untyped_storage().nbytes() == 0
    assert torch.from_numpy(a[:1, :1]).untyped_storage().nbytes() == 4
    with pytest.raises(RuntimeError, match="resizable"):
        torch.from_numpy(a).resize_(100)
    assert torch.from_numpy(a).untyped_storage().nbytes() == 48


def test_arrays_that_no_tensor_can_lie_over_are_refused():
    a = np.arange(6.0)
    with pytest.raises(TypeError, match=r"^expected np.ndarray \(got list\)$"):
        torch.from_numpy([1])
    with pytest.raises(ValueError, match="At least one stride in the given numpy array is negative"):
        torch.from_numpy(a[::-1])
    odd = np.ndarray((2,), np.float32, np.zeros(16, np.uint8), strides=(6,))
    with pytest.raises(ValueError, match="given numpy array strides not a multiple of the element byte size"):
        torch.from_numpy(odd)
    one = np.ndarray((1,), np.float32, np.zeros(16, np.uint8), strides=(6,))
    assert torch.from_numpy(one).tolist() == [0.0]
    with pytest.raises(TypeError, match=r"can't convert np\.ndarray of type"):
        torch.from_numpy(np.array(["a"]))


def test_a_storage_is_shared_as_numbers_of_the_dtype_asked_for():
    x = torch.tensor([1, 2, 3], dtype=torch.int32)
    made = torch.tensor(x.untyped_storage(), dtype=torch.int16)
    assert made.tolist() == [1, 0, 2, 0, 3, 0]
    x[0] = 5
    assert made[0].item() == 5


# -- flags and devices -----------------------------------------------------------------------------------------------------------------------


def test_a_tensor_is_copied_with_a_warning():
    x = torch.ones(2).requires_grad_()
    with pytest.warns(UserWarning, match=r"recommended to use sourceTensor\.detach\(\)\.clone\(\)") as told:
        made = torch.tensor(x)
    assert told[0].filename == __file__
    assert not made.requires_grad
    assert made.data_ptr() != x.data_ptr()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert torch.tensor(x, dtype=f64).dtype is f64
        assert torch.tensor(x, device="meta").device.type == "meta"
        assert torch.tensor(x, requires_grad=True).requires_grad


@pytest.mark.parametrize("make", [torch.tensor, torch.scalar_tensor])
def test_numbers_on_a_device_with_a_gradient(make):
    made = make(2.5, requires_grad=True)
    assert made.requires_grad
    assert made.is_leaf
    assert not make(2.5).requires_grad
    assert make(2.5, device="meta").device.type == "meta"
    assert make(2.5, device=torch.device("cpu")).item() == 2.5
    assert isinstance(make(2.5, device="meta")._a, MetaArray)
    with torch.device("meta"):
        assert make(2.5).device.type == "meta"
        assert make(2.5, device="cpu").device.type == "cpu"


def test_what_is_made_under_inference_mode_is_an_inference_tensor():
    with ft_autograd.inference_mode():
        assert torch.tensor([1.0]).is_inference()
        assert torch.tensor(1.0, device="meta").is_inference()
    assert not torch.tensor([1.0]).is_inference()
    assert not build([1.0], None, torch.device("meta")).is_inference()


# -- buffers --------------------------------------------------------------------------------------------------------------------------------


def test_a_buffer_is_shared():
    raw = bytearray(range(12))
    whole = torch.frombuffer(raw, dtype=u8)
    assert whole.tolist() == list(range(12))
    assert torch.frombuffer(raw, dtype=torch.int16, offset=2, count=2).tolist() == [2 + 3 * 256, 4 + 5 * 256]
    assert torch.frombuffer(raw, dtype=torch.int32, offset=4).shape == (2,)
    assert torch.frombuffer(raw, dtype=u8, offset=11).tolist() == [11]
    assert torch.frombuffer(raw, dtype=u8, count=12).shape == (12,)
    raw[0] = 9
    assert whole[0].item() == 9
    assert torch.frombuffer(raw, dtype=f32, requires_grad=True).requires_grad
    assert not torch.frombuffer(raw, dtype=f32).requires_grad


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"count": 0}, r"^both buffer length \(12\) and count \(0\) must not be 0$"),
        ({"count": -2}, r"and count \(-2\) must not be 0"),
        ({"offset": -1}, r"^offset \(-1 bytes\) must be non-negative and no greater than buffer length \(12 bytes\) minus 1$"),
        ({"offset": 12}, r"^offset \(12 bytes\) must be non-negative"),
        ({"offset": 2}, r"^buffer length \(10 bytes\) after offset \(2 bytes\) must be a multiple of element size \(4\)$"),
        (
            {"count": 4},
            r"^requested buffer length \(4 \* 4 bytes\) after offset \(0 bytes\) must not be greater than actual buffer length",
        ),
        ({"count": 3, "offset": 1}, r"^requested buffer length \(3 \* 4 bytes\) after offset \(1 bytes\)"),
    ],
)
def test_a_buffer_that_does_not_fit_is_refused(given, words):
    with pytest.raises(ValueError, match=words):
        torch.frombuffer(bytearray(12), dtype=f32, **given)


def test_dlpack():
    a = array()
    made = torch.from_dlpack(a)
    assert isinstance(made, Tensor)
    assert shares(made, a)
    fixed = array()
    fixed.flags.writeable = False
    assert torch.from_dlpack(fixed).tolist() == fixed.tolist()
