"""Which routes a backend's promises allow: kernels that widen half types, that copy irregular inputs, that cannot write where they read, and
arrays that never change. The probe device has NumPy's memory and the CPU's kernels, each with the promises of the line.
"""

from __future__ import annotations

import numpy as np
import pytest
from roads import outcome

from ft_core.backend import BACKENDS, Kernel, KernelTable, register_backend
from ft_core.keys import BELOW, GRAD, NOGRAD, VIEW
from ft_dispatch import call as careful
from ft_dispatch import hooks, inplace
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS, forget_routes
from ft_dispatch.routes import _Casts
from ft_kernel_cpu import CpuBackend

KINDS = {"f": torch.float32, "h": torch.float16, "i": torch.int64}


class Probe(CpuBackend):
    """A device with NumPy's memory and the kernels of the line."""

    name = "Probe"
    device_type = "probe"
    kernels = KernelTable()


class Still(Probe):
    """One whose arrays never change."""

    aliasing = False


def tensor(kind, turned=False):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).to(KINDS[kind]).to("probe")
    return x.t() if turned else x


CALLS = {
    "add": ("add.Tensor", lambda x: torch.add(x, x)),
    "add a number": ("add.Tensor", lambda x: torch.add(x, 2)),
    "where": ("where.self", lambda x: torch.where(tensor("i") > 1, x, x)),
    "flip": ("flip", lambda x: torch.flip(x, (0,))),
    "mm": ("mm", lambda x: torch.mm(x, x)),
    "clamp": ("clamp.Tensor", lambda x: torch.clamp(x, 1, 2)),
    "linear": ("linear", lambda x: torch.raw.linear(x, x, x[0])),
    "cat": ("cat", lambda x: torch.cat([x, x])),
    "clone": ("clone", lambda x: x.clone()),
    "fill": ("fill.Scalar", lambda x: x.clone().fill_(2)),
    "uniform": ("uniform", lambda x: x.clone().uniform_()),
    "t": ("t", lambda x: x.t()),
    "to": ("_to_copy", lambda x: x.to(torch.float64)),
}


def placed(root, size, stride, offset, *, out):
    """A copy of a place of an array that never changes."""
    return np.lib.stride_tricks.as_strided(root.reshape(-1)[offset:], size, [s * root.itemsize for s in stride]).copy()


CAST, NATIVE = {"half": "cast"}, {"half": "native"}
ROADS = [
    # call, what its kernel promises, operand, road
    ("add", CAST, "f", "short"), ("add", CAST, "h", "short"), ("add", NATIVE, "h", "short"), ("add", NATIVE, "h turned", "short"),
    ("add", CAST, "h turned", "careful"), ("add", NATIVE, "f turned", "short"), ("add a number", NATIVE, "h", "short"),
    ("add a number", CAST, "h", "short"),
    ("where", CAST, "f", "short"), ("where", CAST, "h", "careful"), ("where", NATIVE, "h", "short"), ("where", NATIVE, "f turned", "careful"),
    ("flip", CAST, "f", "short"), ("flip", CAST, "h", "careful"), ("flip", NATIVE, "h", "short"),
    ("flip", {"layout": "contiguous"}, "f", "short"), ("mm", {"layout": "contiguous"}, "f turned", "careful"), ("mm", CAST, "f turned", "short"),
    ("mm", CAST, "h", "careful"), ("mm", NATIVE, "h", "short"),
    ("clamp", CAST, "f", "short"), ("clamp", CAST, "h", "careful"), ("clamp", NATIVE, "h", "short"), ("clamp", NATIVE, "i", "careful"),
    ("clamp", NATIVE, "f turned", "careful"),
    ("linear", CAST, "f", "short"), ("linear", CAST, "h", "careful"), ("linear", NATIVE, "h", "short"),
    ("cat", CAST, "f", "short"), ("cat", CAST, "h", "careful"), ("cat", NATIVE, "h", "short"), ("cat", NATIVE, "f turned", "careful"),
    ("clone", None, "f", "short"), ("clone", None, "h", "short"), ("clone", None, "f turned", "careful"),
    ("fill", NATIVE, "f", "short"), ("fill", NATIVE, "h", "short"), ("fill", CAST, "f", "careful"), ("fill", None, "f", "careful"),
    ("uniform", NATIVE, "f", "short"), ("uniform", NATIVE, "h", "short"), ("uniform", CAST, "f", "short"), ("uniform", CAST, "h", "careful"),
    ("uniform", {**NATIVE, "inplace": ()}, "f", "careful"),
    ("t", None, "f", "short"), ("t", CAST, "h", "short"), ("t", CAST, "f turned", "short"),
    ("to", None, "f", "short"), ("to", None, "f turned", "careful"),
]  # fmt: skip
HELPERS = (
    "gt.Tensor",
    "where.self",
    "add.Tensor",
    "flip",
    "mm",
    "addmm",
    "cat",
    "linear",
    "clamp.Tensor",
    "uniform",
    "fill.Scalar",
    "conj_physical",
)


@pytest.fixture
def device(monkeypatch):
    """`device(backend class)`: registers it, with the CPU's kernels, promising nothing of half types."""
    held = dict(BACKENDS)

    def make(kind):
        kind.kernels.clear()
        for name in HELPERS:
            kind.kernels[name] = with_promises(name, {})
        return register_backend(kind())

    yield make
    BACKENDS.clear()
    BACKENDS.update(held)
    forget_routes()


def with_promises(name, promises):
    """The CPU's kernel of an op, promising something else."""
    had = BACKENDS["cpu"].kernels[name]
    given = {"half": "cast", "layout": "any", "inplace": (0,), **promises}
    return Kernel(name, had.fn, had.leaf, given["half"], had.out, given["layout"], given["inplace"], None, None, None)


def road(monkeypatch, name, run):
    """("short" or "careful", facts of both calls) of a second call."""
    keys = []
    for module in (careful, inplace):
        had = module.key_of
        monkeypatch.setattr(
            module, "key_of", lambda op, args, bits, had=had: (op.name == name and keys.append(1), had(op, args, bits))[1]
        )
    if OPS[name].fused:
        pieces = OPS[name].decomposition
        monkeypatch.setattr(OPS[name], "decomposition", lambda *args: (keys.append(1), pieces(*args))[1])
    forget_routes()
    first = run()
    keys.clear()
    again = run()
    return "careful" if keys else "short", first, again


def said(t):
    return t.dtype, tuple(t.shape), t.stride(), t.device, t._k & ~VIEW, t.cpu().tolist()


@pytest.mark.parametrize(("call", "promises", "operand", "expected"), ROADS, ids=[f"{c}-{p}-{o}" for c, p, o, _ in ROADS])
def test_a_kernel_s_promises_decide(monkeypatch, device, call, promises, operand, expected):
    device(Probe)
    name, function = CALLS[call]
    Probe.kernels.pop(name, None)
    if promises is not None:
        Probe.kernels[name] = with_promises(name, promises)
    kind, *turned = operand.split()
    x = tensor(kind, bool(turned))
    torch.manual_seed(0)
    found, first, again = road(monkeypatch, name, lambda: function(x))
    assert found == expected
    if call == "uniform":
        assert (again.dtype, again.shape) == (first.dtype, first.shape)
    else:
        assert said(again) == said(first)


@pytest.mark.parametrize(
    "call", ["add", "add a number", "where", "flip", "mm", "clamp", "linear", "cat", "clone", "fill", "uniform"]
)
def test_arrays_that_never_change_leave_no_route(monkeypatch, device, call):
    device(Still)
    name, function = CALLS[call]
    x = tensor("f")
    row = torch.tensor([1.0, 2.0]).to("probe")
    run = (lambda: torch.raw.linear(x, x, row)) if call == "linear" else (lambda: function(x))
    Still.kernels.kernel("as_strided")(placed)
    if call == "uniform":
        Still.kernels["uniform"].fn = lambda x, *given, out: x * 0
    if call in ("fill", "uniform"):
        run = lambda: getattr(torch.tensor([1.0, 2.0]).to("probe"), f"{call}_")(*([2] if call == "fill" else []))  # noqa: E731
    found, first, again = road(monkeypatch, name, run)
    assert found == "careful"
    assert again.dtype is first.dtype


# -- what a route calls -----------------------------------------------------------------------------------------------------------


class Notes:
    """A backend that writes down its casts; an array is its dtype's name."""

    def __init__(self):
        self.made = []

    def dtype_of(self, array):
        return getattr(torch, array)

    def cast(self, array, source, target):
        assert source is getattr(torch, array)
        self.made.append(f"{array} to {target.name}")
        return target.name

    def rounded_scalar(self, number, first, target):
        return f"{number} by {first.name} in {target.name}"


CASTS = [
    # operands, computed in, inside the kernel, returned -> what the kernel got, casts
    (("int64", "float32"), "float32", "float32", "float32", ("float32", "float32"), ["int64 to float32"]),
    (("float16", "float16"), "float16", "float32", "float16", ("float32", "float32"), ["float16 to float32"] * 2 + ["float32 to float16"]),
    (
        ("int64", "float16"), "float16", "float32", "float16", ("float32", "float32"),
        ["int64 to float16", "float16 to float32", "float16 to float32", "float32 to float16"],
    ),
    (("float16",), "float16", "float32", "bool", ("float32",), ["float16 to float32"]),
    (("float32",), "float32", "float32", "bool", ("float32",), []),
    (("bool", "int64"), "float32", "float32", "float32", ("float32", "float32"), ["bool to float32", "int64 to float32"]),
]  # fmt: skip


@pytest.mark.parametrize(("operands", "compute", "inside", "out", "got", "casts"), CASTS)
def test_operands_are_cast_as_on_the_careful_road(operands, compute, inside, out, got, casts):
    notes, seen = Notes(), []
    made = _Casts(notes, getattr(torch, compute), getattr(torch, inside), getattr(torch, out), range(len(operands)), "cast")
    returned = inside if out == compute else out

    def kernel(*arrays, out):
        seen.append((arrays, out))
        return returned

    assert made.around(kernel)(*operands, 3, out="there") == out
    assert seen == [((*got, 3), "there")]
    assert notes.made == casts


@pytest.mark.parametrize(("half", "number"), [("cast", 0.3), ("exact", 0.3), ("rounded", "0.3 by bfloat16 in float32")])
def test_numbers_beside_halves_are_rounded_where_the_kernel_says_so(half, number):
    seen = []
    made = _Casts(Notes(), torch.bfloat16, torch.float32, torch.bfloat16, range(1), half)
    made.around(lambda *arrays, out: seen.append(arrays) or "float32")("bfloat16", 0.3, 2, out="there")
    assert seen == [("float32", number, 2)]


RECORDERS = [
    ("clone", "clone(leaf)", False, False), ("clone", "clone(made_view)", True, False), ("add.Tensor", "add(leaf, f)", False, False),
    ("add.Tensor", "add(made_view, f)", True, False), ("add.Tensor", "add(leaf, 2)", False, True), ("add.Tensor", "add(made_view, 2)", True, True),
    ("sum", "sum(leaf)", False, False), ("sum", "sum(made_view)", True, False), ("t", "t(leaf)", False, False),
    ("cat", "cat([leaf, f])", False, False),
    ("where.self", "where(m, leaf, f)", False, False), ("where.self", "where(m, made_view, f)", True, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line", "rechecked", "number"), RECORDERS)
def test_a_route_s_recorder_looks_again_at_views_only(monkeypatch, name, line, rechecked, number):
    asked, recorder = [], hooks.recorder
    monkeypatch.setattr(hooks, "recorder", lambda op, *given: (op.name == name and asked.append(given), recorder(op, *given))[1])
    forget_routes()
    outcome(line)
    assert (rechecked, number) in [(bool(a), bool(b)) for a, b in asked]
    assert len(set(asked)) == 1


def test_ops_without_a_recorder_leave_no_route_for_recorded_calls(monkeypatch):
    monkeypatch.setattr(hooks, "recorder", lambda *given: None)
    forget_routes()
    for call in (
        "clone(leaf)",
        "add(leaf, f)",
        "sum(leaf)",
        "t(leaf)",
        "where(m, leaf, f)",
        "cat([leaf, f])",
        "raw.linear(leaf, square, row)",
    ):
        outcome(call)
    for name in ("clone", "add.Tensor", "sum", "t", "where.self", "cat", "linear"):
        keys = [key if isinstance(key, int) else key[1] for key in OPS[name].table]
        assert not [k for k in keys if k & GRAD and not k & (NOGRAD | BELOW)], name


def test_a_kernel_for_one_shape_is_chosen_once_and_not_for_irregular_operands():
    def chosen(x):
        forget_routes()
        torch.softmax(x, 1)
        ((_, _, _, memo),) = OPS["_softmax"].table.values()
        ((function, *_),) = memo.values()
        return function

    whole = BACKENDS["cpu"].kernels["_softmax"].fn
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert chosen(x) not in (whole, whole.__wrapped__)
    assert chosen(x.t()) is whole
