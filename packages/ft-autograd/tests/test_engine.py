"""The engine: order, accumulation, freeing, captures, memory. Values are small integers, so every expectation is exact."""

import gc
import weakref

import pytest

import ft_autograd
from ft_autograd import engine
from ft_autograd.node import Node
from ft_autograd.reach import edges_of, vertex_of
from ft_dispatch import surface as torch


def leaf(*values):
    return torch.tensor(values, dtype=torch.float32, requires_grad=True)


def test_gradients_accumulate_in_leaves():
    x = leaf(1.0, 2.0)
    (x * x).sum().backward()
    (x * 3).sum().backward()
    assert x.grad.tolist() == [5.0, 7.0]


def test_a_leaf_used_twice_gets_the_sum_of_both_paths():
    x = leaf(2.0)
    (x * x + x * 4).sum().backward()
    assert x.grad.tolist() == [8.0]


@pytest.mark.parametrize("last", [lambda y: y.neg(), lambda y: y * 3])
def test_an_inner_node_used_twice_gets_the_sum_of_both_paths(last):
    x = leaf(2.0)
    for order in (lambda y: last(y) + y * y, lambda y: y * y + last(y)):
        x.grad = None
        order(x * 1).backward()
        slope = -1.0 if last(leaf(1.0)).item() < 0 else 3.0
        assert x.grad.tolist() == [4.0 + slope]


def test_two_leaves_never_share_one_gradient():
    x, y = leaf(1.0), leaf(1.0)
    (x + y).sum().backward()
    assert x.grad is not y.grad
    x.grad.add_(1)
    assert y.grad.tolist() == [1.0]


def test_a_cotangent_given_by_the_user_is_not_taken_over():
    x = leaf(1.0, 1.0)
    g = torch.tensor([1.0, 2.0])
    (x + 0).backward(g)
    x.grad.mul_(10)
    assert g.tolist() == [1.0, 2.0]


def test_broadcasting_is_undone():
    x, y = torch.ones(3, 1, requires_grad=True), torch.ones(4, requires_grad=True)
    (x * y).sum().backward()
    assert x.grad.tolist() == [[4.0]] * 3
    assert y.grad.tolist() == [3.0] * 4


def test_promotion_is_undone():
    x = torch.ones(2, dtype=torch.float64, requires_grad=True)
    y = torch.ones(2, dtype=torch.float32, requires_grad=True)
    (x * y).sum().backward()
    assert x.grad.dtype is torch.float64
    assert y.grad.dtype is torch.float32


def test_a_graph_is_freed_by_backward_and_says_so():
    x = leaf(1.0)
    y = (x * x).sum()
    y.backward()
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        y.backward()


def test_retain_graph_keeps_it():
    x = leaf(3.0)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad.tolist() == [12.0]


def test_create_graph_differentiates_again_to_any_order():
    x = leaf(2.0)
    y = (x * x * x * x).sum()
    for expected in (32.0, 48.0, 48.0, 24.0):
        (y,) = ft_autograd.grad(y, x, create_graph=True)
        assert y.tolist() == [expected]
        y = y.sum()


def test_grad_returns_and_does_not_accumulate():
    x, w = leaf(2.0), leaf(5.0)
    gx, gw = ft_autograd.grad((x * w).sum(), (x, w))
    assert (gx.tolist(), gw.tolist()) == ([5.0], [2.0])
    assert x.grad is None


def test_grad_of_an_intermediate():
    x = leaf(2.0)
    h = x * x
    (g,) = ft_autograd.grad((h * 3).sum(), h)
    assert g.tolist() == [3.0]


def test_an_unused_input_is_an_error_unless_allowed():
    x, w = leaf(1.0), leaf(1.0)
    with pytest.raises(RuntimeError, match="appears to not have been used"):
        ft_autograd.grad(x.sum(), w)
    assert ft_autograd.grad(x.sum(), w, allow_unused=True) == (None,)
    (zero,) = ft_autograd.grad(x.sum(), w, materialize_grads=True)
    assert zero.tolist() == [0.0]


def test_inputs_limits_where_gradients_go():
    x, w = leaf(2.0), leaf(3.0)
    ft_autograd.backward((x * w).sum(), inputs=[x])
    assert x.grad.tolist() == [3.0]
    assert w.grad is None


def test_only_scalars_have_an_implicit_cotangent():
    with pytest.raises(RuntimeError, match="implicitly created only for scalar outputs"):
        (leaf(1.0, 2.0) * 2).backward()


def test_backward_of_a_constant_says_it_does_not_require_grad():
    with pytest.raises(RuntimeError, match="does not require grad and does not have a grad_fn"):
        torch.ones(3).sum().backward()


def test_wrong_cotangent_shapes_name_both_shapes():
    with pytest.raises(RuntimeError, match=r"grad_output\[0\] has a shape of .*\[3\].* and output\[0\] has a shape of .*\[2\]"):
        (leaf(1.0, 2.0) * 2).backward(torch.ones(3))


def test_a_hook_may_replace_a_gradient():
    x = leaf(1.0)
    x.register_hook(lambda g: g * 10)
    (x * 2).sum().backward()
    assert x.grad.tolist() == [20.0]


def test_hooks_of_intermediates_run_with_the_total():
    seen = []
    x = leaf(1.0)
    h = x * 2
    handle = h.register_hook(lambda g: seen.append(g.tolist()))
    (h + h * 3).sum().backward(retain_graph=True)
    handle.remove()
    (h + h * 3).sum().backward()
    assert seen == [[4.0]]


def test_retain_grad_keeps_an_intermediate():
    x = leaf(1.0)
    h = x * 2
    h.retain_grad()
    (h * 5).sum().backward()
    assert h.grad.tolist() == [5.0]
    assert h.retains_grad


def test_order_of_hooks_around_a_leaf():
    order = []
    x = leaf(1.0)
    x.register_hook(lambda g: order.append("tensor"))
    x.register_post_accumulate_grad_hook(lambda p: order.append("post"))
    (x * 2).sum().backward()
    assert order == ["tensor", "post"]


def test_node_hooks_see_inputs_and_outputs():
    seen = []
    x = leaf(3.0)
    y = x * x
    y.grad_fn.register_prehook(lambda g: seen.append(("pre", g[0].tolist())))
    y.grad_fn.register_hook(lambda gi, go: seen.append(("post", [t.tolist() for t in gi], go[0].tolist())))
    y.sum().backward()
    assert seen == [("pre", [1.0]), ("post", [[3.0], [3.0]], [1.0])]


def test_later_nodes_run_first():
    order = []
    x = leaf(1.0)
    nodes = [x * float(i) for i in range(1, 6)]
    for i, t in enumerate(nodes):
        t.register_hook(lambda g, i=i: order.append(i))
    total = nodes[0]
    for t in nodes[1:]:
        total = total + t
    total.sum().backward()
    assert order == [4, 3, 2, 1, 0]


def test_a_long_chain_needs_no_stack():
    x = leaf(1.0)
    y = x
    for _ in range(20_000):
        y = y + 1
    y.sum().backward()
    assert x.grad.tolist() == [1.0]


def test_recorded_graphs_die_without_the_collector():
    gc.collect()
    gc.disable()
    try:
        x = torch.ones(64, 64, requires_grad=True)
        nodes = []
        for _ in range(10):
            y = ((x * 2).tanh().exp() * x).sum()
            nodes.append(weakref.ref(y.grad_fn))
            del y
        assert [ref() for ref in nodes] == [None] * 10
    finally:
        gc.enable()


def test_saved_values_go_as_nodes_finish():
    x = torch.ones(4, requires_grad=True)
    y = x.exp()
    node = y.grad_fn
    y.sum().backward()
    with pytest.raises(RuntimeError, match="already been freed"):
        _ = node._saved_result


def test_next_functions_name_the_tensors_of_a_list_one_by_one():
    x = torch.ones(2).requires_grad_()
    following = torch.cat([x, x.detach(), x * 2]).grad_fn.next_functions
    assert [(node and type(node).__name__, index) for node, index in following] == [
        ("AccumulateGrad", 0),
        (None, 0),
        ("MulBackward0", 0),
    ]


def test_next_functions_name_leaves_accumulate_grad():
    x = leaf(1.0)
    y = x * 2
    (node, index), number = y.grad_fn.next_functions
    assert (node.name(), index, node.variable is x) == ("torch::autograd::AccumulateGrad", 0, True)
    assert number == (None, 0)


def test_a_rule_that_returns_a_wrong_shape_is_named():
    from ft_autograd.arrival import fit

    y = leaf(1.0) * 2
    with pytest.raises(RuntimeError, match=r"MulBackward0 returned an invalid gradient at index 0 - got \[3\] but expected shape"):
        fit(torch.ones(3), (2,), 0, y.grad_fn)


def test_a_root_given_twice_counts_twice():
    x = leaf(1.0, 2.0)
    assert ft_autograd.grad([x, x], [x], [torch.ones(2), torch.full((2,), 3.0)])[0].tolist() == [4.0, 4.0]
    y = x * 2
    assert ft_autograd.grad([y, y], [x], [torch.ones(2), torch.full((2,), 3.0)])[0].tolist() == [8.0, 8.0]


def test_second_derivative_of_cumprod_holds_where_factors_are_zero():
    x = torch.tensor([[1.0, 0.0, 2.0], [0.0, 0.0, 3.0]], dtype=torch.float64, requires_grad=True)
    assert ft_autograd.gradgradcheck(lambda a: a.cumprod(1), (x,))


def test_edges_lead_to_what_was_recorded_before():
    """What the engine's order rests on, over in-place changes, views, lists, several outputs and a fused linear map."""
    x = torch.ones(4, 4, requires_grad=True)
    y = x * 2
    y[0].mul_(3)
    view = y.t()
    y.add_(view.detach().clone())
    parts = torch.cat([view, *y.split(2)]).topk(2)[0]
    out = torch.linear(parts, x[:2, :2], x[0, :2]).sum()
    seen, stack = set(), [out._node]
    while stack:
        node = stack.pop()
        for edge in edges_of(node.public()):
            source = vertex_of(edge)
            if isinstance(source, Node):
                assert source.seq < node.seq, (node.name(), source.name())
                if source not in seen:
                    seen.add(source)
                    stack.append(source)
    assert len(seen) > 8


def test_a_watched_leaf_gets_its_gradient_when_it_is_complete():
    """A hook of a node recorded before another's use sees the gradient of the leaf that only the later one used."""
    first, second = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    middle = first * 3
    seen = []
    middle.register_hook(lambda g: seen.append(second.grad.tolist()))
    (middle * second).sum().backward()
    assert seen == [[3, 3]]
    assert first.grad.tolist() == [3, 3]


def test_large_gradients_are_added_to_as_they_come(monkeypatch):
    monkeypatch.setattr(engine, "LARGE", 1)
    a, b = torch.ones(3, requires_grad=True), torch.ones(3, requires_grad=True)
    for times in (1, 2, 3):
        ((a * b).sum() + (a * 2).sum()).backward()
        assert a.grad.tolist() == [3 * times] * 3
        assert b.grad.tolist() == [times] * 3


def test_a_graph_longer_than_one_stretch(monkeypatch):
    monkeypatch.setattr(engine, "LONG", 3)
    x = torch.ones(2, requires_grad=True)
    y = x
    for _ in range(5):
        y = y + x * 2
    y.sum().backward()
    assert x.grad.tolist() == [11, 11]
    assert gc.isenabled()


def test_nothing_accumulates_where_backward_fails():
    a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    inner = a * 1
    inner.register_hook(lambda g: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        (inner + b.exp() * inner).sum().backward()
    assert a.grad is None
