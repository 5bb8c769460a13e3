"""The careful road's small decisions: keys of short calls, foreign operands, promotion by rule, what modes are told."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core import Tensor
from ft_core.backend import BACKENDS, KernelTable, register_backend
from ft_core.keys import DISPATCH, GRAD
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.call import adopt_foreign, bind, key_of, operand
from ft_dispatch.kinds import Promote
from ft_dispatch.meta import common_dtype, promoted, reduced_shape
from ft_dispatch.mode import mode
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.registry import OPS, lookup
from ft_kernel_cpu import CpuBackend

ADD, CAT, PUT, CLAMP = OPS["add.Tensor"], OPS["cat"], OPS["index_put"], OPS["clamp.Tensor"]
X = torch.tensor([1.0, 2.0])
D = torch.tensor([1.0], dtype=torch.float64)
LEAF = torch.tensor([1.0, 2.0]).requires_grad_()

KEYS = [
    ("both tensors", ADD, (X, D), X._k | D._k, False),
    ("a bit of the thread", ADD, (X, X), X._k | DISPATCH, False),
    ("too few arguments", ADD, (X,), X._k, False),
    ("a number", ADD, (X, 2), X._k, False),
    ("a number that is none", ADD, (X, np.float32(2)), X._k, True),
    ("an array", ADD, (np.ones(2), X), X._k, True),
    ("nothing", CLAMP, (X, None, D), X._k | D._k, False),
    ("a number where no number may stand", OPS["mm"], (X, 2), X._k, True),
    ("a list", CAT, ([X, LEAF],), X._k | GRAD, False),
    ("a tuple with a hole", PUT, (X, (None, D), X), X._k | D._k, False),
    ("a list with something else", CAT, ([X, 2],), X._k, True),
    ("no list", CAT, (X,), 0, False),
    ("nothing in the place of a list", CAT, (None,), 0, False),
]


@pytest.mark.parametrize(("op", "args", "k", "foreign"), [row[1:] for row in KEYS], ids=[row[0] for row in KEYS])
def test_the_key_of_a_call(op, args, k, foreign):
    assert key_of(op, args, k & DISPATCH) == (k, foreign)


class Speaks:
    """Something over memory that says so as NumPy does, and is no array."""

    def __init__(self):
        self.held = np.arange(2.0, dtype=np.float32)
        self.__array_interface__ = self.held.__array_interface__


def test_foreign_operands_become_tensors_or_numbers():
    made = adopt_foreign(ADD, (np.ones(2), np.float32(2.5), 1))
    assert isinstance(made[0], Tensor)
    assert (type(made[1]), made[1], made[2]) == (float, 2.5, 1)
    assert isinstance(adopt_foreign(ADD, (X, np.array(2.0)))[1], Tensor)
    assert adopt_foreign(ADD, (X, "word"))[1] == "word"
    assert adopt_foreign(ADD, (X, None))[1] is None
    assert adopt_foreign(ADD, (X,)) == (X,)
    assert (X + np.ones(2, np.float32)).tolist() == [2.0, 3.0]
    assert torch.add(X, np.int64(2)).tolist() == [3.0, 4.0]
    with pytest.raises(TypeError, match=r"expected np\.ndarray"):
        adopt_foreign(ADD, (X, Speaks()))


def test_operators_ask_whether_they_can():
    assert operand(2, X)
    assert operand(X, X)
    assert operand(np.ones(2), X)
    assert not operand("word", X)
    assert not operand(None, X)
    with pytest.raises(
        TypeError, match=r"^this operator is a method of 'torch\.Tensor' objects and doesn't apply to a 'int' object$"
    ):
        operand(X, 2)


def test_keywords_find_their_place():
    assert bind(ADD, (X,), {"other": 2}) == (X, 2, 1)
    assert bind(ADD, (X, 2), {"alpha": 3}) == (X, 2, 3)
    with pytest.raises(TypeError, match=r"^add\(\) got an unexpected keyword argument 'beta'; the signature is add\.Tensor\("):
        bind(ADD, (X,), {"beta": 2})


def test_ops_are_found_by_any_of_their_names():
    for name in ("add.Tensor", "aten::add.Tensor"):
        assert lookup(name) is ADD
    assert lookup("sin.default") is OPS["sin"]
    with pytest.raises(NameError, match=r"^no op is called 'add\.Tensr'; near names: .*add\.Tensor"):
        lookup("add.Tensr")
    with pytest.raises(NameError, match="near names: none"):
        lookup("qqqqqqqqqq")


f32, f64, i64, b1, c64 = torch.float32, torch.float64, torch.int64, torch.bool, torch.complex64
RULES = [
    (Promote.SAME, {b1: (b1, b1), i64: (i64, i64), f32: (f32, f32)}),
    (Promote.FLOAT, {b1: (f32, f32), i64: (f32, f32), f64: (f64, f64), c64: (c64, c64)}),
    (Promote.BOOL, {i64: (i64, b1), f32: (f32, b1)}),
    (Promote.REAL, {i64: (i64, i64), f32: (f32, f32), c64: (c64, f32)}),
    (Promote.FLOAT_REAL, {b1: (f32, f32), i64: (f32, f32), c64: (c64, f32), f64: (f64, f64)}),
    (Promote.SUM, {b1: (i64, i64), torch.int8: (i64, i64), f32: (f32, f32)}),
    (Promote.INT64, {b1: (b1, i64), f32: (f32, i64)}),
    (Promote.NUMBER, {b1: (i64, i64), torch.int8: (torch.int8, torch.int8), f32: (f32, f32)}),
    (None, {b1: (b1, b1), f32: (f32, f32)}),
]


@pytest.mark.parametrize(("rule", "kinds"), RULES)
def test_what_a_rule_computes_in_and_returns(rule, kinds):
    for kind, expected in kinds.items():
        assert promoted(rule, kind) == expected


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([X, X], f32), ([X, D], f64), ([X, D[0]], f32), ([X[0], D], f64), ([X, 2], f32), ([torch.tensor([1]), 2.5], f32), ([2, 2.5], f32),
        ([torch.tensor([True]), 2], i64), ([torch.tensor([1]), True], i64), ([X, None], f32), ([X, 1j], c64),
    ],
)  # fmt: skip
def test_the_dtype_that_values_have_in_common(values, kind):
    assert common_dtype(values) is kind


@pytest.mark.parametrize(
    ("dims", "keepdim", "shape"),
    [
        (None, False, ()),
        (None, True, (1, 1, 1)),
        ((), False, ()),
        ((1,), False, (2, 4)),
        ((1,), True, (2, 1, 4)),
        ((0, 2), False, (3,)),
    ],
)
def test_the_shape_of_what_is_reduced(dims, keepdim, shape):
    assert reduced_shape((2, 3, 4), dims, keepdim) == shape


def test_a_dim_named_twice_is_refused():
    with pytest.raises(RuntimeError, match=r"^dim 1 appears multiple times in the list of dims$"):
        torch.ones(2, 3).sum((1, 0, 1))


# -- modes ------------------------------------------------------------------------------------------------------------------------


class Deep(TorchDispatchMode):
    """Notes how many modes are on inside."""

    def __init__(self):
        self.inside = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.inside.append((bool(TL.st.bits & DISPATCH), len(TL.st.dispatch_modes)))
        return func(*args, **(kwargs or {}))


def test_a_mode_is_off_inside_its_handler_and_on_again_afterwards():
    outer, inner = Deep(), Deep()
    with outer as entered:
        assert entered is outer
        torch.add(X, X)
        with inner:
            torch.add(X, X)
            assert len(TL.st.dispatch_modes) == 2
        assert TL.st.bits & DISPATCH
    assert not TL.st.bits & DISPATCH
    assert inner.inside == [(True, 1)]
    assert outer.inside == [(False, 0), (False, 0)]


def test_strict_and_hardened_mode_are_contexts():
    with mode("hardened") as entered:
        assert isinstance(entered, mode)


# -- outputs and devices --------------------------------------------------------------------------------------------------------------


def test_a_destination_is_written_once():
    for call, shape in (
        (lambda out: torch.mm(torch.ones(2, 2), torch.ones(2, 2), out=out), (2, 2)),
        (lambda out: torch.sum(torch.ones(2, 2), 1, out=out), (2,)),
        (lambda out: torch.outer(torch.ones(2), torch.ones(2), out=out), (2, 2)),
        (lambda out: torch.cat([torch.ones(1), torch.ones(1)], out=out), (2,)),
    ):
        out = torch.zeros(shape)
        before = out._version
        call(out)
        assert out._version == before + 1


def test_what_reads_late_refuses_a_destination_that_overlaps_itself():
    places = torch.tensor([[0], [1]])
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor"):
        torch.gather(torch.ones(2, 3), 1, places, out=torch.zeros(1, 1).expand(2, 1))


@pytest.mark.parametrize("out", [3, "word", int])
def test_a_destination_is_a_tensor(out):
    with pytest.raises(TypeError, match=rf"^add\(\): argument 'out' must be Tensor, not {type(out).__name__}$"):
        torch.add(X, X, out=out)


class Other(CpuBackend):
    """Another device over NumPy's memory."""

    name = "Other"
    device_type = "other"
    kernels = KernelTable()


def test_a_tensor_goes_to_another_device_as_it_lies():
    held = dict(BACKENDS)
    register_backend(Other())
    try:
        x = torch.arange(6.0).reshape(3, 2).t()
        for made in (x.to("other"), x.to("other").cpu(), x.to("other", torch.float64)):
            assert made.stride() == (1, 2)
            assert made.cpu().tolist() == [[0, 2, 4], [1, 3, 5]]
        assert x.contiguous().to("other").stride() == (3, 1)
        assert x.to("meta").stride() == (1, 2)
        with pytest.raises(NotImplementedError, match="Cannot copy out of meta tensor; no data!"):
            x.to("meta").to("other")
    finally:
        BACKENDS.clear()
        BACKENDS.update(held)


def test_images_keep_their_format_where_the_record_says_so():
    image = torch.zeros(2, 3, 4, 5).to(memory_format=torch.channels_last)
    for x in (image, image.to("meta")):
        assert OPS["avg_pool2d"](x, (2, 2)).is_contiguous(memory_format=torch.channels_last)
    for x in (image.contiguous(), image.contiguous().to("meta")):
        assert OPS["avg_pool2d"](x, (2, 2)).is_contiguous()
