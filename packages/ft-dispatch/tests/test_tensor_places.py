"""Tensors over other memory, at other places, as views: sizes, strides, offsets, versions, what is shared and what is refused."""

import numpy as np
import pytest

from ft_core import Parameter, Tensor, UntypedStorage, channels_last, contiguous_format, preserve_format
from ft_core.keys import IRREG, SUB, VIEW
from ft_dispatch import surface as torch
from ft_dispatch.overrides import disabled_torch_function
from ft_dispatch.registry import lookup
from ft_dispatch.typed_storage import TypedStorage
from ft_dispatch.views import IN_INFERENCE, IN_NO_GRAD, MULTI, put, replay


class Marked(Tensor):
    """A subclass without a handler."""


class Handled(Tensor):
    """A subclass with one."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return super().__torch_function__(func, types, args, kwargs or {})


class Unhandled(Tensor):
    """A subclass that switches the handler off."""

    __torch_function__ = disabled_torch_function


def matrix(kind=torch.float32):
    return torch.arange(6, dtype=kind).reshape(2, 3).clone()


# -- resize_ and set_ --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "shape"),
    [((4,), (4,)), ((3, 2), (3, 2)), (((3, 2),), (3, 2)), (([2, 2],), (2, 2)), ((2, 3), (2, 3)), ((0,), (0,)), ((), ())],
)
def test_resize_shows_the_same_memory(sizes, shape):
    x = matrix()
    address = x.data_ptr()
    assert x.resize_(*sizes) is x
    assert (tuple(x.shape), x._version, x.is_contiguous()) == (shape, 1, True)
    if x.numel():
        assert x.data_ptr() == address
        assert x.flatten().tolist() == [float(i) for i in range(x.numel())]


def test_resize_grows_the_storage_from_the_offset_on():
    x = torch.arange(4.0)
    tail = x[2:]
    tail.resize_(5)
    assert (tail.storage_offset(), x.untyped_storage().nbytes(), tail.tolist()[:2], x.tolist()) == (
        2,
        28,
        [2.0, 3.0],
        [0.0, 1.0, 2.0, 3.0],
    )
    tail[0] = 9.0
    assert x[2].item() == 9.0
    before = x.untyped_storage().generation
    x.resize_(2).resize_(4)
    assert (x.untyped_storage().nbytes(), x.untyped_storage().generation) == (28, before)


def test_resize_in_a_format():
    x = torch.arange(24.0)
    x.resize_(1, 2, 3, 4, memory_format=channels_last)
    assert x.stride() == (24, 1, 8, 2)
    x.resize_(1, 2, 3, 4, memory_format=contiguous_format)
    assert x.stride() == (24, 1, 8, 2)  # the sizes are the same
    y = torch.zeros(0)
    assert y.resize_as_(matrix()) is y
    assert tuple(y.shape) == (2, 3)
    assert torch.zeros(0).resize_as_(torch.zeros(1, 2, 3, 4), memory_format=channels_last).stride() == (24, 1, 8, 2)
    meta = torch.zeros(2, device="meta").resize_(3, 4)
    assert (tuple(meta.shape), meta.device.type, meta.stride()) == ((3, 4), "meta", (4, 1))


@pytest.mark.parametrize(
    ("make", "call", "text"),
    [
        (matrix, lambda x: x.resize_(-1), "Trying to create tensor with negative dimension -1: [-1]"),
        (matrix, lambda x: x.resize_(2, memory_format=preserve_format), "Unsupported memory formatPreserve"),
        (lambda: matrix().requires_grad_(), lambda x: x.resize_(2), "cannot resize variables that require grad"),
        (
            matrix,
            lambda x: x.set_(torch.zeros(1, dtype=torch.int64)),
            "Could not set tensor of type long int to a tensor of type float",
        ),
        (matrix, lambda x: x.set_(torch.zeros(1, dtype=torch.int8)), "Could not set tensor of type Char to a tensor of type float"),
        (matrix, lambda x: x.set_(torch.zeros(4).untyped_storage(), -1), "Tensor: invalid storage offset -1"),
        (matrix, lambda x: x.set_(torch.zeros(4), 0, (2, 2), (1,)), "unequal size length (2) and stride length (1)"),
        (matrix, lambda x: x.set_(UntypedStorage([1, 2, 3, 4])[:], 0, (3,)), "Trying to resize storage that is not resizable"),
    ],
)
def test_what_cannot_be_placed_is_refused_and_stays(make, call, text):
    x = make()
    with pytest.raises(RuntimeError) as caught:
        call(x)
    assert str(caught.value) == text
    assert (x.tolist(), x._version) == ([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], 0)


def test_set_refuses_what_is_no_memory():
    with pytest.raises(TypeError, match=r"^set_\(\): argument 'source' \(position 1\) must be Tensor or Storage, not list$"):
        matrix().set_([1])


@pytest.mark.parametrize(
    ("args", "values", "stride", "offset"),
    [
        ((), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], (1,), 0),
        ((2,), [2.0, 3.0, 4.0, 5.0], (1,), 2),
        ((1, (2, 2)), [[1.0, 2.0], [3.0, 4.0]], (2, 1), 1),
        ((1, (2, 2), (1, 2)), [[1.0, 3.0], [2.0, 4.0]], (1, 2), 1),
        ((0, ()), 0.0, (), 0),
    ],
)
@pytest.mark.parametrize("source", ["untyped", "typed"])
def test_set_stands_on_a_storage(source, args, values, stride, offset):
    memory = torch.arange(6.0)
    storage = memory.untyped_storage()
    if source == "typed":
        storage = TypedStorage(wrap_storage=storage, dtype=torch.float32, _internal=True)
    x = torch.zeros(1)
    assert x.set_(storage, *args) is x
    assert (x.tolist(), x.stride(), x.storage_offset(), x._version) == (values, stride, offset, 1)
    x.fill_(7)
    assert (memory == 7).sum().item() == x.numel()


def test_set_stands_on_a_tensor_on_a_part_and_on_nothing():
    memory = matrix()
    x = torch.zeros(1)
    assert x.set_(memory.t()) is x
    assert (x.tolist(), x.stride(), x._version, x.is_set_to(memory.t())) == (memory.t().tolist(), (1, 3), 1, True)
    x.set_(memory, 1, (2,), (3,))
    assert (x.tolist(), x._version) == ([1.0, 4.0], 2)
    x.set_(memory, 4, (4,))
    assert (memory.untyped_storage().nbytes(), x.tolist()[:2], memory.tolist()) == (
        32,
        [4.0, 5.0],
        [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]],
    )
    x.set_()
    assert (tuple(x.shape), x.untyped_storage().nbytes(), x.dtype) == ((0,), 0, torch.float32)
    assert torch.zeros(1, dtype=torch.int16).set_(UntypedStorage([1, 0, 2, 0, 3])).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (lambda x: x, True),
        (lambda x: x.view(2, 3), True),
        (lambda x: x.view(3, 2), False),
        (lambda x: x[:, 1:], False),
        (lambda x: x.t().t(), True),
        (lambda x: x.t(), False),
        (lambda x: x.clone(), False),
        (lambda x: x.as_strided((2, 3), (3, 1), 0), True),
        (lambda x: x.as_strided((2, 3), (1, 2), 0), False),
    ],
)
def test_is_set_to_the_same_place(other, same):
    x = matrix()
    assert x.is_set_to(other(x)) is same


# -- views of itself ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "shape", "stride"),
    [
        ("t_", (), (3, 2), (1, 3)),
        ("transpose_", (0, 1), (3, 2), (1, 3)),
        ("swapaxes_", (0, 1), (3, 2), (1, 3)),
        ("swapdims_", (0, 1), (3, 2), (1, 3)),
        ("unsqueeze_", (1,), (2, 1, 3), (3, 3, 1)),
        ("squeeze_", (), (2, 3), (3, 1)),
        ("as_strided_", ((2, 2), (1, 1), 1), (2, 2), (1, 1)),
    ],
)
def test_a_tensor_becomes_a_view_of_itself(name, args, shape, stride):
    x = matrix()
    expected = getattr(x, name[:-1])(*args).tolist()
    address = x.data_ptr()
    assert getattr(x, name)(*args) is x
    assert (tuple(x.shape), x.stride(), x.tolist(), x._version) == (shape, stride, expected, 1)
    assert x.data_ptr() == address + 4 * x.storage_offset()
    assert getattr(Tensor, name).__name__ == name
    assert f"`{name[:-1]}`" in getattr(Tensor, name).__doc__


def test_turning_twice_is_regular_again():
    x = matrix()
    x.t_()
    assert x._k & IRREG
    x.t_()
    assert (x._k & IRREG, x.tolist()) == (0, [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])


def test_a_view_becomes_another_view_of_its_base():
    base = matrix()
    view = base[0]
    view.unsqueeze_(0)
    assert (view._base, tuple(view.shape), len(view._viewfn), view._vver) == (base, (1, 3), 2, base._version)
    assert replay(base, view._viewfn).tolist() == [[0.0, 1.0, 2.0]]


# -- views -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [1, 2, 3])
@pytest.mark.parametrize(
    ("view", "shape", "stride", "offset"),
    [
        (lambda x: x[1], (3,), (1,), 3),
        (lambda x: x[:, 1], (2,), (3,), 1),
        (lambda x: x.t(), (3, 2), (1, 3), 0),
        (lambda x: x.view(6), (6,), (1,), 0),
        (lambda x: x[0:0], (0, 3), (3, 1), 0),
        (lambda x: x.expand(4, 2, 3), (4, 2, 3), (0, 3, 1), 0),
        (lambda x: x.unbind(1)[2], (2,), (3,), 2),
        (lambda x: x.as_strided((2, 2), (1, 2), 1), (2, 2), (1, 2), 1),
        (lambda x: x.view(torch.int32), (2, 3), (3, 1), 0),
    ],
)
def test_views_lie_where_they_say(view, shape, stride, offset, again):
    """However often the road has been taken."""
    x = matrix()
    v = view(x)
    assert (tuple(v.shape), v.stride(), v.storage_offset(), v._base, v._version) == (shape, stride, offset, x, 0)
    assert (bool(v._k & IRREG), bool(v._k & VIEW)) == (0 in shape or stride != torch.zeros(shape).stride(), v.is_floating_point())
    assert v.untyped_storage() is x.untyped_storage()
    v.add_(1) if stride[0] and v.numel() else v.zero_() if not v.numel() else None
    assert v._version == x._version
    assert replay(x, v._viewfn).tolist() == v.tolist()
    second = v[..., :1]
    assert (second._base, len(second._viewfn), second._vver) == (x, len(v._viewfn) + 1, x._version)


@pytest.mark.parametrize(
    ("how", "creation"),
    [("plain", 0), ("no_grad", IN_NO_GRAD), ("several", MULTI), ("inference", IN_INFERENCE), ("several under no_grad", IN_NO_GRAD)],
)
def test_views_remember_how_they_came_to_be(how, creation):
    for _ in range(2):
        x = torch.ones(2, 3)
        with torch.inference_mode() if how == "inference" else torch.set_grad_enabled("no_grad" not in how):
            v = x.unbind(0)[1] if "several" in how else x[1]
        assert v._creation == creation
        assert v[:2]._creation == creation


def test_views_of_inference_tensors():
    with torch.inference_mode():
        x = torch.ones(2, 3)
    v = x[1]
    assert (v._base, v[0]._base, v._ver, v._viewfn, v._creation, v.is_inference()) == (x, x, None, (), IN_INFERENCE, True)
    assert not v._k & VIEW


@pytest.mark.parametrize(
    ("sizes", "strides", "offset", "needed"),
    [((7,), (1,), 0, 28), ((2,), (6,), 0, 28), ((1,), (1,), 6, 28), ((2, 2), (3, 3), 0, 28)],
)
def test_as_strided_stays_in_the_storage(sizes, strides, offset, needed):
    x = matrix()
    with pytest.raises(RuntimeError) as caught:
        x.as_strided(sizes, strides, offset)
    assert str(caught.value) == (
        f"setStorage: sizes {list(sizes)}, strides {list(strides)}, storage offset {offset}, and itemsize 4 requiring a storage size of "
        f"{needed} are out of bounds for storage of size 24"
    )
    assert x.as_strided((6,), (1,), 0).shape == (6,)
    assert x.as_strided((0, 9), (9, 9), 5).numel() == 0
    assert x.to("meta").as_strided((99,), (1,), 0).shape == (99,)


def test_what_a_chain_views_is_put_back():
    base = matrix()
    part = base.t()[1:, 1]
    made = put(base, torch.tensor([70.0, 80.0]), part._viewfn)
    assert made.tolist() == [[0.0, 1.0, 2.0], [3.0, 70.0, 80.0]]
    assert base.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    last = base.unbind(1)[2]
    assert put(base, torch.tensor([7.0, 8.0]), last._viewfn).tolist() == [[0.0, 1.0, 7.0], [3.0, 4.0, 8.0]]


def test_a_view_that_cannot_be_put_back_says_what_to_write(monkeypatch):
    op = lookup("t")
    assert op is not None
    view = matrix().select(0, 1)
    ((step, params),) = view._viewfn
    monkeypatch.setattr(step, "put_rule", None)
    with pytest.raises(
        RuntimeError, match=r"^put: aten::select.int has no inverse write; state it with @select.put in ops/view.py$"
    ):
        put(matrix(), view, ((step, params),))


# -- small methods -----------------------------------------------------------------------------------------------------


def test_files_are_mapped_as_vectors(tmp_path):
    path = tmp_path / "numbers"
    np.arange(4, dtype=np.float32).tofile(path)
    x = torch.from_file(str(path), size=3)
    assert (x.tolist(), x.dtype, x.requires_grad) == ([0.0, 1.0, 2.0], torch.float32, False)
    x[0] = 9.0
    assert torch.from_file(str(path), False, 1).item() == 0.0
    shared = torch.from_file(str(path), True, 6, dtype=torch.float32, requires_grad=False)
    shared[0] = 5.0
    assert (torch.from_file(str(path), size=1).item(), path.stat().st_size) == (5.0, 24)
    assert torch.from_file(str(path), size=1, dtype=torch.float64, requires_grad=True).requires_grad
    assert (torch.from_file(str(path)).shape, torch.from_file(str(path), dtype=torch.int8).dtype) == ((0,), torch.int8)
    with pytest.raises(RuntimeError, match=r"^tensors constructed from a file cannot be pinned$"):
        torch.from_file(str(path), size=1, pin_memory=True)


def test_memory_is_shared_and_never_pinned():
    x = matrix()
    assert (x.is_shared(), x.is_pinned()) == (False, False)
    assert x.share_memory_() is x
    assert x.is_shared() is True
    with pytest.raises(RuntimeError, match=r"^Cannot access accelerator device when none is available.$"):
        x.pin_memory()
    with pytest.raises(RuntimeError, match=r"^record_stream: expected a tensor on a device with streams; got one on cpu"):
        x.record_stream(None)


def test_new_tensors_are_as_this_one_unless_told():
    x = matrix(torch.float64)
    for made in (x.new_tensor([1, 2]), x.new_tensor(torch.tensor([1, 2])), x.new([1, 2])):
        assert (made.dtype, made.tolist(), made.requires_grad, made.device.type) == (torch.float64, [1.0, 2.0], False, "cpu")
    told = x.new_tensor([1.5], dtype=torch.float32, requires_grad=True)
    assert (told.dtype, told.requires_grad) == (torch.float32, True)
    source = torch.tensor([1.5])
    copied = x.new_tensor(source, dtype=torch.float32, requires_grad=True)
    assert (copied.requires_grad, copied.data_ptr() == source.data_ptr(), source.requires_grad) == (True, False, False)
    assert (x.new_tensor([1], device="meta").device.type, x.new_tensor(source, device="meta").device.type) == ("meta", "meta")
    assert (x.new().shape, x.new(2, 3).shape, x.new(torch.Size([4])).shape, x.new((4.0,)).tolist()) == ((0,), (2, 3), (4,), [4.0])
    assert x.new(x).data_ptr() == x.data_ptr()
    with pytest.raises(TypeError, match=r"expected a tensor of dtype torch.float64 on cpu, but got one of torch.float32"):
        x.new(source)
    with pytest.raises(RuntimeError, match="expects device type: cpu but device type: meta"):
        x.new(2, device="meta")
    strided = x.new_empty_strided((2, 2), (1, 2))
    assert (strided.stride(), strided.dtype, strided.requires_grad) == ((1, 2), torch.float64, False)
    other = x.new_empty_strided((2,), (3,), dtype=torch.int8, device="meta")
    assert (other.stride(), other.dtype, other.device.type) == ((3,), torch.int8, "meta")
    assert x.new_empty_strided((2,), (1,), requires_grad=True).requires_grad


@pytest.mark.parametrize(
    ("cls", "marked"), [(Marked, True), (Handled, True), (Tensor, False), (Unhandled, False), (Parameter, False)]
)
def test_the_same_tensor_as_another_class(cls, marked):
    x = matrix()
    made = x.as_subclass(cls)
    assert (type(made), made.data_ptr(), bool(made._k & SUB)) == (cls, x.data_ptr(), marked)
    for wrong in (int, 3, "Tensor"):
        with pytest.raises(TypeError, match=r"^as_subclass\(\): argument 'cls' must be a subclass of Tensor, not "):
            x.as_subclass(wrong)


@pytest.mark.parametrize(
    ("shape", "target", "values"),
    [
        ((2, 3), (3,), [3.0, 5.0, 7.0]),
        ((2, 3), (2, 1), [[3.0], [12.0]]),
        ((2, 3), (1, 1), [[15.0]]),
        ((2, 3), (), 15.0),
        ((2, 3), (2, 3), [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]),
        ((1, 6), (6,), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
        ((1, 2, 3), (1, 3), [[3.0, 5.0, 7.0]]),
        ((2, 1, 3), (1, 1), [[15.0]]),
    ],
)
def test_sums_to_a_size(shape, target, values):
    x = torch.arange(6.0).reshape(shape)
    assert x.sum_to_size(*target).tolist() == x.sum_to_size(target).tolist() == values
    if target == shape:
        assert x.sum_to_size(*target) is x


@pytest.mark.parametrize("target", [(2,), (2, 2), (1, 2, 3), (3, 3)])
def test_sums_to_a_size_that_does_not_broadcast_are_refused(target):
    with pytest.raises(RuntimeError) as caught:
        matrix().sum_to_size(*target)
    assert str(caught.value) == f"size {{{list(target)}}} is not expandable to size {{[2, 3]}}."


def test_names_of_types():
    x = matrix()
    assert (x.type(), x.to("meta").type(), x.int().type()) == ("torch.FloatTensor", "torch.meta.FloatTensor", "torch.IntTensor")
    assert x.to_sparse().type() == "torch.sparse.FloatTensor"
    assert x.to_sparse_csr().type() == "torch.sparse_csr.FloatTensor"
    assert torch.quantize_per_tensor(x, 1.0, 0, torch.qint8).type() == "torch.quantized.QInt8Tensor"
    short = type("ShortTensor", (), {"dtype": torch.int16})
    named = type("ShortTensor", (), {"__module__": "torch"})
    for asked in (torch.int16, "torch.ShortTensor", short, named):
        assert x.type(asked).dtype is torch.int16
    with pytest.raises(ValueError, match=r"^invalid type: 'torch.OddTensor'$"):
        x.type("torch.OddTensor")


def test_order_and_reversal():
    x = matrix()
    assert (x.dim_order(), x.t().dim_order(), torch.zeros(2, 1, 3).dim_order()) == ((0, 1), (1, 0), (0, 1, 2))
    one = torch.tensor(3)
    assert (next(iter(reversed(x))).tolist(), x.__reversed__().tolist(), one.__reversed__() is one) == (
        [3.0, 4.0, 5.0], [[3.0, 4.0, 5.0], [0.0, 1.0, 2.0]], True,
    )  # fmt: skip
    with pytest.raises(TypeError, match=r"^iteration over a 0-d tensor$"):
        iter(one)
    assert (4 in x, 9 in x, torch.tensor(2.0) in x) == (True, False, True)
    with pytest.raises(
        RuntimeError, match=r"^Tensor.__contains__ only supports Tensor or scalar, but you passed in a <class 'str'>.$"
    ):
        "a" in x  # noqa: B015  # the test is the call


@pytest.mark.parametrize(
    ("name", "shape", "result"),
    [
        ("mT", (4, 2, 3), (4, 3, 2)),
        ("mH", (4, 2, 3), (4, 3, 2)),
        ("mT", (2, 3), (3, 2)),
        ("H", (2, 3), (3, 2)),
        ("T", (2, 3), (3, 2)),
    ],
)
def test_transposes(name, shape, result):
    assert tuple(getattr(torch.zeros(shape), name).shape) == result


@pytest.mark.parametrize(
    ("name", "shape", "text"),
    [
        ("mT", (3,), "tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor."),
        ("mH", (3,), "tensor.mH is only supported on matrices or batches of matrices. Got 1-D tensor."),
        ("H", (3,), "tensor.H is only supported on matrices (2-D tensors). Got 1-D tensor."),
        (
            "H",
            (2, 2, 2),
            "tensor.H is only supported on matrices (2-D tensors). Got 3-D tensor. For batches of matrices, consider using tensor.mH",
        ),
    ],
)
def test_transposes_that_are_none(name, shape, text):
    with pytest.raises(RuntimeError) as caught:
        getattr(torch.zeros(shape), name)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("name", "text"), [("mT", "Tensor.mT is deprecated on 0-D"), ("mH", "Tensor.mH is"), ("H", "Tensor.H is deprecated on 0-D")]
)
def test_transposes_of_numbers_warn_the_caller(name, text):
    one = torch.tensor(1 + 2j)
    with pytest.warns(UserWarning, match=text) as told:
        found = getattr(one, name)
    assert (told[0].filename, found.item()) == (__file__, 1 + 2j if name == "mT" else 1 - 2j)
    assert torch.tensor(1.0).T.item() == 1.0


def test_a_function_on_every_element():
    x, y, z = matrix(), matrix() * 10, matrix() * 100
    assert x.clone().map_(y, lambda a, b: a + b).tolist() == [[0.0, 11.0, 22.0], [33.0, 44.0, 55.0]]
    assert x.clone().map2_(y, z, lambda a, b, c: a + b + c).tolist() == [[0.0, 111.0, 222.0], [333.0, 444.0, 555.0]]
    assert x.clone().map_(torch.ones(3), lambda a, b: a + b).tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    held = x.clone()
    assert held.apply_(lambda a: a * a) is held
    assert held.tolist() == [[0.0, 1.0, 4.0], [9.0, 16.0, 25.0]]
    assert x.t().clone().apply_(lambda a: -a).tolist() == (-x.t()).tolist()
    with pytest.raises(
        RuntimeError, match=r"^Can't call apply_\(\) on Variable that requires grad. Use var.detach\(\).apply_\(\) instead.$"
    ):
        x.clone().requires_grad_().apply_(abs)
    with pytest.raises(TypeError, match=r"^apply_\(\) is only implemented on CPU tensors$"):
        x.to("meta").apply_(abs)


def test_functions_that_ask_a_tensor():
    x = matrix()
    assert (torch.numel(x), torch.is_complex(x), torch.is_floating_point(x), torch.is_signed(x), torch.is_inference(x)) == (
        6,
        False,
        True,
        True,
        False,
    )
    assert (torch.is_tensor(x), torch.is_tensor(3), torch.is_nonzero(torch.tensor(2)), torch.is_same_size(x, x.t()), torch.is_same_size(x, x)) == (
        True, False, True, False, True,
    )  # fmt: skip
    assert (torch.result_type(x, 3), torch.result_type(torch.ones(1, dtype=torch.int8), 2.5)) == (torch.float32, torch.float32)
    assert (x.name, x.volatile, x.is_xla, x.is_ipu, x.const_data_ptr() == x.data_ptr(), torch.is_distributed(x)) == (
        None,
        False,
        False,
        False,
        True,
        False,
    )
    assert torch.numel.__doc__.startswith("`Tensor.numel` as a function")


def test_empty_in_a_physical_order():
    assert torch.empty_permuted((2, 3, 4), (2, 0, 1)).stride() == (3, 1, 6)
    assert torch.empty_permuted((2, 0, 4), (0, 2, 1)).stride() == (4, 1, 1)
    made = torch.empty_permuted((2,), (0,), dtype=torch.float64, requires_grad=True)
    assert (made.dtype, made.requires_grad, torch.empty_permuted((2,), (0,)).requires_grad) == (torch.float64, True, False)
    for order in ((0,), (0, 0), (0, 2)):
        with pytest.raises(RuntimeError, match="does not match the length of the physical_layout, or a dimension comes twice"):
            torch.empty_permuted((2, 3), order)


def test_what_a_module_loads():
    x, other = torch.zeros(2, 3), matrix()
    copied, assigned = x.module_load(other), x.module_load(other, assign=True)
    assert (copied.data_ptr() == x.data_ptr(), copied is x, x.tolist()) == (True, False, other.tolist())
    assert (assigned.data_ptr() == other.data_ptr(), assigned is other) == (True, False)
