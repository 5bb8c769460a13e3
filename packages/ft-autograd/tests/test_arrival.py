"""How a gradient arrives: brought to a shape and dtype, taken over or copied, added to what is there."""

import pytest

from ft_autograd import arrival
from ft_autograd.arrival import _index_of, _owned, _sum_to, _summed_dims, accumulate_into, expected, fit, met
from ft_autograd.grad_mode import enforce_grad_layout_policy
from ft_autograd.node import Out
from ft_core.keys import GRAD
from ft_core.state import TL
from ft_dispatch import surface as torch


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(arrival, "_SUMS", {})


def made():
    return (torch.ones(2, requires_grad=True) * 2)._node


@pytest.mark.parametrize(
    ("have", "shape", "dims"),
    [
        ((3,), (), (0,)),
        ((2, 3), (), (0, 1)),
        ((2, 3), (3,), (0,)),
        ((2, 3), (1,), (0, 1)),
        ((2, 3), (2, 1), (1,)),
        ((2, 3), (1, 3), (0,)),
        ((2, 1), (2, 1), ()),
        ((4, 2, 3), (2, 1), (0, 2)),
        ((4, 1, 3), (1, 3), (0,)),
        ((0, 3), (1, 3), (0,)),
        ((2, 3), (2, 3), ()),
    ],
)
def test_what_broadcasting_repeated_is_summed(have, shape, dims):
    assert _summed_dims(have, shape, made()) == dims
    g = torch.ones(have)
    for _ in range(2):  # the second time from what is remembered
        found = _sum_to(g, shape, made()) if dims else g
        assert tuple(found.shape) == shape
        repeated = 1
        for dim in dims:
            repeated *= have[dim]
        assert found.flatten().tolist() == [float(repeated)] * found.numel()
    assert ({(have, shape): dims} if dims else {}) == arrival._SUMS


def test_what_is_remembered_has_an_end(monkeypatch):
    class Full(dict):
        def __len__(self):
            return 4096

    monkeypatch.setattr(arrival, "_SUMS", full := Full())
    assert _sum_to(torch.ones(2, 3), (3,), made()).tolist() == [2.0] * 3
    assert dict(full) == {}
    monkeypatch.setattr(Full, "__len__", lambda self: 4095)
    _sum_to(torch.ones(2, 3), (3,), made())
    assert list(full) == [((2, 3), (3,))]


@pytest.mark.parametrize(("have", "shape"), [((3,), (2,)), ((2,), (2, 2)), ((2, 3), (2, 2)), ((1,), (2,)), ((), (1,))])
def test_what_could_not_have_been_broadcast_is_refused(have, shape):
    with pytest.raises(RuntimeError) as caught:
        _summed_dims(have, shape, made())
    assert str(caught.value) == (
        f"Function MulBackward0 returned an invalid gradient at index 0 - got {list(have)} but expected shape compatible with {list(shape)}"
    )


def test_the_error_names_the_edge_the_gradient_was_for():
    x, y, z = torch.ones(2, requires_grad=True), torch.ones(3, 2, requires_grad=True), torch.ones(2, 3, requires_grad=True)
    parts = (z * 1).unbind(1)[0]
    node = made()
    node.next = (None, (x,), y, parts._node, x)
    assert [_index_of(node, shape) for shape in ((3, 2), (2,), (7,))] == [2, 3, 0]
    node.next = (y, x)
    assert _index_of(node, (2,)) == 1


def test_what_is_expected_along_an_edge():
    x = torch.ones(2, 3, requires_grad=True)
    y = (x * 1).double()
    pair = x.unbind(0)[1]
    assert expected(x) == ((2, 3), x._k)
    shape, key = expected(y._node)
    assert (tuple(shape), key & y.dtype.bit) == ((2, 3), y.dtype.bit)
    assert isinstance(pair._node, Out)
    assert tuple(expected(pair._node)[0]) == (3,)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("float64", "float32"),
        ("float32", "float64"),
        ("float32", "bfloat16"),
        ("float32", "complex64"),
        ("complex64", "complex128"),
        ("complex64", "complex64"),
        ("float32", "float32"),
    ],
)
def test_a_gradient_takes_the_dtype_of_what_it_is_for(given, kind):
    g = torch.ones(2, dtype=getattr(torch, given))
    k = torch.ones(2, dtype=getattr(torch, kind))._k | GRAD
    found = fit(g, (2,), k, made())
    assert (found.dtype, found.tolist()) == (getattr(torch, kind), [1, 1])
    assert (found is g) is (given == kind)
    assert fit(g, (2,), 0, made()) is g


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_of_a_complex_gradient_a_real_tensor_gets_the_real_part(kind):
    g = torch.tensor([1 + 2j, 3 - 4j])
    found = fit(g, (2,), torch.ones(2, dtype=getattr(torch, kind))._k, made())
    assert (found.dtype, found.tolist()) == (getattr(torch, kind), [1.0, 3.0])


def test_shape_and_dtype_at_once():
    found = fit(torch.ones(4, 2, 3, dtype=torch.float64), (2, 1), torch.ones(1)._k, made())
    assert (found.tolist(), found.dtype) == ([[12.0], [12.0]], torch.float32)


# -- into a leaf -------------------------------------------------------------------------------------------------------


def sparse():
    return torch.tensor([[0.0, 2.0], [3.0, 0.0]]).to_sparse()


@pytest.mark.parametrize(
    ("shared", "create_graph", "taken"), [(False, False, True), (True, False, False), (True, True, True), (False, True, True)]
)
def test_a_first_gradient_is_taken_over_or_copied(shared, create_graph, taken):
    x, g = torch.zeros(2, 2), torch.ones(2, 2)
    accumulate_into(x, g, create_graph, shared)
    assert (x.grad is g) is taken
    assert x.grad.tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert (x.grad.data_ptr() == g.data_ptr()) is taken


@pytest.mark.parametrize("create_graph", [False, True])
def test_a_second_gradient_is_added_in_place_unless_the_graph_is_wanted(create_graph):
    x, first = torch.zeros(2), torch.ones(2)
    x.grad = first
    accumulate_into(x, torch.full((2,), 2.0), create_graph, False)
    assert x.grad.tolist() == [3.0, 3.0]
    assert (x.grad is first) is not create_graph
    assert first.tolist() == [1.0 if create_graph else 3.0] * 2


@pytest.mark.parametrize("first", ["dense", "sparse"])
@pytest.mark.parametrize("second", ["dense", "sparse"])
def test_dense_and_sparse_gradients_add_up(first, second):
    make = {"dense": lambda: torch.ones(2, 2), "sparse": sparse}
    x = torch.zeros(2, 2)
    accumulate_into(x, held := make[first](), False, False)
    accumulate_into(x, make[second](), False, False)
    total = x.grad.to_dense() if first == second == "sparse" else x.grad
    assert x.grad.is_sparse is (first == second == "sparse")
    one = {"dense": [[1.0, 1.0], [1.0, 1.0]], "sparse": [[0.0, 2.0], [3.0, 0.0]]}
    assert total.tolist() == [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(one[first], one[second], strict=True)]
    assert held.is_sparse is (first == "sparse")


@pytest.mark.parametrize(("held", "grad"), [("dense", "dense"), ("dense", "sparse"), ("sparse", "dense"), ("sparse", "sparse")])
def test_gradients_that_meet_are_added_with_the_dense_one_first(held, grad):
    make = {"dense": lambda: torch.ones(2, 2), "sparse": sparse}
    total = met(make[held](), make[grad]())
    assert total.is_sparse is (held == grad == "sparse")


def test_a_sparse_gradient_is_taken_over_as_another_object():
    g = sparse()
    x = torch.zeros(2, 2)
    accumulate_into(x, g, False, False)
    assert x.grad is not g
    assert x.grad._a is g._a


@pytest.mark.parametrize(
    ("make", "same_object", "same_memory"),
    [
        pytest.param(lambda: torch.ones(2, 3), True, True, id="plain"),
        pytest.param(lambda: torch.ones(6).view(2, 3), False, True, id="a view"),
        pytest.param(lambda: torch.ones(3, 2).t(), False, False, id="in another order"),
    ],
)
def test_a_gradient_nobody_else_holds_is_dense_and_no_view(make, same_object, same_memory):
    g = make()
    found = _owned(g)
    assert (found is g, found.data_ptr() == g.data_ptr()) == (same_object, same_memory)
    assert (found._base, found.is_contiguous(), found.tolist()) == (None, True, [[1.0] * 3] * 2)
    assert found.requires_grad is False


def test_a_gradient_of_inference_mode_is_kept():
    with torch.inference_mode():
        g = torch.ones(2, 3)
        turned = torch.ones(3, 2).t()
    assert _owned(g) is g
    assert _owned(turned).is_contiguous()


LAYOUTS = {
    "transposed": (lambda: torch.zeros(3, 2).t(), (1, 2)),
    "channels last": (lambda: torch.zeros(2, 3, 2, 2).contiguous(memory_format=torch.channels_last), (12, 1, 6, 3)),
    "with gaps": (lambda: torch.zeros(2, 6)[:, ::2], (3, 1)),
    "expanded": (lambda: torch.zeros(1, 3).expand(2, 3), (3, 1)),
}


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(("make", "strides"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_first_gradient_lies_as_its_leaf_does(make, strides, create_graph, shared):
    x = make()
    g = torch.arange(float(x.numel())).reshape(x.shape).clone()
    values = g.tolist()
    accumulate_into(x, g, create_graph, shared)
    assert (x.grad.stride(), x.grad.tolist()) == (strides, values)
    assert (x.grad is g) is (not shared and strides == g.stride())


def test_sparse_leaves_keep_sparse_gradients():
    x, g = sparse(), sparse()
    accumulate_into(x, g, False, False)
    assert (x.grad.is_sparse, x.grad.to_dense().tolist()) == (True, [[0.0, 2.0], [3.0, 0.0]])


def test_layouts_are_enforced_where_nobody_said_otherwise(monkeypatch):
    monkeypatch.delitem(TL.st.data, arrival.ENFORCED, raising=False)
    x, g = torch.zeros(3, 2).t(), torch.ones(2, 3)
    accumulate_into(x, g, False, False)
    assert (x.grad is g, x.grad.stride()) == (False, (1, 2))


def test_a_gradient_that_lies_as_its_leaf_is_taken_over():
    x, g = torch.zeros(3, 2).t(), torch.empty_strided((2, 3), (1, 2)).fill_(1)
    accumulate_into(x, g, False, False)
    assert x.grad is g
    x.grad = None
    accumulate_into(x, g, False, True)
    assert x.grad is not g
    view = torch.ones(3, 2).t()
    x.grad = None
    accumulate_into(x, view, False, False)
    assert (x.grad is view, x.grad.stride()) == (False, (1, 2))


@pytest.mark.parametrize(("create_graph", "kept"), [(False, True), (True, False)])
def test_layouts_may_be_left_as_they_come(create_graph, kept):
    x, g = torch.zeros(3, 2).t(), torch.ones(2, 3)
    with enforce_grad_layout_policy(False):
        accumulate_into(x, g, create_graph, False)
    assert (x.grad is g) is kept
    x.grad = None
    with enforce_grad_layout_policy(False):
        accumulate_into(x, g, create_graph, True)
    assert (x.grad is g, x.grad.stride()) == (False, (1, 2))
