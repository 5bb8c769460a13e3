"""The data model of ft_core with a backend under it: what a tensor says of itself, its gradient, its aliases, its copies, its values."""

import copy
import pickle

import numpy as np
import pytest

from ft_core import Tensor, channels_last, upcalls
from ft_core.keys import GRAD, INFER, IRREG
from ft_core.layout import contiguous_format, preserve_format
from ft_core.payload import Quantized, tensor_over
from ft_core.state import TL, bits_set
from ft_core.tensor import alias_of, repoint, tensor_from_storage, wrap, wrap_strided
from ft_dispatch import surface as torch


class Tagged(Tensor):
    """A subclass whose objects carry attributes."""


def sparse(layout="coo"):
    dense = torch.tensor([[0.0, 2.0], [3.0, 0.0]])
    return dense.to_sparse() if layout == "coo" else dense.to_sparse_csr()


def per_tensor():
    return torch.quantize_per_tensor(torch.tensor([[-1.0, 0.0], [1.0, 2.5]]), 0.5, 3, torch.qint8)


def per_channel():
    scales, zeros = torch.tensor([0.5, 0.25], dtype=torch.float64), torch.tensor([1, -2])
    return torch.quantize_per_channel(torch.tensor([[-1.0, 0.5], [1.0, 2.0], [3.0, 0.0]]), scales, zeros, 1, torch.qint8)


def half_required():
    """A view that requires grad because its base does."""
    x = torch.ones(2)
    view = x[:1]
    x.requires_grad_()
    return view


# -- metadata ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shape", "step", "size", "stride", "nbytes"),
    [
        ("plain", (2, 3), None, 3, 1, 24),
        ("transposed", (3, 2), "t", 2, 3, 24),
        ("one", (), None, None, None, 4),
        ("none", (2, 0), None, 0, 1, 0),
    ],
)
def test_sizes_strides_and_bytes(name, shape, step, size, stride, nbytes):
    x = torch.zeros(shape) if step is None else torch.zeros(*reversed(shape)).t()
    assert (tuple(x.shape), x.ndim, x.dim(), x.nbytes) == (shape, len(shape), len(shape), nbytes)
    assert (x.itemsize, x.element_size()) == (4, 4)
    if shape:
        assert (x.size(-1), x.stride(-1)) == (size, stride)
        assert [x.size(i) for i in range(x.ndim)] == list(x.size())
        assert [x.stride(i - x.ndim) for i in range(x.ndim)] == list(x.stride())


@pytest.mark.parametrize("method", ["size", "stride"])
@pytest.mark.parametrize(
    ("shape", "dim", "text"),
    [
        ((2, 3), 2, "Dimension out of range (expected to be in range of [-2, 1], but got 2)"),
        ((2, 3), -3, "Dimension out of range (expected to be in range of [-2, 1], but got -3)"),
        ((), 0, "Dimension specified as 0 but tensor has no dimensions"),
    ],
)
def test_a_dimension_that_is_none_is_refused(method, shape, dim, text):
    with pytest.raises(IndexError) as caught:
        getattr(torch.zeros(shape), method)(dim)
    assert str(caught.value) == text


@pytest.mark.parametrize("form", [contiguous_format, preserve_format])
def test_is_contiguous_in_two_words(form):
    x = torch.zeros(2, 3)
    assert x.is_contiguous(memory_format=form) is True
    assert x.t().is_contiguous(memory_format=form) is False
    assert x.t()[:, :1].is_contiguous(memory_format=form) is True
    assert torch.zeros(2, 3, 4, 5).contiguous(memory_format=channels_last).is_contiguous(memory_format=form) is False


def test_sparse_tensors_have_no_strides_and_no_order():
    assert sparse().is_contiguous() is False
    with pytest.raises(RuntimeError, match=r"^Sparse CSR tensors do not have strides$"):
        sparse("csr").stride()
    with pytest.raises(RuntimeError, match=r"^Sparse CSR tensors do not have is_contiguous$"):
        sparse("csr").is_contiguous()
    with pytest.raises(RuntimeError, match=r"^nbytes is not defined for sparse tensors"):
        sparse().nbytes  # noqa: B018  # reading is the call
    assert per_tensor().nbytes == 4
    assert per_tensor().is_contiguous() is True


@pytest.mark.parametrize(
    ("kind", "floating", "complex_", "signed"),
    [
        ("float32", True, False, True),
        ("complex64", False, True, True),
        ("uint8", False, False, False),
        ("int8", False, False, True),
    ],
)
def test_what_a_dtype_says_of_its_tensor(kind, floating, complex_, signed):
    x = torch.zeros(1, dtype=getattr(torch, kind))
    assert (x.is_floating_point(), x.is_complex(), x.is_signed()) == (floating, complex_, signed)


def test_flags_are_true_or_false():
    z = torch.tensor([1 + 2j])
    assert (z.is_conj(), z.is_neg(), z.is_inference()) == (False, False, False)
    assert (z.conj().is_conj(), z.conj().is_neg()) == (True, False)
    assert (z.conj().imag.is_conj(), z.conj().imag.is_neg()) == (False, True)
    assert (z.is_cpu, z.is_meta, z.is_cuda, z.is_sparse, z.is_sparse_csr, z.is_quantized, z.is_nested) == (True, *[False] * 6)
    assert (sparse().is_sparse, sparse("csr").is_sparse, sparse("csr").is_sparse_csr, per_tensor().is_quantized) == (
        True,
        False,
        True,
        True,
    )
    assert (z.get_device(), torch.zeros(1, device="meta").is_meta) == (-1, True)


def test_addresses_count_bytes_from_the_storage():
    x = torch.arange(6.0)
    assert x[2:].data_ptr() == x.data_ptr() + 8 == x.untyped_storage().data_ptr() + 8
    assert (x[2:].storage_offset(), x.storage_offset()) == (2, 0)
    assert torch.zeros(0).data_ptr() == torch.zeros(2, 0).data_ptr() == 0
    assert (x._is_view(), x[2:]._is_view()) == (False, True)


# -- gradient ----------------------------------------------------------------------------------------------------------


def test_requires_grad_is_switched_and_told():
    x = torch.zeros(3)
    assert x.requires_grad is False
    assert x.requires_grad_() is x
    assert (x.requires_grad, x.is_leaf, x.grad_fn, x.output_nr, x.retains_grad) == (True, True, None, 0, False)
    assert x.requires_grad_(False) is x
    assert x.requires_grad is False
    x.requires_grad = True
    assert x._k & GRAD


def test_a_view_requires_grad_as_its_base_does():
    x = torch.zeros(3)
    view = x[:2]
    assert view.requires_grad is False
    x.requires_grad_()
    assert view.requires_grad is True
    assert not view._k & GRAD


def test_what_was_computed_keeps_requiring_grad():
    class Made:
        index = 1

        def public(self):
            return "node"

    x = torch.ones(1)
    x._k |= GRAD
    x._node = Made()
    assert (x.grad_fn, x.is_leaf, x.output_nr) == ("node", False, 1)
    assert x.requires_grad_() is x
    with pytest.raises(
        RuntimeError, match=r"^you can only change requires_grad flags of leaf variables. If you want to use a computed"
    ):
        x.requires_grad_(False)
    assert x.requires_grad


def test_quantized_schemes_are_named_by_their_axis():
    assert (per_tensor()._a.scheme, per_channel()._a.scheme) == ("per_tensor_affine", "per_channel_affine")
    ints = torch.ones(2, dtype=torch.int8)
    assert (Quantized(ints, 1.0, 0).scheme, Quantized(ints, ints, ints, 0).scheme, Quantized(ints, 1.0, 0, None, "own").scheme) == (
        "per_tensor_affine", "per_channel_affine", "own",
    )  # fmt: skip
    t = tensor_over(Quantized(ints, 1.0, 0), ints.device.bit | torch.qint8.bit)
    assert (t.stride(), t.storage_offset(), t._off) == ((1,), 0, 0)
    assert sparse()._strides == (0, 0)


@pytest.mark.parametrize("kind", ["int64", "bool", "uint8"])
def test_integers_never_require_grad(kind):
    x = torch.zeros(2, dtype=getattr(torch, kind))
    with pytest.raises(RuntimeError, match=r"^only Tensors of floating point and complex dtype can require gradients$"):
        x.requires_grad_()
    assert x.requires_grad_(False) is x
    assert not x._k & GRAD


def test_inference_tensors_require_grad_inside_only():
    with torch.inference_mode():
        x = torch.zeros(2)
        x.requires_grad_()
    assert (x.is_inference(), x.requires_grad) == (True, True)
    y = x.detach()
    with pytest.raises(
        RuntimeError, match=r"^Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.$"
    ):
        y.requires_grad_()
    with pytest.raises(RuntimeError, match=r"^Inference tensors do not track version counter.$"):
        x._version  # noqa: B018  # reading is the call
    assert alias_of(x)._ver is None


def test_a_gradient_is_set_and_deleted():
    x, g = torch.zeros(2, 3), torch.ones(2, 3)
    x.grad = g
    assert x.grad is g
    del x.grad
    assert x.grad is None


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3.0, TypeError, "assigned grad expected to be a Tensor or None but got grad of type float"),
        ("self", RuntimeError, "can't assign Variable as its own grad"),
        (
            torch.ones(2, 3, device="meta"),
            RuntimeError,
            "assigned grad has data located on a different device: expected cpu, got meta",
        ),
        (
            torch.ones(2, 3, dtype=torch.float64),
            RuntimeError,
            "attempting to assign a gradient with dtype 'double' to a tensor with grad_dtype 'Float'. The gradient must match the "  # noqa: ISC004
            "tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or "
            "None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream "
            "systems that assume they match.",
        ),
    ],
)
def test_a_gradient_that_does_not_fit_is_refused(value, kind, text):
    x, before = torch.zeros(2, 3), torch.ones(2, 3)
    x.grad = before
    with pytest.raises(kind) as caught:
        x.grad = x if value == "self" else value
    assert str(caught.value) == text
    assert x.grad is before


def test_a_sparse_tensor_takes_no_dense_gradient_and_a_dense_one_takes_a_sparse():
    with pytest.raises(RuntimeError, match=r"^attempting to assign a gradient to a tensor that has data of a different type$"):
        sparse().grad = torch.zeros(2, 2)
    x = torch.zeros(2, 2)
    x.grad = sparse()
    assert x.grad.is_sparse


# -- aliases and other memory ------------------------------------------------------------------------------------------


def test_data_is_an_alias_with_a_version_of_its_own():
    x = torch.arange(6.0).reshape(2, 3)
    x.requires_grad_()
    alias = x.data
    assert (alias.requires_grad, alias.data_ptr(), alias._base) == (False, x.data_ptr(), None)
    alias.zero_()
    assert (x._version, alias._version, x.tolist()) == (0, 1, [[0.0] * 3] * 2)


def test_an_alias_keeps_strides_and_version():
    x = torch.arange(6.0).reshape(2, 3).t()
    alias = alias_of(x)
    assert (alias.stride(), alias._is_view(), alias.tolist()) == ((1, 3), False, x.tolist())
    x.zero_()
    assert alias._version == x._version == 1


def test_data_moves_a_tensor_to_other_memory_and_keeps_its_place():
    x, other = torch.zeros(2, 3).requires_grad_(), torch.arange(6.0).reshape(3, 2).t()
    x.data = other
    assert (x.requires_grad, x.stride(), x.tolist()) == (True, (1, 2), [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]])
    assert x.data_ptr() == other.data_ptr()
    x.data = torch.ones(4)
    assert (tuple(x.shape), x.stride(), bool(x._k & IRREG)) == ((4,), (1,), False)
    part = torch.arange(6.0)[2:4]
    x.data = part
    assert (x.tolist(), x.storage_offset()) == ([2.0, 3.0], 2)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3, TypeError, "Variable data has to be a tensor, but got int"),
        (
            torch.zeros(2, dtype=torch.int64),
            RuntimeError,
            "data set to a tensor that requires gradients must be floating point or complex dtype",
        ),
    ],
)
def test_data_that_does_not_fit_is_refused(value, kind, text):
    x = torch.ones(2).requires_grad_()
    with pytest.raises(kind) as caught:
        repoint(x, value)
    assert str(caught.value) == text
    assert x.tolist() == [1.0, 1.0]


def test_data_takes_flags_of_the_tensor_and_the_rest_of_the_value():
    view = torch.zeros(4)[:2]
    with torch.inference_mode():
        value = torch.ones(3, dtype=torch.float64)
    k = view._k
    repoint(view, value)
    assert view._is_view()
    assert (view.dtype, view.is_inference(), view._k & INFER) == (torch.float64, False, k & INFER)
    x = torch.zeros(2, dtype=torch.int64)
    repoint(x, torch.ones(1))  # without a gradient any dtype will do
    assert x.dtype is torch.float32


@pytest.mark.parametrize(
    ("shape", "strides", "irregular"),
    [((2, 3), (3, 1), False), ((3, 2), (1, 3), True), ((0, 3), (3, 1), True), ((1, 2), (7, 1), True), ((), (), False)],
)
def test_strides_that_are_not_the_contiguous_ones_are_kept(shape, strides, irregular):
    plain = torch.zeros(2)
    made = wrap_strided(np.zeros(shape, np.float32), plain._k | IRREG, strides)
    assert (bool(made._k & IRREG), made.stride()) == (irregular, strides)
    assert hasattr(made, "_strides") is irregular


def test_a_tensor_over_a_storage_lies_as_told():
    storage = torch.arange(6.0).untyped_storage()
    made = tensor_from_storage(storage, torch.float32, (2, 2), (1, 2), 1)
    assert (made.tolist(), made.storage_offset(), made.untyped_storage()) == ([[1.0, 3.0], [2.0, 4.0]], 1, storage)


# -- values ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (lambda z: z, [1 + 2j, 3 - 4j]),
        (lambda z: z.conj(), [1 - 2j, 3 + 4j]),
        (lambda z: z.imag, [2.0, -4.0]),
        (lambda z: z.conj().imag, [-2.0, 4.0]),
        (lambda z: z.conj().real, [1.0, 3.0]),
    ],
)
def test_values_are_not_the_memory_where_bits_say_so(make, values):
    t = make(torch.tensor([1 + 2j, 3 - 4j]))
    assert t.tolist() == [t[0].item(), t[1].item()] == t.numpy(force=True).tolist() == values


@pytest.mark.parametrize(
    ("make", "values"),
    [(per_tensor, [[-1.0, 0.0], [1.0, 2.5]]), (per_channel, [[-1.0, 0.5], [1.0, 2.0], [3.0, 0.0]])],
)
def test_quantized_values_are_the_numbers_they_stand_for(make, values):
    found = make().numpy(force=True)
    assert found.dtype == np.float32
    assert found.tolist() == values


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float32", "float64", "int8", "bool"])
def test_lists_hold_numbers_of_python(kind):
    values = torch.tensor([1.5, 0.0]).to(getattr(torch, kind)).tolist()
    wanted = float if "float" in kind else bool if kind == "bool" else int
    assert [type(value) for value in values] == [wanted] * 2
    assert torch.tensor([1.5]).to(getattr(torch, kind)).item() == (1.5 if "float" in kind else 1)


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda: torch.zeros(2).item(), RuntimeError, "a Tensor with 2 elements cannot be converted to Scalar"),
        (lambda: bool(torch.zeros(0)), RuntimeError, "Boolean value of Tensor with no values is ambiguous"),
        (lambda: bool(torch.zeros(2)), RuntimeError, "Boolean value of Tensor with more than one value is ambiguous"),
        (lambda: int(torch.zeros(2)), ValueError, "only one element tensors can be converted to Python scalars"),
        (lambda: len(torch.tensor(1)), TypeError, "len() of a 0-d tensor"),
        (lambda: [1, 2][torch.tensor(0.0)], TypeError, "only integer tensors of a single element can be converted to an index"),
        (lambda: [1, 2][torch.tensor([0, 1])], TypeError, "only integer tensors of a single element can be converted to an index"),
        (lambda: torch.zeros(1, device="meta").item(), RuntimeError, "Tensor.item() cannot be called on meta tensors"),
        (lambda: per_tensor().tolist(), RuntimeError, "load_scalar: invalid type; call dequantize() or int_repr() first"),
        (lambda: sparse().tolist(), RuntimeError, "Cannot access data pointer of Tensor that doesn't have storage"),
        (lambda: sparse().numpy(), TypeError, "can't convert Sparse layout tensor to numpy. Use Tensor.to_dense() first."),
        (lambda: sparse("csr").numpy(), TypeError, "can't convert SparseCsr layout tensor to numpy. Use Tensor.to_dense() first."),
        (lambda: per_tensor().numpy(), TypeError, "Got unsupported ScalarType QInt8"),
        (lambda: torch.zeros(1, dtype=torch.bfloat16).numpy(), TypeError, "Got unsupported ScalarType BFloat16"),
        (
            lambda: torch.zeros(1, device="meta").numpy(),
            TypeError,
            "can't convert meta device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
        ),
        (
            lambda: torch.zeros(1).requires_grad_().numpy(),
            RuntimeError,
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        ),
        (
            lambda: torch.tensor([1j]).conj().numpy(),
            RuntimeError,
            "Can't call numpy() on Tensor that has conjugate bit set. Use tensor.resolve_conj().numpy() instead.",
        ),
        (
            torch.tensor([1j]).conj().imag.numpy,
            RuntimeError,
            "Can't call numpy() on Tensor that has negative bit set. Use tensor.resolve_neg().numpy() instead.",
        ),
        (
            lambda: torch.zeros(1).requires_grad_().__dlpack__(),
            BufferError,
            "Can't export tensors that require gradient, use tensor.detach()",
        ),
        (
            lambda: half_required().numpy(),
            RuntimeError,
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        ),
        (lambda: torch.tensor([1j]).conj().__dlpack__(), BufferError, "Can't export tensors with the conjugate bit set"),
    ],
)
def test_values_that_cannot_be_had_say_why(call, kind, text):
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text


def test_one_element_is_a_number_whatever_its_shape():
    one = torch.tensor([[3.0]])
    assert (int(one), float(one), complex(one), bool(one), bool(torch.zeros(1))) == (3, 3.0, 3 + 0j, True, False)
    assert [5, 6, 7][torch.tensor([[2]])] == 7
    assert (len(torch.zeros(4, 2)), f"{torch.tensor(2.5):.2f}") == (4, "2.50")


def test_arrays_share_the_memory_and_hold_it_in_place():
    x = torch.arange(6.0).reshape(2, 3)
    array, turned = x.numpy(), x.t().numpy()
    array[0, 1] = 9.0
    assert x.tolist()[0][1] == turned[1, 0] == 9.0
    assert np.shares_memory(array, turned)
    assert (x.untyped_storage().exported, x.untyped_storage().resizable) == (True, False)
    assert array.base is not None
    assert np.asarray(x, dtype=np.float64).dtype == np.float64
    assert np.asarray(x).dtype == np.float32
    assert np.zeros((0, 2)).shape == torch.zeros(0, 2).t().t().numpy().shape
    assert x.__dlpack_device__() == (1, 0)
    assert np.from_dlpack(x).tolist() == x.tolist()


@pytest.mark.parametrize("context", ["no_grad", "forced"])
def test_arrays_of_tensors_that_require_grad(context):
    x = torch.ones(2)
    view = x[:1]
    x.requires_grad_()
    with torch.no_grad() if context == "no_grad" else bits_set():
        assert x.numpy(force=context == "forced").tolist() == [1.0, 1.0]
        assert view.numpy(force=context == "forced").tolist() == [1.0]


def test_whoever_watches_is_told_before_data_leaves(monkeypatch):
    seen = []
    monkeypatch.setattr(upcalls, "observe", lambda t, what: seen.append(what))
    x = torch.ones(1)
    x.item(), x.tolist(), x.numpy(), bool(x)
    assert seen == ["item", "tolist", "numpy", "item"]


def test_a_trace_hears_of_gradients(monkeypatch):
    class Tracer:
        heard = ()

        def note_grad(self, *what):
            self.heard = what

    x, g = torch.ones(1), torch.ones(1)
    monkeypatch.setattr(TL.st, "tracer", tracer := Tracer())
    x.grad = g
    assert tracer.heard == (x, g)


# -- copies ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.arange(6.0).reshape(2, 3),
        lambda: torch.arange(6.0).reshape(2, 3).t(),
        lambda: torch.arange(6.0)[2:],
        lambda: torch.ones(2).requires_grad_(),
        lambda: torch.tensor(3),
        lambda: torch.zeros(0, 2),
        sparse,
        lambda: sparse("csr"),
        lambda: sparse().requires_grad_(),
        per_tensor,
        per_channel,
    ],
)
def test_copies_are_what_they_are_copies_of(make, twin):
    x = make()
    made = twin(x)
    assert made is not x
    assert type(made) is Tensor
    assert (made.shape, made.dtype, made.layout, made.requires_grad, repr(made)) == (
        x.shape,
        x.dtype,
        x.layout,
        x.requires_grad,
        repr(x),
    )
    if x.layout is torch.strided and not x.is_quantized:
        assert (made.stride(), made.storage_offset()) == (x.stride(), x.storage_offset())
        if x.numel():
            assert made.data_ptr() != x.data_ptr()


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("make", [lambda: torch.ones(2), sparse], ids=["dense", "sparse"])
def test_copies_keep_attributes(make, twin):
    x = make().requires_grad_()
    x.note = [1, 2]
    made = twin(x)
    assert (made.note, made.requires_grad) == ([1, 2], True)
    assert made.note is not x.note


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("noted", [False, True])
def test_copies_keep_their_class(noted, twin):
    x = torch.ones(2).as_subclass(Tagged)
    if noted:
        x.note = "n"
    made = twin(x)
    assert (type(made), made.tolist(), vars(made)) == (Tagged, [1.0, 1.0], {"note": "n"} if noted else {})


def test_a_deep_copy_takes_the_gradient_and_keeps_what_is_shared():
    x = torch.ones(4)
    x.grad = torch.full((4,), 2.0)
    half, again, made = copy.deepcopy([x[:2], x, x])
    assert made is again
    assert made is not x
    assert (made.grad.tolist(), half.grad) == ([2.0] * 4, None)
    assert made.grad is not x.grad
    assert half.data_ptr() == made.data_ptr()


def test_a_pickle_keeps_what_is_shared():
    x = torch.ones(4)
    half, made = pickle.loads(pickle.dumps([x[:2], x]))
    half.zero_()
    assert made.tolist() == [0.0, 0.0, 1.0, 1.0]


def test_a_deep_copy_of_meta_has_no_data(monkeypatch):
    monkeypatch.setattr(upcalls, "clone", torch.clone)
    made = copy.deepcopy(torch.zeros(2, 3, device="meta"))
    assert (made.device.type, tuple(made.shape)) == ("meta", (2, 3))


def test_wrap_makes_a_leaf_that_owns_its_array():
    made = wrap(np.ones(2, np.float32), torch.ones(1)._k)
    assert (made.is_leaf, made._version, made._is_view(), made.storage_offset(), made.grad) == (True, 0, False, 0, None)
