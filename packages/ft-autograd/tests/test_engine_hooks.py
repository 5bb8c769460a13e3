"""The engine over nodes made by hand: hooks of nodes and leaves, when leaves are handed their gradients, what a trace is told."""

import gc
import weakref

import pytest
from hand_nodes import backward, double, leaf, node, number, same

from ft_autograd import engine, hooks
from ft_autograd.engine import run
from ft_autograd.hooks import AccumulateGrad, register_post_accumulate_grad_hook
from ft_autograd.node import Out
from ft_core import Tensor
from ft_core.state import TL
from ft_dispatch import surface as torch


@pytest.fixture(autouse=True)
def no_other_hooks(monkeypatch):
    """Leaves of other tests may have hooks, and then every backward looks for them."""
    table = set()
    monkeypatch.setattr(engine, "LEAF_HOOKS", table)
    monkeypatch.setattr(hooks, "LEAF_HOOKS", table)


# -- hooks -------------------------------------------------------------------------------------------------------------


def test_hooks_of_a_node_run_around_it_and_replace():
    log, x = [], leaf()
    inner = node(double, x, log=log, tag="run")
    inner.register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(10),))
    inner.register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(20),))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())) or (number(7),))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())) or (number(8),))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())))
    backward(node(same, inner))
    assert log == [("pre", 1.0), ("pre", 10.0), "run", ("post", 40.0, 20.0), ("post", 7.0, 20.0), ("post", 8.0, 20.0)]
    assert x.grad.item() == 8.0


def test_hooks_of_a_node_of_several_outputs_see_them_all():
    seen, x = [], leaf()
    pair = node(lambda g: (g[0] if g[1] is None else g[1],), x, shape=((), ()), outputs=2)
    pair.register_prehook(lambda g: seen.append([None if t is None else t.item() for t in g]))
    pair.register_hook(lambda gi, go: seen.append([None if t is None else t.item() for t in go]))
    backward(node(double, Out(pair, 1)))
    assert seen == [[None, 2.0], [None, 2.0]]
    pair.register_prehook(lambda g: (number(9), None))
    backward(node(double, Out(pair, 0)), retain_graph=True)
    assert (seen[2:], x.grad.item()) == ([[2.0, None], [9.0, None]], 11.0)


def test_a_node_with_hooks_that_gets_nothing_still_calls_the_first_of_them():
    seen, x = [], leaf()
    inner = node(double, x)
    inner.register_prehook(seen.append)
    backward(node(lambda g: (None,), inner))
    assert (seen, x.grad) == ([(None,)], None)


def test_hooks_of_a_leaf_run_around_its_accumulation():
    log, x = [], leaf()
    x.register_hook(lambda g: log.append(("tensor", g.item())) or number(2))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(3),))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(4),))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())))
    AccumulateGrad(x).register_hook(lambda gi, go: log.append(("node", gi, go[0].item(), x.grad.item())))
    register_post_accumulate_grad_hook(x, lambda t: log.append(("post", t is x, x.grad.item())))
    backward(node(same, x))
    assert log[:4] == [("tensor", 1.0), ("pre", 2.0), ("pre", 3.0), ("pre", 4.0)]
    assert sorted(log[4:]) == [("node", (), 4.0, 4.0), ("post", True, 4.0)]
    log.clear()
    found = backward(node(same, x), inputs=[x], accumulate=False)
    assert (log, found[x].item(), x.grad.item()) == ([("tensor", 1.0)], 2.0, 4.0)
    other = leaf()
    backward(node(lambda g: (g, g), x, other), inputs=[other], accumulate=True)
    assert (log, x.grad.item(), other.grad.item()) == ([("tensor", 1.0)], 4.0, 1.0)
    assert id(x) in hooks.LEAF_HOOKS


def test_what_a_hook_was_shown_is_not_taken_over():
    shown, x = [], leaf()
    x.register_hook(shown.append)
    backward(node(double, x))
    x.grad.add_(1)
    assert (shown[0].item(), x.grad.item()) == (2.0, 3.0)


def test_a_hook_that_returns_no_tensor_is_refused():
    x = leaf()
    x.register_hook(lambda g: 3)
    with pytest.raises(TypeError, match=r"^expected (Tensor|Variable), but hook returned 'int'$"):
        backward(node(same, x))
    assert x.grad is None


def test_hooks_of_leaves_that_are_roots():
    seen, x = [], leaf()
    x.register_hook(lambda g: seen.append(g.item()))
    run([x, node(double, x)], [number(1), number(10)], retain_graph=False, create_graph=False)
    assert (seen, x.grad.item()) == ([21.0], 21.0)
    backward(x)
    assert (seen, x.grad.item()) == ([21.0, 1.0], 22.0)


def test_a_watched_leaf_is_handed_its_gradient_with_the_last_edge_into_it():
    log, x, y = [], leaf(), leaf()
    y.register_hook(lambda g: None)

    def look(g):
        log.append((None if x.grad is None else x.grad.item(), None if y.grad is None else y.grad.item()))
        return (g,)

    first = node(look, x)
    second = node(lambda g: (*look(g), g, (g,)), first, y, (y,))
    backward(node(lambda g: (*look(g), g), second, y))
    assert log == [(None, None), (None, None), (None, 3.0)]
    assert (x.grad.item(), y.grad.item()) == (1.0, 3.0)


def test_edges_along_which_nothing_comes_count_as_used():
    log, y = [], leaf()
    y.register_hook(lambda g: None)
    last = node(lambda g: log.append(y.grad.item()) or (g,), leaf())
    middle = node(lambda g: (g, None, [None]), last, y, (y,))
    backward(node(lambda g: (g, g), middle, y))
    assert log == [1.0]


def test_hooks_that_refer_to_their_leaf_go_with_it():
    for register in (Tensor.register_hook, register_post_accumulate_grad_hook):
        x = leaf()
        register(x, lambda g, x=x: None)
        gone = weakref.ref(x)
        assert id(x) in hooks.LEAF_HOOKS
        del x
        gc.collect()
        assert gone() is None
        assert set() == hooks.LEAF_HOOKS


def test_large_gradients_are_added_when_they_are_complete(monkeypatch):
    monkeypatch.setattr(engine, "LARGE", 2)
    for size, added in ((2, False), (3, True)):
        x, seen = leaf(size), []
        x.grad = torch.ones(size)
        last = node(lambda g, x=x, seen=seen: seen.append(x.grad[0].item()) or (g,), leaf(size), shape=(size,))
        first = node(lambda g: (g, g * 2), last, x, shape=(size,))
        backward(node(lambda g: (g, g * 4), first, x, shape=(size,)), g=torch.ones(size))
        assert (seen, x.grad[0].item()) == ([7.0 if added else 1.0], 7.0)


def test_leaves_that_are_complete_already_are_handed_over_when_watching_begins():
    seen, x, y = [], leaf(), leaf()
    inner = node(same, y)
    inner.register_prehook(lambda g: seen.append(None if x.grad is None else x.grad.item()))
    outer = node(lambda g: (g, g), node(same, inner), x)
    backward(outer)
    assert (seen, x.grad.item(), y.grad.item()) == ([1.0], 1.0, 1.0)


def test_only_what_is_watched_counts_hooked_nodes(monkeypatch):
    calls = []
    watch = engine._Job.watch_leaves
    monkeypatch.setattr(engine._Job, "watch_leaves", lambda job, node=None: calls.append(node) or watch(job, node))
    inner = node(same, node(same, leaf()))
    inner.register_prehook(lambda g: None)
    second = node(same, inner)
    second.register_prehook(lambda g: None)
    backward(node(same, second))
    assert calls == [second]
    calls.clear()
    backward(node(same, leaf()))
    assert calls == []


# -- what a trace is told ----------------------------------------------------------------------------------------------


class Told:
    """Stands in the place of a trace."""

    def __init__(self):
        self.log = []

    def node(self, node, g, grads, *rest):
        self.log.append(("node", node.tag, g.item(), [None if grad is None else grad.item() for grad in grads]))

    def leaf(self, leaf, grad):
        self.log.append(("leaf", grad.item()))

    def ran(self, roots, grads, create_graph, inputs):
        self.log.append(("ran", len(roots), [g.item() for g in grads], create_graph, inputs))


@pytest.mark.parametrize(("retain", "inputs"), [(True, None), (False, None), (True, "x"), (True, "y")])
def test_a_trace_is_told_of_nodes_and_leaves_as_they_run(monkeypatch, retain, inputs):
    told, x, y = Told(), leaf(), leaf()
    monkeypatch.setitem(TL.st.data, "trace", told)
    top = node(lambda g: (g * 2, g * 3), node(double, x, tag="inner"), y, tag="top")
    wanted = None if inputs is None else [x if inputs == "x" else y]
    backward(top, retain_graph=retain, inputs=wanted)
    expected = [("node", "top", 1.0, [2.0, 3.0])]
    expected += [("leaf", 3.0)] if inputs != "x" else []
    expected += [("node", "inner", 2.0, [4.0]), ("leaf", 4.0)] if inputs != "y" else []
    assert told.log == expected + ([("ran", 1, [1.0], False, wanted)] if retain else [])
