"""Printing: torch's text for recorded tensors, and for thousands of random ones where torch is installed."""

import importlib
import math
import random

import numpy as np
import pytest

from ft_core import printing
from ft_core.device import device
from ft_core.dtype import BY_NAME, bfloat16, float32, float64, from_numpy, int64
from ft_core.keys import META
from ft_core.layout import sparse_coo
from ft_core.meta import MetaArray
from ft_core.parameter import Parameter
from ft_core.printing import get_printoptions, printoptions, repr_of, set_printoptions, tensor_repr
from ft_core.tensor import Tensor, wrap

CPU = device("cpu")


@pytest.fixture(autouse=True)
def default_options():
    set_printoptions(profile="default")
    yield
    set_printoptions(profile="default")


def show(values, kind=None, **facts):
    array = np.asarray(values)
    if kind is None:
        kind = float32 if array.dtype == np.float64 else from_numpy(array.dtype)
        kind = BY_NAME["complex64"] if kind.is_complex else kind
    array = array.astype(kind.numpy)
    return tensor_repr(array, array.shape, kind, CPU, **facts)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1.0, 2.0, 3.0], "tensor([1., 2., 3.])"),
        ([1, 200], "tensor([  1, 200])"),
        ([True, False], "tensor([ True, False])"),
        ([math.nan, math.inf, -1.0], "tensor([nan, inf, -1.])"),
        ([0.1, 1000.0, 1e5], "tensor([1.0000e-01, 1.0000e+03, 1.0000e+05])"),
        ([0.123456789, 123.456], "tensor([  0.1235, 123.4560])"),
        ([1e-5, 1.0], "tensor([1.0000e-05, 1.0000e+00])"),
        ([1 + 2j, 3 - 4.5j], "tensor([1.+2.0000j, 3.-4.5000j])"),
        (3.5, "tensor(3.5000)"),
        ([-0.0, 0.0], "tensor([-0., 0.])"),
        (np.zeros(0), "tensor([])"),
        (np.zeros((2, 0)), "tensor([], size=(2, 0))"),
        (np.zeros(0, int), "tensor([], dtype=torch.int64)"),
        (np.ones((2, 2, 2)), "tensor([[[1., 1.],\n         [1., 1.]],\n\n        [[1., 1.],\n         [1., 1.]]])"),
        (np.arange(1001), "tensor([   0,    1,    2,  ...,  998,  999, 1000])"),
    ],
)  # fmt: skip
def test_printing_of_values(values, text):
    assert show(values) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"kind": float64}, "tensor([1., 1.], dtype=torch.float64)"),
        ({"kind": bfloat16}, "tensor([1., 1.], dtype=torch.bfloat16)"),
        ({"kind": BY_NAME["int32"]}, "tensor([1, 1], dtype=torch.int32)"),
        ({"requires_grad": True}, "tensor([1., 1.], requires_grad=True)"),
        ({"grad_fn": "MulBackward0", "requires_grad": True}, "tensor([1., 1.], grad_fn=<MulBackward0>)"),
        ({"prefix": "MyTensor("}, "MyTensor([1., 1.])"),
        ({"contents": "hidden"}, "tensor(hidden)"),
    ],
)
def test_printing_of_facts(facts, text):
    assert show([1.0, 1.0], **facts) == text


SUMMARY = {"threshold": 0, "edgeitems": 1}


@pytest.mark.parametrize(
    ("values", "kind", "options", "text"),
    [
        pytest.param(
            [[2j, 1001 + 1e-05j], [-1.5j, -1.5j]], "complex64", {"edgeitems": 0, "linewidth": 20},
            "tensor([[   0.+2.0000e+00j,\n         1001.+1.0000e-05j],\n        [  -0.-1.5000e+00j,\n           -0.-1.5000e+00j]],\n"
            "       size=(2, 2))",
            id="complex, one a line",
        ),
        pytest.param(
            [1000, -1.5j, 1e-05j, 1.25 + 1e-05j], "complex64", {"sci_mode": True},
            "tensor([1.0000e+03+0.0000e+00j, -0.0000e+00-1.5000e+00j, 0.0000e+00+1.0000e-05j,\n        1.2500e+00+1.0000e-05j])",
            id="complex, scientific",
        ),
        pytest.param([-1 - 1.5j, -1], "complex64", {"linewidth": 30}, "tensor([-1.-1.5000j,\n        -1.+0.0000j])", id="complex"),
        pytest.param(
            [2.0**-127, 2.0, 2.0, math.nan], "float8_e8m0fnu", SUMMARY, "tensor([0.0000,  ..., nan], dtype=torch.float8_e8m0fnu)",
            id="a dtype without zero",
        ),
        pytest.param(
            [[], []], "bool", {"linewidth": 20}, "tensor([],\n       size=(2, 0),\n       dtype=torch.bool)", id="facts on lines of their own"
        ),
        pytest.param([], "int32", {}, "tensor([], dtype=torch.int32)", id="empty"),
        pytest.param([[-0.0, 2e8, math.inf]], "float32", SUMMARY, "tensor([[-0.,  ..., inf]])", id="the middle is not looked at"),
        pytest.param(
            [[0, 4567], [-1, 4567], [0, 10]], "int32", {"edgeitems": 1, "linewidth": 20, "threshold": 5},
            "tensor([[   0, 4567],\n        ...,\n        [   0,   10]],\n       dtype=torch.int32)", id="rows left out",
        ),
        pytest.param(
            [[[0, 1], [2, 3], [4, 5]]] * 3, "int64", SUMMARY,
            "tensor([[[0, 1],\n         ...,\n         [4, 5]],\n\n        ...,\n\n        [[0, 1],\n         ...,\n         [4, 5]]])",
            id="rows left out at every level",
        ),
        pytest.param([0, 1, 2], "int64", SUMMARY, "tensor([0,  ..., 2])", id="one left out"),
        pytest.param([0, 1], "int64", SUMMARY, "tensor([0, 1])", id="nothing to leave out"),
        pytest.param(
            [10, 10, 4567, 0, 1], "int32", {"edgeitems": 0}, "tensor([  10,   10, 4567,    0,    1], size=(5,), dtype=torch.int32)", id="no edges"
        ),
        pytest.param(
            [-123], "int32", {"edgeitems": 0, "linewidth": 30, "threshold": 0}, "tensor([...], size=(1,),\n       dtype=torch.int32)",
            id="dots only",
        ),
        pytest.param(
            [1000.0, 1000.0, 1.0, 1000.0], "float32", {"edgeitems": 1, "linewidth": 20, "threshold": 4},
            "tensor([1000.,\n        1000.,\n           1.,\n        1000.])", id="as many as the threshold are shown",
        ),
        pytest.param([0.0] * 7, "float32", {"linewidth": 30}, "tensor([0., 0., 0., 0., 0., 0., 0.])", id="a line that is full"),
        pytest.param(1e8, "float32", {}, "tensor(100000000.)", id="1e8 is still plain"),
        pytest.param([2e8], "float32", {}, "tensor([2.0000e+08])", id="more than 1e8 is not"),
        pytest.param([1e-4], "float64", {}, "tensor([0.0001], dtype=torch.float64)", id="1e-4 is still plain"),
        pytest.param([9e-5], "float64", {}, "tensor([9.0000e-05], dtype=torch.float64)", id="less than 1e-4 is not"),
        pytest.param([0.5, 500.0], "float32", {}, "tensor([  0.5000, 500.0000])", id="1000 times"),
        pytest.param([0.5, 501.0], "float32", {}, "tensor([5.0000e-01, 5.0100e+02])", id="more than 1000 times"),
        pytest.param([[1.0] * 2] * 2, "float32", {"linewidth": 12}, "tensor([[1.,\n         1.],\n        [1.,\n         1.]])", id="a narrow page"),
    ],
)  # fmt: skip
def test_printing_with_options(values, kind, options, text):
    with printoptions(**options):
        assert show(values, BY_NAME[kind]) == text


def test_printing_of_devices():
    assert tensor_repr(None, (2,), float32, device("meta")) == "tensor(..., device='meta', size=(2,))"
    ones = np.ones(2, np.float32)
    assert tensor_repr(ones, (2,), float32, device("cuda:1")) == "tensor([1., 1.], device='cuda:1')"


def test_printing_of_sparse():
    parts = [
        ("indices", np.array([[0, 1]]), (1, 2), int64),
        ("values", np.ones(2, np.float32), (2,), float32),
    ]
    assert tensor_repr(None, (2,), float32, CPU, order=sparse_coo, parts=parts) == (
        "tensor(indices=tensor([[0, 1]]),\n       values=tensor([1., 1.]),\n       size=(2,), nnz=2, layout=torch.sparse_coo)"
    )


class Marked(Tensor):
    """A subclass, whose name is printed."""


class MarkedParameter(Parameter):
    """A subclass of Parameter, which says both."""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Tensor, "tensor(..., device='meta', size=(2, 3), dtype=torch.float64)"),
        (Marked, "Marked(..., device='meta', size=(2, 3), dtype=torch.float64)"),
        (MarkedParameter, "Parameter(MarkedParameter(..., device='meta', size=(2, 3), dtype=torch.float64, requires_grad=True))"),
    ],
)
def test_printing_takes_a_tensor_apart(kind, text):
    t = wrap(MetaArray((2, 3), None, 8, float64), META | float64.bit)
    t.__class__ = kind
    if kind is MarkedParameter:
        t.requires_grad_()
    with printoptions(linewidth=200):
        assert repr_of(t) == text
        assert repr_of(t, "hidden") == text.replace("...", "hidden")


def test_printing_breaks_lines_before_facts():
    text = show(np.full(8, 1.5), requires_grad=True, kind=float64)
    assert text.splitlines()[-1] == "       dtype=torch.float64, requires_grad=True)"


def test_printoptions():
    with printoptions(precision=2, sci_mode=True):
        assert show([1.5]) == "tensor([1.50e+00])"
    with printoptions(threshold=4, edgeitems=1):
        assert show([1.0, 2.0, 3.0, 4.0, 5.0]) == "tensor([1.,  ..., 5.])"
    with printoptions(profile="full"):
        assert get_printoptions()["threshold"] == math.inf
    with pytest.raises(KeyError), printoptions(precision=2):
        raise KeyError
    assert get_printoptions() == {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None}


def test_printoptions_sci_mode_is_forgotten():
    set_printoptions(sci_mode=False)
    set_printoptions(precision=3)
    assert printing.options.sci_mode is None


def test_printing_knows_the_default_dtype():
    module = importlib.import_module("ft_core.dtype")
    module.set_default_dtype(float64)
    try:
        assert show([1.0], kind=float64) == "tensor([1.])"
        assert show([1.0], kind=float32) == "tensor([1.], dtype=torch.float32)"
    finally:
        module.set_default_dtype(float32)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(4))
def test_printing_equals_torch(seed):
    torch = pytest.importorskip("torch")
    rng = random.Random(seed)
    torch.manual_seed(seed)
    kinds = sorted((kind for kind in set(BY_NAME.values()) if kind.numpy is not None), key=repr)
    try:
        for _ in range(600):
            t = _random_tensor(torch, rng, kind := rng.choice(kinds))
            options = _random_options(rng) if rng.random() < 0.4 else {}
            for target in (torch.set_printoptions, set_printoptions):
                target(profile="default")
                target(**options)
            assert tensor_repr(_host(torch, t, kind), tuple(t.shape), kind, CPU) == repr(t), (kind, options)
    finally:
        torch.set_printoptions(profile="default")


def _random_tensor(torch, rng, kind):
    shape = [rng.choice([0, 1, 2, 3, 5, 7, 8]) if rng.random() < 0.9 else 600 for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4]))]
    if math.prod(shape) > 5000:
        shape = [7, 8, 30]
    x = torch.randn(shape, dtype=torch.float64)
    x = rng.choice([x, x * 1e6, x * 1e-5, x * 0, (x * 6).exp(), (x * 10 ** rng.randint(0, 9)).round()])
    if rng.random() < 0.3:
        for share, value in ((0.1, math.nan), (0.1, math.inf), (0.1, -math.inf), (0.1, -0.0)):
            x = torch.where(torch.rand(shape) < share, value, x)
    if kind.is_complex:
        x = torch.complex(x, x.flip(0) if x.ndim else -x)
    elif not kind.is_floating_point:
        x = x.nan_to_num(0, 5, 6).clamp(-1e5, 1e5)
    elif kind.name == "float8_e8m0fnu":
        x = x.abs().float()
    return x.to(getattr(torch, kind.name))


def _random_options(rng):
    return {
        "precision": rng.choice([None, 0, 2, 7]),
        "threshold": rng.choice([None, 0, 5, 50, math.inf]),
        "edgeitems": rng.choice([None, 0, 1, 2, 5]),
        "linewidth": rng.choice([None, 20, 40, 120]),
        "sci_mode": rng.choice([None, None, True, False]),
    }


def _host(torch, t, kind):
    if kind.numpy.type.__module__ == "numpy":
        return t.numpy()
    return t.contiguous().view({1: torch.uint8, 2: torch.int16}[kind.itemsize]).numpy().view(kind.numpy)
