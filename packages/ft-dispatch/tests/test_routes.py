"""Routes: what a key decides alone, and what it must never decide."""

import pytest

import ft_autograd  # noqa: F401  # views are recorded, or they leave no route
from ft_core.keys import BELOW, CPU, DTYPE_OF, GRAD, IRREG, NOGRAD
from ft_core.state import bits_set
from ft_dispatch import surface as torch
from ft_dispatch.kinds import COMPOSITE, CREATION, ELEMENTWISE, INDEX, MOVEMENT, RANDOM, REDUCTION, VIEW
from ft_dispatch.op import Op, fills, has_route, is_pointwise, takes_limits
from ft_dispatch.registry import OPS, forget_routes
from ft_dispatch.routes import Box, Irregular, Memo, _of_one_precision

ADD = OPS["add.Tensor"]


@pytest.fixture
def empty_tables():
    tables = (ADD.table, ADD.number_table, ADD.inplace_table)
    kept = [dict(t) for t in tables]
    for t in tables:
        t.clear()
    yield ADD
    for t, before in zip(tables, kept, strict=True):
        t.clear()
        t.update(before)


def test_a_plain_call_leaves_a_route(empty_tables):
    x = torch.ones(3)
    torch.add(x, x)
    assert list(empty_tables.table) == [x._k]
    assert torch.add(x, x).tolist() == [2.0, 2.0, 2.0]


def test_two_widths_of_one_category_leave_none(empty_tables):
    torch.add(torch.ones(3), torch.ones(3, dtype=torch.float64))
    assert empty_tables.table == {}


def test_two_categories_leave_an_adapter(empty_tables):
    x, i = torch.ones(2), torch.tensor([1, 2])
    for _ in range(2):
        y = torch.add(x, i)
        assert (y.dtype, y.tolist()) == (torch.float32, [2.0, 3.0])
    assert len(empty_tables.table) == 1


def test_a_zero_dim_tensor_of_a_higher_category_still_decides():
    y = torch.tensor([1, 2]) + torch.tensor(0.5)
    assert (y.dtype, y.tolist()) == (torch.float32, [1.5, 2.5])


def test_half_types_compute_in_float32():
    x = torch.full((3,), 1.0, dtype=torch.bfloat16)
    for _ in range(2):
        y = x * 0.3
        assert y.dtype is torch.bfloat16
    assert y.tolist() == [torch.tensor(0.3).to(torch.bfloat16).item()] * 3


def test_alpha_goes_through_the_full_kernel():
    x = torch.ones(2)
    for _ in range(2):
        assert torch.add(x, x, alpha=3).tolist() == [4.0, 4.0]
        assert torch.add(x, 2, alpha=3).tolist() == [7.0, 7.0]


def test_numbers_are_boxed_once_and_zero_never():
    from ft_core.backend import backend_for

    box = Box(backend_for("cpu"), torch.float32)
    assert box[2.5] is box[2.5]
    assert box[0.0] is not box[0.0]
    assert str(box[-0.0]) == "-0.0"
    assert len(box) == 1


def test_irregular_operands_give_torchs_strides():
    x = torch.ones(4, 3).t()
    for _ in range(2):
        assert (x + 1).stride() == (1, 3)
        assert (x + torch.ones(3, 4)).stride() == (1, 3)
        assert (torch.ones(3, 1).expand(3, 4) + x).stride() == (1, 3)


def test_empty_tensors_keep_torchs_strides():
    x = torch.ones(2, 0, 3)
    for _ in range(2):
        y = x + x
        assert y.stride() == (3, 3, 1)
        assert y._k & IRREG


def test_nograd_routes_are_their_own():
    x = torch.ones(2)
    x._k |= GRAD
    with bits_set(on=NOGRAD):
        assert not (x + 1)._k & GRAD
    with bits_set(on=BELOW):
        assert not (x + 1)._k & GRAD


def test_shape_errors_come_from_the_careful_road():
    with pytest.raises(RuntimeError, match=r"The size of tensor a \(2\) must match the size of tensor b \(3\)"):
        torch.ones(2) + torch.ones(3)


def test_results_never_depend_on_which_road_ran():
    x = torch.arange(6.0).reshape(2, 3)
    first = [torch.sum(x, 1), x.t(), x.view(3, 2), torch.softmax(x, 0)]
    again = [torch.sum(x, 1), x.t(), x.view(3, 2), torch.softmax(x, 0)]
    for a, b in zip(first, again, strict=True):
        assert (a.tolist(), a.stride(), a.dtype) == (b.tolist(), b.stride(), b.dtype)


def test_a_memo_stays_small():
    memo = Memo()
    for i in range(512):
        memo.enter(i, i)
    assert len(memo) == 512
    memo.enter(512, 1)
    assert memo == {512: 1}
    memo.enter([1], 1)  # unhashable: simply not remembered
    assert memo == {512: 1}


def test_a_box_keeps_so_many_numbers_and_no_more():
    from ft_core.backend import backend_for

    box = Box(backend_for("cpu"), torch.float32)
    for i in range(1, 300):
        assert box[i] == i
    assert len(box) == 256
    assert box[256] is box[256]
    assert box[257] is not box[257]
    assert box[float("nan")] is not box[float("nan")]


def test_an_irregular_output_is_planned_once():
    from ft_core.backend import backend_for

    made = Irregular(backend_for("cpu"), torch.float32, 2)
    x, y = torch.ones(3, 2)._a.T, torch.ones(2, 3)._a
    assert made.plan("turned", (x, x)) == ((2, 3), (1, 2))
    assert made.plan("in order", (y, y)) == ((2, 3), None)
    assert made.plans == {"turned": ((2, 3), (1, 2)), "in order": ((2, 3), None)}
    assert [s // 4 for s in made.output(made.plans["turned"]).strides] == [1, 2]
    assert made.output(made.plans["in order"]).flags.c_contiguous
    seen = []
    around = made.around(lambda a, b, *, out: seen.append(out.shape))
    made.plans.clear()
    around(x, y, out=None)
    assert list(made.plans) == [((2, 3), x.strides, (2, 3), y.strides)]
    made.plans[next(iter(made.plans))] = ((7,), None)
    around(x, y, out=None)
    assert seen == [(2, 3), (7,)]


@pytest.mark.parametrize(
    ("kinds", "whole"),
    [
        ("float32", True),
        ("float32 complex64", True),
        ("float64 complex128", True),
        ("float64 complex64", False),
        ("float32 complex128", False),
        ("float16 complex64", False),
        ("int64 complex64", True),
        ("bool int64 float32 complex64", True),
    ],
)
def test_complex_numbers_and_floats_of_one_precision(kinds, whole):
    assert _of_one_precision([getattr(torch, name) for name in kinds.split()]) is whole


# -- which ops have which wrapper -------------------------------------------------------------------------------------------------


def record(schema, kind, **fields):
    """An op that is in no table."""
    kept = {"data_dependent": False, "number_overload": "", "inplace": True, **fields}
    return Op(schema, "", kind, None, **kept)


POINTWISE = [
    ("f(Tensor self) -> Tensor", ELEMENTWISE, True),
    ("f(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", ELEMENTWISE, True),
    ("f(Tensor a, Tensor b, Tensor c) -> Tensor", ELEMENTWISE, True),
    ("f(Tensor a, Tensor b, Tensor c, Tensor d) -> Tensor", ELEMENTWISE, False),
    ("f(Scalar s) -> Tensor", ELEMENTWISE, False),
    ("f(Scalar s, Tensor self) -> Tensor", ELEMENTWISE, False),
    ("f(Tensor self, Tensor? other) -> Tensor", ELEMENTWISE, False),
    ("f(Tensor self, Tensor[] others) -> Tensor", ELEMENTWISE, False),
    ("f(Tensor self) -> (Tensor, Tensor)", ELEMENTWISE, False),
    ("f(Tensor self) -> Tensor", REDUCTION, False),
]


@pytest.mark.parametrize(("schema", "kind", "expected"), POINTWISE)
def test_pointwise_wrappers(schema, kind, expected):
    assert is_pointwise(record(schema, kind)) is expected


ROUTED = [
    ("f(Tensor self, int dim) -> Tensor", REDUCTION, {}, True),
    ("f(Tensor self, int dim) -> (Tensor, Tensor)", REDUCTION, {}, True),
    ("f(Tensor self, int n) -> Tensor[]", VIEW, {}, True),
    ("f(Tensor self, int n) -> Tensor[]", MOVEMENT, {}, False),
    ("f(Tensor self) -> ()", REDUCTION, {}, False),
    ("f(Tensor self) -> Tensor", COMPOSITE, {}, False),
    ("f(Tensor self) -> Tensor", CREATION, {}, False),
    ("f(Tensor self) -> Tensor", RANDOM, {}, False),
    ("f(Tensor self) -> Tensor", INDEX, {"data_dependent": True}, False),
    ("f(Tensor self, *, Generator? generator=None) -> Tensor", INDEX, {}, False),
    ("f(Tensor? self) -> Tensor", INDEX, {}, False),
    ("f(int n) -> Tensor", INDEX, {}, False),
    ("f(Tensor[] tensors, int dim=0) -> Tensor", MOVEMENT, {}, True),
    ("f(Tensor[] tensors, int dim=0) -> Tensor", INDEX, {}, False),
    ("f(int dim, Tensor[] tensors) -> Tensor", MOVEMENT, {}, False),
    ("f(Tensor[] tensors, Tensor other) -> Tensor", MOVEMENT, {}, False),
    ("f(Tensor[] tensors) -> (Tensor, Tensor)", MOVEMENT, {}, False),
]


@pytest.mark.parametrize(("schema", "kind", "fields", "expected"), ROUTED)
def test_wrappers_with_a_memo(schema, kind, fields, expected):
    assert has_route(record(schema, kind, **fields)) is expected


LIMITS = [
    ("f(Tensor self, Tensor? min, Tensor? max) -> Tensor", ELEMENTWISE, "", True),
    ("f(Tensor self, Tensor? min) -> Tensor", ELEMENTWISE, "", True),
    ("f(Tensor self) -> Tensor", ELEMENTWISE, "", False),
    ("f(Tensor self, Tensor min) -> Tensor", ELEMENTWISE, "", False),
    ("f(Tensor self, Tensor? min, int n=1) -> Tensor", ELEMENTWISE, "", False),
    ("f(Tensor self, Tensor? min) -> Tensor", REDUCTION, "", False),
    ("f(Tensor? self, Tensor? min) -> Tensor", ELEMENTWISE, "", False),
    ("f(Tensor self, Tensor? min) -> Tensor", ELEMENTWISE, None, False),
]


@pytest.mark.parametrize(("schema", "kind", "overload", "expected"), LIMITS)
def test_wrappers_that_hold_a_tensor_between_numbers(schema, kind, overload, expected):
    assert takes_limits(record(schema, kind, number_overload="" if overload is None else "Scalar")) is expected


FILLED = [
    ("f(Tensor self, float p=0, *, Generator? generator=None) -> Tensor", RANDOM, True, True),
    ("f(Tensor self, *, Generator? generator=None) -> Tensor", RANDOM, True, True),
    ("f(Tensor self, *, Generator? generator=None) -> Tensor", RANDOM, False, False),
    ("f(Tensor self, *, Generator? generator=None) -> Tensor", INDEX, True, False),
    ("f(Tensor self, float p=0) -> Tensor", RANDOM, True, False),
    ("f(Tensor self, *, Generator? generator=None, float p=0) -> Tensor", RANDOM, True, False),
    ("f(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor", RANDOM, True, False),
    ("f(Tensor self, Tensor[] p, *, Generator? generator=None) -> Tensor", RANDOM, True, False),
    ("f(Generator? first, Tensor self, *, Generator? generator=None) -> Tensor", RANDOM, True, False),
    ("f(Tensor self, Generator? first, Generator? generator=None) -> Tensor", RANDOM, True, False),
]


@pytest.mark.parametrize(("schema", "kind", "inplace", "expected"), FILLED)
def test_wrappers_that_fill_with_draws(schema, kind, inplace, expected):
    assert fills(record(schema, kind, inplace=inplace)) is expected


def test_what_a_record_says_of_itself():
    op = record("f.two(Tensor self, Tensor? other=None, Tensor[] many=[], int dim=-1, *, bool keepdim=False) -> (Tensor values, Tensor)",
                REDUCTION, variants="function", keep=frozenset({"other"}), numbers=None)  # fmt: skip
    assert (op.base, op.overload, op.name) == ("f", "two", "f.two")
    assert (op.tensor_at, op.lists_at, op.param_at, op.promoted_at) == ((0, 1), (2,), (3, 4), (0,))
    assert (op.n_outputs, op.output_names, op.n_positional) == (2, ("values", "result1"), 4)
    assert op.defaults[1:] == (None, (), -1, False)
    assert op.index_of["keepdim"] == 4
    assert (op.python_name, repr(op)) == ("f", "<op aten::f.two>")
    assert record("f.two(Tensor self) -> Tensor", REDUCTION, variants="").python_name == "f_two"
    assert record("f(Tensor self) -> Tensor", REDUCTION, variants="").python_name == "f"
    assert record("mine::f(Tensor self) -> Tensor", REDUCTION, variants="method").python_name == "mine__f"
    assert record("f(Tensor self) -> Tensor", REDUCTION).output_names == ("result",)
    assert record("f(Tensor self) -> Tensor[]", REDUCTION).n_outputs == -1
    for fields, names in (
        ({"numbers": "a b"}, {"a", "b"}),
        ({"numbers": None}, set()),
        ({"numbers": None, "number_overload": "Scalar"}, {"b"}),
    ):
        assert record("f(Tensor a, Tensor b) -> Tensor", ELEMENTWISE, **fields).number_names == names


# -- a view by the backend's own kernel --------------------------------------------------------------------------------------------


def plan_of(name, line):
    """What the op's memo holds after the call."""
    forget_routes()
    line()
    ((_, memo),) = OPS[name].table.values()
    (plan,) = memo.values()
    return plan


def test_a_view_that_the_backend_can_make_is_made_by_its_own_function():
    import operator

    import numpy as np

    x = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    for name, line, native in (
        ("t", x.t, (np.ndarray.transpose, (1, 0))),
        ("permute", lambda: x.permute(1, 0), (np.ndarray.transpose, (1, 0))),
        ("select.int", lambda: x.select(0, 1), (operator.getitem, (1, ...))),
        ("unsqueeze", lambda: x.unsqueeze(0), (np.ndarray.reshape, (1, 2, 3))),
        ("select.int", lambda: x.t().select(1, 0), (operator.getitem, (slice(None), 0, ...))),
        ("expand", lambda: x.expand(4, 2, 3), (None, None)),
    ):
        assert plan_of(name, line)[-2:] == native, name
    assert [part[-1] for part in plan_of("unbind.int", lambda: x.unbind(0))] == [(0, ...), (1, ...)]


@pytest.mark.parametrize(
    "made", [lambda a, _: a.T.copy(), lambda a, _: a.T[:, :1], lambda a, _: a.T[::-1][::-1].copy(), lambda a, _: a[:].reshape(3, 2)]
)
def test_a_function_that_gives_another_place_is_not_used_for_a_view(monkeypatch, made):
    from ft_core.backend import backend_for

    monkeypatch.setattr(backend_for("cpu").kernels["t"], "native", lambda a: (made, None))
    x = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    assert plan_of("t", x.t)[-2:] == (None, None)
    assert x.t().tolist() == [[0, 3], [1, 4], [2, 5]]
    assert x.t().tolist() == [[0, 3], [1, 4], [2, 5]]
    forget_routes()


def test_an_output_in_another_order_is_put_in_order():
    """The kernel of an irregular operand may lay its result out as it likes; a wrapper promises C order."""
    forget_routes()
    x = torch.ones(3, 2).t()
    assert torch.softmax(x, 1).is_contiguous()
    ((_, _, dense, _),) = OPS["_softmax"].table.values()
    assert not x._a.flags.c_contiguous
    assert dense(x._a).flags.c_contiguous
    assert dense(x._a).tolist() == x.tolist()


def test_ops_take_their_arguments_by_name_and_by_position():
    x = torch.arange(6.0).reshape(2, 3)
    op = OPS["sum.dim_IntList"]
    assert op(x, dim=1).tolist() == op(x, [1]).tolist() == [3, 12]
    assert op(x, 1, True, dtype=torch.float64).dtype is torch.float64
    with pytest.raises(
        TypeError, match=r"sum\(\) got an unexpected keyword argument 'axes'; the signature is sum\.dim_IntList\(Tensor"
    ):
        op(x, axes=1)


def test_keys_name_one_dtype():
    assert DTYPE_OF[torch.ones(1)._k & ~CPU] is torch.float32
