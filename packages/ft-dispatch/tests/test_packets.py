"""`torch.ops`: names, schemas and overloads as torch spells them, and what a handler is shown of a call."""

from __future__ import annotations

import pytest

from ft_dispatch import packets
from ft_dispatch import surface as torch
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.packets import (
    OpOverload,
    OpOverloadPacket,
    inplace_overload_for,
    ops,
    overload,
    overload_for,
    split_namespace,
    torch_args,
)
from ft_dispatch.registry import OPS

aten = ops.aten


@pytest.fixture(autouse=True)
def unknown(monkeypatch):
    monkeypatch.setattr(packets, "_OVERLOADS", {})


def matrix():
    return torch.arange(6.0).reshape(2, 3)


NAMES = [
    (lambda: aten.add.Tensor, "aten.add.Tensor", "aten::add.Tensor", "add.Tensor", "Tensor", "add"),
    (lambda: aten.eq.Scalar, "aten.eq.Scalar", "aten::eq.Scalar", "eq.Scalar", "Scalar", "eq"),
    (lambda: aten.sin.default, "aten.sin.default", "aten::sin", "sin.default", "default", "sin"),
    (lambda: aten.add_.Tensor, "aten.add_.Tensor", "aten::add_.Tensor", "add_.Tensor", "Tensor", "add_"),
    (lambda: aten.detach.default, "aten.detach.default", "aten::detach", "detach.default", "default", "detach"),
]


@pytest.mark.parametrize(("found", "text", "name", "short", "last", "base"), NAMES, ids=[row[1] for row in NAMES])
def test_an_overload_says_its_names(found, text, name, short, last, base):
    made = found()
    assert isinstance(made, OpOverload)
    assert (str(made), made.name(), made.__name__, made.__qualname__) == (text, name, short, short)
    assert (made.overload_name, made.base, made.namespace, made.__module__) == (last, base, "aten", "torch._ops.aten")
    assert repr(made) == f"<OpOverload(op='aten.{base}', overload='{last}')>"
    packet = made.overloadpacket
    assert (str(packet), repr(packet), packet.__name__) == (f"aten.{base}", f"<OpOverloadPacket(op='aten.{base}')>", base)
    assert found() is made


def test_schemas_are_those_of_the_table():
    assert aten.add.Tensor._schema == "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor"
    assert aten.detach.default._schema == "aten::detach(Tensor self) -> Tensor"


def test_a_packet_lists_its_overloads():
    assert "dim_IntList" in aten.sum.overloads()
    assert aten.detach.overloads() == []


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: aten.add.nothing, "^The underlying op of 'aten.add' has no overload name 'nothing'$"),
        (lambda: aten.nothing, "^'_OpNamespace' 'aten' object has no attribute 'nothing'$"),
        (lambda: aten.nothing_, "^'_OpNamespace' 'aten' object has no attribute 'nothing_'$"),
        (lambda: ops.mine.nothing, "^'_OpNamespace' 'mine' object has no attribute 'nothing'$"),
        (lambda: aten.add.__wrapped__, "^__wrapped__$"),
        (lambda: ops.__wrapped__, "^__wrapped__$"),
    ],
)
def test_names_that_do_not_exist(call, words):
    with pytest.raises(AttributeError, match=words):
        call()


def test_what_is_not_known_may_come_from_an_installed_package(monkeypatch):
    asked = []
    monkeypatch.setattr(packets.plugins, "discover", lambda: asked.append(True))
    for call in (lambda: aten.nothing, lambda: ops.mine.nothing):
        with pytest.raises(AttributeError):
            call()
    assert asked == [True, True]
    aten.add, aten.detach, aten.add_  # noqa: B018  # known names ask nobody
    assert asked == [True, True]


def test_calls_run_the_op():
    x = matrix()
    assert aten.add.Tensor(x, x, alpha=2).tolist() == (x * 3).tolist()
    assert aten.add(x, 1).tolist() == (x + 1).tolist()
    assert aten.add_.Tensor(x, 1) is x
    assert x.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert aten.mul_.Tensor(x, other=2) is x
    assert x[0, 0].item() == 2
    y = aten.detach.default(x)
    assert y is not x
    assert y.data_ptr() == x.data_ptr()
    assert aten.sum(x).item() == 42
    assert aten.sum(x, dim=[1]).tolist() == [12.0, 30.0]
    assert aten.sum.dim_IntList(x, [0], keepdim=True).shape == (1, 3)


def test_keywords_choose_the_overload_or_are_refused():
    x = matrix()
    assert aten.sum(x, dim=[0], keepdim=True).shape == (1, 3)
    with pytest.raises(
        RuntimeError, match=r"failed to match any schema: aten\.sum has no argument 'axes'; its overloads are .*dim_IntList"
    ):
        aten.sum(x, axes=1)


def test_ops_of_users_have_their_own_namespace():
    assert split_namespace("add") == ("aten", "add")
    assert split_namespace("mine::add") == ("mine", "add")


def test_an_overload_is_made_once_and_knows_whether_it_writes():
    for base, name, writes, op in (
        ("add", "Tensor", False, "add.Tensor"), ("add_", "Tensor", True, "add.Tensor"), ("eq_", "Scalar", True, "eq.Tensor"),
        ("eq", "Scalar", False, "eq.Tensor"), ("relu_", "default", True, "relu"),
    ):  # fmt: skip
        made = overload(base, name)
        assert made is overload(base, name)
        assert made._inplace is writes
        assert made._op is OPS[op]
    assert overload("detach", "default")._op is None


SHOWN = [
    ("add.Tensor", lambda x: (x, x, 1), "aten.add.Tensor", "aten.add_.Tensor"),
    ("add.Tensor", lambda x: (x, 2, 1), "aten.add.Tensor", "aten.add_.Tensor"),
    ("eq.Tensor", lambda x: (x, x), "aten.eq.Tensor", "aten.eq_.Tensor"),
    ("eq.Tensor", lambda x: (x, 2.5), "aten.eq.Scalar", "aten.eq_.Scalar"),
    ("sin", lambda x: (x,), "aten.sin.default", "aten.sin_.default"),
    ("clamp.Tensor", lambda x: (x, 1, 2), "aten.clamp.default", "aten.clamp_.default"),
    ("clamp.Tensor", lambda x: (x, x, None), "aten.clamp.Tensor", "aten.clamp_.Tensor"),
    ("clamp.Tensor", lambda x: (x, None, x), "aten.clamp.Tensor", "aten.clamp_.Tensor"),
]


@pytest.mark.parametrize(("name", "args", "function", "inplace"), SHOWN)
def test_a_handler_is_shown_the_overload_torch_would_choose(name, args, function, inplace):
    op, given = OPS[name], args(matrix())
    assert str(overload_for(op, given)) == function
    assert overload_for(op, given)._op is not None
    assert str(inplace_overload_for(op, given)) == inplace
    assert inplace_overload_for(op, given)._op is not None


class Sees(TorchDispatchMode):
    """Writes down what it is shown."""

    def __init__(self):
        self.seen = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.seen.append((str(func), args[1:], kwargs))
        return func(*args, **(kwargs or {}))


CALLS = [
    (lambda x: x.sum(), ("aten.sum.default", (), {})),
    (lambda x: x.sum(1), ("aten.sum.dim_IntList", ([1],), {})),
    (lambda x: x.sum(1, True), ("aten.sum.dim_IntList", ([1], True), {})),
    (lambda x: x.sum(1, dtype=torch.float64), ("aten.sum.dim_IntList", ([1],), {"dtype": torch.float64})),
    (lambda x: x.add(2), ("aten.add.Tensor", (2,), {})),
    (lambda x: x.add(2, alpha=3), ("aten.add.Tensor", (2,), {"alpha": 3})),
    (lambda x: x.add_(2), ("aten.add_.Tensor", (2,), {})),
    (lambda x: x.softmax(1), ("aten._softmax.default", (1, False), {})),
    (lambda x: x.t(), ("aten.t.default", (), {})),
    (lambda x: x.select(0, 1), ("aten.select.int", (0, 1), {})),
]


@pytest.mark.parametrize(("call", "shown"), CALLS)
def test_a_mode_is_shown_arguments_without_trailing_defaults(call, shown):
    x = matrix().clone()
    with Sees() as sees:
        call(x)
    assert sees.seen[0] == shown


def test_arguments_end_at_the_last_that_is_not_its_default():
    op, x = OPS["sum.dim_IntList"], matrix()
    assert torch_args(op, (x, (1,), False, None)) == ((x, [1]), {})
    assert torch_args(op, (x, (1,), True, torch.float64)) == ((x, [1], True), {"dtype": torch.float64})
    assert torch_args(op, (x, None, True, None))[0][1:] == (None, True)
    assert torch_args(OPS["sin"], (x,)) == ((x,), {})


def test_packets_are_what_a_namespace_gives():
    assert isinstance(aten.add, OpOverloadPacket)
    assert aten.add.Tensor.overloadpacket._base == "add"
