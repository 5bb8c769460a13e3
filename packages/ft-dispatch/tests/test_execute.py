"""The backend step: what a kernel gets (dtypes, layouts, destination), what is made of what it returns, and which device a call runs on.

A probe device has NumPy's memory and, per test, a few kernels that write down what they got.
"""

from __future__ import annotations

import numpy as np
import pytest

import ft_autograd
from ft_core import Tensor, device
from ft_core.backend import BACKENDS, KernelTable, register_backend
from ft_core.errors import NoRouteError
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.execute import decomposed, device_of, finish, mapped, materialise, on_device, resolved, tensors_of
from ft_dispatch.inplace import as_stored, bump
from ft_dispatch.kinds import Kind
from ft_dispatch.meta import Spec
from ft_dispatch.op import Op
from ft_dispatch.registry import OPS, forget_routes
from ft_kernel_cpu import CpuBackend

CPU = device("cpu")


class Probe(CpuBackend):
    """A device with NumPy's memory whose kernels are those of a test."""

    name = "Probe"
    device_type = "probe"
    kernels = KernelTable()


GOT: list[tuple] = []


def serve(name, function, **promises):
    """A kernel that writes down the dtypes, strides and destination it gets."""

    def kernel(*args, out):
        arrays = [a for a in args if isinstance(a, np.ndarray)]
        GOT.append(
            ([str(a.dtype) for a in arrays], [a.flags.c_contiguous for a in arrays], out if out is Ellipsis else out.strides)
        )
        return function(*args, out=out)

    Probe.kernels.kernel(name, **promises)(kernel)


def written(function):
    """`function(*args)`, left in the destination where there is one."""

    def kernel(*args, out):
        made = np.asarray(function(*args))
        if out is Ellipsis:
            return made
        out[...] = made
        return out

    return kernel


@pytest.fixture(autouse=True)
def probe():
    held = dict(BACKENDS)
    register_backend(Probe())
    yield
    BACKENDS.clear()
    BACKENDS.update(held)
    Probe.kernels.clear()
    GOT.clear()
    forget_routes()


def on_probe(*numbers, dtype=torch.float32):
    return torch.tensor(numbers or (1.0, 2.0), dtype=dtype).to("probe")


def matrix(dtype=torch.float32):
    return torch.arange(6.0).reshape(2, 3).to(dtype).to("probe")


# -- pointwise kernels --------------------------------------------------------------------------------------------------------------

HALF = [
    ("cast", torch.float16, "float32"),
    ("native", torch.float16, "float16"),
    ("cast", torch.float32, "float32"),
    ("native", torch.float64, "float64"),
]


@pytest.mark.parametrize(("half", "kind", "inside"), HALF)
def test_half_types_are_widened_for_kernels_that_do_not_promise_them(half, kind, inside):
    serve("mul.Tensor", written(np.multiply), half=half)
    x = on_probe(1.5, 2.0, dtype=kind)
    for made in (x * x, x * 2):
        assert made.dtype is kind
        assert made.device.type == "probe"
    assert [got[0] for got in GOT] == [[inside, inside]] * 2
    assert (x * x).tolist() == [2.25, 4.0]


@pytest.mark.parametrize(
    ("other", "computed"),
    [(torch.int64, "float32"), (torch.float64, "float64"), (torch.bool, "float32"), (torch.complex64, "complex64")],
)
def test_operands_arrive_in_one_dtype(other, computed):
    serve("mul.Tensor", written(np.multiply))
    made = on_probe(1.5, 2.0) * on_probe(1, 0, dtype=other)
    assert GOT[0][0] == [computed, computed]
    assert str(made.dtype) == f"torch.{computed}"


def test_the_result_of_a_comparison_is_bool_whatever_it_was_computed_in():
    serve("lt.Tensor", written(np.less))
    for kind in (torch.float32, torch.float16, torch.int64):
        made = on_probe(1, 3, dtype=kind) < on_probe(2, 2, dtype=kind)
        assert (made.dtype, made.tolist()) == (torch.bool, [True, False])


def test_an_irregular_operand_gives_a_destination_of_torch_s_strides():
    serve("mul.Tensor", written(np.multiply))
    x = matrix().reshape(3, 2).t()
    made = x * x
    assert made.stride() == (1, 2)
    assert GOT == [(["float32", "float32"], [False, False], (4, 8))]
    made = (x.half() * x.half()).cpu()
    assert made.stride() == (1, 2)
    assert made.tolist() == [[0, 4, 16], [1, 9, 25]]
    assert GOT[-1][2] is Ellipsis  # computed in float32: the cast lays it out
    assert (matrix() * matrix()).stride() == (3, 1)
    assert GOT[-1][2] is Ellipsis


def test_out_is_written_by_the_kernel_where_dtype_and_shape_are_its_own():
    serve("mul.Tensor", written(np.multiply))
    x, same, wide, half = matrix(), matrix(), matrix(torch.float64), matrix(torch.float16)
    assert torch.mul(x, x, out=same) is same
    assert GOT[-1][2] == same._a.strides
    torch.mul(x, x, out=wide)
    assert GOT[-1][2] is Ellipsis
    torch.mul(half, half, out=half)
    assert GOT[-1][2] is Ellipsis
    turned = torch.empty(3, 2, device="probe").t()
    torch.mul(x, x, out=turned)
    assert GOT[-1][2] == turned._a.strides
    for made in (same, wide, turned, half):
        assert made.tolist() == [[0, 1, 4], [9, 16, 25]]


# -- other kernels ------------------------------------------------------------------------------------------------------------------


def test_layouts_are_made_contiguous_for_kernels_that_ask():
    x = matrix().reshape(3, 2).t()
    serve("flip", written(np.flip), layout="contiguous")
    serve("cumsum", written(lambda a, dim, dtype: np.cumsum(a, dim)))
    assert torch.flip(x, (0,)).tolist() == [[1, 3, 5], [0, 2, 4]]
    assert GOT[-1][1] == [True]
    torch.cumsum(x, 0)
    assert GOT[-1][1] == [False]


def test_lists_of_arrays_arrive_as_lists_in_one_dtype():
    seen = []
    Probe.kernels.kernel("stack")(lambda arrays, dim, *, out: seen.append(arrays) or np.stack(arrays, dim))
    x = on_probe(1.5, 2.0, dtype=torch.float16)
    made = torch.stack([x, x])
    assert type(seen[0]) is list
    assert [str(a.dtype) for a in seen[0]] == ["float32", "float32"]
    assert (made.dtype, made.tolist()) == (torch.float16, [[1.5, 2.0]] * 2)


@pytest.mark.parametrize(("out", "half", "kind", "direct"), [
    (True, "cast", torch.float32, True), (False, "cast", torch.float32, False), (True, "cast", torch.float16, False),
    (True, "native", torch.float16, True),
])  # fmt: skip
def test_a_destination_is_given_to_kernels_that_can_write_there(out, half, kind, direct):
    serve("sum.dim_IntList", written(lambda a, dim, keepdim, dtype: np.sum(a, dim, keepdims=keepdim)), out=out, half=half)
    x, made = matrix(kind), torch.empty(2, dtype=kind, device="probe")
    assert torch.sum(x, 1, out=made) is made
    assert (GOT[-1][2] is not Ellipsis) is direct
    assert (made.dtype, made.tolist()) == (kind, [3.0, 12.0])


def test_what_a_kernel_returns_is_cast_and_laid_out_as_the_rule_says():
    serve("sum.dim_IntList", lambda a, dim, keepdim, dtype, *, out: np.asarray(np.sum(a, dim), np.float64))
    made = torch.sum(matrix(), 1)
    assert (made.dtype, made.tolist()) == (torch.float32, [3.0, 12.0])
    serve("flip", lambda a, dims, *, out: np.asfortranarray(np.flip(a, dims)))
    made = torch.flip(matrix(), (0,))
    assert made._a.flags.c_contiguous
    assert made.stride() == (3, 1)


def test_several_outputs_and_lists_of_them():
    serve("max.dim", lambda a, dim, keepdim, *, out: (np.max(a, dim), np.argmax(a, dim)))
    values, places = torch.max(matrix(), 1)
    assert (values.tolist(), places.tolist(), places.dtype) == ([2.0, 5.0], [2, 2], torch.int64)
    assert values.device == places.device == device("probe:0")
    assert type(OPS["max.dim"](matrix(), 1)) is tuple


def test_creation_gets_a_destination_that_tells_dtype_and_shape():
    serve("full", lambda size, value, *rest, out: (out.fill(value), out)[1])
    made = torch.full((2, 3), 7, dtype=torch.int16, device="probe")
    assert (made.dtype, made.tolist(), made.device.type) == (torch.int16, [[7] * 3] * 2, "probe")
    assert GOT[-1][2] == (6, 2)


def test_numbers_that_are_made_come_from_the_host_where_a_device_cannot_make_them():
    made = torch.arange(3, device="probe")
    assert (made.tolist(), made.device.type) == ([0, 1, 2], "probe")
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randperm(5, generator=generator, device="probe")
    assert drawn.device.type == "probe"
    assert drawn.tolist() == torch.randperm(5, generator=torch.Generator().manual_seed(0)).tolist()


# -- pieces ---------------------------------------------------------------------------------------------------------------------------


def test_pieces_of_a_pointwise_op_run_in_float32_and_are_rounded_once():
    serve("mul.Tensor", written(np.multiply), half="native")
    x = on_probe(1.5, 2.0, dtype=torch.float16)
    made = torch.deg2rad(x)
    assert made.dtype is torch.float16
    assert [got[0] for got in GOT] == [["float32", "float32"]]
    assert torch.deg2rad(on_probe(90, dtype=torch.int64)).dtype is torch.float32
    assert torch.deg2rad(on_probe(90.0, dtype=torch.float64)).dtype is torch.float64


def test_other_pieces_run_in_float32_and_are_rounded_once():
    serve("exp", written(np.exp), half="native")
    for name in ("amax", "sub.Tensor", "abs", "eq.Tensor", "where.self", "log", "add.Tensor", "sum.dim_IntList"):
        Probe.kernels.setdefault(name, BACKENDS["cpu"].kernels[name])
    x = on_probe(1.0, 2.0, dtype=torch.float16)
    made = torch.logsumexp(x, 0)
    assert made.dtype is torch.float16
    assert made.item() == torch.logsumexp(torch.tensor([1.0, 2.0]), 0).half().item()
    assert {kind for got in GOT for kind in got[0]} == {"float32"}
    GOT.clear()
    assert torch.logsumexp(on_probe(1.0, 2.0, dtype=torch.float64), 0).dtype is torch.float64
    assert {kind for got in GOT for kind in got[0]} == {"float64"}


def test_several_results_of_pieces_are_rounded_each():
    for name, kernel in BACKENDS["cpu"].kernels.items():
        if name not in ("aminmax", "max.dim"):
            Probe.kernels.setdefault(name, kernel)
    for made in (torch.aminmax(matrix(torch.float16)), torch.max(matrix(torch.float16), 1)):
        assert made[0].dtype is torch.float16
        assert made[0].device.type == "probe"
    values, places = torch.max(matrix(torch.float16), 1)
    assert (type(OPS["max.dim"](matrix(torch.float16), 1)), places.dtype) == (tuple, torch.int64)
    assert (values.tolist(), places.tolist()) == ([2.0, 5.0], [2, 2])


def test_tensors_of_numbers_are_made_where_they_are_asked_for():
    for where in ("probe", "probe:0"):
        made = torch.tensor([1.0, 2.0], device=where)
        assert made.device == device("probe:0")
        assert made.tolist() == [1.0, 2.0]
    assert torch.tensor([1.0], device="meta").device == device("meta")


def test_where_there_is_neither_kernel_nor_pieces_the_error_names_both():
    with pytest.raises(NoRouteError, match="erf: no kernel for device 'probe' and no decomposition"):
        torch.erf(on_probe())
    with pytest.raises(NoRouteError, match="no kernel for device 'probe'"):
        decomposed(OPS["erf"], (on_probe(),), device("probe:0"))


def test_pieces_refuse_what_the_rule_refuses_first():
    with pytest.raises(RuntimeError, match=r"size of tensor a \(2\) must match the size of tensor b \(3\)|broadcast"):
        torch.lerp(torch.ones(2), torch.ones(3), 0.5)
    with pytest.raises(IndexError, match="Dimension out of range"):
        torch.softmax(matrix(), 5)


# -- which device ----------------------------------------------------------------------------------------------------------------------


ADD, ZEROS, CAT = OPS["add.Tensor"], OPS["arange.start_step"], OPS["cat"]


def where_of(op, args):
    k = 0
    for t in tensors_of(op, args):
        k |= t._k
    return device_of(op, args, k)


def test_a_call_runs_where_its_tensors_are():
    host, there = torch.ones(2), on_probe()
    point_there, point_here = there[0], torch.tensor(1.0)
    assert where_of(ADD, (host, host, 1)) == CPU
    assert where_of(ADD, (there, 2, 1)) == device("probe:0")
    assert where_of(ADD, (there, point_here, 1)) == device("probe:0")
    assert where_of(ADD, (point_here, there, 1)) == device("probe:0")
    assert where_of(ADD, (point_here, point_there, 1)) == device("probe:0")
    assert where_of(ADD, (torch.ones(2, device="meta"), point_here, 1)).type == "meta"
    for args, words in (
        ((host, there, 1), "probe:0 and cpu! (add: move one with .to('probe:0'))"),
        ((there, host, 1), "probe:0 and cpu!"),
        ((there, torch.ones(2, device="meta"), 1), "probe:0 and meta!"),
    ):
        with pytest.raises(
            RuntimeError, match=r"^Expected all tensors to be on the same device, but found at least two devices, "
        ) as told:
            where_of(ADD, args)
        assert words in str(told.value)


def test_a_call_without_tensors_runs_where_it_was_asked_to():
    arange = next(op for name, op in OPS.items() if op.base == "arange" and "device" in op.index_of)
    args = [0] * len(arange.params)
    for asked, found in ((device("meta"), "meta"), (None, "cpu")):
        args[arange.index_of["device"]] = asked
        assert device_of(arange, tuple(args), 0).type == found
    with torch.device("meta"):
        assert device_of(arange, tuple(args), 0).type == "meta"
    assert device_of(ADD, (1, 2, 1), 0) == CPU


def test_zero_dim_tensors_of_the_host_go_along():
    serve("mul.Tensor", written(np.multiply))
    made = on_probe() * torch.tensor(3.0)
    assert (made.device.type, made.tolist()) == ("probe", [3.0, 6.0])
    x, there = torch.tensor(3.0), on_probe()
    assert on_device(ADD, (there, x, 1), CPU) == (there, x, 1)
    moved = on_device(ADD, (there, x, 1), device("probe:0"))
    assert moved[0] is there
    assert moved[1].device.type == "probe"


# -- arguments -----------------------------------------------------------------------------------------------------------------------------


def test_tensors_are_found_in_order_and_mapped():
    x, y = torch.ones(1), torch.zeros(1)
    put = OPS["index_put"]
    assert all(a is b for a, b in zip(tensors_of(put, (x, (None, y), x, False)), (x, x, y), strict=True))
    assert tensors_of(ADD, (x, 2, 1)) == [x]
    doubled = mapped(put, (x, (None, y), x, False), lambda t: "x" if t is x else "y")
    assert doubled == ("x", (None, "y"), "x", False)
    optional = Op("f(Tensor? one, Tensor[]? many, int n) -> Tensor", "", Kind.OPAQUE, None)
    args = tuple(None if p.is_tensor else 0 for p in optional.params)
    assert tensors_of(optional, args) == []
    assert mapped(optional, args, lambda t: 1 / 0) == args


def test_bits_are_carried_out():
    x = torch.tensor([1 + 2j, 3 - 1j])
    for turned, numbers in (
        (x.conj(), [1 - 2j, 3 + 1j]),
        (x.conj().imag, [-2.0, 1.0]),
        (torch._neg_view(x.conj()), [-1 + 2j, -3 - 1j]),
    ):
        plain = materialise(turned)
        assert plain.tolist() == numbers
        assert not plain.is_conj()
        assert not plain.is_neg()
        assert plain._a.flags.c_contiguous
        assert plain.dtype is turned.dtype
        assert resolved(ADD, (turned, 2, 1))[0].tolist() == numbers
    assert materialise(x) is x


def test_what_stands_in_memory_for_turned_numbers():
    from ft_core.keys import CONJ, NEG

    a, backend = np.array([1 + 2j], np.complex64), BACKENDS["cpu"]
    for bits, number in ((0, 1 + 2j), (CONJ, 1 - 2j), (NEG, -1 - 2j), (CONJ | NEG, -1 + 2j)):
        assert as_stored(a, bits, backend, TL.st).tolist() == [number]


# -- results ----------------------------------------------------------------------------------------------------------------------------------


def test_a_result_becomes_a_tensor():
    backend, st = BACKENDS["cpu"], TL.st
    a = np.arange(6, dtype=np.float32).reshape(2, 3)
    free = finish(np.asfortranarray(a), None, CPU, st, backend)
    assert (free.dtype, free.stride(), free.tolist()) == (torch.float32, (3, 1), a.tolist())
    cast = finish(a, Spec((2, 3), torch.float64), CPU, st, backend)
    assert (cast.dtype, cast.stride()) == (torch.float64, (3, 1))
    turned = finish(a, Spec((2, 3), torch.float32, (1, 2)), CPU, st, backend)
    assert (turned.stride(), turned._a.strides, turned.tolist()) == ((1, 2), (4, 8), a.tolist())
    target = np.asfortranarray(a)
    assert finish(target, Spec((2, 3), torch.float32, (1, 2)), CPU, st, backend, target)._a is target
    in_order = finish(np.asfortranarray(a), Spec((2, 3), torch.float32, (3, 1)), CPU, st, backend)
    assert in_order._a.flags.c_contiguous
    assert in_order.is_contiguous()
    empty = finish(np.empty((2, 0, 3), np.float32), Spec((2, 0, 3), torch.float32), CPU, st)
    assert empty.stride() == (3, 3, 1)
    for spec in (Spec((2, 3), torch.float32), None):
        with ft_autograd.inference_mode():
            assert finish(a, spec, CPU, TL.st, backend).is_inference()
        assert not finish(a, spec, CPU, TL.st, backend).is_inference()


def test_versions_rise_by_one():
    x = torch.ones(2)
    for version in (1, 2):
        bump(x)
        assert x._version == version
    with ft_autograd.inference_mode():
        y = torch.ones(2)
        bump(y)
    assert y._ver is None


def test_meta_tensors_go_the_same_way():
    x = torch.empty(2, 3, device="meta")
    assert (x + 1).shape == (2, 3)
    assert (x.t() + x.t()).stride() == (1, 3)
    assert [tuple(t.shape) for t in torch.max(x, 1)] == [(2,), (2,)]
    assert type(OPS["max.dim"](x, 1)) is tuple
    assert isinstance(OPS["sum"](x), Tensor)
    assert [tuple(t.shape) for t in x.split(1)] == [(1, 3), (1, 3)]
    for call in (torch.nonzero, torch.unique):
        with pytest.raises(NotImplementedError, match="Meta tensors"):
            call(x)
    with ft_autograd.inference_mode():
        assert (torch.empty(2, device="meta") + 1).is_inference()
